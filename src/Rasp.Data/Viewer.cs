using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;

namespace Rasp.Data;

/// <summary>Who looks: a person; by an organisation's token, that person as one of its leads and as nothing else.</summary>
/// <param name="Person">Whose eyes it is seen with.</param>
/// <param name="Organisation">The one organisation that counts; null where all do to which the person belongs, and what they facilitate.</param>
/// <param name="Programme">The one programme that is there; null where all are.</param>
public readonly record struct Viewer(Guid Person, Guid? Organisation = null, Guid? Programme = null)
{
    /// <summary>Whether it sees less than the person does.</summary>
    public bool IsNarrowed => Organisation is not null || Programme is not null;

    /// <summary>Whether a programme is there for it, who is in it.</summary>
    public bool Reaches(Guid programme) => Programme is null || Programme == programme;

    public static implicit operator Viewer(Guid person) => new(person);
}

internal static class Viewers
{
    /// <summary>By which organisations somebody looks.</summary>
    public static IQueryable<Membership> MembershipsOf(this RaspDb db, Viewer viewer)
    {
        var (person, organisation) = (viewer.Person, viewer.Organisation);
        return organisation is null ? db.Memberships.Where(m => m.PersonId == person) : db.Memberships.Where(m => m.PersonId == person && m.OrganisationId == organisation && m.Role == MemberRole.Lead);
    }

    /// <summary>Whether somebody looks as a facilitator, whom no organisation's token stands for.</summary>
    public static async Task<bool> FacilitatesAsync(this RaspDb db, Guid programme, Viewer viewer, CancellationToken cancellation)
    {
        var person = viewer.Person;
        return viewer.Organisation is null && await db.Facilitators.AnyAsync(f => f.ProgrammeId == programme && f.PersonId == person, cancellation);
    }
}

using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;

namespace Rasp.Data.Teams;

/// <summary>Who leads an assessment in which others answer too: the leads of its organisation, or whose account it was claimed into.</summary>
internal static class Leading
{
    /// <summary>The assessment, for one of its leads; null for anybody else.</summary>
    public static Task<Assessment?> LedAsync(this RaspDb db, Guid assessment, Guid person, CancellationToken cancellation) =>
        db.Assessments.AsNoTracking().SingleOrDefaultAsync(
            a => a.Id == assessment && (a.OwnerId == person || db.Memberships.Any(m => m.OrganisationId == a.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead)), cancellation);

    /// <summary>As <see cref="LedAsync"/>, where its answers can still change; whoever else would change or seal it waits until the transaction ends.</summary>
    public static async Task<Assessment?> LedForChangeAsync(this RaspDb db, Guid assessment, Guid person, CancellationToken cancellation)
    {
        await db.LockAssessmentAsync(assessment, cancellation);
        return await db.LedAsync(assessment, person, cancellation) is { IsOpen: true } led ? led : null;
    }

    /// <summary>Waits for saves that are under way, and keeps others who would change the assessment waiting until the transaction ends.</summary>
    public static Task LockAssessmentAsync(this RaspDb db, Guid assessment, CancellationToken cancellation) =>
        db.Assessments.Where(a => a.Id == assessment).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsOpen, x => x.IsOpen), cancellation);

    /// <summary>Its leads, by address.</summary>
    public static async Task<List<(Guid Id, string Email)>> LeadsOfAsync(this RaspDb db, Assessment assessment, CancellationToken cancellation) =>
        (await db.Users.AsNoTracking()
            .Where(p => p.Id == assessment.OwnerId || db.Memberships.Any(m => m.OrganisationId == assessment.OrganisationId && m.PersonId == p.Id && m.Role == MemberRole.Lead))
            .OrderBy(p => p.Email).Select(p => new { p.Id, p.Email }).ToListAsync(cancellation)).ConvertAll(p => (p.Id, p.Email!));
}

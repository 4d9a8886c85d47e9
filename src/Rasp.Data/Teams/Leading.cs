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
        await db.Assessments.Where(a => a.Id == assessment).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsOpen, x => x.IsOpen), cancellation);
        return await db.LedAsync(assessment, person, cancellation) is { IsOpen: true } led ? led : null;
    }
}

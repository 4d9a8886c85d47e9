using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;

namespace Rasp.Data.Teams;

/// <summary>Takes people out of those who answer. The assessments are locked, so that no save is under way.</summary>
internal static class Removing
{
    /// <summary>Locks every assessment in which somebody answers, of one organisation or of all.</summary>
    public static async Task LockAssessmentsOfAsync(this RaspDb db, Guid person, Guid? organisation, CancellationToken cancellation)
    {
        var those = await db.Assessments.Where(a => (organisation == null || a.OrganisationId == organisation) && db.Respondents.Any(r => r.AssessmentId == a.Id && r.PersonId == person))
            .Select(a => a.Id).ToListAsync(cancellation);
        foreach (var id in those.Order()) await db.LockAssessmentAsync(id, cancellation);
    }

    /// <summary>Keeps what these have answered, without their accounts: in a named team under the address that they had, in an anonymous one under nothing. Who has answered nothing is gone.</summary>
    public static async Task KeepAsync(this RaspDb db, IQueryable<Respondent> those, bool withName, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var row in await those.ToListAsync(cancellation))
        {
            if (!await db.Answers.AnyAsync(a => a.RespondentId == row.Id, cancellation))
            {
                await db.EraseAsync(row.Id, cancellation);
                continue;
            }
            var isNamed = withName && await db.Assessments.AnyAsync(a => a.Id == row.AssessmentId && a.Attribution == Attribution.Named, cancellation);
            if (row.PersonId is not null) row.Name = isNamed ? await db.Users.Where(p => p.Id == row.PersonId).Select(p => p.Email).SingleOrDefaultAsync(cancellation) : null;
            await db.Uploads.Where(u => u.RespondentId == row.Id).ExecuteDeleteAsync(cancellation);
            (row.PersonId, row.RemovedAt, row.AskedAgainAt, row.AskedAgainNote) = (null, now, null, null);
        }
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Erases somebody with all that they answered. What was agreed, and what was opened of anonymous answers, stays.</summary>
    public static async Task EraseAsync(this RaspDb db, Guid respondent, CancellationToken cancellation)
    {
        // An organisation's trail goes on telling whom it had invited; in confidence nobody reads it.
        await db.Invitations.Where(i => i.RespondentId == respondent && i.OrganisationId != null).ExecuteUpdateAsync(
            i => i.SetProperty(x => x.RespondentId, (Guid?)null).SetProperty(x => x.State, x => x.State == InvitationState.Open ? InvitationState.Withdrawn : x.State), cancellation);
        await db.Respondents.Where(r => r.Id == respondent).ExecuteDeleteAsync(cancellation);
        if (db.Respondents.Local.FirstOrDefault(r => r.Id == respondent) is { } tracked) db.Entry(tracked).State = EntityState.Detached;
    }
}

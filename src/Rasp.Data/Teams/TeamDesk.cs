using Microsoft.EntityFrameworkCore;
using Rasp.Data.Trails;

namespace Rasp.Data.Teams;

/// <summary>What became of something that a lead did with those who answer.</summary>
public enum TeamOutcome
{
    Done,

    /// <summary>There is no such thing, it can't be changed now, or whoever asked does not lead it.</summary>
    NotFound,

    /// <summary>It was done before: by another lead, or in another tab.</summary>
    HasChanged,
}

/// <summary>Somebody to whom a lead has a mail written.</summary>
/// <param name="Email">To whom.</param>
/// <param name="Organisation">For whom they answer.</param>
/// <param name="Assessment">In which assessment.</param>
public sealed record TeamMail(string Email, string Organisation, Guid Assessment);

/// <summary>What leads do with those who answer: choose who sees what, add and remove people, ask and remind them. Who is invited by mail, <see cref="Programmes.InvitationDesk"/> invites.</summary>
public sealed class TeamDesk(RaspDb db, Outbox outbox, Trail trail, TimeProvider clock)
{
    public const int NoteMaxLength = Respondent.NoteMaxLength;

    /// <summary>What the trail calls somebody without an account.</summary>
    public const string OnPaperDetail = "on paper";

    /// <summary>Nobody is reminded more often by their leads.</summary>
    public static readonly TimeSpan RemindsEvery = TimeSpan.FromDays(1);

    private static readonly TimeSpan IsNewsFor = TimeSpan.FromDays(7);

    /// <summary>
    /// Chooses who sees who answered what, once and for good. What was entered so far becomes this lead's own answers. An in-confidence
    /// assessment is led by its owner's account from then on: its private link opens nothing any more.
    /// </summary>
    /// <param name="assessment">Of which assessment.</param>
    /// <param name="person">One of its leads.</param>
    /// <param name="attribution">Named or anonymous.</param>
    /// <param name="role">From which role this lead answers; null where they answer nothing, as they can only while nothing was entered.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<TeamOutcome> StartAsync(Guid assessment, Guid person, Attribution attribution, string? role, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { } led) return TeamOutcome.NotFound;
        if (led.Attribution is not null) return TeamOutcome.HasChanged;
        var together = await db.Respondents.SingleAsync(r => r.AssessmentId == assessment && r.Kind == RespondentKind.Together, cancellation);
        if (role is not null)
        {
            (together.Kind, together.PersonId, together.Role, together.BegunAt) = (RespondentKind.Person, person, role, clock.GetUtcNow());
        }
        else if (await db.Answers.AnyAsync(a => a.RespondentId == together.Id, cancellation)) return TeamOutcome.HasChanged;
        else db.Respondents.Remove(together);
        await db.SaveChangesAsync(cancellation);
        await db.Assessments.Where(a => a.Id == assessment).ExecuteUpdateAsync(a => a.SetProperty(x => x.Attribution, attribution).SetProperty(x => x.LinkHash, (byte[]?)null), cancellation);
        await trail.AppendAsync(db, Event(TrailKind.AttributionChosen, person, led) with { Subject = assessment, Detail = attribution.ToString() }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TeamOutcome.Done;
    }

    /// <summary>Has a lead answer too, all questions, from a role.</summary>
    public async Task<TeamOutcome> JoinAsync(Guid assessment, Guid person, string role, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LedTeamAsync(assessment, person, cancellation) is not { } led) return TeamOutcome.NotFound;
        if (await db.Respondents.AnyAsync(r => r.AssessmentId == assessment && r.PersonId == person, cancellation)) return TeamOutcome.HasChanged;
        var now = clock.GetUtcNow();
        db.Respondents.Add(new() { Id = Guid.CreateVersion7(now), AssessmentId = assessment, Role = role, Kind = RespondentKind.Person, PersonId = person, AddedAt = now, BegunAt = now });
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, Event(TrailKind.RespondentJoined, person, led), cancellation);
        await transaction.CommitAsync(cancellation);
        return TeamOutcome.Done;
    }

    /// <summary>Adds somebody whose answers a lead enters. Their id; null where this person may not.</summary>
    public async Task<Guid?> AddOnPaperAsync(Guid assessment, Guid person, string name, string role, string? scope, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LedTeamAsync(assessment, person, cancellation) is not { } led) return null;
        var now = clock.GetUtcNow();
        var row = new Respondent { Id = Guid.CreateVersion7(now), AssessmentId = assessment, Role = role, Kind = RespondentKind.OnPaper, Name = name, Scope = scope, AddedAt = now };
        db.Respondents.Add(row);
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, Event(TrailKind.RespondentInvited, person, led) with { Subject = assessment, Detail = OnPaperDetail }, cancellation);
        await transaction.CommitAsync(cancellation);
        return row.Id;
    }

    /// <summary>Changes from which role and about what somebody is asked, and what somebody on paper is called. Nothing that they answered is lost.</summary>
    public async Task<TeamOutcome> ChangeAsync(Guid assessment, Guid person, Guid respondent, string? name, string role, string? scope, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LedTeamAsync(assessment, person, cancellation) is null || await FindAsync(assessment, respondent, cancellation) is not { RemovedAt: null } row) return TeamOutcome.NotFound;
        (row.Role, row.Scope) = (role, scope);
        if (row.Kind == RespondentKind.OnPaper && name is not null) row.Name = name;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TeamOutcome.Done;
    }

    /// <summary>Asks somebody who has begun to look at their answers again.</summary>
    public async Task<TeamOutcome> AskAgainAsync(Guid assessment, Guid person, Guid respondent, string? note, Func<TeamMail, Letter>? letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LedTeamAsync(assessment, person, cancellation) is not { } led || await FindAsync(assessment, respondent, cancellation) is not { PersonId: { } whom, BegunAt: not null } row) return TeamOutcome.NotFound;
        (row.DoneAt, row.AskedAgainAt, row.AskedAgainNote) = (null, clock.GetUtcNow(), note);
        if (letter is not null) outbox.Add(db, letter(await MailAsync(led, whom, cancellation)), clock.GetUtcNow() + IsNewsFor);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return TeamOutcome.Done;
    }

    /// <summary>
    /// Reminds one of those who are not done, or all of them, each at most once a day, and nobody who wants no reminders. How many mails were
    /// written; null where this person may not.
    /// </summary>
    public async Task<int?> RemindAsync(Guid assessment, Guid person, Guid? respondent, Func<TeamMail, Letter> letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LedTeamAsync(assessment, person, cancellation) is not { } led) return null;
        var (now, written) = (clock.GetUtcNow(), 0);
        var since = now - RemindsEvery;
        var due = await db.Respondents.Where(r => r.AssessmentId == assessment && (respondent == null || r.Id == respondent) && r.Kind == RespondentKind.Person && r.PersonId != null && r.PersonId != person
            && r.DoneAt == null && (r.RemindedAt == null || r.RemindedAt <= since) && db.Users.Any(p => p.Id == r.PersonId && p.WantsReminders)).OrderBy(r => r.AddedAt).ToListAsync(cancellation);
        foreach (var row in due)
        {
            row.RemindedAt = now;
            outbox.Add(db, letter(await MailAsync(led, row.PersonId!.Value, cancellation)), now + IsNewsFor);
            written++;
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (written > 0) outbox.Tell();
        return written;
    }

    /// <summary>
    /// Takes somebody out: what they answered stays, or goes. What was agreed, and what was opened of anonymous answers, stays either way.
    /// Also where it is sealed: that was drawn up before.
    /// </summary>
    public async Task<TeamOutcome> RemoveAsync(Guid assessment, Guid person, Guid respondent, bool erase, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAssessmentAsync(assessment, cancellation);
        if (await db.LedAsync(assessment, person, cancellation) is not { Attribution: not null } led || await FindAsync(assessment, respondent, cancellation) is not { } row) return TeamOutcome.NotFound;
        await RemoveAsync(led, person, row, erase, cancellation);
        await transaction.CommitAsync(cancellation);
        return TeamOutcome.Done;
    }

    /// <summary>As <see cref="RemoveAsync(Guid, Guid, Guid, bool, CancellationToken)"/>, by whoever answers themselves.</summary>
    public async Task<TeamOutcome> LeaveAsync(Guid assessment, Guid person, bool erase, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAssessmentAsync(assessment, cancellation);
        if (await db.Respondents.SingleOrDefaultAsync(r => r.AssessmentId == assessment && r.PersonId == person, cancellation) is not { } row) return TeamOutcome.NotFound;
        await RemoveAsync(await db.Assessments.AsNoTracking().SingleAsync(a => a.Id == assessment, cancellation), person, row, erase, cancellation);
        await transaction.CommitAsync(cancellation);
        return TeamOutcome.Done;
    }

    /// <summary>Notes that somebody has read who sees what they answer, and begins.</summary>
    public Task<bool> BeginAsync(Guid assessment, Guid person, CancellationToken cancellation) => NoteAsync(
        assessment, person, row => row.BegunAt ??= clock.GetUtcNow(), cancellation);

    /// <summary>Notes that somebody is done, with what they were asked to look at again too.</summary>
    public Task<bool> DoneAsync(Guid assessment, Guid person, CancellationToken cancellation) => NoteAsync(
        assessment, person, row => (row.DoneAt, row.AskedAgainAt, row.AskedAgainNote) = (clock.GetUtcNow(), null, null), cancellation);

    /// <summary>Notes that somebody changes something after all.</summary>
    public Task<bool> NotDoneAsync(Guid assessment, Guid person, CancellationToken cancellation) => NoteAsync(assessment, person, row => row.DoneAt = null, cancellation);

    private async Task<bool> NoteAsync(Guid assessment, Guid person, Action<Respondent> note, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAssessmentAsync(assessment, cancellation);
        var row = await db.Respondents.SingleOrDefaultAsync(r => r.AssessmentId == assessment && r.PersonId == person && db.Assessments.Any(a => a.Id == assessment && a.IsOpen), cancellation);
        if (row is null) return false;
        note(row);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task RemoveAsync(Assessment assessment, Guid by, Respondent row, bool erase, CancellationToken cancellation)
    {
        var invited = row.PersonId is null ? await db.Invitations.Where(i => i.RespondentId == row.Id).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellation) : null;
        // Who has not come yet has nothing to keep.
        var isUntouched = row is { Kind: RespondentKind.Person, PersonId: null, RemovedAt: null };
        var kind = isUntouched ? TrailKind.InvitationWithdrawn : erase ? TrailKind.AnswersErased : TrailKind.RespondentRemoved;
        var what = Event(kind, by, assessment) with { Subject = row.PersonId ?? invited, Detail = row.Kind == RespondentKind.OnPaper ? OnPaperDetail : null };
        if (erase || isUntouched) await db.EraseAsync(row.Id, cancellation);
        else await db.KeepAsync(db.Respondents.Where(r => r.Id == row.Id), withName: row.PersonId is not null, clock.GetUtcNow(), cancellation);
        await trail.AppendAsync(db, what, cancellation);
    }

    private async Task<Assessment?> LedTeamAsync(Guid assessment, Guid person, CancellationToken cancellation) =>
        await db.LedForChangeAsync(assessment, person, cancellation) is { Attribution: not null } led ? led : null;

    private Task<Respondent?> FindAsync(Guid assessment, Guid respondent, CancellationToken cancellation) =>
        db.Respondents.SingleOrDefaultAsync(r => r.Id == respondent && r.AssessmentId == assessment && r.Kind != RespondentKind.Together, cancellation);

    private async Task<TeamMail> MailAsync(Assessment assessment, Guid person, CancellationToken cancellation) =>
        new(await db.Users.Where(p => p.Id == person).Select(p => p.Email!).SingleAsync(cancellation), assessment.Organisation ?? "Our organisation", assessment.Id);

    private static TrailEvent Event(TrailKind kind, Guid person, Assessment assessment) => new(kind, person) { Organisation = assessment.OrganisationId };
}

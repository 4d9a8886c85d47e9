using System.Data;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Agreements;
using Rasp.Data.Teams;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;

namespace Rasp.Data.Workshops;

/// <summary>What became of something that was to happen in a workshop.</summary>
public enum WorkshopOutcome
{
    Done,

    /// <summary>The workshop is over, or there is none, or whoever asked may not.</summary>
    NotFound,

    /// <summary>It had gone on meanwhile: look again.</summary>
    Stale,

    /// <summary>The organisation's answers are sealed: nothing more is recorded.</summary>
    Sealed,
}

/// <summary>
/// Runs a workshop: one question after the other, votes, reveals, what is agreed on. Each change first raises the workshop's version, so that
/// changes come one after the other. A vote is one statement that finds the vote still open, or counts for nothing.
/// </summary>
public sealed class Voting(RaspDb db, Database database, WorkshopNews news, WorkshopLens lens, WorkshopDesk desk, Agreeing agreeing, TimeProvider clock)
{
    /// <summary>The statement waits for a reveal under way, and a reveal for it.</summary>
    private const string VoteSql = """
        INSERT INTO "Votes" ("WorkshopId", "Ballot", "Voter", "Choice")
        SELECT w."Id", w."Ballot", COALESCE(s."OrganisationId", s."Id"), @choice
        FROM "Workshops" w JOIN "Seats" s ON s."WorkshopId" = w."Id"
        WHERE w."Id" = @workshop AND s."Id" = @seat AND NOT s."IsFacilitator" AND w."ClosedAt" IS NULL AND w."Phase" = 1 AND w."Ballot" = @ballot
        """;

    private const string VoteAgainSql = """

        ON CONFLICT ("WorkshopId", "Ballot", "Voter") DO UPDATE SET "Choice" = excluded."Choice"
        RETURNING 1
        """;

    /// <summary>SQLite has one writer, and whoever finds it busy sleeps before trying again: here votes wait in line instead.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>Takes a vote, or changes it; false, and nothing taken, where that vote is not open (any more). Once it is true, the vote is on disk.</summary>
    public async Task<bool> VoteAsync(Room room, int ballot, Choice choice, CancellationToken cancellation)
    {
        if (room is not { Votes: true, Seat: { } seat } || !(choice.Level is not { } level || level <= room.Instrument.Levels.Count)) return false;
        await using var connection = await database.ConnectForWritingAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = database.IsSqlite ? VoteSql + VoteAgainSql : $"""WITH vote AS ({VoteSql} FOR SHARE OF w {VoteAgainSql}) SELECT 1 FROM vote CROSS JOIN LATERAL pg_notify('rasp_workshops', @news)""";
        command.With("choice", DbType.Int16, AnswerRow.ToNumber(choice)).With("workshop", DbType.Guid, room.Id).With("seat", DbType.Guid, seat).With("ballot", DbType.Int32, ballot)
            .With("news", DbType.String, WorkshopNews.Payload(room.Id, null));
        if (database.IsSqlite) await OneAtATime.WaitAsync(cancellation);
        try
        {
            if (await command.ExecuteScalarAsync(cancellation) is null) return false;
        }
        finally
        {
            if (database.IsSqlite) OneAtATime.Release();
        }
        news.Tell(room.Id, null);
        return true;
    }

    /// <summary>Has the room look at a question. A vote that is open is broken off: nobody ever sees it.</summary>
    public Task<WorkshopOutcome> ChooseAsync(Room room, Holder who, int version, string question, CancellationToken cancellation) =>
        ChangeAsync(room, who, version, async workshop =>
        {
            if (room.Instrument.InScope(room.Stage).All(q => q.Key != question)) return WorkshopOutcome.NotFound;
            await BreakOffAsync(workshop, cancellation);
            (workshop.Question, workshop.Phase, workshop.TimerEndsAt) = (question, WorkshopPhase.Waiting, null);
            return WorkshopOutcome.Done;
        }, cancellation);

    /// <summary>Opens the vote on the question, for the first time or again.</summary>
    public Task<WorkshopOutcome> OpenAsync(Room room, Holder who, int version, CancellationToken cancellation) =>
        ChangeAsync(room, who, version, workshop =>
        {
            if (workshop.Question is null || workshop.Phase == WorkshopPhase.Voting) return Task.FromResult(WorkshopOutcome.Stale);
            (workshop.Ballot, workshop.Phase, workshop.TimerEndsAt) = (workshop.Ballot + 1, WorkshopPhase.Voting, null);
            db.Ballots.Add(new() { WorkshopId = workshop.Id, Number = workshop.Ballot, Question = workshop.Question, OpenedAt = clock.GetUtcNow() });
            return Task.FromResult(WorkshopOutcome.Done);
        }, cancellation);

    /// <summary>Closes the vote and shows all votes at once, to everybody or to nobody.</summary>
    public Task<WorkshopOutcome> RevealAsync(Room room, Holder who, int version, CancellationToken cancellation) =>
        ChangeAsync(room, who, version, async workshop =>
        {
            if (workshop.Phase != WorkshopPhase.Voting) return WorkshopOutcome.Stale;
            (workshop.Phase, workshop.TimerEndsAt) = (WorkshopPhase.Revealed, null);
            await db.SaveChangesAsync(cancellation);
            var ballot = await db.Ballots.SingleAsync(b => b.WorkshopId == workshop.Id && b.Number == workshop.Ballot, cancellation);
            var votes = await db.Votes.AsNoTracking().Where(v => v.WorkshopId == workshop.Id && v.Ballot == workshop.Ballot).ToListAsync(cancellation);
            (ballot.RevealedAt, ballot.Withheld) = (clock.GetUtcNow(), await WithheldAsync(workshop, ballot, votes, cancellation));
            if (ballot.Withheld == Withheld.No) ballot.Spread = SpreadText.Of(votes, byVoter: workshop.RoundId is not null);
            return WorkshopOutcome.Done;
        }, cancellation);

    /// <summary>Gives the room some time; none stops the timer. What is over when it has run out is for whoever runs the workshop to say.</summary>
    public Task<WorkshopOutcome> SetTimerAsync(Room room, Holder who, int version, TimeSpan? time, CancellationToken cancellation) =>
        ChangeAsync(room, who, version, workshop =>
        {
            workshop.TimerEndsAt = time is { } some ? clock.GetUtcNow() + some : null;
            return Task.FromResult(WorkshopOutcome.Done);
        }, cancellation);

    /// <summary>Lets nobody else in, or lets them in again.</summary>
    public Task<WorkshopOutcome> LockAsync(Room room, Holder who, int version, bool isLocked, CancellationToken cancellation) =>
        ChangeAsync(room, who, version, workshop =>
        {
            workshop.IsLocked = isLocked;
            return Task.FromResult(WorkshopOutcome.Done);
        }, cancellation);

    /// <summary>Ends the workshop.</summary>
    public Task<WorkshopOutcome> CloseAsync(Room room, Holder who, CancellationToken cancellation) =>
        ChangeAsync(room, who, null, async workshop =>
        {
            await desk.CloseAsync(workshop, who.Person, cancellation);
            return WorkshopOutcome.Done;
        }, cancellation);

    /// <summary>Records what an organisation agreed on, as its answer; whatever was agreed before is replaced.</summary>
    public async Task<WorkshopOutcome> RecordAsync(Room room, Holder who, string question, Agreed agreed, CancellationToken cancellation)
    {
        if (room.Assessment is not { } assessment) return WorkshopOutcome.NotFound;
        return await ChangeAsync(room, who, null, async _ =>
        {
            if (await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == assessment, cancellation) is not { IsOpen: true } open) return WorkshopOutcome.Sealed;
            // The form of a workshop has no field for evidence: what was named before stays.
            var evidence = agreed.Evidence ?? await db.AgreedAnswers.Where(a => a.AssessmentId == assessment && a.Question == question).Select(a => a.Evidence).SingleOrDefaultAsync(cancellation);
            return await agreeing.RecordInWorkshopAsync(open, who.Person ?? room.Seat!.Value, question, agreed with { Evidence = evidence }, cancellation) switch
            {
                AgreeOutcome.Done => WorkshopOutcome.Done,
                AgreeOutcome.NotFound => WorkshopOutcome.NotFound,
                AgreeOutcome.Stale => WorkshopOutcome.Stale,
            };
        }, cancellation);
    }

    /// <summary>Notes what a partnership agreed on; whatever was noted before is replaced.</summary>
    public async Task<WorkshopOutcome> DecideAsync(Room room, Holder who, string question, Choice choice, string? note, CancellationToken cancellation)
    {
        if (room.Round is null || room.Instrument.InScope(room.Stage).All(q => q.Key != question)) return WorkshopOutcome.NotFound;
        return await ChangeAsync(room, who, null, async workshop =>
        {
            await db.Decisions.Where(d => d.WorkshopId == workshop.Id && d.Question == question).ExecuteDeleteAsync(cancellation);
            db.Decisions.Add(new() { WorkshopId = workshop.Id, Question = question, Choice = AnswerRow.ToNumber(choice)!.Value, Note = note, At = clock.GetUtcNow() });
            return WorkshopOutcome.Done;
        }, cancellation);
    }

    /// <summary>Changes what the room sees, and tells it.</summary>
    /// <param name="room">As whoever asks last saw it.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="version">Of what they saw; null where what they do does not depend on it.</param>
    /// <param name="act">Does it.</param>
    /// <param name="cancellation">Stops it.</param>
    private async Task<WorkshopOutcome> ChangeAsync(Room room, Holder who, int? version, Func<Workshop, Task<WorkshopOutcome>> act, CancellationToken cancellation)
    {
        if (await lens.FindAsync(room.Id, who, cancellation) is not { Runs: true }) return WorkshopOutcome.NotFound;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Whoever seals the assessment waits, or is waited for; the workshop's row waits for votes under way, and later ones find what this leaves.
        if (room.Assessment is { } assessment) await db.Assessments.Where(a => a.Id == assessment).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsOpen, x => x.IsOpen), cancellation);
        if (await db.Workshops.Where(w => w.Id == room.Id && w.ClosedAt == null).ExecuteUpdateAsync(w => w.SetProperty(x => x.Version, x => x.Version + 1), cancellation) == 0) return WorkshopOutcome.NotFound;
        var workshop = await db.Workshops.SingleAsync(w => w.Id == room.Id, cancellation);
        if (version is { } seen && workshop.Version != seen + 1) return WorkshopOutcome.Stale;
        var outcome = await act(workshop);
        if (outcome != WorkshopOutcome.Done) return outcome;
        await db.SaveChangesAsync(cancellation);
        await news.PrepareAsync(db, room.Id, workshop.Version, cancellation);
        await transaction.CommitAsync(cancellation);
        news.Tell(room.Id, workshop.Version);
        return WorkshopOutcome.Done;
    }

    /// <summary>Whether votes on anonymous answers have to stay hidden: fewer than five, or such as would tell of few when they are taken from what was shown before.</summary>
    private async Task<Withheld> WithheldAsync(Workshop workshop, Ballot ballot, List<Vote> votes, CancellationToken cancellation)
    {
        if (!await db.Assessments.AnyAsync(a => a.Id == workshop.AssessmentId && a.Attribution == Attribution.Anonymous, cancellation)) return Withheld.No;
        if (votes.Count < Opening.Fewest) return Withheld.TooFew;
        var shown = db.Ballots.Where(b => b.WorkshopId == workshop.Id && b.Question == ballot.Question && b.Number != ballot.Number && b.Spread != null);
        var before = await db.Votes.AsNoTracking().Where(v => v.WorkshopId == workshop.Id && shown.Any(b => b.Number == v.Ballot)).ToListAsync(cancellation);
        return Opening.MayShow([.. before.GroupBy(v => v.Ballot).OrderBy(b => b.Key).Select(View)], View(votes)) ? Withheld.No : Withheld.TooNear;

        static OpenedView View(IEnumerable<Vote> votes) =>
            new(IsBySide: false, [.. votes.Select(v => new CountedAnswer(v.Voter.ToString("N"), IsKnown: false, IsLeadership: false, AnswerRow.ToChoice(v.Choice)!.Value, null, HasEvidence: false))]);
    }

    private async Task BreakOffAsync(Workshop workshop, CancellationToken cancellation)
    {
        if (workshop.Phase != WorkshopPhase.Voting) return;
        await db.Votes.Where(v => v.WorkshopId == workshop.Id && v.Ballot == workshop.Ballot).ExecuteDeleteAsync(cancellation);
        await db.Ballots.Where(b => b.WorkshopId == workshop.Id && b.Number == workshop.Ballot).ExecuteDeleteAsync(cancellation);
    }
}

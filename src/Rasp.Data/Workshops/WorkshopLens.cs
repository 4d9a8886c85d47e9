using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;

namespace Rasp.Data.Workshops;

/// <summary>
/// The lens of workshops: (who asks, what is stored) into what may be seen. Who asks is a seat's secret, a signed-in person, or both. No vote
/// of others leaves it before the reveal, nor afterwards but as the frozen spread.
/// </summary>
public sealed class WorkshopLens(Database database, InstrumentLibrary instruments, Seen seen, TimeProvider clock) : IDisposable
{
    /// <summary>Whoever was heard of within this time is there.</summary>
    private static readonly TimeSpan HereFor = TimeSpan.FromMinutes(5);

    /// <summary>Whether a person leads the assessment "a".</summary>
    private const string LeadsSql = """
        (COALESCE(a."OwnerId" = @person, FALSE) OR EXISTS (SELECT 1 FROM "Memberships" m WHERE m."OrganisationId" = a."OrganisationId" AND m."PersonId" = @person AND m."Role" = 1))
        """;

    /// <summary>Parts "x" of the round "r" that are shown to partners: what was withdrawn takes no part, in whichever version.</summary>
    private const string ShownSql = """
        FROM "Assessments" x JOIN "Memberships" m ON m."OrganisationId" = x."OrganisationId" AND m."PersonId" = @person
        WHERE x."RoundId" = r."Id" AND x."RevealedAt" IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM "Assessments" y WHERE y."RoundId" = r."Id" AND y."OrganisationId" = x."OrganisationId" AND y."WithdrawnAt" IS NOT NULL)
        """;

    private const string RoomSql = $"""
        SELECT w."AssessmentId", w."RoundId", w."Code", w."OpenedBy", w."OpenedAt", w."ClosedAt", w."IsLocked", w."FacilitatorHash" IS NOT NULL,
               w."Version", w."Phase", w."Question", w."Ballot", w."TimerEndsAt",
               COALESCE(a."InstrumentId", r."InstrumentId"), COALESCE(a."InstrumentVersion", r."InstrumentVersion"), COALESCE(a."Stage", r."Stage"),
               COALESCE(a."Organisation", p."Name"), a."Attribution", a."IsOpen",
               CASE WHEN a."Id" IS NOT NULL THEN {LeadsSql}
                    ELSE EXISTS (SELECT 1 {ShownSql} AND m."Role" = 1) OR EXISTS (SELECT 1 FROM "Facilitators" f WHERE f."ProgrammeId" = r."ProgrammeId" AND f."PersonId" = @person) END,
               a."Id" IS NULL AND EXISTS (SELECT 1 {ShownSql}),
               s."Id", s."IsFacilitator", s."OrganisationId", v."Choice", b."RevealedAt", b."Spread", b."Withheld",
               COALESCE(g."Choice", d."Choice"), COALESCE(g."Note", d."Note"), s."LastSeenAt",
               s."OrganisationId" IS NULL OR EXISTS (SELECT 1 {ShownSql} AND x."OrganisationId" = s."OrganisationId"),
               g."Stance", g."Reason", g."Minority"
        FROM "Workshops" w
        LEFT JOIN "Assessments" a ON a."Id" = w."AssessmentId"
        LEFT JOIN "Rounds" r ON r."Id" = w."RoundId"
        LEFT JOIN "Programmes" p ON p."Id" = r."ProgrammeId"
        LEFT JOIN "Seats" s ON s."WorkshopId" = w."Id" AND (s."SecretHash" = @link OR s."PersonId" = @person)
        LEFT JOIN "Votes" v ON v."WorkshopId" = w."Id" AND v."Ballot" = w."Ballot" AND v."Voter" = COALESCE(s."OrganisationId", s."Id")
        LEFT JOIN "Ballots" b ON b."WorkshopId" = w."Id" AND b."Number" = w."Ballot"
        LEFT JOIN "AgreedAnswers" g ON g."AssessmentId" = w."AssessmentId" AND g."Question" = w."Question"
        LEFT JOIN "Decisions" d ON d."WorkshopId" = w."Id" AND d."Question" = w."Question"
        WHERE w."Id" = @id
        """;

    private readonly ReadyCommands rooms = new(database, RoomSql, ("id", DbType.Guid), ("link", DbType.Binary), ("person", DbType.Guid)) { IsPlannedOnce = true };

    /// <summary>The workshop; null where there is none of this id for whoever asks.</summary>
    public async Task<Room?> FindAsync(Guid id, Holder who, CancellationToken cancellation)
    {
        var row = await rooms.ReadAsync([id, who.LinkOrNone, who.PersonOrNone], async (rows, stop) => await rows.ReadAsync(stop) ? Row.Of(rows) : null, cancellation);
        if (row is not { } found || !(found.Runs || found.TakesPart || found.Seat is not null)) return null;
        var instrument = await instruments.GetAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
        var isRevealed = found is { RevealedAt: not null, Phase: WorkshopPhase.Revealed };
        var partners = found.Round is { } round ? await PartnersAsync(round, cancellation) : new Dictionary<Guid, string>();
        if (found.Seat is { } seat && clock.GetUtcNow() - found.LastSeenAt >= TimeSpan.FromMinutes(1)) await NoteAsync(seat, cancellation);
        return new()
        {
            Id = id,
            Title = found.Title ?? "Our organisation",
            Assessment = found.Assessment,
            Round = found.Round,
            Instrument = instrument,
            Stage = found.Stage,
            Code = found.Code,
            OpenedBy = found.OpenedBy,
            OpenedAt = found.OpenedAt,
            ClosedAt = found.ClosedAt,
            IsLocked = found.IsLocked,
            HasFacilitatorLink = found.HasFacilitatorLink,
            Version = found.Version,
            Phase = found.Phase,
            Question = found.Question is null ? null : instrument.Find(found.Question),
            Ballot = found.Ballot,
            TimerEndsAt = found.TimerEndsAt,
            IsAnonymous = found.IsAnonymous,
            CanRecord = found.Round is not null || found.IsOpenToAnswer,
            Runs = found.Runs,
            TakesPart = found.TakesPart,
            Seat = found.Seat,
            Votes = found is { Seat: not null, IsFacilitator: false },
            VotesFor = found.VotesFor,
            OwnVote = found is { Seat: not null, Phase: not WorkshopPhase.Waiting } ? AnswerRow.ToChoice(found.OwnVote) : null,
            Spread = isRevealed && found.Spread is { } text ? SpreadText.Read(text, found.Round is null ? null : partners) : null,
            Withheld = isRevealed ? found.Withheld : Withheld.No,
            // What was written beside it is the lead's and the facilitator's to see; a partnership's decision is everybody's.
            Agreed = AnswerRow.ToChoice(found.Agreed) is not { } agreed ? null : found.Runs || found.Round is not null ? new(agreed, found.AgreedNote, (Stance?)found.Stance, found.Reason, found.Minority) : new(agreed, null),
            Partners = partners,
        };
    }

    /// <summary>How many have voted this time; for whoever runs the workshop.</summary>
    public async Task<Turnout> TurnoutAsync(Room room, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var since = clock.GetUtcNow() - HereFor;
        var votes = db.Votes.Where(v => v.WorkshopId == room.Id && v.Ballot == room.Ballot);
        var voted = room.Phase == WorkshopPhase.Voting ? await votes.CountAsync(cancellation) : 0;
        var seats = db.Seats.Where(s => s.WorkshopId == room.Id && !s.IsFacilitator && (s.LastSeenAt > since || votes.Any(v => v.Voter == s.Id || v.Voter == s.OrganisationId)));
        var here = room.IsPartnership ? await seats.Select(s => s.OrganisationId).Distinct().CountAsync(cancellation) : await seats.CountAsync(cancellation);
        return new(voted, Math.Max(voted, here));
    }

    /// <summary>What to talk about, in order, for whoever runs an organisation's own workshop: as the lead sees it, or the one who opened the workshop.</summary>
    public async Task<IReadOnlyList<AgendaItem>> AgendaAsync(Room room, Guid? person, CancellationToken cancellation)
    {
        var assessment = room.Assessment ?? throw new InvalidOperationException("A partnership's agenda comes from what all of it may see.");
        var led = await LedAsync(assessment, person, cancellation) ?? await LedAsync(assessment, room.OpenedBy, cancellation);
        if (led is null) return [.. room.Instrument.InScope(room.Stage).Select(q => new AgendaItem(q, AgendaKind.Other, null))];
        var kinds = new Dictionary<string, AgendaKind>(StringComparer.Ordinal);
        foreach (var finding in led.Result.Findings.Select(f => (Kind: Of(f.Kind), f.Result.Question.Key)).Where(f => f.Kind != AgendaKind.Other).OrderBy(f => f.Kind)) kinds.TryAdd(finding.Key, finding.Kind);
        return Ordered(room.Instrument.InScope(room.Stage).Select(q => new AgendaItem(q, kinds.GetValueOrDefault(q.Key, AgendaKind.Other), led.Sheet.Agreed.GetValueOrDefault(q.Key)?.Choice)));
    }

    /// <summary>As above, of a partnership's workshop, from what every partner may see.</summary>
    public async Task<IReadOnlyList<AgendaItem>> AgendaAsync(Room room, CommonGround ground, CancellationToken cancellation)
    {
        var decided = (await DecisionsAsync(room, cancellation)).ToDictionary(d => d.Question.Key, d => (Choice?)d.Choice, StringComparer.Ordinal);
        var questions = ground.Compared is { } compared
            ? compared.Questions.Select(q => (q.Question, Kind: Of(q.Category))).Concat(room.Instrument.InScope(room.Stage).Where(q => compared.Find(q.Key) is null).Select(q => (Question: q, Kind: AgendaKind.Other)))
            : room.Instrument.InScope(room.Stage).Select(q => (Question: q, Kind: AgendaKind.Other));
        // The comparison's own order, by priority.
        return [.. questions.Select(q => new AgendaItem(q.Question, decided.ContainsKey(q.Question.Key) ? AgendaKind.Done : q.Kind, decided.GetValueOrDefault(q.Question.Key))).OrderBy(i => i.Kind == AgendaKind.Done)];
    }

    /// <summary>What was revealed in a workshop so far, in order; for whoever runs it, and for all of a partnership.</summary>
    public async Task<IReadOnlyList<PastBallot>> PastAsync(Room room, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var ballots = await db.Ballots.AsNoTracking().Where(b => b.WorkshopId == room.Id && b.RevealedAt != null).OrderBy(b => b.Number).ToListAsync(cancellation);
        return [.. ballots.Where(b => room.Instrument.Find(b.Question) is not null).Select(b => new PastBallot(
            b.Number, room.Instrument.Find(b.Question)!, b.Spread is null ? null : SpreadText.Read(b.Spread, room.IsPartnership ? room.Partners : null), b.Withheld))];
    }

    /// <summary>What a partnership decided in a workshop, in the instrument's order.</summary>
    public async Task<IReadOnlyList<SeenDecision>> DecisionsAsync(Room room, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.WorkshopId == room.Id).ToListAsync(cancellation);
        return [.. decisions.Where(d => room.Instrument.Find(d.Question) is not null)
            .Select(d => new SeenDecision(room.Instrument.Find(d.Question)!, AnswerRow.ToChoice(d.Choice)!.Value, d.Note, d.At)).OrderBy(d => d.Question.Index)];
    }

    /// <summary>The workshops of an assessment, the newest first; null for anybody who does not lead it.</summary>
    public async Task<IReadOnlyList<WorkshopRow>?> OfAssessmentAsync(Guid assessment, Guid person, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await Teams.Leading.LedAsync(db, assessment, person, cancellation) is null ? null : await RowsAsync(db, db.Workshops.Where(w => w.AssessmentId == assessment), cancellation);
    }

    /// <summary>The workshops over a round, the newest first, for whoever takes part in it; null for others.</summary>
    public async Task<(IReadOnlyList<WorkshopRow> Workshops, bool MayOpen)?> OfRoundAsync(Guid round, Guid person, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var (takesPart, runs) = await RoundStandingAsync(db, round, person, cancellation);
        return takesPart || runs ? (await RowsAsync(db, db.Workshops.Where(w => w.RoundId == round), cancellation), runs) : null;
    }

    /// <summary>What a code opens; null where it opens nothing.</summary>
    public async Task<WorkshopDoor?> DoorAsync(string code, Guid? person, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Workshops.AsNoTracking().SingleOrDefaultAsync(w => w.Code == code && w.ClosedAt == null, cancellation) is not { } workshop) return null;
        if (workshop.AssessmentId is { } id)
        {
            var assessment = await db.Assessments.AsNoTracking().Where(a => a.Id == id).Select(a => new { a.Organisation, a.Attribution }).SingleAsync(cancellation);
            return new(workshop.Id, code, assessment.Organisation ?? "an organisation that gave no name", false, workshop.IsLocked, assessment.Attribution == Teams.Attribution.Anonymous);
        }
        var isTheirs = person is { } known && (await RoundStandingAsync(db, workshop.RoundId!.Value, known, cancellation)).TakesPart;
        var title = isTheirs ? await db.Programmes.Where(p => db.Rounds.Any(r => r.Id == workshop.RoundId && r.ProgrammeId == p.Id)).Select(p => p.Name).SingleAsync(cancellation) : null;
        return new(workshop.Id, code, title, true, workshop.IsLocked, false);
    }

    /// <summary>Partners of a round for which a person may vote, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> VotesForAsync(Guid workshop, Guid person, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var round = await db.Workshops.Where(w => w.Id == workshop).Select(w => w.RoundId).SingleOrDefaultAsync(cancellation);
        if (round is null) return [];
        var mine = await db.Memberships.Where(m => m.PersonId == person).Select(m => m.OrganisationId).ToListAsync(cancellation);
        return [.. (await PartnersAsync(round.Value, cancellation)).Where(p => mine.Contains(p.Key)).Select(p => (p.Key, p.Value)).OrderBy(p => p.Value, StringComparer.Ordinal)];
    }

    public void Dispose() => rooms.Dispose();

    /// <summary>Whether somebody belongs to a partner that shows what it answered, and whether they run workshops over the round.</summary>
    internal static async Task<(bool TakesPart, bool Runs)> RoundStandingAsync(RaspDb db, Guid round, Guid person, CancellationToken cancellation)
    {
        var roles = await db.Memberships.Where(m => m.PersonId == person
                && db.Rounds.Any(r => r.Id == round && r.CandidateId == null)
                && db.Assessments.Any(a => a.RoundId == round && a.OrganisationId == m.OrganisationId && a.RevealedAt != null)
                && !db.Assessments.Any(a => a.RoundId == round && a.OrganisationId == m.OrganisationId && a.WithdrawnAt != null))
            .Select(m => m.Role).ToListAsync(cancellation);
        var facilitates = await db.Facilitators.AnyAsync(f => f.PersonId == person && db.Rounds.Any(r => r.Id == round && r.ProgrammeId == f.ProgrammeId && r.CandidateId == null && r.RevealedAt != null), cancellation);
        return (roles.Count > 0, facilitates || roles.Contains(MemberRole.Lead));
    }

    private Task<SeenAssessment?> LedAsync(Guid assessment, Guid? person, CancellationToken cancellation) =>
        person is null ? Task.FromResult<SeenAssessment?>(null) : LedOnlyAsync(assessment, new(null, person), cancellation);

    private async Task<SeenAssessment?> LedOnlyAsync(Guid assessment, Holder who, CancellationToken cancellation) =>
        await seen.AssessmentAsync(assessment, who, cancellation) is { Facts.IsLed: true } led ? led : null;

    private async Task<Dictionary<Guid, string>> PartnersAsync(Guid round, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var parts = await db.Assessments.AsNoTracking().Where(a => a.RoundId == round && a.RevealedAt != null).Select(a => new { Id = a.OrganisationId!.Value, a.Organisation, a.Version, a.WithdrawnAt }).ToListAsync(cancellation);
        return parts.GroupBy(p => p.Id).Where(p => p.All(v => v.WithdrawnAt is null)).ToDictionary(p => p.Key, p => p.MaxBy(v => v.Version)!.Organisation!);
    }

    private async Task NoteAsync(Guid seat, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        await db.Seats.Where(s => s.Id == seat).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancellation);
    }

    private static async Task<IReadOnlyList<WorkshopRow>> RowsAsync(RaspDb db, IQueryable<Workshop> workshops, CancellationToken cancellation) =>
        await workshops.AsNoTracking().OrderByDescending(w => w.OpenedAt).Select(w => new WorkshopRow(w.Id, w.OpenedAt, w.ClosedAt, db.Ballots.Count(b => b.WorkshopId == w.Id && b.RevealedAt != null))).ToListAsync(cancellation);

    private static List<AgendaItem> Ordered(IEnumerable<AgendaItem> items) => [.. items.Select(i => i.Agreed is null ? i : i with { Kind = AgendaKind.Done }).OrderBy(i => i.Kind)];

    private static AgendaKind Of(FindingKind kind) => kind switch
    {
        FindingKind.Split => AgendaKind.Split,
        FindingKind.BlindSpot or FindingKind.UnknownShowStopper => AgendaKind.BlindSpot,
        FindingKind.ShowStopper => AgendaKind.ShowStopper,
        FindingKind.WeakPoint => AgendaKind.WeakPoint,
        FindingKind.Claimed or FindingKind.Strength => AgendaKind.Other,
    };

    private static AgendaKind Of(Category category) => category switch
    {
        Category.ShowStopper => AgendaKind.ShowStopper,
        Category.BlindSpot => AgendaKind.BlindSpot,
        Category.Difference => AgendaKind.Split,
        Category.SharedWeakness => AgendaKind.WeakPoint,
        Category.SharedStrength or Category.Mixed => AgendaKind.Other,
    };

    /// <summary>What <see cref="RoomSql"/> finds.</summary>
    private sealed record Row
    {
        public Guid? Assessment { get; private init; }

        public Guid? Round { get; private init; }

        public string Code { get; private init; } = "";

        public Guid OpenedBy { get; private init; }

        public DateTimeOffset OpenedAt { get; private init; }

        public DateTimeOffset? ClosedAt { get; private init; }

        public bool IsLocked { get; private init; }

        public bool HasFacilitatorLink { get; private init; }

        public int Version { get; private init; }

        public WorkshopPhase Phase { get; private init; }

        public string? Question { get; private init; }

        public int Ballot { get; private init; }

        public DateTimeOffset? TimerEndsAt { get; private init; }

        public string InstrumentId { get; private init; } = "";

        public string InstrumentVersion { get; private init; } = "";

        public string Stage { get; private init; } = "";

        public string? Title { get; private init; }

        public bool IsAnonymous { get; private init; }

        public bool IsOpenToAnswer { get; private init; }

        public bool Runs { get; private init; }

        public bool TakesPart { get; private init; }

        public Guid? Seat { get; private init; }

        public bool IsFacilitator { get; private init; }

        public Guid? VotesFor { get; private init; }

        public short? OwnVote { get; private init; }

        public DateTimeOffset? RevealedAt { get; private init; }

        public string? Spread { get; private init; }

        public Withheld Withheld { get; private init; }

        public short? Agreed { get; private init; }

        public string? AgreedNote { get; private init; }

        public short? Stance { get; private init; }

        public string? Reason { get; private init; }

        public string? Minority { get; private init; }

        public DateTimeOffset LastSeenAt { get; private init; }

        public static Row Of(DbDataReader row)
        {
            // Whoever left the organisation for which they voted has no seat any more.
            var isSeated = !row.IsDBNull(21) && row.GetBoolean(31);
            var isFacilitator = isSeated && row.GetBoolean(22);
            return new()
            {
                Assessment = Id(0),
                Round = Id(1),
                Code = row.GetString(2),
                OpenedBy = row.GetGuid(3),
                OpenedAt = Time(4)!.Value,
                ClosedAt = Time(5),
                IsLocked = row.GetBoolean(6),
                HasFacilitatorLink = row.GetBoolean(7),
                Version = row.GetInt32(8),
                Phase = (WorkshopPhase)row.GetInt32(9),
                Question = Text(10),
                Ballot = row.GetInt32(11),
                TimerEndsAt = Time(12),
                InstrumentId = row.GetString(13),
                InstrumentVersion = row.GetString(14),
                Stage = row.GetString(15),
                Title = Text(16),
                IsAnonymous = !row.IsDBNull(17) && row.GetInt32(17) == (int)Teams.Attribution.Anonymous,
                IsOpenToAnswer = !row.IsDBNull(18) && row.GetBoolean(18),
                Runs = row.GetBoolean(19) || isFacilitator,
                TakesPart = row.GetBoolean(20),
                Seat = isSeated ? Id(21) : null,
                IsFacilitator = isFacilitator,
                VotesFor = Id(23),
                OwnVote = row.IsDBNull(24) ? null : row.GetInt16(24),
                RevealedAt = Time(25),
                Spread = Text(26),
                Withheld = row.IsDBNull(27) ? Withheld.No : (Withheld)row.GetInt32(27),
                Agreed = row.IsDBNull(28) ? null : row.GetInt16(28),
                AgreedNote = Text(29),
                Stance = row.IsDBNull(32) ? null : row.GetInt16(32),
                Reason = Text(33),
                Minority = Text(34),
                LastSeenAt = Time(30) ?? DateTimeOffset.MaxValue,
            };

            Guid? Id(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

            DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : new(row.GetInt64(column), TimeSpan.Zero);
        }
    }
}

using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;

namespace Rasp.Data;

/// <summary>
/// The only reader of answers: (who asks, what is stored) into what may be seen (sharing.md 8). An in-confidence assessment is
/// seen by whoever holds its private link and by whoever claimed it, a part of a round by its organisation's leads; by each respondent as far
/// as they answered it; and by nobody else.
/// </summary>
public sealed class Seen(Database database, InstrumentLibrary instruments, TimeProvider clock) : IDisposable
{
    /// <summary>An assessment that nobody claimed expires so long after its last use.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const string FactsSql = $"""
        SELECT a."InstrumentId", a."InstrumentVersion", a."Organisation", a."Stage", a."StartedAt", a."LastUsedAt", r."Id", r."Role",
               w."Choice", w."Stance", w."Note", w."Evidence", w."Version", w."Question", a."OwnerId", a."RoundId", a."IsOpen", a."Version",
               a."Id", a."Attribution", COALESCE({Holder.LeadsSql}, FALSE), r."Kind", r."Name", r."Scope", r."BegunAt", r."DoneAt", r."AskedAgainAt", r."AskedAgainNote",
        """;

    /// <summary>With the answers that this holder enters, as who they are; a lead who answers nothing sees the assessment all the same.</summary>
    private const string AsOneselfSql = $"""
        FROM "Assessments" a LEFT JOIN "Respondents" r ON r."AssessmentId" = a."Id" AND (r."PersonId" = @person OR (r."Kind" = 0 AND {Holder.LeadsSql}))
        LEFT JOIN "Answers" w ON w."RespondentId" = r."Id"
        """;

    /// <summary>With the answers that a lead enters for somebody on paper, whose id is asked for.</summary>
    private const string OnPaperSql = """
        FROM "Assessments" a JOIN "Respondents" r ON r."AssessmentId" = a."Id" AND r."Kind" = 1 LEFT JOIN "Answers" w ON w."RespondentId" = r."Id"
        """;

    private const string ByHolder = $""" WHERE a."Id" = @id AND (r."Id" IS NOT NULL OR {Holder.LeadsSql})""";

    private const string ByLead = $""" WHERE r."Id" = @id AND {Holder.LeadsSql}""";

    private const string IsAnythingAgreedSql = """ EXISTS (SELECT 1 FROM "AgreedAnswers" g WHERE g."AssessmentId" = a."Id") """;

    private const string AgreedSql = """ (SELECT g."Choice" FROM "AgreedAnswers" g WHERE g."AssessmentId" = a."Id" AND g."Question" = @question) """;

    private const string ToQuestion = """ AND w."Question" = @question""";

    /// <summary>What the organisation answered last time, where one answers for it: nobody else's answers rest on it.</summary>
    private const string CarriedSql = """ , c."Choice", c."Stance", c."Note", c."Evidence", c."IsRevised", c."From", c."IsLeftOut" """;

    private const string WithCarried = """ LEFT JOIN "CarriedAnswers" c ON c."AssessmentId" = a."Id" AND c."Question" = @question AND r."Kind" = 0""";

    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache remembered = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    private readonly ReadyCommands assessments = Ready(database, FactsSql + IsAnythingAgreedSql + AsOneselfSql + ByHolder);
    private readonly ReadyCommands assessmentsOnPaper = Ready(database, FactsSql + IsAnythingAgreedSql + OnPaperSql + ByLead);
    private readonly ReadyCommands answers = Ready(database, FactsSql + AgreedSql + CarriedSql + AsOneselfSql + ToQuestion + WithCarried + ByHolder, ("question", DbType.String));
    private readonly ReadyCommands answersOnPaper = Ready(database, FactsSql + AgreedSql + CarriedSql + OnPaperSql + ToQuestion + WithCarried + ByLead, ("question", DbType.String));

    /// <summary>
    /// The assessment with what this holder may see of its answers; null where there is none of this id for this holder. The id is the
    /// assessment's, or, for its leads, that of somebody on paper.
    /// </summary>
    public async Task<SeenAssessment?> AssessmentAsync(Guid id, Holder holder, CancellationToken cancellation = default)
    {
        object[] asked = [id, holder.LinkOrNone, holder.PersonOrNone, ExpiredTicks];
        var read = await assessments.ReadAsync(asked, ReadAssessmentAsync, cancellation);
        if (read is null && holder.Person is not null) read = await assessmentsOnPaper.ReadAsync(asked, ReadAssessmentAsync, cancellation);
        if (read is not var (header, entered, versions, isAnythingAgreed)) return null;
        var facts = header.Facts;
        var instrument = await instruments.GetAsync(header.Instrument, header.Version, cancellation);
        // Whoever answers for themselves, and somebody on paper, sees those answers alone.
        if (!facts.IsLed || facts.Answering is { Kind: RespondentKind.OnPaper } || (facts.Attribution is null && !isAnythingAgreed)) return SeenAssessment.OfOne(instrument, facts, entered, versions, SeenAssessment.NothingAgreed);
        await using var db = database.Open();
        return facts.Attribution is { } attribution
            ? SeenAssessment.OfTeam(instrument, facts, entered, versions, await TeamSheet.ReadAsync(db, facts.Id, attribution, facts.OrganisationOrOurs, facts.RoundName, cancellation))
            : SeenAssessment.OfOne(instrument, facts, entered, versions, await TeamSheet.AgreedAsync(db, facts.Id, cancellation));
    }

    /// <summary>The assessment with what this holder entered for one question; null as for <see cref="AssessmentAsync"/>.</summary>
    public async Task<SeenAnswer?> AnswerAsync(Guid id, Holder holder, string question, CancellationToken cancellation = default)
    {
        object[] asked = [id, holder.LinkOrNone, holder.PersonOrNone, ExpiredTicks, question];
        var seen = await answers.ReadAsync(asked, (row, c) => ReadAnswerAsync(row, question, c), cancellation);
        if (seen is null && holder.Person is not null) seen = await answersOnPaper.ReadAsync(asked, (row, c) => ReadAnswerAsync(row, question, c), cancellation);
        if (seen is null) remembered.Remove(id);
        else remembered.Set(id, (holder, seen with { Answer = StoredAnswer.Nothing, Version = 0 }), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor });
        return seen;
    }

    /// <summary>
    /// What a save needs to know of the assessment, without any answer: as it was seen within the last minutes, else as it is now. Saving
    /// checks in its own statement that it still holds (<see cref="Answering"/>), so that a save need not read first.
    /// </summary>
    public async ValueTask<SeenAnswer?> ForSavingAsync(Guid id, Holder holder, string question, CancellationToken cancellation = default) =>
        remembered.TryGetValue(id, out (Holder Holder, SeenAnswer Seen) known) && known.Holder == holder
            ? known.Seen
            : await AnswerAsync(id, holder, question, cancellation);

    /// <summary>Whether an assessment is of the one organisation and the one programme that a viewer is narrowed to.</summary>
    public async Task<bool> IsWithinAsync(Guid id, Viewer viewer, CancellationToken cancellation = default)
    {
        var (organisation, programme) = (viewer.Organisation, viewer.Programme);
        await using var db = database.Open();
        return await db.Assessments.AnyAsync(
            a => a.Id == id && (organisation == null || a.OrganisationId == organisation) && (programme == null || db.Rounds.Any(r => r.Id == a.RoundId && r.ProgrammeId == programme)), cancellation);
    }

    /// <summary>Has the next save look again.</summary>
    public void Forget(Guid id) => remembered.Remove(id);

    public void Dispose()
    {
        remembered.Dispose();
        assessments.Dispose();
        assessmentsOnPaper.Dispose();
        answers.Dispose();
        answersOnPaper.Dispose();
    }

    private long ExpiredTicks => (clock.GetUtcNow() - KeptFor).UtcTicks;

    private static ReadyCommands Ready(Database database, string sql, params (string Name, DbType Type)[] more) =>
        new(database, sql, [("id", DbType.Guid), ("link", DbType.Binary), ("person", DbType.Guid), ("expired", DbType.Int64), .. more]);

    private static async Task<(Header Header, Dictionary<string, StoredAnswer> Entered, Dictionary<string, int> Versions, bool IsAnythingAgreed)?> ReadAssessmentAsync(DbDataReader row, CancellationToken cancellation)
    {
        if (!await row.ReadAsync(cancellation)) return null;
        var (header, isAnythingAgreed) = (Header.Of(row), row.GetBoolean(Header.Columns));
        var (entered, versions) = (new Dictionary<string, StoredAnswer>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        do
        {
            if (row.IsDBNull(13)) continue;
            entered.Add(row.GetString(13), row.Answer(8));
            versions.Add(row.GetString(13), row.GetInt32(12));
        }
        while (await row.ReadAsync(cancellation));
        return (header, entered, versions, isAnythingAgreed);
    }

    private async Task<SeenAnswer?> ReadAnswerAsync(DbDataReader row, string question, CancellationToken cancellation)
    {
        if (!await row.ReadAsync(cancellation)) return null;
        var header = Header.Of(row);
        var (answer, version) = row.IsDBNull(13) ? (StoredAnswer.Nothing, 0) : (row.Answer(8), row.GetInt32(12));
        var agreed = row.IsDBNull(Header.Columns) || !header.Facts.IsLed ? null : AnswerRow.ToChoice(row.GetInt16(Header.Columns));
        var carried = row.IsDBNull(Header.Columns + 1) ? null
            : new Carried(question, row.Answer(Header.Columns + 1), row.GetBoolean(Header.Columns + 5), new(row.GetInt64(Header.Columns + 6), TimeSpan.Zero), row.GetBoolean(Header.Columns + 7));
        return new(await instruments.GetAsync(header.Instrument, header.Version, cancellation), header.Facts, answer, version, agreed) { Carried = carried };
    }

    /// <summary>What each row of <see cref="FactsSql"/> says of the assessment.</summary>
    private sealed record Header(string Instrument, string Version, AssessmentFacts Facts)
    {
        /// <summary>The column after these.</summary>
        public const int Columns = 28;

        public static Header Of(DbDataReader row) => new(row.GetString(0), row.GetString(1), new(row.GetGuid(18), Text(row, 2), row.GetString(3), Time(row.GetInt64(4)), Time(row.GetInt64(5)))
        {
            Owner = row.IsDBNull(14) ? null : row.GetGuid(14),
            Round = row.IsDBNull(15) ? null : row.GetGuid(15),
            IsOpen = row.GetBoolean(16),
            Version = row.GetInt32(17),
            Attribution = row.IsDBNull(19) ? null : (Attribution)row.GetInt32(19),
            IsLed = row.GetBoolean(20),
            Answering = row.IsDBNull(6) ? null : new(row.GetGuid(6), (RespondentKind)row.GetInt32(21), row.GetString(7), Text(row, 22), Text(row, 23))
            {
                BegunAt = TimeOrNull(row, 24),
                DoneAt = TimeOrNull(row, 25),
                AskedAgainAt = TimeOrNull(row, 26),
                AskedAgainNote = Text(row, 27),
            },
        });

        private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

        private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

        private static DateTimeOffset? TimeOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Time(row.GetInt64(column));
    }
}

using System.Data;
using System.Data.Common;

namespace Rasp.Data;

/// <summary>
/// The only reader of answers: (who asks, what is stored) into what may be seen (sharing.md 8). An in-confidence assessment is
/// seen, whole, by whoever holds its private link and by whoever claimed it, and by nobody else.
/// </summary>
public sealed class Seen(Database database, InstrumentLibrary instruments, TimeProvider clock) : IDisposable
{
    /// <summary>An assessment that nobody claimed expires so long after its last use.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const string AssessmentSql = """
        SELECT a."InstrumentId", a."InstrumentVersion", a."Organisation", a."Stage", a."StartedAt", a."LastUsedAt", r."Id", r."Role",
               w."Choice", w."Stance", w."Note", w."Evidence", w."Version", w."Question", a."OwnerId"
        FROM "Assessments" a JOIN "Respondents" r ON r."AssessmentId" = a."Id" LEFT JOIN "Answers" w ON w."RespondentId" = r."Id"
        """;

    private const string ByItsHolder = """ WHERE a."Id" = @id AND (a."LinkHash" = @link OR a."OwnerId" = @person) AND (a."LastUsedAt" > @expired OR a."OwnerId" IS NOT NULL)""";

    private readonly ReadyCommands assessments = new(
        database, AssessmentSql + ByItsHolder, ("id", DbType.Guid), ("link", DbType.Binary), ("person", DbType.Guid), ("expired", DbType.Int64));

    private readonly ReadyCommands answers = new(
        database, AssessmentSql + """ AND w."Question" = @question""" + ByItsHolder,
        ("id", DbType.Guid), ("link", DbType.Binary), ("person", DbType.Guid), ("expired", DbType.Int64), ("question", DbType.String));

    /// <summary>The assessment with all that was answered; null where there is none of this id for this holder.</summary>
    public Task<SeenAssessment?> AssessmentAsync(Guid id, Holder holder, CancellationToken cancellation = default) =>
        assessments.ReadAsync([id, holder.LinkOrNone, holder.PersonOrNone, ExpiredTicks], ReadAssessmentAsync, cancellation);

    /// <summary>The assessment with what was entered for one question; null as for <see cref="AssessmentAsync"/>.</summary>
    public Task<SeenAnswer?> AnswerAsync(Guid id, Holder holder, string question, CancellationToken cancellation = default) =>
        answers.ReadAsync([id, holder.LinkOrNone, holder.PersonOrNone, ExpiredTicks, question], ReadAnswerAsync, cancellation);

    public void Dispose()
    {
        assessments.Dispose();
        answers.Dispose();
    }

    private long ExpiredTicks => (clock.GetUtcNow() - KeptFor).UtcTicks;

    private async Task<SeenAssessment?> ReadAssessmentAsync(DbDataReader row, CancellationToken cancellation)
    {
        if (!await row.ReadAsync(cancellation)) return null;
        var header = Header(row);
        var entered = new Dictionary<string, StoredAnswer>(StringComparer.Ordinal);
        do
        {
            if (!row.IsDBNull(13)) entered.Add(row.GetString(13), row.Answer(8));
        }
        while (await row.ReadAsync(cancellation));
        return SeenAssessment.InConfidence(await instruments.GetAsync(header.Instrument, header.Version, cancellation), header.Facts, entered);
    }

    private async Task<SeenAnswer?> ReadAnswerAsync(DbDataReader row, CancellationToken cancellation)
    {
        if (!await row.ReadAsync(cancellation)) return null;
        var header = Header(row);
        var (answer, version) = row.IsDBNull(13) ? (StoredAnswer.Nothing, 0) : (row.Answer(8), row.GetInt32(12));
        return new(header.Respondent, await instruments.GetAsync(header.Instrument, header.Version, cancellation), header.Facts, answer, version);
    }

    private static (string Instrument, string Version, Guid Respondent, AssessmentFacts Facts) Header(DbDataReader row) => (
        row.GetString(0), row.GetString(1), row.GetGuid(6),
        new(row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.GetString(7), Time(row.GetInt64(4)), Time(row.GetInt64(5))) { Owner = row.IsDBNull(14) ? null : row.GetGuid(14) });

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

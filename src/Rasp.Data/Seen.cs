using System.Data;
using System.Data.Common;

namespace Rasp.Data;

/// <summary>
/// The only reader of answers: (who asks, what is stored) into what may be seen (sharing.md 8). An in-confidence assessment is
/// seen, whole, by whoever holds its private link, and by nobody else.
/// </summary>
public sealed class Seen(Database database, InstrumentLibrary instruments, TimeProvider clock)
{
    /// <summary>An assessment expires so long after its last use.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const string AssessmentSql = """
        SELECT a."InstrumentId", a."InstrumentVersion", a."Organisation", a."Stage", a."StartedAt", a."LastUsedAt", r."Id", r."Role",
               w."Choice", w."Stance", w."Note", w."Evidence", w."Version", w."Question"
        FROM "Assessments" a JOIN "Respondents" r ON r."AssessmentId" = a."Id" LEFT JOIN "Answers" w ON w."RespondentId" = r."Id"
        """;

    private const string ByItsHolder = """ WHERE a."Id" = @id AND a."LinkHash" = @link AND a."LastUsedAt" > @expired""";

    /// <summary>The assessment with all that was answered; null where there is none of this id that this link opens.</summary>
    public async Task<SeenAssessment?> AssessmentAsync(Guid id, byte[] linkHash, CancellationToken cancellation = default)
    {
        await using var connection = await database.ConnectAsync(cancellation);
        await using var command = Command(connection, AssessmentSql + ByItsHolder, id, linkHash);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        var header = Header(row);
        var answers = new Dictionary<string, StoredAnswer>(StringComparer.Ordinal);
        do
        {
            if (!row.IsDBNull(13)) answers.Add(row.GetString(13), row.Answer(8));
        }
        while (await row.ReadAsync(cancellation));
        return SeenAssessment.InConfidence(await instruments.GetAsync(header.Instrument, header.Version, cancellation), header.Facts, answers);
    }

    /// <summary>The assessment with what was entered for one question; null as for <see cref="AssessmentAsync"/>.</summary>
    public async Task<SeenAnswer?> AnswerAsync(Guid id, byte[] linkHash, string question, CancellationToken cancellation = default)
    {
        await using var connection = await database.ConnectAsync(cancellation);
        await using var command = Command(connection, AssessmentSql + """ AND w."Question" = @question""" + ByItsHolder, id, linkHash)
            .With("question", DbType.String, question);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        var header = Header(row);
        var (answer, version) = row.IsDBNull(13) ? (StoredAnswer.Nothing, 0) : (row.Answer(8), row.GetInt32(12));
        return new(header.Respondent, await instruments.GetAsync(header.Instrument, header.Version, cancellation), header.Facts, answer, version);
    }

    private DbCommand Command(DbConnection connection, string sql, Guid id, byte[] linkHash)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.With("id", DbType.Guid, id).With("link", DbType.Binary, linkHash).With("expired", DbType.Int64, (clock.GetUtcNow() - KeptFor).UtcTicks);
    }

    private static (string Instrument, string Version, Guid Respondent, AssessmentFacts Facts) Header(DbDataReader row) => (
        row.GetString(0), row.GetString(1), row.GetGuid(6),
        new(row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.GetString(7), Time(row.GetInt64(4)), Time(row.GetInt64(5))));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

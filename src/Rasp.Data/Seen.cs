using System.Data;
using System.Data.Common;
using Microsoft.Extensions.Caching.Memory;

namespace Rasp.Data;

/// <summary>
/// The only reader of answers: (who asks, what is stored) into what may be seen (sharing.md 8). An in-confidence assessment is
/// seen, whole, by whoever holds its private link and by whoever claimed it, a part of a round by its organisation's people, and by nobody else.
/// </summary>
public sealed class Seen(Database database, InstrumentLibrary instruments, TimeProvider clock) : IDisposable
{
    /// <summary>An assessment that nobody claimed expires so long after its last use.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const string AssessmentSql = """
        SELECT a."InstrumentId", a."InstrumentVersion", a."Organisation", a."Stage", a."StartedAt", a."LastUsedAt", r."Id", r."Role",
               w."Choice", w."Stance", w."Note", w."Evidence", w."Version", w."Question", a."OwnerId", a."RoundId", a."IsOpen", a."Version"
        FROM "Assessments" a JOIN "Respondents" r ON r."AssessmentId" = a."Id" LEFT JOIN "Answers" w ON w."RespondentId" = r."Id"
        """;

    private const string ByItsHolder = $""" WHERE a."Id" = @id AND {Holder.HoldsSql}""";

    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache remembered = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    private readonly ReadyCommands assessments = new(
        database, AssessmentSql + ByItsHolder, ("id", DbType.Guid), ("link", DbType.Binary), ("person", DbType.Guid), ("expired", DbType.Int64));

    private readonly ReadyCommands answers = new(
        database, AssessmentSql + """ AND w."Question" = @question""" + ByItsHolder,
        ("id", DbType.Guid), ("link", DbType.Binary), ("person", DbType.Guid), ("expired", DbType.Int64), ("question", DbType.String));

    /// <summary>The assessment with all that was answered; null where there is none of this id for this holder.</summary>
    public Task<SeenAssessment?> AssessmentAsync(Guid id, Holder holder, CancellationToken cancellation = default) =>
        assessments.ReadAsync([id, holder.LinkOrNone, holder.PersonOrNone, ExpiredTicks], ReadAssessmentAsync, cancellation);

    /// <summary>The assessment with what was entered for one question; null as for <see cref="AssessmentAsync"/>.</summary>
    public async Task<SeenAnswer?> AnswerAsync(Guid id, Holder holder, string question, CancellationToken cancellation = default)
    {
        var seen = await answers.ReadAsync([id, holder.LinkOrNone, holder.PersonOrNone, ExpiredTicks, question], ReadAnswerAsync, cancellation);
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

    /// <summary>Has the next save look again.</summary>
    public void Forget(Guid id) => remembered.Remove(id);

    public void Dispose()
    {
        remembered.Dispose();
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
        new(row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.GetString(7), Time(row.GetInt64(4)), Time(row.GetInt64(5)))
        {
            Owner = row.IsDBNull(14) ? null : row.GetGuid(14),
            Round = row.IsDBNull(15) ? null : row.GetGuid(15),
            IsOpen = row.GetBoolean(16),
            Version = row.GetInt32(17),
        });

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

using System.Data;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Rasp.Readiness.Answers;

namespace Rasp.Data;

/// <summary>What became of a save.</summary>
public abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    /// <summary>It is on disk, as this version.</summary>
    public sealed record Saved(int Version) : SaveOutcome;

    /// <summary>Somebody else, or another tab, saved this question since the page was opened: nothing was changed.</summary>
    public sealed record Stale(StoredAnswer Current, int Version) : SaveOutcome;

    /// <summary>The assessment is no longer there, or no longer what the page took it for: held by another, at another stage.</summary>
    public sealed record Gone : SaveOutcome;
}

/// <summary>One save of one opened page. It is written only where the assessment is still what the page took it for, in the same statement.</summary>
/// <param name="Respondent">Whose answer.</param>
/// <param name="Holder">Whoever saves.</param>
/// <param name="Stage">The stage at which the question was asked.</param>
/// <param name="Question">Its key in full.</param>
/// <param name="Answer">What to store.</param>
/// <param name="Version">The version that the page showed; 0 where nothing was stored.</param>
/// <param name="Page">The opened page.</param>
/// <param name="PageSave">Which of that page's saves this is.</param>
/// <param name="At">When.</param>
/// <param name="RenewsUse">Whether the days to expiry are to be counted from now on.</param>
public sealed record Save(Guid Respondent, Holder Holder, string Stage, string Question, StoredAnswer Answer, int Version, Guid Page, int PageSave, DateTimeOffset At, bool RenewsUse = false);

/// <summary>
/// The only writer of answers. Saves that arrive together are committed together: a commit that waits for the disk costs the same
/// for one answer as for a hundred. None is confirmed before its commit.
/// </summary>
public sealed class Answering(Database database) : BackgroundService
{
    private const int LargestGroup = 256;

    private const string SaveSqlBefore = $"""
        INSERT INTO "Answers" ("RespondentId", "Question", "Choice", "Stance", "Note", "Evidence", "Version", "Page", "PageSave", "SavedAt")
        SELECT r."Id", @question, @choice, @stance, @note, @evidence, 1, @page, @pageSave, @at
        FROM "Respondents" r JOIN "Assessments" a ON a."Id" = r."AssessmentId"
        WHERE r."Id" = @respondent AND {Holder.EntersSql} AND a."Stage" = @stage AND a."IsOpen"
        """;

    private const string SaveSqlAfter = """

        ON CONFLICT ("RespondentId", "Question") DO UPDATE SET
            "Choice" = excluded."Choice", "Stance" = excluded."Stance", "Note" = excluded."Note", "Evidence" = excluded."Evidence",
            "Version" = "Answers"."Version" + 1, "Page" = excluded."Page", "PageSave" = excluded."PageSave", "SavedAt" = excluded."SavedAt"
        WHERE "Answers"."Version" = @version OR ("Answers"."Page" = @page AND "Answers"."PageSave" < @pageSave)
        RETURNING "Version"
        """;

    /// <summary>Whoever seals waits for saves under way, and what comes later finds it sealed. SQLite has one writer anyway.</summary>
    private const string UntilWritten = """ FOR SHARE OF a""";

    /// <summary>
    /// Saves that are written together hold several assessments: whoever reveals a round may wait for one of them and hold another. So they
    /// wait for less than the second after which PostgreSQL would end either; alone, a save holds only its own and can wait.
    /// </summary>
    private const string InCompany = "SET lock_timeout = '300ms'";

    private const string CurrentSql = $"""
        SELECT w."Choice", w."Stance", w."Note", w."Evidence", w."Version"
        FROM "Answers" w JOIN "Respondents" r ON r."Id" = w."RespondentId" JOIN "Assessments" a ON a."Id" = r."AssessmentId"
        WHERE r."Id" = @respondent AND {Holder.EntersSql} AND a."Stage" = @stage AND a."IsOpen" AND w."Question" = @question
        """;

    private const string RenewSql = """
        UPDATE "Assessments" SET "LastUsedAt" = @at WHERE "Id" = (SELECT "AssessmentId" FROM "Respondents" WHERE "Id" = @respondent)
        """;

    private readonly Channel<Waiting> waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });

    /// <summary>Stores an answer; completes once it is on disk, or is refused.</summary>
    public async Task<SaveOutcome> SaveAsync(Save save)
    {
        var entry = new Waiting(save, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await waiting.Writer.WriteAsync(entry);
        return await entry.Done.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is still written.
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing) await writing.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Writer? writer = null;
        var group = new List<Waiting>(LargestGroup);
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (group.Count < LargestGroup && waiting.Reader.TryRead(out var entry)) group.Add(entry);
            try
            {
                writer ??= await Writer.OpenAsync(database, InCompany);
                Confirm(group, await writer.WriteAsync(group));
            }
            // Whatever it is: whoever waits is told, and the next is written.
            catch (Exception)
            {
                await DisposeAsync(writer);
                writer = null;
                await WriteOneByOneAsync(group);
            }
            group.Clear();
        }
        await DisposeAsync(writer);
    }

    /// <summary>What fails in company may succeed alone; what fails alone is told to whoever waits for it.</summary>
    private async Task WriteOneByOneAsync(List<Waiting> group)
    {
        foreach (var entry in group)
        {
            try
            {
                await using var writer = await Writer.OpenAsync(database, null);
                Confirm([entry], await writer.WriteAsync([entry]));
            }
            catch (Exception failure)
            {
                entry.Done.SetException(failure);
            }
        }
    }

    private static void Confirm(List<Waiting> group, List<SaveOutcome> outcomes)
    {
        for (var i = 0; i < group.Count; i++) group[i].Done.SetResult(outcomes[i]);
    }

    private static async ValueTask DisposeAsync(Writer? writer)
    {
        if (writer is not null) await writer.DisposeAsync();
    }

    private sealed record Waiting(Save Save, TaskCompletionSource<SaveOutcome> Done);

    /// <summary>A connection with its commands made ready.</summary>
    private sealed class Writer(DbConnection connection, DbCommand save, DbCommand current, DbCommand renew) : IAsyncDisposable
    {
        public static async Task<Writer> OpenAsync(Database database, string? postgresSetting)
        {
            var connection = await database.ConnectForWritingAsync(CancellationToken.None);
            if (postgresSetting is not null && !database.IsSqlite)
            {
                await using var setting = connection.CreateCommand();
                setting.CommandText = postgresSetting;
                await setting.ExecuteNonQueryAsync();
            }
            var save = Command(SaveSqlBefore + (database.IsSqlite ? "" : UntilWritten) + SaveSqlAfter);
            save.With("choice", DbType.Int16, null).With("stance", DbType.Int16, null).With("note", DbType.String, null).With("evidence", DbType.String, null)
                .With("version", DbType.Int32, null).With("page", DbType.Guid, null).With("pageSave", DbType.Int32, null).With("at", DbType.Int64, null);
            var renew = connection.CreateCommand();
            renew.CommandText = RenewSql;
            renew.With("respondent", DbType.Guid, null).With("at", DbType.Int64, null);
            return new(connection, save, Command(CurrentSql), renew);

            DbCommand Command(string sql)
            {
                var command = connection.CreateCommand();
                command.CommandText = sql;
                return command.With("respondent", DbType.Guid, null).With("link", DbType.Binary, null).With("person", DbType.Guid, null)
                    .With("expired", DbType.Int64, null).With("stage", DbType.String, null).With("question", DbType.String, null);
            }
        }

        public async Task<List<SaveOutcome>> WriteAsync(List<Waiting> group)
        {
            var outcomes = new List<SaveOutcome>(group.Count);
            await using var transaction = await connection.BeginTransactionAsync();
            save.Transaction = current.Transaction = renew.Transaction = transaction;
            foreach (var entry in group) outcomes.Add(await WriteAsync(entry.Save));
            await transaction.CommitAsync();
            return outcomes;
        }

        public async ValueTask DisposeAsync()
        {
            await save.DisposeAsync();
            await current.DisposeAsync();
            await renew.DisposeAsync();
            await connection.DisposeAsync();
        }

        private async Task<SaveOutcome> WriteAsync(Save entry)
        {
            SetWhere(save, entry);
            Set(save, 6, AnswerRow.ToNumber(entry.Answer.Choice));
            Set(save, 7, (short?)entry.Answer.Stance);
            Set(save, 8, entry.Answer.Note);
            Set(save, 9, entry.Answer.Evidence);
            Set(save, 10, entry.Version);
            Set(save, 11, entry.Page);
            Set(save, 12, entry.PageSave);
            Set(save, 13, entry.At.UtcTicks);
            if (await save.ExecuteScalarAsync() is not { } version) return await WhyNotAsync(entry);
            if (entry.RenewsUse) await RenewAsync(entry);
            return new SaveOutcome.Saved(Convert.ToInt32(version, System.Globalization.CultureInfo.InvariantCulture));
        }

        private async Task<SaveOutcome> WhyNotAsync(Save entry)
        {
            SetWhere(current, entry);
            await using var row = await current.ExecuteReaderAsync();
            if (!await row.ReadAsync()) return new SaveOutcome.Gone();
            var (answer, version) = (row.Answer(0), row.GetInt32(4));
            // Saving twice what is already there, as a second press of the button does, is no conflict.
            return answer == entry.Answer ? new SaveOutcome.Saved(version) : new SaveOutcome.Stale(answer, version);
        }

        private async Task RenewAsync(Save entry)
        {
            Set(renew, 0, entry.Respondent);
            Set(renew, 1, entry.At.UtcTicks);
            await renew.ExecuteNonQueryAsync();
        }

        private static void SetWhere(DbCommand command, Save entry)
        {
            Set(command, 0, entry.Respondent);
            Set(command, 1, entry.Holder.LinkOrNone);
            Set(command, 2, entry.Holder.PersonOrNone);
            Set(command, 3, (entry.At - Seen.KeptFor).UtcTicks);
            Set(command, 4, entry.Stage);
            Set(command, 5, entry.Question);
        }

        // By place, in the order in which OpenAsync adds them: by name it costs as much as the rest of a save.
        private static void Set(DbCommand command, int place, object? value) => command.Parameters[place].Value = value ?? DBNull.Value;
    }
}

internal static class AnswerColumns
{
    /// <summary>Choice, stance, note and evidence, from four columns side by side.</summary>
    public static StoredAnswer Answer(this DbDataReader row, int first) => new(
        AnswerRow.ToChoice(row.IsDBNull(first) ? null : row.GetInt16(first)),
        row.IsDBNull(first + 1) ? null : (Stance)row.GetInt16(first + 1),
        row.IsDBNull(first + 2) ? null : row.GetString(first + 2),
        row.IsDBNull(first + 3) ? null : row.GetString(first + 3));
}

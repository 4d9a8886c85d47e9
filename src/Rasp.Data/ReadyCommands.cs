using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;

namespace Rasp.Data;

/// <summary>
/// One command, made ready on as many connections as there are readers at a time. On SQLite, opening a connection and preparing a
/// command costs several times what running it does; for PostgreSQL, Npgsql's own pool does this.
/// </summary>
internal sealed class ReadyCommands(Database database, string sql, params (string Name, DbType Type)[] parameters) : IDisposable
{
    /// <summary>Whether PostgreSQL plans the command once for each connection: for what is long, and asked for by many at once.</summary>
    public bool IsPlannedOnce { get; init; }

    private static readonly int MostIdle = 4 * Environment.ProcessorCount;

    private readonly ConcurrentStack<DbCommand> idle = new();
    private bool isDisposed;

    /// <summary>Runs the command with these values, in the order of its parameters, and reads its rows.</summary>
    public async Task<T> ReadAsync<T>(object[] values, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var command = idle.TryPop(out var ready) ? ready : await MakeAsync(cancellation);
        var isSound = false;
        try
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
            T result;
            await using (var rows = await command.ExecuteReaderAsync(cancellation)) result = await read(rows, cancellation);
            isSound = true;
            return result;
        }
        finally
        {
            if (isSound && database.IsSqlite && idle.Count < MostIdle && !isDisposed) idle.Push(command);
            else await CloseAsync(command);
        }
    }

    public void Dispose()
    {
        isDisposed = true;
        while (idle.TryPop(out var command))
        {
            command.Connection?.Dispose();
            command.Dispose();
        }
    }

    private async Task<DbCommand> MakeAsync(CancellationToken cancellation)
    {
        var connection = await database.ConnectAsync(cancellation);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters) command.With(name, type, null);
        if (IsPlannedOnce && !database.IsSqlite) await command.PrepareAsync(cancellation);
        return command;
    }

    private static async Task CloseAsync(DbCommand command)
    {
        var connection = command.Connection;
        await command.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Rasp.Data;

/// <summary>Which database, and how to reach it: SQLite in a file, or PostgreSQL where a connection string is given.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly string? folder;
    private readonly string sqlite;
    private readonly NpgsqlDataSource? postgres;
    private readonly string postgresAddress;

    private Database(string? folder, string sqlite, NpgsqlDataSource? postgres, string postgresAddress = "") =>
        (this.folder, this.sqlite, this.postgres, this.postgresAddress) = (folder, sqlite, postgres, postgresAddress);

    /// <summary><c>rasp.db</c> in a folder, which is made where it is missing.</summary>
    public static Database SqliteIn(string folder) =>
        new(folder, new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "rasp.db") }.ToString(), null);

    /// <summary>PostgreSQL.</summary>
    /// <exception cref="ArgumentException">This is no connection string.</exception>
    public static Database Postgres(string connectionString) => new(null, "", NpgsqlDataSource.Create(connectionString), connectionString);

    internal bool IsSqlite => postgres is null;

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        if (postgres is not null) services.AddDbContextPool<RaspDb, PostgresRaspDb>(o => o.UseNpgsql(postgres));
        else services.AddDbContextPool<RaspDb, SqliteRaspDb>(o => o.UseSqlite(sqlite));
    }

    public RaspDb Open() => postgres is not null
        ? new PostgresRaspDb(new DbContextOptionsBuilder<PostgresRaspDb>().UseNpgsql(postgres).Options)
        : new SqliteRaspDb(new DbContextOptionsBuilder<SqliteRaspDb>().UseSqlite(sqlite).Options);

    /// <summary>Makes the database where it is missing and brings its tables up to date. SQLite is put into write-ahead logging, for good.</summary>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        if (folder is not null) MakeFolder(folder);
        await using var db = Open();
        await db.Database.MigrateAsync(cancellation);
        if (postgres is null) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        else SqliteConnection.ClearPool(new SqliteConnection(sqlite));
    }

    /// <summary>A connection for the few commands that are run by hand: those on the way of every answer.</summary>
    internal async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellation = default)
    {
        if (postgres is not null) return await postgres.OpenConnectionAsync(cancellation);
        var connection = new SqliteConnection(sqlite);
        // SQLite has no asynchronous calls; what is named so runs at once.
        connection.Open();
        return connection;
    }

    /// <summary>As <see cref="ConnectAsync"/>, for writing what must survive a power cut.</summary>
    internal async ValueTask<DbConnection> ConnectForWritingAsync(CancellationToken cancellation)
    {
        var connection = await ConnectAsync(cancellation);
        if (postgres is not null) return connection;
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA synchronous = FULL";
        await pragma.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>A connection of its own to hear what is told by NOTIFY; PostgreSQL alone. It notices when the server is gone.</summary>
    internal async Task<NpgsqlConnection> ConnectForListeningAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgresAddress) { Pooling = false, KeepAlive = 30 }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

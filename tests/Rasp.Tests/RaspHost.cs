using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Rasp.Comparisons;
using Rasp.Data;
using Rasp.Readiness.Instruments;

namespace Rasp.Tests;

/// <summary>Rasp, served for one test: a real Kestrel on a free port, a real database of its own, and a clock that the test moves.</summary>
public sealed class RaspHost : IAsyncDisposable
{
    /// <summary>The public address that a host would set: what a page or a mail links to, wherever the server happens to listen.</summary>
    public static readonly Uri PublicUrl = new("http://rasp.example.gov.uk");

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<byte[]>> MigratedSqlite = new(MigrateSqliteAsync);

    private readonly WebApplication site;
    private readonly TemporaryFolder folder;
    private readonly string? postgres;
    private readonly ConcurrentBag<IDisposable> visitors = [];

    private RaspHost(Engine engine, Settings settings, WebApplication site, TemporaryFolder folder, string? postgres, FakeTimeProvider clock, LogBook log)
    {
        (Engine, Settings, this.site, this.folder, this.postgres, Clock, Log) = (engine, settings, site, folder, postgres, clock, log);
        Url = new(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Engine Engine { get; }

    public Settings Settings { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => site.Services;

    /// <summary>What it logged, as a warning or worse where the test asked for no more.</summary>
    public LogBook Log { get; }

    /// <summary>The instrument that new assessments use.</summary>
    public Instrument Instrument => Services.GetRequiredService<InstrumentLibrary>().Current;

    /// <summary>The file of the database; SQLite only.</summary>
    public string DatabaseFile => Path.Combine(Settings.Data, "rasp.db");

    /// <summary>Starts it.</summary>
    /// <param name="engine">On which database.</param>
    /// <param name="with">Settings other than these; those of another host make this one its successor, on the same data.</param>
    /// <param name="comparisons">Comparisons other than the worked example's.</param>
    /// <param name="logs">From which level on its log is kept.</param>
    public static async Task<RaspHost> StartAsync(
        Engine engine = Engine.Sqlite, Func<Settings, Settings>? with = null, IReadOnlyList<OpenComparison>? comparisons = null, LogLevel logs = LogLevel.Warning)
    {
        var folder = new TemporaryFolder();
        var (clock, log) = (new FakeTimeProvider(Now), new LogBook(logs));
        var settings = new Settings { Data = folder.Path, Url = PublicUrl };
        var postgres = engine == Engine.Postgres ? await PostgresServer.NewDatabaseAsync() : null;
        settings = settings with { Database = postgres };
        if (postgres is null) await File.WriteAllBytesAsync(Path.Combine(folder.Path, "rasp.db"), await MigratedSqlite.Value);
        settings = with?.Invoke(settings) ?? settings;

        var site = await Site.CreateAsync(settings, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders().AddProvider(log);
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            if (comparisons is not null) builder.Services.Replace(ServiceDescriptor.Singleton(new ComparedExamples(comparisons)));
        });
        await site.StartAsync();
        return new(engine, settings, site, folder, postgres, clock, log);
    }

    /// <summary>Somebody with a browser of their own.</summary>
    /// <param name="from">The address that they come from, one of this machine's.</param>
    public Visitor NewVisitor(string from = "127.0.0.1")
    {
        var visitor = new Visitor(Url, Log.ToString, from);
        visitors.Add(visitor);
        return visitor;
    }

    /// <summary>A connection to look into the database, past the product.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = Engine == Engine.Postgres ? new NpgsqlConnection(Settings.Database + ";Pooling=false") : new SqliteConnection($"Data Source={DatabaseFile};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>How many rows each table has, past the product.</summary>
    public async Task<Dictionary<string, long>> RowsByTableAsync()
    {
        var tables = await QueryAsync<string>(Engine == Engine.Postgres
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        var rows = new Dictionary<string, long>();
        foreach (var table in tables.Order(StringComparer.Ordinal)) rows[table] = (await QueryAsync<long>($"SELECT count(*) FROM \"{table}\"")).Single();
        return rows;
    }

    /// <summary>All that is stored, past the product: each row of each table on a line.</summary>
    public async Task<string> DumpAsync()
    {
        var dump = new StringBuilder();
        await using var connection = await ConnectAsync();
        foreach (var table in (await RowsByTableAsync()).Keys)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1, 2";
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                var values = Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{row.GetValue(i)}");
                dump.AppendJoin('|', values.Prepend(table)).Append('\n');
            }
        }
        return dump.ToString();
    }

    /// <summary>The first column of what a query finds.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var row = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await row.ReadAsync()) found.Add(await row.GetFieldValueAsync<T>(0));
        return found;
    }

    /// <summary>Changes what is stored, past the product.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors) visitor.Dispose();
        await site.StopAsync();
        await site.DisposeAsync();
        if (postgres is not null) await PostgresServer.DropAsync(postgres);
        folder.Dispose();
    }

    private static async Task<byte[]> MigrateSqliteAsync()
    {
        using var folder = new TemporaryFolder();
        await using (var database = Database.SqliteIn(folder.Path)) await database.MigrateAsync();
        return await File.ReadAllBytesAsync(Path.Combine(folder.Path, "rasp.db"));
    }
}

/// <summary>Keeps what the product logged, for tests to read and for failures to show.</summary>
public sealed class LogBook(LogLevel least) : ILoggerProvider
{
    private readonly LogLevel least = least;
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    public override string ToString() => string.Join(Environment.NewLine, lines);

    private sealed class Writer(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= book.least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) book.lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}

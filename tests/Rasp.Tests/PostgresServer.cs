using System.Diagnostics;
using Npgsql;
using Rasp.Data;

[assembly: AssemblyFixture(typeof(Rasp.Tests.PostgresServer))]

namespace Rasp.Tests;

/// <summary>
/// The PostgreSQL server of this test run: the one that RASP_TEST_POSTGRES names, else a throw-away one, started when a test first
/// needs it and gone at the end. Each test has a database of its own, copied from one that was migrated once.
/// A missing PostgreSQL is a failure: nobody should believe that both databases were tested when they were not.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(async () =>
    {
        var server = new PostgresServer();
        await server.StartAsync();
        return server;
    });

    private readonly SemaphoreSlim oneCopyAtATime = new(1, 1);
    private string? folder;
    private Process? undertaker;
    private string server = "";
    private string template = "";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A migrated database for one test: its connection string.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var postgres = await Started.Value;
        var name = NewName();
        // A template can't be copied while somebody else copies it.
        await postgres.oneCopyAtATime.WaitAsync();
        try
        {
            await postgres.RunAsync($"CREATE DATABASE {name} TEMPLATE {postgres.template} STRATEGY FILE_COPY");
        }
        finally
        {
            postgres.oneCopyAtATime.Release();
        }
        return postgres.ConnectionString(name);
    }

    /// <summary>A database without tables: its connection string.</summary>
    public static async Task<string> NewEmptyDatabaseAsync()
    {
        var postgres = await Started.Value;
        var name = NewName();
        await postgres.RunAsync($"CREATE DATABASE {name}");
        return postgres.ConnectionString(name);
    }

    public static async Task DropAsync(string connectionString)
    {
        var postgres = await Started.Value;
        await postgres.RunAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated || !Started.Value.IsCompletedSuccessfully) return;
        var postgres = await Started.Value;
        NpgsqlConnection.ClearAllPools();
        if (postgres.folder is null)
        {
            await postgres.RunAsync($"DROP DATABASE {postgres.template} WITH (FORCE)");
        }
        else
        {
            postgres.undertaker!.StandardInput.Close();
            await postgres.undertaker.WaitForExitAsync();
            postgres.undertaker.Dispose();
        }
    }

    private async Task StartAsync()
    {
        server = Environment.GetEnvironmentVariable("RASP_TEST_POSTGRES") is { Length: > 0 } given ? given : await StartThrowAwayAsync();
        template = NewName();
        await RunAsync($"CREATE DATABASE {template}");
        await using var database = Database.Postgres(ConnectionString(template) + ";Pooling=false");
        await database.MigrateAsync();
    }

    private async Task<string> StartThrowAwayAsync()
    {
        folder = Directory.CreateTempSubdirectory("rasp-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess) await ProcessAsync("chown", "postgres", folder);
        await ProcessAsync(AsAnyoneButRoot(Tool("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"));
        undertaker = BuryAfterUs(folder, AsAnyoneButRoot(Tool("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"));
        // A socket in that folder and no port: nothing to collide with.
        await ProcessAsync(AsAnyoneButRoot(
            Tool("pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"),
            "-o", $"-c listen_addresses='' -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=300", "start"));
        return $"Host={folder};Username=postgres;Database=postgres";
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, MaxPoolSize = 10, IncludeErrorDetail = true }.ToString();

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string NewName() => $"rasp_test_{Guid.NewGuid():N}";

    private static string Tool(string name)
    {
        const string Installed = "/usr/lib/postgresql";
        var newest = Directory.Exists(Installed) ? Directory.GetDirectories(Installed).MaxBy(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0) : null;
        return newest is null
            ? throw new InvalidOperationException($"There is no PostgreSQL under {Installed}, and RASP_TEST_POSTGRES names no server. The tests need one of them: ./test.sh installs it, or apt-get install postgresql.")
            : Path.Combine(newest, "bin", name);
    }

    /// <summary>PostgreSQL refuses to run as root; Debian's package brings the user postgres.</summary>
    private static string[] AsAnyoneButRoot(params string[] command) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "env", "HOME=/tmp", .. command]
        : command;

    /// <summary>Stops the server and removes its folder once we close the pipe to it, or are gone ourselves, however that came about.</summary>
    private static Process BuryAfterUs(string folder, string[] stop) => Process.Start(new ProcessStartInfo(
        "/bin/sh", ["-c", "trap '' INT TERM HUP; cat >/dev/null; \"$@\" >/dev/null 2>&1; rm -rf \"$0\"", folder, .. stop])
    { WorkingDirectory = "/", RedirectStandardInput = true })!;

    private static async Task ProcessAsync(params string[] command)
    {
        // Its output is not redirected: the server would inherit the pipe, and reading it would never end.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >\"$0\" 2>&1", Path.GetTempFileName(), .. command]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        var output = process.StartInfo.ArgumentList[2];
        var said = await File.ReadAllTextAsync(output);
        File.Delete(output);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed with status {process.ExitCode}: {said}");
    }
}

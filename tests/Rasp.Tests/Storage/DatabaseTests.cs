using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using static Rasp.Tests.Storage.Stored;

namespace Rasp.Tests.Storage;

/// <summary>The databases themselves: their tables, their durability, and the instruments in them.</summary>
public sealed class DatabaseTests
{
    [Theory, Engines]
    public async Task The_migrations_make_the_tables_that_the_code_expects(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        await using var db = host.Services.GetRequiredService<Database>().Open();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Sqlite_keeps_a_write_ahead_log()
    {
        await using var host = await RaspHost.StartAsync(Engine.Sqlite);
        Assert.Equal(["wal"], await host.QueryAsync<string>("PRAGMA journal_mode"));
    }

    /// <summary>Connections go back to a pool as they are: what stands there afterwards are those that wrote.</summary>
    [Fact]
    public async Task Sqlite_waits_for_the_disk_on_every_connection_that_wrote()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await RaspHost.StartAsync(Engine.Sqlite, s => s with { Data = folder.Path }))
        {
            var assessment = await host.StartAsync();
            await (await host.OpenPageAsync(assessment)).SaveAsync(Four);
            await host.Services.GetRequiredService<Answering>().StopAsync(default);

            var connections = Enumerable.Range(0, 20).Select(_ => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = host.DatabaseFile }.ToString())).ToList();
            foreach (var connection in connections)
            {
                connection.Open();
                using var pragma = connection.CreateCommand();
                pragma.CommandText = "PRAGMA synchronous";
                Assert.Equal(2L, pragma.ExecuteScalar());
            }
            connections.ForEach(c => c.Dispose());
        }
    }

    [Theory, Engines]
    public async Task The_built_in_instrument_is_stored_once(Engine engine)
    {
        await using var first = await RaspHost.StartAsync(engine);
        await using var second = await RaspHost.StartAsync(engine, _ => first.Settings);
        Assert.Equal(["rasp"], await second.QueryAsync<string>("SELECT \"Id\" FROM \"Instruments\""));
    }

    [Theory, Engines]
    public async Task Changed_questions_under_a_version_that_is_in_use_are_refused_with_a_reason(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var changed = BuiltInFiles();
        changed["governance.yaml"] = changed["governance.yaml"].Replace("?", " or not?", StringComparison.Ordinal);
        var library = new InstrumentLibrary(host.Services.GetRequiredService<Database>());

        await library.AdoptAsync(changed);
        Assert.Contains("or not?", library.Current.Questions[^1].Text, StringComparison.Ordinal);

        await host.StartAsync();
        var refused = await Assert.ThrowsAsync<InstrumentChangedException>(() => library.AdoptAsync(BuiltInFiles()));
        Assert.Contains(library.Current.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains("new version", refused.Message, StringComparison.Ordinal);
        await library.AdoptAsync(changed);
    }

    [Theory, Engines]
    public async Task An_assessment_keeps_the_questions_with_which_it_began(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var began = host.Instrument;
        var assessment = await host.StartAsync();
        var newer = BuiltInFiles();
        newer["instrument.yaml"] = newer["instrument.yaml"].Replace($"version: {began.Version}", "version: 99.0.0", StringComparison.Ordinal);
        newer["governance.yaml"] = newer["governance.yaml"].Replace("?", " or not?", StringComparison.Ordinal);

        // As after an update: nothing is remembered that is not in the database.
        var database = host.Services.GetRequiredService<Database>();
        var library = new InstrumentLibrary(database);
        await library.AdoptAsync(newer);
        using var seen = new Seen(database, library, host.Clock);

        Assert.Equal("99.0.0", library.Current.Version);
        var kept = (await seen.AssessmentAsync(assessment.Id, assessment.LinkHash))!.Instrument;
        Assert.Equal((began.Version, began.Questions[^1].Text), (kept.Version, kept.Questions[^1].Text));
    }

    private static Dictionary<string, string> BuiltInFiles() =>
        Directory.GetFiles(Repository.BuiltInInstrument, "*.yaml").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
}

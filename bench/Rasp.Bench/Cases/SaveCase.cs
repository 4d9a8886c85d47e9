using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Rasp.Bench.Cases;

/// <summary>Saving an answer, durably, by 32 people at a time: what share it reaches of the same endpoint without storage.</summary>
internal static class SaveCase
{
    public const int Clients = 32;

    public static async Task RunAsync(Bench bench)
    {
        var data = bench.NewFolder();
        await using var whole = await Side.StartAsync(bench, data, Saving.Whole);
        await using var reading = await Side.StartAsync(bench, bench.NewFolder(), Saving.WithoutWriting);
        await using var nothing = await Side.StartAsync(bench, bench.NewFolder(), Saving.WithoutStorage);
        if (Load.RunInTurns(bench.Effort, whole.Run, reading.Run, nothing.Run) is not [var saved, var read, var none]) return;

        var report = bench.Report;
        report.Add("save", $"answers saved, {Clients} clients", Unit.RequestsASecond, [.. saved.Select(o => o.RequestsASecond)]);
        report.Add("save", "the same, without writing", Unit.RequestsASecond, [.. read.Select(o => o.RequestsASecond)]);
        report.Add("save", "the same, without storage", Unit.RequestsASecond, [.. none.Select(o => o.RequestsASecond)]);
        report.Add("save", "share of that without writing", Unit.Share, saved.ShareOf(read, o => o.RequestsASecond));
        report.Add("save", "share of that without storage", Unit.Share, saved.ShareOf(none, o => o.RequestsASecond), Aim.AtLeast(0.4));
        report.Add("save", "share by the servers' own processor time", Unit.Share, saved.ShareOf(none, o => 1 / o.ServerMicrosecondsARequest));
        report.Add("save", "processor time a save", Unit.Microseconds, [.. saved.Select(o => o.ServerMicrosecondsARequest)]);
        report.Add("save", "time to confirm, median", Unit.Milliseconds, [.. saved.Select(o => o.P50)]);
        report.Add("save", "time to confirm, 99 of 100", Unit.Milliseconds, [.. saved.Select(o => o.P99)]);
        report.Require(saved.Concat(read).Concat(none).Sum(o => o.Faults) == 0, "save: some saves were refused");
        var (confirmed, stored) = (whole.Savers.Cast<Saver>().Sum(s => s.Confirmed), await StoredAsync(data));
        report.Require(confirmed > 0 && confirmed == stored, $"save: {confirmed} saves were confirmed, {stored} are stored");
    }

    /// <summary>A caller for each client, with its own assessment and cookie.</summary>
    public static async Task<IReadOnlyList<ICaller>> SaversAsync(ServerProcess server, Started started)
    {
        var savers = new List<ICaller>();
        foreach (var assessment in started.Assessments) savers.Add(new Saver(await Visitor.ArriveAsync(server.Address, assessment, started.Questions[0]), started.Questions));
        return savers;
    }

    private static bool RefusesWithoutToken(ServerProcess server, Started started)
    {
        var (reference, secret) = started.Assessments[0];
        using var connection = new Connection(server.Address);
        return connection.Exchange(System.Text.Encoding.ASCII.GetBytes(
            $"POST {Links.Question(reference, started.Questions[0])} HTTP/1.1\r\nHost: localhost\r\nCookie: rasp-link={secret}\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nAnswer=3")).Status == 400;
    }

    /// <summary>How many saves the database holds: each raised a version by one.</summary>
    private static async Task<long> StoredAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "rasp.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT COALESCE(SUM("Version"), 0) FROM "Answers" """;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>A server, and those who save there.</summary>
    private sealed record Side(ServerProcess Server, IReadOnlyList<ICaller> Savers) : IAsyncDisposable
    {
        public static async Task<Side> StartAsync(Bench bench, string data, Saving saving)
        {
            var started = await Started.InAsync(data, Clients);
            var side = new Side(await ServeRasp.StartAsync(data, saving), []);
            bench.Report.Require(RefusesWithoutToken(side.Server, started), $"save: {saving} takes a form without its token");
            return side with { Savers = await SaversAsync(side.Server, started) };
        }

        public Outcome Run(TimeSpan time) => Load.Run(Server, Savers, time);

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}

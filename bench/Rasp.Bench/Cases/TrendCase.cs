using System.Diagnostics;
using System.Net;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;

namespace Rasp.Bench.Cases;

/// <summary>Twelve partners over ten rounds, everything answered, noted and shown: the pages that show all of it, in time and size.</summary>
internal static class TrendCase
{
    public const int Partners = 12;
    public const string Stage = "run";
    private const int Rounds = 10;
    private const string Note = "As the board agreed on 3 March, with the paper before it";

    public static async Task RunAsync(Bench bench)
    {
        var rounds = bench.Effort == Effort.Smoke ? 2 : Rounds;
        var port = ServerProcess.FreePort();
        await using var site = await Site.CreateAsync(new() { Data = bench.NewFolder() }, builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            builder.Logging.ClearProviders();
        });
        await site.StartAsync();
        var (programme, session, _) = await SetAsync(site.Services, rounds, Note);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };
        var trend = Links.Trend(programme.ToString("N"));
        foreach (var (what, path) in new[] { ("trend of an organisation", trend), ("trend of the partnership", trend + "?who=*"), ("programme", Links.Programme(programme)), ("joint plan", Links.Programme(programme) + "/plan") })
        {
            var (times, page) = (new List<double>(), Array.Empty<byte>());
            for (var i = 0; i < 2 * bench.Effort.CoreRuns; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add("Cookie", $"rasp-session={session}");
                var before = Stopwatch.GetTimestamp();
                using var response = await http.SendAsync(request);
                page = await response.Content.ReadAsByteArrayAsync();
                if (i >= bench.Effort.CoreRuns) times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                bench.Report.Require(response.StatusCode == HttpStatusCode.OK, $"trend: {path} answered {(int)response.StatusCode}");
            }
            bench.Report.Add("trend", $"the page of the {what}, {Partners} partners × {rounds} rounds, asked for by one client", Unit.Milliseconds, times, Aim.Below(150));
            bench.Report.Add("trend", $"the page of the {what}", Unit.Kilobytes, [page.Length / 1024.0], Aim.Below(100));
        }
        await site.StopAsync();
    }

    /// <summary>A programme with its rounds, each revealed, everything answered with a note; the session of one of its leads, and all partners.</summary>
    public static async Task<(Guid Programme, string Session, IReadOnlyList<(Guid Id, Guid Lead)> Councils)> SetAsync(IServiceProvider services, int rounds, string note)
    {
        // The same answers in each run of the program.
        var random = new Random(10);
        var none = CancellationToken.None;
        var councils = new List<(Guid Id, Guid Lead)>();
        var instrument = services.GetRequiredService<InstrumentLibrary>().Current;
        for (var i = 0; i < Partners; i++)
        {
            var lead = (await AskAsync((People p) => p.FindOrMakeAsync($"lead{i}@example.gov.uk"))).Id;
            councils.Add((await AskAsync((OrganisationDesk d) => d.StartAsync($"Llanfairpwllgwyngyll upon Stour Metropolitan Borough, with the Towns and Parishes of District {i}", lead, none)), lead));
        }
        var first = councils[0];
        var programme = (await AskAsync((ProgrammeDesk d) => d.StartAsync(first.Id, first.Lead, "A shared service", "IT", null, Stage, none)))!.Value;
        foreach (var council in councils.Skip(1))
        {
            var invited = await AskAsync((InvitationDesk d) => d.InviteToProgrammeAsync(programme, first.Lead, InvitedAs.Partner, "x@example.gov.uk", "X", null, none));
            await AskAsync((InvitationDesk d) => d.AcceptAsync(invited!.Value.Secret, council.Lead, council.Id, null, none));
        }
        for (var number = 0; number < rounds; number++)
        {
            await AskAsync((ProgrammeDesk d) => d.OpenRoundAsync(programme, first.Lead, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30), none));
            foreach (var (_, lead) in councils)
            {
                var board = await AskAsync((ProgrammeBoard b) => b.FindAsync(programme, lead, none));
                var part = board!.OpenRound!.Parts.Single(p => p.Own is not null).Own!.Assessment;
                var holder = new Holder(null, lead);
                var saves = instrument.InScope(Stage).Select(async q =>
                {
                    var seen = (await services.GetRequiredService<Seen>().ForSavingAsync(part, holder, q.Key))!;
                    var answer = new StoredAnswer(Choice.OfLevel(1 + random.Next(5)), null, note, "Cabinet minutes, 3 March 2026, item 7");
                    return await services.GetRequiredService<Answering>().SaveAsync(new(seen.Facts.Answering!.Id, holder, Stage, q.Key, answer, 0, Guid.NewGuid(), 1, DateTimeOffset.UtcNow));
                });
                await Task.WhenAll(saves);
                await AskAsync((Sealing s) => s.SealAsync(part, lead, Depth.Everything, "bench/1", true, none));
            }
        }
        return (programme, await AskAsync((Sessions s) => s.BeginAsync(first.Lead, "Firefox on Linux")), councils);

        Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask)
            where TService : notnull => TrendCase.AskAsync(services, ask);
    }

    /// <summary>Each as a request of its own.</summary>
    public static async Task<T> AskAsync<TService, T>(IServiceProvider services, Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }
}

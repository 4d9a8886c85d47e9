using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rasp.Comparisons;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Bench.Cases;

/// <summary>Twelve partners with long names at every question of a stage: comparing what they release, and the page of it, in time and size.</summary>
internal static class ComparisonCase
{
    private const int Partners = 12;
    private const string Stage = "deliver";

    public static async Task RunAsync(Bench bench)
    {
        var port = ServerProcess.FreePort();
        // In this process, where the comparison can be put in place of the worked example's.
        IEnumerable<OpenComparison> compared = [];
        await using var site = await Site.CreateAsync(new() { Data = bench.NewFolder() }, builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(_ => new ComparedExamples(compared)));
        });
        await site.StartAsync();
        var instrument = site.Services.GetRequiredService<Data.InstrumentLibrary>().Current;
        var asked = instrument.InScope(Stage).Count();
        // The same answers in each run of the program.
        var random = new Random(12);
        var sheets = Enumerable.Range(1, Partners).Select(i => Sheet(instrument, $"Llanfairpwllgwyngyll upon Stour Metropolitan Borough, with the Towns and Parishes of District {i}", random)).ToList();

        var times = new List<double>();
        SharedComparison? shared = null;
        for (var i = 0; i < 2 * bench.Effort.CoreRuns; i++)
        {
            var before = Stopwatch.GetTimestamp();
            shared = SharedComparison.Of(instrument, Stage, "2026-07", sheets.Select(s => Release.Of(Scorer.Score(instrument, Stage, s), s, Depth.Everything)));
            if (i >= bench.Effort.CoreRuns) times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        bench.Report.Add("comparison", $"scoring, releasing and comparing {Partners} partners × {asked} questions", Unit.Milliseconds, times, Aim.Below(50));

        compared = [new("bench", "A shared service", shared!, IsExample: false)];
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        var rendered = new List<double>();
        byte[] page = [];
        for (var i = 0; i < 2 * bench.Effort.CoreRuns; i++)
        {
            var before = Stopwatch.GetTimestamp();
            using var response = await http.GetAsync(Links.Comparison("bench"));
            page = await response.Content.ReadAsByteArrayAsync();
            if (i >= bench.Effort.CoreRuns) rendered.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            bench.Report.Require(response.StatusCode == HttpStatusCode.OK, $"comparison: the page answered {(int)response.StatusCode}");
        }
        await site.StopAsync();
        bench.Report.Add("comparison", "its page, asked for by one client", Unit.Milliseconds, rendered, Aim.Below(50));
        bench.Report.Add("comparison", "its page", Unit.Kilobytes, [page.Length / 1024.0], Aim.Below(100));
    }

    private static AnswerSheet Sheet(Instrument instrument, string organisation, Random random) => new(
        organisation,
        "2026-07",
        [],
        instrument.InScope(Stage).ToDictionary(
            q => q.Key,
            q => new Answer(
                random.Next(12) switch { 0 => Choice.DontKnow, 1 => Choice.NotApplicable, _ => Choice.OfLevel(1 + random.Next(5)) },
                random.Next(4) is var stance and < 3 ? (Stance)stance : null,
                "As the board agreed on 3 March, with the paper before it",
                "Cabinet minutes, 3 March 2026, item 7"),
            StringComparer.Ordinal));
}

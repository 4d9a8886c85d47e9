using System.Net;
using System.Text.RegularExpressions;

namespace Rasp.Bench.Cases;

/// <summary>The largest page, and the most database commands of a page, over all pages that links lead to: the public ones, the worked example's, and those of an assessment with every question answered.</summary>
internal static partial class SizeCase
{
    public static async Task RunAsync(Bench bench)
    {
        DatabaseCommands.Watch();
        var data = bench.NewFolder();
        var started = await Started.InAsync(data, 1);
        var port = ServerProcess.FreePort();
        // In this process, where its database commands can be counted.
        await using var site = await Site.CreateAsync(new() { Data = data }, builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            builder.Logging.ClearProviders();
        });
        await site.StartAsync();
        var visitor = await Visitor.ArriveAsync(new(IPAddress.Loopback, port), started.Assessments[0], started.Questions[0]);
        var commandsOfSave = 0;
        foreach (var question in started.Questions)
        {
            var form = await visitor.OpenAsync(Links.Question(visitor.Reference, question));
            var before = DatabaseCommands.Count;
            await visitor.AnswerAsync(form);
            commandsOfSave = Math.Max(commandsOfSave, DatabaseCommands.Count - before);
        }
        var pages = await VisitAllAsync(new($"http://127.0.0.1:{port}"), visitor.Cookie, [Links.Home, Links.Assessment(visitor.Reference)]);
        await site.StopAsync();

        var (largest, busiest) = (pages.MaxBy(p => p.Bytes)!, pages.MaxBy(p => p.Commands)!);
        bench.Report.Add("size", $"largest of {pages.Count} pages: {Shown(largest.Path, visitor)}", Unit.Kilobytes, [largest.Bytes / 1024.0], Aim.Below(100));
        bench.Report.Add("size", $"most database commands of a page: {Shown(busiest.Path, visitor)}", Unit.Count, [busiest.Commands], Aim.Below(11));
        bench.Report.Add("size", "most database commands of saving an answer", Unit.Count, [commandsOfSave], Aim.Below(11));
        bench.Report.Require(pages.Count > started.Questions.Count, "size: not all pages were found");
        bench.Report.Require(commandsOfSave > 0, "size: database commands were not counted");
    }

    private static async Task<IReadOnlyList<Page>> VisitAllAsync(Uri site, string cookie, IReadOnlyList<string> from)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        var (pages, known, waiting) = (new List<Page>(), new HashSet<string>(from), new Queue<string>(from));
        while (waiting.TryDequeue(out var path))
        {
            var before = DatabaseCommands.Count;
            using var response = await http.GetAsync(path);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            // What is made for paper may be longer.
            if (!path.Split('?')[0].EndsWith("/print", StringComparison.Ordinal)) pages.Add(new(path, bytes.Length, DatabaseCommands.Count - before));
            foreach (var link in Anchors().Matches(System.Text.Encoding.UTF8.GetString(bytes)).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)))
            {
                if (known.Add(link)) waiting.Enqueue(link);
            }
        }
        return pages;
    }

    private static string Shown(string path, Visitor visitor) => $"`{path.Replace(visitor.Reference, "…", StringComparison.Ordinal)}`";

    /// <summary>Links within the site, without what stands after #.</summary>
    [GeneratedRegex("<a\\b[^>]*\\bhref=\"(/[^\"#]*)")]
    private static partial Regex Anchors();

    private sealed record Page(string Path, int Bytes, int Commands);
}

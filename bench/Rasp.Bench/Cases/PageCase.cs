namespace Rasp.Bench.Cases;

/// <summary>A question's page, for its holder, its answer read from SQLite: what share it reaches of the requests with which Kestrel serves the same bytes.</summary>
internal static class PageCase
{
    public static async Task RunAsync(Bench bench)
    {
        var data = bench.NewFolder();
        var started = await Started.InAsync(data, 1);
        await using var rasp = await bench.StartProgramAsync(data);
        var (visitor, path) = await AnsweredAsync(rasp, started);

        foreach (var (encoding, clients) in new[] { (null, 16), (null, 64), ("br", 64) })
        {
            var recorded = await visitor.RecordAsync(path, encoding);
            await using var bytes = await ServeBytes.StartAsync(bench, recorded);
            string[] headers = [$"Cookie: {visitor.Cookie}", .. encoding is null ? Array.Empty<string>() : [$"Accept-Encoding: {encoding}"]];
            if (Load.RunInTurns(bench.Effort, Run(rasp), Run(bytes)) is not [var page, var bare]) continue;

            var how = $"{clients} clients{(encoding is null ? "" : ", compressed")}";
            bench.Report.Add("page", $"question page, {recorded.Body.Length / 1024.0:0.0} KB, {how}", Unit.RequestsASecond, [.. page.Select(o => o.RequestsASecond)]);
            bench.Report.Add("page", $"its bytes from bare Kestrel, {how}", Unit.RequestsASecond, [.. bare.Select(o => o.RequestsASecond)]);
            // People's browsers take it compressed, but the aim was set without.
            bench.Report.Add("page", $"share of requests, {how}", Unit.Share, page.ShareOf(bare, o => o.RequestsASecond), encoding is null ? Aim.AtLeast(0.15) : null);
            bench.Report.Add("page", $"share by the servers' own processor time, {how}", Unit.Share, page.ShareOf(bare, o => 1 / o.ServerMicrosecondsARequest));
            bench.Report.Add("page", $"processor time a request, {how}", Unit.Microseconds, [.. page.Select(o => o.ServerMicrosecondsARequest)]);
            bench.Report.Add("page", $"time to answer, median, {how}", Unit.Milliseconds, [.. page.Select(o => o.P50)]);
            bench.Report.Add("page", $"time to answer, 99 of 100, {how}", Unit.Milliseconds, [.. page.Select(o => o.P99)]);
            bench.Report.Require(page.Concat(bare).Sum(o => o.Faults) == 0, "page: some replies were not 200");

            Func<TimeSpan, Outcome> Run(ServerProcess server) => time => Reader.Run(server, path, headers, clients, time);
        }
    }

    /// <summary>A visitor with a question that has been answered, and the path of its page.</summary>
    public static async Task<(Visitor Visitor, string Path)> AnsweredAsync(ServerProcess rasp, Started started)
    {
        var question = started.Questions[started.Questions.Count / 2];
        var visitor = await Visitor.ArriveAsync(rasp.Address, started.Assessments[0], question);
        var path = Links.Question(visitor.Reference, question);
        await visitor.AnswerAsync(await visitor.OpenAsync(path));
        return (visitor, path);
    }
}

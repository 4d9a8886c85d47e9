namespace Rasp.Bench.Cases;

/// <summary>From starting the published program to its first page.</summary>
internal static class StartCase
{
    public static async Task RunAsync(Bench bench)
    {
        var (fresh, existing) = (new List<double>(), new List<double>());
        await bench.ProgramAsync();
        for (var i = 0; i < bench.Effort.Starts; i++)
        {
            var data = bench.NewFolder();
            foreach (var times in new[] { fresh, existing })
            {
                await using var rasp = await bench.StartProgramAsync(data);
                times.Add(rasp.ToFirstPage.TotalMilliseconds);
            }
        }
        bench.Report.Add("start", "start to first page, new database", Unit.Milliseconds, fresh, Aim.Below(1500));
        bench.Report.Add("start", "start to first page, database there", Unit.Milliseconds, existing, Aim.Below(1500));
    }
}

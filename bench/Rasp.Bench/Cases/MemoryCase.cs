namespace Rasp.Bench.Cases;

/// <summary>What the published program holds in memory under the loads of <see cref="PageCase"/> and <see cref="SaveCase"/>.</summary>
internal static class MemoryCase
{
    private const int Clients = 64;

    public static async Task RunAsync(Bench bench)
    {
        var (effort, data) = (bench.Effort, bench.NewFolder());
        var started = await Started.InAsync(data, SaveCase.Clients);
        await using var rasp = await bench.StartProgramAsync(data);
        bench.Report.Add("memory", "resident after the first page", Unit.Megabytes, [rasp.ResidentMegabytes().Now]);

        var (visitor, path) = await PageCase.AnsweredAsync(rasp, started);
        Reader.Run(rasp, path, [$"Cookie: {visitor.Cookie}"], Clients, effort.WarmUp + effort.Round);
        bench.Report.Add("memory", $"resident after {Clients} clients read", Unit.Megabytes, [rasp.ResidentMegabytes().Now]);

        // One question has been answered: each saver begins at another.
        var savers = await SaveCase.SaversAsync(rasp, started with { Questions = [.. started.Questions.Take(started.Questions.Count / 2)] });
        Load.Run(rasp, savers, effort.WarmUp + effort.Round);
        bench.Report.Add("memory", $"resident after {SaveCase.Clients} clients saved", Unit.Megabytes, [rasp.ResidentMegabytes().Now]);
        bench.Report.Add("memory", "the most that was resident", Unit.Megabytes, [rasp.ResidentMegabytes().Most], Aim.Below(250));
    }
}

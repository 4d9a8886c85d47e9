using System.Globalization;
using Rasp.Bench;
using Rasp.Bench.Cases;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// What is measured runs in a process of its own: this program, started again with one of these.
if (args is [ServeBytes.Verb, ..]) return await ServeBytes.RunAsync(args[1..]);
if (args is [ServeRasp.Verb, ..]) return await ServeRasp.RunAsync(args[1..]);

(string Name, Func<Bench, Task> Run)[] cases =
[
    ("page", PageCase.RunAsync),
    ("save", SaveCase.RunAsync),
    ("journey", JourneyCase.RunAsync),
    ("core", CoreCase.RunAsync),
    ("comparison", ComparisonCase.RunAsync),
    ("trend", TrendCase.RunAsync),
    ("report", ReportCase.RunAsync),
    ("workshop", WorkshopCase.RunAsync),
    ("start", StartCase.RunAsync),
    ("memory", MemoryCase.RunAsync),
    ("size", SizeCase.RunAsync),
];

var isSmoke = args.Contains("--smoke");
var wanted = args.Where(a => a != "--smoke").ToList();
if (wanted.Find(w => cases.All(c => c.Name != w)) is { } unknown)
{
    Console.Error.WriteLine($"bench: there is no case '{unknown}'. Run as: dotnet run -c Release --project bench/Rasp.Bench [--smoke] [{string.Join("|", cases.Select(c => c.Name))}]…");
    return 2;
}

await using var bench = await Bench.MakeAsync(isSmoke ? Effort.Smoke : Effort.Full);
foreach (var (name, run) in cases)
{
    if (wanted.Count > 0 && !wanted.Contains(name)) continue;
    Console.Error.WriteLine($"bench: {name} …");
    try
    {
        await run(bench);
    }
    catch (Exception failure)
    {
        // The other cases, and cleaning up, go on.
        bench.Report.Require(false, $"{name} failed: {failure}");
    }
}
Console.Write(bench.Report.Write());
return bench.Report.IsSound ? 0 : 1;

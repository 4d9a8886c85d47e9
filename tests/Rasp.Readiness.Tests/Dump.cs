using System.Text.Json.Nodes;
using Rasp.Readiness.Tests.Instruments;
namespace Rasp.Readiness.Tests;
public sealed class Dump
{
    [Fact]
    public void All()
    {
        var groups = JsonNode.Parse(System.IO.File.ReadAllText("/tmp/gen/csvcases.json"))!.AsArray();
        var i = Core.Read(InstrumentFaults.Small).Value();
        var o = new JsonArray();
        foreach (var g in groups)
            foreach (var c in g![1]!.AsArray())
                o.Add(new JsonArray((string)g[0]!, (string)c!, new JsonArray([.. Core.Sheets(i, (string)c!).Faults.Select(f => (JsonNode)f.ToString())])));
        System.IO.File.WriteAllText("/tmp/gen/csvout.json", o.ToJsonString());
    }
}

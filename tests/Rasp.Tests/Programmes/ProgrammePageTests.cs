using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Programmes;

/// <summary>Three councils from the invitation to the comparison, through the pages.</summary>
public sealed class ProgrammePageTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";
    private const string Crag = "Cragside Council";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Three_councils_answer_seal_and_open_together(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var three = await Partnership.StartAsync(host, Alder, Brook, Crag);
        await three.OpenRoundAsync();
        await three.AnswerAsync(Alder, (_, i) => ($"{1 + (i % 5)}", i == 0 ? "fixed" : null, i == 0 ? "Alder’s secret" : null), 20);
        await three.AnswerAsync(Brook, (_, i) => ($"{1 + ((i + 2) % 5)}", i == 0 ? "fixed" : null, i == 0 ? "Brook’s secret" : null), 20);
        await three.AnswerAsync(Crag, (_, _) => ("4", null, "Crag’s secret"), 20);

        Assert.Contains("Sealed", (await three.SealAsync(Alder, Depth.Everything)).Words, StringComparison.Ordinal);
        await three.SealAsync(Brook, Depth.Everything);
        var board = await three[Crag].GetAsync(three.Path);
        Assert.DoesNotContain("secret", board.Body, StringComparison.Ordinal);
        var last = await three[Crag].SubmitAsync(await three[Crag].GetAsync(await three.PartAsync(Crag) + "/sharing"), $"Seal the answers of {Crag}", ("Depth", "questions"));
        Assert.Contains(last.Faults, f => f.Contains("opens the round", StringComparison.Ordinal));
        var opened = await three.SealAsync(Crag, Depth.Questions);
        Assert.Contains("open to all", opened.Words, StringComparison.Ordinal);
    }
}

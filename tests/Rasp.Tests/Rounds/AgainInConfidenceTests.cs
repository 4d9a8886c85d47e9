using Rasp.Tests.Accounts;
using Rasp.Tests.Plans;

namespace Rasp.Tests.Rounds;

/// <summary>One organisation looks again, in confidence: what it keeps in its account is where the next assessment begins, and what has moved is its own to see.</summary>
public sealed class AgainInConfidenceTests
{
    [Theory, Engines]
    public async Task Who_keeps_an_assessment_can_assess_again_from_it_and_see_what_has_moved(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var jo = host.NewVisitor();
        var first = await jo.StartAssessmentAsync();
        var questions = host.Instrument.InScope("explore").ToList();
        // Nobody else can.
        Assert.Equal(404, (await jo.GetAsync(Links.Again(first.Reference))).Status);
        await jo.SignInAsync(host);
        await jo.SubmitAsync(await jo.GetAsync(Links.Claim(first.Reference)), "Keep it in my account");
        await jo.SubmitAsync(await jo.GetAsync(Links.Details(first.Reference)), "Save", ("Details.Stage", "explore"));
        foreach (var (i, level) in new[] { (0, "2"), (1, "4") })
        {
            await jo.SubmitAsync(await jo.GetAsync(Links.Question(first.Reference, questions[i])), "Save and continue", ("Answer", level), ("Note", $"As of {i}"));
        }

        await jo.PressAsync(await jo.GetAsync(Links.Results(first.Reference)), "Add");

        host.Clock.Advance(TimeSpan.FromDays(180));
        await jo.SignInAsync(host);
        var second = await jo.SubmitAsync(await jo.GetAsync(Links.Again(first.Reference)), "Start");
        var reference = second.Path.Split('/')[^1];
        Assert.Contains("2 answers from November 2026 are carried forward", second.Words, StringComparison.Ordinal);
        Assert.Contains("0 of 77 questions", second.Words, StringComparison.Ordinal);
        await jo.SubmitAsync(await jo.GetAsync(Links.Question(reference, questions[0])), "Confirm and continue", ("Answer", "5"));
        await jo.SubmitAsync(await jo.GetAsync(Links.Carried(reference)), "Confirm what is ticked", ("Ticked", questions[1].Key));

        foreach (var either in new[] { first.Reference, reference })
        {
            var trend = (await jo.GetAsync(Links.Trend(Rasp.Trends.TrendDoor.Reference(either)))).Words;
            Assert.Contains("1 rose, 0 fell and 1 did not move", trend, StringComparison.Ordinal);
            Assert.Contains("As of 0", trend, StringComparison.Ordinal);
            Assert.Contains("Promised, and did not move: 0", trend, StringComparison.Ordinal);
        }
        Assert.Contains("level 5 in May 2027: moved", (await jo.GetAsync(Links.Assessment(first.Reference) + "/plan")).Words, StringComparison.OrdinalIgnoreCase);
        var stranger = host.NewVisitor();
        await stranger.SignInAsync(host, "stranger@example.org");
        Assert.Equal(404, (await stranger.GetAsync(Links.Trend(Rasp.Trends.TrendDoor.Reference(reference)))).Status);
        Assert.Equal(404, (await stranger.GetAsync(Links.Carried(reference))).Status);

        // Once the first is deleted, the second stands alone.
        await jo.SubmitAsync(await jo.GetAsync(Links.Delete(first.Reference)), "Delete everything", ("IsSure", "true"));
        Assert.Contains("So far there is one", (await jo.GetAsync(Links.Trend(Rasp.Trends.TrendDoor.Reference(reference)))).Words, StringComparison.Ordinal);
    }
}

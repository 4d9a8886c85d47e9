using System.Text.Json;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Workshops;

/// <summary>A partnership's workshop through its pages, from the comparison to what was decided, for leads, a colleague and the facilitator.</summary>
public sealed class PartnershipWorkshopPageTests
{
    [Theory, Engines]
    public async Task From_the_comparison_to_what_the_partners_decided(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var three = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Questions), ("Crag", Depth.Questions));
        await three.FacilitatorAsync();
        async Task<Visitor> SignedInAsync(string email)
        {
            var visitor = host.NewVisitor();
            await visitor.SignInAsync(host, email);
            return visitor;
        }
        var facilitator = await SignedInAsync("adviser@example.org");
        var leads = new List<Visitor>();
        foreach (var name in (string[])["alder", "brook", "crag"]) leads.Add(await SignedInAsync($"lead@{name}.gov.uk"));

        // Whoever facilitates runs it, and has no vote.
        var comparison = await facilitator.GetAsync(Links.Comparison($"{three.Round:N}"));
        var before = await facilitator.GetAsync(comparison.Link("Talk about it in a workshop, and see what was decided"));
        var run = await facilitator.SubmitAsync(before, "Open a workshop");
        var code = run.Document.QuerySelector(".rasp-run__code")!.TextContent;
        run = await facilitator.SubmitAsync(run, "Begin with the first question");
        var question = run.Heading;
        await facilitator.SubmitAsync(run, "Open the vote");

        // Each partner comes by the code, which says nothing of the programme to whoever is not in it.
        var phones = new List<Visited>();
        foreach (var (lead, level) in leads.Take(2).Zip((string[])["2", "5"]))
        {
            var door = await lead.SubmitAsync(await lead.GetAsync(Links.Join), "Go on", ("Typed", code));
            var phone = await lead.SubmitAsync(door, "Join");
            Assert.Equal(question, phone.Heading);
            phones.Add(await WorkshopPageTests.VoteAsync(lead, phone, level));
        }
        var stranger = await SignedInAsync("stranger@example.org");
        var shut = await stranger.SubmitAsync(await stranger.GetAsync(Links.Join), "Go on", ("Typed", code));
        Assert.DoesNotContain("One waste service", shut.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Brook", (await leads[0].GetAsync(phones[0].Path)).Words, StringComparison.Ordinal);

        run = await facilitator.GetAsync(run.Path);
        Assert.Contains("2 of 2 have voted", run.Words, StringComparison.Ordinal);
        run = await facilitator.SubmitAsync(run, "Reveal the votes");
        foreach (var page in (Visited[])[run, await leads[0].GetAsync(phones[0].Path), await facilitator.GetAsync(run.Path + "/screen")])
        {
            Assert.Contains("Alder", page.Words, StringComparison.Ordinal);
            Assert.Contains("Brook", page.Words, StringComparison.Ordinal);
        }
        run = await facilitator.SubmitAsync(run, "Record it", ("Answer", "3"), ("Note", "Meet in the middle <by May>"));
        Assert.Contains("Agreed: level 3", (await leads[1].GetAsync(phones[1].Path)).Words, StringComparison.Ordinal);
        await facilitator.SubmitAsync(await facilitator.GetAsync(run.Path), "Close the workshop");

        // All partners read it afterwards, whoever was there; nobody else does.
        var past = await leads[2].GetAsync(Links.RoundWorkshop(three.Round));
        var kept = await leads[2].GetAsync(past.Document.QuerySelector($"main a[href='{run.Path}']")!.GetAttribute("href")!);
        Assert.Contains("Meet in the middle <by May>", kept.Words, StringComparison.Ordinal);
        Assert.Contains(question, kept.Words, StringComparison.Ordinal);
        Assert.Equal(404, (await stranger.GetAsync(run.Path)).Status);
        Assert.Equal(404, (await stranger.GetAsync(past.Path)).Status);

        // What it takes away is its own vote, and what all decided.
        using var json = JsonDocument.Parse((await leads[0].GetAsync(Links.OrganisationFile(three[0].Id))).Body);
        var workshop = json.RootElement.GetProperty("assessments")[0].GetProperty("partnershipWorkshops")[0];
        Assert.Equal("2", Assert.Single(workshop.GetProperty("voted").EnumerateArray()).GetProperty("answer").GetString());
        Assert.Equal("Meet in the middle <by May>", Assert.Single(workshop.GetProperty("decided").EnumerateArray()).GetProperty("note").GetString());
    }
}

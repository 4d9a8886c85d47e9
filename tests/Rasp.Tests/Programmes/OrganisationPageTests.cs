using System.Text.Json;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Programmes;

/// <summary>What is an organisation's goes with it: in one file, or for good; and it never hangs on one person.</summary>
public sealed class OrganisationPageTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";

    [Theory, Engines]
    public async Task Everything_is_taken_away_in_one_file_and_by_leads_alone(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        await two.AnswerAsync(Alder, (_, _) => ("3", "fixed", "Alder’s own words"), 3);
        await two.SealAsync(Alder, Depth.Everything);
        var contributor = await two.ColleagueAsync(Alder, "con@example.gov.uk");
        var organisation = (await two[Alder].GetAsync(Links.Account)).Link(Alder);
        var place = (await two[Alder].GetAsync(organisation)).Link("Change con@example.gov.uk");
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(place), "Make a contributor");

        var file = await two[Alder].GetAsync(organisation + "/everything.json");
        using var json = JsonDocument.Parse(file.Body);
        var root = json.RootElement;
        Assert.Equal(Alder, root.GetProperty("organisation").GetString());
        Assert.Equal(2, root.GetProperty("people").GetArrayLength());
        var assessment = Assert.Single(root.GetProperty("assessments").EnumerateArray());
        Assert.All(assessment.GetProperty("answers").EnumerateArray(), a => Assert.Equal("Alder’s own words", a.GetProperty("note").GetString()));
        Assert.Equal(3, assessment.GetProperty("answers").GetArrayLength());
        Assert.Equal("everything", Assert.Single(assessment.GetProperty("consents").EnumerateArray()).GetProperty("depth").GetString());
        var seal = Assert.Single(assessment.GetProperty("seals").EnumerateArray()).GetProperty("everything");
        var document = seal.GetProperty("document").GetString()!;
        Assert.Contains("Alder’s own words", document, StringComparison.Ordinal);
        Assert.Equal(seal.GetProperty("commitment").GetString(), Convert.ToHexStringLower(SealedDocument.Commit(Convert.FromHexString(seal.GetProperty("salt").GetString()!), document)));

        Assert.Equal(404, (await contributor.GetAsync(organisation + "/everything.json")).Status);
        Assert.Equal(404, (await two[Brook].GetAsync(organisation + "/everything.json")).Status);
    }

    [Theory, Engines]
    public async Task Erased_it_leaves_a_word_in_what_was_revealed_and_nothing_else(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        foreach (var council in two.Councils)
        {
            await two.AnswerAsync(council, (_, _) => ("3", null, $"{council}’s own words"), 3);
            await two.SealAsync(council, Depth.Everything);
        }
        var compare = (await two[Brook].GetAsync(two.Path)).Link("Compare round 1");
        Assert.DoesNotContain("withdrawn", (await two[Brook].GetAsync(compare)).Words, StringComparison.OrdinalIgnoreCase);

        var organisation = (await two[Alder].GetAsync(Links.Account)).Link(Alder);
        var asked = await two[Alder].SubmitAsync(await two[Alder].GetAsync(organisation + "/data"), "Erase the organisation");
        Assert.Equal(["Tick the box to confirm that the organisation should be erased"], asked.Faults);
        await two[Alder].SubmitAsync(asked, "Erase the organisation", ("IsSure", "true"));
        Assert.Equal(404, (await two[Alder].GetAsync(organisation)).Status);
        Assert.Equal(404, (await two[Alder].GetAsync(two.Path)).Status);

        var words = (await two[Brook].GetAsync(compare)).Words;
        Assert.Contains(Alder, words, StringComparison.Ordinal);
        Assert.Contains("withdrawn", words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($"{Alder}’s own words", await host.DumpAsync(), StringComparison.Ordinal);
        // Whoever is left goes on: invites, and opens rounds.
        Assert.Contains("Invite a partner", (await two[Brook].GetAsync(two.Path)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_lead_neither_leaves_nor_deletes_their_account_until_somebody_else_leads()
    {
        await using var host = await RaspHost.StartAsync();
        var one = await Partnership.StartAsync(host, Alder);
        var lead = one[Alder];
        var organisation = (await lead.GetAsync(Links.Account)).Link(Alder);
        Assert.Contains("one lead only", (await lead.GetAsync(organisation)).Words, StringComparison.Ordinal);
        var me = (await lead.GetAsync(organisation)).Document.QuerySelector("a[href*='/people/']")!.GetAttribute("href")!;
        Assert.Contains("would have no lead", Assert.Single((await lead.SubmitAsync(await lead.GetAsync(me), $"Leave {Alder}")).Faults), StringComparison.Ordinal);
        Assert.Contains("only lead", Assert.Single((await lead.SubmitAsync(await lead.GetAsync(Links.DeleteAccount), "Delete my account", ("IsSure", "true"))).Faults), StringComparison.Ordinal);

        var second = await one.ColleagueAsync(Alder, "second@example.gov.uk");
        Assert.DoesNotContain("one lead only", (await lead.GetAsync(organisation)).Words, StringComparison.Ordinal);
        await lead.SubmitAsync(await lead.GetAsync(me), $"Leave {Alder}");
        Assert.Equal(404, (await lead.GetAsync(organisation)).Status);
        Assert.Equal(404, (await lead.GetAsync(one.Path)).Status);
        Assert.Equal(200, (await second.GetAsync(one.Path)).Status);
    }
}

using Rasp.Tests.Programmes;

namespace Rasp.Tests.Workshops;

/// <summary>A workshop through its pages, without JavaScript: forms, and looking again.</summary>
public sealed class WorkshopPageTests
{
    private const string Alder = "Alder Council";
    private const string Brook = "Brook Council";

    [Fact]
    public async Task From_opening_to_a_recorded_answer()
    {
        await using var host = await RaspHost.StartAsync();
        var (lead, workshop) = await OpenAsync(host);
        var (first, second) = (host.NewVisitor(), host.NewVisitor());
        var code = CodeOn(workshop);
        var phone = await first.SubmitAsync(await JoinByCodeAsync(first, code.ToLowerInvariant().Insert(3, " ")), "Join");
        Assert.Equal("You are in", phone.Heading);
        // By the QR code; and whoever comes twice goes straight in.
        await second.SubmitAsync(await second.GetAsync(Links.JoinBy(code)), "Join");
        Assert.Equal("You are in", (await second.GetAsync(Links.JoinBy(code))).Heading);

        workshop = await lead.GetAsync(workshop.Path);
        Assert.Contains("2 are here", workshop.Words, StringComparison.Ordinal);
        workshop = await lead.SubmitAsync(workshop, "Begin with the first question");
        var question = workshop.Heading;
        Assert.Contains("Voting is not open yet", (await first.GetAsync(phone.Path)).Words, StringComparison.Ordinal);
        workshop = await lead.SubmitAsync(workshop, "Open the vote");
        workshop = await lead.SubmitAsync(workshop, "5 minutes", ("Time", "5"));
        Assert.Contains("5:00", workshop.Words, StringComparison.Ordinal);

        phone = await first.GetAsync(phone.Path);
        Assert.Equal(question, phone.Heading);
        phone = await VoteAsync(first, phone, "3");
        Assert.Contains("Your vote is in: level 3. You can change it until the reveal.", phone.Words, StringComparison.Ordinal);
        phone = await VoteAsync(first, phone, "dk");
        Assert.Contains("Your vote is in: don’t know.", phone.Words, StringComparison.Ordinal);
        var late = await second.GetAsync(phone.Path);
        Assert.Contains("1 of 2 have voted", (await lead.GetAsync(workshop.Path)).Words, StringComparison.Ordinal);

        workshop = await lead.SubmitAsync(workshop, "Reveal the votes");
        Assert.Contains("One vote: don’t know.", workshop.Words, StringComparison.Ordinal);
        Assert.Contains("Your vote", (await first.GetAsync(phone.Path)).Document.QuerySelector(".rasp-spread__row--own")!.TextContent, StringComparison.Ordinal);
        var refused = await VoteAsync(second, late, "1");
        Assert.Equal(400, refused.Status);
        Assert.Equal(["Your vote came too late: this vote was closed before it. It does not count"], refused.Faults);

        var faulty = await lead.SubmitAsync(workshop, "Record it", ("Note", "A note that took long to write"), ("Minority", "HR sees it otherwise"));
        Assert.Equal((400, "Select what you have agreed on: a level, “don’t know” or “not applicable”"), (faulty.Status, Assert.Single(faulty.Faults)));
        Assert.Equal(("A note that took long to write", "HR sees it otherwise"), (faulty.Field("Note"), faulty.Field("Minority")));
        workshop = await lead.SubmitAsync(faulty, "Record it", ("Answer", "3"), ("Stance", "fixed"));
        // What is recorded stands in the form: changing one thing loses nothing else.
        Assert.Equal(("3", "fixed", "A note that took long to write", "HR sees it otherwise"), (workshop.Field("Answer"), workshop.Field("Stance"), workshop.Field("Note"), workshop.Field("Minority")));
        Assert.Contains("1 of", workshop.Document.QuerySelector(".rasp-agenda")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Agreed: level 3.", (await first.GetAsync(phone.Path)).Words, StringComparison.Ordinal);
        Assert.NotEqual(question, (await lead.SubmitAsync(workshop, "Go on to the next question")).Heading);

        workshop = await lead.SubmitAsync(await lead.GetAsync(workshop.Path), "Close the workshop");
        Assert.Equal("The workshop is over", workshop.Heading);
        Assert.Contains("One vote: don’t know.", workshop.Words, StringComparison.Ordinal);
        Assert.Equal("The workshop is over", (await first.GetAsync(phone.Path)).Heading);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(Links.JoinBy(code))).Status);
    }

    [Fact]
    public async Task The_door_can_be_locked_and_the_workshop_handed_to_a_facilitator()
    {
        await using var host = await RaspHost.StartAsync();
        var (lead, workshop) = await OpenAsync(host);
        var code = CodeOn(workshop);
        workshop = await lead.SubmitAsync(workshop, "Lock the door");
        var late = await host.NewVisitor().GetAsync(Links.JoinBy(code));
        Assert.Contains("The door is locked", late.Words, StringComparison.Ordinal);
        Assert.Null(late.Document.QuerySelector("form"));
        Assert.Contains("The door is locked", (await lead.GetAsync(workshop.Path + "/screen")).Words, StringComparison.Ordinal);

        var shown = await lead.SubmitAsync(workshop, "Make a link");
        var link = new Uri(shown.Document.QuerySelector("#link")!.GetAttribute("value")!).PathAndQuery;
        var facilitator = host.NewVisitor();
        Assert.Contains("return=", (await facilitator.SendAsync(new(HttpMethod.Get, workshop.Path))).Headers.Location!.OriginalString, StringComparison.Ordinal);
        var run = await facilitator.SubmitAsync(await facilitator.GetAsync(link), "Run the workshop");
        Assert.Equal(workshop.Path, run.Path);
        run = await facilitator.SubmitAsync(run, "Begin with the first question");
        run = await facilitator.SubmitAsync(run, "Record it", ("Answer", "2"));
        Assert.Contains("Agreed: level 2", run.Words, StringComparison.Ordinal);
        // Nothing else of the assessment is theirs.
        Assert.DoesNotContain("Make a link", run.Words, StringComparison.Ordinal);
        Assert.Null(run.Document.QuerySelector("a[href^='/assessments/']"));

        await lead.SubmitAsync(await lead.GetAsync(workshop.Path), "Replace the link");
        Assert.StartsWith("/sign-in", (await facilitator.GetAsync(workshop.Path)).Path, StringComparison.Ordinal);
        Assert.Equal(404, (await facilitator.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Codes_that_open_nothing_say_so_and_can_be_typed_anew()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var page = await visitor.GetAsync(Links.Join);
        Assert.Equal("Enter the code", Assert.Single((await visitor.SubmitAsync(page, "Go on")).Faults));
        Assert.Equal("A code has 6 letters and digits. Check it on the screen", Assert.Single((await visitor.SubmitAsync(page, "Go on", ("Typed", "hello"))).Faults));
        var unknown = await visitor.SubmitAsync(page, "Go on", ("Typed", "BCD FGH"));
        Assert.Equal((400, "BCD FGH"), (unknown.Status, unknown.Field("Typed")));
        Assert.Equal(404, (await visitor.GetAsync(Links.JoinBy("BCDFGH"))).Status);
    }

    [Fact]
    public async Task Codes_can_not_be_guessed_without_end()
    {
        await using var host = await RaspHost.StartAsync(with: s => s with { Limits = new() { JoinsAMinute = 3 } });
        var visitor = host.NewVisitor();
        for (var i = 0; i < 3; i++) Assert.Equal(404, (await visitor.GetAsync(Links.JoinBy("BCDFGH"))).Status);
        Assert.Equal(429, (await visitor.GetAsync(Links.JoinBy("BCDFGJ"))).Status);
        Assert.Equal(200, (await visitor.GetAsync(Links.Join)).Status);
    }

    [Fact]
    public async Task An_assessment_in_confidence_takes_an_account_first()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var page = await visitor.GetAsync(Links.AssessmentWorkshop(assessment.Reference));
        Assert.Equal(Links.Claim(assessment.Reference), page.Link("Keep this assessment in your account"));
        Assert.Equal(404, (await host.NewVisitor().GetAsync(page.Path)).Status);
    }

    private static async Task<(Visitor Lead, Visited Workshop)> OpenAsync(RaspHost host)
    {
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        var lead = two[Alder];
        var part = await lead.GetAsync(await two.PartAsync(Alder));
        return (lead, await lead.SubmitAsync(await lead.GetAsync(part.Link("Meet in a workshop")), "Open a workshop"));
    }

    private static string CodeOn(Visited workshop) => workshop.Document.QuerySelector(".rasp-run__code")!.TextContent.Replace(" ", "", StringComparison.Ordinal).Trim();

    private static async Task<Visited> JoinByCodeAsync(Visitor visitor, string code) => await visitor.SubmitAsync(await visitor.GetAsync(Links.Join), "Go on", ("Typed", code));

    /// <summary>Presses the button of an answer.</summary>
    internal static Task<Visited> VoteAsync(Visitor visitor, Visited phone, string answer)
    {
        var button = phone.Document.QuerySelector($"#vote-{answer}")!;
        return visitor.SubmitAsync(phone, string.Join(' ', button.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), ("Answer", answer));
    }
}

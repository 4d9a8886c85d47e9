using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Plans;

/// <summary>Findings become actions; whose they are decides who sees them; and the next round says what came of them.</summary>
public sealed class PlanTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";

    [Theory, Engines]
    public async Task A_finding_is_put_into_an_organisations_own_plan_once_and_the_next_round_judges_it(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await AnsweredAsync(host);
        var part = await two.PartAsync(Alder);
        Assert.Contains("Nothing is planned yet.", (await two[Alder].GetAsync($"{part}/plan")).Words, StringComparison.Ordinal);
        var added = await two[Alder].PressAsync(await two[Alder].GetAsync($"{part}/results"), "Add weak point 1 to the plan");
        Assert.Contains("Added to the plan, as a draft", added.Words, StringComparison.Ordinal);
        Assert.Contains("Level 2 in round 1. No later round has been answered yet.", added.Words, StringComparison.Ordinal);
        Assert.True(added.Field("Form.What")!.Length > 10 && added.Field("Form.Why")!.Length > 10);
        // Pressed once more on the page as it was before.
        var results = await two[Alder].GetAsync($"{part}/results");
        Assert.Contains("The plan has weak point 1", results.Words, StringComparison.Ordinal);
        var again = await two[Alder].PostAsync($"{part}/plan/new?handler=Finding", Token(results), ("Question", QuestionOf(host, 0)));
        Assert.Equal(added.Path, again.Path);
        Assert.Contains("This is in the plan already.", again.Words, StringComparison.Ordinal);
        await two[Alder].PostAsync($"{part}/plan/new?handler=Finding", Token(results), ("Question", QuestionOf(host, 1)));
        Assert.Contains("2 actions, 2 are open, 0 overdue.", (await two[Alder].GetAsync($"{part}/plan")).Words, StringComparison.Ordinal);

        // Nobody else comes to it, nor learns that there is one.
        var facilitator = await two.FacilitateAsync();
        foreach (var other in new[] { two[Brook], facilitator, host.NewVisitor() })
        {
            foreach (var path in new[] { $"{part}/plan", $"{part}/plan/plan.xlsx", $"{part}/plan/plan.ics", $"{part}/plan/print", added.Path, $"{part}/plan/milestones" }) Assert.Equal(404, (await other.GetAsync(path)).Status);
        }
        Assert.DoesNotContain("action", (await two[Brook].GetAsync($"{await two.PartAsync(Brook)}/plan")).Document.QuerySelector(".rasp-board")?.TextContent ?? "", StringComparison.Ordinal);

        await SealAsync(two, Depth.Questions);
        await two.OpenRoundAsync();
        await two.AnswerAsync(Alder, (_, i) => (i == 0 ? "3" : "2", null, null), 3);
        var next = $"{await two.PartAsync(Alder)}/plan";
        Assert.Contains("Level 2 in round 1, level 3 in round 2: moved.", (await two[Alder].GetAsync(next)).Words, StringComparison.Ordinal);
        // As long as it is not sealed, nothing is held against anybody.
        Assert.DoesNotContain("Promised, and did not move", (await two[Alder].GetAsync(next)).Words, StringComparison.Ordinal);
        await two.SealAsync(Alder, Depth.Questions);
        var judged = await two[Alder].GetAsync(next);
        Assert.Contains("Promised, and did not move (1)", judged.Words, StringComparison.Ordinal);
        Assert.Contains("Level 2 in round 1, and the same in round 2: did not move.", judged.Words, StringComparison.Ordinal);
        // With what has moved, what was promised and did not.
        var trend = (await two[Alder].GetAsync(Links.Trend(two.Path.Split('/')[^1]))).Words;
        Assert.Contains("Promised, and did not move: 1", trend, StringComparison.Ordinal);
        Assert.Contains("Level 2 in round 1, and the same in round 2: did not move.", trend, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Partners_plan_together_once_they_have_opened_and_only_by_what_all_of_them_see(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await AnsweredAsync(host);
        var facilitator = await two.FacilitateAsync();
        var joint = $"{two.Path}/plan";
        foreach (var somebody in new[] { two[Alder], two[Brook], facilitator }) Assert.Equal(404, (await somebody.GetAsync(joint)).Status);
        Assert.Equal("Sign in", (await host.NewVisitor().GetAsync(joint)).Heading);
        await SealAsync(two, Depth.Questions);

        var comparison = (await two[Brook].GetAsync(two.Path)).Link("Compare round 1");
        var added = await two[Brook].PressAsync(await two[Brook].GetAsync(comparison), "Add to the joint plan");
        Assert.Contains("Added to the plan", added.Words, StringComparison.Ordinal);
        Assert.Contains("Lowest level 2 in round 1", added.Words, StringComparison.Ordinal);
        Assert.Contains("In the joint plan", (await two[Alder].GetAsync(comparison)).Words, StringComparison.Ordinal);
        var saved = await two[Alder].SubmitAsync(
            await two[Alder].GetAsync(added.Path), "Save", ("Form.Due", "1/12/2026"), ("Form.Person", "Sam of legal"), ("Form.Owners", Owner(added, Alder)), ("Form.Owners", Owner(added, Brook)));
        Assert.Contains("Saved.", saved.Words, StringComparison.Ordinal);
        await two[Alder].SubmitAsync(saved, "Add the note", ("Note", "Agreed on the telephone"));
        var read = await facilitator.GetAsync(added.Path);
        Assert.Contains($"{Alder}, {Brook}", read.Words, StringComparison.Ordinal);
        Assert.Contains($"24 November 2026, {Alder} Agreed on the telephone", read.Words, StringComparison.Ordinal);
        // A facilitator reads, and writes nothing; and who is not in it finds nothing.
        Assert.Empty(read.Document.QuerySelectorAll("main form[method=post]"));
        Assert.Equal(404, (await facilitator.PostAsync($"{added.Path}?handler=Note", Token(await facilitator.GetAsync(Links.AccountMails)), ("Note", "x"))).Status);
        var stranger = host.NewVisitor();
        await stranger.SignInAsync(host, "stranger@example.org");
        foreach (var path in new[] { joint, added.Path, $"{joint}/plan.xlsx", $"{joint}/plan.ics" }) Assert.Equal(404, (await stranger.GetAsync(path)).Status);

        await two.OpenRoundAsync();
        await two.AnswerAsync(Alder, (_, _) => ("2", null, null), 3);
        await two.AnswerAsync(Brook, (_, _) => ("5", null, null), 3);
        Assert.Contains("No later round has been answered yet", (await two[Brook].GetAsync(added.Path)).Words, StringComparison.Ordinal);
        await SealAsync(two, Depth.Questions);
        Assert.Contains("Promised, and did not move (1)", (await two[Brook].GetAsync(joint)).Words, StringComparison.Ordinal);
        Assert.Contains("Promised, and did not move: 1", (await two[Brook].GetAsync(Links.Trend(two.Path.Split('/')[^1]) + "?who=*")).Words, StringComparison.Ordinal);

        // Once one of them withdraws what it showed, there is no level to read any more, for nobody.
        var sharing = (await two[Alder].GetAsync(two.Path)).Document.QuerySelectorAll("a[href$='/sharing']").Select(a => a.GetAttribute("href")!).ToList();
        foreach (var part in sharing) await two[Alder].SubmitAsync(await two[Alder].GetAsync(part), "Withdraw", ("IsSure", "true"));
        foreach (var lead in two.Councils.Select(c => two[c])) Assert.DoesNotContain("owest level", (await lead.GetAsync(added.Path)).Words, StringComparison.Ordinal);

        // Who leaves stays named, and comes in no more.
        var leave = (await two[Alder].GetAsync(two.Path)).Link($"Leave with {Alder}");
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(leave), "Leave the programme");
        Assert.Equal(404, (await two[Alder].GetAsync(joint)).Status);
        Assert.Contains($"{Alder} (has left)", (await two[Brook].GetAsync(joint)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_shows_as_areas_alone_makes_no_joint_action()
    {
        await using var host = await RaspHost.StartAsync();
        var two = await AnsweredAsync(host);
        await two.SealAsync(Alder, Depth.Everything);
        await two.SealAsync(Brook, Depth.Areas);
        var page = await two[Alder].GetAsync($"{two.Path}/plan/new");
        var round = (await two[Alder].GetAsync(two.Path)).Link("Compare round 1").Split('/')[^1];
        var refused = await two[Alder].PostAsync($"{two.Path}/plan/new?handler=Finding", Token(page), ("Question", QuestionOf(host, 0)), ("Round", round));
        Assert.Equal(400, refused.Status);
        Assert.Contains("can’t hold what rests on it", refused.Faults.Single(), StringComparison.Ordinal);
        Assert.Contains("Nothing is planned yet", (await two[Alder].GetAsync($"{two.Path}/plan")).Words, StringComparison.Ordinal);
    }

    /// <summary>Protects reciprocity: who shows nothing any more learns nothing from what the others put into the plan since.</summary>
    [Theory, Engines]
    public async Task Who_has_withdrawn_sees_no_action_that_comes_of_what_the_others_alone_show_each_other(Engine engine)
    {
        const string Cob = "Cobham District Council";
        await using var host = await RaspHost.StartAsync(engine);
        var three = await Partnership.StartAsync(host, Alder, Brook, Cob);
        await three.OpenRoundAsync();
        foreach (var council in three.Councils) await three.AnswerAsync(council, (_, _) => ("2", null, null), 3);
        foreach (var (council, depth) in new[] { (Alder, Depth.Areas), (Brook, Depth.Questions), (Cob, Depth.Questions) }) await three.SealAsync(council, depth);
        var sharing = (await three[Alder].GetAsync(three.Path)).Document.QuerySelector("a[href$='/sharing']")!.GetAttribute("href")!;
        await three[Alder].SubmitAsync(await three[Alder].GetAsync(sharing), "Withdraw", ("IsSure", "true"));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var comparison = (await three[Brook].GetAsync(three.Path)).Link("Compare round 1");
        var added = await three[Brook].PressAsync(await three[Brook].GetAsync(comparison), "Add to the joint plan");
        Assert.Contains("Added to the plan", added.Words, StringComparison.Ordinal);
        Assert.Contains("1 action, 1 is open", (await three[Cob].GetAsync($"{three.Path}/plan")).Words, StringComparison.Ordinal);
        Assert.Contains("Nothing is planned yet", (await three[Alder].GetAsync($"{three.Path}/plan")).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await three[Alder].GetAsync(added.Path)).Status);
    }

    [Theory, Engines]
    public async Task Nobody_overwrites_another_unseen(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var one = await Partnership.StartAsync(host, Alder);
        await one.OpenRoundAsync();
        var plan = $"{await one.PartAsync(Alder)}/plan";
        var colleague = await one.ColleagueAsync(Alder, "second@example.gov.uk");
        var page = await one[Alder].SubmitAsync(await one[Alder].GetAsync($"{plan}/new"), "Add to the plan", ("Form.What", "Ask the unions"));
        var before = await colleague.GetAsync(page.Path);
        await one[Alder].SubmitAsync(page, "Save", ("Form.What", "Ask the unions, both of them"));

        var stale = await colleague.SubmitAsync(before, "Save", ("Form.What", "Ask nobody"));
        Assert.Equal(409, stale.Status);
        Assert.Contains("Somebody else changed this action", stale.Faults.Single(), StringComparison.Ordinal);
        Assert.Equal("Ask nobody", stale.Field("Form.What"));
        Assert.Contains("Ask the unions, both of them", stale.Words, StringComparison.Ordinal);
        Assert.Contains("Saved.", (await colleague.SubmitAsync(stale, "Save")).Words, StringComparison.Ordinal);

        // On the board too, where one button is one step.
        var board = await one[Alder].GetAsync(plan);
        await colleague.PressAsync(await colleague.GetAsync(plan), "Begin: Ask nobody");
        Assert.Equal(409, (await one[Alder].PressAsync(board, "Done: Ask nobody")).Status);
        Assert.Contains("is now under “Done”", (await one[Alder].PressAsync(await one[Alder].GetAsync(plan), "Done: Ask nobody")).Words, StringComparison.Ordinal);

        // A milestone is a day, and one of them changes it at a time.
        var days = await one[Alder].SubmitAsync(await one[Alder].GetAsync($"{plan}/milestones"), "Add the milestone", ("Form.Name", "The board decides"), ("Form.On", "31/2/2027"));
        Assert.Equal((400, "Enter a date, like 27 March 2027 or 27/3/2027", "The board decides"), (days.Status, days.Faults.Single(), days.Field("Form.Name")));
        days = await one[Alder].SubmitAsync(days, "Add the milestone", ("Form.On", "28 February 2027"));
        var (mine, theirs) = (await one[Alder].GetAsync(days.Link("Change The board decides")), await colleague.GetAsync(days.Link("Change The board decides")));
        await one[Alder].SubmitAsync(mine, "Save", ("Form.IsDone", "yes"));
        Assert.Equal(409, (await colleague.SubmitAsync(theirs, "Take it out")).Status);
        Assert.Contains("Reached", (await colleague.GetAsync($"{plan}/milestones")).Words, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Whoever_holds_the_link_plans_in_confidence_and_it_goes_with_the_assessment(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        await visitor.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "1"));
        var plan = $"{assessment.Overview}/plan";
        var added = await visitor.PressAsync(await visitor.GetAsync($"{assessment.Overview}/results"), "Add ");
        Assert.Equal(200, added.Status);
        await visitor.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "4"));
        Assert.Contains("Level 1 when it was added, level 4 now: moved.", (await visitor.GetAsync(plan)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(plan)).Status);
        await visitor.SubmitAsync(await visitor.GetAsync($"{assessment.Overview}/delete"), "Delete everything", ("IsSure", "true"));
        var rows = await host.RowsByTableAsync();
        Assert.Equal((0, 0), (rows["Plans"], rows["PlannedActions"]));
    }

    [Theory, Engines]
    public async Task An_organisation_takes_its_plan_away_and_erases_it_with_the_rest(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Questions));
        var (powys, torfaen) = (consortium[0], consortium[1]);
        var own = new PlanAddress((await consortium.OwnAsync(powys)).Assessment, IsJoint: false);
        var joint = new PlanAddress(consortium.Programme, IsJoint: true);
        Assert.NotNull(await host.AskAsync((PlanDesk d) => d.AddAsync(own, new(null, powys.Lead), new ActionWords { What = "Our own affair" }, default)));
        var shared = (await host.AskAsync((PlanDesk d) => d.AddAsync(joint, new(null, torfaen.Lead), new ActionWords { What = "Together", Owners = [powys.Id, torfaen.Id] }, default)))!.Value;
        foreach (var council in new[] { powys, torfaen }) Assert.True(await host.AskAsync((PlanDesk d) => d.NoteAsync(joint, new(null, council.Lead), shared, $"A word of {council.Name}", default)));

        var bytes = new MemoryStream();
        Assert.True(await host.AskAsync((OrganisationFile f) => f.WriteAsync(bytes, powys.Id, powys.Lead, default)));
        var file = System.Text.Encoding.UTF8.GetString(bytes.ToArray());
        Assert.All(new[] { "Our own affair", "Together", "A word of Powys" }, w => Assert.Contains(w, file, StringComparison.Ordinal));
        Assert.DoesNotContain("A word of Torfaen", file, StringComparison.Ordinal);

        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(powys.Id, powys.Lead, default)));
        var left = (await host.AskAsync((PlanLens l) => l.FindAsync(joint, new(null, torfaen.Lead), default)))!.Actions.Single();
        Assert.Equal([("Powys", true), ("Torfaen", false)], left.Owners.Select(o => (o.Name, o.HasLeft)));
        Assert.DoesNotContain("Our own affair", await host.DumpAsync(), StringComparison.Ordinal);
    }

    /// <summary>Two councils that have answered three questions, Aldermere at level 2 and Brookfield at level 4, in an open round.</summary>
    private static async Task<Partnership> AnsweredAsync(RaspHost host)
    {
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        await two.AnswerAsync(Alder, (_, _) => ("2", null, null), 3);
        await two.AnswerAsync(Brook, (_, _) => ("4", null, null), 3);
        return two;
    }

    private static async Task SealAsync(Partnership two, Depth depth)
    {
        foreach (var council in two.Councils) await two.SealAsync(council, depth);
    }

    private static string QuestionOf(RaspHost host, int index) => host.Instrument.InScope("explore").ElementAt(index).Key;

    private static (string, string?) Token(Visited page) => ("__RequestVerificationToken", page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value"));

    private static string Owner(Visited page, string council) =>
        page.Document.QuerySelectorAll("label").First(l => l.TextContent.Trim() == council).GetAttribute("for") is { } id ? page.Document.GetElementById(id)!.GetAttribute("value")! : throw new InvalidOperationException();
}

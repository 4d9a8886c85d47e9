using Microsoft.Playwright;
using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>A programme manager turns findings into a plan, and the next round says what came of it: by mouse, by keyboard alone, and without JavaScript.</summary>
public sealed class PlanInBrowserTests : BrowserTest
{
    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task A_finding_becomes_an_action_that_is_done_and_judged(By way)
    {
        var host = await ServeAsync();
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var (powys, torfaen) = (consortium[0], consortium[1]);
        await consortium.AnswerAsync(powys, 2);
        await consortium.AnswerAsync(torfaen, 3);
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript });
        person.Expect(400);
        var page = await person.NewPageAsync();
        Hands hands = Hands.Of(page, way);
        var looks = way == By.Mouse;
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync("lead@powys.gov.uk")).LinkSecret));
        await hands.PressButtonAsync("Sign in");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your account", Exact = true })).ToBeVisibleAsync();

        // One's own plan, from one's own results, with one button.
        var part = (await consortium.OwnAsync(powys)).Assessment;
        await page.GotoAsync(Links.Results(part.ToString("N")));
        await hands.PressButtonAsync("Add weak point 1 to the plan");
        await Expect(page.GetByText("Added to the plan, as a draft")).ToBeVisibleAsync();
        await LookAsync();
        await hands.TypeAsync(page.GetByLabel("Due date (optional)"), "whenever");
        await hands.PressButtonAsync("Save");
        await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
        await LookAsync();
        await hands.TypeAsync(page.GetByLabel("Due date (optional)"), "1/12/2026");
        await hands.TypeAsync(page.GetByLabel("Person (optional)"), "Sam of legal");
        await hands.PressButtonAsync("Save");
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await hands.TypeAsync(page.GetByLabel("Add a note"), "Asked the monitoring officer.");
        await hands.PressButtonAsync("Add the note");
        await Expect(page.GetByText("Asked the monitoring officer.")).ToBeVisibleAsync();

        // The board: in one step, by state and by date, what is overdue first.
        var own = Links.Plan(new(part, IsJoint: false));
        var what = (await host.AskAsync((PlanLens l) => l.FindAsync(new(part, IsJoint: false), new Holder(null, powys.Lead), default)))!.Actions[0].What;
        await page.GotoAsync(own);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Begin") }));
        await Expect(page.GetByText("is now under “Doing”")).ToBeVisibleAsync();
        host.Clock.Advance(TimeSpan.FromDays(8));
        await PlanMuchAsync(host, consortium, part);
        foreach (var view in new[] { "By due date", "List", "By state" })
        {
            await hands.PressAsync(page.GetByRole(AriaRole.Navigation, new() { Name = "How to look at the plan" }).GetByRole(AriaRole.Link, new() { Name = view, Exact = true }));
            await Expect(page.GetByText("Overdue", new() { Exact = true }).And(page.Locator(".govuk-tag")).First).ToBeVisibleAsync();
            await LookAsync();
        }
        await hands.SelectAsync(page.GetByLabel("Person"), "Sam of legal");
        await hands.PressButtonAsync("Show these");
        await Expect(page.GetByText("1 action of 9.")).ToBeVisibleAsync();
        await LookAsync();
        await page.GotoAsync(Links.PlanNew(new(part, IsJoint: false)));
        await LookAsync();
        await page.GotoAsync(Links.Milestones(new(part, IsJoint: false)));
        await hands.TypeAsync(page.GetByLabel("What is reached"), "Full council decides");
        await hands.TypeAsync(page.GetByLabel("Day"), "28 January 2027");
        await hands.PressButtonAsync("Add the milestone");
        await Expect(page.GetByText("Milestone added.")).ToBeVisibleAsync();
        await LookAsync();
        await page.GotoAsync(Links.PlanPrint(new(part, IsJoint: false)));
        await Expect(page.GetByText("Asked the monitoring officer.")).ToBeVisibleAsync();
        await LookAsync();
        var download = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.GotoAsync(own);
            await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Calendar") }));
        });
        Assert.EndsWith(".ics", download.SuggestedFilename, StringComparison.Ordinal);

        // Together, once the round is open to all, and judged by the next.
        foreach (var council in consortium.Councils) await consortium.SealAsync(council, Depth.Questions);
        await page.GotoAsync(Links.Comparison(consortium.Round.ToString("N")));
        await LookAsync();
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Add to the joint plan") }).First);
        await Expect(page.GetByText("Added to the plan, as a draft")).ToBeVisibleAsync();
        await hands.ChooseAsync(page.GetByLabel("Torfaen"));
        await hands.PressButtonAsync("Save");
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await LookAsync();
        await consortium.OpenRoundAsync();
        await consortium.AnswerAsync(powys, 2);
        await consortium.AnswerAsync(torfaen, 4);
        foreach (var council in consortium.Councils) await consortium.SealAsync(council, Depth.Questions);
        await page.GotoAsync(Links.Plan(new(consortium.Programme, IsJoint: true)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Promised, and did not move (1)" })).ToBeVisibleAsync();
        await LookAsync();
        await page.GotoAsync(own);
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Promised, and did not move") })).ToBeVisibleAsync();
        Assert.False(string.IsNullOrEmpty(what));
        await LookAsync();

        async Task LookAsync()
        {
            if (looks) await LookedAt.AssertSoundAsync(page);
        }
    }

    private static async Task PlanMuchAsync(RaspHost host, Consortium consortium, Guid part)
    {
        var (address, holder) = (new PlanAddress(part, IsJoint: false), new Holder(null, consortium[0].Lead));
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        for (var i = 1; i < 9; i++)
        {
            var question = host.Instrument.InScope("explore").ElementAt(i * 3);
            var (id, _) = (await host.AskAsync((PlanDesk d) => d.AddAsync(address, holder, new(question, question.Actions.Count > 0 ? question.Actions[0].Do : "Find out", question.Text, 2), null, default)))!.Value;
            if (i > 6) continue;
            await host.AskAsync((PlanDesk d) => d.ChangeAsync(address, holder, id, new() { What = question.Actions.Count > 0 ? question.Actions[0].Do : "Find out", Due = today.AddDays((i - 3) * 12), State = (ActionState)(i % 4), Person = "Alex" }, 1, default));
        }
    }
}

using Microsoft.Playwright;
using Rasp.Tests.Accounts;
using Rasp.Tests.Browsing;
using Rasp.Tests.Programmes;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Teams;

/// <summary>The pages about those who answer as a lead and as those whom they ask see them, wide and narrow: nothing is cut off, too small to hit or hidden from anybody.</summary>
public sealed class TeamInBrowserTests : BrowserTest
{
    private const string Finance = "chief.finance.officer.and.head.of.resources@aldermere-borough-council.gov.uk";

    [Theory, InlineData(1280, true), InlineData(375, true), InlineData(320, false)]
    public async Task Everything_can_be_read_and_pressed(int width, bool hasScripts)
    {
        var host = await ServeAsync();
        var two = await Partnership.StartAsync(host, Asked.Alder, Asked.Brook);
        await two.OpenRoundAsync();
        var (part, lead) = (await two.PartAsync(Asked.Alder), two[Asked.Alder]);
        var reference = part.Split('/')[^1];
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 800 }, JavaScriptEnabled = hasScripts };
        var boss = await SignInAsync(host, options, "aldermere@example.gov.uk");
        await LookAsync(boss, part + "/team", "team-none");
        await LookAsync(boss, Links.TeamStart(reference), "start");
        await two.StartTeamAsync(Asked.Alder, "anonymous", "none");
        await LookAsync(boss, Links.TeamInvite(reference), "invite-role");
        await LookAsync(boss, Links.TeamInviteAs(reference, "finance"), "invite");
        if (hasScripts)
        {
            // Ticking says what it comes to.
            var count = boss.Locator("[data-scope-count]");
            var before = await count.InnerTextAsync();
            await boss.Locator("[data-questions]:not(:checked)").First.CheckAsync();
            await Expect(count).Not.ToHaveTextAsync(before);
            // Whoever ticks means what is ticked.
            await boss.GetByRole(AriaRole.Radio, new() { Name = "Everything" }).CheckAsync();
            await boss.Locator("[data-questions]").First.UncheckAsync();
            await Expect(boss.GetByRole(AriaRole.Radio, new() { Name = "What is ticked below" })).ToBeCheckedAsync();
        }
        var link = await two.InviteToTeamAsync(Asked.Alder, Finance, "finance", ("Scope.What", "some"));
        await two.InviteToTeamAsync(Asked.Alder, "legal@example.gov.uk", "legal", ("Scope.What", "some"));
        var it = await two.AskAsync(Asked.Alder, "it@example.gov.uk", "digital");
        await it.BeginAsync(part);
        await it.AnswerAsync(part, host.Instrument.InScope("explore").Take(4), _ => "3");
        await it.SubmitAsync(await it.GetAsync(part), "I am done");
        var paper = (await lead.SubmitAsync(await lead.GetAsync(Links.TeamPaperAs(reference, "trade-union")), "Add, and enter what they said", ("Name", "Branch secretary"), ("Scope.What", "all"))).Path;

        // Whoever is asked, from the link in the mail on.
        var asked = await (await NewPersonAsync(host, options)).NewPageAsync();
        await LookAsync(asked, link, "invitation");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Accept", Exact = true }).ClickAsync();
        await LookAsync(asked, part, "asked");
        await asked.GetByRole(AriaRole.Button, new() { Name = "I have read this: begin" }).ClickAsync();
        await Expect(asked.GetByRole(AriaRole.Button, new() { Name = "Begin with the first question" })).ToBeVisibleAsync();
        await LookAsync(asked, part, "asked-begun");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Begin with the first question" }).ClickAsync();
        await asked.GetByRole(AriaRole.Radio, new() { Name = "Don’t know" }).CheckAsync();
        var first = asked.Url;
        await asked.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await Expect(asked).Not.ToHaveURLAsync(first);
        await LookAsync(asked, part, "asked-one");
        await LookAsync(asked, Links.Leave(reference), "leave");
        await LookAsync(asked, Links.Account, "account");

        var person = (await lead.GetAsync(part + "/team")).Link($"Change {Finance}");
        await lead.SubmitAsync(await lead.GetAsync(person), "Ask to look again", ("Note", "The reserves have changed since.\nAnd the rates."));
        await LookAsync(asked, part, "asked-again");
        await LookAsync(boss, part + "/team", "team");
        await LookAsync(boss, person, "person");
        await LookAsync(boss, part, "lead");
        await LookAsync(boss, Links.TeamPaperAs(reference, "trade-union"), "paper-add");
        await LookAsync(boss, paper, "paper");
        await LookAsync(boss, Links.Question(paper.Split('/')[^1], host.Instrument.InScope("explore").First()), "paper-question");
        await LookAsync(boss, Links.TeamMyself(reference), "myself");
    }

    private async Task<IPage> SignInAsync(RaspHost host, BrowserNewContextOptions options, string email)
    {
        var page = await (await NewPersonAsync(host, options)).NewPageAsync();
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync(email)).LinkSecret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your account" })).ToBeVisibleAsync();
        return page;
    }

    private static async Task LookAsync(IPage page, string path, string name)
    {
        await page.GotoAsync(path);
        var hasScripts = await page.EvaluateAsync<bool>("document.body.classList.contains('govuk-frontend-supported')");
        var faults = hasScripts ? await LookedAt.FaultsAsync(page) : [.. await LookedAt.SidewaysAsync(page)];
        Assert.True(faults.Count == 0, $"{name} at {page.ViewportSize!.Width}: {string.Join('\n', faults)}");
    }
}

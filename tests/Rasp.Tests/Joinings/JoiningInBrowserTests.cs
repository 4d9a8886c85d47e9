using Microsoft.Playwright;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Browsing;
using Rasp.Tests.Programmes;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Joinings;

/// <summary>Two members and a council that would join, from the invitation to the record that it has, whatever they work Rasp with; every page on the way is looked at, wide and narrow.</summary>
public sealed class JoiningInBrowserTests : BrowserTest
{
    private const string Heath = "Heathfield & “Sons” District Council";

    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task A_council_finds_out_whether_to_join_and_joins(By way)
    {
        var host = await ServeAsync();
        // What the members showed each other is another journey.
        var members = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Questions));
        var board = Links.Programme(members.Programme);
        var (alder, brook, heath) = (await ArriveAsync(host, way, "lead@alder.gov.uk"), await ArriveAsync(host, way, "lead@brook.gov.uk"), await ArriveAsync(host, way, "heath@example.gov.uk"));

        // Any member invites.
        await brook.GoAsync(board);
        await brook.PressAsync("Invite an organisation that would join");
        await brook.PressAsync("Invite");
        await brook.SeesAsync("There is a problem");
        await brook.TypeAsync("Name of the organisation", Heath);
        await brook.TypeAsync("E-mail address of their lead", "heath@example.gov.uk");
        await brook.PressAsync("Invite");
        var invitation = new Uri(await brook.Page.GetByLabel("Link of the invitation").InputValueAsync()).PathAndQuery;

        // The candidate sees what is shared and by whom, its own part, and nothing else.
        await heath.GoAsync(invitation);
        await heath.SeesAsync("Collecting waste together");
        await heath.PressAsync("Accept");
        await heath.SeesAsync("Should we join?");
        await heath.SeesAsync("Has not chosen yet");
        var joining = new Uri(heath.Page.Url).AbsolutePath;
        await heath.PressAsync("Begin to answer");
        await heath.PressAsync("Begin with the first question");
        await heath.ChooseAsync(heath.Page.Locator("input[name=Answer][value='1']"));
        await heath.TypeAsync("Note (optional)", "Our name stays on the lorries");
        await heath.ChooseAsync(heath.Page.GetByRole(AriaRole.Radio, new() { Name = "Fixed: a red line", Exact = true }));
        await heath.PressAsync("Save and continue", looks: false);
        await Expect(heath.Page.GetByText("question 2 of")).ToBeVisibleAsync();
        await heath.GoAsync(joining);
        await heath.PressAsync("Seal, and choose what the members see");
        await heath.ChooseAsync(heath.Page.GetByRole(AriaRole.Radio, new() { Name = "Everything", Exact = true }));
        await heath.PressAsync($"Seal the answers of {Heath}");
        await heath.SeesAsync("What the members will see");

        await alder.GoAsync(board);
        await alder.SeesAsync("waits for your choice");
        await alder.PressLinkAsync($"See how it stands with {Heath}");
        await alder.PressAsync("Choose what it sees of Alder");
        await alder.PressAsync("Choose for Alder");
        await alder.SeesAsync("There is a problem");
        await alder.ChooseAsync(alder.Page.GetByRole(AriaRole.Radio, new() { Name = "Everything", Exact = true }));
        await alder.PressAsync("Choose for Alder");
        await alder.SeesAsync("Has chosen");

        // The last is told that it opens; no deeper than Brook shows its partners.
        await brook.GoAsync(joining);
        await brook.PressAsync("Choose what it sees of Brook");
        await Expect(brook.Page.GetByRole(AriaRole.Radio, new() { Name = "Everything", Exact = true })).ToHaveCountAsync(0);
        await brook.ChooseAsync(brook.Page.GetByRole(AriaRole.Radio, new() { Name = "The questions", Exact = true }));
        await brook.PressAsync("Choose for Brook");
        await brook.SeesAsync("All others wait for you");
        await brook.ChooseAsync(brook.Page.GetByLabel("I know that we then see each other"));
        await brook.PressAsync("Choose for Brook");
        await brook.PressAsync("See how it would fit");
        await brook.SeesAsync($"How {Heath} would fit");
        await brook.SeesAsync("The members’ floor, before and after");
        await Expect(brook.Page.GetByText("Our name stays on the lorries")).ToHaveCountAsync(0);
        await brook.Hands.SelectAsync(brook.Page.GetByLabel("Where it stands"), "Below all members");
        await brook.PressAsync("Show these");
        await heath.GoAsync(joining);
        await heath.PressAsync("See how you would fit");
        await heath.SeesAsync($"How {Heath} would fit");
        await heath.GoAsync(joining);
        await heath.PressLinkAsync("Check the seals");
        await heath.SeesAsync("What you see is what was sealed.");
        await heath.GoAsync(board);
        await heath.SeesAsync("Should we join?");

        await alder.GoAsync(board);
        await alder.PressLinkAsync("What if they joined?");
        await alder.SeesAsync("Floor of each area");
        await alder.GoAsync(joining);
        await alder.PressLinkAsync("Record how it ends: joined, or not now");
        await alder.PressAsync("Record it");
        await alder.SeesAsync("Select how it ends");
        await alder.ChooseAsync(alder.Page.GetByRole(AriaRole.Radio, new() { Name = "It has joined", Exact = true }));
        await alder.TypeAsync("Note (optional)", "From April");
        await alder.PressAsync("Record it");
        await alder.SeesAsync("has joined");
        await heath.GoAsync(board);
        await heath.SeesAsync("Who is in");
        await heath.GoAsync(joining);
        await heath.SeesAsync("From April");
    }

    /// <summary>Protects the fit on paper and where people choose their own colours, at 320 px and without colour: nothing is lost or cut off.</summary>
    [Fact]
    public async Task The_examples_fit_is_legible_narrow_on_paper_and_in_forced_colours()
    {
        var page = await (await NewPersonAsync(await ServeAsync())).NewPageAsync();
        await page.GotoAsync(Links.Example);
        await page.GetByRole(AriaRole.Link, new() { Name = "See how Draymouth Borough Council would fit" }).ClickAsync();
        var main = page.GetByRole(AriaRole.Main);
        foreach (var width in new[] { 1280, 320 })
        {
            await page.SetViewportSizeAsync(width, 900);
            Assert.Empty(await LookedAt.FaultsAsync(page));
        }
        var onScreen = await LookedAt.VisibleTextAsync(main);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        Assert.Empty(onScreen.Except(await LookedAt.VisibleTextAsync(main)));
        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        onScreen = await LookedAt.VisibleTextAsync(main);
        var notForPaper = await page.Locator(".rasp-no-print, .govuk-back-link").AllInnerTextsAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.All(onScreen.Except(await LookedAt.VisibleTextAsync(main)), lost => Assert.Contains(notForPaper, t => t.Contains(lost, StringComparison.Ordinal)));
        Assert.Empty(await LookedAt.CutTextAsync(page));
    }

    private async Task<Lead> ArriveAsync(RaspHost host, By way, string email)
    {
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript });
        person.Expect(400);
        var page = await person.NewPageAsync();
        var lead = new Lead(page, Hands.Of(page, way), Looks: way == By.Mouse);
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync(email)).LinkSecret));
        await lead.PressAsync("Sign in", looks: false);
        return lead;
    }

    private sealed record Lead(IPage Page, Hands Hands, bool Looks)
    {
        public async Task GoAsync(string path)
        {
            await Page.GotoAsync(path);
            await LookAsync();
        }

        public async Task PressAsync(string button, bool looks = true)
        {
            await Hands.FollowButtonAsync(button);
            if (looks) await LookAsync();
        }

        public async Task PressLinkAsync(string words)
        {
            await Hands.FollowLinkAsync(words);
            await LookAsync();
        }

        public Task ChooseAsync(ILocator choice) => Hands.ChooseAsync(choice);

        public Task TypeAsync(string label, string text) => Hands.TypeAsync(Page.GetByLabel(label), text);

        public Task SeesAsync(string words) => Expect(Page.GetByText(words).First).ToBeVisibleAsync();

        private async Task LookAsync()
        {
            if (Looks) await LookedAt.AssertSoundAsync(Page);
        }
    }
}

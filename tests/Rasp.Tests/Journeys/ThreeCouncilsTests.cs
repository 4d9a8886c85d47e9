using Microsoft.Playwright;
using Rasp.Tests.Accounts;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>
/// Three programme managers at three browsers, from the invitation to the comparison on the screen in the room: what partners use Rasp for,
/// whatever they work it with.
/// </summary>
public sealed class ThreeCouncilsTests : BrowserTest
{
    private const string Alder = "Aldermere & “Sons” Borough Council";
    private const string Brook = "Royal Borough of Brookfield and Upper Wharfedale";
    private const string Crag = "Cragside Council";

    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task They_join_answer_seal_and_open_together(By way)
    {
        var host = await ServeAsync();
        var (alder, brook, crag) = (await ArriveAsync(host, way, "alder@example.gov.uk"), await ArriveAsync(host, way, "brook@example.gov.uk"), await ArriveAsync(host, way, "crag@example.gov.uk"));

        await alder.StartProgrammeAsync(Alder);
        await brook.AcceptAsync(await alder.InviteAsync(Brook, "brook@example.gov.uk"), Brook);
        await crag.AcceptAsync(await alder.InviteAsync(Crag, "crag@example.gov.uk"), Crag);
        await alder.OpenRoundAsync();

        await alder.AnswerAsync(Alder, "2", "Fixed: a red line", "Our name stays on the door");
        await brook.AnswerAsync(Brook, "4", "Fixed: a red line", "So does ours");
        await crag.AnswerAsync(Crag, "5", "Open", "A note that Crag keeps to itself");

        await alder.SealAsync(Alder, "Everything", isLast: false);
        await brook.SealAsync(Brook, "Everything", isLast: false);
        await brook.OpenTheSealAndSealAgainAsync(Brook);
        Assert.DoesNotContain("stays on the door", await brook.BoardAsync(), StringComparison.Ordinal);
        await crag.SealAsync(Crag, "The questions", isLast: true);

        foreach (var (person, sees) in new[] { (alder, "So does ours"), (brook, "Our name stays on the door") })
        {
            var words = await person.CompareAsync();
            Assert.Contains("Red lines meet", words, StringComparison.OrdinalIgnoreCase);
            words = await person.FirstQuestionAsync();
            Assert.Contains(sees, words, StringComparison.Ordinal);
            Assert.DoesNotContain("Crag keeps to itself", words, StringComparison.Ordinal);
        }
        await crag.CompareAsync();
        Assert.DoesNotContain("So does ours", await crag.FirstQuestionAsync(), StringComparison.Ordinal);
        await alder.CorrectAsync(Alder);
        await alder.CheckSealsAsync();
        await alder.ReadTrailAsync(Alder);
    }

    private async Task<Manager> ArriveAsync(RaspHost host, By way, string email)
    {
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript });
        person.Expect(400, 404);
        var page = await person.NewPageAsync();
        var manager = new Manager(page, Hands.Of(page, way), looks: way == By.Mouse);
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync(email)).LinkSecret));
        await manager.PressAsync("Sign in");
        return manager;
    }

    /// <summary>A programme manager at work. One who looks has every page looked at, wide and narrow.</summary>
    private sealed class Manager(IPage page, Hands hands, bool looks)
    {
        private string board = "";

        public Task PressAsync(string button) => hands.FollowButtonAsync(button);

        public async Task StartProgrammeAsync(string organisation)
        {
            await page.GotoAsync(Links.NewProgramme);
            await PressAsync("Start the programme");
            await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
            await LookAsync();
            await TypeAsync("Name of your organisation", organisation);
            await TypeAsync("What is it called?", "Shared legal service");
            await TypeAsync("What would be shared?", "Litigation and advice");
            await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Exploring" }));
            await PressAsync("Start the programme");
            await HeadingAsync("Shared legal service");
            await LookAsync();
            board = new Uri(page.Url).PathAndQuery;
        }

        public async Task<string> InviteAsync(string organisation, string email)
        {
            await page.GotoAsync(board + "/invite");
            await LookAsync();
            await TypeAsync("Name of the organisation", organisation);
            await TypeAsync("E-mail address of their lead", email);
            await PressAsync("Invite");
            await LookAsync();
            return new Uri(await page.GetByLabel("Link of the invitation").InputValueAsync()).PathAndQuery;
        }

        public async Task AcceptAsync(string invitation, string organisation)
        {
            await page.GotoAsync(invitation);
            await LookAsync();
            await Expect(page.GetByText("Litigation and advice")).ToBeVisibleAsync();
            await Expect(page.GetByLabel("Name of your organisation")).ToHaveValueAsync(organisation);
            await PressAsync("Accept");
            await HeadingAsync("Shared legal service");
            board = new Uri(page.Url).PathAndQuery;
        }

        public async Task OpenRoundAsync()
        {
            await page.GotoAsync(board);
            await PressAsync("Open a round");
            await LookAsync();
            await PressAsync("Open the round");
            await Expect(page.GetByText("Round 1 is open")).ToBeVisibleAsync();
            await LookAsync();
        }

        public async Task AnswerAsync(string organisation, string level, string stance, string note)
        {
            await page.GotoAsync(board);
            await PressAsync("Begin to answer");
            await HeadingAsync(organisation);
            await LookAsync();
            await PressAsync("Begin with the first question");
            await hands.ChooseAsync(page.Locator($"input[name=Answer][value='{level}']"));
            await TypeAsync("Note (optional)", note);
            await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = stance, Exact = true }));
            await hands.PressButtonAsync("Save and continue");
            await Expect(page.GetByText("question 2 of", new() { Exact = false })).ToBeVisibleAsync();
        }

        public async Task SealAsync(string organisation, string depth, bool isLast)
        {
            await page.GotoAsync(board);
            await PressAsync("Seal, and choose what partners see");
            await ChooseAndSealAsync(organisation, depth, isLast);
        }

        public async Task OpenTheSealAndSealAgainAsync(string organisation)
        {
            await PressAsync("Open the seal");
            await HeadingAsync("Seal, and choose what partners see");
            await ChooseAndSealAsync(organisation, "Everything", isLast: false);
        }

        public async Task<string> BoardAsync()
        {
            await page.GotoAsync(board);
            await LookAsync();
            return await page.ContentAsync();
        }

        public async Task<string> CompareAsync()
        {
            await page.GotoAsync(board);
            await LookAsync();
            await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Compare round 1" }));
            await HeadingAsync("Shared legal service, round 1");
            await LookAsync();
            return await page.Locator("body").InnerTextAsync();
        }

        public async Task<string> FirstQuestionAsync()
        {
            await hands.FollowAsync(page.Locator("main a[href*='/questions/']").First);
            await LookAsync();
            return await page.Locator("body").InnerTextAsync();
        }

        public async Task CorrectAsync(string organisation)
        {
            await page.GotoAsync(board);
            await hands.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = $"Sharing of {organisation} in round 1" }));
            await LookAsync();
            await PressAsync("Start a correction");
            await HeadingAsync(organisation);
            await LookAsync();
            await hands.PressLinkAsync("Release the correction, or give it up");
            await HeadingAsync("Release the correction");
            await LookAsync();
            await PressAsync("Release version 2");
            await Expect(page.GetByText("corrected, version 2")).ToBeVisibleAsync();
            await LookAsync();
        }

        public async Task CheckSealsAsync()
        {
            await page.GotoAsync(board);
            await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Check the seals of round 1" }));
            await HeadingAsync("Seals");
            await Expect(page.GetByText("What you see is what was sealed.").First).ToBeVisibleAsync();
            await LookAsync();
        }

        public async Task ReadTrailAsync(string organisation)
        {
            await page.GotoAsync(Links.Account);
            await hands.PressLinkAsync(organisation);
            await HeadingAsync(organisation);
            await LookAsync();
            await hands.PressLinkAsync("Trail: who did what, and who read it");
            await HeadingAsync("Trail");
            // Partners who looked are named by their organisation.
            await Expect(page.GetByText($"Somebody of {Brook}").First).ToBeVisibleAsync();
            await LookAsync();
        }

        private async Task ChooseAndSealAsync(string organisation, string depth, bool isLast)
        {
            await LookAsync();
            await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = depth, Exact = true }));
            if (isLast)
            {
                await PressAsync($"Seal the answers of {organisation}");
                await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
                await LookAsync();
                await hands.ChooseAsync(page.GetByLabel("I know that this opens the round"));
            }
            await PressAsync($"Seal the answers of {organisation}");
            await HeadingAsync(isLast ? "Shared legal service" : "What partners will see");
            await LookAsync();
        }

        private Task TypeAsync(string label, string text) => hands.TypeAsync(page.GetByLabel(label), text);

        private Task HeadingAsync(string words) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(words);

        private async Task LookAsync()
        {
            if (looks) await LookedAt.AssertSoundAsync(page);
        }
    }
}

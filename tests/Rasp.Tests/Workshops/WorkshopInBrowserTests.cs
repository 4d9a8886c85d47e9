using Microsoft.Playwright;
using Rasp.Tests.Accounts;
using Rasp.Tests.Browsing;
using Rasp.Tests.Programmes;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Workshops;

/// <summary>A workshop in a room: a lead at a laptop, a big screen, three phones, from opening to a recorded answer. Nobody presses reload but the one without JavaScript.</summary>
public sealed class WorkshopInBrowserTests : BrowserTest
{
    private const string Alder = "Aldermere & “Sons” Borough Council";
    private const string Brook = "Brookfield Council";

    private static readonly (int Width, int Height)[] Projectors = [(1920, 1080), (1280, 720)];

    private readonly List<(string Name, IPage Page)> looked = [];
    private RaspHost host = null!;

    [Fact]
    public async Task They_vote_in_private_see_all_at_once_and_record_what_they_agree_on()
    {
        host = await ServeAsync();
        var (lead, code) = await OpenAsync();
        var screen = await lead.Context.NewPageAsync();
        await screen.GotoAsync(new Uri(lead.Url).AbsolutePath + "/screen");
        await Expect(screen.GetByText("0 are here")).ToBeVisibleAsync();
        looked.AddRange([("lead", lead), ("screen", screen)]);
        await LookAsync();

        var thumb = await ArriveAsync(new() { ViewportSize = new() { Width = 375, Height = 740 } });
        var keys = await ArriveAsync(new());
        var plain = await ArriveAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 375, Height = 740 } });
        foreach (var (page, hands) in new (IPage, Hands)[] { (thumb, new Mouse(thumb)), (keys, new Keyboard(keys)), (plain, new Mouse(plain)) })
        {
            await page.GotoAsync(Links.Join);
            if (page == thumb) await LookAtAsync("join", page);
            await hands.TypeAsync(page.GetByLabel("The code"), code.ToLowerInvariant());
            await hands.PressButtonAsync("Go on");
            if (page == thumb) await LookAtAsync("door", page);
            await hands.PressButtonAsync("Join");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are in");
        }
        looked.Add(("thumb", thumb));
        foreach (var page in new[] { lead, screen }) await SeesAsync(page, "3 are here");

        // What the lead opens comes up on every screen by itself.
        await lead.GetByRole(AriaRole.Button, new() { Name = "Begin with the first question" }).ClickAsync();
        var question = host.Instrument.InScope("explore").First().Text;
        foreach (var page in new[] { lead, screen, thumb, keys }) await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(question);
        await LookAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "Open the vote" }).ClickAsync();
        await Expect(lead.GetByRole(AriaRole.Button, new() { Name = "Reveal the votes" })).ToBeFocusedAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "2 minutes" }).ClickAsync();
        foreach (var page in new[] { lead, screen, thumb }) await Expect(page.GetByRole(AriaRole.Timer)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[12]:[0-5][0-9]$"));

        await new Mouse(thumb).PressAsync(thumb.Locator("#vote-2"));
        await Expect(thumb.GetByText("Your vote is in: level 2. You can change it until the reveal.")).ToBeVisibleAsync();
        await new Keyboard(keys).PressAsync(keys.Locator("#vote-5"));
        await Expect(keys.GetByText("Your vote is in: level 5.")).ToBeVisibleAsync();
        await Expect(keys.Locator("#vote-5")).ToBeFocusedAsync();
        await new Keyboard(keys).PressAsync(keys.Locator("#vote-4"));
        await Expect(keys.GetByText("Your vote is in: level 4.")).ToBeVisibleAsync();
        await plain.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await plain.Locator("#vote-3").ClickAsync();
        await Expect(plain.GetByText("Your vote is in: level 3.")).ToBeVisibleAsync();
        foreach (var page in new[] { lead, screen }) await SeesAsync(page, "3 of 3 have voted");
        Assert.Equal(0, await screen.Locator(".rasp-spread").CountAsync());
        await LookAsync();

        await lead.GetByRole(AriaRole.Button, new() { Name = "Reveal the votes" }).ClickAsync();
        foreach (var page in new[] { lead, screen, thumb, keys }) await Expect(page.GetByText("3 votes: levels 2 to 4.").First).ToBeVisibleAsync();
        await Expect(keys.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Expect(thumb.Locator("#live-said")).ToHaveTextAsync("The votes are revealed. 3 votes: levels 2 to 4.");
        await Expect(thumb.Locator(".rasp-spread__row--own")).ToContainTextAsync("Your vote");
        await plain.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await Expect(plain.GetByText("3 votes: levels 2 to 4.")).ToBeVisibleAsync();
        await LookAsync();

        // What is being typed stays while the room changes.
        await lead.GetByLabel("Note (optional)").FillAsync("The cabinet has it in June");
        var late = await ArriveAsync(new());
        await late.GotoAsync(Links.JoinBy(code));
        await late.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(late.GetByText("3 votes: levels 2 to 4.")).ToBeVisibleAsync();
        await SeesAsync(lead, "4 are here");
        await Expect(lead.GetByLabel("Note (optional)")).ToHaveValueAsync("The cabinet has it in June");
        await lead.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await Expect(lead.GetByRole(AriaRole.Link, new() { Name = "Select what you have agreed on: a level, “don’t know” or “not applicable”" })).ToBeVisibleAsync();
        await Expect(lead.GetByLabel("Note (optional)")).ToHaveValueAsync("The cabinet has it in June");
        await LookAtAsync("faulty", lead);
        await lead.GetByRole(AriaRole.Radio, new() { Name = "3", Exact = true }).CheckAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await Expect(screen.Locator(".rasp-screen__agreed")).ToHaveTextAsync("Agreed: level 3");
        await Expect(thumb.Locator(".rasp-agreed")).ToContainTextAsync("Agreed: level 3.");
        await LookAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "Go on to the next question" }).ClickAsync();
        await Expect(thumb.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync(question);

        await lead.GetByText("Close the workshop").First.ClickAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "Close the workshop" }).ClickAsync();
        foreach (var page in new[] { lead, screen, thumb, keys }) await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The workshop is over");
        // The screen has nothing on it any more.
        looked.RemoveAll(l => l.Name == "screen");
        await LookAsync();
        Assert.Equal([3], await host.QueryAsync<long>("""SELECT "Choice" FROM "AgreedAnswers" """));
    }

    private async Task<(IPage Lead, string Code)> OpenAsync()
    {
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        var part = await two.PartAsync(Alder);
        var lead = await ArriveAsync(new());
        await lead.GotoAsync(Links.SignInLink((await host.OfferSignInAsync(Partnership.Email(Alder))).LinkSecret));
        await lead.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await lead.GotoAsync(part + "/workshop");
        await LookAtAsync("open", lead);
        await lead.GetByRole(AriaRole.Button, new() { Name = "Open a workshop" }).ClickAsync();
        return (lead, (await lead.Locator(".rasp-run__code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
    }

    private async Task<IPage> ArriveAsync(BrowserNewContextOptions options)
    {
        var person = await NewPersonAsync(host, options);
        person.Expect(400);
        return await person.NewPageAsync();
    }

    /// <summary>Waits for what somebody's coming or voting does; at most two of these are told in a second, by the test's clock.</summary>
    private async Task SeesAsync(IPage page, string words) => await Until.TrueAsync(async () =>
    {
        host.Clock.Advance(TimeSpan.FromMilliseconds(10));
        return await page.GetByText(words).CountAsync() > 0;
    });

    /// <summary>Has every open view looked at, wide and narrow; the big screen as projectors show it, where it must not scroll.</summary>
    private async Task LookAsync()
    {
        foreach (var (name, page) in looked)
        {
            await LookAtAsync(name, page);
            if (name != "screen") continue;
            foreach (var (width, height) in Projectors)
            {
                await page.SetViewportSizeAsync(width, height);
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"), $"The big screen scrolls at {width} × {height}.");
                await PictureAsync(name, page);
            }
        }
    }

    private static async Task LookAtAsync(string name, IPage page)
    {
        var before = page.ViewportSize!;
        foreach (var width in new[] { 1280, 320 })
        {
            await page.SetViewportSizeAsync(width, 900);
            Assert.Empty(await LookedAt.FaultsAsync(page));
            if (width == 1280) await PictureAsync(name, page);
        }
        await page.SetViewportSizeAsync(375, 740);
        await PictureAsync(name, page);
        await page.SetViewportSizeAsync(before.Width, before.Height);
    }

    private static int pictures;

    private static async Task PictureAsync(string name, IPage page)
    {
        if (Environment.GetEnvironmentVariable("RASP_PICTURES") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{Interlocked.Increment(ref pictures):00}-{name}-{page.ViewportSize!.Width}.png"), FullPage = page.ViewportSize!.Height < 1000 && name != "screen" });
    }
}

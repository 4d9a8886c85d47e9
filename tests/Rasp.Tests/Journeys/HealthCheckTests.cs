using Microsoft.Playwright;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>
/// A service that runs is looked at again: half a year later a round opens by itself, what was answered is gone through, and what has moved is
/// seen. The clock is the test's.
/// </summary>
public sealed class HealthCheckTests : BrowserTest
{
    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task Half_a_year_later_a_round_opens_by_itself_and_shows_what_has_moved(By way)
    {
        var host = await ServeAsync();
        var two = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Everything));
        var (page, hands) = await ArriveAsync(host, way);
        var board = Links.Programme(two.Programme);

        await page.GotoAsync(board);
        await hands.PressLinkAsync("Schedule health checks");
        await LookAsync(page, way);
        await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Every 6 months" }));
        await hands.TypeAsync(page.GetByLabel("First on"), "24 May 2027");
        await hands.PressButtonAsync("Save");
        await Expect(page.GetByText("next on 24 May 2027")).ToBeVisibleAsync();

        host.Clock.SetUtcNow(new(2027, 5, 24, 8, 0, 0, TimeSpan.Zero));
        await Until.TrueAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromMinutes(16));
            return await two.IsRoundOpenAsync();
        });
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync("lead@alder.gov.uk")).LinkSecret));
        await hands.PressButtonAsync("Sign in");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");
        await page.GotoAsync(board);
        await Expect(page.GetByText("Round 2 is open")).ToBeVisibleAsync();
        await LookAsync(page, way);

        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Begin to answer" }));
        await Expect(page.GetByText("carried forward").First).ToBeVisibleAsync();
        await LookAsync(page, way);
        await hands.PressLinkAsync("Go through them in one list");
        await hands.PressButtonAsync("Confirm what is ticked");
        await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
        await LookAsync(page, way);
        await hands.ChooseAsync(page.Locator("input[name=Ticked]").Nth(1));
        await hands.PressButtonAsync("Confirm what is ticked");
        await Expect(page.GetByText("1 answer confirmed: it counts now.")).ToBeVisibleAsync();
        await hands.ChooseAsync(page.Locator("input[name=Ticked]").Nth(1));
        await hands.PressButtonAsync("Leave out what is ticked");
        await Expect(page.GetByText("Left out: 1")).ToBeVisibleAsync();
        await LookAsync(page, way);

        // The first by itself: filled in as it was, and changed, with why.
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Change the answer to" }).First);
        await Expect(page.GetByText("It does not count yet")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Note (optional)")).ToHaveValueAsync("note of Alder");
        await LookAsync(page, way);
        await hands.ChooseAsync(page.Locator("input[name=Answer][value='4']"));
        await hands.TypeAsync(page.GetByLabel("Note (optional)"), "Cabinet approved it in March");
        await hands.PressButtonAsync("Confirm and continue");
        await Expect(page.GetByText("question 2 of", new() { Exact = false })).ToBeVisibleAsync();

        await two.FindRoundAsync();
        await two.SealAsync(two[0], Depth.Everything);
        await two.AnswerAsync(two[1], 4);
        await two.SealAsync(two[1], Depth.Questions);
        await page.GotoAsync(board);
        await hands.PressLinkAsync("See what has moved from round to round");
        await Expect(page.GetByText("From round 1 to round 2")).ToBeVisibleAsync();
        await Expect(page.GetByText("Cabinet approved it in March")).ToBeVisibleAsync();
        await Expect(page.GetByText("note of Alder")).ToBeVisibleAsync();
        await LookAsync(page, way);
        await hands.SelectAsync(page.GetByLabel("Whose trend"), "The partnership: its lowest levels");
        await hands.PressButtonAsync("Show this one");
        await Expect(page.GetByText("The partnership, area by area")).ToBeVisibleAsync();
        await LookAsync(page, way);
    }

    [Fact]
    public async Task A_note_typed_beside_what_was_carried_forward_is_kept_and_confirms_nothing()
    {
        var host = await ServeAsync();
        var two = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Everything));
        await two.OpenRoundAsync();
        var part = (await two.OwnAsync(two[0])).Assessment.ToString("N");
        var question = Links.Question(part, host.Instrument.InScope("explore").First());
        var (page, _) = await ArriveAsync(host, By.Mouse);
        await page.GotoAsync(question);
        await page.GetByLabel("Note (optional)").FillAsync("Still to be looked at");
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(Links.Assessment(part));
        await Expect(page.GetByText("0 of 77 questions")).ToBeVisibleAsync();

        await page.GotoAsync(question);
        await Expect(page.GetByText("It does not count yet")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Note (optional)")).ToHaveValueAsync("Still to be looked at");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and continue" }).ClickAsync();
        await Expect(page.GetByText("question 2 of", new() { Exact = false })).ToBeVisibleAsync();
        await page.GotoAsync(Links.Assessment(part));
        await Expect(page.GetByText("1 of 77 questions")).ToBeVisibleAsync();
    }

    private async Task<(IPage, Hands)> ArriveAsync(RaspHost host, By way)
    {
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript });
        person.Expect(400);
        var page = await person.NewPageAsync();
        Hands hands = Hands.Of(page, way);
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync("lead@alder.gov.uk")).LinkSecret));
        await hands.PressButtonAsync("Sign in");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");
        return (page, hands);
    }

    /// <summary>Once, by whoever uses a mouse: wide and narrow.</summary>
    private static Task LookAsync(IPage page, By way) => way == By.Mouse ? LookedAt.AssertSoundAsync(page) : Task.CompletedTask;
}

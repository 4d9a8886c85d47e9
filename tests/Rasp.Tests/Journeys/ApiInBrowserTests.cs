using Microsoft.Playwright;
using Rasp.Tests.Accounts;
using Rasp.Tests.Api;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>Somebody makes a token, puts it into a program and ends it again, and reads what it is good for: by mouse, by keyboard alone, and without JavaScript.</summary>
public sealed class ApiInBrowserTests : BrowserTest
{
    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task A_token_is_made_used_and_revoked(By way)
    {
        var host = await ServeAsync();
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript });
        person.Expect(400);
        var page = await person.NewPageAsync();
        Hands hands = Hands.Of(page, way);
        var looks = way == By.Mouse;
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync("jo@example.gov.uk")).LinkSecret));
        await hands.PressButtonAsync("Sign in");
        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Tokens") }));
        await Expect(page.GetByText("There are none yet.")).ToBeVisibleAsync();
        await LookAsync();
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }));
        await hands.PressButtonAsync("Make the token");
        await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
        await LookAsync();
        await hands.TypeAsync(page.GetByLabel("What is it for?"), "Power BI report for the board");
        await hands.ChooseAsync(page.GetByLabel("90 days"));
        await hands.PressButtonAsync("Make the token");

        await Expect(page.GetByText("Copy your new token")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy the token" })).ToBeVisibleAsync(new() { Visible = way != By.MouseWithoutJavaScript });
        await LookAsync();
        var token = await page.GetByLabel("Your new token").InputValueAsync();
        using var calls = new Calls(host, token);
        (await calls.GetAsync("programmes")).Is(200);

        await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "What it can ask for" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "For programs: the API" })).ToBeVisibleAsync();
        await page.GotoAsync(Links.Tokens);
        await Expect(page.GetByText("Last used 24 November 2026")).ToBeVisibleAsync();
        await Expect(page.GetByText(token)).ToHaveCountAsync(0);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Revoke") }));
        await Expect(page.GetByText("There are none yet.")).ToBeVisibleAsync();
        (await calls.GetAsync("programmes")).IsProblem(401);

        async Task LookAsync()
        {
            if (looks) await LookedAt.AssertSoundAsync(page);
        }
    }

    /// <summary>That it asks nobody else for anything, <see cref="Person"/> holds of every page.</summary>
    [Fact]
    public async Task What_can_be_asked_for_reads_on_a_phone_and_without_scripts()
    {
        var host = await ServeAsync();
        var page = await (await NewPersonAsync(host, new())).NewPageAsync();
        await page.GotoAsync(Links.Api);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "For programs: the API" })).ToBeVisibleAsync();
        await LookedAt.AssertSoundAsync(page);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "On this page" }).GetByRole(AriaRole.Link, new() { Name = "Plans" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Plans", Exact = true })).ToBeInViewportAsync();
        var bare = await (await NewPersonAsync(host, new() { JavaScriptEnabled = false })).NewPageAsync();
        await bare.GotoAsync(Links.Api);
        await Expect(bare.GetByText("/api/v1/table.csv").First).ToBeVisibleAsync();
    }
}

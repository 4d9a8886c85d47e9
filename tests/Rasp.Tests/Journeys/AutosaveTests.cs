using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Rasp.Data;
using Rasp.Readiness.Instruments;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>An answer is saved while it is given, and whatever happens meanwhile, nothing that somebody typed is lost and nothing is overwritten unseen.</summary>
public sealed class AutosaveTests : BrowserTest
{
    private const string Typed = "Cabinet agreed it on 3 March, subject to the business case";

    private RaspHost host = null!;
    private Started assessment = null!;
    private Person person = null!;
    private IPage page = null!;

    private Question Question => Questions[0];

    private Question[] Questions => [.. host.Instrument.InScope("deliver").Take(2)];

    public override async ValueTask InitializeAsync()
    {
        host = await ServeAsync();
        assessment = await host.NewVisitor().StartAssessmentAsync();
        person = await NewPersonAsync(host);
        await person.HoldAsync(assessment);
        page = await person.NewPageAsync();
        await page.GotoAsync(assessment.Question(Question));
    }

    [Fact]
    public async Task What_is_chosen_and_typed_is_saved_without_a_button_and_the_page_says_so()
    {
        await Level(page, 4).CheckAsync();
        await Expect(Said(page)).ToHaveTextAsync("Saved");
        await Note(page).FillAsync(Typed);
        await Until.TrueAsync(async () => (await StoredNotesAsync()) is [Typed]);
        await page.ReloadAsync();
        await Expect(Level(page, 4)).ToBeCheckedAsync();
        await Expect(Note(page)).ToHaveValueAsync(Typed);
    }

    [Fact]
    public async Task What_was_typed_last_is_saved_when_the_page_is_left_by_a_link()
    {
        await Note(page).FillAsync(Typed);
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview of all questions" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Testshire Council");
        await Until.TrueAsync(async () => (await StoredNotesAsync()) is [Typed]);
    }

    [Fact]
    public async Task Without_a_connection_the_page_says_so_keeps_the_text_and_saves_by_itself_afterwards()
    {
        person.ExpectLostConnection();
        await person.Context.SetOfflineAsync(true);
        await Level(page, 2).CheckAsync();
        await Note(page).FillAsync(Typed);
        await Expect(Said(page)).ToContainTextAsync("Not saved yet: there is no connection");
        await Expect(Note(page)).ToHaveValueAsync(Typed);
        Assert.Empty(await StoredNotesAsync());

        // The button does not lose it either.
        await SaveAndContinue(page).ClickAsync();
        await Expect(SaveAndContinue(page)).ToBeEnabledAsync();
        await Expect(Note(page)).ToHaveValueAsync(Typed);

        await person.Context.SetOfflineAsync(false);
        await Expect(Said(page)).ToHaveTextAsync("Saved");
        Assert.Equal([Typed], await StoredNotesAsync());
    }

    [Fact]
    public async Task A_server_that_starts_again_meanwhile_gets_it_without_anybody_doing_anything()
    {
        await using var server = await StoppableServer.StartAsync();
        var page = await OpenFirstQuestionAsync(server);
        await Level(page, 1).CheckAsync();
        await Expect(Said(page)).ToHaveTextAsync("Saved");

        await server.StopAsync();
        await Level(page, 5).CheckAsync();
        await Expect(Said(page)).ToContainTextAsync("Not saved yet");
        await server.StartAgainAsync();
        await Expect(Said(page)).ToHaveTextAsync("Saved");
        await page.ReloadAsync();
        await Expect(Level(page, 5)).ToBeCheckedAsync();
    }

    [Fact]
    public async Task What_was_typed_without_a_connection_outlasts_a_reload()
    {
        await using var server = await StoppableServer.StartAsync();
        var page = await OpenFirstQuestionAsync(server);
        var question = page.Url;
        await server.StopAsync();
        await Level(page, 2).CheckAsync();
        await Note(page).FillAsync(Typed);
        await Expect(Said(page)).ToContainTextAsync("Not saved yet");
        await Assert.ThrowsAsync<PlaywrightException>(() => page.ReloadAsync());

        await server.StartAgainAsync();
        await Until.TrueAsync(async () =>
        {
            try
            {
                await page.GotoAsync(question);
                return true;
            }
            catch (PlaywrightException brokenOff) when (brokenOff.Message.Contains("interrupted by another navigation", StringComparison.Ordinal))
            {
                // By the browser's own page about the reload, which may come late.
                return false;
            }
        });
        await Expect(Note(page)).ToHaveValueAsync(Typed);
        await Expect(Level(page, 2)).ToBeCheckedAsync();
        // Saved is saved: the draft does not come up again.
        await page.WaitForFunctionAsync("sessionStorage.length === 0");
        await page.ReloadAsync();
        await Expect(Note(page)).ToHaveValueAsync(Typed);
        await Expect(Said(page)).ToHaveTextAsync("");
    }

    [Fact]
    public async Task The_later_of_two_tabs_is_told_sees_both_and_decides()
    {
        person.Expect(409);
        var later = await person.NewPageAsync();
        await later.GotoAsync(assessment.Question(Question));
        await Level(page, 2).CheckAsync();
        await Note(page).FillAsync("What the first tab says");
        await Until.TrueAsync(async () => (await StoredNotesAsync()) is ["What the first tab says"]);

        await Level(later, 4).CheckAsync();
        await Note(later).FillAsync("What the second tab says");
        await Expect(Said(later)).ToContainTextAsync("saved in another tab or window");
        Assert.Equal(["What the first tab says"], await StoredNotesAsync());

        await SaveAndContinue(later).ClickAsync();
        await Expect(later.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your answer is not saved yet");
        await Expect(later.Locator("#saved-meanwhile")).ToContainTextAsync("What the first tab says");
        await Expect(later.Locator("#saved-meanwhile")).ToContainTextAsync(Question.Levels[1]);
        await Expect(Note(later)).ToHaveValueAsync("What the second tab says");
        await Expect(Level(later, 4)).ToBeCheckedAsync();
        Assert.Equal(["What the first tab says"], await StoredNotesAsync());

        await SaveAndContinue(later).ClickAsync();
        await Expect(Heading(later)).ToHaveTextAsync(Questions[1].Text);
        Assert.Equal(["What the second tab says"], await StoredNotesAsync());

        // Now the first tab is the one behind.
        await Note(page).FillAsync("What the first tab says next");
        await Expect(Said(page)).ToContainTextAsync("saved in another tab or window");
        await SaveAndContinue(page).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "open this question afresh" }).ClickAsync();
        await Expect(Note(page)).ToHaveValueAsync("What the second tab says");
        Assert.Equal(["What the second tab says"], await StoredNotesAsync());
    }

    [Fact]
    public async Task Save_and_continue_does_not_get_in_the_way_of_a_save_under_way()
    {
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var saves = 0;
        await page.RouteAsync($"**{assessment.Question(Question)}", async route =>
        {
            if (route.Request.Method == "POST" && Interlocked.Increment(ref saves) == 1)
            {
                asked.SetResult();
                await goOn.Task;
            }
            await route.ContinueAsync();
        });
        await Level(page, 3).CheckAsync();
        await asked.Task.WaitAsync(Person.Patience);
        await Note(page).FillAsync(Typed);
        await SaveAndContinue(page).ClickAsync();
        await Expect(SaveAndContinue(page)).ToBeDisabledAsync();
        Assert.Equal(1, saves);
        goOn.SetResult();

        await Expect(Heading(page)).ToHaveTextAsync(Questions[1].Text);
        Assert.Equal([Typed], await StoredNotesAsync());
    }

    [Fact]
    public async Task A_lost_antiforgery_cookie_keeps_nothing_from_being_saved()
    {
        person.Expect(400);
        await person.Context.ClearCookiesAsync(new() { Name = "rasp-form" });
        await Level(page, 3).CheckAsync();
        await Note(page).FillAsync(Typed);
        await Until.TrueAsync(async () => (await StoredNotesAsync()) is [Typed]);
        await Expect(Said(page)).ToHaveTextAsync("Saved");

        // And the button, which asks with the token that came meanwhile.
        await person.Context.ClearCookiesAsync(new() { Name = "rasp-form" });
        await SaveAndContinue(page).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync(Questions[1].Text);
    }

    [Fact]
    public async Task What_is_typed_after_another_tab_closed_the_assessment_is_kept_and_saved_once_it_is_open_again()
    {
        person.Expect(400, 403);
        var other = await person.NewPageAsync();
        await other.GotoAsync(assessment.Overview);
        await other.GetByRole(AriaRole.Button, new() { Name = "Close it in this browser" }).ClickAsync();
        await Expect(other.GetByText("This browser no longer has the assessment open.")).ToBeVisibleAsync();

        await Level(page, 5).CheckAsync();
        await Note(page).FillAsync(Typed);
        await Expect(Said(page)).ToContainTextAsync("this browser does not have the assessment open any more");
        await SaveAndContinue(page).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("Not saved yet");
        await Expect(page.GetByText("Your answer: level 5")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Your note")).ToHaveValueAsync(Typed);
        Assert.Empty(await StoredNotesAsync());

        // Too early: still kept.
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByLabel("Your note")).ToHaveValueAsync(Typed);

        var open = page.GetByRole(AriaRole.Link, new() { Name = "open the assessment with your private link" });
        var again = await person.Context.RunAndWaitForPageAsync(() => open.ClickAsync());
        await again.GetByLabel("Your private link").FillAsync(assessment.Secret);
        await again.GetByRole(AriaRole.Button, new() { Name = "Open the assessment" }).ClickAsync();
        await Expect(Heading(again)).ToHaveTextAsync("Testshire Council");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync(Questions[1].Text);
        Assert.Equal([Typed], await StoredNotesAsync());
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_and_stays_on_the_page()
    {
        person.Expect(400, 422);
        var tooLong = new string('x', StoredAnswer.TextMaxLength + 1);
        await Level(page, 2).CheckAsync();
        await Note(page).FillAsync(tooLong);
        await Expect(Said(page)).ToContainTextAsync("Not saved: Note must be 10,000 characters or fewer");
        await SaveAndContinue(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Note must be 10,000 characters or fewer");
        await Expect(Note(page)).ToHaveValueAsync(tooLong);
        await Expect(Level(page, 2)).ToBeCheckedAsync();
    }

    private async Task<IPage> OpenFirstQuestionAsync(StoppableServer server)
    {
        var other = await NewPersonAsync(server.Url);
        other.ExpectLostConnection();
        var page = await other.NewPageAsync();
        await page.GotoAsync(Links.Start);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Delivering" }).CheckAsync();
        await page.GetByLabel("From which role do you answer?").SelectOptionAsync("finance");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.GetByText("I have kept it: continue").ClickAsync();
        await page.GetByText("Begin with the first question").ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync(Question.Text);
        return page;
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static ILocator Level(IPage page, int level) => page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex($"^{level} ") });

    private static ILocator Note(IPage page) => page.GetByLabel("Note (optional)");

    private static ILocator Said(IPage page) => page.GetByRole(AriaRole.Status);

    private static ILocator SaveAndContinue(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" });

    private Task<List<string>> StoredNotesAsync() => host.QueryAsync<string>("SELECT \"Note\" FROM \"Answers\" WHERE \"Note\" IS NOT NULL");

    /// <summary>Rasp at one address, stopped and started again on the same data: a connection that is really lost.</summary>
    private sealed class StoppableServer : IAsyncDisposable
    {
        private readonly TemporaryFolder folder = new();
        private WebApplication? site;

        public Uri Url { get; private set; } = new("http://127.0.0.1:0");

        public static async Task<StoppableServer> StartAsync()
        {
            var server = new StoppableServer();
            await server.StartAgainAsync();
            return server;
        }

        public async Task StartAgainAsync()
        {
            site = await Site.CreateAsync(new() { Data = folder.Path, Url = RaspHost.PublicUrl }, builder =>
            {
                builder.WebHost.UseUrls(Url.ToString());
                builder.Logging.ClearProviders();
            });
            await site.StartAsync();
            Url = new(site.Urls.First());
        }

        public async Task StopAsync()
        {
            await site!.StopAsync();
            await site.DisposeAsync();
            site = null;
        }

        public async ValueTask DisposeAsync()
        {
            if (site is not null) await StopAsync();
            folder.Dispose();
        }
    }
}

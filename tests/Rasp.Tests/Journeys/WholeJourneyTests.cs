using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rasp.Readiness.Instruments;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>From the front page to the results and away again: what Rasp is for, whatever one works it with.</summary>
public sealed class WholeJourneyTests : BrowserTest
{
    private const string Organisation = "Testshire & “Sons” Council";
    private const string Note = "Decided <b>in part</b>, see the minutes";
    private const string Evidence = "=HYPERLINK(\"minutes\")";

    /// <summary>Protects the main use of Rasp: nobody is kept from any part of it by having no mouse, or no JavaScript.</summary>
    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task A_programme_manager_starts_answers_sees_results_takes_them_away_returns_and_deletes(By way)
    {
        var host = await ServeAsync();
        var hasScript = way != By.MouseWithoutJavaScript;
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = hasScript, Permissions = ["clipboard-read", "clipboard-write"] });
        person.Expect(400, 404);
        var page = await person.NewPageAsync();
        var journey = new Journey(host, page, Hands.Of(page, way), hasScript);

        await journey.StartAsync();
        var secret = await journey.KeepTheLinkAsync();
        await journey.AnswerAsync();
        await journey.SeeTheOverviewAsync();
        await journey.SeeTheResultsAsync();
        await journey.TakeItAwayAsync();
        await journey.CloseAsync();
        await journey.ReturnByPastingTheLinkAsync(secret);
        await journey.CloseAsync();
        await journey.ReturnByOpeningTheLinkAsync(secret);
        await journey.DeleteAsync(secret);
    }

    /// <summary>Protects the promise that the link is shown once: a page left open or reloaded gives it to nobody.</summary>
    [Fact]
    public async Task The_private_link_is_gone_when_its_page_is_loaded_again()
    {
        var host = await ServeAsync();
        var page = await (await NewPersonAsync(host)).NewPageAsync();
        var hands = new Mouse(page);
        await page.GotoAsync(Links.Start);
        await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Running" }));
        await hands.SelectAsync(page.GetByLabel("From which role do you answer?"), "Head of HR");
        await hands.PressButtonAsync("Start");
        var link = await page.GetByLabel("Your private link").InputValueAsync();
        var secret = link[(link.LastIndexOf('/') + 1)..];
        Assert.Matches("^[0-9a-zA-Z_-]{32}$", secret);

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your private link");
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        // The browser's history has no address with the secret in it either.
        Assert.DoesNotContain(secret, page.Url, StringComparison.Ordinal);
    }

    /// <summary>Protects keyboard users from a walk through the header on every page (WCAG 2.4.1).</summary>
    [Fact]
    public async Task The_first_press_of_tab_shows_a_link_that_skips_to_the_content()
    {
        var host = await ServeAsync();
        var page = await (await NewPersonAsync(host)).NewPageAsync();
        await page.GotoAsync(Links.Start);
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to main content" });
        Assert.True((await skip.BoundingBoxAsync())!.Width < 2, "The link is in sight before it has the focus.");

        await page.Keyboard.PressAsync("Tab");
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        Assert.True((await skip.BoundingBoxAsync())!.Width > 100, "The link has the focus and is not in sight.");

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("Your organisation’s name (optional)")).ToBeFocusedAsync();
    }

    /// <summary>The same steps for everybody, in the words of the pages.</summary>
    private sealed class Journey(RaspHost host, IPage page, Hands hands, bool hasScript)
    {
        private readonly List<Question> questions = [.. host.Instrument.InScope("explore")];
        private readonly Instrument instrument = host.Instrument;

        private ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

        private ILocator ErrorSummary => page.Locator(".govuk-error-summary");

        public async Task StartAsync()
        {
            await page.GotoAsync(Links.Home);
            await Expect(Heading).ToHaveTextAsync("How ready are you to share a service?");
            await hands.PressButtonAsync("Start now");
            await Expect(Heading).ToHaveTextAsync("Start an assessment in confidence");

            await hands.PressButtonAsync("Start");
            await Expect(page).ToHaveTitleAsync(new Regex("^Error: "));
            await Expect(ErrorSummary.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Select where your programme is", "Select the role from which you answer"]);
            if (hasScript) await Expect(ErrorSummary).ToBeFocusedAsync();
            await hands.PressLinkAsync("Select the role from which you answer");
            if (hasScript) await Expect(page.GetByLabel("From which role do you answer?")).ToBeFocusedAsync();

            await hands.TypeAsync(page.GetByLabel("Your organisation’s name (optional)"), Organisation);
            await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Exploring" }));
            await hands.SelectAsync(page.GetByLabel("From which role do you answer?"), "Programme or project manager");
            await hands.PressButtonAsync("Start");
            await Expect(Heading).ToHaveTextAsync("Keep your private link");
        }

        public async Task<string> KeepTheLinkAsync()
        {
            var link = await page.GetByLabel("Your private link").InputValueAsync();
            Assert.StartsWith(new Uri(RaspHost.PublicUrl, Links.OpenForm).ToString(), link, StringComparison.Ordinal);
            if (hasScript)
            {
                await hands.PressButtonAsync("Copy the link");
                await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Copied");
                Assert.Equal(link, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
            }
            else
            {
                // What could do nothing is not there.
                await Expect(page.GetByText("Copy the link")).ToBeHiddenAsync();
            }
            await hands.PressButtonAsync("I have kept it: continue");
            await Expect(Heading).ToHaveTextAsync(Organisation);
            return link[(link.LastIndexOf('/') + 1)..];
        }

        public async Task AnswerAsync()
        {
            await Expect(page.GetByText($"0 of {questions.Count} questions answered")).ToBeVisibleAsync();
            await hands.PressButtonAsync("Begin with the first question");

            // A note without a level is saved, and asked about.
            await Expect(Heading).ToHaveTextAsync(questions[0].Text);
            await hands.TypeAsync(page.GetByLabel("Note (optional)"), Note);
            await hands.PressButtonAsync("Save and continue");
            await Expect(ErrorSummary).ToContainTextAsync("Select the level that is true");
            await hands.PressAsync(ErrorSummary.GetByRole(AriaRole.Link));
            await hands.ChooseAsync(Level(questions[0], 3));
            await Expect(page.GetByLabel("Note (optional)")).ToHaveValueAsync(Note);
            await hands.TypeAsync(page.GetByLabel("Evidence (optional)"), Evidence);
            await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Fixed: a red line" }));
            if (hasScript) await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");
            await hands.PressButtonAsync("Save and continue");

            await Expect(Heading).ToHaveTextAsync(questions[1].Text);
            await hands.ChooseAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Don’t know" }));
            await hands.PressButtonAsync("Save and continue");
            for (var i = 2; i < 5; i++)
            {
                await Expect(Heading).ToHaveTextAsync(questions[i].Text);
                await hands.ChooseAsync(Level(questions[i], i == 2 ? 1 : i));
                await hands.PressButtonAsync("Save and continue");
            }
            await Expect(Heading).ToHaveTextAsync(questions[5].Text);
            await hands.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Previous question" }));
            await Expect(Level(questions[4], 4)).ToBeCheckedAsync();
            await hands.PressLinkAsync("Overview of all questions");
        }

        public async Task SeeTheOverviewAsync()
        {
            await Expect(page.GetByText($"5 of {questions.Count} questions answered, about")).ToBeVisibleAsync();
            await Expect(page.GetByText("Too early to say: ")).ToBeVisibleAsync();
            var theme = instrument.Areas[0].Themes[0];
            var asked = questions.Count(q => q.Area == instrument.Areas[0].Key && q.Theme == theme.Key);
            await Expect(page.Locator(".govuk-task-list__item").First).ToContainTextAsync(asked <= 5 ? $"All {asked} questions answered" : $"5 of {asked} answered");
            await hands.PressButtonAsync("See the results");
        }

        public async Task SeeTheResultsAsync()
        {
            await Expect(Heading).ToHaveTextAsync(Organisation);
            foreach (var area in instrument.Areas) await Expect(page.GetByRole(AriaRole.Heading, new() { Name = area.Name, Exact = true })).ToBeVisibleAsync();
            await Expect(page.Locator("a.rasp-tile")).ToHaveCountAsync(questions.Count);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your red lines" })).ToBeVisibleAsync();
            await Expect(page.GetByText(Note)).ToBeVisibleAsync();
            await hands.PressLinkAsync("take answers and results away as files");
        }

        public async Task TakeItAwayAsync()
        {
            await Expect(Heading).ToHaveTextAsync("Take it away");
            var csv = await DownloadAsync("Download the answers (CSV)");
            Assert.EndsWith(".csv", csv.Name, StringComparison.Ordinal);
            var sheet = Assert.Single(ReadSheets(csv.Text));
            Assert.Equal(Organisation, sheet.Organisation);
            var answers = Assert.Single(sheet.Respondents).Answers;
            Assert.Equal(["3", "dk", "1", "3", "4"], questions.Take(5).Select(q => answers[q.Key].Choice.ToString()));
            Assert.Equal((Note, Evidence), (answers[questions[0].Key].Note, answers[questions[0].Key].Evidence));

            var json = await DownloadAsync("the results (JSON)");
            Assert.EndsWith(".json", json.Name, StringComparison.Ordinal);
            using var results = JsonDocument.Parse(json.Text);
            Assert.Equal(Organisation, results.RootElement.GetProperty("assessments")[0].GetProperty("organisation").GetString());
            await hands.PressLinkAsync("Back to the overview");
        }

        public async Task CloseAsync()
        {
            var overview = page.Url;
            await hands.PressButtonAsync("Close it in this browser");
            await Expect(page.GetByText("This browser no longer has the assessment open.")).ToBeVisibleAsync();
            await page.GotoAsync(overview);
            await Expect(Heading).ToHaveTextAsync("Page not found");
        }

        public async Task ReturnByPastingTheLinkAsync(string secret)
        {
            await page.GotoAsync(Links.Home);
            await hands.PressLinkAsync("Return by your private link");
            await hands.TypeAsync(page.GetByLabel("Your private link"), "not a link");
            await hands.PressButtonAsync("Open the assessment");
            await Expect(ErrorSummary).ToContainTextAsync("This is not a private link");
            await hands.TypeAsync(page.GetByLabel("Your private link"), new Uri(RaspHost.PublicUrl, Links.Open(secret)).ToString());
            await hands.PressButtonAsync("Open the assessment");
            await ExpectTheOverviewAsync();
        }

        public async Task ReturnByOpeningTheLinkAsync(string secret)
        {
            await page.GotoAsync(Links.Open(secret));
            await Expect(Heading).ToHaveTextAsync("Open your assessment");
            await Expect(page.GetByRole(AriaRole.Main).GetByText(Organisation)).ToBeVisibleAsync();
            await hands.PressButtonAsync("Open the assessment");
            await ExpectTheOverviewAsync();
        }

        public async Task DeleteAsync(string secret)
        {
            await hands.PressLinkAsync("Delete everything");
            await hands.PressButtonAsync("Delete everything");
            await Expect(ErrorSummary).ToContainTextAsync("Tick the box to confirm");
            await hands.ChooseAsync(page.GetByLabel("Delete all of it, for good"));
            await hands.PressButtonAsync("Delete everything");
            await Expect(Heading).ToHaveTextAsync("Everything is deleted");
            Assert.Equal(0, Assert.Single(await host.QueryAsync<long>("SELECT count(*) FROM \"Assessments\"")));

            await page.GotoAsync(Links.Open(secret));
            await Expect(Heading).ToHaveTextAsync("This link opens nothing");
        }

        private async Task ExpectTheOverviewAsync()
        {
            await Expect(Heading).ToHaveTextAsync(Organisation);
            await Expect(page.GetByText($"5 of {questions.Count} questions answered")).ToBeVisibleAsync();
        }

        private ILocator Level(Question question, int level) => page.GetByRole(AriaRole.Radio, new() { Name = question.Levels[level - 1] });

        private async Task<(string Name, string Text)> DownloadAsync(string link)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => hands.PressLinkAsync(link));
            return (download.SuggestedFilename, await File.ReadAllTextAsync(await download.PathAsync()));
        }

        private IReadOnlyList<Readiness.Answers.AnswerSheet> ReadSheets(string csv) =>
            Readiness.Answers.AnswerCsv.Parse([new("answers.csv", System.Text.Encoding.UTF8.GetBytes(csv))]).Sheets(_ => instrument).Value!;
    }
}

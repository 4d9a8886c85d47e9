using Microsoft.Playwright;
using Rasp.Comparisons;
using Rasp.Data;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;
using Rasp.Reports;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>
/// Every page in every state that it can be in: nothing that axe finds, nothing to scroll to sideways, nothing too small to hit and nothing
/// cut off, at 1,280 pixels and at 320, which is also what 400 % of 1,280 comes to (WCAG 1.4.10).
/// </summary>
public sealed class PageStateTests(PageStateTests.Furnished rasp) : BrowserTest, IClassFixture<PageStateTests.Furnished>
{
    /// <summary>As long as a name may be, and nowhere to break it.</summary>
    private static readonly string LongName = new('W', Assessment.OrganisationMaxLength);

    private static readonly string LongWord = "https://example.gov.uk/" + new string('m', 300);

    /// <summary>Each state: how to come to it, and the heading that says that it is the one.</summary>
    private static readonly StateList States = new()
    {
        { "front page", "How ready are you", s => s.GoAsync(Links.Home) },
        { "help", "Help", s => s.GoAsync(Links.Help) },
        { "privacy", "Privacy", s => s.GoAsync(Links.Privacy) },
        { "accessibility", "Accessibility", s => s.GoAsync(Links.Accessibility) },
        { "contact", "Contact", s => s.GoAsync(Links.Contact) },
        { "contact, not given", "Contact", s => s.GoElsewhereAsync(null, Links.Contact) },
        { "keys", "Keys", s => s.GoAsync(Links.Keys) },
        { "PDF, none are made here", "Make a PDF", s => s.GoAsync(Links.NewPdf(ReportSubject.Results, s.Example(0))) },
        { "PDF, to ask for", "Make a PDF", s => s.GoElsewhereAsync(x => x with { Chromium = "/bin/false" }, Links.NewPdf(ReportSubject.Results, s.Example(0))) },
        { "PDF, could not be made", "There is no PDF", async s =>
        {
            await s.GoElsewhereAsync(x => x with { Chromium = "/bin/false" }, Links.NewPdf(ReportSubject.Comparison, "example-2026-07"));
            await s.Page.GetByRole(AriaRole.Button, new() { Name = "Make the PDF" }).ClickAsync();
            await Expect(s.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no PDF" })).ToBeVisibleAsync();
        } },
        { "PDF, ready", "Your PDF is ready", async s =>
        {
            await s.GoElsewhereAsync(x => x with { Chromium = "/usr/bin/chromium" }, Links.NewPdf(ReportSubject.Comparison, "example-2026-07"));
            await s.Page.GetByRole(AriaRole.Button, new() { Name = "Make the PDF" }).ClickAsync();
            await Expect(s.Page.GetByRole(AriaRole.Heading, new() { Name = "Your PDF is being made" }).Or(s.Page.GetByRole(AriaRole.Heading, new() { Name = "Your PDF is ready" }))).ToBeVisibleAsync();
            await Expect(s.Page.GetByRole(AriaRole.Heading, new() { Name = "Your PDF is ready" })).ToBeVisibleAsync();
        } },
        { "example", "Worked example", s => s.GoAsync(Links.Example) },
        { "example, overview", "Aldermere", s => s.GoAsync(Links.Assessment(s.Example(0))) },
        { "example, question", "", s => s.GoAsync(Links.Question(s.Example(0), s.Rasp.Questions[0])) },
        { "example, first round", "", s => s.GoAsync(Links.Results(s.Example(0))) },
        { "example, second round", "", s => s.GoAsync(Links.Results(s.Example(3))) },
        { "example, candidate", "Draymouth", s => s.GoAsync(Links.Results(s.Example(^1))) },
        { "example, take away", "Take it away", s => s.GoAsync(Links.TakeAway(s.Example(0))) },

        { "comparison", "Shared ICT service", s => s.GoAsync(Links.Comparison("example-2026-01")) },
        { "comparison, last part", "Shared ICT service", s => s.GoAsync(Links.Comparison("example-2026-07") + "?page=6") },
        { "comparison, filtered", "Shared ICT service", s => s.GoAsync(Links.Comparison("example-2026-07") + "?in=ethos-and-cultures.structure&category=mixed&role=hr") },
        { "comparison, nothing let through", "Shared ICT service", s => s.GoAsync(Links.Comparison("example-2026-07") + "?in=shared-vision&category=show-stopper") },
        { "comparison, one withholds questions", "Shared ICT service", s => s.GoAsync(Links.Comparison("example-2026-07-as-brantlow")) },
        { "comparison, areas alone", "Shared ICT service", s => s.GoAsync(Links.Comparison("example-2026-07-as-calvershire")) },
        { "comparison, question where red lines meet", "", s => s.GoAsync("/comparisons/example-2026-07/questions/ethos-and-cultures/structure/employment-model") },
        { "comparison, question with one withheld", "", s => s.GoAsync(Links.ComparedQuestion("example-2026-07-as-brantlow", s.Rasp.Questions[0])) },
        { "comparison, for paper", "Shared ICT service", s => s.GoAsync(Links.ComparisonPrint("example-2026-07")) },
        { "comparison of twelve", "A shared service", s => s.GoElsewhereAsync(null, Links.Comparison("twelve"), MadeUpPartners.OfTwelve("twelve")) },
        { "comparison of twelve, longest names", "A shared service", s => s.GoElsewhereAsync(null, Links.Comparison("twelve"), MadeUpPartners.OfTwelve("twelve", i => $"{LongName[..^2]}{i:00}")) },
        { "comparison of twelve, question", "", s => s.GoElsewhereAsync(null, Links.ComparedQuestion("twelve", s.Rasp.Questions[1]), MadeUpPartners.OfTwelve("twelve", i => $"{LongName[..^2]}{i:00}")) },
        { "comparison of twelve, for paper", "A shared service", s => s.GoElsewhereAsync(null, Links.ComparisonPrint("twelve"), MadeUpPartners.OfTwelve("twelve")) },
        { "comparison, everything withheld or withdrawn", "A shared service", s => s.GoElsewhereAsync(null, Links.Comparison("none"),
            MadeUpPartners.Open("none", MadeUpPartners.Release("Alder", 1, Depth.Nothing), MadeUpPartners.Release("Brant", 2, Depth.Nothing) with { IsWithdrawn = true })) },

        { "start", "Start an assessment", s => s.GoAsync(Links.Start) },
        { "start, nothing filled in", "Start an assessment", async s =>
        {
            await s.GoAsync(Links.Start);
            await s.PressAndBeToldAsync("Start");
        } },
        { "start, every field wrong", "Start an assessment", async s =>
        {
            await s.GoAsync(Links.Start);
            await s.Page.GetByLabel("Your organisation’s name (optional)").FillAsync(LongName + "W");
            await s.PressAndBeToldAsync("Start");
        } },
        { "private link, shown", "Keep your private link", ShowLinkAsync },
        { "private link, address wrong", "Keep your private link", async s =>
        {
            await ShowLinkAsync(s);
            await s.Page.GetByLabel("Your e-mail address").FillAsync(LongWord);
            await s.PressAndBeToldAsync("Send me the link");
        } },
        { "private link, not sent", "Keep your private link", async s =>
        {
            await ShowLinkAsync(s);
            await s.Page.GetByLabel("Your e-mail address").FillAsync("name@example.gov.uk");
            await s.PressAndBeToldAsync("Send me the link");
        } },
        { "private link, sent", "Keep your private link", async s =>
        {
            await using var mail = new MailServer();
            await s.GoElsewhereAsync(settings => settings with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" }, Links.Start);
            await StartAsync(s);
            await s.Page.GetByLabel("Your e-mail address").FillAsync("name@example.gov.uk");
            await s.PressAsync("Send me the link");
            await Expect(s.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("on its way to name@example.gov.uk");
        } },
        { "private link, later", "Your private link", s => s.GoAsync(Links.PrivateLink(s.Rasp.Full.Reference)) },

        { "overview, empty", "Our organisation", s => s.GoAsync(s.Rasp.Empty.Overview) },
        { "overview, begun", "Testshire", s => s.GoAsync(s.Rasp.Begun.Overview) },
        { "overview, full, long name", "WWW", s => s.GoAsync(s.Rasp.Full.Overview) },
        { "details, long name", "Change name", s => s.GoAsync(Links.Details(s.Rasp.Full.Reference)) },
        { "details, wrong", "Change name", async s =>
        {
            await s.GoAsync(Links.Details(s.Rasp.Full.Reference));
            await s.Page.GetByLabel("From which role do you answer?").SelectOptionAsync("");
            await s.PressAndBeToldAsync("Save");
        } },

        { "question, empty", "", s => s.GoAsync(s.Rasp.Empty.Question(s.Rasp.Questions[0])) },
        { "question, last", "", s => s.GoAsync(s.Rasp.Empty.Question(s.Rasp.Questions[^1])) },
        { "question, answered at length", "", s => s.GoAsync(s.Rasp.Full.Question(s.Rasp.Questions[0])) },
        { "question, just saved", "", async s =>
        {
            await s.GoAsync((await s.NewAssessmentAsync()).Question(s.Rasp.Questions[0]));
            await s.Page.GetByLabel("Don’t know").CheckAsync();
            await Expect(s.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");
        } },
        { "question, no connection", "", async s =>
        {
            s.Person.ExpectLostConnection();
            await s.GoAsync((await s.NewAssessmentAsync()).Question(s.Rasp.Questions[0]));
            await s.Person.Context.SetOfflineAsync(true);
            await s.Page.GetByLabel("Don’t know").CheckAsync();
            await Expect(s.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("there is no connection");
        } },
        { "question, nothing chosen", "", async s =>
        {
            await s.GoAsync((await s.NewAssessmentAsync()).Question(s.Rasp.Questions[0]));
            await s.Page.GetByLabel("Note (optional)").FillAsync(LongWord);
            await s.PressAndBeToldAsync("Save and continue");
            await Expect(s.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Select the level that is true");
        } },
        { "question, every field wrong", "", async s =>
        {
            await s.GoAsync((await s.NewAssessmentAsync()).Question(s.Rasp.Questions[0]));
            await s.Page.GetByLabel("Note (optional)").FillAsync(new string('m', StoredAnswer.TextMaxLength + 1));
            await s.Page.GetByLabel("Evidence (optional)").FillAsync(new string('m', StoredAnswer.TextMaxLength + 1));
            await s.PressAndBeToldAsync("Save and continue");
            await Expect(s.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link)).ToHaveTextAsync(
                ["Note must be 10,000 characters or fewer; it has 10,001", "Evidence must be 10,000 characters or fewer; it has 10,001"]);
        } },
        { "question, saved meanwhile", "", async s =>
        {
            var assessment = await s.NewAssessmentAsync();
            await s.GoAsync(assessment.Question(s.Rasp.Questions[0]));
            await s.Rasp.AnswerAsync(assessment, s.Rasp.Questions[0], ("Answer", "2"), ("Note", LongWord), ("Evidence", LongWord));
            await s.Page.GetByLabel("Note (optional)").FillAsync("Mine");
            await s.PressAndBeToldAsync("Save and continue");
            await Expect(s.Page.Locator("#saved-meanwhile")).ToBeVisibleAsync();
        } },
        { "question, not saved yet", "Not saved yet", async s =>
        {
            await s.GoAsync((await s.NewAssessmentAsync()).Question(s.Rasp.Questions[0]));
            await s.Page.GetByLabel("Note (optional)").FillAsync(LongWord);
            await s.Person.Context.ClearCookiesAsync(new() { Name = "rasp-link" });
            await s.PressAsync("Save and continue");
        } },

        { "results, none", "Our organisation", s => s.GoAsync(Links.Results(s.Rasp.Empty.Reference)) },
        { "results, begun", "Testshire", s => s.GoAsync(Links.Results(s.Rasp.Begun.Reference)) },
        { "results, full, long name", "WWW", s => s.GoAsync(Links.Results(s.Rasp.Full.Reference)) },
        { "take away, unfinished", "Take it away", s => s.GoAsync(Links.TakeAway(s.Rasp.Begun.Reference)) },
        { "take away", "Take it away", s => s.GoAsync(Links.TakeAway(s.Rasp.Full.Reference)) },
        { "upload", "Upload answers", s => s.GoAsync(Links.Upload(s.Rasp.Full.Reference)) },
        { "upload, nothing chosen", "Upload answers", async s =>
        {
            await s.GoAsync(Links.Upload(s.Rasp.Full.Reference));
            await s.PressAndBeToldAsync("See what would change");
        } },
        { "upload, of an example", "Upload answers", s => s.GoAsync(Links.Upload(s.Example(0))) },
        { "upload, everything other", "What this file would change", async s =>
        {
            await s.GoAsync(Links.Upload(s.Rasp.Begun.Reference));
            await s.Page.GetByLabel("Your file").SetInputFilesAsync(new FilePayload { Name = $"{LongName}.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes((await s.Rasp.Visitor.GetAsync(Links.AnswersCsv(s.Rasp.Full.Reference))).Body) });
            await s.PressAsync("See what would change");
        } },
        { "questionnaire, long name", "Questionnaire: WWW", s => s.GoAsync(Links.Questionnaire(s.Rasp.Full.Reference)) },
        { "questionnaire of a stage", "Questionnaire", s => s.GoAsync(Links.StageQuestionnaire("run")) },
        { "delete, long name", "Delete everything", s => s.GoAsync(Links.Delete(s.Rasp.Full.Reference)) },
        { "delete, not confirmed", "Delete everything", async s =>
        {
            await s.GoAsync(Links.Delete(s.Rasp.Full.Reference));
            await s.PressAndBeToldAsync("Delete everything");
        } },
        { "deleted", "Everything is deleted", s => s.GoAsync("/deleted") },

        { "return", "Return by your private link", s => s.GoAsync(Links.OpenForm) },
        { "return, wrong", "Return by your private link", async s =>
        {
            await s.GoAsync(Links.OpenForm);
            await s.Page.GetByLabel("Your private link").FillAsync(LongWord);
            await s.PressAndBeToldAsync("Open the assessment");
        } },
        { "return, closed", "Return by your private link", s => s.GoAsync($"{Links.OpenForm}?closed=true") },
        { "return, long name", "Open your assessment", s => s.GoAsync(Links.Open(s.Rasp.Full.Secret)) },
        { "return, nothing", "This link opens nothing", s => s.GoAsync(Links.Open(new string('x', 32))) },

        { "404", "Page not found", s => s.GoAsync("/nowhere") },
        { "429", "Too many tries", async s =>
        {
            await s.GoElsewhereAsync(settings => settings with { Limits = new() { StartsAnHour = 1 } }, Links.Start);
            await s.PressAndBeToldAsync("Start");
            await s.PressAsync("Start");
        } },
        { "500", "Sorry, something went wrong", async s =>
        {
            var host = await s.GoElsewhereAsync(null, Links.Start);
            await host.QueryAsync<long>("DROP TABLE \"Answers\"");
            await host.QueryAsync<long>("DROP TABLE \"Assessments\"");
            await s.Page.GetByRole(AriaRole.Radio, new() { Name = "Exploring" }).CheckAsync();
            await s.Page.GetByLabel("From which role do you answer?").SelectOptionAsync("finance");
            await s.PressAsync("Start");
        } },
        { "400", "Your form was not accepted", s => s.GoAsync("/status/400") },
        { "410", "This assessment is no longer here", s => s.GoAsync("/status/410") },
        { "413", "That was too much at once", s => s.GoAsync("/status/413") },
        { "503", "Sorry, Rasp can’t answer just now", s => s.GoAsync("/status/503") },
    };

    public static TheoryData<string> StateNames => [.. States.Keys];

    [Theory]
    [MemberData(nameof(StateNames))]
    public async Task Everybody_can_perceive_and_work(string state)
    {
        var person = await NewPersonAsync(rasp.Host);
        person.Expect(400, 403, 404, 409, 410, 413, 422, 429, 500, 503);
        foreach (var assessment in new[] { rasp.Empty, rasp.Begun, rasp.Full }) await person.HoldAsync(assessment);
        var page = await person.NewPageAsync();
        var (heading, arrange) = States[state];
        await arrange(new(this, rasp, person, page));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(heading);

        var faults = new List<string>();
        faults.AddRange((await LookedAt.FaultsAsync(page)).Select(f => $"At 1280 px: {f}"));
        await page.SetViewportSizeAsync(320, 256);
        await page.EvaluateAsync("for (const details of document.querySelectorAll('details')) details.open = true");
        faults.AddRange((await LookedAt.FaultsAsync(page)).Select(f => $"At 320 px, everything unfolded: {f}"));
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static async Task ShowLinkAsync(Scene scene)
    {
        await scene.GoAsync(Links.Start);
        await StartAsync(scene);
    }

    private static async Task StartAsync(Scene scene)
    {
        await scene.Page.GetByRole(AriaRole.Radio, new() { Name = "Exploring" }).CheckAsync();
        await scene.Page.GetByLabel("From which role do you answer?").SelectOptionAsync("finance");
        await scene.PressAsync("Start");
    }

    private sealed class StateList : Dictionary<string, (string Heading, Func<Scene, Task> Arrange)>
    {
        public void Add(string name, string heading, Func<Scene, Task> arrange) => Add(name, (heading, arrange));
    }

    /// <summary>What it takes to bring about a state.</summary>
    private sealed class Scene(PageStateTests test, Furnished rasp, Person person, IPage page)
    {
        public Furnished Rasp => rasp;

        public Person Person => person;

        public IPage Page { get; private set; } = page;

        public string Example(Index index) => rasp.Examples[index];

        public Task GoAsync(string path) => Page.GotoAsync(path);

        public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        /// <summary>Presses a button, and is told what is wrong.</summary>
        public async Task PressAndBeToldAsync(string button)
        {
            await PressAsync(button);
            await Expect(Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        }

        /// <summary>To another Rasp, which is set up otherwise or can be broken.</summary>
        public async Task<RaspHost> GoElsewhereAsync(Func<Settings, Settings>? with, string path, OpenComparison? comparison = null)
        {
            var host = await test.ServeAsync(with, comparison is null ? null : [comparison]);
            person.AlsoVisits(host.Url);
            await Page.GotoAsync(new Uri(host.Url, path).ToString());
            return host;
        }

        /// <summary>An assessment of this test's own, open in its browser.</summary>
        public async Task<Started> NewAssessmentAsync()
        {
            var assessment = await rasp.Visitor.StartAssessmentAsync();
            await person.HoldAsync(assessment);
            return assessment;
        }
    }

    /// <summary>One Rasp for all these tests, with assessments that are empty, begun and full.</summary>
    public sealed class Furnished : IAsyncLifetime
    {
        public RaspHost Host { get; private set; } = null!;

        public Visitor Visitor { get; private set; } = null!;

        public Started Empty { get; private set; } = null!;

        public Started Begun { get; private set; } = null!;

        public Started Full { get; private set; } = null!;

        public IReadOnlyList<Question> Questions { get; private set; } = [];

        /// <summary>The assessments of the worked example, by round and organisation.</summary>
        public string[] Examples { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            const string Address = "rasp@example.gov.uk";
            Host = await RaspHost.StartAsync(with: s => s with { Contact = Address, Smtp = new("smtp://127.0.0.1:1"), MailFrom = Address });
            Questions = [.. Host.Instrument.InScope("deliver")];
            Visitor = Host.NewVisitor();
            Empty = await Visitor.StartAssessmentAsync(organisation: null);
            Begun = await Visitor.StartAssessmentAsync();
            Full = await Visitor.StartAssessmentAsync(LongName);
            await AnswerAsync(Begun, Questions[0], ("Answer", "4"));
            await AnswerAsync(Begun, Questions[1], ("Answer", "1"));
            await AnswerAsync(Begun, Questions[2], ("Note", "Typed, and nothing chosen yet"));
            for (var i = 0; i < Questions.Count; i++)
            {
                var isLong = i % 6 == 0;
                await AnswerAsync(
                    Full,
                    Questions[i],
                    ("Answer", (i % 7) switch { 5 => "dk", 6 => "na", var level => $"{level + 1}" }),
                    ("Stance", (i % 4) switch { 0 => "fixed", 1 => "negotiable", 2 => "open", _ => "" }),
                    ("Note", isLong ? LongWord : "As agreed by the board"),
                    ("Evidence", isLong ? LongWord : null));
            }
            var example = await Visitor.GetAsync(Links.Example);
            Examples = [.. example.Document.QuerySelectorAll("a[href$='/results']").Select(a => a.GetAttribute("href")!.Split('/')[2])];
        }

        public async Task AnswerAsync(Started assessment, Question question, params (string Field, string? Value)[] values) =>
            await Visitor.AnswerAsync(assessment, question, values);

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}

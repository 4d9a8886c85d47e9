using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rasp.Assessments;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>The map and the report, in what a browser makes of them: colours, paper, spacing and keys.</summary>
public sealed class ResultsInBrowserTests : BrowserTest
{
    /// <summary>A council of the worked example with something of everything: several respondents, show-stoppers, red lines.</summary>
    private const string Example = "example-brantlow-district-council-2026-07";

    private const string Organisation = "Brantlow District Council";

    /// <summary>What somebody's own style sheet may ask for (WCAG 1.4.12).</summary>
    private const string Spacing =
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";

    /// <summary>Protects the map's promise: every question that is asked, with its level in figures, one press from its page.</summary>
    [Fact]
    public async Task The_map_has_a_tile_for_every_question_asked_and_each_leads_to_its_question()
    {
        var host = await ServeAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync(stage: "run");
        var order = QuestionOrder.Of(host.Instrument, "run");
        string[] answers = ["1", "2", "3", "4", "5", "dk", "na"];
        for (var i = 0; i < answers.Length; i++) await visitor.AnswerAsync(assessment, order.Questions[i], ("Answer", answers[i]), ("Note", "Because"));
        var person = await NewPersonAsync(host);
        await person.HoldAsync(assessment);
        var page = await person.NewPageAsync();
        await page.GotoAsync(Links.Results(assessment.Reference));

        var tiles = page.Locator(".rasp-map a.rasp-tile");
        Assert.Equal(
            order.Areas.SelectMany(a => a.Questions).Select(assessment.Question),
            await tiles.EvaluateAllAsync<string[]>("tiles => tiles.map(tile => new URL(tile.href).pathname)"));
        // In the tile stands what is seen; the rest of its name is for screen readers.
        Assert.Equal(
            ["1", "2", "3", "4", "5", "?", "–", ""],
            await tiles.EvaluateAllAsync<string[]>(
                """
                tiles => tiles.slice(0, 8).map(tile => [...tile.childNodes]
                  .filter(node => !node.classList?.contains('govuk-visually-hidden')).map(node => node.textContent).join('').trim())
                """));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{order.Questions[1].Text} {host.Instrument.Levels[1]}" })).ToHaveCountAsync(1);
        foreach (var question in order.Questions) Assert.Equal(question.Text, (await visitor.GetAsync(assessment.Question(question))).Heading);

        await tiles.Nth(3).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(order.Questions[3].Text);
    }

    /// <summary>Protects keyboard users: tiles are links like others, and what the pointer is told about a tile, the focus is told too.</summary>
    [Fact]
    public async Task Every_tile_can_be_reached_and_read_and_opened_by_keyboard()
    {
        var (page, host) = await OpenExampleAsync();
        var keyboard = new Keyboard(page);
        var tiles = page.Locator(".rasp-map a.rasp-tile");
        await keyboard.GoToAsync(tiles.First);
        await keyboard.GoToAsync(tiles.Last);

        var last = QuestionOrder.Of(host.Instrument, "deliver").Areas[^1].Questions.Last();
        await Expect(page.Locator(".rasp-map__reading")).ToContainTextAsync(last.Text);
        await keyboard.PressAsync(tiles.Last);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(last.Text);
    }

    /// <summary>Protects people who choose their own colours: nothing may depend on ours.</summary>
    [Fact]
    public async Task Forced_colours_hide_nothing()
    {
        var (page, _) = await OpenExampleAsync();
        var main = page.GetByRole(AriaRole.Main);
        var before = await LookedAt.VisibleTextAsync(main);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(forced-colors: active)').matches"));
        Assert.Empty(before.Except(await LookedAt.VisibleTextAsync(main)));

        // A tile must show its number and its edge, a drawn mark must not be the colour of the paper.
        var unseen = await page.EvaluateAsync<string[]>(
            """
            () => {
              const paper = getComputedStyle(document.body).backgroundColor
              const tiles = [...document.querySelectorAll('.rasp-tile')].filter(tile => {
                const style = getComputedStyle(tile)
                const back = style.backgroundColor === 'rgba(0, 0, 0, 0)' ? paper : style.backgroundColor
                return style.color === back || (style.borderTopColor === back && back === paper) || parseFloat(style.borderTopWidth) < 1
              })
              const isSeen = colour => colour !== 'none' && colour !== paper && !/^rgba\(.*, 0\)$/.test(colour)
              const marks = [...document.querySelectorAll('svg[role=img] :is(path, circle, rect, line)')].filter(mark => {
                const style = getComputedStyle(mark)
                return mark.checkVisibility() && !mark.closest('defs, clipPath, pattern') && !isSeen(style.fill) && !isSeen(style.stroke)
              })
              return [...tiles, ...marks].map(element => element.outerHTML.slice(0, 160))
            }
            """);
        Assert.True(unseen.Length == 0, string.Join(Environment.NewLine, unseen.Distinct()));
    }

    /// <summary>Protects the board's report: what can be read on the screen stands on paper, the folded parts too that belong there.</summary>
    [Fact]
    public async Task Paper_has_what_the_screen_has_and_what_is_folded_there()
    {
        var (page, _) = await OpenExampleAsync();
        var main = page.GetByRole(AriaRole.Main);
        var notForPaper = await WordsAsync(page.Locator(".rasp-no-print, .rasp-map__reading"));
        // Of what folds, the words to press may go; what is folded may not.
        var summaries = await WordsAsync(page.Locator("summary"));
        var folded = await page.Locator("details.rasp-opens-in-print").EvaluateAllAsync<string[]>(
            "all => all.map(details => details.lastElementChild.textContent.replace(/\\s+/g, ' ').trim().slice(0, 12))");
        Assert.NotEmpty(folded);
        var onScreen = await LookedAt.VisibleTextAsync(main);

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var onPaper = await LookedAt.VisibleTextAsync(main);
        Assert.Empty(onScreen.Except(onPaper).Except(notForPaper).Except(summaries));
        var all = string.Join(' ', onPaper);
        Assert.All(folded, f => Assert.Contains(f, all, StringComparison.Ordinal));
        Assert.Empty(await LookedAt.CutTextAsync(page));
    }

    /// <summary>Protects the report that is put before a board: a few pages, with the name on it, the areas and what stops the programme.</summary>
    [Fact]
    public async Task The_report_is_a_few_pages_with_name_areas_and_show_stoppers()
    {
        var (page, host) = await OpenExampleAsync();
        // The outline holds the headings that were printed, as text that can be read without unpacking the pages.
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true, Tagged = true, Outline = true }));
        Assert.InRange(Regex.Count(pdf, @"/Type\s*/Page\b"), 3, 12);
        var headings = Regex.Matches(pdf, @"/Title\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>)").Select(m => PdfText(m.Groups[1].Value)).ToList();
        foreach (var printed in host.Instrument.Areas.Select(a => a.Name).Append(Organisation).Append("Show-stoppers"))
        {
            // A heading of two lines has no space between them there.
            Assert.Contains(headings, h => Closed(h).StartsWith(Closed(printed), StringComparison.Ordinal));
        }
    }

    /// <summary>Protects people who need letters, words and lines further apart: what they set loses nothing (WCAG 1.4.12).</summary>
    [Theory]
    [InlineData(1280, 900)]
    [InlineData(320, 256)]
    public async Task Wider_text_spacing_loses_nothing(int width, int height)
    {
        var host = await ServeAsync();
        var assessment = await host.NewVisitor().StartAssessmentAsync();
        // A style of the reader's own is not bound by the page's policy; a test's is.
        var person = await NewPersonAsync(host, new() { BypassCSP = true, ViewportSize = new() { Width = width, Height = height } });
        await person.HoldAsync(assessment);
        var page = await person.NewPageAsync();
        foreach (var path in new[] { assessment.Question(host.Instrument.InScope("deliver").First()), assessment.Overview, Links.Results(Example), Links.Comparison("example-2026-07"), Links.Home })
        {
            await page.GotoAsync(path);
            await LookedAt.AssertStyledAsync(page);
            await page.EvaluateAsync("for (const details of document.querySelectorAll('details')) details.open = true");
            var before = await LookedAt.VisibleTextAsync(page.Locator("body"));
            await page.AddStyleTagAsync(new() { Content = Spacing });
            Assert.NotEqual("normal", await page.Locator("h1").EvaluateAsync<string>("h1 => getComputedStyle(h1).letterSpacing"));
            Assert.Empty(before.Except(await LookedAt.VisibleTextAsync(page.Locator("body"))));
            string[] faults = [.. await LookedAt.SidewaysAsync(page), .. await LookedAt.CutTextAsync(page)];
            Assert.True(faults.Length == 0, $"{path}: {string.Join(Environment.NewLine, faults)}");
        }
    }

    private static string Closed(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private async Task<(IPage Page, RaspHost Host)> OpenExampleAsync()
    {
        var host = await ServeAsync();
        var page = await (await NewPersonAsync(host)).NewPageAsync();
        await page.GotoAsync(Links.Results(Example));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Organisation);
        await LookedAt.AssertStyledAsync(page);
        return (page, host);
    }

    /// <summary>Every piece of text in elements, seen or not.</summary>
    private static async Task<string[]> WordsAsync(ILocator elements) => await elements.EvaluateAllAsync<string[]>(
        """
        all => all.flatMap(one => [one, ...one.querySelectorAll('*')])
          .flatMap(element => [...element.childNodes])
          .filter(node => node.nodeType === Node.TEXT_NODE)
          .map(node => node.data.replace(/\s+/g, ' ').trim())
        """);

    /// <summary>A text of a PDF: in round brackets as it is, or in hexadecimal; either may be UTF-16.</summary>
    private static string PdfText(string written)
    {
        var bytes = written[0] == '<'
            ? Convert.FromHexString(written[1..^1])
            : Encoding.Latin1.GetBytes(Regex.Replace(written[1..^1], @"\\(.)", "$1"));
        return bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2) : Encoding.Latin1.GetString(bytes);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rasp.Comparisons;
using Rasp.Readiness.Scoring;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>Partners side by side, on the screen in the room and on paper.</summary>
public sealed class ComparisonInBrowserTests : BrowserTest
{
    private const string July = "example-2026-07";

    /// <summary>Protects those who meet: from the worked example to the third question of a filter and back, by keyboard or by mouse, with scripts and without.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Partners_go_from_question_to_question_within_a_filter_and_back(bool byKeyboard, bool hasScript)
    {
        var host = await ServeAsync();
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = hasScript });
        var page = await person.NewPageAsync();
        Hands hands = byKeyboard ? new Keyboard(page) : new Mouse(page);
        var expected = Compared(host).Questions.Where(q => q.Category == Category.Difference).Select(q => q.Question.Text).ToList();

        await page.GotoAsync(Links.Example);
        await hands.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Compare the three councils in 2026-07" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Shared ICT service, July 2026");
        await hands.SelectAsync(page.GetByLabel("How we stand", new() { Exact = true }), "We differ");
        await hands.PressButtonAsync("Show these");
        await Expect(page.Locator(".rasp-talk__item")).ToHaveCountAsync(Math.Min(15, expected.Count));
        await hands.PressAsync(page.Locator(".rasp-talk").GetByRole(AriaRole.Link, new() { Name = expected[0], Exact = true }));
        foreach (var text in expected.Take(3))
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);
            await hands.PressAsync(page.Locator("a[rel=next]"));
        }
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(expected[3]);
        await hands.PressLinkAsync("Back to the comparison");
        await Expect(page.GetByLabel("How we stand", new() { Exact = true })).ToHaveValueAsync("difference");
    }

    /// <summary>Protects people who choose their own colours.</summary>
    [Fact]
    public async Task Forced_colours_hide_nothing()
    {
        var page = await (await NewPersonAsync(await ServeAsync())).NewPageAsync();
        foreach (var path in new[] { Links.Comparison(July), "/comparisons/example-2026-07-as-brantlow" })
        {
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
            await page.GotoAsync(path);
            await LookedAt.AssertStyledAsync(page);
            var before = await LookedAt.VisibleTextAsync(page.GetByRole(AriaRole.Main));
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
            Assert.Empty(before.Except(await LookedAt.VisibleTextAsync(page.GetByRole(AriaRole.Main))));
            // A letter must be another colour than its dot, a dot another than the paper.
            var colours = await page.EvaluateAsync<string[]>(
                """
                () => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.rasp-profile__dot')).fill, getComputedStyle(document.querySelector('.rasp-profile__letters text')).fill]
                """);
            Assert.NotEqual(colours[0], colours[1]);
            Assert.NotEqual(colours[1], colours[2]);
        }
    }

    /// <summary>Protects the paper that is taken to the meeting: a dozen sheets, with every heading and nothing cut off.</summary>
    [Fact]
    public async Task Paper_has_what_the_screen_has_on_a_dozen_sheets()
    {
        var page = await (await NewPersonAsync(await ServeAsync())).NewPageAsync();
        await page.GotoAsync(Links.ComparisonPrint(July));
        await LookedAt.AssertStyledAsync(page);
        var main = page.GetByRole(AriaRole.Main);
        var onScreen = await LookedAt.VisibleTextAsync(main);
        var notForPaper = await page.Locator(".rasp-no-print, .govuk-back-link").AllTextContentsAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Empty(onScreen.Except(await LookedAt.VisibleTextAsync(main)).Except(notForPaper));
        Assert.Empty(await LookedAt.CutTextAsync(page));
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true, Tagged = true }));
        Assert.InRange(Regex.Count(pdf, @"/Type\s*/Page\b"), 6, 14);
    }

    private static Comparison Compared(RaspHost host) => ((ComparedExamples)host.Services.GetService(typeof(ComparedExamples))!).Find(July)!.Shared.Questions!;
}

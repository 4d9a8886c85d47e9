using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>Somebody chooses a report, sees it on paper and takes it away: by mouse, by keyboard alone, and without JavaScript.</summary>
public sealed class ReportInBrowserTests : BrowserTest
{
    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task A_report_is_chosen_printed_and_taken_away(By way)
    {
        var host = await ServeAsync();
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript, AcceptDownloads = true });
        person.Expect(400);
        var page = await person.NewPageAsync();
        Hands hands = Hands.Of(page, way);
        await page.GotoAsync(Links.Trend("example") + "?who=Calvershire+Council");
        await hands.PressLinkAsync("choose a report");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Trend of Calvershire Council: Shared ICT service");
        await LookAsync();

        // What does not go together is said, and what was chosen stands.
        await hands.ChooseAsync(page.GetByLabel("Summary for a board"));
        await hands.ChooseAsync(page.GetByLabel("Excel", new() { Exact = true }));
        await hands.PressButtonAsync("Make the report");
        await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Summary for a board")).ToBeCheckedAsync();
        await LookAsync();

        // On paper, with the sections that were chosen; and back to the same choice.
        await hands.ChooseAsync(page.GetByLabel("Full report"));
        await page.GetByLabel("Question by question, with notes (not in a summary)").UncheckAsync();
        await hands.ChooseAsync(page.GetByLabel("A page to print"));
        await hands.PressButtonAsync("Make the report");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this report rests on" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Question by question" })).ToHaveCountAsync(0);
        await LookAtPaperAsync();
        await hands.PressLinkAsync("Choose something else");
        await Expect(page.GetByLabel("Question by question, with notes (not in a summary)")).Not.ToBeCheckedAsync();

        await hands.ChooseAsync(page.GetByLabel("Word"));
        var download = await page.RunAndWaitForDownloadAsync(() => hands.PressButtonAsync("Make the report"));
        Assert.Equal("rasp-trend-2026-07.docx", download.SuggestedFilename);

        async Task LookAsync()
        {
            if (way == By.Mouse) await LookedAt.AssertSoundAsync(page);
        }

        // It has a style of its own, and no script.
        async Task LookAtPaperAsync()
        {
            if (way != By.Mouse) return;
            foreach (var width in new[] { 1280, 320 })
            {
                await page.SetViewportSizeAsync(width, 900);
                Assert.Empty((await LookedAt.AxeFaultsAsync(page)).Concat(await LookedAt.SidewaysAsync(page)));
            }
            await page.SetViewportSizeAsync(1280, 900);
        }
    }
}

using System.Globalization;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Spreadsheet;
using Rasp.Data;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;
using Rasp.Reports;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Rasp.Tests.Verbs;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Rasp.Tests.Reports;

/// <summary>Reports as files: what people typed arrives whole, what is withheld does not, and Office and whoever checks for accessibility find nothing amiss.</summary>
public sealed class ReportTests
{
    /// <summary>What people type and what breaks files: markup, formulas, other scripts and directions, characters beyond sixteen bits, what Excel takes for an escape, and length.</summary>
    private static readonly string[] Hostile =
    [
        "<w:p>&amp;\"' ]]> </w:t>", "=HYPERLINK(\"http://evil.example\",\"press\")", "+1", "-2+3", "@cmd", "'quoted", "_x0041_ stays",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 👩‍👩‍👧", "שלום (1) עולם & <more>", "مرحبا بالعالم", "two\nlines\n\n\tand a tab", string.Concat(Enumerable.Repeat("ten chars.", 999)) + "the end...",
    ];

    [Theory, Engines]
    public async Task Whatever_was_typed_is_in_the_results_report_whole(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        const string Name = "=Testshire <&\"'> Council 🏛";
        var assessment = await visitor.StartAssessmentAsync(Name);
        var questions = host.Instrument.InScope("deliver").Take(Hostile.Length + 1).ToList();
        for (var i = 0; i < Hostile.Length; i++)
        {
            await visitor.AnswerAsync(assessment, questions[i], ("Answer", i == 3 ? "dk" : $"{(i % 5) + 1}"), ("Stance", i % 3 == 0 ? "fixed" : i % 3 == 1 ? "negotiable" : ""), ("Note", Hostile[i]), ("Evidence", Hostile[^(i + 1)]));
        }
        // Something is typed, and nothing chosen yet.
        await visitor.AnswerAsync(assessment, questions[^1], ("Note", "Not chosen yet"));

        using var word = OfficeFile.Word(await OfficeFile.DownloadAsync(visitor, Links.Report(ReportSubject.Results, assessment.Reference, "docx")));
        var text = OfficeFile.Text(word);
        foreach (var typed in Hostile.Append(Name).Append("Not chosen yet")) Assert.Contains(typed, text, StringComparison.Ordinal);
        Assert.Equal(2, Count(text, Hostile[^1]));
        Assert.Equal(4, Count(text, "Stance: Fixed: a red line."));
        Assert.Equal(4, Count(text, "Stance: Negotiable."));

        using var book = OfficeFile.Workbook(await OfficeFile.DownloadAsync(visitor, Links.Report(ReportSubject.Results, assessment.Reference, "xlsx")));
        Assert.Equal(["About", "Scores", "Questions", "Answers", "Findings"], OfficeFile.Sheets(book));
        var rows = OfficeFile.Rows(book, "Answers");
        for (var i = 0; i < Hostile.Length; i++)
        {
            var row = rows.Single(r => r["Key"] == questions[i].Key);
            Assert.Equal((Safe(Hostile[i]), Safe(Hostile[^(i + 1)]), i == 3 ? "dk" : $"{(i % 5) + 1}"), (row["Note"], row["Evidence"], row["Answer"]));
        }
        Assert.Contains(rows, r => r["Note"] == "Not chosen yet");
        foreach (var sheet in OfficeFile.Sheets(book).Select(s => OfficeFile.SheetOf(book, s)))
        {
            Assert.Empty(sheet.Descendants<CellFormula>());
            Assert.Equal(1, sheet.Descendants<Pane>().Single().VerticalSplit!.Value);
            Assert.Single(sheet.Elements<AutoFilter>());
        }
        // Scores are numbers, not rounded.
        var scores = OfficeFile.Rows(book, "Scores");
        Assert.True(double.TryParse(scores.Single(s => s["Area"] == "Overall")["Score"], NumberStyles.Float, CultureInfo.InvariantCulture, out var overall) && overall is >= 0 and <= 100);

        using var board = OfficeFile.Word(await OfficeFile.DownloadAsync(visitor, Links.Report(ReportSubject.Results, assessment.Reference, "docx", ReportChoice.Board)));
        Assert.Contains(Name, OfficeFile.Text(board), StringComparison.Ordinal);
        Assert.DoesNotContain("two\nlines", OfficeFile.Text(board), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_in_Word_is_one_that_a_clerk_can_edit_and_a_screen_reader_can_read()
    {
        await using var host = await RaspHost.StartAsync();
        foreach (var path in (string[])[Links.Report(ReportSubject.Results, "example-brantlow-district-council-2026-07", "docx"), Links.Report(ReportSubject.Comparison, "example-2026-07", "docx"), Links.Report(ReportSubject.Comparison, "example-2026-07-as-calvershire", "docx"), Links.Report(ReportSubject.Comparison, "example-2026-07", "docx", ReportChoice.Board)])
        {
            var bytes = await OfficeFile.DownloadAsync(host.NewVisitor(), path);
            // The same report is the same file, but for its signature, which is another each time.
            Assert.Equal(OfficeFile.Unsigned(bytes), OfficeFile.Unsigned(await OfficeFile.DownloadAsync(host.NewVisitor(), path)));
            using var word = OfficeFile.Word(bytes);
            var main = word.MainDocumentPart!;
            Assert.False(string.IsNullOrEmpty(word.PackageProperties.Title));
            Assert.Equal("en-GB", main.StyleDefinitionsPart!.Styles!.DocDefaults!.RunPropertiesDefault!.RunPropertiesBaseStyle!.Languages!.Val!.Value);
            var headings = main.Document!.Descendants<W.ParagraphStyleId>().Select(s => s.Val!.Value!).Where(s => s.StartsWith("Heading", StringComparison.Ordinal)).Select(s => s[^1] - '0').ToList();
            Assert.Equal(1, headings[0]);
            Assert.All(headings.Zip(headings.Skip(1)), h => Assert.InRange(h.Second, 1, h.First + 1));
            // Each style that is used is there.
            Assert.Subset(main.StyleDefinitionsPart.Styles.Elements<W.Style>().Select(s => s.StyleId!.Value!).ToHashSet(), main.Document.Descendants<W.ParagraphStyleId>().Select(s => s.Val!.Value!).ToHashSet());
            foreach (var table in main.Document.Descendants<W.Table>())
            {
                Assert.NotNull(table.Elements<W.TableRow>().First().TableRowProperties!.GetFirstChild<W.TableHeader>());
                Assert.NotNull(table.GetFirstChild<W.TableProperties>()!.TableDescription);
                Assert.DoesNotContain(table.Descendants<W.TableCell>(), c => c.InnerText.Length == 0);
            }
            Assert.All(main.Document.Descendants<DocProperties>(), d => Assert.Contains(':', d.Description!.Value!));
            // What the contents lead to is there.
            Assert.Subset(main.Document.Descendants<W.BookmarkStart>().Select(b => b.Name!.Value!).ToHashSet(), main.Document.Descendants<W.Hyperlink>().Select(h => h.Anchor!.Value!).ToHashSet());
            var named = main.Document.Descendants<W.BookmarkStart>().ToDictionary(b => b.Name!.Value!, b => b.Parent!.InnerText);
            Assert.All(main.Document.Descendants<W.Hyperlink>(), h => Assert.Equal(h.InnerText, named[h.Anchor!.Value!]));
            if (path.Contains("board", StringComparison.Ordinal)) continue;
            Assert.NotEmpty(main.Document.Descendants<W.Hyperlink>());
            Assert.NotEmpty(main.Document.Descendants<DocProperties>());
        }
    }

    [Theory, Engines]
    public async Task A_comparison_report_holds_what_was_shown_whole_names_what_is_withheld_and_is_noted(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen", "Conwy");
        var questions = host.Instrument.InScope("explore").ToList();
        foreach (var (council, which) in consortium.Councils.Select((c, i) => (c, i)))
        {
            var part = await consortium.OwnAsync(council);
            for (var i = 0; i < Hostile.Length; i++)
            {
                Assert.IsType<SaveOutcome.Saved>(await consortium.SaveAsync(part.Assessment, council.Lead, questions[i].Key, new(Choice.OfLevel(1 + ((i + which) % 5)), i == 0 ? Stance.Fixed : null, which == 0 ? Hostile[i] : $"secret of {council.Name}", null)));
            }
        }
        await consortium.SealAsync(consortium[0], Depth.Everything);
        await consortium.SealAsync(consortium[1], Depth.Questions);
        await consortium.SealAsync(consortium[2], Depth.Areas);
        var reference = $"{consortium.Round:N}";
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");

        using var word = OfficeFile.Word(await OfficeFile.DownloadAsync(lead, Links.Report(ReportSubject.Comparison, reference, "docx")));
        Assert.Equal("ComparisonExported", (await host.TrailAsync())[^1]);
        var text = OfficeFile.Text(word);
        foreach (var typed in Hostile) Assert.Contains(typed, text, StringComparison.Ordinal);
        Assert.Contains("Conwy shows areas alone here", text, StringComparison.Ordinal);
        Assert.Contains("Torfaen: Fixed: a red line. Its notes are withheld.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret of", text, StringComparison.Ordinal);

        using var book = OfficeFile.Workbook(await OfficeFile.DownloadAsync(lead, Links.Report(ReportSubject.Comparison, reference, "xlsx")));
        Assert.Equal(["About", "Scores", "Questions", "Findings", "Comparison"], OfficeFile.Sheets(book));
        var rows = OfficeFile.Rows(book, "Questions");
        for (var i = 0; i < Hostile.Length; i++)
        {
            Assert.Equal((Safe(Hostile[i]), $"{1 + (i % 5)}"), rows.Where(r => r["Key"] == questions[i].Key && r["Partner"] == "Powys").Select(r => (r["Note"], r["Answer"])).Single());
        }
        Assert.All(rows.Where(r => r["Partner"] == "Torfaen"), r => Assert.Equal("Withheld", r["Note"]));
        Assert.All(rows.Where(r => r["Partner"] == "Conwy"), r => Assert.Equal(("Withheld", "Withheld", "Withheld"), (r["Answer"], r["Stance"], r["Note"])));
        Assert.DoesNotContain(OfficeFile.Rows(book, "Findings"), r => r["Partner"] == "Conwy");
        Assert.All(OfficeFile.Rows(book, "Comparison"), r => Assert.Equal("Withheld", r["Conwy"]));
        Assert.Empty(OfficeFile.SheetOf(book, "Questions").Descendants<CellFormula>());

        // Each sees as much as it shows.
        var other = host.NewVisitor();
        await other.SignInAsync(host, "lead@torfaen.gov.uk");
        using var seen = OfficeFile.Word(await OfficeFile.DownloadAsync(other, Links.Report(ReportSubject.Comparison, reference, "docx")));
        Assert.Contains("secret of Torfaen", OfficeFile.Text(seen), StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile[^1], OfficeFile.Text(seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_files_make_the_same_reports_without_a_database()
    {
        using var folder = new TemporaryFolder();
        string[] call = ["score", Repository.WorkedExample, "--stage", "2026-01=explore", "--stage", "2026-07=deliver", "--candidate", "Draymouth Borough Council"];
        foreach (var format in (string[])["docx", "xlsx", "html"])
        {
            var ran = await RaspProcess.RunAsync(folder.Path, [.. call, "--format", format, "--output", $"report.{format}"]);
            Assert.Equal((0, ""), (ran.Status, ran.Error));
        }
        string[] said = ["Results of Brantlow District Council, 2026-07", "Comparison: round 2026-07", "To mend before joining", "The new cabinet has taken over the pledge"];
        using var word = OfficeFile.Word(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "report.docx")));
        Assert.All(said, s => Assert.Contains(s, OfficeFile.Text(word), StringComparison.Ordinal));
        var html = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(Path.Combine(folder.Path, "report.html")));
        Assert.All(said, s => Assert.Contains(s, html, StringComparison.Ordinal));
        using var book = OfficeFile.Workbook(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "report.xlsx")));
        Assert.Equal(["About", "Scores", "Questions", "Answers", "Findings", "Comparison 1", "Comparison 2", "Trends", "Moves", "Floors", "Fit", "Red lines"], OfficeFile.Sheets(book));
        Assert.Equal(7, OfficeFile.Rows(book, "Scores").Count(r => r["Area"] == "Overall"));
    }

    private static string Safe(string typed) => typed[0] is '=' or '+' or '-' or '@' or '\'' ? "'" + typed : typed;

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}

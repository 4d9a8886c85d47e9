using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Spreadsheet;
using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;
using Rasp.Reports;
using Rasp.Tests.Accounts;
using Rasp.Tests.Joinings;
using Rasp.Tests.Programmes;
using Rasp.Trends;

namespace Rasp.Tests.Reports;

/// <summary>
/// Every report in every format, through HTTP: what people typed and may be seen arrives whole and harmless, what is withheld does not arrive at all,
/// and whoever's it is reads that it was taken away.
/// </summary>
public sealed class GoldenReportTests
{
    /// <summary>What people type and what breaks files, once for each of whom it is.</summary>
    private static readonly string[] Hostile =
    [
        "<script>alert(\"1\")</script> & ]]> '", "=HYPERLINK(\"http://evil.example\",\"press\")", "+1", "-2+3", "@cmd", "'quoted", "_x0041_ stays", "a, b; \"c\"",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 👩‍👩‍👧", "שלום (1) עולם & <more>", "مرحبا بالعالم", "two\nlines\n\n\tand a tab", string.Concat(Enumerable.Repeat("ten chars.", 999)) + "the end...",
    ];

    private const string Powys = "=Powys <&\"'> 🏛";
    private const string Torfaen = "עיריית Torfaen";
    private const string Conwy = "Conwy";
    private const string Dyfed = "dyfed";
    private const string Secret = "Nobody is to read this";

    private static readonly string[] Formats = ["docx", "xlsx", "csv", "json", "html"];

    [Theory, Engines]
    public async Task What_was_typed_is_in_every_report_in_every_format_that_should_have_it(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "powys", "torfaen", "conwy");
        await RenameAsync(consortium[0], Powys);
        await RenameAsync(consortium[1], Torfaen);
        await RenameAsync(consortium[2], Conwy);
        var questions = host.Instrument.InScope("explore").Take(Hostile.Length).ToList();
        for (var round = 1; round <= 2; round++)
        {
            await consortium.OpenRoundAsync();
            for (var who = 0; who < 3; who++)
            {
                var part = await consortium.OwnAsync(consortium[who]);
                for (var i = 0; i < Hostile.Length; i++)
                {
                    var note = who == 2 ? Secret : $"{Hostile[i]}";
                    Assert.IsType<SaveOutcome.Saved>(await consortium.SaveAsync(
                        part.Assessment, consortium[who].Lead, questions[i].Key, new(i == 4 ? Choice.DontKnow : Choice.OfLevel(1 + ((i + who + round) % 5)), i % 4 == 0 ? Stance.Fixed : i % 4 == 1 ? Stance.Open : null, note, Hostile[^(i + 1)])));
                }
            }
            await consortium.SealAsync(consortium[0], Depth.Everything);
            await consortium.SealAsync(consortium[1], Depth.Everything);
            await consortium.SealAsync(consortium[2], Depth.Areas);
        }
        var own = new PlanAddress((await consortium.OwnAsync(consortium[0])).Assessment, IsJoint: false);
        var joint = new PlanAddress(consortium.Programme, IsJoint: true);
        foreach (var plan in new[] { own, joint }) await PlanAsync(plan);
        var candidate = await Candidacy.BeginAsync(consortium, "dyfed");
        await candidate.AnswerAsync(host.Instrument.InScope("join").Take(Hostile.Length).Select((q, i) => (q, new StoredAnswer(Choice.OfLevel(1 + (i % 5)), i == 0 ? Stance.Fixed : null, Hostile[i], null))));
        await candidate.SealAsync(Depth.Everything);
        await candidate.ChooseAsync(consortium[0], Depth.Everything);
        await candidate.ChooseAsync(consortium[1], Depth.Everything);
        await candidate.ChooseAsync(consortium[2], Depth.Areas);
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");

        var assessment = own.Id.ToString("N");
        var levels = questions.Select((q, i) => (q.Key, Answer: i == 4 ? "dk" : $"{1 + ((i + 2) % 5)}", Stance: i % 4 == 0 ? "fixed" : i % 4 == 1 ? "open" : "")).ToList();
        foreach (var (subject, reference, choice, names, typed) in ((ReportSubject, string, ReportChoice, string[], string[])[])
        [
            (ReportSubject.Results, assessment, ReportChoice.Full, [Powys], Hostile),
            (ReportSubject.Comparison, $"{consortium.Round:N}", ReportChoice.Full, [Powys, Torfaen, Conwy], Hostile),
            (ReportSubject.Trend, $"{consortium.Programme:N}", new() { Who = Powys }, [Powys], Hostile),
            (ReportSubject.Trend, $"{consortium.Programme:N}", new() { Who = Torfaen }, [Torfaen], Hostile),
            (ReportSubject.Trend, $"{consortium.Programme:N}", new() { Who = TrendView.Partnership }, [Powys, Torfaen, Conwy], []),
            (ReportSubject.Fit, $"{candidate.Round:N}", ReportChoice.Full, [Dyfed, Powys, Torfaen, Conwy], Hostile),
            (ReportSubject.OwnPlan, assessment, ReportChoice.Full, [Powys], [.. Hostile.Where(h => h.Length <= 2000)]),
            (ReportSubject.JointPlan, $"{consortium.Programme:N}", ReportChoice.Full, [Powys, Torfaen], [.. Hostile.Where(h => h.Length <= 2000)]),
        ])
        {
            foreach (var format in Formats)
            {
                var path = Links.Report(subject, reference, format, choice);
                var bytes = await OfficeFile.DownloadAsync(lead, path);
                var (text, isCells) = TextOf(format, bytes);
                // CSV is one table: of a partnership, who it is made of; what is compared in it, of those who show it.
                foreach (var name in names.Where(n => format is not ("csv" or "json") || subject is not (ReportSubject.OwnPlan or ReportSubject.JointPlan) || n == Powys && subject == ReportSubject.JointPlan)) Assert.True(text.Contains(isCells ? Safe(name) : name, StringComparison.Ordinal), $"{path} has not {name}");
                // What the outer face says of results has no notes; that of plans has.
                if (format != "json" || subject is ReportSubject.OwnPlan or ReportSubject.JointPlan)
                {
                    // Behind when and by whom it was written, a note is no formula.
                    foreach (var said in typed) Assert.True(text.Contains(isCells ? Safe(said) : said, StringComparison.Ordinal) || text.Contains($": {said}", StringComparison.Ordinal), $"{path} has not {said[..Math.Min(30, said.Length)]}");
                }
                Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            }
            // Paper has what the file has.
            var printed = await lead.GetAsync(Links.ReportOnPaper(subject, reference, choice));
            Assert.Equal(200, printed.Status);
            foreach (var said in typed.Concat(names)) Assert.Contains(said, printed.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            // A board's page has no notes, in either format.
            foreach (var format in new[] { "docx", "html" })
            {
                var (text, _) = TextOf(format, await OfficeFile.DownloadAsync(lead, Links.Report(subject, reference, format, choice with { Kind = ReportKind.Board })));
                Assert.DoesNotContain(Hostile[11], text, StringComparison.Ordinal);
                Assert.DoesNotContain("the end...", text, StringComparison.Ordinal);
            }
        }

        // Level and stance of each answer, in each kind of data.
        var rows = Csv(await OfficeFile.DownloadAsync(lead, Links.Report(ReportSubject.Trend, $"{consortium.Programme:N}", "csv", new() { Who = Powys })));
        var latest = rows.Select(r => r["Round"]).Max(StringComparer.Ordinal);
        foreach (var (key, answer, stance) in levels) Assert.Equal((answer, stance), rows.Where(r => r["Round"] == latest && r["Key"] == key).Select(r => (r["Answer"], r["Stance"])).Single());
        rows = Csv(await OfficeFile.DownloadAsync(lead, Links.Report(ReportSubject.Comparison, $"{consortium.Round:N}", "csv")));
        foreach (var (key, answer, stance) in levels) Assert.Equal((answer, stance), rows.Where(r => r["Partner"] == Safe(Powys) && r["Key"] == key).Select(r => (r["Answer"], r["Stance"])).Single());
        Assert.All(rows.Where(r => r["Partner"] == Conwy), r => Assert.Equal(("Withheld", "Withheld"), (r["Answer"], r["Note"])));
        using var json = JsonDocument.Parse(await OfficeFile.DownloadAsync(lead, Links.Report(ReportSubject.Trend, $"{consortium.Programme:N}", "json", new() { Who = TrendView.Partnership })));
        Assert.Equal([Powys, Conwy, Torfaen, Powys, Conwy, Torfaen], json.RootElement.GetProperty("assessments").EnumerateArray().Select(a => a.GetProperty("organisation").GetString()!));
        Assert.All(json.RootElement.GetProperty("assessments").EnumerateArray().Where(a => a.GetProperty("organisation").GetString() == Conwy), a => Assert.False(a.TryGetProperty("questions", out _)));
        Assert.Equal([Powys, "The partnership", Torfaen], json.RootElement.GetProperty("trends").EnumerateArray().Select(t => t.GetProperty("organisation").GetString()!).Order(StringComparer.Ordinal));
        var trail = await host.TrailAsync();
        Assert.Contains("FitExported", trail);
        Assert.Contains("ComparisonExported", trail);

        async Task RenameAsync(Council council, string name) => await host.AskAsync(async (OrganisationDesk d) => { await d.RenameAsync(council.Id, council.Lead, name, default); return true; });

        async Task PlanAsync(PlanAddress plan)
        {
            var holder = new Holder(null, consortium[0].Lead);
            Assert.True(await host.AskAsync((PlanDesk d) => d.AddMilestoneAsync(plan, holder, Hostile[1], new(2027, 2, 1), default)));
            var action = (await host.AskAsync((PlanDesk d) => d.AddAsync(plan, holder, new ActionWords { What = Hostile[0], Why = Hostile[11], Person = Hostile[4], Due = new(2026, 12, 2), Owners = plan.IsJoint ? [consortium[0].Id, consortium[1].Id] : [] }, default)))!.Value;
            foreach (var note in Hostile.Where(h => h.Length <= ActionWords.NoteMaxLength)) Assert.True(await host.AskAsync((PlanDesk d) => d.NoteAsync(plan, holder, action, note, default)));
        }
    }

    [Fact]
    public async Task A_report_has_the_sections_that_were_chosen_and_says_what_there_is_where_it_has_not_what_is_asked_for()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var page = await visitor.GetAsync(Links.Report(ReportSubject.Comparison, "example-2026-07"));
        Assert.All(page.Document.QuerySelectorAll("input[name=section]"), i => Assert.True(i.HasAttribute("checked")));

        using var word = OfficeFile.Word(await OfficeFile.DownloadAsync(visitor, $"{Links.Report(ReportSubject.Comparison, "example-2026-07", "docx")}?section=compromises"));
        var text = OfficeFile.Text(word);
        Assert.Contains("Where we could compromise", text, StringComparison.Ordinal);
        Assert.Contains("What this report rests on", text, StringComparison.Ordinal);
        Assert.DoesNotContain("What to talk about (", text, StringComparison.Ordinal);
        using var book = OfficeFile.Workbook(await OfficeFile.DownloadAsync(visitor, $"{Links.Report(ReportSubject.Comparison, "example-2026-07", "xlsx")}?section=together"));
        Assert.Equal(["About", "Scores"], OfficeFile.Sheets(book));
        Assert.All(Csv(await OfficeFile.DownloadAsync(visitor, $"{Links.Report(ReportSubject.Comparison, "example-2026-07", "csv")}?table=scores")), r => Assert.Contains("Score", r.Keys));

        foreach (var (path, says) in new[]
        {
            ("/comparisons/example-2026-07/report.docx?kind=short", "It is full or board"), ("/comparisons/example-2026-07/report.docx?section=strength", "There are together, strengths"),
            ("/comparisons/example-2026-07/report.xlsx?kind=board", "It comes as Word"), ("/comparisons/example-2026-07/report.docx?kind=board&section=compromises", "A summary for a board has none of these sections"),
            ("/comparisons/example-2026-07/report.csv?table=answers", "There are about, scores, questions"), ("/trends/example/report.docx?who=Nobody", "Nobody of that name"), ("/trends/example/report.docx?from=9", "There are 1 and 2"),
            ("/comparisons/example-2026-07/report?kind=short", "It is full or board"), ("/comparisons/example-2026-07/report?format=exe&section=together", "Choose what to make it"), ("/comparisons/example-2026-07/report?format=docx", "Choose at least one section"),
            ("/comparisons/example-2026-07/report?format=csv&kind=board&section=together", "A summary for a board is to be read"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await visitor.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == 400 && body.Contains(says, StringComparison.Ordinal), $"{path} answers {(int)response.StatusCode}: {body[..Math.Min(300, body.Length)]}");
        }
        // What is chosen on the page stands in the address of the file.
        using var sent = new HttpRequestMessage(HttpMethod.Get, "/trends/example/report?kind=board&section=areas&section=moved&format=docx&who=Calvershire+Council&from=1&to=2");
        using var answer = await visitor.SendAsync(sent);
        Assert.Equal("/trends/example/report.docx?kind=board&section=areas&section=moved&who=Calvershire%20Council&from=1&to=2", answer.Headers.Location?.ToString());
        using var board = OfficeFile.Word(await OfficeFile.DownloadAsync(visitor, answer.Headers.Location!.ToString()));
        Assert.Contains("From round 1 to round 2", OfficeFile.Text(board), StringComparison.Ordinal);
        // Its questions stand whole, and the rest is counted.
        using var partnership = OfficeFile.Word(await OfficeFile.DownloadAsync(visitor, Links.Report(ReportSubject.Trend, "example", "docx", ReportChoice.Board)));
        Assert.Matches(@"What rose \(54\):.*\? And 5\d more\.", OfficeFile.Text(partnership));
        Assert.DoesNotContain("…", OfficeFile.Text(partnership), StringComparison.Ordinal);
    }

    /// <summary>A file as its reader sees it; whether it is one whose cells guard against formulas.</summary>
    private static (string Text, bool IsCells) TextOf(string format, byte[] bytes)
    {
        switch (format)
        {
            case "docx":
                using (var word = OfficeFile.Word(bytes)) return (OfficeFile.Text(word), false);
            case "xlsx":
                using (var book = OfficeFile.Workbook(bytes))
                {
                    var text = new StringBuilder();
                    foreach (var sheet in OfficeFile.Sheets(book).Select(s => OfficeFile.SheetOf(book, s)))
                    {
                        Assert.Empty(sheet.Descendants<CellFormula>());
                        Assert.Equal(1, sheet.Descendants<Pane>().Single().VerticalSplit!.Value);
                        Assert.Single(sheet.Elements<AutoFilter>());
                        foreach (var cell in sheet.Descendants<Cell>()) text.Append(OfficeFile.Text(cell)).Append('\n');
                    }
                    return (text.ToString(), true);
                }
            case "csv":
                Assert.All(Csv(bytes).SelectMany(r => r.Values), v => Assert.False(v.Length > 0 && v[0] is '=' or '+' or '-' or '@', v));
                return (string.Join('\n', Csv(bytes).SelectMany(r => r.Values)), true);
            case "json":
                using (var json = JsonDocument.Parse(bytes)) return (string.Join('\n', Texts(json.RootElement)), false);
            default:
                var html = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(bytes));
                Assert.Empty(html.QuerySelectorAll("script"));
                return (html.Body!.TextContent, false);
        }
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    /// <summary>RFC 4180, by its letter: quotes, doubled within, commas and CRLF.</summary>
    private static List<Dictionary<string, string>> Csv(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        var (records, cells, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && text[i] == ',') Next();
            else if (!isQuoted && text[i] == '\r' && text[i + 1] == '\n')
            {
                Next();
                records.Add(cells);
                cells = [];
                i++;
            }
            else cell.Append(text[i]);
        }
        Assert.False(isQuoted);
        Assert.All(records, r => Assert.Equal(records[0].Count, r.Count));
        return [.. records.Skip(1).Select(r => r.Select((c, i) => (Name: records[0][i], Cell: c)).ToDictionary(c => c.Name, c => c.Cell, StringComparer.Ordinal))];

        void Next()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }

    private static string Safe(string text) => text[0] is '=' or '+' or '-' or '@' or '\'' ? "'" + text : text;
}

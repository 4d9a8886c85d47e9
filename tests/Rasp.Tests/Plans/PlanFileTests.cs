using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Rasp.Data.Plans;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Calendar = Ical.Net.Calendar;

namespace Rasp.Tests.Plans;

/// <summary>Plans as files are what other programs make of them: opened again by readers that are not ours, whatever people have typed.</summary>
public sealed class PlanFileTests
{
    private const string Formula = "=HYPERLINK(\"http://evil.example\",\"press\")";
    private const string Awkward = "Ask; the unions, both \\ of them\nand then – «Cyngor Sir Ynys Môn» and so on, as long as it takes until the line has to be folded somewhere 🏴󠁧󠁢󠁷󠁬󠁳󠁿";

    [Theory, Engines]
    public async Task The_workbook_has_real_dates_a_header_that_stays_and_no_formula(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (lead, plan) = await PlannedAsync(host);
        await lead.SubmitAsync(await lead.GetAsync($"{plan}/new"), "Add to the plan", ("Form.What", Formula), ("Form.Why", "+1"), ("Form.Person", "@cmd"), ("Form.Due", "2/12/2026"));
        var page = await lead.SubmitAsync(await lead.GetAsync($"{plan}/new"), "Add to the plan", ("Form.What", Awkward), ("Form.Why", "'quoted"));
        await lead.SubmitAsync(page, "Add the note", ("Note", "-2+3"));

        using var book = SpreadsheetDocument.Open(await BytesAsync(lead, $"{plan}/plan.xlsx"), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var sheet = SheetOf(book, "Actions");
        Assert.Empty(sheet.Descendants<CellFormula>());
        Assert.Equal(1, sheet.Descendants<Pane>().Single().VerticalSplit!.Value);
        Assert.All(sheet.Descendants<Column>().Where(c => c.Min!.Value <= 5), c => Assert.InRange(c.Width!.Value, 10, 80));
        var rows = sheet.Descendants<Row>().Select(r => r.Elements<Cell>().ToDictionary(c => new string([.. c.CellReference!.Value!.Where(char.IsLetter)]), c => c)).ToList();
        var column = rows[0].ToDictionary(c => Text(book, c.Value), c => c.Key);
        var hostile = rows.Single(r => Text(book, r[column["What"]]) == "'" + Formula);
        Assert.Equal(("'+1", "'@cmd", "To do"), (Text(book, hostile[column["Why"]]), Text(book, hostile[column["Person"]]), Text(book, hostile[column["State"]])));
        var due = hostile[column["Due"]];
        Assert.NotEqual(CellValues.String, due.DataType?.Value ?? CellValues.Number);
        Assert.Equal(new(2026, 12, 2), DateTime.FromOADate(double.Parse(due.CellValue!.Text, CultureInfo.InvariantCulture)));
        var format = book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ElementAt((int)due.StyleIndex!.Value).NumberFormatId!.Value;
        Assert.Contains("yy", book.WorkbookPart.WorkbookStylesPart.Stylesheet.NumberingFormats?.Elements<NumberingFormat>().FirstOrDefault(f => f.NumberFormatId! == format)?.FormatCode?.Value ?? (format == 14 ? "yy" : ""), StringComparison.Ordinal);
        var other = rows.Single(r => Text(book, r[column["What"]]).StartsWith("Ask;", StringComparison.Ordinal));
        Assert.Equal((Awkward, "''quoted"), (Text(book, other[column["What"]]).ReplaceLineEndings("\n"), Text(book, other[column["Why"]])));
        Assert.Contains("-2+3", Text(book, other[column["Notes"]]), StringComparison.Ordinal);
        Assert.Equal(["Milestone", "On", "Done", "The board decides", "46431"], SheetOf(book, "Milestones").Descendants<Cell>().Select(c => Text(book, c)).Where(t => t.Length > 0));
    }

    [Theory, Engines]
    public async Task The_calendar_holds_what_is_due_as_whole_days_and_keeps_its_ids(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (lead, plan) = await PlannedAsync(host);
        var page = await lead.SubmitAsync(await lead.GetAsync($"{plan}/new"), "Add to the plan", ("Form.What", Awkward), ("Form.Due", "2/12/2026"));
        await lead.SubmitAsync(await lead.GetAsync($"{plan}/new"), "Add to the plan", ("Form.What", "Done long ago"), ("Form.Due", "2/12/2026"), ("Form.State", "done"));
        await lead.SubmitAsync(await lead.GetAsync($"{plan}/new"), "Add to the plan", ("Form.What", "Some day"));

        var text = Encoding.UTF8.GetString((await BytesAsync(lead, $"{plan}/plan.ics")).ToArray());
        Assert.All(text.Split("\r\n"), l => Assert.InRange(Encoding.UTF8.GetByteCount(l), 0, 75));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        var events = Calendar.Load(text)!.Events.OrderBy(e => e.Start!.Value).ToList();
        Assert.Equal([$"Due: {Awkward}", "Milestone: The board decides"], events.Select(e => e.Summary));
        Assert.All(events, e => Assert.True(e.IsAllDay));
        Assert.Equal((new(2026, 12, 2), new DateTime(2026, 12, 3)), (events[0].Start!.Value, events[0].End!.Value));
        Assert.Equal($"http://rasp.example.gov.uk{page.Path}", events[0].Url!.ToString());

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await lead.SubmitAsync(page, "Save", ("Form.Due", "9/12/2026"));
        var moved = Calendar.Load(Encoding.UTF8.GetString((await BytesAsync(lead, $"{plan}/plan.ics")).ToArray()))!.Events.Single(e => e.Uid == events[0].Uid);
        Assert.Equal((new DateTime(2026, 12, 9), 1), (moved.Start!.Value, moved.Sequence));
    }

    [Fact]
    public async Task Whose_answers_a_joint_plan_tells_of_reads_in_the_trail_that_it_was_taken_away()
    {
        await using var host = await RaspHost.StartAsync();
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Questions));
        var joint = new PlanAddress(consortium.Programme, IsJoint: true);
        var question = host.Instrument.InScope("explore").First();
        await host.AskAsync((PlanDesk d) => d.AddAsync(joint, new(null, consortium[0].Lead), new(question, "Mend it", "Because", 1), consortium.Round, default));
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");
        Assert.Equal(200, (await lead.GetAsync(Links.PlanWorkbook(joint))).Status);
        Assert.Equal("ComparisonExported", (await host.TrailAsync())[^1]);
    }

    private static async Task<(Visitor Lead, string Plan)> PlannedAsync(RaspHost host)
    {
        var one = await Partnership.StartAsync(host, "Aldermere Borough Council");
        await one.OpenRoundAsync();
        var (lead, plan) = (one[one.Councils[0]], $"{await one.PartAsync(one.Councils[0])}/plan");
        await lead.SubmitAsync(await lead.GetAsync($"{plan}/milestones"), "Add the milestone", ("Form.Name", "The board decides"), ("Form.On", "13/2/2027"));
        return (lead, plan);
    }

    private static async Task<MemoryStream> BytesAsync(Visitor visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await visitor.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        return new(await response.Content.ReadAsByteArrayAsync());
    }

    private static Worksheet SheetOf(SpreadsheetDocument book, string name) =>
        ((WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook!.Descendants<Sheet>().Single(s => s.Name == name).Id!)).Worksheet!;

    /// <summary>As Excel shows it: _xHHHH_ stands for a UTF-16 unit (ECMA-376, ST_Xstring).</summary>
    private static string Text(SpreadsheetDocument book, Cell cell) => Regex.Replace(Raw(book, cell), "_x([0-9A-Fa-f]{4})_", m => $"{(char)Convert.ToInt32(m.Groups[1].Value, 16)}");

    private static string Raw(SpreadsheetDocument book, Cell cell) => cell.DataType?.Value == CellValues.SharedString
        ? book.WorkbookPart!.SharedStringTablePart!.SharedStringTable!.Elements<SharedStringItem>().ElementAt(int.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture)).InnerText
        : cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? "";
}

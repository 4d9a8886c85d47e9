using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Rasp.Data.Plans;
using Rasp.Reports;

namespace Rasp.Plans;

/// <summary>A plan as a workbook: real dates, a header row that stays, columns wide enough to read. The same plan is the same file, byte for byte.</summary>
internal static class PlanWorkbook
{
    private const uint Wrapped = 1;
    private const uint Bold = 2;
    private const uint Day = 3;

    public static byte[] Write(SeenPlan plan, IReadOnlyList<SeenNote> notes)
    {
        var (notesOf, milestones) = (notes.ToLookup(n => n.Action), plan.Milestones.ToDictionary(m => m.Id, m => m.Name));
        (string Name, double Width, Func<SeenAction, object?> Value)[] columns =
        [
            ("What", 50, a => a.What),
            ("Why", 50, a => a.Why),
            ("State", 12, a => a.State.Name()),
            ("Due", 12, a => a.Due),
            ("Overdue", 10, a => a.IsOverdue ? "Overdue" : null),
            .. plan.IsJoint ? new (string, double, Func<SeenAction, object?>)[] { ("Taken on by", 30, PlanWords.Owners) } : [],
            ("Person", 24, a => a.Person),
            ("Milestone", 30, a => a.Milestone is { } milestone ? milestones.GetValueOrDefault(milestone) : null),
            ("Area", 24, a => plan.Instrument.Areas.FirstOrDefault(x => x.Key == a.Area)?.Name),
            ("Question", 30, a => a.Question),
            ("Found in", 16, a => a.FoundIn),
            ("Did the answer move?", 40, a => PlanWords.Judged(plan, a)),
            ("Notes", 60, a => string.Join("\n", notesOf[a.Id].Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.At.UtcDateTime:yyyy-MM-dd}{(n.By is null ? null : $" {n.By}")}: {n.Text}")))),
            ("Added", 12, a => DateOnly.FromDateTime(a.AddedAt.UtcDateTime)),
        ];
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            document.ChangeIdOfPart(workbook, "workbook");
            workbook.Workbook = new Workbook(new Sheets());
            workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            Add(workbook, "Actions", columns, plan.Actions);
            Add<Milestone>(workbook, "Milestones", [("Milestone", 50, m => m.Name), ("On", 12, m => m.On), ("Done", 10, m => m.IsDone ? "Done" : null)], plan.Milestones);
        }
        // The moment at which it was packed says nothing.
        using (var parts = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var part in parts.Entries) part.LastWriteTime = new(plan.Today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }
        return bytes.ToArray();
    }

    private static void Add<T>(WorkbookPart workbook, string name, IReadOnlyList<(string Name, double Width, Func<T, object?> Value)> columns, IReadOnlyList<T> rows)
    {
        var sheets = workbook.Workbook!.GetFirstChild<Sheets>()!;
        var number = (uint)sheets.ChildElements.Count + 1;
        var part = workbook.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"sheet{number}"));
        var data = new SheetData(new Row(columns.Select((c, i) => CellOf(i, 1, c.Name, Bold))) { RowIndex = 1 });
        for (var i = 0; i < rows.Count; i++)
        {
            var at = (uint)i + 2;
            data.Append(new Row(columns.Select((c, x) => CellOf(x, at, c.Value(rows[(int)at - 2]), Wrapped))) { RowIndex = at });
        }
        var pane = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        part.Worksheet = new Worksheet(
            new SheetViews(new SheetView(pane, new Selection { Pane = PaneValues.BottomLeft, ActiveCell = "A2", SequenceOfReferences = new() { InnerText = "A2" } }) { WorkbookViewId = 0 }),
            new Columns(columns.Select((c, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = c.Width, CustomWidth = true })),
            data);
        sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = number, Name = name });
    }

    private static Cell CellOf(int column, uint row, object? value, uint style)
    {
        var reference = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{row}");
        if (value is DateOnly day) return new(new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture))) { CellReference = reference, StyleIndex = Day };
        if (value is not string { Length: > 0 } text) return new() { CellReference = reference };
        return new(new InlineString(new Text(FileText.ForCell(text)) { Space = SpaceProcessingModeValues.Preserve })) { CellReference = reference, DataType = CellValues.InlineString, StyleIndex = style };
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd" }),
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat { FormatId = 0 },
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FormatId = 0, ApplyAlignment = true },
            new CellFormat { FormatId = 0, FontId = 1, ApplyFont = true },
            new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top }) { FormatId = 0, NumberFormatId = 164, ApplyNumberFormat = true, ApplyAlignment = true }));
}

using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Rasp.Reports;

/// <summary>A report as a workbook: a tidy table a sheet, numbers that are numbers, a header row that stays and filters. The same report is the same file, byte for byte.</summary>
internal static class WorkbookReport
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const uint Wrapped = 1;
    private const uint Bold = 2;
    private const uint Plain = 3;
    private const uint Whole = 4;
    private const uint Share = 5;

    public static byte[] Write(Report report)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            document.ChangeIdOfPart(workbook, "workbook");
            workbook.Workbook = new Workbook(new Sheets(), new DefinedNames());
            workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            var core = document.AddCoreFilePropertiesPart();
            document.ChangeIdOfPart(core, "core");
            WordParts.Add(core, WordParts.Core(report.Title, report.Subtitle, report.MadeAt));
            foreach (var table in report.Sheets) Add(workbook, table);
        }
        // The moment at which it was packed says nothing.
        using (var parts = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var part in parts.Entries) part.LastWriteTime = new(report.MadeAt.UtcDateTime.Date, TimeSpan.Zero);
        }
        return bytes.ToArray();
    }

    private static void Add(WorkbookPart workbook, ReportTable table)
    {
        var sheets = workbook.Workbook!.GetFirstChild<Sheets>()!;
        var number = (uint)sheets.ChildElements.Count + 1;
        var part = workbook.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"sheet{number}"));
        var data = new SheetData(new Row(table.Columns.Select((c, i) => CellOf(i, 1, c.Name, Bold))) { RowIndex = 1 });
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var at = (uint)i + 2;
            data.Append(new Row(table.Rows[i].Select((c, x) => CellOf(x, at, c, Wrapped))) { RowIndex = at });
        }
        var (last, rows) = (Letters(table.Columns.Count - 1), table.Rows.Count + 1);
        var pane = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        part.Worksheet = new Worksheet(
            new SheetViews(new SheetView(pane, new Selection { Pane = PaneValues.BottomLeft, ActiveCell = "A2", SequenceOfReferences = new() { InnerText = "A2" } }) { WorkbookViewId = 0 }),
            new Columns(table.Columns.Select((c, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = c.Width, CustomWidth = true })),
            data,
            new AutoFilter { Reference = string.Create(CultureInfo.InvariantCulture, $"A1:{last}{rows}") });
        sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = number, Name = table.Name });
        // What Excel itself writes beside a filter.
        workbook.Workbook.DefinedNames!.Append(new DefinedName(string.Create(CultureInfo.InvariantCulture, $"'{table.Name}'!$A$1:${last}${rows}")) { Name = "_xlnm._FilterDatabase", LocalSheetId = number - 1, Hidden = true });
    }

    private static Cell CellOf(int column, uint row, ReportCell value, uint style)
    {
        var reference = string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{row}");
        if (value.Number is { } number)
        {
            var looks = value.Kind switch
            {
                NumberKind.Plain => Plain,
                NumberKind.Score => Whole,
                NumberKind.Share => Share,
            };
            return new(new CellValue(number.ToString("R", CultureInfo.InvariantCulture))) { CellReference = reference, StyleIndex = looks };
        }
        return value.Text!.Length == 0
            ? new() { CellReference = reference }
            : new(new InlineString(new Text(FileText.ForCell(value.Text)) { Space = SpaceProcessingModeValues.Preserve })) { CellReference = reference, DataType = CellValues.InlineString, StyleIndex = style };
    }

    /// <summary>A, B, … Z, AA, AB, …</summary>
    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + Letters(column % 26);

    private static Stylesheet Styles()
    {
        return new(
            new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat { FormatId = 0 },
                new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FormatId = 0, ApplyAlignment = true },
                new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FormatId = 0, FontId = 1, ApplyFont = true, ApplyAlignment = true },
                Numbers(0), Numbers(1), Numbers(9)));

        static CellFormat Numbers(uint format) => new(new Alignment { Vertical = VerticalAlignmentValues.Top }) { FormatId = 0, NumberFormatId = format, ApplyNumberFormat = true, ApplyAlignment = true };
    }
}

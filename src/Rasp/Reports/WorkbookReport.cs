using System.Globalization;
using System.Text;
using System.Xml;

namespace Rasp.Reports;

/// <summary>
/// A report as a workbook: a tidy table a sheet, numbers and dates that are such, a header row that stays and filters. Written cell by cell, so that
/// many rows take no memory. The same report is the same file, byte for byte, but for its signature.
/// </summary>
internal static class WorkbookReport
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>Places in the list of formats within the styles.</summary>
    private const string Wrapped = "1";

    private const string Bold = "2";
    private const string Plain = "3";
    private const string Whole = "4";
    private const string Share = "5";
    private const string Day = "6";

    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.None };

    private static readonly string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="7"><xf xfId="0"/>
        <xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        {Number("0")}{Number("1")}{Number("9")}{Number("164")}</cellXfs></styleSheet>
        """;

    public static void Write(Report report, Stream to)
    {
        var sheets = report.Sheets.Select((s, i) => (Table: s, Number: i + 1, Part: string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{i + 1}.xml"))).ToList();
        using var package = new OfficePackage(to, report.MadeAt,
            [("xl/workbook.xml", Type + "sheet.main+xml"), ("xl/styles.xml", Type + "styles+xml"), ("docProps/core.xml", OfficePackage.Kinds.CoreType), .. sheets.Select(s => (s.Part, Type + "worksheet+xml"))], report.Sign);
        package.Relate(null, [("workbook", OfficePackage.Kinds.Document, "xl/workbook.xml"), ("core", OfficePackage.Kinds.Core, "docProps/core.xml")]);
        package.Add("docProps/core.xml", WordParts.Core(report.Title, report.Subtitle, report.MadeAt));
        package.Add("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{string.Concat(sheets.Select(s => string.Create(CultureInfo.InvariantCulture, $"""<sheet name="{WordParts.Escaped(s.Table.Name)}" sheetId="{s.Number}" r:id="sheet{s.Number}"/>""")))}</sheets>
            <definedNames>{string.Concat(sheets.Select(s => string.Create(CultureInfo.InvariantCulture, $"""<definedName name="_xlnm._FilterDatabase" localSheetId="{s.Number - 1}" hidden="1">'{WordParts.Escaped(s.Table.Name)}'!$A$1:${Letters(s.Table.Columns.Count - 1)}${s.Table.Rows.Count + 1}</definedName>""")))}</definedNames></workbook>
            """);
        package.Relate("xl/workbook.xml", [("styles", OfficePackage.Kinds.Office + "styles", "styles.xml"), .. sheets.Select(s => string.Create(CultureInfo.InvariantCulture, $"sheet{s.Number}")).Select(s => (s, OfficePackage.Kinds.Office + "worksheet", $"worksheets/{s}.xml"))]);
        package.Add("xl/styles.xml", Styles);
        foreach (var (table, _, part) in sheets)
        {
            using var stream = package.Open(part);
            using var xml = XmlWriter.Create(stream, Xml);
            Sheet(xml, table);
        }
    }

    private static void Sheet(XmlWriter xml, ReportTable table)
    {
        var columns = Enumerable.Range(0, table.Columns.Count).Select(Letters).ToList();
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><cols>""");
        for (var i = 0; i < columns.Count; i++) xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{table.Columns[i].Width}" customWidth="1"/>"""));
        xml.WriteRaw("</cols><sheetData>");
        Row(xml, columns, 1, [.. table.Columns.Select(c => (ReportCell)c.Name)], Bold);
        for (var i = 0; i < table.Rows.Count; i++) Row(xml, columns, i + 2, table.Rows[i], Wrapped);
        xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""</sheetData><autoFilter ref="A1:{columns[^1]}{table.Rows.Count + 1}"/>"""));
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Row(XmlWriter xml, List<string> columns, int number, IReadOnlyList<ReportCell> cells, string style)
    {
        var at = number.ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", at);
        for (var i = 0; i < cells.Count; i++)
        {
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", columns[i] + at);
            if (cells[i].Number is { } value)
            {
                xml.WriteAttributeString("s", cells[i].Kind switch { NumberKind.Plain => Plain, NumberKind.Score => Whole, NumberKind.Share => Share, NumberKind.Day => Day });
                xml.WriteElementString("v", Main, ReportCell.Exact(value));
            }
            else if (cells[i].Text!.Length > 0)
            {
                xml.WriteAttributeString("s", style);
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteStartElement("t", Main);
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(FileText.ForCell(cells[i].Text!));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>A, B, … Z, AA, AB, …</summary>
    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + Letters(column % 26);

    private static string Number(string format) => $"""<xf xfId="0" numFmtId="{format}" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>""";
}

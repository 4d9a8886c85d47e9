using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Rasp.Readiness;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace Rasp.Reports;

/// <summary>
/// A report as a Word document: real headings, contents that lead to them, tables whose header rows repeat, charts that say what they show. The
/// same report is the same file, byte for byte, but for its signature.
/// </summary>
internal sealed class WordReport
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>A4 with margins of 2 cm, a board's page of 1.5 cm, in twentieths of a point.</summary>
    public const int PageWidth = 11906;

    private const int PageHeight = 16838;
    /// <summary>In a twentieth of a point.</summary>
    private const long EnglishMetricUnits = 635;

    private const long ChartHeightOfABar = 300_000;

    /// <summary>More of a title would take a second line from every page.</summary>
    private const int MostOfFoot = 90;

    private const string Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Report report;
    private readonly OpenXmlWriter body;
    private int bookmarks;
    private uint drawings;

    private WordReport(Report report, OpenXmlWriter body) => (this.report, this.body) = (report, body);

    public static void Write(Report report, Stream to)
    {
        var charts = report.Blocks.OfType<Block.Bars>().Select((c, i) => (Chart: c, Id: ChartId(i + 1))).ToList();
        using var package = new OfficePackage(to, report.MadeAt,
        [
            ("word/document.xml", Type + "document.main+xml"), ("word/styles.xml", Type + "styles+xml"), ("word/numbering.xml", Type + "numbering+xml"), ("word/settings.xml", Type + "settings+xml"),
            ("word/footer.xml", Type + "footer+xml"), ("docProps/core.xml", OfficePackage.Kinds.CoreType), .. charts.Select(c => ($"word/charts/{c.Id}.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")),
        ], report.Sign);
        package.Relate(null, [("document", OfficePackage.Kinds.Document, "word/document.xml"), ("core", OfficePackage.Kinds.Core, "docProps/core.xml")]);
        package.Add("docProps/core.xml", WordParts.Core(report.Title, report.Subtitle, report.MadeAt));
        package.Relate("word/document.xml",
        [
            .. ((string[])["styles", "numbering", "settings", "footer"]).Select(id => (id, OfficePackage.Kinds.Office + id, $"{id}.xml")), .. charts.Select(c => (c.Id, OfficePackage.Kinds.Office + "chart", $"charts/{c.Id}.xml")),
        ]);
        package.Add("word/styles.xml", WordParts.Styles(report.Kind, report.Title));
        package.Add("word/numbering.xml", WordParts.Numbering);
        package.Add("word/settings.xml", WordParts.Settings);
        package.Add("word/footer.xml", WordParts.Footer(Shown.Start(report.Title, MostOfFoot)!));
        foreach (var (chart, id) in charts) package.Add($"word/charts/{id}.xml", WordParts.Chart(chart));
        using var stream = package.Open("word/document.xml");
        using var writer = OpenXmlWriter.Create(stream, Utf8);
        writer.WriteStartDocument(standalone: true);
        new WordReport(report, writer).WriteBody();
    }

    private void WriteBody()
    {
        body.WriteStartElement(new Document());
        body.WriteStartElement(new Body());
        Append(Styled("Title", report.Title));
        Append(Styled("Subtitle", report.Subtitle));
        if (report.Kind == ReportKind.Board)
        {
            Append(Styled("Fact", ReportWords.InBrief(report.Facts)));
        }
        else
        {
            Heading(1, "What this report rests on");
            foreach (var (name, value) in report.Facts) Append(Led("Fact", $"{name}:", value));
            Contents();
        }
        foreach (var block in report.Blocks) Write(block);
        Heading(1, Reading);
        Bullets(report.Reading);
        Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = "footer" },
            new PageSize { Width = PageWidth, Height = PageHeight },
            new PageMargin { Top = Margin(report.Kind), Right = (uint)Margin(report.Kind), Bottom = Margin(report.Kind), Left = (uint)Margin(report.Kind), Header = 567, Footer = 567, Gutter = 0 }));
        body.WriteEndElement();
        body.WriteEndElement();
    }

    private static int Margin(ReportKind kind) => kind == ReportKind.Board ? 850 : 1134;

    public static int TextWidth(ReportKind kind) => PageWidth - (2 * Margin(kind));

    /// <summary>What is written is forgotten.</summary>
    private void Append(OpenXmlElement element) => body.WriteElement(element);

    private const string Reading = "How to read this";

    private void Write(Block block)
    {
        switch (block)
        {
            case Block.Heading heading: Heading(heading.Level, heading.Text); break;
            case Block.Paragraph { Lead: null } paragraph: Append(Styled(null, paragraph.Text)); break;
            case Block.Paragraph paragraph: Append(Led(null, paragraph.Lead, paragraph.Text)); break;
            case Block.Typed typed: Typed(typed); break;
            case Block.Bullets bullets: Bullets(bullets.Items); break;
            case Block.Tabular tabular: Table(tabular.Table); break;
            case Block.Bars bars: Bars(bars); break;
        }
    }

    /// <summary>The first headings, each a link: no page numbers, as nothing here knows where Word will break pages.</summary>
    private void Contents()
    {
        Heading(1, "Contents");
        // Every heading that follows has the next bookmark, those that don't stand here too.
        var entries = report.Blocks.OfType<Block.Heading>().Append(new(1, Reading)).Select((h, i) => (h.Level, h.Text, Place: Bookmark(bookmarks + 1 + i))).Where(h => h.Level <= report.ContentsDepth).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = $"TOC{entries[i].Level}" }));
            if (i == 0) paragraph.Append(new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldCode(string.Create(CultureInfo.InvariantCulture, $" TOC \\o \"1-{report.ContentsDepth}\" \\n \\h \\z \\u ")) { Space = SpaceProcessingModeValues.Preserve }), new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }));
            paragraph.Append(new Hyperlink(RunOf(entries[i].Text)) { Anchor = entries[i].Place, History = true });
            if (i == entries.Count - 1) paragraph.Append(new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
            Append(paragraph);
        }
    }

    private void Heading(int level, string text)
    {
        var id = (++bookmarks).ToString(CultureInfo.InvariantCulture);
        Append(new Paragraph(
            new ParagraphProperties(new ParagraphStyleId { Val = $"Heading{level}" }),
            new BookmarkStart { Id = id, Name = Bookmark(bookmarks) }, RunOf(text), new BookmarkEnd { Id = id }));
    }

    private static string ChartId(int number) => string.Create(CultureInfo.InvariantCulture, $"chart{number}");

    private static string Bookmark(int number) => string.Create(CultureInfo.InvariantCulture, $"_Toc{number:000000}");

    private void Typed(Block.Typed typed)
    {
        if (!FileText.IsRightToLeft(typed.Text))
        {
            Append(Led("Quote", $"{typed.By}:", typed.Text));
            return;
        }
        Append(Led("Quote", $"{typed.By}:", ""));
        var run = RunOf(typed.Text);
        run.PrependChild(new RunProperties(new RightToLeftText()));
        Append(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Quote" }, new BiDi()), run));
    }

    private void Bullets(IReadOnlyList<string> items)
    {
        foreach (var item in items) Append(Styled("ListBullet", item));
    }

    /// <summary>With more columns, text in a table is set smaller.</summary>
    private const int MostColumns = 5;

    private void Table(ReportTable table)
    {
        var whole = table.Columns.Sum(c => c.Width);
        var widths = table.Columns.Select(c => ((int)(TextWidth(report.Kind) * c.Width / whole)).ToString(CultureInfo.InvariantCulture)).ToList();
        // Words of many columns would break within: they are set smaller, and closer to the edges.
        var isNarrow = table.Columns.Count > MostColumns;
        var style = isNarrow ? "TableTextNarrow" : "TableText";
        var written = new Table(
            new TableProperties(
                new TableStyle { Val = "RaspTable" },
                new TableWidth { Width = TextWidth(report.Kind).ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = (short)(isNarrow ? 40 : 108), Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = (short)(isNarrow ? 40 : 108), Type = TableWidthValues.Dxa }),
                new TableLook { Val = "04A0", FirstRow = true, LastRow = false, FirstColumn = true, LastColumn = false, NoHorizontalBand = false, NoVerticalBand = true },
                new TableCaption { Val = FileText.ForXml(table.Name) },
                new TableDescription { Val = FileText.ForXml(table.Words) }),
            new TableGrid(widths.Select(w => new GridColumn { Width = w })),
            new TableRow(
                [new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Columns.Select((c, i) => CellOf(widths[i], style, c.Name))]));
        foreach (var row in table.Rows)
        {
            written.Append(new TableRow([new TableRowProperties(new CantSplit()), .. row.Select((c, i) => (OpenXmlElement)CellOf(widths[i], style, c.InWords() is { Length: > 0 } words ? words : "–"))]));
        }
        Append(written);
        Append(Styled("AfterTable", ""));
    }

    private static TableCell CellOf(string width, string style, string text) =>
        new(new TableCellProperties(new TableCellWidth { Width = width, Type = TableWidthUnitValues.Dxa }), Styled(style, text));

    /// <summary>A chart that Word draws itself, so that it stays sharp and can be restyled; the numbers stand in the table below it too.</summary>
    private void Bars(Block.Bars bars)
    {
        var number = ++drawings;
        var height = ChartHeightOfABar * ((bars.Categories.Count * Math.Max(1, bars.Series.Count)) + 3);
        Append(new Paragraph(
            new ParagraphProperties(new KeepNext()),
            new Run(new Drawing(new D.Inline(
                new D.Extent { Cx = TextWidth(report.Kind) * EnglishMetricUnits, Cy = Math.Min(height, 7_000_000) },
                new D.DocProperties { Id = number, Name = FileText.ForXml(bars.Name), Description = FileText.ForXml($"{bars.Name}. {bars.Words}") },
                new A.Graphic(new A.GraphicData(new C.ChartReference { Id = ChartId((int)number) }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
            { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 }))));
        Append(Styled("Caption", bars.Name));
    }

    private static Paragraph Styled(string? style, string text)
    {
        var paragraph = new Paragraph();
        if (style is not null) paragraph.Append(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        if (text.Length > 0) paragraph.Append(RunOf(text));
        return paragraph;
    }

    private static Paragraph Led(string? style, string lead, string text)
    {
        var paragraph = Styled(style, "");
        var bold = RunOf(text.Length > 0 ? lead + " " : lead);
        bold.PrependChild(new RunProperties(new Bold()));
        paragraph.Append(bold);
        if (text.Length > 0) paragraph.Append(RunOf(text));
        return paragraph;
    }

    private static Run RunOf(string text)
    {
        var run = new Run();
        var lines = FileText.ForXml(text).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) run.Append(new Break());
            var columns = lines[i].Split('\t');
            for (var x = 0; x < columns.Length; x++)
            {
                if (x > 0) run.Append(new TabChar());
                if (columns[x].Length > 0) run.Append(new Text(columns[x]) { Space = SpaceProcessingModeValues.Preserve });
            }
        }
        return run;
    }
}

using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Rasp.Reports;

/// <summary>What a Word document has beside its text: how it looks, what its lists and its foot are like, its title and language, its charts.</summary>
internal static class WordParts
{
    private const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>Blue, orange, green, purple: told apart in grey too, and each is named.</summary>
    private static readonly string[] Colours = ["1D70B8", "F47738", "00703C", "4C2C92"];

    /// <summary>Of one of several for whom there are bars.</summary>
    public static string Colour(int series) => Colours[series % Colours.Length];

    /// <summary>A board's page has smaller headings: there is one page. So has a long title.</summary>
    public static string Styles(ReportKind kind, string title) => $"""
        <w:styles xmlns:w="{W}">
        <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:sz w:val="{Size(kind)}"/><w:szCs w:val="{Size(kind)}"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
        <w:pPrDefault><w:pPr><w:spacing w:after="{(kind == ReportKind.Board ? "80" : "120")}" w:line="{(kind == ReportKind.Board ? "252" : "264")}" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
        <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
        {Paragraph("Title", "Title", "<w:spacing w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>", $"<w:b/><w:bCs/><w:sz w:val=\"{TitleSize(kind, title)}\"/><w:szCs w:val=\"{TitleSize(kind, title)}\"/>")}
        {Paragraph("Subtitle", "Subtitle", "<w:spacing w:after=\"200\"/>", "<w:color w:val=\"505A5F\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>")}
        {(kind == ReportKind.Board ? Paragraph("Heading1", "heading 1", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"120\" w:after=\"40\"/><w:outlineLvl w:val=\"0\"/>", "<w:b/><w:bCs/><w:sz w:val=\"25\"/><w:szCs w:val=\"25\"/>") : Paragraph("Heading1", "heading 1", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"400\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>", "<w:b/><w:bCs/><w:sz w:val=\"34\"/><w:szCs w:val=\"34\"/>"))}
        {Paragraph("Heading2", "heading 2", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>", "<w:b/><w:bCs/><w:sz w:val=\"27\"/><w:szCs w:val=\"27\"/>")}
        {Paragraph("Heading3", "heading 3", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"220\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>", "<w:b/><w:bCs/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>")}
        {Paragraph("Heading4", "heading 4", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"3\"/>", "<w:b/><w:bCs/><w:i/><w:iCs/>")}
        {Paragraph("TOC1", "toc 1", "<w:spacing w:before=\"60\" w:after=\"20\"/>", "<w:b/><w:bCs/>")}
        {Paragraph("TOC2", "toc 2", "<w:spacing w:after=\"20\"/><w:ind w:left=\"284\"/>", "")}
        {Paragraph("ListBullet", "List Bullet", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/>", "")}
        {Paragraph("Quote", "Quote", "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"B1B4B6\"/></w:pBdr><w:ind w:left=\"284\"/>", "")}
        {Paragraph("Caption", "caption", "<w:spacing w:after=\"160\"/>", "<w:color w:val=\"505A5F\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>")}
        {Paragraph("Footer", "footer", $"<w:tabs><w:tab w:val=\"right\" w:pos=\"{WordReport.TextWidth(kind).ToString(CultureInfo.InvariantCulture)}\"/></w:tabs><w:spacing w:after=\"0\"/>", "<w:color w:val=\"505A5F\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>")}
        {Paragraph("Fact", "Fact", "<w:spacing w:after=\"40\"/>", "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>")}
        {Paragraph("TableText", "Table Text", "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>")}
        {Paragraph("TableTextNarrow", "Table Text Narrow", "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>")}
        {Paragraph("AfterTable", "After Table", "<w:spacing w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>", "")}
        <w:style w:type="table" w:customStyle="1" w:styleId="RaspTable"><w:name w:val="Rasp Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
        <w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="0B0C0C"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="0B0C0C"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/></w:tblBorders></w:tblPr>
        <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E6EBF0"/></w:tcPr></w:tblStylePr>
        <w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>
        </w:styles>
        """;

    public static string Numbering { get; } = $"""
        <w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
        """;

    public static string Settings { get; } = $"""
        <w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>
        """;

    /// <summary>The title at every page's foot, and which page of how many it is.</summary>
    public static string Footer(string title)
    {
        return $"""<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{Run(title)}<w:r><w:tab/></w:r>{Run("Page ")}{Field("PAGE")}{Run(" of ")}{Field("NUMPAGES")}</w:p></w:ftr>""";

        static string Run(string text) => $"""<w:r><w:t xml:space="preserve">{Escaped(text)}</w:t></w:r>""";
        static string Field(string name) => $"""<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>""";
    }

    public static string Core(string title, string subject, DateTimeOffset madeAt)
    {
        var made = madeAt.UtcDateTime.Date.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"""
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{Escaped(title)}</dc:title><dc:subject>{Escaped(subject)}</dc:subject><dc:creator>Rasp</dc:creator><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified></cp:coreProperties>
            """;
    }

    /// <summary>Bars that lie, from 0 to 100, in the order of the categories.</summary>
    public static string Chart(Block.Bars bars)
    {
        var xml = new StringBuilder("""<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:lang val="en-GB"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>""");
        for (var i = 0; i < bars.Series.Count; i++)
        {
            var (name, values) = bars.Series[i];
            xml.Append(CultureInfo.InvariantCulture, $"""<c:ser><c:idx val="{i}"/><c:order val="{i}"/><c:tx><c:v>{Escaped(name)}</c:v></c:tx><c:spPr><a:solidFill><a:srgbClr val="{Colour(i)}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="0" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>""");
            xml.Append(CultureInfo.InvariantCulture, $"""<c:cat><c:strLit><c:ptCount val="{bars.Categories.Count}"/>""");
            for (var at = 0; at < bars.Categories.Count; at++) xml.Append(CultureInfo.InvariantCulture, $"""<c:pt idx="{at}"><c:v>{Escaped(bars.Categories[at])}</c:v></c:pt>""");
            xml.Append(CultureInfo.InvariantCulture, $"""</c:strLit></c:cat><c:val><c:numLit><c:formatCode>0</c:formatCode><c:ptCount val="{bars.Categories.Count}"/>""");
            for (var at = 0; at < values.Count; at++)
            {
                if (values[at] is { } value) xml.Append(CultureInfo.InvariantCulture, $"""<c:pt idx="{at}"><c:v>{value:0.######}</c:v></c:pt>""");
            }
            xml.Append("</c:numLit></c:val></c:ser>");
        }
        return xml.Append("""<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="100"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln><a:solidFill><a:srgbClr val="B1B4B6"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="max"/><c:majorUnit val="25"/></c:valAx></c:plotArea>""")
            .Append(bars.Series.Count > 1 ? """<c:legend><c:legendPos val="b"/></c:legend>""" : "")
            .Append("""<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>""").ToString();
    }

    /// <summary>Of the text, in half points.</summary>
    private static string Size(ReportKind kind) => kind == ReportKind.Board ? "19" : "22";

    private static string TitleSize(ReportKind kind, string title) => title.Length > 120 ? "26" : title.Length > 60 ? "34" : kind == ReportKind.Board ? "40" : "44";

    private static string Paragraph(string id, string name, string paragraph, string run) =>
        $"""<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="{(id is "ListBullet" or "TableText" or "TableTextNarrow" ? id : "Normal")}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>""";

    public static string Escaped(string text) => new XText(FileText.ForXml(text)).ToString();
}

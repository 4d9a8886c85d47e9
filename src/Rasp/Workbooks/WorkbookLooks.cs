using DocumentFormat.OpenXml.Spreadsheet;

namespace Rasp.Workbooks;

/// <summary>How cells of an answer workbook look, by number.</summary>
internal static class WorkbookLooks
{
    public const uint Plain = 0;
    public const uint Title = 1;
    public const uint Subtitle = 2;
    public const uint Heading = 3;
    public const uint Label = 4;
    public const uint Text = 5;
    public const uint Strong = 6;
    public const uint Header = 7;
    public const uint Theme = 8;
    public const uint Link = 9;
    public const uint Line = 10;
    public const uint Hint = 11;

    /// <summary>Where somebody types: not locked, and text whatever is typed.</summary>
    public const uint Input = 12;

    private const uint TextFormat = 49;
    private const string Raspberry = "FF8A1250";
    private const string White = "FFFFFFFF";
    private const string Grey = "FF505A5F";

    public static Stylesheet Styles() => new(
        new Fonts(Font(11), Font(20, bold: true, Raspberry), Font(12, colour: Grey), Font(14, bold: true), Font(11, bold: true), Font(11, bold: true, White), Font(11, colour: "FF1D70B8", underlined: true), Font(11, colour: Grey)),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), Solid(Raspberry), Solid("FFF3E7ED"), Solid("FFFFF7DB")),
        new Borders(new Border(), new Border(new LeftBorder(Edge()) { Style = BorderStyleValues.Thin }, new RightBorder(Edge()) { Style = BorderStyleValues.Thin }, new TopBorder(Edge()) { Style = BorderStyleValues.Thin }, new BottomBorder(Edge()) { Style = BorderStyleValues.Thin }, new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat { FormatId = 0 },
            Look(font: 1),
            Look(font: 2),
            Look(font: 3),
            Look(font: 4),
            Look(wraps: true, indent: 1),
            Look(font: 4, wraps: true),
            Look(font: 5, fill: 2, wraps: true),
            Look(font: 4, fill: 3),
            Look(font: 6),
            Look(),
            Look(font: 7),
            Look(fill: 4, border: 1, wraps: true, isInput: true)),
        new DifferentialFormats(new DifferentialFormat(new Fill(new PatternFill(new BackgroundColor { Rgb = "FFDDEFE6" })))) { Count = 1 });

    private static CellFormat Look(uint font = 0, uint fill = 0, uint border = 0, bool wraps = false, bool isInput = false, uint? indent = null)
    {
        var look = new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = wraps ? true : null, Horizontal = indent is null ? null : HorizontalAlignmentValues.Left, Indent = indent })
        {
            FormatId = 0,
            FontId = font,
            FillId = fill,
            BorderId = border,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        };
        if (!isInput) return look;
        (look.NumberFormatId, look.ApplyNumberFormat, look.ApplyProtection) = (TextFormat, true, true);
        look.Append(new Protection { Locked = false });
        return look;
    }

    private static Font Font(double size, bool bold = false, string? colour = null, bool underlined = false)
    {
        var font = new Font();
        if (bold) font.Append(new Bold());
        if (underlined) font.Append(new Underline());
        font.Append(new FontSize { Val = size });
        if (colour is not null) font.Append(new Color { Rgb = colour });
        font.Append(new FontName { Val = "Calibri" });
        return font;
    }

    private static Fill Solid(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static Color Edge() => new() { Rgb = Grey };
}

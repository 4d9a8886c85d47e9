using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Rasp.Charts;

/// <summary>
/// A picture that says in words what it shows. Every text is escaped here; looks come by class alone, as the security policy
/// forbids style attributes. Across, positions are shares (0–100) of the container's width, so that text keeps its size when
/// the picture narrows; down, they are CSS pixels.
/// </summary>
public sealed class Svg : IHtmlContent
{
    private readonly StringBuilder text = new();
    private readonly int height;

    /// <summary>Begins a picture.</summary>
    /// <param name="class">Its block.</param>
    /// <param name="id">Unique on its page.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows, for whoever does not see it.</param>
    /// <param name="height">In CSS pixels.</param>
    public Svg(string @class, string id, string title, string description, int height)
    {
        this.height = height;
        Open("svg", ("class", @class), ("width", "100%"), ("height", Number(height)), ("role", "img"), ("aria-labelledby", $"{id}-t {id}-d"));
        Element("title", title, ("id", $"{id}-t"));
        Element("desc", description, ("id", $"{id}-d"));
    }

    /// <summary>Lines and boxes: see <see cref="Pen"/>.</summary>
    public Svg Draw(Action<Pen> strokes)
    {
        Open("svg", ("width", "100%"), ("height", Number(height)), ("viewBox", $"0 0 100 {Number(height)}"), ("preserveAspectRatio", "none"));
        strokes(new Pen(this));
        return Close("svg");
    }

    public Svg Dot(string @class, double x, int y, int radius) => Empty("circle", ("class", @class), ("cx", Percent(x)), ("cy", Number(y)), ("r", Number(radius)));

    /// <summary>A path whose coordinates are pixels from a point.</summary>
    public Svg Shape(string @class, double x, int y, string path)
    {
        Open("svg", ("x", Percent(x)), ("y", Number(y)), ("overflow", "visible"));
        Empty("path", ("class", @class), ("d", path));
        return Close("svg");
    }

    /// <summary>A line of text that begins so many pixels right of <paramref name="x"/>, with its baseline at <paramref name="y"/>.</summary>
    public Svg Text(double x, int y, string words, int indent = 0) =>
        indent == 0
            ? Element("text", words, ("x", Percent(x)), ("y", Number(y)))
            : Element("text", words, ("x", Percent(x)), ("y", Number(y)), ("dx", Number(indent)));

    /// <summary>A line of text with its middle at <paramref name="x"/>.</summary>
    public Svg CentredText(double x, int y, string words) => Element("text", words, ("x", Percent(x)), ("y", Number(y)), ("text-anchor", "middle"));

    /// <summary>A line of text that ends at <paramref name="x"/>.</summary>
    public Svg TextUpTo(double x, int y, string words) => Element("text", words, ("x", Percent(x)), ("y", Number(y)), ("text-anchor", "end"));

    /// <summary>Whatever <paramref name="content"/> draws, in the looks of a class.</summary>
    public Svg Group(string @class, Action<Svg> content)
    {
        Open("g", ("class", @class));
        content(this);
        return Close("g");
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var chunk in text.GetChunks()) writer.Write(chunk.Span);
        writer.Write("</svg>");
    }

    public override string ToString() => $"{text}</svg>";

    internal static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    internal Svg Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(element, attributes);
        text.Length--;
        text.Append("/>");
        return this;
    }

    private static string Percent(double share) => Number(share) + "%";

    private Svg Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        text.Append('<').Append(element);
        foreach (var (name, value) in attributes) text.Append(' ').Append(name).Append("=\"").Append(HtmlText.Encoder.Encode(value)).Append('"');
        text.Append('>');
        return this;
    }

    private Svg Close(string element)
    {
        text.Append("</").Append(element).Append('>');
        return this;
    }

    private Svg Element(string element, string words, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(element, attributes);
        text.Append(HtmlText.Encoder.Encode(words));
        return Close(element);
    }
}

/// <summary>
/// Lines and boxes that stretch with the picture's width. Their strokes must not: the style sheet says
/// <c>vector-effect: non-scaling-stroke</c>.
/// </summary>
public sealed class Pen(Svg svg)
{
    private readonly StringBuilder path = new();

    public Pen Across(double x1, double x2, double y) => Add($"M{Svg.Number(x1)} {Svg.Number(y)}H{Svg.Number(x2)}");

    public Pen Line(double x1, double y1, double x2, double y2) => Add($"M{Svg.Number(x1)} {Svg.Number(y1)}L{Svg.Number(x2)} {Svg.Number(y2)}");

    public Pen Down(double x, double y1, double y2) => Add($"M{Svg.Number(x)} {Svg.Number(y1)}V{Svg.Number(y2)}");

    public Pen Box(double x1, double x2, double y1, double y2) => Add($"M{Svg.Number(x1)} {Svg.Number(y1)}H{Svg.Number(x2)}V{Svg.Number(y2)}H{Svg.Number(x1)}z");

    /// <summary>A line from the low end to the high end, with an upright at each; a single upright where they meet.</summary>
    public Pen Whisker(double low, double high, double y, double cap)
    {
        if (high - low > 0.5) Across(low, high, y).Down(low, y - cap, y + cap);
        return Down(high, y - cap, y + cap);
    }

    /// <summary>Inks what was drawn since the last time; nothing, where nothing was.</summary>
    public Pen Ink(string @class)
    {
        if (path.Length > 0) svg.Empty("path", ("class", @class), ("d", path.ToString()));
        path.Clear();
        return this;
    }

    private Pen Add(string move)
    {
        path.Append(move);
        return this;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Rasp.Charts;

/// <summary>
/// A picture that says in words what it shows. Every text is escaped here; looks come by class alone, as the security policy
/// forbids style attributes. Horizontal positions are percentages of its container, so that text keeps its size when the
/// picture narrows; vertical ones are CSS pixels.
/// </summary>
public sealed class Svg : IHtmlContent
{
    private static readonly (string Name, string Value) Img = ("role", "img");

    private readonly StringBuilder text = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="class">Its block.</param>
    /// <param name="id">Unique on its page.</param>
    /// <param name="title">What it is.</param>
    /// <param name="description">What it shows, for whoever does not see it.</param>
    /// <param name="height">In CSS pixels; null where the block's class says it.</param>
    public Svg(string @class, string id, string title, string description, int? height = null)
    {
        if (height is { } pixels) Open("svg", ("class", @class), ("width", "100%"), ("height", Pixels(pixels)), Img, ("aria-labelledby", $"{id}-t"), ("aria-describedby", $"{id}-d"));
        else Open("svg", ("class", @class), Img, ("aria-labelledby", $"{id}-t"), ("aria-describedby", $"{id}-d"));
        Element("title", title, ("id", $"{id}-t"));
        Element("desc", description, ("id", $"{id}-d"));
    }

    /// <summary>A share (0–100) of the width.</summary>
    public static string Percent(double share) => share.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    public Svg Rect(double from, double to, int y, int height) =>
        Empty("rect", ("x", Percent(from)), ("y", Pixels(y)), ("width", Percent(Math.Max(0, to - from))), ("height", Pixels(height)));

    public Svg Line(double x1, int y1, double x2, int y2) =>
        Empty("line", ("x1", Percent(x1)), ("y1", Pixels(y1)), ("x2", Percent(x2)), ("y2", Pixels(y2)));

    public Svg Dot(double x, int y, int radius) => Empty("circle", ("cx", Percent(x)), ("cy", Pixels(y)), ("r", Pixels(radius)));

    /// <summary>A path whose coordinates are pixels from a point.</summary>
    public Svg Shape(double x, int y, string path)
    {
        Open("svg", ("x", Percent(x)), ("y", Pixels(y)), ("overflow", "visible"));
        Empty("path", ("d", path));
        return Close("svg");
    }

    /// <summary>A line of text that begins so many pixels right of <paramref name="x"/>, with its baseline at <paramref name="y"/>.</summary>
    public Svg Text(double x, int y, string words, int indent = 0) =>
        indent == 0 ? Element("text", words, ("x", Percent(x)), ("y", Pixels(y))) : Element("text", words, ("x", Percent(x)), ("y", Pixels(y)), ("dx", Pixels(indent)));

    /// <summary>A line of text with its middle at <paramref name="x"/>.</summary>
    public Svg CentredText(double x, int y, string words) => Element("text", words, ("x", Percent(x)), ("y", Pixels(y)), ("text-anchor", "middle"));

    /// <summary>A line of text that ends at <paramref name="x"/>.</summary>
    public Svg TextUpTo(double x, int y, string words) => Element("text", words, ("x", Percent(x)), ("y", Pixels(y)), ("text-anchor", "end"));

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

    private static string Pixels(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Svg Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        text.Append('<').Append(element);
        foreach (var (name, value) in attributes) text.Append(' ').Append(name).Append("=\"").Append(HtmlEncoder.Default.Encode(value)).Append('"');
        text.Append('>');
        return this;
    }

    private Svg Close(string element)
    {
        text.Append("</").Append(element).Append('>');
        return this;
    }

    private Svg Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(element, attributes);
        text.Length--;
        text.Append("/>");
        return this;
    }

    private Svg Element(string element, string words, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(element, attributes);
        text.Append(HtmlEncoder.Default.Encode(words));
        return Close(element);
    }
}

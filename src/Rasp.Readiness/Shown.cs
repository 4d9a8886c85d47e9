using System.Globalization;

namespace Rasp.Readiness;

/// <summary>Numbers as people read them, on screen, in files and in sentences. The only place that rounds.</summary>
public static class Shown
{
    /// <summary>A score, or a difference of scores, as a whole number, half away from zero (scoring.md, introduction).</summary>
    public static string Score(double value)
    {
        // The first rounding takes away what the order of summation left, so that a half is a half.
        var rounded = Math.Round(Math.Round(value, 9), MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>A share (0–1) in whole per cent; 100% only where nothing is missing, 0% only where there is nothing.</summary>
    public static string Percent(double share)
    {
        var percent = Math.Round(Math.Round(share * 100, 9), MidpointRounding.AwayFromZero);
        if (percent >= 100 && share < 1 - 1e-9) percent = 99;
        if (percent <= 0 && share > 1e-9) percent = 1;
        return percent.ToString("0", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>1 question, 2 questions.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="many">The word for any other number; null adds an s.</param>
    public static string Count(int count, string one, string? many = null) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>The beginning of a long text, with an ellipsis where something is left out; null of null.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="most">So many characters may stand.</param>
    public static string? Start(string? text, int most)
    {
        if (text is null || text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end].TrimEnd() + "…";
    }

    /// <summary>a, b and c.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}",
    };
}

namespace Rasp.Charts;

/// <summary>How wide text comes out, near enough to keep words apart: SVG breaks no lines by itself.</summary>
internal static class TextWidth
{
    /// <summary>In CSS pixels, at 16 pixels and bold; on the wide side.</summary>
    public static double Of(string text) => text.Sum(WidthOf);

    /// <summary>Lines no wider than <paramref name="width"/>; a word that is wider by itself is broken.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Of(longer) <= width)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            line = word;
            while (Of(line) > width)
            {
                var fits = Fitting(line, width);
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        if (line.Length > 0 || lines.Count == 0) lines.Add(line);
        return lines;
    }

    private static int Fitting(string word, double width)
    {
        var taken = 0.0;
        for (var i = 0; i < word.Length; i++)
        {
            taken += WidthOf(word[i]);
            if (taken > width) return Math.Max(1, i > 1 && char.IsLowSurrogate(word[i]) ? i - 1 : i);
        }
        return word.Length;
    }

    private static double WidthOf(char letter) => letter switch
    {
        'i' or 'l' or 'j' or 'I' or '.' or ',' or ':' or ';' or '\'' or '’' => 4.8,
        ' ' or 'f' or 't' or 'r' or '(' or ')' or '-' => 6,
        'm' or 'w' or 'M' or 'W' => 14,
        >= 'A' and <= 'Z' => 11,
        < '\u0250' => 9,
        _ => 16,
    };
}

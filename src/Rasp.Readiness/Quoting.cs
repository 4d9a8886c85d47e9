using System.Text;

namespace Rasp.Readiness;

/// <summary>How messages quote what somebody wrote: on one line, not too long, and with the nearest word that would have been right.</summary>
public static class Quoting
{
    private const int Longest = 60;

    /// <summary>In quotation marks, on one line, cut where it is longer than a message should be.</summary>
    public static string Quote(string text) => $"'{OneLine(text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…"))}'";

    /// <summary>Line breaks and other control characters written out, so that nothing that somebody wrote begins a line of its own.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(Breaks)) return text;
        var line = new StringBuilder();
        foreach (var c in text)
        {
            line.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when Breaks(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return line.ToString();

        static bool Breaks(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
    }

    /// <summary><c>, did you mean 'weight'?</c> where a known word is near, else the list of known words.</summary>
    public static string DidYouMean(string word, IReadOnlyCollection<string> known) =>
        Nearest(word, known) is { } near ? $"did you mean '{near}'?"
        : known.Count == 0 ? "none is defined"
        : known.Count <= 20 ? $"known are {string.Join(", ", known)}"
        : $"there are {known.Count} known ones";

    /// <summary>The known word that is most like another; null where none is near.</summary>
    public static string? Nearest(string word, IReadOnlyCollection<string> known)
    {
        if (word.Length > 200) return null;
        // Keys name area and theme first, and the end is what people read off a page's address.
        if (word.Length > 0 && known.Where(k => k.EndsWith('.' + word, StringComparison.OrdinalIgnoreCase)).ToList() is [var whole]) return whole;
        var nearest = known.Select(k => (Key: k, Distance: Distance(word, k))).OrderBy(k => k.Distance).FirstOrDefault();
        // Two letters apart are near for words, not for words of two letters.
        return nearest.Key is { } key && nearest.Distance <= Math.Max(2, key.Length / 3) && nearest.Distance < key.Length ? key : null;
    }

    /// <summary>Levenshtein's distance, letter case aside.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.Length];
    }
}

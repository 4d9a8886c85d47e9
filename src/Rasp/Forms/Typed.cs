using System.Text;

namespace Rasp.Forms;

/// <summary>Text as people type it, made fit to store.</summary>
internal static class Typed
{
    /// <summary>Without white space around it, line ends as one character, no control characters and no half of a character (PostgreSQL can't store them); null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!text.Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || char.IsSurrogate(c))) return text.Trim();
        var clean = new StringBuilder(text.Length);
        // Half of a character comes out as one that says so.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t') clean.Append(rune);
        }
        return clean.ToString().Trim() is { Length: > 0 } rest ? rest : null;
    }

    /// <summary>As <see cref="Clean"/>, on one line.</summary>
    public static string? CleanLine(string? text) => Clean(text) is { } clean ? string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
}

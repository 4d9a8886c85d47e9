using System.Text;

namespace Rasp.Forms;

/// <summary>Text as people type it, made fit to store.</summary>
internal static class Typed
{
    /// <summary>Without white space around it, line ends as one character, no control characters (PostgreSQL can't store all of them); null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return text.Trim();
        var clean = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (!char.IsControl(c) || c is '\n' or '\t') clean.Append(c);
        }
        return clean.ToString().Trim() is { Length: > 0 } rest ? rest : null;
    }

    /// <summary>As <see cref="Clean"/>, on one line.</summary>
    public static string? CleanLine(string? text) => Clean(text) is { } clean ? string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
}

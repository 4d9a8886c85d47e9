namespace Rasp.Readiness.Answers;

/// <summary>Text for files that spreadsheets open (contract.md, "Answers as CSV").</summary>
public static class GuardedText
{
    /// <summary>
    /// The text with one ' in front where a spreadsheet might run it as a formula, or where reading would take its own first character for that guard;
    /// every other text as it is.
    /// </summary>
    public static string Guard(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' ? "'" + text : text;
}

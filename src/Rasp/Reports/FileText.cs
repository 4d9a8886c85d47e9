using System.Text;
using System.Xml;
using Rasp.Readiness.Answers;

namespace Rasp.Reports;

/// <summary>What people typed, made fit for files of Office: whole, and harmless.</summary>
internal static class FileText
{
    /// <summary>What a cell of Excel holds.</summary>
    private const int CellMaxLength = 32_767;

    /// <summary>What XML has no place for is shown as a character that says so.</summary>
    public static string ForXml(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        if (IsWhole(lines)) return lines;
        var fit = new StringBuilder(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (i + 1 < lines.Length && char.IsSurrogatePair(lines[i], lines[i + 1])) fit.Append(lines[i]).Append(lines[++i]);
            else fit.Append(XmlConvert.IsXmlChar(lines[i]) ? lines[i] : '\uFFFD');
        }
        return fit.ToString();
    }

    /// <summary>A formula that somebody typed stays text, in Excel and in whatever it is saved as: one ' in front, as in every file of Rasp.</summary>
    public static string ForCell(string text)
    {
        var safe = ForXml(GuardedText.Guard(text));
        if (safe.Length > CellMaxLength) safe = safe[..(char.IsHighSurrogate(safe[CellMaxLength - 2]) ? CellMaxLength - 2 : CellMaxLength - 1)] + "…";
        // Excel reads _x0041_ as a character: what looks like that is said by its first one. It counts as what it is read as.
        return safe.Replace("_x", "_x005F_x", StringComparison.Ordinal);
    }

    /// <summary>Whether a text begins in a script that is read from right to left.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)) return true;
            if (Rune.IsLetter(rune)) return false;
        }
        return false;
    }

    private static bool IsWhole(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}

using System.Text;

namespace Rasp.Workbooks;

/// <summary>What a file is, by its content: its name says only what somebody called it.</summary>
internal static class FileKinds
{
    private const string SaveAs = "save it as an Excel workbook (.xlsx)";

    /// <summary>The names of workbooks that are not ours to read, which are told so rather than taken for text.</summary>
    private static readonly string[] Names = [".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods", ".numbers"];

    /// <summary>Whether it is meant to be a workbook, and not a CSV.</summary>
    public static bool IsMeantAsWorkbook(string path, ReadOnlySpan<byte> bytes) =>
        IsArchive(bytes) || IsCompound(bytes) || Names.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || OfOther(bytes) is not null;

    /// <summary>Why these bytes are no workbook of Excel, and what would be right; null where they may be one.</summary>
    public static string? WhyNoWorkbook(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "the file is empty; choose the workbook that you filled in";
        if (IsCompound(bytes))
        {
            return Holds(bytes, "EncryptedPackage")
                ? $"this workbook is protected with a password; open it in Excel, take the password off (File, Info, Protect Workbook), and {SaveAs}"
                : Holds(bytes, "WordDocument") ? "this is a Word document; choose the Excel workbook that you filled in"
                : $"this is in an older format of Office; open it in Excel and {SaveAs}";
        }
        if (OfOther(bytes) is { } other) return $"this is {other}, not a workbook; choose the Excel workbook (.xlsx) that you filled in";
        if (!IsArchive(bytes)) return "this is no Excel workbook, whatever its name says; choose the workbook that you filled in, or a CSV whose name ends in .csv";
        return null;
    }

    /// <summary>Why an archive with these parts is no workbook of Excel; null where it may be one.</summary>
    /// <param name="names">Of its parts.</param>
    /// <param name="mimeType">What an OpenDocument file says that it is; empty in others.</param>
    public static string? WhyNoWorkbook(IReadOnlyCollection<string> names, string mimeType)
    {
        if (mimeType.Contains("opendocument.spreadsheet", StringComparison.Ordinal)) return $"this is an OpenDocument spreadsheet; open it in LibreOffice or Excel and {SaveAs}";
        if (mimeType.Contains("opendocument", StringComparison.Ordinal)) return "this is an OpenDocument file, not a workbook; choose the Excel workbook (.xlsx) that you filled in";
        if (names.Any(n => n.StartsWith("word/", StringComparison.OrdinalIgnoreCase))) return "this is a Word document; choose the Excel workbook (.xlsx) that you filled in";
        if (names.Any(n => n.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase))) return "this is a PowerPoint presentation; choose the Excel workbook (.xlsx) that you filled in";
        if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || n.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase))) return HasMacros;
        if (names.Any(n => n.Equals("xl/workbook.bin", StringComparison.OrdinalIgnoreCase))) return $"this is a binary workbook (.xlsb); open it in Excel and {SaveAs}";
        return names.Any(n => n.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase)) ? null : "this is a zip archive, not an Excel workbook; choose the workbook (.xlsx) itself";
    }

    public const string HasMacros = "this workbook holds macros, which Rasp does not accept; in Excel, save it as a workbook without them (.xlsx)";

    public static bool IsArchive(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8);

    private static bool IsCompound(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    private static string? OfOther(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) ? "a PDF"
        : bytes.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) || bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) || bytes.StartsWith("GIF8"u8) ? "a picture"
        : bytes.StartsWith("{\\rtf"u8) ? "a text document"
        : bytes.StartsWith("<!DOCTYPE html"u8) || bytes.StartsWith("<html"u8) ? "a web page"
        : null;

    /// <summary>Names within a compound file are in UTF-16.</summary>
    private static bool Holds(ReadOnlySpan<byte> bytes, string name) => bytes.IndexOf(Encoding.Unicode.GetBytes(name)) >= 0;
}

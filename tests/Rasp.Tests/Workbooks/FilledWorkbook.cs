using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Reports;

namespace Rasp.Tests.Workbooks;

/// <summary>An answer workbook that somebody fills in, with a library that is not ours.</summary>
internal sealed class FilledWorkbook
{
    public const string Answer = "D";
    public const string Compromise = "E";
    public const string Note = "F";
    public const string Evidence = "G";

    private const string Key = "H";

    private readonly byte[] bytes;
    private readonly List<(string Sheet, string Reference, Action<Cell> Fill)> filled = [];

    public FilledWorkbook(byte[] bytes)
    {
        this.bytes = bytes;
        using var book = OfficeFile.Workbook(bytes);
        foreach (var sheet in OfficeFile.Sheets(book))
        {
            foreach (var cell in OfficeFile.SheetOf(book, sheet).Descendants<Cell>().Where(c => c.CellReference!.Value!.StartsWith(Key, StringComparison.Ordinal) && OfficeFile.Text(c).Contains('.', StringComparison.Ordinal)))
            {
                Rows.Add(OfficeFile.Text(cell), (sheet, int.Parse(cell.CellReference!.Value![1..])));
            }
        }
    }

    /// <summary>Where each question stands, by its key.</summary>
    public Dictionary<string, (string Sheet, int Row)> Rows { get; } = [];

    public FilledWorkbook Set(Question question, string column, string text) => Set(Rows[question.Key].Sheet, $"{column}{Rows[question.Key].Row}", c =>
    {
        c.RemoveAllChildren();
        c.DataType = text.Length == 0 ? null : CellValues.InlineString;
        if (text.Length > 0) c.Append(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    });

    /// <summary>A number, as a spreadsheet stores what it takes for one.</summary>
    public FilledWorkbook Set(Question question, string column, int number) => Set(Rows[question.Key].Sheet, $"{column}{Rows[question.Key].Row}", c =>
    {
        c.RemoveAllChildren();
        c.DataType = null;
        c.Append(new CellValue(number));
    });

    public FilledWorkbook SetFormula(Question question, string column, string formula) => Set(Rows[question.Key].Sheet, $"{column}{Rows[question.Key].Row}", c =>
    {
        c.RemoveAllChildren();
        c.DataType = CellValues.String;
        c.Append(new CellFormula(formula), new CellValue("3"));
    });

    /// <summary>On the first sheet.</summary>
    public FilledWorkbook Set(string reference, string text) => Set("Start here", reference, c =>
    {
        c.RemoveAllChildren();
        c.DataType = CellValues.InlineString;
        c.Append(new InlineString(new Text(text)));
    });

    public string Place(Question question, string column) => $"sheet {Rows[question.Key].Sheet}, cell {column}{Rows[question.Key].Row}";

    public byte[] Save()
    {
        using var stream = new MemoryStream();
        stream.Write(bytes);
        using (var book = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            foreach (var (sheet, reference, fill) in filled) fill(OfficeFile.SheetOf(book, sheet).Descendants<Cell>().Single(c => c.CellReference == reference));
        }
        return stream.ToArray();
    }

    /// <summary>A part of a workbook replaced, added, or, with null, left out.</summary>
    public static byte[] WithPart(byte[] workbook, string part, byte[]? content)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry(part)?.Delete();
            if (content is not null)
            {
                using var entry = archive.CreateEntry(part, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    public static byte[] WithPart(byte[] workbook, string part, Func<string, string> change) => WithPart(workbook, part, Encoding.UTF8.GetBytes(change(TextOf(workbook, part))));

    public static IReadOnlyList<string> Parts(byte[] workbook)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook), ZipArchiveMode.Read);
        return [.. archive.Entries.Select(e => e.FullName)];
    }

    public static string TextOf(byte[] workbook, string part)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook), ZipArchiveMode.Read);
        using var text = new StreamReader(archive.GetEntry(part)!.Open());
        return text.ReadToEnd();
    }

    private FilledWorkbook Set(string sheet, string reference, Action<Cell> fill)
    {
        filled.Add((sheet, reference, fill));
        return this;
    }
}

/// <summary>What tests do with workbooks through the pages.</summary>
internal static class Uploading
{
    public const string SeeChanges = "See what would change";

    public static async Task<byte[]> WorkbookAsync(this Visitor visitor, string reference) => await OfficeFile.DownloadAsync(visitor, Links.Workbook(reference));

    public static async Task<Visited> UploadAsync(this Visitor visitor, string reference, byte[] bytes, string name = "answers.xlsx") =>
        await visitor.UploadAsync(await visitor.GetAsync(Links.Upload(reference)), SeeChanges, "Upload", name, bytes);

    /// <summary>Confirms all that would change.</summary>
    public static Task<Visited> ConfirmAsync(this Visitor visitor, Visited preview) =>
        visitor.SubmitAsync(preview, string.Join(' ', preview.Document.QuerySelectorAll("form button").First(b => b.TextContent.TrimStart().StartsWith("Change ", StringComparison.Ordinal)).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    public static async Task<string> CsvAsync(this Visitor visitor, string reference) => (await visitor.GetAsync(Links.AnswersCsv(reference))).Body;
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Rasp.Tests.Reports;

/// <summary>A file of Word or Excel, opened by a reader that is not ours and held to the schema.</summary>
internal static partial class OfficeFile
{
    private static readonly FileFormatVersions[] Versions = [FileFormatVersions.Office2016, FileFormatVersions.Office2019, FileFormatVersions.Microsoft365];

    public static async Task<byte[]> DownloadAsync(Visitor visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await visitor.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path} answers {(int)response.StatusCode}");
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>All that a file holds as text, part by part as they are packed, but for what is random in its signature.</summary>
    public static string Unsigned(byte[] file)
    {
        var text = new StringBuilder();
        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (var part in zip.Entries)
        {
            using var content = new StreamReader(part.Open());
            text.Append(CultureInfo.InvariantCulture, $"{part.FullName} {part.LastWriteTime:u} {part.Length} {part.CompressedLength}\n");
            if (part.FullName != "rasp/signature.jws") text.Append(content.ReadToEnd()).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Opens a document that validates.</summary>
    public static WordprocessingDocument Word(byte[] bytes)
    {
        var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Validate(document);
        return document;
    }

    /// <summary>Opens a workbook that validates.</summary>
    public static SpreadsheetDocument Workbook(byte[] bytes)
    {
        var document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        Validate(document);
        return document;
    }

    /// <summary>As somebody reads it, a line a paragraph or a break.</summary>
    public static string Text(WordprocessingDocument document)
    {
        var text = new StringBuilder();
        foreach (var element in document.MainDocumentPart!.Document!.Body!.Descendants())
        {
            text.Append(element switch
            {
                W.Paragraph => "\n",
                W.Break => "\n",
                W.TabChar => "\t",
                W.Text words => words.Text,
                _ => "",
            });
        }
        return text.ToString();
    }

    /// <summary>A sheet's rows by what stands above them, text as Excel shows it and numbers as they are stored.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Rows(SpreadsheetDocument book, string sheet)
    {
        var rows = SheetOf(book, sheet).Descendants<Row>().Select(r => r.Elements<Cell>().Select(Text).ToList()).ToList();
        return [.. rows.Skip(1).Select(r => r.Select((c, i) => (Name: rows[0][i], Cell: c)).ToDictionary(c => c.Name, c => c.Cell, StringComparer.Ordinal))];
    }

    public static IReadOnlyList<string> Sheets(SpreadsheetDocument book) => [.. book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(s => s.Name!.Value!)];

    public static Worksheet SheetOf(SpreadsheetDocument book, string name) =>
        ((WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook!.Descendants<Sheet>().Single(s => s.Name == name).Id!)).Worksheet!;

    /// <summary>As Excel shows it: _xHHHH_ stands for a UTF-16 unit (ECMA-376, ST_Xstring).</summary>
    public static string Text(Cell cell) => Escape().Replace(cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? "", m => $"{(char)Convert.ToInt32(m.Groups[1].Value, 16)}");

    private static void Validate(OpenXmlPackage document)
    {
        foreach (var version in Versions) Assert.Empty(new OpenXmlValidator(version).Validate(document).Select(e => string.Create(CultureInfo.InvariantCulture, $"{version} {e.Part?.Uri} {e.Path?.XPath}: {e.Description}")));
    }

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escape();
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Rasp.Readiness;

namespace Rasp.Workbooks;

/// <summary>What stands in a cell of a sheet.</summary>
/// <param name="Text">As it is shown, numbers as they are stored.</param>
/// <param name="IsFormula">Whether it is worked out from others.</param>
/// <param name="IsError">Whether it is an error, such as #NAME?.</param>
internal readonly record struct SheetCell(string Text, bool IsFormula, bool IsError);

/// <summary>A sheet of a workbook: its cells that hold something, by row and column, both from 1.</summary>
internal sealed record ReadSheet(string Name, IReadOnlyDictionary<(int Row, int Column), SheetCell> Cells)
{
    public SheetCell At(int row, int column) => Cells.GetValueOrDefault((row, column), new("", false, false));
}

/// <summary>
/// Reads the text of a workbook that anybody may have made, or made up. What it takes of memory is bounded by what it reads, never by what the file
/// declares; nothing is run, nothing is fetched, and parts that hold no text of cells are not opened.
/// </summary>
internal sealed partial class Spreadsheet
{
    /// <summary>Far above what notes of 10,000 characters beside each of a hundred questions come to.</summary>
    private const long LargestUnpacked = 40_000_000;

    /// <summary>Text of any length is packed to less than a hundredth only where it is made to be.</summary>
    private const long SuspectUnpacked = 10_000_000;
    private const int SuspectRatio = 100;
    private const int MostParts = 1000;
    private const int MostSheets = 100;
    private const int MostCells = 200_000;
    private const int LastColumn = 64;

    private const string Damaged = "the workbook is damaged; open it in Excel and save it as an Excel workbook (.xlsx), or take a new one and copy your answers into it";

    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly long packed;
    private long unpacked;
    private long shared;
    private int cells;

    private Spreadsheet(ZipArchive archive, long packed)
    {
        this.packed = packed;
        if (archive.Entries.Count > MostParts) throw new UnfitFileException($"the workbook has {archive.Entries.Count} parts, more than Rasp reads; is it the right file?");
        foreach (var entry in archive.Entries)
        {
            if (!parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry)) throw new UnfitFileException(Damaged);
        }
    }

    /// <summary>Its sheets in order; null, and a fault added, where it is no workbook that can be read.</summary>
    public static IReadOnlyList<ReadSheet>? Read(SourceFile file, List<Fault> faults)
    {
        if (FileKinds.WhyNoWorkbook(file.Bytes.Span) is { } why) return Refuse(why);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file.Bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            return new Spreadsheet(archive, file.Bytes.Length).Sheets();
        }
        catch (UnfitFileException unfit)
        {
            return Refuse(unfit.Message);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException or OverflowException or DecoderFallbackException)
        {
            // Whatever the libraries find wrong with bytes that somebody handed in.
            return Refuse(Damaged);
        }

        IReadOnlyList<ReadSheet>? Refuse(string message)
        {
            faults.Add(new(file.Path, 1, 1, message));
            return null;
        }
    }

    private List<ReadSheet> Sheets()
    {
        var mimeType = parts.ContainsKey("mimetype") ? TextOf("mimetype") : "";
        if (FileKinds.WhyNoWorkbook(parts.Keys, mimeType) is { } why) throw new UnfitFileException(why);
        RefuseMacros();
        var workbook = Related("", "/officeDocument").FirstOrDefault().Part ?? "xl/workbook.xml";
        var strings = Related(workbook, "/sharedStrings").FirstOrDefault().Part is { } shared ? SharedStrings(shared) : [];
        var byId = Related(workbook, "/worksheet").ToDictionary(r => r.Id, r => r.Part, StringComparer.Ordinal);
        var sheets = new List<ReadSheet>();
        foreach (var (name, id) in SheetNames(workbook))
        {
            // A sheet of another kind, such as a chart, holds no cells.
            if (!byId.TryGetValue(id, out var part)) continue;
            if (sheets.Count == MostSheets) throw new UnfitFileException($"the workbook has more than {MostSheets} sheets; is it the right file?");
            sheets.Add(new(name, CellsOf(part, strings)));
        }
        return sheets.Count > 0 ? sheets : throw new UnfitFileException("the workbook has no sheet; choose the workbook that you filled in");
    }

    private void RefuseMacros()
    {
        using var xml = Open("[Content_Types].xml");
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.GetAttribute("ContentType")?.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) == true) throw new UnfitFileException(FileKinds.HasMacros);
        }
    }

    private List<(string Name, string Id)> SheetNames(string workbook)
    {
        var names = new List<(string, string)>();
        using var xml = Open(workbook);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "sheet") continue;
            string? id = null;
            var name = xml.GetAttribute("name") ?? "";
            for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
            {
                if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal)) id = xml.Value;
            }
            if (id is not null) names.Add((name, id));
        }
        return names;
    }

    /// <summary>What a part refers to of a kind, by id. What leads out of the file leads nowhere.</summary>
    private List<(string Id, string Part)> Related(string part, string kind)
    {
        var slash = part.LastIndexOf('/');
        var (folder, name) = slash < 0 ? ("", part) : (part[..slash], part[(slash + 1)..]);
        var (related, ids) = (new List<(string, string)>(), new HashSet<string>(StringComparer.Ordinal));
        var relations = $"{(folder.Length == 0 ? "" : folder + "/")}_rels/{name}.rels";
        if (!parts.ContainsKey(relations)) return related;
        using var xml = Open(relations);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("Type")?.EndsWith(kind, StringComparison.Ordinal) != true) continue;
            if (string.Equals(xml.GetAttribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase)) throw new UnfitFileException("this workbook takes its sheets from another file, which Rasp does not read; save it as a workbook of its own");
            if (xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target && ids.Add(id)) related.Add((id, Resolve(folder, target)));
        }
        return related;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/')) return target.TrimStart('/');
        var path = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "..") path.RemoveRange(Math.Max(0, path.Count - 1), Math.Min(1, path.Count));
            else if (step != ".") path.Add(step);
        }
        return string.Join('/', path);
    }

    private List<string> SharedStrings(string part)
    {
        var strings = new List<string>();
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si") continue;
            Count();
            strings.Add(TextWithin(xml, "si"));
        }
        return strings;
    }

    private Dictionary<(int, int), SheetCell> CellsOf(string part, List<string> strings)
    {
        var found = new Dictionary<(int, int), SheetCell>();
        using var xml = Open(part);
        var (row, column) = (0, 0);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row")
            {
                row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : row + 1;
                column = 0;
            }
            else if (xml.LocalName == "c")
            {
                Count();
                (row, column) = Place().Match(xml.GetAttribute("r") ?? "") is { Success: true } place && int.TryParse(place.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                    ? (at, place.Groups[1].Value.Aggregate(0, (n, c) => (n * 26) + (c - 'A' + 1)))
                    : (row, column + 1);
                var cell = CellOf(xml, strings);
                if (column <= LastColumn && (cell.Text.Length > 0 || cell.IsFormula || cell.IsError)) found.TryAdd((row, column), cell);
            }
        }
        return found;
    }

    private SheetCell CellOf(XmlReader xml, List<string> strings)
    {
        var (kind, value, typed, isFormula) = (xml.GetAttribute("t") ?? "n", "", "", false);
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "v") value = TextWithin(xml, "v");
                else if (xml.LocalName == "is") typed = TextWithin(xml, "is");
                else if (xml.LocalName == "f") isFormula = true;
            }
        }
        var text = kind switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? Counted(strings[index]) : throw new UnfitFileException(Damaged),
            "inlineStr" => typed,
            "b" => value == "1" ? "TRUE" : value == "0" ? "FALSE" : value,
            "n" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Round(number) && Math.Abs(number) < 1e15 => number.ToString("0", CultureInfo.InvariantCulture),
            _ => value,
        };
        return new(kind == "inlineStr" || kind == "str" ? Unescaped(text) : text, isFormula, kind == "e");
    }

    /// <summary>A text that many cells can share, counted each time: a small file could otherwise come to any size.</summary>
    private string Counted(string text) => (shared += text.Length) <= LargestUnpacked ? text
        : throw new UnfitFileException("the workbook holds far more text than answers could; take a new one and copy your answers into it");

    /// <summary>The text of an element, whatever its looks; how it is pronounced is left out.</summary>
    private static string TextWithin(XmlReader xml, string element)
    {
        if (xml.IsEmptyElement) return "";
        var text = new StringBuilder();
        var (depth, spoken) = (xml.Depth, -1);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh" && !xml.IsEmptyElement && spoken < 0) spoken = xml.Depth;
            else if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == spoken) spoken = -1;
            else if (spoken < 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && spoken < 0) text.Append(xml.Value);
        }
        return element == "si" ? Unescaped(text.ToString()) : text.ToString();
    }

    /// <summary>_xHHHH_ stands for a UTF-16 unit (ECMA-376, ST_Xstring).</summary>
    private static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(text, m => ((char)ushort.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    private void Count()
    {
        if (++cells > MostCells) throw new UnfitFileException($"the workbook has more than {MostCells:N0} cells, more than Rasp reads; is it the right file?");
    }

    private string TextOf(string part)
    {
        using var text = new StreamReader(Unpack(part), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private XmlReader Open(string part) => XmlReader.Create(
        Unpack(part), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestUnpacked, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true });

    private CountedStream Unpack(string part) => parts.TryGetValue(part, out var entry) ? new(entry.Open(), this) : throw new UnfitFileException(Damaged);

    private void Unpacked(int bytes)
    {
        unpacked += bytes;
        if (unpacked > LargestUnpacked || (unpacked > SuspectUnpacked && unpacked / SuspectRatio > packed))
        {
            throw new UnfitFileException("the workbook unpacks to far more than answers could fill; take a new one and copy your answers into it");
        }
    }

    [GeneratedRegex("^([A-Z]{1,3})([0-9]{1,7})$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    /// <summary>Counts what comes out of the archive, over all of its parts: what an archive declares is no evidence.</summary>
    private sealed class CountedStream(Stream inner, Spreadsheet of) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            of.Unpacked(read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class UnfitFileException(string message) : Exception(message);
}

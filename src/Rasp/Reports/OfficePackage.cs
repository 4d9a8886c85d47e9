using System.IO.Compression;
using System.Text;

namespace Rasp.Reports;

/// <summary>
/// A file of Office (ECMA-376, part 2), part after part as it is written: nothing but the part at hand is held, so that a long report costs no more
/// memory than a short one. The same parts are the same file, byte for byte.
/// </summary>
internal sealed class OfficePackage : IDisposable
{
    private const string Relations = "application/vnd.openxmlformats-package.relationships+xml";

    private readonly ZipArchive zip;
    private readonly DateTimeOffset day;

    /// <param name="to">Need not be one that can be read or sought in.</param>
    /// <param name="madeAt">The day of it stands with every part: the moment of packing says nothing.</param>
    /// <param name="parts">Every part that will be written, with its content type, in the order in which it is.</param>
    public OfficePackage(Stream to, DateTimeOffset madeAt, IEnumerable<(string Part, string ContentType)> parts)
    {
        zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
        day = new(madeAt.UtcDateTime.Date, TimeSpan.Zero);
        Add("[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="{Relations}"/><Default Extension="xml" ContentType="application/xml"/>{string.Concat(parts.Select(p => $"""<Override PartName="/{p.Part}" ContentType="{p.ContentType}"/>"""))}</Types>
            """);
    }

    /// <summary>Opens the next part; it has to be closed before another is opened.</summary>
    public Stream Open(string part)
    {
        var entry = zip.CreateEntry(part, CompressionLevel.Fastest);
        entry.LastWriteTime = day;
        return entry.Open();
    }

    /// <summary>Adds a part whole.</summary>
    public void Add(string part, string xml)
    {
        using var stream = Open(part);
        stream.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"u8);
        stream.Write(Encoding.UTF8.GetBytes(xml.Trim()));
    }

    /// <summary>Says how a part, or the package where it is null, relates to others.</summary>
    public void Relate(string? part, IEnumerable<(string Id, string Kind, string Target)> to)
    {
        var at = part is null ? "_rels/.rels" : $"{part[..(part.LastIndexOf('/') + 1)]}_rels/{part[(part.LastIndexOf('/') + 1)..]}.rels";
        Add(at, $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(to.Select(r => $"""<Relationship Id="{r.Id}" Type="{r.Kind}" Target="{r.Target}"/>"""))}</Relationships>""");
    }

    public void Dispose() => zip.Dispose();

    /// <summary>Kinds of relations that both Word and Excel have.</summary>
    public static class Kinds
    {
        public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        public const string Document = Office + "officeDocument";
        public const string Core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        public const string CoreType = "application/vnd.openxmlformats-package.core-properties+xml";
    }
}

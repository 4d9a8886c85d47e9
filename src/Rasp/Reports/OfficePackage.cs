using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Rasp.Signing;

namespace Rasp.Reports;

/// <summary>
/// A file of Office (ECMA-376, part 2), part after part as it is written: nothing but the part at hand is held, so that a long report costs no more
/// memory than a short one. The same parts are the same file, byte for byte, but for a signature, which is another each time.
/// </summary>
internal sealed class OfficePackage : IDisposable
{
    private const string Relations = "application/vnd.openxmlformats-package.relationships+xml";

    private readonly ZipArchive zip;
    private readonly DateTimeOffset day;
    private readonly Func<byte[], string>? sign;
    private readonly List<(string Part, SHA256 Hash)> written = [];

    /// <param name="to">Need not be one that can be read or sought in.</param>
    /// <param name="madeAt">The day of it stands with every part: the moment of packing says nothing.</param>
    /// <param name="parts">Every part that will be written, with its content type, in the order in which it is.</param>
    /// <param name="sign">Signs the digest of all parts; null where nobody does.</param>
    public OfficePackage(Stream to, DateTimeOffset madeAt, IEnumerable<(string Part, string ContentType)> parts, Func<byte[], string>? sign = null)
    {
        zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
        day = new(madeAt.UtcDateTime.Date, TimeSpan.Zero);
        this.sign = sign;
        if (sign is not null) parts = parts.Append((SignedOffice.Name, SignedOffice.MediaType));
        Add("[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="{Relations}"/><Default Extension="xml" ContentType="application/xml"/>{string.Concat(parts.Select(p => $"""<Override PartName="/{p.Part}" ContentType="{p.ContentType}"/>"""))}</Types>
            """);
    }

    /// <summary>Opens the next part; it has to be closed before another is opened.</summary>
    public Stream Open(string part)
    {
        var hash = SHA256.Create();
        written.Add((part, hash));
        return new CryptoStream(Open(part, CompressionLevel.Fastest), hash, CryptoStreamMode.Write);
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
        if (part is null && sign is not null) to = to.Append(("signature", SignedOffice.Relationship, SignedOffice.Name));
        Add(at, $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(to.Select(r => $"""<Relationship Id="{r.Id}" Type="{r.Kind}" Target="{r.Target}"/>"""))}</Relationships>""");
    }

    public void Dispose()
    {
        if (sign is not null)
        {
            // Not packed: so how large the file is does not depend on what is random.
            using var signature = Open(SignedOffice.Name, CompressionLevel.NoCompression);
            signature.Write(Encoding.ASCII.GetBytes(sign(SignedOffice.Digest(written.Select(w => (w.Part, w.Hash.Hash!))))));
        }
        foreach (var (_, hash) in written) hash.Dispose();
        zip.Dispose();
    }

    private Stream Open(string part, CompressionLevel packed)
    {
        var entry = zip.CreateEntry(part, packed);
        entry.LastWriteTime = day;
        return entry.Open();
    }

    /// <summary>Kinds of relations that both Word and Excel have.</summary>
    public static class Kinds
    {
        public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        public const string Document = Office + "officeDocument";
        public const string Core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        public const string CoreType = "application/vnd.openxmlformats-package.core-properties+xml";
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Rasp.Signing;

/// <summary>
/// A signature within a file of Word or Excel: a part of its own, which Office passes over, that covers every other part by name and content,
/// however they are packed.
/// </summary>
internal static class SignedOffice
{
    /// <summary>What leads from the package to its signature.</summary>
    public const string Relationship = "urn:rasp:signature";

    /// <summary>A JSON Web Signature in its compact form (RFC 7515 § 9.2.1).</summary>
    public const string MediaType = "application/jose";

    public const string Name = "rasp/signature.jws";

    /// <summary>More than any report has, unpacked: what has more is not read to its end.</summary>
    private const long MostBytes = 1_000_000_000;

    private const long MostSignature = 100_000;

    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith("PK\x03\x04"u8);

    /// <summary>The signature in a file, with the digest of all that it has to cover; null where there is none.</summary>
    /// <exception cref="FormatException">The file can’t be read: the message says why, in a part of a sentence.</exception>
    public static (string Jws, byte[] Digest)? Find(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var bytes = new MemoryStream(file.ToArray(), writable: false);
            string jws;
            using (var parts = new ZipArchive(bytes, ZipArchiveMode.Read, leaveOpen: true))
            {
                if (parts.GetEntry(Name) is not { } signature) return null;
                if (signature.Length > MostSignature) throw new FormatException("what stands in its signature’s place is far too long for one");
                using var text = new StreamReader(signature.Open(), Encoding.ASCII);
                jws = text.ReadToEnd();
            }
            return (jws, Digest(bytes) ?? throw new FormatException("it was changed since it was signed: two of its parts have one name"));
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or IOException)
        {
            throw new FormatException($"it can’t be unpacked: {broken.Message}");
        }
    }

    /// <summary>What a signature covers: SHA-256 over a line for each part but its own, as sha256sum prints it, ordered by name as bytes.</summary>
    /// <param name="parts">Each by its name, with the SHA-256 of its content.</param>
    public static byte[] Digest(IEnumerable<(string Name, byte[] Hash)> parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{Convert.ToHexStringLower(p.Hash)}  {p.Name}\n"))));

    /// <summary>Null where a name is there twice, since readers might take either.</summary>
    private static byte[]? Digest(MemoryStream file)
    {
        file.Position = 0;
        using var parts = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        // Office takes names that differ in their letters' case for one.
        if (parts.Entries.Select(p => p.FullName).Distinct(StringComparer.OrdinalIgnoreCase).Count() != parts.Entries.Count) return null;
        var hashes = new List<(string, byte[])>();
        var left = MostBytes;
        foreach (var part in parts.Entries.Where(p => p.FullName != Name))
        {
            using var content = part.Open();
            hashes.Add((part.FullName, Hash(content, ref left)));
        }
        return Digest(hashes);
    }

    private static byte[] Hash(Stream content, ref long left)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        for (var read = content.Read(buffer); read > 0; read = content.Read(buffer))
        {
            left -= read;
            if (left < 0) throw new FormatException($"unpacked it has more than {MostBytes / 1_000_000} MB, more than any report");
            hash.AppendData(buffer, 0, read);
        }
        return hash.GetHashAndReset();
    }
}

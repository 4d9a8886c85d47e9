using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rasp.Signing;

/// <summary>
/// A signature at the end of a PDF: a comment, which readers pass over, and then once more the lines with which a PDF ends. It covers every byte before it.
/// </summary>
internal static class SignedPdf
{
    private static ReadOnlySpan<byte> Mark => "%Rasp-Signature "u8;

    private static ReadOnlySpan<byte> Start => "startxref"u8;

    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith("%PDF-"u8);

    /// <summary>Puts a signature behind a PDF.</summary>
    public static byte[] Sign(byte[] file, SignedReport report, ECDsa key)
    {
        byte[] covered = file is [.., (byte)'\n'] ? file : [.. file, (byte)'\n'];
        return [.. covered, .. Tail(covered, report.Sign(key, SHA256.HashData(covered)))];
    }

    /// <summary>The signature of a PDF, with the digest of all that stands before it; null where there is none.</summary>
    /// <exception cref="FormatException">Something stands behind the signature, or the PDF has no end: the message says what, in a part of a sentence.</exception>
    public static (string Jws, byte[] Digest)? Find(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        var at = bytes.LastIndexOf(Mark);
        if (at < 0 || (at > 0 && bytes[at - 1] != (byte)'\n')) return null;
        var line = bytes[(at + Mark.Length)..];
        if (line.IndexOf((byte)'\n') is not (>= 0 and var length)) throw new FormatException("it was changed since it was signed: its signature is cut off");
        var jws = Encoding.ASCII.GetString(line[..length]);
        // A PDF can be changed by what is put behind it: what stands there has to be what was put there with the signature.
        return bytes[at..].SequenceEqual(Tail(bytes[..at], jws))
            ? (jws, SHA256.HashData(bytes[..at]))
            : throw new FormatException("it was changed since it was signed: its end is another");
    }

    private static byte[] Tail(ReadOnlySpan<byte> covered, string jws) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(Mark)}{jws}\nstartxref\n{TableAt(covered)}\n%%EOF\n"));

    /// <summary>Where the PDF’s table of contents for programs begins, as its own end says.</summary>
    private static long TableAt(ReadOnlySpan<byte> covered)
    {
        var at = covered.LastIndexOf(Start);
        var rest = at < 0 ? "" : Encoding.ASCII.GetString(covered[(at + Start.Length)..]).TrimStart();
        var digits = rest.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("it does not end as a PDF does");
    }
}

using System.Text;

namespace Rasp.Readiness;

/// <summary>A file that somebody handed in, as bytes: the core opens none itself.</summary>
/// <param name="Path">As faults should name it.</param>
/// <param name="Bytes">The whole content.</param>
public sealed record SourceFile(string Path, ReadOnlyMemory<byte> Bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without a byte order mark; null, and a fault added, where the bytes are not UTF-8 text.</summary>
    internal string? Text(List<Fault> faults, string whatWouldBeRight)
    {
        var bytes = Bytes.Span;
        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
        {
            faults.Add(new(Path, 1, 1, $"this is a zip archive or an Office document, not text; {whatWouldBeRight}"));
            return null;
        }
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            faults.Add(new(Path, 1, 1, $"this text is in UTF-16; {whatWouldBeRight}"));
            return null;
        }
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        try
        {
            var text = Strict.GetString(bytes);
            if (!text.Contains('\0', StringComparison.Ordinal)) return text;
            // UTF-16 without a byte order mark looks like this, and so do programs and pictures.
            AddFault(text.AsSpan(0, text.IndexOf('\0', StringComparison.Ordinal)), "a zero byte stands here, so this is not UTF-8 text");
        }
        catch (DecoderFallbackException fault)
        {
            AddFault(Encoding.UTF8.GetString(bytes[..fault.Index]), $"the byte 0x{bytes[fault.Index]:X2} here is not UTF-8");
        }
        return null;

        void AddFault(ReadOnlySpan<char> before, string message)
        {
            var breaks = before.Count('\n') + before.Count('\r') - before.Count("\r\n");
            faults.Add(new(Path, breaks + 1, before.Length - before.LastIndexOfAny('\r', '\n'), $"{message}; {whatWouldBeRight}"));
        }
    }
}

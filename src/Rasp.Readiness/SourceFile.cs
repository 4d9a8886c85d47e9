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
        if (bytes.StartsWith("PK\x03\x04"u8))
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
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            var before = bytes[..fault.Index];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            faults.Add(new(Path, line, column, $"the byte 0x{bytes[fault.Index]:X2} here is not UTF-8; {whatWouldBeRight}"));
            return null;
        }
    }
}

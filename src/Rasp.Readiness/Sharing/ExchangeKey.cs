using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rasp.Readiness.Sharing;

/// <summary>The public half of a P-256 key, as a JSON Web Key has it.</summary>
/// <param name="X">One coordinate: 32 bytes in base64url, 43 characters.</param>
/// <param name="Y">The other.</param>
public sealed record ExchangeKey(string X, string Y)
{
    /// <summary>Characters of a coordinate.</summary>
    public const int CoordinateLength = 43;

    /// <summary>The key's thumbprint (RFC 7638), in 64 hexadecimal digits in lower case: what people read to each other.</summary>
    public string Thumbprint => Convert.ToHexStringLower(Hash);

    /// <summary>The same in base64url: what headers name the key by.</summary>
    public string Id => Base64Url.EncodeToString(Hash);

    /// <summary>The id of a thumbprint as people read it, with spaces or without; null where it is none.</summary>
    public static string? IdOf(string thumbprint) =>
        string.Concat(thumbprint.Split(' ')) is { Length: 2 * SHA256.HashSizeInBytes } digits && digits.All(char.IsAsciiHexDigit) ? Base64Url.EncodeToString(Convert.FromHexString(digits)) : null;

    private byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}"""));

    /// <summary>A thumbprint in groups of four, as two people read it to each other.</summary>
    public static string InGroups(string thumbprint) => string.Join(' ', thumbprint.Chunk(4).Select(c => new string(c)));

    /// <summary>Whether a text is a coordinate, written in the one way in which it can be. Whether both are a point of the curve is for whoever uses the key.</summary>
    public static bool IsCoordinate(string text)
    {
        if (text.Length != CoordinateLength || !Base64Url.IsValid(text)) return false;
        return Base64Url.EncodeToString(Base64Url.DecodeFromChars(text)) == text;
    }
}

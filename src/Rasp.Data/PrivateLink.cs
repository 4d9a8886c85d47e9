using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rasp.Data;

/// <summary>The secret of a private link: whoever holds it holds the assessment. Random, stored only as its hash (sharing.md 7).</summary>
public static class PrivateLink
{
    private const int Bytes = 24;

    /// <summary>How long a secret is as text.</summary>
    public const int Length = Bytes * 4 / 3;

    /// <summary>A new secret of 192 random bits.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a secret; null where the text can't be one.</summary>
    public static byte[]? Hash(string? secret) =>
        secret is { Length: Length } && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? SHA256.HashData(Encoding.ASCII.GetBytes(secret)) : null;
}

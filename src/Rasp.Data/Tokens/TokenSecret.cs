using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Rasp.Data.Tokens;

/// <summary>A token as programs hold it: <c>rasp_</c>, so that scanners for secrets know it, then forty random letters and digits (238 bits).</summary>
public static class TokenSecret
{
    public const string Prefix = "rasp_";

    private const int Characters = 40;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    public static string New() => Prefix + RandomNumberGenerator.GetString(Alphabet, Characters);

    /// <summary>What is stored of a token; null where the text can't be one.</summary>
    public static byte[]? Hash(string? token) =>
        token is { Length: Characters + 5 } && token.StartsWith(Prefix, StringComparison.Ordinal) && token.AsSpan(Prefix.Length).IndexOfAnyExcept(Allowed) < 0
            ? SHA256.HashData(Encoding.ASCII.GetBytes(token)) : null;
}

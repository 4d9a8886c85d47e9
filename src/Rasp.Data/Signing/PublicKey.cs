using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rasp.Data.Signing;

/// <summary>The public half of a key that signs by ES256 (ECDSA on the curve P-256 with SHA-256): what a JSON Web Key says of it (RFC 7517, 7518).</summary>
public sealed record PublicKey
{
    /// <summary>The only way of signing that is made or accepted.</summary>
    public const string Algorithm = "ES256";

    public const string KeyType = "EC";
    public const string Curve = "P-256";

    /// <summary>How long a thumbprint is.</summary>
    public const int ThumbprintLength = 43;

    private const int CoordinateLength = 32;

    private PublicKey(string x, string y) => (X, Y) = (x, y);

    /// <summary>The point’s first coordinate, 32 bytes in base64url.</summary>
    public string X { get; }

    /// <summary>The point’s second coordinate, 32 bytes in base64url.</summary>
    public string Y { get; }

    /// <summary>As RFC 7638 has it to be hashed: members in order, no blank.</summary>
    public string Jwk => $$"""{"crv":"{{Curve}}","kty":"{{KeyType}}","x":"{{X}}","y":"{{Y}}"}""";

    /// <summary>What the key is called: SHA-256 of <see cref="Jwk"/> in base64url (RFC 7638). Who knows it, knows the key from any other.</summary>
    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Jwk)));

    public static bool IsThumbprint(string text) => text.Length == ThumbprintLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static PublicKey Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    /// <summary>Reads a JSON Web Key.</summary>
    /// <exception cref="FormatException">It is none of this kind, or no point of the curve: the message says what is wrong, in a part of a sentence.</exception>
    public static PublicKey Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object) throw new FormatException("a key is a JSON object");
        if (Text("kty") != KeyType || Text("crv") != Curve) throw new FormatException($"a key here has the type {KeyType} and the curve {Curve}");
        if (jwk.TryGetProperty("d", out _)) throw new FormatException("this key holds its private half, which nobody else may have: don’t use it");
        var key = new PublicKey(Coordinate("x"), Coordinate("y"));
        try
        {
            key.Open().Dispose();
        }
        catch (CryptographicException)
        {
            throw new FormatException($"the key is no point of the curve {Curve}");
        }
        return key;

        string Text(string name) => jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"the key has no {name}");

        // One spelling for each key: else one key would have several thumbprints.
        string Coordinate(string name)
        {
            var text = Text(name);
            var bytes = new byte[CoordinateLength];
            return Base64Url.IsValid(text, out var length) && length == CoordinateLength && Base64Url.TryDecodeFromChars(text, bytes, out _) && Base64Url.EncodeToString(bytes) == text
                ? text
                : throw new FormatException($"the key’s {name} is not {CoordinateLength} bytes in base64url");
        }
    }

    /// <summary>For verifying.</summary>
    /// <exception cref="CryptographicException">It is no point of the curve.</exception>
    public ECDsa Open() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new() { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
    });
}

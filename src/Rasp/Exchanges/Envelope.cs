using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jose;
using Rasp.Data.Exchanges;
using Rasp.Readiness.Sharing;
using Rasp.Signing;
using Base64Url = System.Buffers.Text.Base64Url;

namespace Rasp.Exchanges;

/// <summary>
/// What travels between servers: a document that is signed (<see cref="Jws"/>), or a signed one that is encrypted to one recipient (JWE in compact form,
/// ECDH-ES+A256KW with A256GCM). docs/exchange.md describes it. Nothing is left to a header: its members are these, and their values are known.
/// </summary>
/// <param name="Type">What it is, by its header: one of the constants here.</param>
/// <param name="By">The key that signed it: the signature holds, and whose the key is has to be known otherwise. Null of what is encrypted.</param>
/// <param name="To">Of what is encrypted, the id of the key that opens it; else null.</param>
/// <param name="Document">What was signed; null of what is encrypted.</param>
/// <param name="Compact">The whole.</param>
internal sealed record Envelope(string Type, ExchangeKey? By, string? To, string? Document, string Compact)
{
    public const string IntroductionType = "rasp-introduction-1";
    public const string SealType = "rasp-exchanged-seal-1";
    public const string BundleType = "rasp-bundle-1";

    /// <summary>A bundle in its envelope: nobody but the recipient can open it.</summary>
    public const string EncryptedType = "rasp-encrypted-bundle-1";

    /// <summary>Bytes of a file. What a council writes comes nowhere near.</summary>
    public const int Largest = 5_000_000;

    private const string Agreement = "ECDH-ES+A256KW";
    private const string Encryption = "A256GCM";
    private const string NotWhole = "it is not whole, or has been changed";

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    /// <summary>Makes the two keys of an organisation in a round.</summary>
    public static SecretKeys MakeKeys()
    {
        return new(Make(), Make());

        static SecretKey Make()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var whole = key.ExportParameters(includePrivateParameters: true);
            return new(new(Base64Url.EncodeToString(whole.Q.X), Base64Url.EncodeToString(whole.Q.Y)), Base64Url.EncodeToString(whole.D));
        }
    }

    /// <summary>Signs a document.</summary>
    public static string Sign(string type, string document, SecretKey key)
    {
        using var ecdsa = ECDsa.Create(Parameters(key.Public, key.D));
        return Jws.Sign(ecdsa, type, document);
    }

    /// <summary>Encrypts a signed bundle to its recipient.</summary>
    public static string Encrypt(string jws, ExchangeKey recipient)
    {
        using var key = ECDiffieHellman.Create(Parameters(recipient, null));
        return JWE.EncryptBytes(
            Encoding.ASCII.GetBytes(jws), [new JweRecipient(JweAlgorithm.ECDH_ES_A256KW, key)], JweEncryption.A256GCM, mode: SerializationMode.Compact,
            extraProtectedHeaders: new Dictionary<string, object> { ["typ"] = EncryptedType, ["cty"] = BundleType, ["kid"] = recipient.Id });
    }

    /// <summary>Whether a file could be one: the first characters of a JWS or JWE, with white space before them perhaps.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> bytes) => Trim(bytes).StartsWith("eyJ"u8);

    /// <summary>Reads a file, and verifies its signature where it has one.</summary>
    /// <exception cref="FormatException">It is no such file, or its signature does not hold: the message says why, as a part of a sentence.</exception>
    public static Envelope Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Largest) throw new FormatException($"it is larger than {Largest / 1_000_000} MB, and no file of a partner is");
        var text = Trim(bytes);
        if (text.IsEmpty) throw new FormatException("it is empty");
        if (text.StartsWith("PK\x03\x04"u8) || text.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0])) throw new FormatException("it is a zip archive or an Office document; give the text file as you got it");
        if (text.StartsWith("%PDF"u8)) throw new FormatException("it is a PDF; give the text file as you got it");
        if (text[0] is (byte)'{' or (byte)'[') throw new FormatException("it is JSON, such as a seal from the page of a round’s seals; partners on other servers give you text files that begin with eyJ");
        if (!text.StartsWith("eyJ"u8) || text.ContainsAnyExcept(Alphabet)) throw new FormatException("it is not a file that Rasp makes for partners on other servers, or its text has been changed, by a mail program perhaps");
        var compact = Encoding.ASCII.GetString(text);
        var parts = compact.Split('.');
        if (parts.Length is not (3 or 5) || !parts.All(IsCanonical)) throw new FormatException(NotWhole);
        try
        {
            var header = Header(parts[0]);
            var type = header.TryGetValue("typ", out var typ) && typ.ValueKind == JsonValueKind.String ? typ.GetString()! : throw new FormatException(NotWhole);
            return parts.Length == 5 ? Encrypted(type, header, parts, compact) : Signed(type, compact);
        }
        // A string that is no text.
        catch (InvalidOperationException failure)
        {
            throw new FormatException(NotWhole, failure);
        }
    }

    /// <summary>What an introduction says. It is signed by the key that it holds: whoever made it has that key.</summary>
    /// <exception cref="FormatException">It is none, or signed by another key than it holds.</exception>
    public Introduction Introduce()
    {
        if (Type != IntroductionType) throw new FormatException("it is no introduction");
        var introduction = Introduction.Read(Document!);
        if (introduction.SigningKey != By) throw new FormatException("it is signed by another key than it holds");
        // A key that is no point of the curve would fail only when something is encrypted to it.
        return Using(() =>
        {
            using var key = ECDiffieHellman.Create(Parameters(introduction.EncryptionKey, null));
            return introduction;
        }, "its encryption key is not a P-256 key");
    }

    /// <summary>Decrypts it.</summary>
    /// <returns>The bundle in it, whose signature holds.</returns>
    /// <exception cref="FormatException">It is not for this key, or has been changed.</exception>
    public Envelope Decrypt(SecretKey key)
    {
        if (key.Public.Id != To) throw new FormatException("it is encrypted to another key");
        var jws = Using(() =>
        {
            using var ecdh = ECDiffieHellman.Create(Parameters(key.Public, key.D));
            return JWE.Decrypt(Compact, ecdh, JweAlgorithm.ECDH_ES_A256KW, JweEncryption.A256GCM).PlaintextBytes;
        }, "it can’t be decrypted: it has been changed since it was encrypted");
        var inner = Read(jws);
        return inner.Type == BundleType ? inner : throw new FormatException("there is no bundle in it");
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        return bytes.Trim(" \t\r\n"u8);
    }

    /// <summary>Whether a part is base64url in the one way in which its bytes can be written: a changed character is never the same bytes.</summary>
    private static bool IsCanonical(string part) => part.Length > 0 && part.Length % 4 != 1 && Base64Url.IsValid(part) && Base64Url.EncodeToString(Base64Url.DecodeFromChars(part)) == part;

    private static Dictionary<string, JsonElement> Header(string part)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(NotWhole, failure);
        }
    }

    private static Envelope Signed(string type, string compact)
    {
        if (type is not (IntroductionType or SealType or BundleType)) throw new FormatException(Unknown(type));
        var (by, statement) = Jws.Open(compact, type);
        return new(type, new(by.X, by.Y), null, statement, compact);
    }

    private static Envelope Encrypted(string type, Dictionary<string, JsonElement> header, string[] parts, string compact)
    {
        if (type != EncryptedType) throw new FormatException(Unknown(type));
        Has(header, "alg", "enc", "epk", "typ", "cty", "kid");
        Is(header, "alg", Agreement);
        Is(header, "enc", Encryption);
        Is(header, "cty", BundleType);
        var epk = header["epk"];
        if (epk.ValueKind != JsonValueKind.Object) throw new FormatException(NotWhole);
        var key = epk.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        Has(key, "kty", "crv", "x", "y");
        Is(key, "kty", "EC");
        Is(key, "crv", "P-256");
        if (!ExchangeKey.IsCoordinate(Text(key, "x")) || !ExchangeKey.IsCoordinate(Text(key, "y"))) throw new FormatException(NotWhole);
        // A wrapped key of 256 bits, a nonce and a tag are always so long.
        if (Length(parts[1]) != 40 || Length(parts[2]) != 12 || Length(parts[4]) != 16) throw new FormatException(NotWhole);
        return new(type, null, Text(header, "kid"), null, compact);
    }

    private static string Unknown(string type) => type.StartsWith("rasp-", StringComparison.Ordinal)
        ? $"it is of the kind ‘{type}’, which this version of Rasp does not take here: it may be of a newer one"
        : "it is not a file that Rasp makes for partners on other servers";

    private static int Length(string part) => Base64Url.GetMaxDecodedLength(part.Length);

    private static void Has(Dictionary<string, JsonElement> header, params string[] members)
    {
        if (header.Count != members.Length || !members.All(header.ContainsKey)) throw new FormatException("its header has other members than such a file has");
    }

    private static void Is(Dictionary<string, JsonElement> header, string member, string value)
    {
        if (Text(header, member) != value) throw new FormatException($"its header says that its {member} is another than {value}, and nothing else is taken");
    }

    private static string Text(Dictionary<string, JsonElement> header, string member) =>
        header[member] is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw new FormatException(NotWhole);

    private static ECParameters Parameters(ExchangeKey key, string? d) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new() { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
        D = d is null ? null : Base64Url.DecodeFromChars(d),
    };

    private static T Using<T>(Func<T> use, string otherwise)
    {
        try
        {
            return use();
        }
        catch (Exception failure) when (failure is JoseException or CryptographicException or ArgumentException)
        {
            throw new FormatException(otherwise, failure);
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Jose;
using Rasp.Data.Signing;
using Rasp.Readiness;

namespace Rasp.Signing;

/// <summary>What somebody signed, once its signature was found to hold.</summary>
/// <param name="By">The key that signed it. That it holds proves this key and no more: whose it is has to be known otherwise.</param>
/// <param name="Statement">What was signed, to the letter.</param>
internal sealed record Signed(PublicKey By, string Statement);

/// <summary>
/// Statements signed in the compact form of a JSON Web Signature (RFC 7515): by ES256 alone, saying of what type they are, and with the public key in
/// them, so that they can be verified without asking anybody. Needs no database.
/// </summary>
internal static class Jws
{
    /// <summary>A statement has to say that it is of the type that is expected where it stands: no signature counts for anything else than it was made for.</summary>
    private static readonly HashSet<string> Members = ["alg", "typ", "kid", "jwk"];

    /// <param name="key">With its private half.</param>
    /// <param name="type">What is signed, such as rasp-report.</param>
    /// <param name="statement">JSON, as a rule.</param>
    public static string Sign(ECDsa key, string type, string statement)
    {
        var shown = PublicKey.Of(key);
        return JWT.Encode(statement, key, JwsAlgorithm.ES256, extraHeaders: new Dictionary<string, object>
        {
            ["typ"] = type,
            ["kid"] = shown.Thumbprint,
            ["jwk"] = new Dictionary<string, object> { ["crv"] = PublicKey.Curve, ["kty"] = PublicKey.KeyType, ["x"] = shown.X, ["y"] = shown.Y },
        });
    }

    /// <summary>Verifies a signature by the key that it brings.</summary>
    /// <exception cref="FormatException">It does not hold, or is not of this kind: the message says why, in a part of a sentence.</exception>
    public static Signed Open(string jws, string type)
    {
        var parts = jws.Split('.');
        if (parts.Length != 3) throw new FormatException("its signature is not three parts with full stops between them");
        var key = KeyOf(parts[0], type);
        using var open = key.Open();
        try
        {
            return new(key, JWT.Decode(jws, open, JwsAlgorithm.ES256));
        }
        catch (Exception refused) when (refused is JoseException or FormatException or ArgumentException or CryptographicException)
        {
            throw new FormatException("its signature does not hold");
        }
    }

    private static PublicKey KeyOf(string header, string type)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.Decode(header), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var said = json.RootElement;
            if (said.ValueKind != JsonValueKind.Object) throw new FormatException("its signature’s header is no JSON object");
            if (said.EnumerateObject().Select(m => m.Name).FirstOrDefault(m => !Members.Contains(m)) is { } unknown) throw new FormatException($"its signature’s header says {Quoting.Quote(unknown)}, which is not understood here");
            if (Text("alg") is var algorithm && algorithm != PublicKey.Algorithm) throw new FormatException($"it is signed by {Quoting.Quote(algorithm)}; only {PublicKey.Algorithm} is accepted");
            if (Text("typ") is var typ && typ != type) throw new FormatException($"what is signed is {Quoting.Quote(typ)}, and not {type}");
            if (!said.TryGetProperty("jwk", out var jwk)) throw new FormatException("its signature brings no key");
            var key = PublicKey.Read(jwk);
            return Text("kid") == key.Thumbprint ? key : throw new FormatException("its signature names another key than it brings");

            string Text(string name) => said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"its signature’s header has no {name}");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("its signature’s header can’t be read");
        }
    }
}

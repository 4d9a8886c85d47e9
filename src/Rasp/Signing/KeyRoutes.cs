using System.Buffers;
using System.Text.Json;
using Rasp.Data.Signing;

namespace Rasp.Signing;

/// <summary>The keys of this installation for programs: a JSON Web Key Set (RFC 7517), with those that are retired, since what they signed still holds.</summary>
internal static class KeyRoutes
{
    private const string MediaType = "application/jwk-set+json";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    public static void MapKeys(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Links.KeysJson, async (HttpContext context, SigningKeys keys) =>
        Results.Bytes(Write(await keys.AllAsync(context.RequestAborted)), MediaType));

    private static byte[] Write(IReadOnlyList<ShownKey> keys)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var (key, createdAt, retiredAt) in keys)
            {
                json.WriteStartObject();
                json.WriteString("kty", PublicKey.KeyType);
                json.WriteString("crv", PublicKey.Curve);
                json.WriteString("x", key.X);
                json.WriteString("y", key.Y);
                json.WriteString("use", "sig");
                json.WriteString("alg", PublicKey.Algorithm);
                json.WriteString("kid", key.Thumbprint);
                // Ours: whoever does not know them passes over them (RFC 7517 § 4).
                json.WriteString("createdAt", createdAt.UtcDateTime);
                if (retiredAt is { } since) json.WriteString("retiredAt", since.UtcDateTime);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}

using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace Rasp.Api;

/// <summary>
/// Documents as they go out: each with a tag of what this caller gets to see and of nothing else, so that who has it already is told so. A tag
/// is of the bytes on the wire; compressed, it is another.
/// </summary>
internal static class Documents
{
    public const string Json = "application/json";

    /// <summary>As contract.md has it: camelCase, in the order in which it is written here, nothing left out.</summary>
    public static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), WriteIndented = true };

    public static IResult Of<T>(HttpContext context, T document) => Of(context, JsonSerializer.SerializeToUtf8Bytes(document, Form));

    public static IResult Of(HttpContext context, Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        return Of(context, bytes.ToArray());
    }

    /// <summary>What stands under a version, which is its tag: to change it, a call names the version that it saw.</summary>
    /// <param name="context">The call.</param>
    /// <param name="document">What stands there.</param>
    /// <param name="version">Its version.</param>
    /// <param name="status">How the call ended.</param>
    /// <param name="isAllInVersion">Whether nothing in it changes without its version: only then is who has the version told that nothing has.</param>
    public static IResult Versioned<T>(HttpContext context, T document, int version, int status = StatusCodes.Status200OK, bool isAllInVersion = true) =>
        Tagged(context, JsonSerializer.SerializeToUtf8Bytes(document, Form), version.ToString(System.Globalization.CultureInfo.InvariantCulture), status, isAllInVersion);

    /// <summary>What was made just now, where the header Location says.</summary>
    public static IResult Made<T>(HttpContext context, T document)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(document, Form), Json);
    }

    /// <summary>The version that a call saw, from If-Match; what is wrong with the call where it names none.</summary>
    /// <param name="context">The call.</param>
    /// <param name="version">0 where nothing had been there, which If-None-Match: * says too.</param>
    public static IResult? ReadVersion(HttpContext context, out int version)
    {
        version = 0;
        var headers = context.Request.GetTypedHeaders();
        if (headers.IfNoneMatch is [{ Tag.Value: "*" }] && headers.IfMatch.Count == 0) return null;
        if (headers.IfMatch is [{ IsWeak: false } tag] && int.TryParse(Bare(tag.Tag.Value!), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out version)) return null;
        if (headers.IfMatch.Count > 0) return Problems.Of(StatusCodes.Status412PreconditionFailed, "Changed meanwhile", "If-Match names a version that this never had. Read it again, and send the ETag that comes with it.");
        return Problems.Of(StatusCodes.Status428PreconditionRequired, "Say what you have seen", "Read it first, and send the ETag that came with it as If-Match, so that you overwrite nobody's change unseen.");
    }

    public static IResult Stale(HttpContext context, int version)
    {
        context.Response.Headers.ETag = Tag(context, version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Problems.Of(StatusCodes.Status412PreconditionFailed, "Changed meanwhile", "Somebody else changed it after you had read it. Nothing was changed: read it again, and decide.");
    }

    /// <summary>The same with one item of each list: an example.</summary>
    public static JsonNode Shortened(object document) => Shorten(document as JsonNode ?? JsonSerializer.SerializeToNode(document, Form)!);

    private static JsonNode Shorten(JsonNode node)
    {
        switch (node)
        {
            case JsonArray array:
                while (array.Count > 1) array.RemoveAt(array.Count - 1);
                break;
            case JsonObject { Count: > 0 } levels when levels.Parent is JsonObject && levels.GetPropertyName() == "levels":
                return node;
        }
        foreach (var part in node is JsonArray items ? items : node is JsonObject fields ? fields.Select(f => f.Value) : []) if (part is not null) Shorten(part);
        return node;
    }

    private static IResult Of(HttpContext context, byte[] bytes) => Tagged(context, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)), StatusCodes.Status200OK);

    private static IResult Tagged(HttpContext context, byte[] bytes, string tag, int status, bool mayBeHad = true)
    {
        context.Response.Headers.ETag = Tag(context, tag);
        if (mayBeHad && status == StatusCodes.Status200OK && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && Has(context, tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        context.Response.StatusCode = status;
        return TypedResults.Bytes(bytes, Json);
    }

    /// <summary>Whether whoever asks has this already, whichever way it was compressed.</summary>
    private static bool Has(HttpContext context, string tag) =>
        context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || Bare(t.Tag.Value!) == tag);

    private static string Tag(HttpContext context, string tag)
    {
        var encoding = context.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(context)?.EncodingName;
        return encoding is null ? $"\"{tag}\"" : $"\"{tag}-{encoding}\"";
    }

    private static string Bare(string tag) => tag.Trim('"').Split('-')[0];
}

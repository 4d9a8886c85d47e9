using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rasp.Api;

/// <summary>The description laid out for people to read: what can be asked for, by subject, and what the documents look like. It knows nothing but the description.</summary>
public sealed class ApiReading
{
    private static readonly JsonSerializerOptions Printed = new(Documents.Form) { WriteIndented = true };

    /// <summary>What many calls can say, and the page says once for all of them.</summary>
    private static readonly string[] Common = [Paging.SizeField, Paging.AfterField, "If-None-Match"];

    private const string Null = "null";

    private readonly JsonNode document;

    public ApiReading(JsonNode document)
    {
        this.document = document;
        var shown = new HashSet<string>(StringComparer.Ordinal);
        Calls = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject(), (p, call) => Call(p.Key, call.Key, call.Value!))
            // One example of each shape is enough.
            .Select(c => c.Sent is null && c.Got.Example is not null && !shown.Add(c.Got.Kind.Words) ? c with { Got = (c.Got.Kind, null) } : c).GroupBy(c => c.Subject).ToList();
    }

    public string Description => Text(document["info"]!, "description")!;

    /// <summary>What calls begin with.</summary>
    public string Site => document["servers"]![0]!["url"]!.GetValue<string>();

    /// <summary>What can be asked for, by subject, in the order of the description.</summary>
    public IReadOnlyList<IGrouping<string, ApiCall>> Calls { get; }

    /// <summary>What calls can be refused with.</summary>
    public IEnumerable<(string Status, string Means)> Refusals => document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).SelectMany(c => c.Value!["responses"]!.AsObject())
        .Select(r => (r.Key, Reference: Text(r.Value!, "$ref"))).Where(r => r.Reference is not null).DistinctBy(r => r.Key).OrderBy(r => r.Key, StringComparer.Ordinal)
        .Select(r => (r.Key, Text(document["components"]!["responses"]![r.Reference!.Split('/')[^1]]!, "description")!));

    /// <summary>What the documents look like, by name.</summary>
    public IEnumerable<ApiShape> Shapes => document["components"]!["schemas"]!.AsObject().Where(s => s.Value!["properties"] is not null).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new ApiShape(
        s.Key, Text(s.Value!, "description"),
        [.. s.Value!["properties"]!.AsObject().Select(f => new ApiField(f.Key, Kind(f.Value!), Text(f.Value!, "description")))]));

    private ApiCall Call(string path, string method, JsonNode call)
    {
        var (_, done) = call["responses"]!.AsObject().First(r => r.Key is "200" or "201");
        var (type, content) = done!["content"]!.AsObject().First();
        return new(
            Text(call, "operationId")!, method.ToUpperInvariant(), path, Text(call["tags"]![0]!)!, Text(call, "summary")!, Text(call, "description")!,
            [.. (call["parameters"]?.AsArray() ?? []).Where(p => !Common.Contains(Text(p!, "name"))).Select(p => new ApiField(Text(p!, "name")!, (p!["in"]!.GetValue<string>() switch { "header" => "header", _ => "in the address" }, null), Text(p!, "description")))],
            call["requestBody"]?["content"]?["application/json"] is { } sent ? (Kind(sent["schema"]!), Print(sent["example"])) : null,
            (type == Documents.Json ? Kind(content!["schema"]!) : (type, null), type == Documents.Json ? Print(content!["example"]) : null));
    }

    /// <summary>What stands there, in words; and the shape that it has, where it is one.</summary>
    private (string Words, string? Shape) Kind(JsonNode schema)
    {
        if (Text(schema, "$ref") is { } reference)
        {
            var name = reference.Split('/')[^1];
            var target = document["components"]!["schemas"]![name]!;
            return target["properties"] is not null ? (name, name) : Kind(target);
        }
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray either)
        {
            var kinds = either.Select(e => Kind(e!)).DistinctBy(k => k.Words).OrderBy(k => k.Words == Null).ToList();
            return (string.Join(" or ", kinds.Select(k => k.Words)), kinds.Select(k => k.Shape).FirstOrDefault(s => s is not null));
        }
        if (schema["enum"] is JsonArray words) return (string.Join(" or ", words.Select(w => Text(w!))), null);
        var types = schema["type"] switch { JsonArray several => [.. several.Select(t => Text(t!)!)], { } one => [Text(one)!], null => Array.Empty<string>() };
        Array.Sort(types, (one, other) => (one == Null).CompareTo(other == Null));
        var inner = schema["items"] is { } items ? Kind(items) : schema["additionalProperties"] is JsonObject values ? Kind(values) : default;
        return (string.Join(" or ", types.Select(t => t switch
        {
            "array" => $"list of {inner.Words}",
            "object" => inner.Words is null ? "object" : $"by name: {inner.Words}",
            "string" => Text(schema, "format") switch { "date-time" => "time", "date" => "day", _ => "text" },
            "integer" => "whole number",
            "boolean" => "true or false",
            _ => t,
        })), inner.Shape);
    }

    private static string? Print(JsonNode? example) => example?.ToJsonString(Printed);

    private static string? Text(JsonNode node, string name) => node[name] is JsonValue value ? Text(value) : null;

    private static string? Text(JsonNode node) => node.GetValue<string>();
}

/// <summary>Something that can be asked for.</summary>
/// <param name="Id">What it goes by on the page.</param>
/// <param name="Method">How it is asked for.</param>
/// <param name="Path">Where.</param>
/// <param name="Subject">Among what it stands.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Does">What it does.</param>
/// <param name="Fields">What the call says beside its content.</param>
/// <param name="Sent">What it sends, with an example; null where nothing.</param>
/// <param name="Got">What comes back, with an example; null where that is no JSON.</param>
public sealed record ApiCall(
    string Id, string Method, string Path, string Subject, string Name, string Does, IReadOnlyList<ApiField> Fields, ((string Words, string? Shape) Kind, string? Example)? Sent, ((string Words, string? Shape) Kind, string? Example) Got);

/// <summary>What a document looks like.</summary>
public sealed record ApiShape(string Name, string? Means, IReadOnlyList<ApiField> Fields);

/// <summary>A part of it.</summary>
public sealed record ApiField(string Name, (string Words, string? Shape) Kind, string? Means);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rasp.Api;

/// <summary>What a call sends, read so that what is wrong with it can be said where it is wrong.</summary>
internal static class Bodies
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict };

    /// <summary>What was sent; else what is wrong with it.</summary>
    public static async Task<(T? Body, IResult? Fault)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType()) return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Not in this form", "Send JSON, and say so: Content-Type: application/json."));
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Strict, context.RequestAborted) is { } body ? (body, null) : (null, Problems.Invalid(("", "A JSON object, not null.")));
        }
        catch (JsonException fault)
        {
            // Its own words tell of types of ours from the first “Path:” on.
            var where = fault.Path?.TrimStart('$').TrimStart('.') ?? "";
            return (null, Problems.Invalid((where, fault.Message.Split(" Path:")[0].Split(" The JSON property '")[0] is { Length: > 0 } said && !said.Contains("Rasp.", StringComparison.Ordinal) ? said : $"Not in the form that belongs here: {Fields<T>()}.")));
        }
    }

    private static string Fields<T>() => "an object of " + string.Join(", ", typeof(T).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)));
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rasp.Readiness.Sharing;

/// <summary>What the documents have in common that servers exchange: how they are written, and that they are read strictly (docs/exchange.md).</summary>
internal static class ExchangeJson
{
    /// <summary>Characters of a commitment, of a salt, of a thumbprint.</summary>
    public const int HexadecimalDigits = 64;

    private const int LongestName = 200;
    private const int LongestKey = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string format, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", format);
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time) => json.WriteString(name, time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    public static void WriteKey(this Utf8JsonWriter json, string name, ExchangeKey key)
    {
        json.WriteStartObject(name);
        json.WriteString("kty", "EC");
        json.WriteString("crv", "P-256");
        json.WriteString("x", key.X);
        json.WriteString("y", key.Y);
        json.WriteEndObject();
    }

    public static void WriteInstrument(this Utf8JsonWriter json, AskedInstrument instrument)
    {
        json.WriteStartObject("instrument");
        json.WriteString("id", instrument.Id);
        json.WriteString("version", instrument.Version);
        json.WriteString("sha256", instrument.Hash);
        json.WriteEndObject();
    }

    /// <summary>Reads a document of a format.</summary>
    /// <exception cref="FormatException">It is none: the message says why, in a part of a sentence.</exception>
    public static T Read<T>(string format, string text, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (json.RootElement.Text("format") is var found && found != format) throw new FormatException($"its format is {Quoting.Quote(found)}, and this Rasp reads '{format}'");
            return read(json.RootElement);
        }
        // Not JSON, a member of another kind, or text that is no text.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("what it holds can’t be read", failure);
        }
    }

    public static string Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.GetString() is { } text ? text : throw new FormatException($"it has no {name}");

    /// <summary>A name as people give it: on one line, with something in it, and not too long to be shown.</summary>
    public static string Name(this JsonElement json, string name) => Short(json, name, LongestName);

    /// <summary>The key of something.</summary>
    public static string Key(this JsonElement json, string name) => Short(json, name, LongestKey);

    public static string Hexadecimal(this JsonElement json, string name) => json.Text(name) is var text && text.Length == HexadecimalDigits && text.All(char.IsAsciiHexDigitLower)
        ? text
        : throw new FormatException($"its {name} is not {HexadecimalDigits} hexadecimal digits in lower case");

    /// <summary>From 1.</summary>
    public static int Count(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) && number >= 1 ? number : throw new FormatException($"its {name} is not a number from 1");

    public static DateTimeOffset Time(this JsonElement json, string name) => OptionalTime(json, name) ?? throw new FormatException($"it has no {name}");

    public static DateTimeOffset? OptionalTime(this JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? throw new FormatException($"it has no {name}")
        : value.ValueKind == JsonValueKind.Null ? null
        : value.TryGetDateTimeOffset(out var time) && time.Offset == TimeSpan.Zero && time.Year is > 2000 and < 3000 ? time
        : throw new FormatException($"its {name} is not a time in UTC");

    public static Depth DepthOf(this JsonElement json, string name) =>
        Depths.Parse(json.Text(name)) ?? throw new FormatException($"its {name} is {Quoting.Quote(json.Text(name))}; it can be nothing, areas, questions or everything");

    public static ExchangeKey PublicKey(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var key) || key.ValueKind != JsonValueKind.Object) throw new FormatException($"it has no {name}");
        if (key.Text("kty") != "EC" || key.Text("crv") != "P-256" || !ExchangeKey.IsCoordinate(key.Text("x")) || !ExchangeKey.IsCoordinate(key.Text("y"))) throw new FormatException($"its {name} is not a P-256 key");
        return new(key.Text("x"), key.Text("y"));
    }

    public static AskedInstrument Instrument(this JsonElement json) =>
        json.TryGetProperty("instrument", out var instrument) ? new(instrument.Key("id"), instrument.Key("version"), instrument.Hexadecimal("sha256")) : throw new FormatException("it has no instrument");

    private static string Short(JsonElement json, string name, int longest)
    {
        var text = json.Text(name);
        return text.Length <= longest && !string.IsNullOrWhiteSpace(text) && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')
            ? text
            : throw new FormatException($"its {name} is empty, longer than {longest} characters, or not on one line");
    }
}

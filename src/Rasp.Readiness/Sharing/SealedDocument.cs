using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Sharing;

/// <summary>
/// What a sealed assessment shows at one depth, as one canonical text: its commitment is made from it, and what partners see after
/// the reveal is read from it. docs/seals.md describes the form, with a worked example.
/// </summary>
public static class SealedDocument
{
    /// <summary>The form of these documents. It changes when they do.</summary>
    public const string Format = "rasp-sealed/1";

    /// <summary>Bytes of a salt: without it, nobody can try out answers against a commitment.</summary>
    public const int SaltLength = 32;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes what a result shows at a depth.</summary>
    /// <param name="programme">Which programme, by its name.</param>
    /// <param name="result">The organisation's own result.</param>
    /// <param name="sheet">What it was made from.</param>
    /// <param name="depth">Areas, questions or everything.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depth is nothing: there is no document of it.</exception>
    public static string Write(string programme, AssessmentResult result, AnswerSheet sheet, Depth depth)
    {
        if (depth == Depth.Nothing) throw new ArgumentOutOfRangeException(nameof(depth), depth, "Nothing has no document.");
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("depth", depth.Word());
            json.WriteString("organisation", result.Organisation);
            json.WriteString("programme", programme);
            json.WriteString("round", result.Round);
            json.WriteString("stage", result.Stage);
            json.WriteStartObject("instrument");
            json.WriteString("id", result.Instrument.Id);
            json.WriteString("version", result.Instrument.Version);
            json.WriteEndObject();
            json.WriteStartObject("overall");
            Score(json, result.Overall.Score, result.Overall.Band, result.Overall.IsProvisional);
            json.WriteEndObject();
            json.WriteStartArray("areas");
            foreach (var area in result.Areas)
            {
                json.WriteStartObject();
                json.WriteString("area", area.Area.Key);
                Score(json, area.Score, area.Band, area.IsProvisional);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (depth >= Depth.Questions) Questions(json, result, Release.Settled(result, sheet, depth));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The commitment: SHA-256 of the salt and, directly after it, the document in UTF-8.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, string document)
    {
        var bytes = new byte[salt.Length + Encoding.UTF8.GetByteCount(document)];
        salt.CopyTo(bytes);
        Encoding.UTF8.GetBytes(document, bytes.AsSpan(salt.Length));
        return SHA256.HashData(bytes);
    }

    /// <summary>What a document says of itself.</summary>
    /// <exception cref="FormatException">It is no such document.</exception>
    public static SealedHeading Heading(string document) => Read(document, Heading);

    /// <summary>Reads a document back into what it shows.</summary>
    /// <param name="instrument">The one that the document names.</param>
    /// <param name="document">As written.</param>
    /// <exception cref="FormatException">It is no such document, or of another instrument.</exception>
    public static Release Read(Instrument instrument, string document) => Read(document, json => Released(instrument, json));

    private static T Read<T>(string document, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return read(json.RootElement);
        }
        // What is missing, of another kind, there twice, or nowhere in the instrument.
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("This is no sealed document.", failure);
        }
    }

    private static SealedHeading Heading(JsonElement json)
    {
        if (Text(json, "format") != Format) throw new FormatException($"This is not {Format}.");
        var instrument = json.GetProperty("instrument");
        return new(
            Depths.Parse(Text(json, "depth")) is { } depth and not Depth.Nothing ? depth : throw new FormatException("This depth is not known."),
            Text(json, "organisation"), Text(json, "programme"), Text(json, "round"), json.GetProperty("stage").GetString(), Text(instrument, "id"), Text(instrument, "version"));
    }

    private static Release Released(Instrument instrument, JsonElement json)
    {
        var heading = Heading(json);
        if (heading.InstrumentId != instrument.Id || heading.InstrumentVersion != instrument.Version)
        {
            throw new FormatException($"This was answered with {heading.InstrumentId} {heading.InstrumentVersion}, not with {instrument}.");
        }
        var areas = json.GetProperty("areas").EnumerateArray().ToDictionary(a => Text(a, "area"), StringComparer.Ordinal);
        var release = new Release
        {
            Organisation = heading.Organisation,
            Depth = heading.Depth,
            Overall = Score(instrument, json.GetProperty("overall")),
            Areas = [.. instrument.Areas.Select(a => new ReleasedArea(a, Score(instrument, areas[a.Key])))],
        };
        if (heading.Depth == Depth.Areas) return release;
        var agreed = json.GetProperty("answers").EnumerateArray().ToDictionary(a => Text(a, "question"), a => Answer(instrument, a), StringComparer.Ordinal);
        var settled = new AnswerSheet(heading.Organisation, heading.Round, [], agreed);
        var result = Scorer.Score(instrument, heading.Stage, settled);
        if (agreed.Keys.Any(q => result.Find(q) is null)) throw new FormatException("A question is answered that was not asked.");
        return release.With(result, json.GetProperty("findings").EnumerateArray().Select(f => (Kind(Text(f, "kind")), Text(f, "question"))), settled);
    }

    private static void Questions(Utf8JsonWriter json, AssessmentResult result, AnswerSheet settled)
    {
        json.WriteStartArray("answers");
        foreach (var question in result.Questions)
        {
            if (!settled.Agreed.TryGetValue(question.Question.Key, out var answer)) continue;
            json.WriteStartObject();
            json.WriteString("question", question.Question.Key);
            json.WriteString("answer", answer.Choice.ToString());
            if (answer.Stance is { } stance) json.WriteString("stance", stance.Word());
            if (answer.Note is not null) json.WriteString("note", answer.Note);
            if (answer.Evidence is not null) json.WriteString("evidence", answer.Evidence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind.Word());
            json.WriteString("question", finding.Result.Question.Key);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Score(Utf8JsonWriter json, Score score, Band? band, bool isProvisional)
    {
        Number(json, "score", score.Value);
        Number(json, "low", score.Low);
        Number(json, "high", score.High);
        Number(json, "coverage", score.Coverage);
        json.WriteString("band", band?.Key);
        json.WriteBoolean("provisional", isProvisional);
    }

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static ReleasedScore Score(Instrument instrument, JsonElement json) => new(
        new(Number(json, "score"), Number(json, "low"), Number(json, "high"), Number(json, "coverage")),
        json.GetProperty("band").GetString() is { } key ? instrument.Bands.First(b => b.Key == key) : null,
        json.GetProperty("provisional").GetBoolean());

    /// <summary>A score, or a share: another server may have written it, and what can't be is read nowhere. Sums may be off by a rounding.</summary>
    private static double? Number(JsonElement json, string name) => json.GetProperty(name) is not { ValueKind: not JsonValueKind.Null } value ? null
        : value.GetDouble() is > -0.001 and < 100.001 and var number ? number
        : throw new FormatException($"This {name} can’t be.");

    private static Answer Answer(Instrument instrument, JsonElement json) => new(
        Choice.Parse(Text(json, "answer"), instrument.Levels.Count) ?? throw new FormatException("This answer is not known."),
        OptionalText(json, "stance") is { } stance ? Stances.Parse(stance) ?? throw new FormatException("This stance is not known.") : null,
        OptionalText(json, "note"), OptionalText(json, "evidence"));

    private static FindingKind Kind(string word) => Enum.GetValues<FindingKind>().First(k => k.Word() == word);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"There is no {name}.");

    private static string? OptionalText(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>What a sealed document says of itself.</summary>
/// <param name="Depth">What it shows: areas, questions or everything.</param>
/// <param name="Organisation">Whose it is.</param>
/// <param name="Programme">In which programme.</param>
/// <param name="Round">In which round.</param>
/// <param name="Stage">The key of the round's stage; null where all questions are asked.</param>
/// <param name="InstrumentId">With which instrument it was answered.</param>
/// <param name="InstrumentVersion">In which version.</param>
public sealed record SealedHeading(Depth Depth, string Organisation, string Programme, string Round, string? Stage, string InstrumentId, string InstrumentVersion);

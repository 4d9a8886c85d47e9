using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Tests;

/// <summary>The way through the core that <c>rasp score</c> takes: texts in, the results document out.</summary>
internal static class Core
{
    public static SourceFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    public static Reading<Instrument> Read(IReadOnlyDictionary<string, string> files, string main = "instrument.yaml") =>
        InstrumentYaml.Read(File(main, files[main]), name => files.TryGetValue(name, out var text) ? File(name, text) : null);

    public static Reading<Instrument> Read(string yaml) => Read(new Dictionary<string, string> { ["instrument.yaml"] = yaml });

    public static T Value<T>(this Reading<T> reading)
        where T : class
    {
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }

    public static Reading<IReadOnlyList<AnswerSheet>> Sheets(Instrument instrument, params IEnumerable<string> csv) =>
        AnswerCsv.Parse(csv.Select((text, i) => File(i == 0 ? "answers.csv" : $"answers-{i + 1}.csv", text))).Sheets(_ => instrument);

    public static ResultSet Score(PlainCase given, int style = 0)
    {
        var random = new Random(style);
        var read = new Dictionary<PlainInstrument, Instrument>(ReferenceEqualityComparer.Instance);
        var instruments = given.Rounds.ToDictionary(
            r => r.Key,
            r => read.TryGetValue(r.Value.Instrument, out var i) ? i
                : read[r.Value.Instrument] = Read(Generated.Yaml(r.Value.Instrument, random)).Value());
        var csv = Generated.Csv(given.Answers, random);
        var sheets = AnswerCsv.Parse(csv.Select((text, i) => File($"answers-{i}.csv", text))).Sheets(round => instruments[round]).Value();
        return ResultSet.Of(sheets.Select(s => Scorer.Score(instruments[s.Round], given.Rounds[s.Round].Stage, s)), given.Candidate);
    }

    public static JsonNode Document(ResultSet results)
    {
        using var stream = new MemoryStream();
        ResultsJson.Write(stream, results);
        return JsonNode.Parse(stream.ToArray())!;
    }

    public static JsonNode Document(PlainCase given, int style = 0) => Document(Score(given, style));

    /// <summary>What a person needs to see of a case that fails.</summary>
    public static string Print(PlainCase given)
    {
        var text = new StringBuilder();
        foreach (var (round, call) in given.Rounds)
        {
            text.Append($"\nround {round}, stage {call.Stage ?? "none"}:\n");
            foreach (var (name, yaml) in Generated.Yaml(call.Instrument, new(0))) text.Append($"--- {name}\n{yaml}");
        }
        foreach (var csv in Generated.Csv(given.Answers, new(0))) text.Append($"--- answers\n{csv}\n");
        return text.Append($"candidate: {given.Candidate ?? "none"}\n").ToString();
    }
}

/// <summary>Compares results documents: keys and their order, lists and words exactly, numbers to 1e-9.</summary>
internal static class Documents
{
    public static void AssertSame(JsonNode? expected, JsonNode? actual)
    {
        if (Difference("$", expected, actual) is { } difference) Assert.Fail(difference);
    }

    private static string? Difference(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                var (eKeys, aKeys) = (string.Join(" ", e.Select(p => p.Key)), string.Join(" ", a.Select(p => p.Key)));
                if (eKeys != aKeys) return $"{path}: keys should be [{eKeys}], are [{aKeys}]";
                return e.Select(p => Difference($"{path}.{p.Key}", p.Value, a[p.Key])).FirstOrDefault(d => d != null);
            case (JsonArray e, JsonArray a):
                return e.Zip(a).Select((p, i) => Difference($"{path}[{i}]", p.First, p.Second)).FirstOrDefault(d => d != null)
                    ?? (e.Count == a.Count ? null : $"{path}: should be {e.ToJsonString()}, is {a.ToJsonString()}");
            case (JsonValue e, JsonValue a) when Number(e) is { } eNumber && Number(a) is { } aNumber:
                return Math.Abs(eNumber - aNumber) <= 1e-9 ? null : $"{path}: should be {eNumber:R}, is {aNumber:R}";
            default:
                var (eText, aText) = (expected?.ToJsonString() ?? "null", actual?.ToJsonString() ?? "null");
                return eText == aText ? null : $"{path}: should be {eText}, is {aText}";
        }
    }

    private static double? Number(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;
}

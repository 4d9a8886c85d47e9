using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Tests;

/// <summary>Small instruments and answers that say only what a test is about.</summary>
internal static class Given
{
    public static readonly PlainBand[] FourBands = [new("not-ready", 0), new("emerging", 25), new("developing", 50), new("ready", 75)];

    public static PlainQuestion Q(string key, double weight = 1, int? gate = null, int revision = 1, params string[] stages) =>
        new(key, weight, gate, revision, stages);

    /// <summary>Five levels, four bands, one area with one theme: <c>a.t</c>.</summary>
    public static PlainInstrument Instrument(params PlainQuestion[] questions) => Areas(Area("a", 1, questions));

    public static PlainInstrument Areas(params PlainArea[] areas) =>
        new("small", "1.0.0", 5, FourBands, new(), ["explore", "deliver", "run"], areas);

    public static PlainArea Area(string key, double weight, params PlainQuestion[] questions) => new(key, weight, [new("t", questions)]);

    /// <summary>
    /// Lines such as <c>p1 q1 3</c>, <c>agreed b.t.q2 dk fixed</c> or <c>p1 q1 4 - minutes</c>: respondent, question, answer, stance, evidence.
    /// </summary>
    public static IEnumerable<PlainAnswer> From(string organisation, string round, params string[] lines) =>
        from line in lines
        let w = line.Split(' ')
        let question = w[1].Contains('.', StringComparison.Ordinal) ? w[1] : $"a.t.{w[1]}"
        let stance = w.ElementAtOrDefault(3)?.Trim('-') ?? ""
        select new PlainAnswer(organisation, round, w[0], question, w[2], stance, Evidence: w.ElementAtOrDefault(4) ?? "");

    /// <summary>One organisation's result. The reference must come to the same.</summary>
    public static AssessmentResult Result(PlainInstrument instrument, params string[] lines) => ResultAt(instrument, null, lines);

    public static AssessmentResult ResultAt(PlainInstrument instrument, string? stage, params string[] lines) =>
        Assert.Single(Results(instrument, From("Powys", "2026-01", lines), stage: stage).Assessments);

    public static ResultSet Results(PlainInstrument instrument, IEnumerable<PlainAnswer> answers, string? candidate = null, string? stage = null)
    {
        var all = answers.ToList();
        return Results(new PlainCase(all.Select(a => a.Round).Distinct().ToDictionary(r => r, _ => new PlainRound(instrument, stage)), all, candidate));
    }

    public static ResultSet Results(PlainCase given)
    {
        var results = Core.Score(given);
        Documents.AssertSame(Reference.Document(given), Core.Document(results));
        return results;
    }

    /// <summary>Findings as <c>kind question</c>, in their order.</summary>
    public static IEnumerable<string> Findings(this AssessmentResult result) =>
        result.Findings.Select(f => $"{f.Kind.Word()} {f.Result.Question.Key.Split('.')[2]}");

    public static QuestionResult Question(this AssessmentResult result, string key) => result.Find($"a.t.{key}")!;
}

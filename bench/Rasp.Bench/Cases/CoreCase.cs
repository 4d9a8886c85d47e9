using System.Diagnostics;
using System.Text;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Bench.Cases;

/// <summary>Scoring 32 organisations of 20 respondents at 80 questions, and comparing them.</summary>
internal static class CoreCase
{
    private const int Organisations = 32;
    private const int Respondents = 20;

    public static Task RunAsync(Bench bench)
    {
        var instrument = EightyQuestions();
        // The same answers in each run of the program.
        var random = new Random(20);
        var sheets = Enumerable.Range(0, Organisations).Select(o => Sheet(instrument, $"Council {o:00}", random)).ToList();
        var times = new List<double>();
        for (var i = 0; i < 2 * bench.Effort.CoreRuns; i++)
        {
            var before = Stopwatch.GetTimestamp();
            var set = ResultSet.Of(sheets.Select(s => Scorer.Score(instrument, null, s)));
            if (i >= bench.Effort.CoreRuns) times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            bench.Report.Require(set.Comparisons is [{ Questions.Count: > 0 }], "core: nothing was compared");
        }
        bench.Report.Add("core", $"scoring and comparing {Organisations} organisations × {Respondents} respondents × {instrument.Questions.Count} questions", Unit.Milliseconds, times, Aim.Below(20));
        return Task.CompletedTask;
    }

    private static AnswerSheet Sheet(Instrument instrument, string organisation, Random random) => new(
        organisation,
        "2026-01",
        [.. Enumerable.Range(0, Respondents).Select(r => new Respondent($"person {r}", null, instrument.Questions
            .Where(_ => random.Next(20) > 0)
            .ToDictionary(q => q.Key, _ => Answer(random), StringComparer.Ordinal)))],
        new Dictionary<string, Answer>());

    private static Answer Answer(Random random) => new(
        random.Next(12) switch { 0 => Choice.DontKnow, 1 => Choice.NotApplicable, _ => Choice.OfLevel(1 + random.Next(5)) },
        random.Next(4) is var stance and < 3 ? (Stance)stance : null,
        null,
        random.Next(2) == 0 ? "A document" : null);

    /// <summary>Five areas of four themes of four questions, one in eight with a gate.</summary>
    private static Instrument EightyQuestions()
    {
        var yaml = new StringBuilder("""
            id: bench
            version: "1"
            title: Eighty questions
            levels: [One, Two, Three, Four, Five]
            bands:
              - { key: low, name: Low, from: 0 }
              - { key: middle, name: Middle, from: 40 }
              - { key: high, name: High, from: 70 }
            areas:

            """);
        for (var area = 0; area < 5; area++)
        {
            yaml.AppendLine($"  - key: area-{area}\n    name: Area {area}\n    themes:");
            for (var theme = 0; theme < 4; theme++)
            {
                yaml.AppendLine($"      - key: theme-{theme}\n        name: Theme {theme}\n        questions:");
                for (var question = 0; question < 4; question++)
                {
                    yaml.AppendLine($"          - key: question-{question}\n            text: Question {question}?\n            about: organisation\n            weight: {1 + (question % 2)}\n            levels: [A, B, C, D, E]");
                    if (question == 0 && theme % 2 == 0) yaml.AppendLine("            gate: 2");
                }
            }
        }
        var reading = InstrumentYaml.Read(new("bench.yaml", Encoding.UTF8.GetBytes(yaml.ToString())), _ => null);
        return reading.Value ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Faults));
    }
}

using System.Text;
using CsCheck;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>Results beside the sheets that they were made from.</summary>
internal static class Sheets
{
    public static (AssessmentResult Result, AnswerSheet Sheet) Of(PlainInstrument instrument, params string[] lines) => Of(Instrument(instrument), null, From("Powys", "2026-01", lines)).Single();

    public static Instrument Instrument(PlainInstrument plain) => Core.Read(Generated.Yaml(plain, new(0))).Value();

    public static IReadOnlyList<(AssessmentResult Result, AnswerSheet Sheet)> Of(Instrument instrument, string? stage, IEnumerable<PlainAnswer> answers) =>
        [.. Core.Sheets(instrument, Generated.Csv([.. answers], new(0))).Value().Select(s => (Scorer.Score(instrument, stage, s), s))];

    /// <summary>Holds for whatever organisation answers whatever instrument.</summary>
    public static void ForEvery(Func<AssessmentResult, AnswerSheet, bool> holds, int times = 150) =>
        Generated.Single.Sample(given => Of(given).All(s => holds(s.Result, s.Sheet)), iter: times, print: Core.Print);

    public static IReadOnlyList<(AssessmentResult Result, AnswerSheet Sheet)> Of(PlainCase given) =>
        [.. given.Rounds.Where(r => given.Answers.Any(a => a.Round == r.Key)).SelectMany(r => Of(Instrument(r.Value.Instrument), r.Value.Stage, given.Answers.Where(a => a.Round == r.Key)))];

    /// <summary>The same sheet with its answers changed, agreed ones and those of respondents.</summary>
    public static AnswerSheet Map(AnswerSheet sheet, Func<Answer, Answer> agreed, Func<Answer, Answer>? given = null) => sheet with
    {
        Agreed = sheet.Agreed.ToDictionary(a => a.Key, a => agreed(a.Value)),
        Respondents = [.. sheet.Respondents.Select(r => r with { Answers = r.Answers.ToDictionary(a => a.Key, a => (given ?? agreed)(a.Value)) })],
    };

    /// <summary>All that a release holds, a line for each thing.</summary>
    public static string Text(Release release)
    {
        var text = new StringBuilder($"{release.Organisation} {release.Depth} {release.IsOwn} {release.IsWithdrawn} {release.Overall}\n");
        foreach (var area in release.Areas) text.Append($"{area.Area.Key} {area.Result}\n");
        if (release.Result is { } result)
        {
            text.Append($"{result.Organisation} {result.Round} {result.Stage} {result.Alpha} {result.Overall}\n");
            foreach (var area in result.Areas) text.Append($"{area.Area.Key} {area.Score} {area.UncappedBand} {area.Band} {area.CapReason} {string.Join(' ', area.Themes.Select(t => t.Score))}\n");
            foreach (var question in result.Questions) text.Append($"{question.Question.Key} {question.Answer} {string.Join(' ', question.Answer.LevelsGiven)} {question.Agreement} {question.Gate}\n");
            foreach (var finding in result.Findings) text.Append($"{finding.Kind} {finding.Result.Question.Key}\n");
        }
        foreach (var (question, note) in release.Notes) text.Append($"{question} {note}\n");
        return text.ToString();
    }
}

using System.Globalization;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Plans;

/// <summary>
/// One cause behind several show-stoppers, weak points and blind spots: better mended once than point by point.
/// What nobody has answered yet points to no cause.
/// </summary>
/// <param name="Cause">What lies behind them.</param>
/// <param name="Findings">One for each question, by its gravest kind; by kind, then worst first.</param>
public sealed record SharedCause(Cause Cause, IReadOnlyList<Finding> Findings)
{
    /// <summary>So many questions make a pattern; fewer are a coincidence.</summary>
    public const int FewestQuestions = 3;

    /// <summary>The causes that explain most first; of those that explain equally many, in the instrument's order.</summary>
    public static IReadOnlyList<SharedCause> Of(AssessmentResult result) =>
        [.. PointingToCauses(result)
            .DistinctBy(f => f.Result.Question.Key)
            .GroupBy(f => f.Result.Question.Cause!)
            .Where(c => c.Count() >= FewestQuestions)
            .OrderByDescending(c => c.Count())
            .ThenBy(c => result.Instrument.Causes.ToList().IndexOf(c.Key))
            .Select(c => new SharedCause(c.Key, [.. Suggestions.WorstFirst(c).OrderBy(f => f.Kind)]))];

    /// <summary>The findings that can point to a cause: all of a result's that tell of trouble in what has been answered.</summary>
    public static IEnumerable<Finding> PointingToCauses(AssessmentResult result) =>
        result.Findings.Where(f => f.Kind <= FindingKind.BlindSpot && f.Result.Question.Cause is not null && f.Result.Answer.Choice is not null);

    /// <summary>How much this cause explains, in words.</summary>
    /// <param name="result">Whose cause it is.</param>
    public string Because(AssessmentResult result)
    {
        var all = PointingToCauses(result).ToLookup(f => f.Kind);
        var sentence = $"{Shown.List([.. Findings.GroupBy(f => f.Kind).Select(k => Part(k.Key, k.Count(), all[k.Key].Count()))])} have this one cause.";
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];

        static string Part(FindingKind kind, int count, int of) =>
            count < of ? $"{count.ToString(CultureInfo.InvariantCulture)} of your {of.ToString(CultureInfo.InvariantCulture)} {Scoring.Because.Noun(kind, of)}"
            : of == 1 ? $"your one {Scoring.Because.Noun(kind, 1)}"
            : $"all your {of.ToString(CultureInfo.InvariantCulture)} {Scoring.Because.Noun(kind, of)}";
    }
}

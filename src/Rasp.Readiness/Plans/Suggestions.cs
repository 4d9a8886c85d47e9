using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Plans;

/// <summary>What the instrument suggests to do about findings, and in which order.</summary>
public static class Suggestions
{
    /// <summary>The lowest level first, what has none last; of equal levels the greatest weight first, then in instrument order.</summary>
    public static IReadOnlyList<Finding> WorstFirst(IEnumerable<Finding> findings) =>
        [.. findings.OrderBy(f => f.Result.Level ?? int.MaxValue).ThenByDescending(f => f.Result.Question.Weight).ThenBy(f => f.Result.Question.Index)];

    /// <summary>What to do about a question, the nearest step first: the actions offered at its level. None where it has no level.</summary>
    public static IReadOnlyList<SuggestedAction> For(QuestionResult result) =>
        result.Level is { } level ? [.. result.Question.Actions.Where(a => a.UpTo >= level).OrderBy(a => a.UpTo)] : [];
}

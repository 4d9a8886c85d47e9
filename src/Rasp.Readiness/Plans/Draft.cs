using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Plans;

/// <summary>What to do about one question, as the instrument suggests it: the draft of an action.</summary>
/// <param name="Question">Which.</param>
/// <param name="What">What to do.</param>
/// <param name="Why">What it answers: the kind of finding and the question. It names no level, which is shown as far as whoever looks may see it.</param>
/// <param name="Level">The level that it starts from; null where none is known.</param>
public sealed record Draft(Question Question, string What, string Why, int? Level)
{
    /// <summary>Of one organisation's own result: its gravest finding, else that somebody wants to do something about it.</summary>
    public static Draft Of(AssessmentResult result, QuestionResult question)
    {
        var gravest = result.Findings.Where(f => f.Result.Question.Key == question.Question.Key).Select(f => (FindingKind?)f.Kind).Min();
        return Of(question.Question, question.Level, gravest is { } kind ? First(Because.Noun(kind, 1)) : null);
    }

    /// <summary>Of what several organisations may all see of each other: it starts from the lowest level.</summary>
    public static Draft Of(ComparedQuestion compared) => Of(compared.Question, compared.Floor, Because.Heading(compared));

    private static Draft Of(Question question, int? level, string? kind) =>
        new(question, Suggest(question, level), kind is null ? question.Text : $"{kind}: {question.Text}", level);

    private static string Suggest(Question question, int? level)
    {
        if (level is not { } known) return question.Evidence is [var first, ..] ? $"Find out where we stand. What would settle it: {first}" : "Find out where we stand.";
        if (question.Actions.Where(a => a.UpTo >= known).OrderBy(a => a.UpTo).FirstOrDefault() is { } suggested) return suggested.Do;
        return known < question.Levels.Count ? $"Get to where this is true: {question.Levels[known]}" : "Keep it as it is.";
    }

    private static string First(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

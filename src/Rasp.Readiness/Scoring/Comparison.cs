using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>Two or more organisations side by side in one round (scoring.md § 6).</summary>
/// <param name="Round">The round's name.</param>
/// <param name="Organisations">In ordinal order.</param>
/// <param name="Questions">Those applicable to at least two organisations, by priority, highest first, then in instrument order.</param>
/// <param name="Floors">For every area, the score (0–100) of the lowest level at each of its questions that has one; null where none has.</param>
public sealed record Comparison(
    string Round, IReadOnlyList<string> Organisations, IReadOnlyList<ComparedQuestion> Questions, IReadOnlyList<AreaFloor> Floors)
{
    /// <summary>Compares results of one round.</summary>
    /// <param name="results">Two or more organisations' results, all of the same round, instrument and stage.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or they are not of one round.</exception>
    public static Comparison Of(IReadOnlyList<AssessmentResult> results)
    {
        if (results.Count < 2) throw new ArgumentException("A comparison takes two or more organisations.", nameof(results));
        var first = results[0];
        if (results.Any(r => r.Round != first.Round || r.Instrument != first.Instrument || r.Stage != first.Stage))
        {
            throw new ArgumentException("A comparison takes results of one round.", nameof(results));
        }
        var ordered = results.OrderBy(r => r.Organisation, StringComparer.Ordinal).ToList();
        var questions = first.Questions.Select((q, i) => ComparedQuestion.Of(first.Instrument, q.Question, ordered, i)).OfType<ComparedQuestion>().ToList();
        return new(
            first.Round,
            [.. ordered.Select(r => r.Organisation)],
            // Equal priorities computed from different weights must compare as equal; nine digits are scoring.md's own measure of equal.
            [.. questions.OrderByDescending(q => Math.Round(q.Priority, 9)).ThenBy(q => q.Question.Index)],
            [.. first.Instrument.Areas.Select(a => new AreaFloor(a, Floor.Score(
                ordered[0].Instrument, first.Questions.Where(q => q.Question.Area == a.Key).Select(q => (q.Question, ordered.Min(r => r.Find(q.Question.Key)?.Level))))))]);
    }
}

/// <summary>The partnership's floor in an area: a score (0–100), null where no question has a level.</summary>
public sealed record AreaFloor(Area Area, double? Score);

/// <summary>How organisations stand to each other on a question, the first that holds.</summary>
public enum Category
{
    /// <summary>Any organisation's gate is unmet.</summary>
    ShowStopper,

    /// <summary>Too few levels are known.</summary>
    BlindSpot,

    /// <summary>The levels lie far apart.</summary>
    Difference,

    /// <summary>All are weak.</summary>
    SharedWeakness,

    /// <summary>All are strong.</summary>
    SharedStrength,

    /// <summary>None of these.</summary>
    Mixed,
}

/// <summary>One question as two or more organisations answered it.</summary>
public sealed record ComparedQuestion
{
    /// <summary>Which.</summary>
    public required Question Question { get; init; }

    /// <summary>Each organisation to which it applies, in ordinal order, with its result.</summary>
    public required IReadOnlyList<(string Organisation, QuestionResult Result)> Answers { get; init; }

    /// <summary>Highest level less lowest; null with fewer than two levels.</summary>
    public required int? Spread { get; init; }

    /// <summary>How they stand to each other.</summary>
    public required Category Category { get; init; }

    /// <summary>What to talk about first: the higher, the sooner; 0 or more.</summary>
    public required double Priority { get; init; }

    /// <summary>Organisations whose stance is fixed, in ordinal order.</summary>
    public required IReadOnlyList<string> RedLines { get; init; }

    /// <summary>Whether red lines meet: two or more.</summary>
    public bool RedLinesClash => RedLines.Count >= 2;

    /// <summary>The lowest level; null where there is none.</summary>
    public int? Floor => Answers.Min(a => a.Result.Level);

    /// <summary>Organisations strong enough to lead where another is weak, in ordinal order; empty where nobody is, or nobody needs it.</summary>
    public required IReadOnlyList<string> CouldLead { get; init; }

    internal static ComparedQuestion? Of(Instrument instrument, Question question, IReadOnlyList<AssessmentResult> results, int index)
    {
        var answers = results.Select(r => (r.Organisation, Result: r.Questions[index])).Where(a => a.Result.IsApplicable).ToList();
        if (answers.Count < 2) return null;
        var thresholds = instrument.Thresholds;
        var levels = answers.Select(a => a.Result.Level).OfType<int>().ToList();
        int? spread = levels.Count >= 2 ? levels.Max() - levels.Min() : null;
        var category = CategoryOf(answers.Select(a => a.Result), levels, answers.Count - levels.Count, spread, thresholds);
        IReadOnlyList<string> redLines = [.. answers.Where(a => a.Result.Answer.Stance == Stance.Fixed).Select(a => a.Organisation)];
        var isNeeded = levels.Any(l => l <= thresholds.WeakAtMost);
        return new()
        {
            Question = question,
            Answers = answers,
            Spread = spread,
            Category = category,
            Priority = PriorityOf(question.Weight, instrument, levels, answers.Count - levels.Count, spread ?? 0, category, redLines.Count >= 2),
            RedLines = redLines,
            CouldLead = isNeeded ? [.. answers.Where(a => a.Result.Level >= thresholds.StrongAtLeast).Select(a => a.Organisation)] : [],
        };
    }

    private static Category CategoryOf(IEnumerable<QuestionResult> answers, List<int> levels, int unrated, int? spread, Thresholds thresholds) =>
        answers.Any(a => a.Gate == GateState.Unmet) ? Category.ShowStopper
        : levels.Count < 2 ? Category.BlindSpot
        : spread is { } apart && ((double)apart).Reaches(thresholds.DifferenceAtLeast) ? Category.Difference
        : levels.All(l => l <= thresholds.WeakAtMost) ? Category.SharedWeakness
        : unrated > 0 ? Category.BlindSpot
        : levels.All(l => l >= thresholds.StrongAtLeast) ? Category.SharedStrength
        : Category.Mixed;

    private static double PriorityOf(double weight, Instrument instrument, List<int> levels, int unrated, int spread, Category category, bool clash)
    {
        var lowest = levels.Count > 0 ? levels.Min() : 1;
        return (weight * (Math.Max(0, instrument.Thresholds.StrongAtLeast - lowest) + spread))
            + (category == Category.ShowStopper ? instrument.Levels.Count : 0)
            + (0.5 * weight * unrated)
            + (clash ? 2 * weight : 0);
    }
}

/// <summary>The score of the lowest levels.</summary>
internal static class Floor
{
    /// <summary>sum(w*s(level))/sum(w) over the questions with a level; null where none has.</summary>
    public static double? Score(Instrument instrument, IEnumerable<(Question Question, int? Level)> lowest)
    {
        double points = 0, weights = 0;
        foreach (var (question, level) in lowest)
        {
            if (level is not { } l) continue;
            points += question.Weight * Scores.OfLevel(l, instrument.Levels.Count);
            weights += question.Weight;
        }
        return weights > 0 ? points / weights : null;
    }
}

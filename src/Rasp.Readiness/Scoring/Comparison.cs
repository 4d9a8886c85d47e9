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

    /// <summary>A compared question by its key in full; null where it is not compared.</summary>
    public ComparedQuestion? Find(string question) => Questions.FirstOrDefault(q => q.Question.Key == question);
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

    /// <summary>Organisations that are weak where another could lead, in ordinal order; empty where nobody could.</summary>
    public required IReadOnlyList<string> InNeed { get; init; }

    internal static ComparedQuestion? Of(Instrument instrument, Question question, IReadOnlyList<AssessmentResult> results, int index)
    {
        var answers = results.Select(r => (r.Organisation, Result: r.Questions[index])).Where(a => a.Result.IsApplicable).ToList();
        if (answers.Count < 2) return null;
        var thresholds = instrument.Thresholds;
        var levels = answers.Select(a => a.Result.Level).OfType<int>().ToList();
        int? spread = levels.Count >= 2 ? levels.Max() - levels.Min() : null;
        var category = CategoryOf(answers.Select(a => a.Result), levels, answers.Count - levels.Count, spread, thresholds);
        IReadOnlyList<string> redLines = [.. answers.Where(a => a.Result.Answer.Stance == Stance.Fixed).Select(a => a.Organisation)];
        IReadOnlyList<string> strong = [.. answers.Where(a => a.Result.Level >= thresholds.StrongAtLeast).Select(a => a.Organisation)];
        IReadOnlyList<string> weak = [.. answers.Where(a => a.Result.Level <= thresholds.WeakAtMost).Select(a => a.Organisation)];
        return new()
        {
            Question = question,
            Answers = answers,
            Spread = spread,
            Category = category,
            Priority = PriorityOf(question.Weight, instrument, levels, answers.Count - levels.Count, spread ?? 0, category, redLines.Count >= 2),
            RedLines = redLines,
            CouldLead = weak.Count > 0 ? strong : [],
            InNeed = strong.Count > 0 ? weak : [],
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

/// <summary>What one organisation could lead on, as it is strong where another is weak.</summary>
/// <param name="Organisation">Its name.</param>
/// <param name="Questions">One or more, in the order in which they were given.</param>
public sealed record Lead(string Organisation, IReadOnlyList<ComparedQuestion> Questions)
{
    /// <summary>Who could lead on some of these questions: on most of them first, then in ordinal order.</summary>
    public static IReadOnlyList<Lead> Of(IEnumerable<ComparedQuestion> questions) =>
        [.. questions.SelectMany(q => q.CouldLead.Select(o => (Organisation: o, Question: q)))
            .GroupBy(l => l.Organisation, l => l.Question)
            .Select(l => new Lead(l.Key, [.. l]))
            .OrderByDescending(l => l.Questions.Count)
            .ThenBy(l => l.Organisation, StringComparer.Ordinal)];
}

/// <summary>How far organisations would compromise on a question: a stance, not a position.</summary>
/// <param name="Question">On which at least one of them takes a stance.</param>
/// <param name="Fixed">Whose stance is a red line, in ordinal order.</param>
/// <param name="Negotiable">Who would talk about it, in ordinal order.</param>
/// <param name="Open">Who is open to whatever serves the whole, in ordinal order.</param>
public sealed record Compromise(ComparedQuestion Question, IReadOnlyList<string> Fixed, IReadOnlyList<string> Negotiable, IReadOnlyList<string> Open)
{
    /// <summary>Those of these questions on which anybody takes a stance: where red lines meet first, then single red lines, then the others, each in the order given.</summary>
    public static IReadOnlyList<Compromise> Of(IEnumerable<ComparedQuestion> questions)
    {
        return [.. questions
            .Where(q => q.Answers.Any(a => a.Result.Answer.Stance is not null))
            .Select(q => new Compromise(q, q.RedLines, Whose(q, Stance.Negotiable), Whose(q, Stance.Open)))
            .OrderByDescending(c => Math.Min(c.Fixed.Count, 2))];

        static IReadOnlyList<string> Whose(ComparedQuestion question, Stance stance) =>
            [.. question.Answers.Where(a => a.Result.Answer.Stance == stance).Select(a => a.Organisation)];
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

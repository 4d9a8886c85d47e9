using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>One organisation from an earlier round to a later one, like for like (scoring.md § 7).</summary>
/// <param name="Earlier">The earlier round's result.</param>
/// <param name="Later">The later round's result.</param>
/// <param name="Areas">Every area of the later instrument.</param>
/// <param name="Questions">The matched questions, in the later instrument's order.</param>
/// <param name="GatesCleared">Questions whose gate went from unmet to met, among the matched.</param>
/// <param name="GatesBroken">Questions whose gate went from met to unmet, among the matched.</param>
public sealed record Trend(
    AssessmentResult Earlier,
    AssessmentResult Later,
    IReadOnlyList<AreaTrend> Areas,
    IReadOnlyList<QuestionTrend> Questions,
    IReadOnlyList<Question> GatesCleared,
    IReadOnlyList<Question> GatesBroken)
{
    /// <summary>Compares two rounds of one organisation, whose instruments may differ.</summary>
    public static Trend Of(AssessmentResult earlier, AssessmentResult later)
    {
        var matched = later.Questions.Select(q => QuestionTrend.Of(earlier.Find(q.Question.Key), q)).OfType<QuestionTrend>().ToList();
        var byArea = matched.ToLookup(q => q.Question.Area);
        return new(
            earlier,
            later,
            [.. later.Areas.Select(a => AreaTrend.Of(a, earlier, later, [.. byArea[a.Area.Key]]))],
            matched,
            [.. matched.Where(q => q.From < q.Question.Gate && q.To >= q.Question.Gate).Select(q => q.Question)],
            [.. matched.Where(q => q.From >= q.Question.Gate && q.To < q.Question.Gate).Select(q => q.Question)]);
    }
}

/// <summary>One area's movement.</summary>
/// <param name="Area">Of the later instrument.</param>
/// <param name="Matched">How many questions are matched.</param>
/// <param name="Change">Later less earlier score (-100–100) over the matched questions, both with the later instrument's weights; null where none is matched.</param>
/// <param name="RawChange">Later less earlier score (-100–100) as each round had it; null where either has none.</param>
public sealed record AreaTrend(Area Area, int Matched, double? Change, double? RawChange)
{
    internal static AreaTrend Of(AreaResult area, AssessmentResult earlier, AssessmentResult later, IReadOnlyList<QuestionTrend> matched)
    {
        var before = Floor.Score(earlier.Instrument, matched.Select(q => (q.Question, (int?)q.From)));
        var after = Floor.Score(later.Instrument, matched.Select(q => (q.Question, (int?)q.To)));
        return new(area.Area, matched.Count, after - before, area.Score.Value - earlier.Areas.FirstOrDefault(a => a.Area.Key == area.Area.Key)?.Score.Value);
    }
}

/// <summary>One matched question's movement: in both instruments at the same revision, and rated in both rounds.</summary>
/// <param name="Question">Of the later instrument.</param>
/// <param name="From">The earlier level.</param>
/// <param name="To">The later level.</param>
public sealed record QuestionTrend(Question Question, int From, int To)
{
    /// <summary>Later less earlier level.</summary>
    public int Change => To - From;

    internal static QuestionTrend? Of(QuestionResult? earlier, QuestionResult later) =>
        earlier?.Level is { } from && later.Level is { } to && earlier.Question.Revision == later.Question.Revision ? new(later.Question, from, to) : null;
}

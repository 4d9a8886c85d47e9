using Rasp.Readiness.Answers;

namespace Rasp.Readiness.Scoring;

/// <summary>
/// A partnership as its floor: at each question the lowest level of any partner (scoring.md § 9). As a result of its own it has areas, gates and,
/// over rounds, a trend, all by the same rules as an organisation's.
/// </summary>
public static class PartnershipFloor
{
    /// <summary>
    /// The floor of partners in one round. A question that nobody rates has no level; one that applies to nobody is not applicable. Its areas'
    /// scores are those of <see cref="Comparison.Floors"/>.
    /// </summary>
    /// <param name="name">What the partnership is called.</param>
    /// <param name="partners">One or more results, all of the same round, instrument and stage.</param>
    /// <exception cref="ArgumentException">There is none, or they are not of one round.</exception>
    public static AssessmentResult Of(string name, IReadOnlyList<AssessmentResult> partners)
    {
        if (partners.Count == 0) throw new ArgumentException("A floor takes at least one partner.", nameof(partners));
        var first = partners[0];
        if (partners.Any(p => p.Round != first.Round || p.Instrument != first.Instrument || p.Stage != first.Stage)) throw new ArgumentException("A floor takes results of one round.", nameof(partners));
        var lowest = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var question in first.Questions)
        {
            var results = partners.Select(p => p.Find(question.Question.Key)!).ToList();
            if (results.Min(r => r.Level) is { } level) lowest.Add(question.Question.Key, new(Choice.OfLevel(level)));
            else if (results.All(r => !r.IsApplicable)) lowest.Add(question.Question.Key, new(Choice.NotApplicable));
        }
        return Scorer.Score(first.Instrument, first.Stage, new(name, first.Round, [], lowest));
    }
}

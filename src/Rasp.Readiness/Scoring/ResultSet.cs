namespace Rasp.Readiness.Scoring;

/// <summary>Everything that several organisations' results over several rounds come to.</summary>
/// <param name="Assessments">By round, then organisation.</param>
/// <param name="Comparisons">One for each round with two or more organisations, by round.</param>
/// <param name="Trends">One for each pair of neighbouring rounds of an organisation, by organisation, then round.</param>
/// <param name="Fits">One for each round that the candidate and at least one member answered, by round; empty without a candidate.</param>
public sealed record ResultSet(
    IReadOnlyList<AssessmentResult> Assessments, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<Trend> Trends, IReadOnlyList<Fit> Fits)
{
    /// <summary>Compares what was scored in every way there is.</summary>
    /// <param name="results">All results of a round share its instrument and stage.</param>
    /// <param name="candidate">The organisation that would join: the others are the members; null where there is none.</param>
    public static ResultSet Of(IEnumerable<AssessmentResult> results, string? candidate = null)
    {
        var ordered = results.OrderBy(r => r.Round, StringComparer.Ordinal).ThenBy(r => r.Organisation, StringComparer.Ordinal).ToList();
        var rounds = ordered.GroupBy(r => r.Round).Select(r => r.ToList()).ToList();
        return new(
            ordered,
            [.. rounds.Where(r => r.Count >= 2).Select(Comparison.Of)],
            [.. ordered.GroupBy(r => r.Organisation).OrderBy(o => o.Key, StringComparer.Ordinal).SelectMany(o => o.Zip(o.Skip(1), Trend.Of))],
            [.. rounds.Where(r => r.Count >= 2 && r.Any(a => a.Organisation == candidate)).Select(r =>
                Fit.Of(r.Single(a => a.Organisation == candidate), [.. r.Where(a => a.Organisation != candidate)]))]);
    }
}

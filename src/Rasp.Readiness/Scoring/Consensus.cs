namespace Rasp.Readiness.Scoring;

/// <summary>How far respondents agree on one question (scoring.md § 4).</summary>
internal static class Consensus
{
    /// <summary>
    /// Mean, consensus (Tastle and Wierman 2007, "Consensus and dissention: a measure of ordinal dispersion") and average deviation
    /// of at least two levels; nulls with fewer.
    /// </summary>
    /// <param name="given">The levels given, from 1.</param>
    /// <param name="levels">How many levels there are.</param>
    public static Agreement Among(IReadOnlyList<int> given, int levels)
    {
        if (given.Count < 2) return new(null, null, null);
        var mean = given.Sum() / (double)given.Count;
        double consensus = 1, deviation = 0;
        foreach (var level in given.GroupBy(l => l))
        {
            var distance = Math.Abs(level.Key - mean);
            consensus += level.Count() / (double)given.Count * Math.Log2(1 - (distance / (levels - 1)));
            deviation += level.Count() * distance;
        }
        return new(mean, consensus, deviation / given.Count);
    }
}

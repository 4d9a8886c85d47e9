namespace Rasp.Readiness.Scoring;

/// <summary>
/// Krippendorff's alpha with the ordinal metric: how alike respondents read a whole questionnaire
/// (Krippendorff 2011, "Computing Krippendorff's alpha-reliability").
/// </summary>
internal static class Krippendorff
{
    /// <summary>Alpha, at most 1; null where there is no pairable value or no expected disagreement.</summary>
    /// <param name="units">For each question the levels given (1 to <paramref name="levels"/>); those with fewer than two are left out.</param>
    /// <param name="levels">How many levels there are.</param>
    public static double? OrdinalAlpha(IEnumerable<IReadOnlyList<int>> units, int levels)
    {
        var pairable = units.Where(u => u.Count >= 2).ToList();
        var counts = new double[levels + 1];
        foreach (var level in pairable.SelectMany(u => u)) counts[level]++;
        var total = counts.Sum();
        var squared = SquaredDistances(counts);

        double observed = 0, expected = 0;
        var given = new double[levels + 1];
        foreach (var unit in pairable)
        {
            Array.Clear(given);
            foreach (var level in unit) given[level]++;
            observed += Pairs(given, squared) / (unit.Count - 1);
        }
        if (total > 1) expected = Pairs(counts, squared) / (total - 1);
        return expected > 0 ? 1 - (observed / expected) : null;
    }

    /// <summary>Over each unordered pair of levels, how often it occurs times its squared distance.</summary>
    private static double Pairs(double[] counts, double[,] squared)
    {
        double sum = 0;
        for (var c = 1; c < counts.Length; c++)
        {
            for (var k = c + 1; k < counts.Length; k++) sum += counts[c] * counts[k] * squared[c, k];
        }
        return sum;
    }

    /// <summary>(n_c/2 + all between + n_k/2) squared: how far apart two levels are is how many values lie between them.</summary>
    private static double[,] SquaredDistances(double[] counts)
    {
        var squared = new double[counts.Length, counts.Length];
        for (var c = 1; c < counts.Length; c++)
        {
            var between = counts[c];
            for (var k = c + 1; k < counts.Length; k++)
            {
                between += counts[k];
                var distance = between - ((counts[c] + counts[k]) / 2);
                squared[c, k] = distance * distance;
            }
        }
        return squared;
    }
}

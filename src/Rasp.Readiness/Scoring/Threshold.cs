namespace Rasp.Readiness.Scoring;

/// <summary>Where a computed number meets a threshold it counts as having reached it from a hair below: the order of summation decides nothing.</summary>
internal static class Threshold
{
    private const double Hair = 1e-9;

    public static bool Reaches(this double computed, double threshold) => computed >= threshold - Hair;
}

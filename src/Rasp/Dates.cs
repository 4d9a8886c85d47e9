using System.Globalization;

namespace Rasp;

/// <summary>Dates as people read them.</summary>
public static class Dates
{
    private static readonly CultureInfo Words = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>24 November 2026.</summary>
    public static string InWords(this DateTimeOffset time) => time.ToString("d MMMM yyyy", Words);

    /// <summary>24 November 2026.</summary>
    public static string InWords(this DateOnly date) => date.ToString("d MMMM yyyy", Words);

    /// <summary>November 2026.</summary>
    public static string Month(this DateTimeOffset time) => time.UtcDateTime.ToString("MMMM yyyy", Words);

    /// <summary>24 November 2026, 9:30 (UTC).</summary>
    public static string WithTime(this DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy, H:mm", Words) + " (UTC)";
}

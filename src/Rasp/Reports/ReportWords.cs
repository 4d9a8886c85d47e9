using System.Globalization;
using Rasp.Charts;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Reports;

/// <summary>What reports of results and of comparisons say alike.</summary>
internal static class ReportWords
{
    /// <summary>Level 2 of 5, Talked about; or what stands in a level's place.</summary>
    public static string Of(Instrument instrument, Choice? choice) => choice is { Level: { } level }
        ? string.Create(CultureInfo.InvariantCulture, $"Level {level} of {instrument.Levels.Count}, {instrument.Levels[level - 1]}")
        : Tile.Of(instrument, choice).Words;

    public static string Of(Stance stance) => stance switch
    {
        Stance.Fixed => "Fixed: a red line",
        Stance.Negotiable => "Negotiable",
        Stance.Open => "Open",
    };

    /// <summary>The band, or why there is none.</summary>
    public static string Band(Score score, Band? band, bool isProvisional) =>
        score.Coverage is null ? "Does not apply"
        : score.IsTooEarly() ? "Too early to say"
        : band is null ? "No result"
        : isProvisional ? $"{band.Name}, provisional" : band.Name;

    /// <summary>What a score could become; one number where nothing is open.</summary>
    public static string Range(Score score) => score is not { Low: { } low, High: { } high } ? "–"
        : Shown.Score(low) == Shown.Score(high) ? Shown.Score(low) : $"{Shown.Score(low)} to {Shown.Score(high)}";

    /// <summary>A score as a sentence, for whoever sees no bar.</summary>
    public static string InWords(string name, Score score) => score.Value is { } value
        ? $"{name}: {Shown.Score(value)}, could become {Range(score)}."
        : $"{name}: no score yet.";

    /// <summary>Area and theme.</summary>
    public static string Where(Instrument instrument, Question question)
    {
        var area = instrument.Areas.First(a => a.Key == question.Area);
        return $"{area.Name}: {area.Themes.First(t => t.Key == question.Theme).Name}";
    }

    public static string AreaOf(Instrument instrument, Question question) => instrument.Areas.First(a => a.Key == question.Area).Name;

    public static string ThemeOf(Instrument instrument, Question question) => instrument.Areas.First(a => a.Key == question.Area).Themes.First(t => t.Key == question.Theme).Name;

    /// <summary>What a sheet writes for an answer in a level's place.</summary>
    public static ReportCell Answer(Choice? choice) => choice is { Level: { } level } ? (ReportCell)(int?)level : choice?.ToString() ?? "";

    public static string Stage(Instrument instrument, string? stage) => instrument.Stages.FirstOrDefault(s => s.Key == stage)?.Name ?? "All";

    /// <summary>The areas in which something is asked.</summary>
    public static IReadOnlyList<Area> Areas(Instrument instrument, string? stage) => [.. instrument.Areas.Where(a => a.Questions.Any(q => q.IsAskedAt(stage)))];

    /// <summary>The facts of a report as a sheet, with how to read it.</summary>
    public static ReportTable About(string title, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<string> reading) =>
        new("About", "What this report rests on, and how to read it", [("What", 30), ("Says", 110)],
            [["Report", title], .. facts.Select(f => (IReadOnlyList<ReportCell>)[f.Name, f.Value]), .. reading.Select(r => (IReadOnlyList<ReportCell>)["How to read this", r])]);
}

using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>Bands, gates and caps (scoring.md § 3).</summary>
internal static class Banding
{
    public static GateState GateOf(Question question, Choice? answer) =>
        question.Gate is not { } gate || answer is { IsNotApplicable: true } ? GateState.None
        : answer?.Level is not { } level ? GateState.Unknown
        : level < gate ? GateState.Unmet
        : GateState.Met;

    public static AreaResult Area(Instrument instrument, Area area, Score score, IReadOnlyList<QuestionResult> questions, IReadOnlyList<ThemeResult> themes)
    {
        CapReason? reason =
            questions.Any(q => q.Gate == GateState.Unmet) ? CapReason.GateUnmet
            : questions.Any(q => q.Gate == GateState.Unknown) ? CapReason.GateUnknown
            : null;
        var uncapped = score.Value is { } value ? Of(value, instrument.Bands) : null;
        var isProvisional = score.Coverage is not { } coverage || !coverage.Reaches(instrument.Thresholds.ProvisionalBelowCoverage);
        return new(area, score, uncapped, uncapped is null ? null : Lower(uncapped, Cap(instrument.Bands, reason)), reason, isProvisional, themes);
    }

    public static OverallResult Overall(IReadOnlyList<AreaResult> areas)
    {
        var band = areas.Select(a => a.Band).OfType<Band>().MinBy(b => b.From);
        return new(Scores.OfAreas(areas), band, areas.Any(a => a.IsProvisional || a.Band is null));
    }

    public static Band Of(double score, IReadOnlyList<Band> bands) => bands.Last(b => score.Reaches(b.From));

    private static Band Cap(IReadOnlyList<Band> bands, CapReason? reason) => reason switch
    {
        CapReason.GateUnmet => bands[0],
        CapReason.GateUnknown => bands[Math.Max(0, bands.Count - 2)],
        null => bands[^1],
    };

    private static Band Lower(Band one, Band other) => one.From <= other.From ? one : other;
}

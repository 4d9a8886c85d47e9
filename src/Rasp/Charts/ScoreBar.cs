using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Charts;

/// <summary>A score from 0 to 100 as a bar, with a whisker for what it could become and a mark where each band begins.</summary>
public static class ScoreBar
{
    private const int Height = 20;
    private const int Middle = Height / 2;
    private const int Cap = 5;

    /// <param name="id">Unique on its page.</param>
    /// <param name="of">Whose score it is.</param>
    /// <param name="score">The score with its interval; what is null is not drawn.</param>
    /// <param name="bands">Whose beginnings are marked.</param>
    public static Svg Of(string id, string of, Score score, IReadOnlyList<Band> bands) =>
        new Svg("rasp-bar", id, Words.Title(of, score), Words.Range(score), Height).Draw(pen =>
        {
            pen.Box(0, 100, 0, Height).Ink("rasp-bar__track");
            if (score.Value is { } value) pen.Box(0, value, 0, Height).Ink("rasp-bar__fill");
            foreach (var band in bands.Where(b => b.From > 0)) pen.Down(band.From, 0, Height);
            pen.Ink("rasp-bar__mark");
            if (score is { Low: { } low, High: { } high }) pen.Whisker(low, high, Middle, Cap).Ink("rasp-bar__whisker");
        });
}

/// <summary>What charts of scores say in words.</summary>
internal static class Words
{
    public static string Title(string of, Score score) => score.Value is { } value ? $"{of}: {Shown.Score(value)} of 100" : $"{of}: no score yet";

    /// <summary>What it could become, as a sentence.</summary>
    public static string Range(Score score) =>
        score is not { Low: { } low, High: { } high } ? "No question here applies."
        : Shown.Score(low) == Shown.Score(high) ? "Nothing is left open."
        : $"It can come to lie between {Shown.Score(low)} and {Shown.Score(high)}.";
}

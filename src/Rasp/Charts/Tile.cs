using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Charts;

/// <summary>An answer as a tile, the block <c>rasp-tile</c>: the same wherever one stands.</summary>
/// <param name="Looks">What follows <c>rasp-tile--</c>.</param>
/// <param name="Sign">What is seen in it.</param>
/// <param name="Words">What it says to whoever does not see it.</param>
public readonly record struct Tile(string Looks, string Sign, string Words)
{
    /// <summary>Not for this viewer to see, whatever it is.</summary>
    public static Tile Withheld { get; } = new("withheld", "×", "Withheld");

    public static Tile Of(Instrument instrument, Choice? choice) => choice switch
    {
        { Level: { } level } => new($"{Shade(instrument, level)}", $"{level}", instrument.Levels[level - 1]),
        { IsDontKnow: true } => new("dont-know", "?", "Don’t know"),
        { IsNotApplicable: true } => new("not-applicable", "–", "Not applicable"),
        _ => new("unanswered", "", "Not answered yet"),
    };

    /// <summary>One of five shades, however many levels the instrument has.</summary>
    public static int Shade(Instrument instrument, int level) => 1 + (int)Math.Round(4.0 * (level - 1) / (instrument.Levels.Count - 1));

    /// <summary>What a gate adds to the class, and to the words.</summary>
    public static (string Class, string Words) OfGate(GateState gate) => gate switch
    {
        GateState.None => ("", ""),
        GateState.Met => (" rasp-tile--gate", ". Possible show-stopper: cleared"),
        GateState.Unmet => (" rasp-tile--gate-unmet", ". Show-stopper"),
        GateState.Unknown => (" rasp-tile--gate-unknown", ". Possible show-stopper: not yet known"),
    };
}

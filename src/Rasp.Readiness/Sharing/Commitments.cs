namespace Rasp.Readiness.Sharing;

/// <summary>A seal as partners see it: the commitments of what each depth shows, each 64 hexadecimal digits in lower case.</summary>
public sealed record Commitments(string Areas, string Questions, string Everything)
{
    /// <summary>The commitment of a depth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The depth is nothing: there is no commitment of it.</exception>
    public string Of(Depth depth) => depth switch
    {
        Depth.Areas => Areas,
        Depth.Questions => Questions,
        Depth.Everything => Everything,
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "Nothing has no commitment."),
    };
}

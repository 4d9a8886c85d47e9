using System.Globalization;

namespace Rasp.Data.Rounds;

/// <summary>How the next round of a programme is opened.</summary>
/// <param name="Stage">The key of the stage that the programme moves to; null for that at which it is.</param>
/// <param name="AdoptsCurrent">Whether its questions are the newest there are; else those of the last round, where there was one.</param>
public sealed record NextRound(string? Stage = null, bool AdoptsCurrent = false);

/// <summary>When a round opens by itself.</summary>
/// <param name="On">The next day.</param>
/// <param name="EveryMonths">So many months lie between two of them; 1 or more.</param>
public sealed record Schedule(DateOnly On, int EveryMonths)
{
    /// <summary>Who opens a round has as long to answer as is proposed to people.</summary>
    public const int DaysToClose = 28;

    /// <summary>What people can choose from.</summary>
    public static IReadOnlyList<int> Intervals { get; } = [3, 6, 12, 24];

    /// <summary>The first of its days after <paramref name="today"/>. In a month that is too short for the day, it is the month's last.</summary>
    public Schedule After(DateOnly today)
    {
        var times = 1;
        while (On.AddMonths(times * EveryMonths) <= today) times++;
        return this with { On = On.AddMonths(times * EveryMonths) };
    }

    internal string InWords => string.Create(CultureInfo.InvariantCulture, $"{On:yyyy-MM-dd} every {EveryMonths} months");
}

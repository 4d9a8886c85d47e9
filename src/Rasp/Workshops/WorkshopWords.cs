using Rasp.Data.Workshops;
using Rasp.Readiness;
using Rasp.Readiness.Answers;

namespace Rasp.Workshops;

/// <summary>What workshops say in words.</summary>
public static class WorkshopWords
{
    /// <summary>Level 3, don’t know: within a sentence.</summary>
    public static string Of(Choice choice) => choice.Level is { } level ? $"level {level}" : choice.IsDontKnow ? "don’t know" : "not applicable";

    public static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>A heading on the agenda.</summary>
    public static string Of(AgendaKind kind, bool isPartnership) => kind switch
    {
        AgendaKind.Split => isPartnership ? "You differ" : "Split: your respondents are of two minds",
        AgendaKind.BlindSpot => "Blind spots: not known, or not to enough of you",
        AgendaKind.ShowStopper => "Show-stoppers",
        AgendaKind.WeakPoint => "Weak points",
        AgendaKind.Other => "All other questions",
        AgendaKind.Done => "Done",
    };

    /// <summary>The same, short: as a tag.</summary>
    public static string Tag(AgendaKind kind) => kind switch
    {
        AgendaKind.Split => "You differ",
        AgendaKind.BlindSpot => "Blind spot",
        AgendaKind.ShowStopper => "Show-stopper",
        AgendaKind.WeakPoint => "Weak point",
        AgendaKind.Other => "",
        AgendaKind.Done => "Done",
    };

    /// <summary>What a spread comes to, in a sentence.</summary>
    public static string Of(RevealedSpread spread)
    {
        if (spread.Votes == 0) return spread.Gone > 0 ? "Nobody’s vote is left to show." : "Nobody voted.";
        var levels = spread.Counts.Select(c => c.Choice.Level).OfType<int>().ToList();
        if (spread.Counts.Count == 1) return spread.Votes == 1 ? $"One vote: {Of(spread.Counts[0].Choice)}." : $"All {spread.Votes} votes: {Of(spread.Counts[0].Choice)}.";
        if (levels.Count == 0) return $"{Shown.Count(spread.Votes, "vote")}, none of them for a level.";
        var others = spread.Votes - spread.Counts.Where(c => c.Choice.Level is not null).Sum(c => c.Votes);
        var range = levels.Min() == levels.Max() ? $"level {levels[0]}" : $"levels {levels.Min()} to {levels.Max()}";
        return $"{Shown.Count(spread.Votes, "vote")}: {range}{(others > 0 ? $", and {others} without a level" : "")}.";
    }

    /// <summary>Why a reveal shows nothing; null where it does.</summary>
    public static string? Of(Withheld withheld) => withheld switch
    {
        Withheld.No => null,
        Withheld.TooFew => "Fewer than five voted: the spread would tell who voted what. Talk, and record what you agree on.",
        Withheld.TooNear => "Beside what you saw before, these votes would tell what a few of you voted: a second vote is shown where nobody or at least five voted otherwise, and a third is not. Talk, and record what you agree on.",
    };

    /// <summary>1:07.</summary>
    public static string Clock(TimeSpan left)
    {
        var seconds = (int)Math.Ceiling(left.TotalSeconds);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    /// <summary>What a screen reader says once the room has changed.</summary>
    public static string Said(Room room) => room switch
    {
        { IsOpen: false } => "The workshop is over.",
        { Question: null } => "Waiting for the first question.",
        { Phase: WorkshopPhase.Voting } => $"Voting is open: {room.Question.Text}",
        { Phase: WorkshopPhase.Revealed, Agreed: { } agreed } => $"Agreed: {Of(agreed.Choice)}.",
        { Phase: WorkshopPhase.Revealed, Spread: { } spread } => $"The votes are revealed. {Of(spread)}",
        { Phase: WorkshopPhase.Revealed } => $"The vote is closed. {Of(room.Withheld)}",
        { Agreed: { } agreed } => $"{room.Question.Text} Agreed: {Of(agreed.Choice)}.",
        _ => $"The question is: {room.Question.Text}",
    };
}

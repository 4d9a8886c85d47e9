using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Data.Workshops;

/// <summary>A workshop as somebody in it may see it. Nothing in it depends on a vote of anybody else's before the reveal.</summary>
public sealed record Room
{
    public required Guid Id { get; init; }

    /// <summary>The organisation whose workshop it is, or the programme.</summary>
    public required string Title { get; init; }

    /// <summary>Whose own it is; null for a partnership's.</summary>
    public required Guid? Assessment { get; init; }

    /// <summary>Over which round a partnership meets; null for an organisation's own.</summary>
    public required Guid? Round { get; init; }

    public required Instrument Instrument { get; init; }

    public required string Stage { get; init; }

    public required string Code { get; init; }

    public required Guid OpenedBy { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    public required bool IsLocked { get; init; }

    /// <summary>Whether a link that makes somebody a facilitator was given out.</summary>
    public required bool HasFacilitatorLink { get; init; }

    public required int Version { get; init; }

    public required WorkshopPhase Phase { get; init; }

    /// <summary>What the room looks at; null before the first.</summary>
    public required Question? Question { get; init; }

    /// <summary>The number of the vote that is open or was open last; 0 before the first.</summary>
    public required int Ballot { get; init; }

    public required DateTimeOffset? TimerEndsAt { get; init; }

    /// <summary>Whether the organisation's answers are anonymous: then fewer than five votes are revealed to nobody.</summary>
    public required bool IsAnonymous { get; init; }

    /// <summary>Whether what is agreed on can be recorded; not once the organisation's answers are sealed.</summary>
    public required bool CanRecord { get; init; }

    /// <summary>Whether whoever looks runs the workshop.</summary>
    public required bool Runs { get; init; }

    /// <summary>Whether whoever looks belongs to a partner that shows what it answered: they may take a seat, and see what was decided.</summary>
    public required bool TakesPart { get; init; }

    /// <summary>The seat of whoever looks; null without one.</summary>
    public required Guid? Seat { get; init; }

    /// <summary>Whether that seat votes.</summary>
    public required bool Votes { get; init; }

    /// <summary>For which organisation it votes; null in an organisation's own workshop.</summary>
    public required Guid? VotesFor { get; init; }

    /// <summary>What it voted this time; null where it has not.</summary>
    public required Choice? OwnVote { get; init; }

    /// <summary>What was revealed; null before, and where that is withheld.</summary>
    public required RevealedSpread? Spread { get; init; }

    /// <summary>Why nothing is revealed.</summary>
    public required Withheld Withheld { get; init; }

    /// <summary>What was agreed on for the question; null where nothing is.</summary>
    public required AgreedInRoom? Agreed { get; init; }

    /// <summary>Partners that show what they answered, by id, as they are called in the round; empty in an organisation's own workshop.</summary>
    public required IReadOnlyDictionary<Guid, string> Partners { get; init; }

    public bool IsPartnership => Round is not null;

    public bool IsOpen => ClosedAt is null;

    /// <summary>What the whole room sees of the timer; null where none runs, or it has run out.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now) => TimerEndsAt is { } end && end > now ? end - now : null;
}

/// <summary>What the room agreed on for a question.</summary>
/// <param name="Choice">What stands.</param>
/// <param name="Note">Null where there is none, and for those who vote in an organisation's own workshop; so are the others.</param>
/// <param name="Stance">How far the organisation would compromise.</param>
/// <param name="Reason">Why this.</param>
/// <param name="Minority">What those say who see it otherwise.</param>
public sealed record AgreedInRoom(Choice Choice, string? Note, Stance? Stance = null, string? Reason = null, string? Minority = null);

/// <summary>How many have voted, of how many who are there. Never who, nor what.</summary>
public sealed record Turnout(int Voted, int Here);

/// <summary>Why a question stands where it does on the agenda.</summary>
public enum AgendaKind
{
    /// <summary>Respondents are of two minds; partners differ.</summary>
    Split,

    /// <summary>Not known, or to too few.</summary>
    BlindSpot,

    ShowStopper,

    WeakPoint,

    /// <summary>None of these.</summary>
    Other,

    /// <summary>Agreed on.</summary>
    Done,
}

/// <summary>A question on the agenda.</summary>
/// <param name="Question">Which.</param>
/// <param name="Kind">Why it stands there.</param>
/// <param name="Agreed">What was agreed on; null where nothing is yet.</param>
public sealed record AgendaItem(Question Question, AgendaKind Kind, Choice? Agreed);

/// <summary>A vote that was revealed, and what came of it.</summary>
/// <param name="Number">Which, within the workshop.</param>
/// <param name="Question">On what.</param>
/// <param name="Spread">Null where it was withheld.</param>
/// <param name="Withheld">Why.</param>
public sealed record PastBallot(int Number, Question Question, RevealedSpread? Spread, Withheld Withheld);

/// <summary>What a partnership decided.</summary>
public sealed record SeenDecision(Question Question, Choice Choice, string? Note, DateTimeOffset At);

/// <summary>A workshop, in lists.</summary>
public sealed record WorkshopRow(Guid Id, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, int Ballots);

/// <summary>What a code opens, for whoever types it.</summary>
/// <param name="Workshop">Which.</param>
/// <param name="Code">As it is stored.</param>
/// <param name="Title">Whose; null in a partnership's, for whoever is not one of its people.</param>
/// <param name="IsPartnership">Whether a partnership meets.</param>
/// <param name="IsLocked">Whether nobody else can join.</param>
/// <param name="IsAnonymous">Whether fewer than five votes are revealed to nobody.</param>
public sealed record WorkshopDoor(Guid Workshop, string Code, string? Title, bool IsPartnership, bool IsLocked, bool IsAnonymous);

using Rasp.Readiness.Instruments;

namespace Rasp.Data.Teams;

/// <summary>How far somebody has got.</summary>
public enum RespondentState
{
    /// <summary>The invitation is on its way, or not answered yet.</summary>
    Invited,

    /// <summary>The invitation was declined.</summary>
    Declined,

    /// <summary>No invitation is open: it ran out before it was accepted.</summary>
    Lapsed,

    /// <summary>The invitation is accepted; who sees what is not read yet.</summary>
    Joined,

    Started,
    Done,

    /// <summary>A lead has asked to look again.</summary>
    AskedAgain,

    /// <summary>A lead enters what they answered.</summary>
    OnPaper,

    /// <summary>They are taken out, and what they answered is kept.</summary>
    Removed,
}

/// <summary>Those who answer within an assessment, as its leads see them: who, and how far each has got, and nothing of what anybody chose.</summary>
public sealed record TeamView
{
    public required Guid Assessment { get; init; }

    public required string Organisation { get; init; }

    /// <summary>Null in confidence.</summary>
    public required Guid? OrganisationId { get; init; }

    /// <summary>Null while nobody else is invited.</summary>
    public required Attribution? Attribution { get; init; }

    public required bool IsOpen { get; init; }

    public required Instrument Instrument { get; init; }

    public required string Stage { get; init; }

    /// <summary>To how many questions whoever leads has answered as one, before anybody was invited.</summary>
    public required int AnsweredTogether { get; init; }

    /// <summary>In the order in which they were added.</summary>
    public required IReadOnlyList<TeamRow> People { get; init; }

    /// <summary>The addresses of its leads.</summary>
    public required IReadOnlyList<string> Leads { get; init; }

    /// <summary>Those who are in, and whose answers come or have come.</summary>
    public IEnumerable<TeamRow> Active => People.Where(p => p.State is not (RespondentState.Removed or RespondentState.Declined or RespondentState.Lapsed));

    public TeamRow? Me => People.FirstOrDefault(p => p.IsMe);

    public TeamRow? Find(Guid respondent) => People.FirstOrDefault(p => p.Id == respondent);

    /// <summary>Themes with a question that nobody who is in is asked.</summary>
    public IReadOnlyList<Theme> AskedOfNobody()
    {
        var asked = Active.Select(p => p.Scope is { } scope ? Scopes.Contains(scope) : _ => true).ToList();
        return [.. Instrument.Areas.SelectMany(a => a.Themes).Where(t => t.Questions.Any(q => q.IsAskedAt(Stage) && !asked.Any(isAsked => isAsked(q))))];
    }
}

/// <summary>One of those who answer, as a lead sees them.</summary>
/// <param name="Id">Whose answers.</param>
/// <param name="Kind">How they come in.</param>
/// <param name="State">How far they have got.</param>
/// <param name="Name">An address, or what a lead calls somebody on paper; null where it was erased, or of somebody taken out of an anonymous team.</param>
/// <param name="IsMe">Whether it is whoever looks.</param>
/// <param name="IsLead">Whether it is a lead of the assessment.</param>
/// <param name="Role">The key of the role.</param>
/// <param name="Scope">Keys of the areas and themes that are asked; null for all.</param>
/// <param name="Answered">How many of those questions are answered.</param>
/// <param name="Asked">How many those are.</param>
public sealed record TeamRow(Guid Id, RespondentKind Kind, RespondentState State, string? Name, bool IsMe, bool IsLead, string Role, string? Scope, int Answered, int Asked)
{
    public DateTimeOffset? DoneAt { get; init; }

    public DateTimeOffset? AskedAgainAt { get; init; }

    public string? AskedAgainNote { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>The invitation that is not answered yet; null where there is none.</summary>
    public Guid? Invitation { get; init; }

    /// <summary>Whether a lead can have this person reminded: they have an account, and are not done.</summary>
    public bool IsToRemind => State is RespondentState.Joined or RespondentState.Started or RespondentState.AskedAgain && !IsMe;
}

/// <summary>What somebody reads before they answer: who asks, for what, and who will see it.</summary>
public sealed record TeamIntroduction
{
    public required Guid Assessment { get; init; }

    public required string Organisation { get; init; }

    public required Attribution Attribution { get; init; }

    public required string Role { get; init; }

    /// <summary>Keys of the areas and themes that are asked; null for all.</summary>
    public required string? Scope { get; init; }

    public required Instrument Instrument { get; init; }

    public required string Stage { get; init; }

    /// <summary>The addresses of those who ask.</summary>
    public required IReadOnlyList<string> Leads { get; init; }

    /// <summary>Null in confidence.</summary>
    public required string? Programme { get; init; }

    /// <summary>The round's closing date; null in confidence, and once the round is over.</summary>
    public required DateOnly? ClosesOn { get; init; }

    /// <summary>How many others are asked.</summary>
    public required int Others { get; init; }

    public string RoleName => Instrument.Roles.FirstOrDefault(r => r.Key == Role)?.Name ?? Role;
}

/// <summary>What somebody is asked to answer for others, in their account.</summary>
/// <param name="Assessment">In which assessment.</param>
/// <param name="Organisation">For whom.</param>
/// <param name="Programme">Null in confidence.</param>
/// <param name="State">How far they have got.</param>
/// <param name="IsOpen">Whether answers can still be changed.</param>
/// <param name="Answered">How many questions they have answered.</param>
/// <param name="Asked">How many they are asked.</param>
public sealed record AskedRow(Guid Assessment, string Organisation, string? Programme, RespondentState State, bool IsOpen, int Answered, int Asked);

using Rasp.Data.Plans;
using Rasp.Readiness.Plans;

namespace Rasp.Plans;

/// <summary>What plans call things.</summary>
public static class PlanWords
{
    public static readonly IReadOnlyList<ActionState> States = Enum.GetValues<ActionState>();

    public static string Name(this ActionState state) => state switch
    {
        ActionState.ToDo => "To do",
        ActionState.Doing => "Doing",
        ActionState.Done => "Done",
        ActionState.Dropped => "Dropped",
    };

    /// <summary>As it stands in addresses and forms.</summary>
    public static string Word(this ActionState state) => state switch
    {
        ActionState.ToDo => "to-do",
        ActionState.Doing => "doing",
        ActionState.Done => "done",
        ActionState.Dropped => "dropped",
    };

    /// <summary>As it stands in files.</summary>
    public static string Word(this Movement movement) => movement switch
    {
        Movement.Moved => "moved",
        Movement.DidNotMove => "did-not-move",
        Movement.Fell => "fell",
        Movement.QuestionChanged => "question-changed",
        Movement.NotAnsweredAgain => "not-answered-again",
    };

    public static ActionState? Read(string? word) => States.Where(s => s.Word() == word).Select(s => (ActionState?)s).FirstOrDefault();

    /// <summary>Where a board takes an action in one step: the button’s words, and the state that follows.</summary>
    public static IReadOnlyList<(string Words, ActionState To)> Steps(ActionState state) => state switch
    {
        ActionState.ToDo => [("Begin", ActionState.Doing), ("Done", ActionState.Done)],
        ActionState.Doing => [("Done", ActionState.Done), ("Back to do", ActionState.ToDo)],
        ActionState.Done or ActionState.Dropped => [("Take up again", ActionState.Doing)],
    };

    /// <summary>Whether the answer moved, as a sentence; null where there is nothing to say.</summary>
    public static string? Judged(SeenPlan plan, SeenAction action)
    {
        if (action.Judgement is not { } judgement) return null;
        var lowest = plan.IsJoint ? "lowest level" : "level";
        var then = judgement.From is { } from ? $"{Upper(lowest)} {from}" : "Not known";
        var when = plan.Programme is null ? "when it was added" : $"in {action.FoundIn}";
        var by = plan.Programme is null && !action.IsJudged ? "now" : $"in {action.JudgedBy}";
        return judgement.Movement switch
        {
            Movement.Moved => $"{then} {when}, {lowest} {judgement.To} {by}: moved.",
            Movement.DidNotMove => $"{then} {when}, and the same {by}: did not move.",
            Movement.Fell => $"{then} {when}, {lowest} {judgement.To} {by}: fell.",
            Movement.QuestionChanged => $"{then} {when}. The question has changed since, and can’t be compared.",
            Movement.NotAnsweredAgain => $"{then} {when}. {(action.JudgedBy is null ? (plan.Programme is null ? "Not answered otherwise since." : "No later round has been answered yet.") : "Not asked, or not answered with a level, again.")}",
        };
    }

    /// <summary>The tag of a judgement; null where it says nothing yet.</summary>
    public static (string Words, string Look)? Tag(SeenAction action) => action.Judgement?.Movement switch
    {
        Movement.Moved => ("Moved", "govuk-tag--green"),
        Movement.DidNotMove => ("Did not move", "govuk-tag--yellow"),
        Movement.Fell => ("Fell", "govuk-tag--red"),
        Movement.QuestionChanged => ("Question changed", "govuk-tag--grey"),
        _ => null,
    };

    /// <summary>Who has taken it on.</summary>
    public static string Owners(SeenAction action) => string.Join(", ", action.Owners.Select(o => o.HasLeft ? $"{o.Name} (has left)" : o.Name));

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

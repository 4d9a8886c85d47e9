using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Forms;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Agreements;

/// <summary>What a lead, or whoever facilitates a workshop, records as agreed: <c>&lt;partial name="_AgreedForm" model="…" /&gt;</c> within a form.</summary>
public sealed class AgreedForm
{
    /// <summary>In the order in which they stand on the page.</summary>
    public static readonly string[] Fields = ["Form.Answer", "Form.Stance", "Form.Note", "Form.Evidence", "Form.Reason", "Form.Minority"];

    /// <summary>So long reasons and minority views may be.</summary>
    public const int ReasonMaxLength = 2000;

    /// <summary>A level, dk or na, as files write it.</summary>
    public string? Answer { get; set; }

    public string? Stance { get; set; }

    public string? Note { get; set; }

    public string? Evidence { get; set; }

    public string? Reason { get; set; }

    public string? Minority { get; set; }

    public static AgreedForm Of(Agreed agreed) => new()
    {
        Answer = agreed.Choice.ToString(),
        Stance = agreed.Stance?.Word(),
        Note = agreed.Note,
        Evidence = agreed.Evidence,
        Reason = agreed.Reason,
        Minority = agreed.Minority,
    };

    /// <summary>What was entered, fit to store; null, and faults told, where it is not.</summary>
    /// <param name="faults">Where faults are told.</param>
    /// <param name="instrument">What is asked.</param>
    /// <param name="question">Which of its questions.</param>
    /// <param name="prefix">What stands before the names of the page's fields.</param>
    /// <param name="noteMaxLength">So long a note may be.</param>
    public Agreed? Read(ModelStateDictionary faults, Instrument instrument, Question question, string prefix = "Form.", int noteMaxLength = StoredAnswer.TextMaxLength)
    {
        var choice = Choice.Parse(Answer ?? "", instrument.Levels.Count);
        var agreed = new Agreed(choice ?? Choice.DontKnow, Stances.Parse(Stance ?? ""), Typed.Clean(Note), Typed.Clean(Evidence), Typed.Clean(Reason), Typed.Clean(Minority));
        if (choice is null) faults.AddModelError($"{prefix}Answer", "Select what you have agreed on: a level, “don’t know” or “not applicable”");
        CheckLength("Note", "Note", agreed.Note, noteMaxLength);
        CheckLength("Evidence", "Evidence", agreed.Evidence, StoredAnswer.TextMaxLength);
        CheckLength("Reason", "The reason", agreed.Reason, ReasonMaxLength);
        CheckLength("Minority", "The other view", agreed.Minority, ReasonMaxLength);
        if (choice is { IsNotApplicable: true } && question.Gate is not null && agreed.Note is null)
        {
            faults.AddModelError($"{prefix}Note", "Say in the note why this does not apply: it is a possible show-stopper, and the results list it with your reason");
        }
        return faults.IsValid ? agreed : null;

        void CheckLength(string field, string name, string? text, int most)
        {
            if (text?.Length > most) faults.AddModelError($"{prefix}{field}", $"{name} must be {most:N0} characters or fewer; it has {text.Length:N0}");
        }
    }
}

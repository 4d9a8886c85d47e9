using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data.Plans;
using Rasp.Forms;

namespace Rasp.Plans;

/// <summary>An action as a form says it.</summary>
public sealed class ActionForm
{
    /// <summary>In the order in which they stand.</summary>
    public static readonly string[] Fields = ["Form.What", "Form.Why", "Form.Owners", "Form.Person", "Form.Reminded", "Form.Due", "Form.State", "Form.Milestone", "Form.Area"];

    public string? What { get; set; }

    public string? Why { get; set; }

    public string[] Owners { get; set; } = [];

    public string? Person { get; set; }

    public string? Reminded { get; set; }

    public string? Due { get; set; }

    public string? State { get; set; }

    public string? Milestone { get; set; }

    public string? Area { get; set; }

    public static ActionForm Of(SeenAction action) => new()
    {
        What = action.What,
        Why = action.Why,
        Owners = [.. action.Owners.Where(o => !o.HasLeft).Select(o => o.Organisation!.Value.ToString("N"))],
        Person = action.Person,
        Reminded = action.Reminded?.ToString("N"),
        Due = action.Due?.InWords(),
        State = action.State.Word(),
        Milestone = action.Milestone?.ToString("N"),
        Area = action.Area,
    };

    /// <summary>What it says; null, and each fault told, where it can't be.</summary>
    public ActionWords? Read(ModelStateDictionary faults, SeenPlan plan, SeenAction? action)
    {
        var what = Text(What, nameof(What), "What to do", ActionWords.WhatMaxLength);
        if (what is null && !faults.ContainsKey("Form.What")) faults.AddModelError("Form.What", "Say what is to be done");
        var why = Text(Why, nameof(Why), "Why", ActionWords.WhyMaxLength);
        var person = Typed.CleanLine(Person);
        if (person?.Length > ActionWords.PersonMaxLength) faults.AddModelError("Form.Person", $"The name must be {ActionWords.PersonMaxLength} characters or fewer; it has {person.Length}");
        var due = TypedDate.Read(Due, faults, "Form.Due");
        var owners = plan.Partners.Select(p => p.Id).Where(p => action?.Takers.Contains(p) != false && Owners.Contains(p.ToString("N"))).ToList();
        if (plan.IsJoint && owners.Count == 0) faults.AddModelError("Form.Owners", "Choose at least one partner who takes it on");
        if (PlanWords.Read(State ?? ActionState.ToDo.Word()) is not { } state)
        {
            faults.AddModelError("Form.State", "Choose how far it is");
            return null;
        }
        return !faults.IsValid ? null : new()
        {
            What = what!,
            Why = why,
            Area = plan.Instrument.Areas.FirstOrDefault(a => a.Key == Area)?.Key,
            Due = due,
            State = state,
            Milestone = plan.Milestones.Where(m => m.Id.ToString("N") == Milestone).Select(m => (Guid?)m.Id).FirstOrDefault(),
            Person = person,
            Reminded = plan.People.Select(p => p.Id).Concat(action?.Reminded is { } known ? [known] : []).Where(p => p.ToString("N") == Reminded).Select(p => (Guid?)p).FirstOrDefault(),
            Owners = owners,
        };

        string? Text(string? typed, string field, string called, int most)
        {
            var text = Typed.Clean(typed);
            if (text?.Length > most) faults.AddModelError($"Form.{field}", $"“{called}” must be {most} characters or fewer; it has {text.Length}");
            return text;
        }
    }
}

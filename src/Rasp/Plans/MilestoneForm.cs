using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data.Plans;
using Rasp.Forms;

namespace Rasp.Plans;

/// <summary>A milestone as a form says it.</summary>
public sealed class MilestoneForm
{
    public static readonly string[] Fields = ["Form.Name", "Form.On", "Form.IsDone"];

    public string? Name { get; set; }

    public string? On { get; set; }

    public string? IsDone { get; set; }

    public static MilestoneForm Of(Milestone milestone) => new() { Name = milestone.Name, On = milestone.On.InWords(), IsDone = milestone.IsDone ? "yes" : "no" };

    /// <summary>What it says; null, and each fault told, where it can't be.</summary>
    public (string Name, DateOnly On, bool IsDone)? Read(ModelStateDictionary faults)
    {
        var name = Typed.CleanLine(Name);
        if (name is null) faults.AddModelError("Form.Name", "Say what is reached");
        else if (name.Length > Milestone.NameMaxLength) faults.AddModelError("Form.Name", $"The milestone’s name must be {Milestone.NameMaxLength} characters or fewer; it has {name.Length}");
        var on = TypedDate.Read(On, faults, "Form.On");
        if (on is null && string.IsNullOrWhiteSpace(On)) faults.AddModelError("Form.On", "Enter the day, like 27 March 2027 or 27/3/2027");
        return faults.IsValid && name is not null && on is { } day ? (name, day, IsDone == "yes") : null;
    }
}

using Microsoft.AspNetCore.Mvc.ModelBinding;
using Rasp.Data.Programmes;
using Rasp.Forms;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Programmes;

/// <summary>What a programme says of itself, as people type it.</summary>
public sealed class ProgrammeForm
{
    public static readonly string[] Fields = ["Form.Name", "Form.What", "Form.Why", "Form.Stage"];

    public string? Name { get; set; }

    public string? What { get; set; }

    public string? Why { get; set; }

    public string? Stage { get; set; }

    public string CleanName() => Typed.CleanLine(Name)!;

    public string CleanWhat() => Typed.Clean(What)!;

    public string? CleanWhy() => Typed.Clean(Why);

    public void Check(ModelStateDictionary faults, Instrument instrument)
    {
        Text("Name", "Enter what the programme is called", "The name", Typed.CleanLine(Name), Programme.NameMaxLength);
        Text("What", "Say what would be shared", "What would be shared", Typed.Clean(What), Programme.TextMaxLength);
        Text("Why", null, "The reason", CleanWhy(), Programme.TextMaxLength);
        if (instrument.Stages.All(s => s.Key != Stage)) faults.AddModelError("Form.Stage", "Select where the programme is");

        void Text(string field, string? missing, string name, string? text, int most)
        {
            if (text is null && missing is not null) faults.AddModelError($"Form.{field}", missing);
            if (text?.Length > most) faults.AddModelError($"Form.{field}", $"{name} must be {most:N0} characters or fewer; it has {text.Length:N0}");
        }
    }
}

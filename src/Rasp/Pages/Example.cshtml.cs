using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Assessments;

namespace Rasp.Pages;

/// <summary>The way in to the worked example.</summary>
public sealed class ExampleModel(WorkedExample example) : PageModel
{
    public ILookup<string, (string Reference, Data.SeenAssessment Assessment)> Rounds { get; } = example.Assessments.ToLookup(a => a.Assessment.Sheet.Round);
}

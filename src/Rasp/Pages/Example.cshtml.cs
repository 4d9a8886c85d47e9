using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Assessments;
using Rasp.Joinings;

namespace Rasp.Pages;

/// <summary>The way in to the worked example.</summary>
public sealed class ExampleModel(WorkedExample example, FittedExamples fits) : PageModel
{
    /// <summary>Whether a fourth council answered in a round, which would join.</summary>
    public bool HasFit(string round) => fits.Find(Rasp.Comparisons.ComparedExamples.Reference(round)) is not null;

    public ILookup<string, (string Reference, Data.SeenAssessment Assessment)> Rounds { get; } = example.Assessments.ToLookup(a => a.Assessment.Sheet.Round);
}

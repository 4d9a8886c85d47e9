using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Assessments;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Assessments;

/// <summary>Answers and results as files.</summary>
public sealed class TakeAwayModel(AssessmentDoor door) : PageModel
{
    public OpenAssessment Open { get; private set; } = null!;

    /// <summary>Questions with something typed and nothing chosen: a file of answers has no place for these.</summary>
    public IReadOnlyList<Question> Unfinished { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return NotFound();
        Open = open;
        Unfinished = [.. open.Order.Questions.Where(q => open.Seen.Entered.TryGetValue(q.Key, out var entered) && entered.Choice is null && (entered.Note ?? entered.Evidence) is not null)];
        return Page();
    }
}

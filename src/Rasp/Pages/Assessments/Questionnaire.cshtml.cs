using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Assessments;

namespace Rasp.Pages.Assessments;

/// <summary>The questions of an assessment on paper, for a meeting: what whoever looks is asked.</summary>
public sealed class QuestionnaireModel(AssessmentDoor door) : PageModel
{
    public OpenAssessment Open { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return NotFound();
        Open = open;
        return Page();
    }
}

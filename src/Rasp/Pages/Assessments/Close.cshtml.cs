using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Assessments;

namespace Rasp.Pages.Assessments;

/// <summary>Lets this browser forget an assessment; its private link opens it again.</summary>
public sealed class CloseModel(AssessmentDoor door) : PageModel
{
    public IActionResult OnGet(string reference) => Redirect(Links.Assessment(reference));

    public IActionResult OnPost(string reference)
    {
        door.Close(HttpContext, reference);
        return Redirect($"{Links.OpenForm}?closed=true");
    }
}

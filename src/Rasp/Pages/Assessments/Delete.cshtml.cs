using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data;

namespace Rasp.Pages.Assessments;

/// <summary>Deletes an assessment, for good, after a confirmation.</summary>
public sealed class DeleteModel(AssessmentDoor door, AssessmentDesk desk) : OwnAssessmentPage(door)
{
    [BindProperty]
    public bool IsSure { get; set; }

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync()) return NotFound();
        if (!IsSure)
        {
            ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that everything should be deleted");
            return Faulty();
        }
        var (id, link) = AssessmentDoor.Key(HttpContext, Reference)!.Value;
        await desk.DeleteAsync(id, link, cancellation);
        Door.Close(HttpContext, Reference);
        return Redirect("/deleted");
    }
}

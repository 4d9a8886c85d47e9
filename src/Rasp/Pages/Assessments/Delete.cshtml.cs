using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data;

namespace Rasp.Pages.Assessments;

/// <summary>Deletes an assessment, for good, after a confirmation.</summary>
public sealed class DeleteModel(AssessmentDoor door, AssessmentDesk desk) : OwnAssessmentPage(door)
{
    [BindProperty]
    public bool IsSure { get; set; }

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() && Open.IsToDecide ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync() || !Open.IsToDecide) return NotFound();
        if (!IsSure)
        {
            ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that everything should be deleted");
            return Faulty();
        }
        var (id, holder) = AssessmentDoor.Key(HttpContext, Reference)!.Value;
        if (!await desk.DeleteAsync(id, holder, cancellation)) return NotFound();
        Door.Close(HttpContext, Reference);
        return Redirect("/deleted");
    }
}

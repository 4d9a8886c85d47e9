using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data;

namespace Rasp.Pages.Assessments;

/// <summary>Changes what was said at the start.</summary>
public sealed class DetailsModel(AssessmentDoor door, AssessmentDesk desk) : OwnAssessmentPage(door)
{
    [BindProperty]
    public DetailsForm Details { get; set; } = new();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync()) return NotFound();
        Details = DetailsForm.Of(Open.Seen.Facts);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync()) return NotFound();
        Details.Check(ModelState, Open.Seen.Instrument, asksRole: !Open.HasTeam);
        if (!ModelState.IsValid) return Faulty();
        var (id, holder) = AssessmentDoor.Key(HttpContext, Reference)!.Value;
        return await desk.ChangeAsync(id, holder, Details.CleanOrganisation, Details.Stage!, Details.Role ?? "", cancellation) ? Redirect(Links.Assessment(Reference)) : NotFound();
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Forms;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Start;

/// <summary>Starts an in-confidence assessment.</summary>
[EnableRateLimiting(RateLimits.Start)]
public sealed class IndexModel(AssessmentDesk desk, AssessmentDoor door, InstrumentLibrary instruments) : FormPage
{
    [BindProperty]
    public DetailsForm Details { get; set; } = new();

    public Instrument Instrument => instruments.Current;

    public void OnGet() => Response.KeepPrivate();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Details.Check(ModelState, Instrument);
        if (!ModelState.IsValid) return Faulty();
        var (id, secret) = await desk.StartAsync(Details.CleanOrganisation, Details.Stage!, Details.Role!, cancellation);
        door.LetIn(HttpContext, id, secret);
        var reference = id.ToString("N");
        PrivateLinkOnce.Keep(TempData, secret);
        return Redirect(Links.PrivateLink(reference));
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(Page());
}

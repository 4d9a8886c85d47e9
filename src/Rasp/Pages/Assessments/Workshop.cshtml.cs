using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Data.Workshops;
using Rasp.Forms;

namespace Rasp.Pages.Assessments;

/// <summary>Where a lead opens a workshop over the organisation's answers, or goes to the one that is open, and finds past ones.</summary>
public sealed class WorkshopModel(AssessmentDoor door, WorkshopLens lens, WorkshopDesk desk) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public OpenAssessment Open { get; private set; } = null!;

    /// <summary>The newest first; null where this assessment has to be in an account first.</summary>
    public IReadOnlyList<WorkshopRow>? Workshops { get; private set; }

    public WorkshopRow? Current => Workshops?.FirstOrDefault(w => w.ClosedAt is null);

    public bool IsAnonymous => Open.Seen.Facts.Attribution == Attribution.Anonymous;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (HttpContext.SignedIn() is not { } signedIn || await desk.OpenAsync(Open.Seen.Facts.Id, signedIn.Person, cancellation) is not { } workshop)
        {
            ModelState.AddModelError("", Workshops is null ? "Keep the assessment in your account first" : "The answers are sealed: no workshop can be opened over them now");
            return Faulty();
        }
        return Redirect(Links.Workshop(workshop));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { IsExample: false, Seen.Facts.IsLed: true } open) return false;
        Open = open;
        if (HttpContext.SignedIn() is { } signedIn) Workshops = await lens.OfAssessmentAsync(open.Seen.Facts.Id, signedIn.Person, cancellation);
        return true;
    }
}

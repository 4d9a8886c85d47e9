using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;

namespace Rasp.Pages.Assessments;

/// <summary>Puts an assessment into the account of whoever is signed in, or takes it out again; says first what that changes.</summary>
public sealed class ClaimModel(AssessmentDoor door, AssessmentDesk desk) : OwnAssessmentPage(door)
{
    public bool IsSignedIn => HttpContext.SignedIn() is not null;

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (HttpContext.SignedIn() is not { } signedIn) return Redirect(Links.SignInFor(Links.Claim(Reference)));
        if (AssessmentDoor.Key(HttpContext, Reference) is not var (id, holder)) return NotFound();
        if (await desk.ClaimAsync(id, holder, signedIn.Person, cancellation)) return Redirect(Links.Account);
        // Gone, or somebody was quicker: the page says which.
        return await OpenAsync() ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostReleaseAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync() || !Open.IsMine) return NotFound();
        await desk.ReleaseAsync(Guid.ParseExact(Reference, "N"), HttpContext.SignedIn()!.Person, cancellation);
        return Redirect(Open.IsByLink ? Links.Assessment(Reference) : Links.Account);
    }
}

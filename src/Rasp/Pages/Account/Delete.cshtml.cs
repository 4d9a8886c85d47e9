using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Readiness;

namespace Rasp.Pages.Account;

/// <summary>Deletes one's own account, after asking what becomes of the assessments in it.</summary>
public sealed class DeleteModel(People people, AssessmentDesk desk, AccountDoor door) : AccountPage
{
    /// <summary>keep or delete; asked only where there are any.</summary>
    [BindProperty]
    public string? Assessments { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    public IReadOnlyList<ClaimedAssessment> Claimed { get; private set; } = [];

    public bool IsLastAdministrator { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Claimed = await desk.OfAsync(SignedIn.Person, cancellation);
        IsLastAdministrator = await people.IsLastAdministratorAsync(SignedIn.Person, cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        if (Claimed.Count > 0 && Assessments is not ("keep" or "delete")) ModelState.AddModelError(nameof(Assessments), "Select what becomes of the assessments");
        if (!IsSure) ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that your account should be deleted");
        if (!ModelState.IsValid) return Faulty();
        if (await people.DeleteAsync(SignedIn.Person, SignedIn.Person, withAssessments: Assessments == "delete", cancellation) is { Count: > 0 } alone)
        {
            ModelState.AddModelError("", $"You are the only lead of {Shown.List(alone)}. Make somebody else a lead there first, or erase the organisation");
            return Faulty();
        }
        door.Forget(HttpContext);
        return Redirect(Links.AccountDeleted);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        return Page();
    }
}

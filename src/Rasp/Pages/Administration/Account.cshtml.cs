using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Accounts;
using Rasp.Readiness;

namespace Rasp.Pages.Administration;

/// <summary>One account: signing its owner out, and deleting it.</summary>
public sealed class AccountModel(People people, Sessions sessions) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    [BindProperty]
    public bool IsSure { get; set; }

    /// <summary>Whether all sessions were ended just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Ended { get; set; }

    public AccountRow Row { get; private set; } = null!;

    public bool IsMyself => Row.Id == SignedIn.Person;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostEndSessionsAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || IsMyself) return NotFound();
        await sessions.EndAllAsync(Row.Id, cancellation);
        return Redirect($"{Links.AccountOf(Row.Id)}?ended=true");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || IsMyself) return NotFound();
        if (!IsSure)
        {
            ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that the account should be deleted");
            return Faulty();
        }
        if (await people.DeleteAsync(Row.Id, SignedIn.Person, withAssessments: false, cancellation) is { Count: > 0 } alone)
        {
            ModelState.AddModelError(nameof(IsSure), $"This is the only lead of {Shown.List(alone)}. Somebody else has to lead it first");
            return Faulty();
        }
        return Redirect(Links.Accounts);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Reference, "N", out var id) || await people.RowAsync(id, cancellation) is not { } row) return false;
        Row = row;
        return true;
    }
}

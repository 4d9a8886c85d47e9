using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Accounts;
using Rasp.Forms;

namespace Rasp.Pages.SignIn;

/// <summary>The link of a mail, or of an invitation. Looking changes nothing, since mail scanners open links: it takes the button.</summary>
[EnableRateLimiting(RateLimits.Open)]
public sealed class LinkModel(SignIns signIns, People people, AccountDoor door) : FormPage
{
    [FromRoute]
    public string Secret { get; set; } = "";

    /// <summary>Whose account the first administrator's is to be; asked only where the link does not say.</summary>
    [BindProperty]
    public string? Email { get; set; }

    /// <summary>What the link signs in to; null where it is good no more.</summary>
    public SignInGrant? Grant { get; private set; }

    public string? SignedInAs => HttpContext.SignedIn()?.Email;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (Grant is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        var email = Grant?.Email ?? SignedInAs ?? TypedEmail.Read(Email);
        if (Grant is { Email: null } && SignedInAs is null)
        {
            if (email is null) ModelState.AddModelError(nameof(Email), TypedEmail.Wrong);
            // The link does not prove whose address it is.
            else if (await people.FindAsync(email) is not null) ModelState.AddModelError(nameof(Email), "This address has an account. Sign in to it first, and then open this link again");
            if (!ModelState.IsValid) return Faulty();
        }
        Grant = await signIns.UseAsync(Secret, cancellation);
        if (Grant is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
        var person = await people.FindOrMakeAsync(email!);
        if (Grant.MakesAdministrator) await people.MakeAdministratorAsync(person.Id, cancellation);
        await door.LetInAsync(HttpContext, person.Id);
        return Redirect(Grant.ReturnTo ?? Links.Account);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        return Page();
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        Grant = await signIns.LookAsync(Secret, cancellation);
    }
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Accounts;

namespace Rasp.Pages.Account;

/// <summary>One's own sessions: which there are, and their ends.</summary>
public sealed class SessionsModel(Sessions sessions, AccountDoor door) : AccountPage
{
    [BindProperty]
    public string? Session { get; set; }

    public IReadOnlyList<SessionRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Rows = await sessions.OfAsync(SignedIn.Person, cancellation);

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Session, "N", out var id)) return NotFound();
        // Ended twice, as by a second press of the button, is ended.
        await sessions.EndAsync(SignedIn.Person, id, cancellation);
        if (id != SignedIn.Session) return Redirect(Links.Sessions);
        door.Forget(HttpContext);
        return Redirect($"{Links.SignIn}?signedOut=true");
    }

    public async Task<IActionResult> OnPostEndAllAsync(CancellationToken cancellation)
    {
        await sessions.EndAllAsync(SignedIn.Person, cancellation);
        door.Forget(HttpContext);
        return Redirect($"{Links.SignIn}?signedOut=true");
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        return Page();
    }
}

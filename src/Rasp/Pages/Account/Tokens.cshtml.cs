using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Tokens;
using Rasp.Tokens;

namespace Rasp.Pages.Account;

/// <summary>One's own tokens: which there are, and their ends.</summary>
public sealed class TokensModel(TokenDesk desk) : AccountPage
{
    [BindProperty]
    public string? Token { get; set; }

    public IReadOnlyList<TokenRow> Rows { get; private set; } = [];

    /// <summary>One that was made just now; null where none was.</summary>
    public string? Once { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        Once = TempData[TokenOnce.Key] as string;
        Rows = await desk.OfPersonAsync(SignedIn.Person, cancellation);
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Token, "N", out var id)) return NotFound();
        // Revoked twice, as by a second press of the button, is revoked.
        await desk.RevokeAsync(id, null, SignedIn.Person, cancellation);
        return Redirect(Links.Tokens);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        Rows = await desk.OfPersonAsync(SignedIn.Person, cancellation);
        return Page();
    }
}

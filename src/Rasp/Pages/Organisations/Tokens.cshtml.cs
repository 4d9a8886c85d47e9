using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Data.Tokens;
using Rasp.Tokens;

namespace Rasp.Pages.Organisations;

/// <summary>An organisation's tokens, for its leads: which there are, and their ends.</summary>
public sealed class TokensModel(OrganisationDesk desk, TokenDesk tokens) : OrganisationPage(desk)
{
    [BindProperty]
    public string? Token { get; set; }

    public IReadOnlyList<TokenRow> Rows { get; private set; } = [];

    /// <summary>One that was made just now; null where none was.</summary>
    public string? Once { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (!await ListAsync(cancellation)) return NotFound();
        Once = TempData[TokenOnce.Key] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation) || !Guid.TryParseExact(Token, "N", out var id)) return NotFound();
        await tokens.RevokeAsync(id, Organisation.Id, SignedIn.Person, cancellation);
        return Redirect(Links.OrganisationTokens(Organisation.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await ListAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> ListAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation) || await tokens.OfOrganisationAsync(Organisation.Id, SignedIn.Person, cancellation) is not { } rows) return false;
        Rows = rows;
        return true;
    }
}

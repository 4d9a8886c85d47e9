using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Data.Programmes;
using Rasp.Data.Tokens;
using Rasp.Mails;
using Rasp.Tokens;

namespace Rasp.Pages.Organisations;

/// <summary>Makes a token of an organisation, for its leads.</summary>
[EnableRateLimiting(RateLimits.Invite)]
public sealed class NewTokenModel(OrganisationDesk desk, TokenDesk tokens, LetterBox letters) : OrganisationPage(desk)
{
    [BindProperty]
    public TokenForm Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation)) return NotFound();
        if (Form.Read(ModelState, Organisation.Programmes) is not { } wanted) return Faulty();
        if (await tokens.MakeAsync(SignedIn.Person, Organisation.Id, wanted, letters.TellingOfToken((Organisation.Id, Organisation.Name), SignedIn.Email), cancellation) is not { } token)
        {
            ModelState.AddModelError("", $"{Organisation.Name} has {TokenDesk.Most} tokens, and can have no more. Revoke one that it does not need first");
            return Faulty();
        }
        TempData[TokenOnce.Key] = token;
        return Redirect(Links.OrganisationTokens(Organisation.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Programmes;
using Rasp.Data.Tokens;
using Rasp.Mails;
using Rasp.Tokens;

namespace Rasp.Pages.Account;

/// <summary>Makes a token of one's own.</summary>
[EnableRateLimiting(RateLimits.Invite)]
public sealed class NewTokenModel(TokenDesk desk, ProgrammeDesk programmes, LetterBox letters) : AccountPage
{
    [BindProperty]
    public TokenForm Form { get; set; } = new();

    public IReadOnlyList<MyProgramme> Programmes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Programmes = await programmes.OfAsync(SignedIn.Person, cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        if (Form.Read(ModelState, Programmes) is not { } wanted) return Faulty();
        if (await desk.MakeAsync(SignedIn.Person, null, wanted, letters.TellingOfToken(null, SignedIn.Email), cancellation) is not { } token)
        {
            ModelState.AddModelError("", $"You have {TokenDesk.Most} tokens, and can have no more. Revoke one that you don’t need first");
            return Faulty();
        }
        TempData[TokenOnce.Key] = token;
        return Redirect(Links.Tokens);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        return Page();
    }
}

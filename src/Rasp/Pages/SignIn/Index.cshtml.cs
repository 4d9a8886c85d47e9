using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Accounts;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.SignIn;

/// <summary>Asks for an address and sends a link and a code to it. Nothing here looks whether it has an account, so nothing can tell.</summary>
[EnableRateLimiting(RateLimits.SignInMail)]
public sealed class IndexModel(SignIns signIns, LetterBox letters, AccountDoor door) : FormPage
{
    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The page of ours to go on to; null for the account's.</summary>
    [BindProperty(SupportsGet = true, Name = "return")]
    public string? Return { get; set; }

    /// <summary>Whether somebody has just signed out here.</summary>
    [BindProperty(SupportsGet = true)]
    public bool SignedOut { get; set; }

    /// <summary>Why signing in with another account did not work; null where it was not tried.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Oidc { get; set; }

    public bool CanMail => letters.IsSetUp;

    public IActionResult OnGet()
    {
        Tidy();
        return HttpContext.SignedIn() is null ? Page() : Redirect(Return ?? Links.Account);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Tidy();
        if (!CanMail) return NotFound();
        if (TypedEmail.Read(Email) is not { } email)
        {
            ModelState.AddModelError(nameof(Email), TypedEmail.Wrong);
            return Faulty();
        }
        if (await signIns.OfferAsync(email, Return, cancellation) is not { } offered)
        {
            ModelState.AddModelError(nameof(Email), $"{SignIns.MailsAtATime} mails went to this address within {SignIns.MailIsGoodFor.TotalMinutes} minutes. Use the link in any of them, or try again later");
            return Faulty();
        }
        await letters.OfferSignInAsync(email, offered, cancellation);
        door.Wait(HttpContext, offered.WaitingSecret);
        TempData[CodeModel.EmailKey] = email;
        return Redirect(Links.SignInCode);
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        Tidy();
        return Task.FromResult<IActionResult>(Page());
    }

    private void Tidy()
    {
        Response.KeepPrivate();
        if (!Links.IsLocal(Return)) Return = null;
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Accounts;
using Rasp.Forms;

namespace Rasp.Pages.SignIn;

/// <summary>Waits for the mail's code, in the browser that asked for it.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class CodeModel(SignIns signIns, People people, AccountDoor door) : FormPage
{
    public const string EmailKey = "sign-in-email";

    [BindProperty]
    public string? Code { get; set; }

    public string? Email => TempData.Peek(EmailKey) as string;

    public IActionResult OnGet()
    {
        Response.KeepPrivate();
        return AccountDoor.Waiting(HttpContext) is null ? Redirect(Links.SignIn) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (AccountDoor.Waiting(HttpContext) is not { } waiting) return Redirect(Links.SignIn);
        // As it is written, and as people write it down.
        var code = string.Concat((Code ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-'));
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
        {
            ModelState.AddModelError(nameof(Code), "Enter the six digits of the code in the mail");
            return Faulty();
        }
        switch (await signIns.TryAsync(waiting, code, cancellation))
        {
            case CodeOutcome.Right(var grant):
                TempData.Remove(EmailKey);
                await door.LetInAsync(HttpContext, (await people.FindOrMakeAsync(grant.Email!)).Id);
                return Redirect(grant.ReturnTo ?? Links.Account);
            case CodeOutcome.Wrong wrong:
                ModelState.AddModelError(nameof(Code), $"This is not the code of the newest mail. You can try {(wrong.TriesLeft == 1 ? "once" : $"{wrong.TriesLeft} times")} more");
                return Faulty();
            case CodeOutcome.Closed { ByTries: true }:
                ModelState.AddModelError(nameof(Code), "Wrong codes were tried too often. Use the link in the mail: it still works");
                return Faulty();
            default:
                ModelState.AddModelError(nameof(Code), "This code was used, or its time is over. Go back and ask for another");
                return Faulty();
        }
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(Page());
}

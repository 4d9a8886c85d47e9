using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Forms;

namespace Rasp.Pages.SignIn;

/// <summary>Signs in with a passkey: the script asks what for, the device signs it, the form brings it.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class PasskeyModel(Passkeys passkeys, AccountDoor door) : FormPage
{
    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty(Name = "return")]
    public string? Return { get; set; }

    public IActionResult OnGet() => Redirect(Links.SignIn);

    public async Task<IActionResult> OnPostOptionsAsync()
    {
        Response.KeepPrivate();
        return Content(await passkeys.AskAsync(HttpContext), MediaTypeNames.Application.Json);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Response.KeepPrivate();
        if (!Links.IsLocal(Return)) Return = null;
        if (string.IsNullOrEmpty(Credential) || await passkeys.UseAsync(HttpContext, Credential) is not { } person) return Faulty();
        await door.LetInAsync(HttpContext, person.Id);
        return Redirect(Return ?? Links.Account);
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(Page());
}

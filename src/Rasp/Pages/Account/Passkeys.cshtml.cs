using System.Buffers.Text;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Accounts;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.Account;

/// <summary>One's own passkeys: adding, listing and removing them.</summary>
public sealed class PasskeysModel(Passkeys passkeys, People people, LetterBox letters, Settings settings) : AccountPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? Id { get; set; }

    public IReadOnlyList<UserPasskeyInfo> Rows { get; private set; } = [];

    /// <summary>Whether one can sign in without a passkey.</summary>
    public bool HasOtherWay => letters.IsSetUp || settings.Oidc is not null;

    public async Task OnGetAsync() => Rows = await passkeys.OfAsync(await PersonAsync());

    public async Task<IActionResult> OnPostOptionsAsync() => Content(await passkeys.OfferAsync(HttpContext, await PersonAsync()), MediaTypeNames.Application.Json);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var name = Typed.CleanLine(Name) ?? Browsers.InWords(Request.Headers.UserAgent);
        if (name.Length > Person.PasskeyNameMaxLength) ModelState.AddModelError(nameof(Name), $"The name must be {Person.PasskeyNameMaxLength} characters or fewer");
        else if (string.IsNullOrEmpty(Credential) || !await passkeys.AddAsync(HttpContext, await PersonAsync(), Credential, name)) ModelState.AddModelError(nameof(Name), "The passkey was not added. Try again");
        if (ModelState.IsValid) return Redirect(Links.Passkeys);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ShowAgainAsync(cancellation);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (Id is null || !Base64Url.IsValid(Id)) return NotFound();
        await passkeys.RemoveAsync(await PersonAsync(), Base64Url.DecodeFromUtf8(Encoding.ASCII.GetBytes(Id)));
        return Redirect(Links.Passkeys);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OnGetAsync();
        return Page();
    }

    private async Task<Person> PersonAsync() => await people.FindAsync(SignedIn.Person) ?? throw new InvalidOperationException("The account has just been deleted.");
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Accounts;

namespace Rasp.Pages.SignIn;

/// <summary>Signs out in this browser.</summary>
public sealed class OutModel(AccountDoor door) : PageModel
{
    public IActionResult OnGet() => Redirect(Links.Account);

    public async Task<IActionResult> OnPostAsync()
    {
        await door.SignOutAsync(HttpContext);
        return Redirect($"{Links.SignIn}?signedOut=true");
    }
}

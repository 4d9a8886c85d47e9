using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Accounts;

namespace Rasp.Pages.SignIn;

/// <summary>Sends people to the issuer whose account they have, with nothing changed here. By a link and not a form: browsers hold our own policy for forms against where these lead on to.</summary>
public sealed class OidcModel(Settings settings) : PageModel
{
    public IActionResult OnGet([FromQuery(Name = "return")] string? page) => settings.Oidc is null
        ? NotFound()
        : Challenge(new AuthenticationProperties { RedirectUri = Links.IsLocal(page) ? page : Links.Account }, OpenIdConnect.Scheme);
}

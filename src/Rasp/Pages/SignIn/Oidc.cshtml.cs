using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Accounts;

namespace Rasp.Pages.SignIn;

/// <summary>Sends people to the issuer whose account they have, with nothing changed here. By a link and not a form: browsers hold our own policy for forms against where these lead on to.</summary>
public sealed class OidcModel(Settings settings, ILogger<AccountDoor> log) : PageModel
{
    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "return")] string? page)
    {
        if (settings.Oidc is null) return NotFound();
        try
        {
            await HttpContext.ChallengeAsync(OpenIdConnect.Scheme, new() { RedirectUri = Links.IsLocal(page) ? page : Links.Account });
            return new EmptyResult();
        }
        catch (InvalidOperationException failure)
        {
            // The issuer could not be asked where to send people.
            OpenIdConnect.Refused(log, failure.GetType().Name, failure.Message);
            return Redirect(Links.OidcFailed("refused"));
        }
    }
}

using System.Data.Common;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using Rasp.Data.Accounts;

namespace Rasp.Accounts;

/// <summary>Finds out who is signed in: nothing is asked of the database without the session's cookie, and one thing with it.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Session = "session";
    public const string AdministratorRole = "administrator";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[AccountDoor.Cookie] is not { } secret || Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return AuthenticateResult.NoResult();
        try
        {
            if (await sessions.FindAsync(secret, Context.RequestAborted) is not { } signedIn) return AuthenticateResult.NoResult();
            // Once an hour, and not on the way of the page.
            if (sessions.IsToBeNoted(signedIn)) Response.OnCompleted(() => sessions.NoteAsync(signedIn));
            Response.KeepPrivate();
            Context.Features.Set(signedIn);
            return AuthenticateResult.Success(new(PrincipalOf(signedIn), Scheme.Name));
        }
        catch (DbException failure)
        {
            // Thrown from here it would also break the page that explains it.
            return AuthenticateResult.Fail(failure);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is not null)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        Response.Redirect(Links.SignInFor(HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : Request.Path));
    }

    /// <summary>What is not for a person is not there.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private ClaimsPrincipal PrincipalOf(SignedIn signedIn)
    {
        // Forms are bound to the first of these.
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, signedIn.Session.ToString("N")), new(ClaimTypes.Name, signedIn.Email) };
        if (signedIn.IsAdministrator) claims.Add(new(ClaimTypes.Role, AdministratorRole));
        return new(new ClaimsIdentity(claims, Scheme.Name));
    }
}

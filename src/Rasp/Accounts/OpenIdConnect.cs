using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Rasp.Data.Accounts;

namespace Rasp.Accounts;

/// <summary>Signing in with an account that an organisation's people have already, where the host has set it up.</summary>
internal static partial class OpenIdConnect
{
    public const string Scheme = "oidc";

    /// <summary>Issuers say that an address is its owner's by the first, Microsoft Entra ID by the second.</summary>
    private static readonly string[] Verified = ["email_verified", "xms_edov"];

    public static void AddTo(AuthenticationBuilder authentication, Settings settings)
    {
        if (settings.Oidc is not { } oidc) return;
        authentication.AddOpenIdConnect(Scheme, o =>
        {
            o.Authority = oidc.Issuer.ToString();
            o.RequireHttpsMetadata = oidc.Issuer.Scheme == Uri.UriSchemeHttps;
            (o.ClientId, o.ClientSecret) = (oidc.Client, oidc.Secret);
            o.CallbackPath = Links.OidcCallback;
            o.ResponseType = OpenIdConnectResponseType.Code;
            // Not by a form from another site: our cookies stay at home then.
            o.ResponseMode = OpenIdConnectResponseMode.Query;
            o.SignInScheme = SessionHandler.Session;
            o.MapInboundClaims = false;
            o.DisableTelemetry = true;
            o.Scope.Clear();
            o.Scope.Add("openid");
            o.Scope.Add("email");
            o.GetClaimsFromUserInfoEndpoint = true;
            foreach (var claim in (string[])["email", .. Verified]) o.ClaimActions.MapUniqueJsonKey(claim, claim);
            foreach (var cookie in (CookieBuilder[])[o.CorrelationCookie, o.NonceCookie])
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = settings.Url.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            }
            o.CorrelationCookie.Name = "rasp-oidc-";
            o.NonceCookie.Name = "rasp-oidc-nonce-";
            // From what the host set, never from the request's Host header.
            o.Events.OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = new Uri(settings.Url, Links.OidcCallback).ToString();
                return Task.CompletedTask;
            };
            o.Events.OnTicketReceived = ReceiveAsync;
            o.Events.OnRemoteFailure = context =>
            {
                Refused(context.HttpContext.RequestServices.GetRequiredService<ILogger<AccountDoor>>(), context.Failure?.GetType().Name, context.Failure?.Message);
                context.HandleResponse();
                context.Response.Redirect(Links.OidcFailed("refused"));
                return Task.CompletedTask;
            };
        });
    }

    private static async Task ReceiveAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, who) = (context.HttpContext, context.Principal!);
        var people = http.RequestServices.GetRequiredService<People>();
        if (await PersonOfAsync(people, who) is not { } person)
        {
            context.Response.Redirect(Links.OidcFailed("unverified"));
            return;
        }
        await http.RequestServices.GetRequiredService<AccountDoor>().LetInAsync(http, person.Id);
        context.Response.Redirect(Links.IsLocal(context.ReturnUri) ? context.ReturnUri! : Links.Account);
    }

    /// <summary>By the issuer's name for the person, else by an address that the issuer has verified; null where it has not.</summary>
    private static async Task<Person?> PersonOfAsync(People people, ClaimsPrincipal who)
    {
        if (who.FindFirst("sub") is not { } subject) return null;
        var issuer = who.FindFirst("iss")?.Value ?? subject.Issuer;
        if (await people.FindByLoginAsync(issuer, subject.Value) is { } known) return known;
        var isVerified = Verified.Any(claim => who.FindFirst(claim)?.Value is { } value && (bool.TryParse(value, out var isSo) ? isSo : value == "1"));
        if (!isVerified || TypedEmail.Read(who.FindFirst("email")?.Value) is not { } email) return null;
        var person = await people.FindOrMakeAsync(email);
        await people.AddLoginAsync(person, issuer, subject.Value);
        return person;
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in by OpenID Connect was refused: {Kind}: {Reason}")]
    public static partial void Refused(ILogger log, string? kind, string? reason);
}

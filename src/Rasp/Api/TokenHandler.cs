using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Rasp.Data.Tokens;

namespace Rasp.Api;

/// <summary>Finds out whose token a call brings: as Bearer; or as the password of Basic, since Excel and Power BI ask for a name and a password. Never in the address, which logs and browsers keep.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Bearers bearers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Token = "token";

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } authorization]) return AuthenticateResult.NoResult();
        if (TokenIn(authorization) is not { } token || await bearers.FindAsync(token, Context.RequestAborted) is not { } bearer) return AuthenticateResult.Fail("The token is none, or has ended.");
        await bearers.NoteAsync(bearer, Context.RequestAborted);
        Response.KeepPrivate();
        Context.Features.Set(bearer);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, bearer.Token.ToString("N"))], Scheme.Name)), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isRefused = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = new([isRefused ? "Bearer realm=\"Rasp\", error=\"invalid_token\"" : "Bearer realm=\"Rasp\"", "Basic realm=\"Rasp\", charset=\"UTF-8\""]);
    }

    private static string? TokenIn(string authorization)
    {
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..].Trim() : null;
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Rasp.Forms;

/// <summary>
/// ASP.NET Core's antiforgery, remembering which form token it made for which cookie. Making and checking one is most of what a
/// page costs, and a visitor's stays good for all of the visitor's forms. Whatever is not remembered goes the framework's way, and so
/// does everybody who is signed in: their tokens are bound to more than the cookie.
/// </summary>
internal sealed class RememberedAntiforgery(IAntiforgery inner, IOptions<AntiforgeryOptions> options) : IAntiforgery, IDisposable
{
    private static readonly TimeSpan KeptAfterUse = TimeSpan.FromHours(1);

    private readonly MemoryCache tokens = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext)
    {
        if (CookieOf(httpContext) is { } cookie && tokens.TryGetValue(cookie, out string? token))
        {
            httpContext.Response.Headers.CacheControl = "no-cache, no-store";
            return Set(token!);
        }
        return Remember(httpContext, inner.GetAndStoreTokens(httpContext));
    }

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => inner.GetTokens(httpContext);

    public async Task<bool> IsRequestValidAsync(HttpContext httpContext)
    {
        if (CookieOf(httpContext) is { } cookie && tokens.TryGetValue(cookie, out string? token) && httpContext.Request.HasFormContentType)
        {
            var form = await httpContext.Request.ReadFormAsync(httpContext.RequestAborted);
            if (form[options.Value.FormFieldName] is [{ } sent] && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(sent), Encoding.ASCII.GetBytes(token!))) return true;
        }
        return await inner.IsRequestValidAsync(httpContext);
    }

    public void SetCookieTokenAndHeader(HttpContext httpContext) => inner.SetCookieTokenAndHeader(httpContext);

    public Task ValidateRequestAsync(HttpContext httpContext) => inner.ValidateRequestAsync(httpContext);

    public void Dispose() => tokens.Dispose();

    private string? CookieOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? null : context.Request.Cookies[options.Value.Cookie.Name!];

    private AntiforgeryTokenSet Remember(HttpContext context, AntiforgeryTokenSet made)
    {
        // No new cookie means that the one sent is good.
        if (made.CookieToken is null && made.RequestToken is { } token && CookieOf(context) is { } cookie)
        {
            tokens.Set(cookie, token, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = KeptAfterUse });
        }
        return made;
    }

    private AntiforgeryTokenSet Set(string token) => new(token, null, options.Value.FormFieldName, options.Value.HeaderName);
}

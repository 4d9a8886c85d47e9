using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Tokens;

namespace Rasp.Accounts;

/// <summary>Lets people in to their accounts and out again. The cookie holds a random secret and nothing else; without its session it opens nothing.</summary>
public sealed class AccountDoor(Sessions sessions, Settings settings)
{
    public const string Cookie = "rasp-session";
    private const string WaitingCookie = "rasp-waiting";

    /// <summary>Signs this browser in, with a session of its own. One that it had before ends.</summary>
    public async Task LetInAsync(HttpContext context, Guid person)
    {
        if (context.SignedIn() is { } before) await sessions.EndAsync(before.Person, before.Session, context.RequestAborted);
        var secret = await sessions.BeginAsync(person, Browsers.InWords(context.Request.Headers.UserAgent), context.RequestAborted);
        context.Response.Cookies.Append(Cookie, secret, Options(Links.Home));
        context.Response.Cookies.Delete(WaitingCookie, Options(Links.SignIn));
    }

    /// <summary>Ends this browser's session.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (context.SignedIn() is { } signedIn) await sessions.EndAsync(signedIn.Person, signedIn.Session, context.RequestAborted);
        Forget(context);
    }

    /// <summary>Lets this browser forget a session that has ended.</summary>
    public void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(Links.Home));

    /// <summary>Lets the code of a mail be typed in this browser, and in no other.</summary>
    public void Wait(HttpContext context, string secret) => context.Response.Cookies.Append(WaitingCookie, secret, Options(Links.SignIn));

    /// <summary>The secret of a browser that waits for a code; null where this one does not.</summary>
    public static string? Waiting(HttpContext context) => context.Request.Cookies[WaitingCookie];

    private CookieOptions Options(string path) => new()
    {
        Path = path,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = settings.Url.Scheme == Uri.UriSchemeHttps,
        IsEssential = true,
    };
}

internal static class SignedInRequests
{
    /// <summary>Who is signed in; null where nobody is.</summary>
    public static SignedIn? SignedIn(this HttpContext context) => context.Features.Get<SignedIn>();

    /// <summary>Who looks: whoever is signed in, or whose token it is; null where neither is.</summary>
    public static Viewer? Viewer(this HttpContext context) =>
        context.Features.Get<Bearer>() is { } bearer ? bearer.Viewer : context.SignedIn() is { } signedIn ? new(signedIn.Person) : null;
}

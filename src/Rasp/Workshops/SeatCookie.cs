using Rasp.Accounts;
using Rasp.Data;

namespace Rasp.Workshops;

/// <summary>A seat in an organisation's workshop is a browser's: its secret stands in a cookie for that workshop's pages alone.</summary>
public sealed class SeatCookie(Settings settings)
{
    public const string Name = "rasp-seat";

    /// <summary>As whom this browser asks: by its seat, as a signed-in person, or both.</summary>
    public static Holder Who(HttpContext context) => new(PrivateLink.Hash(context.Request.Cookies[Name]), context.SignedIn()?.Person);

    public void Give(HttpContext context, Guid workshop, string secret) => context.Response.Cookies.Append(Name, secret, Options(workshop));

    public void Take(HttpContext context, Guid workshop) => context.Response.Cookies.Delete(Name, Options(workshop));

    private CookieOptions Options(Guid workshop) => new()
    {
        Path = Links.Workshop(workshop),
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = settings.Url.Scheme == Uri.UriSchemeHttps,
        IsEssential = true,
    };
}

using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Rasp.Data.Accounts;

namespace Rasp.Accounts;

/// <summary>Adding and using passkeys: ASP.NET Core Identity's ceremonies, with what must be remembered between their two steps in a cookie that serves once.</summary>
public sealed class Passkeys(IPasskeyHandler<Person> ceremonies, UserManager<Person> identity, IDataProtectionProvider protection, TimeProvider clock, Settings settings)
{
    private const string Cookie = "rasp-passkey";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IDataProtector protector = protection.CreateProtector("Rasp.Passkeys");

    /// <summary>What the browser is to make a passkey from, as JSON.</summary>
    public async Task<string> OfferAsync(HttpContext context, Person person)
    {
        var made = await ceremonies.MakeCreationOptionsAsync(new() { Id = person.Id.ToString(), Name = person.Email!, DisplayName = person.Email! }, context);
        Remember(context, "add", made.AttestationState);
        return made.CreationOptionsJson;
    }

    /// <summary>Stores a passkey that the browser made; false where it can't be one.</summary>
    public async Task<bool> AddAsync(HttpContext context, Person person, string credential, string name)
    {
        if (Recall(context, "add") is not { } state) return false;
        var result = await ceremonies.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != person.Id.ToString()) return false;
        result.Passkey.Name = name;
        return (await identity.AddOrUpdatePasskeyAsync(person, result.Passkey)).Succeeded;
    }

    /// <summary>What the browser is to sign in with, as JSON: any passkey that it holds for this site.</summary>
    public async Task<string> AskAsync(HttpContext context)
    {
        var made = await ceremonies.MakeRequestOptionsAsync(null, context);
        Remember(context, "use", made.AssertionState);
        return made.RequestOptionsJson;
    }

    /// <summary>Whose passkey this is; null where it is nobody's, or not rightly used.</summary>
    public async Task<Person?> UseAsync(HttpContext context, string credential)
    {
        if (Recall(context, "use") is not { } state) return null;
        var result = await ceremonies.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded) return null;
        // With how often it was used, by which a copy is told.
        await identity.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    /// <summary>A person's passkeys, the newest first.</summary>
    public async Task<IReadOnlyList<UserPasskeyInfo>> OfAsync(Person person) => [.. (await identity.GetPasskeysAsync(person)).OrderByDescending(p => p.CreatedAt)];

    public Task RemoveAsync(Person person, byte[] id) => identity.RemovePasskeyAsync(person, id);

    private void Remember(HttpContext context, string what, string? state) =>
        context.Response.Cookies.Append(Cookie, protector.Protect($"{what} {(clock.GetUtcNow() + Patience).UtcTicks} {state}"), Options());

    private string? Recall(HttpContext context, string what)
    {
        context.Response.Cookies.Delete(Cookie, Options());
        try
        {
            return context.Request.Cookies[Cookie] is { } cookie && protector.Unprotect(cookie).Split(' ', 3) is [var kept, var until, var state] && kept == what
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? state : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Options() => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = settings.Url.Scheme == Uri.UriSchemeHttps,
        IsEssential = true,
    };
}

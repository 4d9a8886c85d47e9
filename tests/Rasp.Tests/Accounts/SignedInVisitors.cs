using Microsoft.Extensions.DependencyInjection;
using Rasp.Data.Accounts;

namespace Rasp.Tests.Accounts;

/// <summary>What nearly every test of accounts does first.</summary>
internal static class SignedInVisitors
{
    /// <summary>A link to sign in with, as a mail would bring it.</summary>
    public static async Task<OfferedSignIn> OfferSignInAsync(this RaspHost host, string email, string? returnTo = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<SignIns>().OfferAsync(email, returnTo, default))!;
    }

    /// <summary>The secret of an invitation.</summary>
    public static async Task<string> InviteAsync(this RaspHost host, string? email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignIns>().InviteAdministratorAsync(email);
    }

    /// <summary>Signs in through the link's page.</summary>
    public static async Task<Visited> SignInAsync(this Visitor visitor, RaspHost host, string email = "jo@example.gov.uk", string? returnTo = null) =>
        await visitor.SubmitAsync(await visitor.GetAsync(Links.SignInLink((await host.OfferSignInAsync(email, returnTo)).LinkSecret)), "Sign in");

    /// <summary>Becomes an administrator through an invitation's page.</summary>
    public static async Task<Visited> AdministrateAsync(this Visitor visitor, RaspHost host, string email = "admin@example.gov.uk") =>
        await visitor.SubmitAsync(await visitor.GetAsync(Links.SignInLink(await host.InviteAsync(email))), "Become an administrator");

    public static async Task<bool> IsSignedInAsync(this Visitor visitor) => (await visitor.GetAsync(Links.Account)).Heading == "Your account";
}

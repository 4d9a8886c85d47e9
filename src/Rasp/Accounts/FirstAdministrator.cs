using Rasp.Data.Accounts;

namespace Rasp.Accounts;

/// <summary>An installation that nobody administers gets a link with which somebody can begin to, printed where it was started.</summary>
internal static class FirstAdministrator
{
    /// <summary>What to print; null where there is an administrator, or a link to begin with.</summary>
    public static async Task<string?> InviteAsync(IServiceProvider services, Settings settings)
    {
        await using var scope = services.CreateAsyncScope();
        var signIns = scope.ServiceProvider.GetRequiredService<SignIns>();
        if (!await signIns.NeedsAdministratorAsync()) return null;
        var secret = await signIns.InviteAdministratorAsync(email: null);
        return $"Nobody administers this installation yet. Whoever opens this link first can; it works once, for {SignIns.InvitationIsGoodFor.Days} days:{Environment.NewLine}  {Links.Absolute(settings.Url, Links.SignInLink(secret))}";
    }
}

using System.Text;
using Rasp.Accounts;
using Rasp.Data.Exchanges;

namespace Rasp.Exchanges;

/// <summary>What an organisation gives its partners on other servers, as files, and what it got of them, signed, to verify without Rasp.</summary>
internal static class ExchangeDownloads
{
    public static void MapExchangeDownloads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/rounds/{reference}/elsewhere/introductions/{organisation}.txt", (HttpContext context, ExchangeDesk desk, string reference, string organisation) =>
            FileAsync(context, reference, organisation, async (round, whose, person) => await desk.IntroductionAsync(round, whose, person, context.RequestAborted) is var (introduction, keys)
                ? (Envelope.Sign(Envelope.IntroductionType, introduction.Write(), keys.Signing), $"rasp-introduction-{Short(keys)}.txt") : null)).RequireAuthorization();
        endpoints.MapGet("/rounds/{reference}/elsewhere/seals/{organisation}.txt", (HttpContext context, ExchangeDesk desk, string reference, string organisation) =>
            FileAsync(context, reference, organisation, async (round, whose, person) => await desk.SealAsync(round, whose, person, context.RequestAborted) is var (notice, keys)
                ? (Envelope.Sign(Envelope.SealType, notice.Write(), keys.Signing), $"rasp-seal-{Short(keys)}-{notice.Number}.txt") : null)).RequireAuthorization();
        endpoints.MapGet("/rounds/{reference}/elsewhere/released/{bundle}.txt", (HttpContext context, ExchangeDesk desk, string reference, string bundle) =>
            FileAsync(context, reference, bundle, async (round, which, person) => await desk.ReleasedAsync(round, which, person, context.RequestAborted) is { } file
                ? (file, $"rasp-bundle-{Short(which)}.txt") : null)).RequireAuthorization();
        endpoints.MapGet("/rounds/{reference}/elsewhere/received/{bundle}.txt", (HttpContext context, ExchangeDesk desk, string reference, string bundle) =>
            FileAsync(context, reference, bundle, async (round, which, person) => await desk.ReceivedAsync(round, which, person, context.RequestAborted) is { } file
                ? (file, $"rasp-bundle-{Short(which)}-decrypted.txt") : null)).RequireAuthorization();
    }

    private static async Task<IResult> FileAsync(HttpContext context, string reference, string which, Func<Guid, Guid, Guid, Task<(string Text, string Name)?>> find)
    {
        context.Response.KeepPrivate();
        if (!Guid.TryParseExact(reference, "N", out var round) || !Guid.TryParseExact(which, "N", out var id)) return Results.NotFound();
        return await find(round, id, context.SignedIn()!.Person) is var (text, name) ? Results.File(Encoding.ASCII.GetBytes(text + "\n"), "text/plain; charset=us-ascii", name) : Results.NotFound();
    }

    /// <summary>The beginning of a thumbprint: any character may stand in a name.</summary>
    private static string Short(SecretKeys keys) => keys.Signing.Public.Thumbprint[..8];

    /// <summary>The end of an id: its beginning is the time.</summary>
    private static string Short(Guid id) => id.ToString("N")[^8..];
}

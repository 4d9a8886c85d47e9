using System.Net.Mime;
using System.Text;
using Rasp.Accounts;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;

namespace Rasp.Seals;

/// <summary>Seals as files, to keep and to verify without Rasp.</summary>
internal static class SealDownloads
{
    public static void MapSealDownloads(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/rounds/{reference}/seals/{organisation}/{number:int}.json", async (HttpContext context, RoundLens lens, JoiningLens joinings, ReadTrail trail, string reference, string organisation, int number) =>
        {
            context.Response.KeepPrivate();
            if (!Guid.TryParseExact(reference, "N", out var round) || !Guid.TryParseExact(organisation, "N", out var owner)) return Results.NotFound();
            var person = context.SignedIn()!.Person;
            if ((await lens.SealsAsync(round, person, context.RequestAborted) ?? await joinings.SealsAsync(round, person, context.RequestAborted)) is not { } seen) return Results.NotFound();
            if (seen.Seals.FirstOrDefault(s => s.Owner == owner && s.Number == number)?.File is not { } file) return Results.NotFound();
            await trail.NoteAsync(TrailKind.SealRead, seen.Reading, context.RequestAborted);
            return Results.File(Encoding.UTF8.GetBytes(file.Write()), MediaTypeNames.Application.Json, NameOf(seen, owner, number));
        }).RequireAuthorization();

    /// <summary>What the file is called: by the partner's place in the list, since any character may stand in a name.</summary>
    public static string NameOf(SeenSeals seen, Guid owner, int number)
    {
        var place = 1 + seen.Seals.Select(s => s.Owner).Distinct().ToList().IndexOf(owner);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rasp-seal-{seen.Round}-partner-{place}-{number}.json");
    }
}

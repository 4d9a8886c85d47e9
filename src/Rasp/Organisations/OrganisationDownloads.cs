using System.Net.Mime;
using Rasp.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Organisations;

/// <summary>All that is an organisation's, as a file.</summary>
internal static class OrganisationDownloads
{
    public static void MapOrganisationDownloads(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/organisations/{reference}/everything.json", async (HttpContext context, OrganisationFile file, string reference) =>
        {
            context.Response.KeepPrivate();
            if (!Guid.TryParseExact(reference, "N", out var id)) return Results.NotFound();
            var bytes = new MemoryStream();
            return await file.WriteAsync(bytes, id, context.SignedIn()!.Person, context.RequestAborted)
                ? Results.File(bytes.ToArray(), MediaTypeNames.Application.Json, "rasp-organisation.json")
                : Results.NotFound();
        }).RequireAuthorization();
}

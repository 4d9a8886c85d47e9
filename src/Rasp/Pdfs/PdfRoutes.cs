using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Rasp.Reports;

namespace Rasp.Pdfs;

/// <summary>PDFs stand below the report that they are of: the private link’s cookie is sent to its assessment’s pages alone.</summary>
internal static class PdfRoutes
{
    public static PageConventionCollection AddPdfRoutes(this PageConventionCollection conventions)
    {
        foreach (var subject in Enum.GetValues<ReportSubject>().Where(s => s != ReportSubject.Comparison))
        {
            conventions.AddPageRoute("/Pdfs/New", Links.NewPdf(subject, "{reference}"));
            conventions.AddPageRoute("/Pdfs/Index", Links.Pdf(subject, "{reference}", "{item}"));
        }
        return conventions;
    }

    public static void MapPdfs(this IEndpointRouteBuilder endpoints)
    {
        foreach (var subject in Enum.GetValues<ReportSubject>())
        {
            endpoints.MapGet(Links.PdfFile(subject, "{reference}", "{item}"), async (HttpContext context, PdfDoor door, string reference, string item) =>
            {
                context.Response.KeepPrivate();
                return await door.FindAsync(context, subject, reference, item, isExport: true) switch
                {
                    FoundPdf.Found found when await door.FileAsync(found, context.RequestAborted) is { } file => Results.File(file, MediaTypeNames.Application.Pdf, $"{found.Made.FileName}.pdf"),
                    // The page says where it stands.
                    FoundPdf.Found or FoundPdf.Changed => Results.Redirect(Links.Pdf(subject, reference, item)),
                    FoundPdf.NotThere none => PdfDoor.Closed(context, none.Request) is RedirectResult signIn ? Results.Redirect(signIn.Url) : Results.NotFound(),
                    var unknown => throw new InvalidOperationException($"{unknown}"),
                };
            });
        }
    }
}

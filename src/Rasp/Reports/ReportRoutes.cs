using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Rasp.Reports;

/// <summary>Every report in every format, as files.</summary>
internal static class ReportRoutes
{
    /// <summary>Where results were before there were other reports: these addresses stay good.</summary>
    private static readonly (ReportSubject Subject, string Extension, string Address)[] Elsewhere =
    [
        (ReportSubject.Results, "json", Links.ResultsJson("{reference}")), (ReportSubject.Comparison, "json", Links.ComparisonJson("{reference}")),
        (ReportSubject.OwnPlan, "xlsx", "/assessments/{reference}/plan/plan.xlsx"), (ReportSubject.JointPlan, "xlsx", "/programmes/{reference}/plan/plan.xlsx"),
    ];

    /// <summary>Where a report is chosen: one page for all of them, at as many addresses.</summary>
    public static PageConventionCollection AddReportRoutes(this PageConventionCollection conventions)
    {
        foreach (var subject in Enum.GetValues<ReportSubject>().Where(s => s != ReportSubject.Results)) conventions.AddPageRoute("/Reports/Index", Links.Report(subject, "{reference}"));
        return conventions;
    }

    public static void MapReports(this IEndpointRouteBuilder endpoints)
    {
        foreach (var subject in Enum.GetValues<ReportSubject>())
        {
            foreach (var format in ReportFormat.All) Map(endpoints, subject, format, Links.Report(subject, "{reference}", format.Extension));
            endpoints.MapGet(Links.ReportOnPaper(subject, "{reference}"), (HttpContext context, ReportDoor door, ReportSigner signer, string reference) =>
                AnswerAsync(context, door, subject, reference, isToRead: true, made => new ReportFile(made, format: null, signer, ReportChoice.Read(subject, context.Request.Query, []).On(Links.Report(subject, reference))), isExport: false));
        }
        foreach (var (subject, extension, address) in Elsewhere) Map(endpoints, subject, ReportFormat.Find(extension)!, address);
    }

    private static void Map(IEndpointRouteBuilder endpoints, ReportSubject subject, ReportFormat format, string address) =>
        endpoints.MapGet(address, (HttpContext context, ReportDoor door, ReportSigner signer, string reference) =>
            AnswerAsync(context, door, subject, reference, format.IsToRead, made => new ReportFile(made, format, signer)));

    private static async Task<IResult> AnswerAsync(HttpContext context, ReportDoor door, ReportSubject subject, string reference, bool isToRead, Func<ReportAnswer.Made, IResult> write, bool isExport = true)
    {
        var faults = new List<(string Field, string Says)>();
        var request = new ReportRequest(subject, reference, ReportChoice.Read(subject, context.Request.Query, faults));
        if (request.Choice.IsBoard && !isToRead) faults.Add((ReportChoice.KindField, ForReading));
        if (faults.Count > 0) return Refuse(string.Join("\n", faults.Select(f => f.Says)));
        return await door.MakeAsync(context, request, isExport) switch
        {
            ReportAnswer.Made made => write(made),
            ReportAnswer.Refused refused => Refuse(refused.Why),
            _ => ReportDoor.Closed(context, request) is RedirectResult signIn ? Results.Redirect(signIn.Url) : Results.NotFound(),
        };
    }

    /// <summary>Why there is no summary in Excel.</summary>
    public static string ForReading => $"A summary for a board is to be read. It comes as {Readiness.Shown.List([.. ReportFormat.All.Where(f => f.IsToRead).Select(f => f.Name)])}; the other formats hold the full report";

    private static IResult Refuse(string why) => Results.Text(why + "\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);

    /// <summary>A report on its way out, as a file or, with a link back, as a page: beside what is small it is kept in a file, which is gone with the response, so that memory is bounded.</summary>
    private sealed class ReportFile(ReportAnswer.Made made, ReportFormat? format, ReportSigner signer, string? back = null) : IResult
    {
        private const int MostInMemory = 1024 * 1024;

        public async Task ExecuteAsync(HttpContext context)
        {
            // Written whole before the first byte leaves: what goes wrong on the way is an error page, and not half a file.
            await using var whole = new FileBufferingWriteStream(MostInMemory);
            var response = context.Response;
            if (format is null)
            {
                HtmlReport.Write(made.Report, whole, back);
            }
            else
            {
                await signer.WriteAsync(made.Report, format, whole, context.RequestAborted);
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName($"{made.FileName}.{format.Extension}");
                response.Headers.ContentDisposition = disposition.ToString();
            }
            response.ContentType = format?.MediaType ?? HtmlReport.MediaType;
            response.ContentLength = whole.Length;
            await whole.DrainBufferAsync(response.BodyWriter, context.RequestAborted);
        }
    }
}

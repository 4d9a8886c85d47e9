using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Rasp.Accounts;
using Rasp.Data.Pdfs;
using Rasp.Reports;

namespace Rasp.Pdfs;

/// <summary>
/// Who may have a PDF: whoever asked for it, for as long as they may see the report that it shows, and it still comes to the same. The page that is printed is made where it is asked
/// for; each time that somebody looks after it, the report is made again and compared. So what was withdrawn or changed meanwhile is in no file that Rasp hands out.
/// </summary>
internal sealed class PdfDoor(ReportDoor reports, PdfDesk desk, ReportSigner signer, Settings settings)
{
    /// <summary>Whether this installation makes PDFs.</summary>
    public bool IsOpen => settings.Chromium is not null;

    /// <summary>The report that an address of a PDF is of.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reference">What the report's address holds.</param>
    public static ReportSubject SubjectOf(HttpContext context, string reference) =>
        Enum.GetValues<ReportSubject>().First(s => context.Request.Path.StartsWithSegments(Links.Report(s, reference), StringComparison.OrdinalIgnoreCase));

    /// <summary>Has a PDF made of a report as it is now; gives its id, and null where too many wait.</summary>
    public Task<Guid?> AskAsync(HttpContext context, ReportRequest request, Report report) =>
        desk.AskAsync(context.SignedIn()?.Person, new(request.Subject.ToString(), request.Reference, request.Choice.On("")), report.MadeAt, Html(report), context.RequestAborted);

    /// <summary>A PDF that somebody asked for, with what its report comes to now.</summary>
    public async Task<FoundPdf> FindAsync(HttpContext context, ReportSubject subject, string reference, string item, bool isExport = false)
    {
        var closed = new FoundPdf.NotThere(new ReportRequest(subject, reference, ReportChoice.Full));
        if (!Guid.TryParseExact(item, "N", out var id) || await desk.FindAsync(id, context.SignedIn()?.Person, context.RequestAborted) is not { } asked) return closed;
        if (asked.Of.Subject != subject.ToString() || asked.Of.Reference != reference) return closed;
        var request = new ReportRequest(subject, reference, ReportChoice.Read(subject, new QueryCollection(QueryHelpers.ParseQuery(asked.Of.Choice)), [])) { MadeAt = asked.AskedAt };
        switch (await reports.MakeAsync(context, request, isExport))
        {
            case ReportAnswer.Made made when asked.State != PdfState.Outdated && SHA256.HashData(Html(made.Report)).AsSpan().SequenceEqual(asked.Digest):
                return new FoundPdf.Found(asked, request, made);
            case ReportAnswer.Made or ReportAnswer.Refused:
                // What it shows is not what the page shows: nobody gets it any more.
                await desk.OutdateAsync(id, context.RequestAborted);
                return new FoundPdf.Changed(request);
            default:
                return closed;
        }
    }

    /// <summary>The signed file; null where it is not ready.</summary>
    public async Task<byte[]?> FileAsync(FoundPdf.Found found, CancellationToken cancellation) =>
        await desk.FileAsync(found.Asked.Id, cancellation) is { } file ? await signer.SignAsync(file, found.Made.Report.Said(settings.Url), cancellation) : null;

    /// <summary>What somebody gets for whom it is not there.</summary>
    public static IActionResult Closed(HttpContext context, ReportRequest request) => ReportDoor.Closed(context, request);

    private static byte[] Html(Report report)
    {
        using var page = new MemoryStream();
        HtmlReport.Write(report, page);
        return page.ToArray();
    }
}

/// <summary>What comes of looking after a PDF.</summary>
internal abstract record FoundPdf
{
    private FoundPdf()
    {
    }

    public sealed record Found(AskedPdf Asked, ReportRequest Request, ReportAnswer.Made Made) : FoundPdf;

    /// <summary>Its report comes to something else by now; what the PDF held is erased.</summary>
    public sealed record Changed(ReportRequest Request) : FoundPdf;

    /// <summary>There is none, or not for whoever asks: no answer tells which.</summary>
    public sealed record NotThere(ReportRequest Request) : FoundPdf;
}

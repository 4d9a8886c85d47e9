using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Forms;
using Rasp.Pdfs;
using Rasp.Reports;

namespace Rasp.Pages.Pdfs;

/// <summary>Asks for a PDF of a report, as the address says how much of it.</summary>
[EnableRateLimiting(RateLimits.Pdf)]
internal sealed class NewModel(ReportDoor reports, PdfDoor door) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public Report Report { get; private set; } = null!;

    public ReportRequest Asked { get; private set; } = null!;

    /// <summary>Whether this installation makes PDFs.</summary>
    public bool IsOpen => door.IsOpen;

    public Task<IActionResult> OnGetAsync() => FindAsync(isExport: false);

    public async Task<IActionResult> OnPostAsync()
    {
        var page = await FindAsync(isExport: door.IsOpen);
        if (Report is null) return page;
        if (!IsOpen)
        {
            ModelState.AddModelError("", "This installation makes no PDFs. Print the report instead");
            return Faulty();
        }
        if (await door.AskAsync(HttpContext, Asked, Report) is { } id) return Redirect(Links.Pdf(Asked.Subject, Reference, id.ToString("N")));
        ModelState.AddModelError("", "PDFs that were asked for before are still being made. Wait until one of them is ready, and ask again");
        return Faulty();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        var page = await FindAsync(isExport: false);
        return Report is null ? page : Faulty();
    }

    /// <summary>The page; anything else where there is no such report for this visitor, and none is found.</summary>
    private async Task<IActionResult> FindAsync(bool isExport)
    {
        var faults = new List<(string Field, string Says)>();
        var subject = PdfDoor.SubjectOf(HttpContext, Reference);
        Asked = new(subject, Reference, ReportChoice.Read(subject, Request.Query, faults));
        var answer = faults.Count > 0 ? new ReportAnswer.Refused(faults[0].Field, string.Join("\n", faults.Select(f => f.Says))) : await reports.MakeAsync(HttpContext, Asked, isExport);
        switch (answer)
        {
            case ReportAnswer.Made made:
                Report = made.Report;
                return Page();
            case ReportAnswer.Refused refused:
                return new ContentResult { Content = refused.Why + "\n", ContentType = "text/plain; charset=utf-8", StatusCode = StatusCodes.Status400BadRequest };
            default:
                return PdfDoor.Closed(HttpContext, Asked);
        }
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Data.Pdfs;
using Rasp.Pdfs;
using Rasp.Reports;

namespace Rasp.Pages.Pdfs;

/// <summary>How far a PDF is, for whoever asked for it; it looks again by itself until there is nothing to wait for.</summary>
internal sealed class IndexModel(PdfDoor door) : PageModel
{
    [FromRoute]
    public string Reference { get; set; } = "";

    [FromRoute]
    public string Item { get; set; } = "";

    public ReportRequest Asked { get; private set; } = null!;

    /// <summary>Null where the report comes to something else by now.</summary>
    public AskedPdf? Pdf { get; private set; }

    /// <summary>The report's title; null where it comes to something else by now.</summary>
    public string? Title { get; private set; }

    public bool IsToWaitFor => Pdf is { State: PdfState.Waiting or PdfState.Printing };

    public async Task<IActionResult> OnGetAsync()
    {
        Response.KeepPrivate();
        switch (await door.FindAsync(HttpContext, PdfDoor.SubjectOf(HttpContext, Reference), Reference, Item))
        {
            case FoundPdf.Found found:
                (Asked, Pdf, Title) = (found.Request, found.Asked, found.Made.Report.Title);
                return Page();
            case FoundPdf.Changed changed:
                Asked = changed.Request;
                return Page();
            case FoundPdf.NotThere none:
                return PdfDoor.Closed(HttpContext, none.Request);
            case var unknown:
                throw new InvalidOperationException($"{unknown}");
        }
    }
}

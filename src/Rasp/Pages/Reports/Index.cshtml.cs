using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Reports;

namespace Rasp.Pages.Reports;

/// <summary>What to take away of a report, and as what. All of it stands in the address, so that the same can be asked for again.</summary>
public sealed class IndexModel(ReportDoor door, Settings settings) : PageModel
{
    public const string FormatField = "format";

    /// <summary>In the list of formats, what is printed by the browser.</summary>
    public const string OnPaper = "print";

    /// <summary>In the list of formats, what is printed here, where the host has what that takes.</summary>
    public const string Pdf = "pdf";

    public static readonly string[] Fields = [ReportChoice.KindField, ReportChoice.SectionField, FormatField, ReportChoice.TableField];

    public ReportSubject Subject { get; private set; }

    public string Reference { get; private set; } = "";

    public ReportChoice Choice { get; private set; } = ReportChoice.Full;

    /// <summary>What was chosen; what most people want where nothing was.</summary>
    public string Format { get; private set; } = OnPaper;

    internal Report Report { get; private set; } = null!;

    internal IReadOnlyList<ReportSection> Sections => ReportSection.Of(Subject);

    /// <summary>Whether somebody has chosen already.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Whether a section is ticked: all are until somebody chooses.</summary>
    public bool Ticks(string section) => (!IsSent || Choice.Sections.Count > 0) && Choice.Has(section);

    /// <summary>What to choose from: the word in the address, its name and what it is good for.</summary>
    public IReadOnlyList<(string Word, string Name, string? What)> Formats =>
    [
        (OnPaper, "A page to print", "Opens here. The print dialogue also saves it as PDF."),
        .. settings.Chromium is null ? [] : ((string, string, string?)[])[(Pdf, "PDF", "To send and to keep: a signed file that screen readers can follow. It takes a few seconds to make.")],
        .. ReportFormat.All.Select(f => (f.Extension, f.Name, f.What)),
    ];

    public static IReadOnlyList<(string Word, string Name, string? What)> Kinds =>
    [
        (ReportChoice.Words.Full, "Full report", "Everything, with every note whole. Think of whose words these are before you pass it on."),
        (ReportChoice.Words.Board, "Summary for a board", "One page: what it comes to, and what is gravest. It holds no notes."),
    ];

    /// <summary>Where one came from.</summary>
    public (string Address, string Words) Back => Subject switch
    {
        ReportSubject.Results => (Links.Results(Reference), "Back to the results"),
        ReportSubject.Comparison => (Links.Comparison(Reference), "Back to the comparison"),
        ReportSubject.Trend => (new ReportChoice { Who = Choice.Who, From = Choice.From, To = Choice.To }.On(Links.Trend(Reference)), "Back to the trend"),
        ReportSubject.Fit => (Links.Fit(Reference), "Back to how it would fit"),
        ReportSubject.OwnPlan => ($"{Links.Assessment(Reference)}/plan", "Back to the plan"),
        ReportSubject.JointPlan => ($"/programmes/{Reference}/plan", "Back to the plan"),
    };

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        // One page at the addresses of all reports: the route tells which.
        var pattern = "/" + ((RouteEndpoint)HttpContext.GetEndpoint()!).RoutePattern.RawText!.TrimStart('/');
        (Subject, Reference) = (Enum.GetValues<ReportSubject>().First(s => Links.Report(s, "{reference}") == pattern), reference);
        var faults = new List<(string Field, string Says)>();
        Choice = ReportChoice.Read(Subject, Request.Query, faults);
        IsSent = Request.Query.ContainsKey(FormatField);
        if (IsSent) Format = $"{Request.Query[FormatField]}";
        var format = ReportFormat.Find(Format);
        if (format is null && Format != OnPaper && (Format != Pdf || settings.Chromium is null)) faults.Add((FormatField, "Choose what to make it"));
        if (IsSent && !faults.Exists(f => f.Field == ReportChoice.SectionField) && Choice.Sections.Count == 0) faults.Add((ReportChoice.SectionField, "Choose at least one section"));
        if (Choice.IsBoard && format is { IsToRead: false }) faults.Add((FormatField, ReportRoutes.ForReading));
        switch (await door.MakeAsync(HttpContext, new(Subject, reference, Choice with { Table = null }), isExport: false))
        {
            case ReportAnswer.Made made:
                Report = made.Report;
                break;
            case ReportAnswer.Refused refused:
                // What is at fault stands in no field here: a link was changed by hand.
                return new ContentResult { StatusCode = StatusCodes.Status400BadRequest, ContentType = "text/plain; charset=utf-8", Content = refused.Why };
            default:
                return ReportDoor.Closed(HttpContext, new(Subject, reference, Choice));
        }
        if (Choice.Table is { } table && Report.Sheets.All(s => s.Key != table)) faults.Add((ReportChoice.TableField, "Choose a table that is in the sections you chose"));
        if (faults.Count == 0 && IsSent)
        {
            // What is the whole of it need not be said.
            var chosen = Choice with { Sections = Choice.Sections.Count == Sections.Count ? [] : Choice.Sections, Table = format?.Extension == "csv" ? Choice.Table : null };
            if (Format == Pdf) return Redirect(chosen.On(Links.NewPdf(Subject, reference)));
            return Redirect(format is null ? Links.ReportOnPaper(Subject, reference, chosen) : Links.Report(Subject, reference, format.Extension, chosen));
        }
        foreach (var (field, says) in faults) ModelState.AddModelError(field, says);
        if (faults.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}

using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Comparisons;
using Rasp.Data.Agreements;
using Rasp.Data.Teams;

namespace Rasp.Reports;

/// <summary>Reports as files, of what whoever asks may see on the pages too.</summary>
internal static class ReportRoutes
{
    /// <summary>Which kind of report: full unless it says board.</summary>
    public const string KindField = "kind";

    private const string Board = "board";

    /// <summary>Every format: what it is called at the end of an address, and its writer.</summary>
    private static readonly (string Extension, string MediaType, Func<Report, byte[]> Write)[] Formats =
        [("docx", WordReport.MediaType, WordReport.Write), ("xlsx", WorkbookReport.MediaType, WorkbookReport.Write)];

    public static void MapReports(this IEndpointRouteBuilder endpoints)
    {
        foreach (var (extension, mediaType, write) in Formats)
        {
            endpoints.MapGet(Links.ResultsReport("{reference}", extension), async (HttpContext context, AssessmentDoor door, AgreementLens lens, TimeProvider clock, string reference) =>
                await ResultsAsync(context, door, lens, clock, reference) is var (report, round)
                    ? Results.File(write(report), mediaType, $"rasp-{NameOf(report)}-{round}.{extension}")
                    : Results.NotFound());
            endpoints.MapGet(Links.ComparisonReport("{reference}", extension), async (HttpContext context, ComparisonDoor door, TimeProvider clock, string reference) =>
            {
                if (await door.OpenAsync(context, reference, isExport: true) is not { } open) return Results.NotFound();
                var report = Reports.ComparisonReport.Of(open, KindOf(context), clock.GetUtcNow());
                return Results.File(write(report), mediaType, $"rasp-comparison-{NameOf(report)}-{open.Shared.Round}.{extension}");
            });
        }
    }

    private static string NameOf(Report report) => report.Kind == ReportKind.Board ? "summary" : "report";

    private static async Task<(Report Report, string Round)?> ResultsAsync(HttpContext context, AssessmentDoor door, AgreementLens lens, TimeProvider clock, string reference)
    {
        if (await door.OpenAsync(context, reference) is not { } open) return null;
        var seen = open.Seen;
        var agreement = open.IsTeams && context.SignedIn() is { } signedIn ? await lens.FindAsync(seen.Facts.Id, signedIn.Person, context.RequestAborted) : null;
        var basis = new ResultsBasis(Answered(open), clock.GetUtcNow())
        {
            Whose = open.IsLed ? null
                : seen.Facts.IsLed ? "One person’s, entered from paper: not what the organisation’s come to."
                : "Your own: what your organisation’s come to, its leads see.",
            IsAnonymous = open.IsTeams && seen.Facts.Attribution == Attribution.Anonymous,
            Agreed = agreement?.Agreed.ToDictionary(a => a.Key, a => (a.Value.Agreed.Reason, a.Value.Agreed.Minority), StringComparer.Ordinal) ?? [],
            // What a lead has begun to type as one of several is theirs, and not yet the organisation's.
            Unfinished = open.IsTeams ? new Dictionary<string, ResultsBasis.Typed>() : seen.Entered.Where(e => e.Value is { Choice: null } and not { Note: null, Evidence: null })
                .ToDictionary(e => e.Key, e => new ResultsBasis.Typed(e.Value.Note, e.Value.Evidence), StringComparer.Ordinal),
        };
        return (Reports.ResultsReport.Of(seen.Result, seen.Sheet, basis, KindOf(context)), seen.Sheet.Round);
    }

    private static ReportKind KindOf(HttpContext context) => context.Request.Query[KindField] == Board ? ReportKind.Board : ReportKind.Full;

    /// <summary>When it was answered: an example's round is a month.</summary>
    private static string Answered(OpenAssessment open)
    {
        var facts = open.Seen.Facts;
        return open.IsExample ? facts.StartedAt.Month()
            : facts.StartedAt.Date == facts.LastUsedAt.Date ? facts.StartedAt.InWords()
            : $"{facts.StartedAt.InWords()} to {facts.LastUsedAt.InWords()}";
    }
}

using System.Globalization;
using Rasp.Data.Programmes;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using Rasp.Trends;

namespace Rasp.Reports;

/// <summary>A report of all that answer files hold: each organisation's results, then comparisons, trends and fit. Whoever has the files sees everything in them.</summary>
internal static class SetReport
{
    public static Report Of(ResultSet results, IReadOnlyList<AnswerSheet> sheets, DateTimeOffset madeAt)
    {
        var assessments = results.Assessments.Select(a => (Result: a, Sheet: SheetOf(a, sheets))).ToList();
        var reports = assessments.Select(a => (Of: $"{a.Result.Organisation}, {a.Result.Round}", a.Result.Organisation, a.Result.Round, Report: ResultsReport.Of(a.Result, a.Sheet, new("In the answer files", madeAt), ReportChoice.Full))).ToList();
        if (reports is [var only]) return only.Report;
        var comparisons = results.Comparisons.Select(c => (c.Round, Report: ComparisonReport.Of(
            new("", $"round {c.Round}", Shared([.. assessments.Where(a => a.Result.Round == c.Round)]), IsExample: true), ReportChoice.Full, madeAt))).ToList();
        var blocks = new List<Block>();
        foreach (var (name, _, _, report) in reports) Include(blocks, $"Results of {name}", report);
        foreach (var (_, report) in comparisons) Include(blocks, report.Title, report);
        var trends = results.Trends.Select(t => t.Later.Organisation).Distinct().Select(o => TrendOf(o, assessments)).ToList();
        foreach (var trend in trends) Include(blocks, trend.Title, trend);
        var fits = results.Fits.Select(f => FitReport.Of(
            new("", "", SharedFit.Of(f.Candidate.Instrument, ReleaseOf(f.Candidate, sheets), f.Members.Select(m => ReleaseOf(m, sheets)))), ReportChoice.Full, madeAt)).ToList();
        foreach (var (fit, report) in results.Fits.Zip(fits)) Include(blocks, $"{report.Title}, {fit.Candidate.Round}", report);
        var title = "Results of " + Shown.List([.. results.Assessments.Select(a => a.Organisation).Distinct()]);
        List<(string, string)> facts =
        [
            ("Organisations", Shown.List([.. results.Assessments.Select(a => a.Organisation).Distinct()])), ("Rounds", Shown.List([.. results.Assessments.Select(a => a.Round).Distinct()])),
            ("Made", madeAt.InWords()),
        ];
        IReadOnlyList<string> reading = [.. reports.Take(1).SelectMany(r => r.Report.Reading), .. comparisons.Take(1).SelectMany(c => c.Report.Reading), .. trends.Take(1).SelectMany(t => t.Reading), .. fits.Take(1).SelectMany(f => f.Reading)];
        IReadOnlyList<ReportTable> ofEach = [.. reports.SelectMany(r => r.Report.Sheets.Skip(1)).GroupBy(s => s.Name).Select(s => s.First() with { Rows = [.. s.SelectMany(x => x.Rows)] })];
        return new()
        {
            Title = title,
            Subtitle = "Report of results",
            Kind = ReportKind.Full,
            Facts = facts,
            Blocks = blocks,
            ContentsDepth = 2,
            Reading = reading,
            Sheets =
            [
                ReportWords.About(title, facts, reading),
                .. ofEach,
                // Each round has partners of its own, a column each.
                .. comparisons.Select((c, i) => c.Report.Sheets[^1] with { Name = string.Create(CultureInfo.InvariantCulture, $"Comparison {i + 1}"), Columns = [("Round", 12), .. c.Report.Sheets[^1].Columns], Rows = [.. c.Report.Sheets[^1].Rows.Select(x => (IReadOnlyList<ReportCell>)[c.Round, .. x])] }),
                .. Together("Trends", trends.Select(t => t.Sheets.Single(s => s.Name == "Areas"))), .. Together("Moves", trends.Select(t => t.Sheets.Single(s => s.Name == "Moves"))),
                .. Together("Floors", Rounds("Floors")), .. Together("Fit", Rounds("Fit")), .. Together("Red lines", Rounds("Red lines")),
            ],
            Flat = ofEach.Single(s => s.Name == reports[0].Report.Flat.Name),
            WriteData = to => ResultsJson.Write(to, results),
            MadeAt = madeAt,
        };

        // Each fit is of a round and a candidate of its own.
        IEnumerable<ReportTable> Rounds(string name) => results.Fits.Zip(fits, (fit, report) => report.Sheets.Single(s => s.Name == name) is var table
            ? table with { Columns = [("Candidate", 34), ("Round", 12), .. table.Columns], Rows = [.. table.Rows.Select(r => (IReadOnlyList<ReportCell>)[fit.Candidate.Organisation, fit.Candidate.Round, .. r])] } : table);

        Report TrendOf(string organisation, IReadOnlyList<(AssessmentResult Result, AnswerSheet Sheet)> all)
        {
            var rounds = all.Where(a => a.Result.Organisation == organisation).OrderBy(a => a.Result.Round, StringComparer.Ordinal).Select((a, i) => new RoundInTime(
                Guid.Empty, i + 1, IsJoining: false, default, IsRevealed: true, a.Result.Stage ?? "", [Release.Of(a.Result, a.Sheet, Depth.Everything)])
            { Instrument = a.Result.Instrument, Name = a.Result.Round });
            var view = TrendView.Of(new("", Trends.TrendOf.OneInConfidence, organisation, [.. rounds], ""), organisation);
            return TrendReport.Of(view, TrendSpan.Of(view, null, null), plan: null, ReportChoice.Full, madeAt);
        }
    }

    /// <summary>Tables of the same columns below each other; none where there is none.</summary>
    private static IEnumerable<ReportTable> Together(string name, IEnumerable<ReportTable> tables) =>
        tables.ToList() is [var first, ..] all ? [first with { Name = name, Rows = [.. all.SelectMany(t => t.Rows)] }] : [];

    private static Release ReleaseOf(AssessmentResult result, IReadOnlyList<AnswerSheet> sheets) => Release.Of(result, SheetOf(result, sheets), Depth.Everything);

    private static AnswerSheet SheetOf(AssessmentResult result, IReadOnlyList<AnswerSheet> sheets) => sheets.First(s => s.Organisation == result.Organisation && s.Round == result.Round);

    private static SharedComparison Shared(IReadOnlyList<(AssessmentResult Result, AnswerSheet Sheet)> round) => SharedComparison.Of(
        round[0].Result.Instrument, round[0].Result.Stage, round[0].Result.Round, round.Select(r => Release.Of(r.Result, r.Sheet, Depth.Everything)));

    /// <summary>A report within this one: its headings stand one level lower.</summary>
    private static void Include(List<Block> blocks, string title, Report report)
    {
        blocks.Add(new Block.Heading(1, title));
        blocks.AddRange(report.Facts.Where(f => f.Name != "Made").Select(f => new Block.Paragraph(f.Value, $"{f.Name}:")));
        blocks.AddRange(report.Blocks.Select(b => b is Block.Heading heading ? heading with { Level = heading.Level + 1 } : b));
    }
}

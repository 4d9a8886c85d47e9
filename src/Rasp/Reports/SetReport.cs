using System.Globalization;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

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
        foreach (var trend in results.Trends) Trend(blocks, trend);
        foreach (var fit in results.Fits) Fit(blocks, fit);
        var title = "Results of " + Shown.List([.. results.Assessments.Select(a => a.Organisation).Distinct()]);
        List<(string, string)> facts =
        [
            ("Organisations", Shown.List([.. results.Assessments.Select(a => a.Organisation).Distinct()])), ("Rounds", Shown.List([.. results.Assessments.Select(a => a.Round).Distinct()])),
            ("Made", madeAt.InWords()),
        ];
        IReadOnlyList<string> reading = [.. reports.Take(1).SelectMany(r => r.Report.Reading), .. comparisons.Take(1).SelectMany(c => c.Report.Reading)];
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
                .. results.Trends.Count > 0 ? [Trends(results.Trends)] : Array.Empty<ReportTable>(),
                .. results.Fits.Count > 0 ? [Fits(results.Fits)] : Array.Empty<ReportTable>(),
            ],
            Flat = ofEach.Single(s => s.Name == reports[0].Report.Flat.Name),
            WriteData = to => ResultsJson.Write(to, results),
            MadeAt = madeAt,
        };
    }

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

    private static void Trend(List<Block> blocks, Trend trend)
    {
        blocks.Add(new Block.Heading(1, $"{trend.Later.Organisation} from {trend.Earlier.Round} to {trend.Later.Round}"));
        blocks.Add(new Block.Tabular(Trends([trend])));
        Named(blocks, "Show-stoppers cleared", trend.GatesCleared);
        Named(blocks, "Show-stoppers broken", trend.GatesBroken);
    }

    private static void Fit(List<Block> blocks, Fit fit)
    {
        blocks.Add(new Block.Heading(1, $"{fit.Candidate.Organisation} joining {Shown.List([.. fit.Members.Select(m => m.Organisation)])}, {fit.Candidate.Round}"));
        blocks.Add(new Block.Tabular(Fits([fit])));
        Named(blocks, "To mend before joining", fit.CandidateGates);
        Named(blocks, "To ask the partnership about", fit.MemberGates);
        Named(blocks, "Below every member", [.. fit.Questions.Where(q => q.Kind == FitKind.Below).Select(q => q.Question)]);
        Named(blocks, "Above every member", [.. fit.Questions.Where(q => q.Kind == FitKind.Above).Select(q => q.Question)]);
    }

    private static void Named(List<Block> blocks, string heading, IReadOnlyList<Question> questions)
    {
        if (questions.Count == 0) return;
        blocks.Add(new Block.Heading(2, string.Create(CultureInfo.InvariantCulture, $"{heading} ({questions.Count})")));
        blocks.Add(new Block.Bullets([.. questions.Select(q => q.Text)]));
    }

    private static ReportTable Trends(IReadOnlyList<Trend> trends) => new(
        "Trends", "How far each area moved, over the questions that both rounds rate", [("Organisation", 34), ("From", 12), ("To", 12), ("Area", 30), ("Questions in both", 12), ("Change", 12), ("Change of the score", 12)],
        [.. trends.SelectMany(t => t.Areas.Select(a => (IReadOnlyList<ReportCell>)[t.Later.Organisation, t.Earlier.Round, t.Later.Round, a.Area.Name, a.Matched, ReportCell.Score(a.Change), ReportCell.Score(a.RawChange)]))]);

    private static ReportTable Fits(IReadOnlyList<Fit> fits) => new(
        "Fit", "The members' floor in each area, before and after the candidate joins", [("Candidate", 34), ("Round", 12), ("Area", 30), ("Floor before", 12), ("Floor after", 12)],
        [.. fits.SelectMany(f => f.Areas.Select(a => (IReadOnlyList<ReportCell>)[f.Candidate.Organisation, f.Candidate.Round, a.Area.Name, ReportCell.Score(a.FloorBefore), ReportCell.Score(a.FloorAfter)]))]);
}

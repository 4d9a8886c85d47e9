using System.Globalization;
using System.Text;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Verbs;

/// <summary>Results as text for a terminal: what a person wants to know first, scores rounded as on screen.</summary>
internal static class ResultsTable
{
    public static string Write(ResultSet results)
    {
        var text = new StringBuilder();
        if (results.Assessments.Count == 0) text.AppendLine("The answer files hold no answers.");
        foreach (var assessment in results.Assessments) Assessment(text, assessment);
        foreach (var comparison in results.Comparisons) Comparison(text, comparison);
        foreach (var trend in results.Trends) Trend(text, trend);
        foreach (var fit in results.Fits) Fit(text, fit);
        return text.ToString();
    }

    private static void Assessment(StringBuilder text, AssessmentResult result)
    {
        var stage = result.Stage is null ? "" : $", {result.Instrument.Stages.First(s => s.Key == result.Stage).Name}";
        Heading(text, $"{result.Organisation}, {result.Round} ({result.Instrument}{stage})");
        var rows = Head("Area", "Score", "From-to", "Coverage", "Band", "");
        rows.AddRange(result.Areas.Select(a => new[]
        {
            a.Area.Name, Number(a.Score.Value), Interval(a.Score), Percent(a.Score.Coverage), a.Band?.Name ?? "-", Remark(a),
        }));
        rows.Add(["Overall", Number(result.Overall.Score.Value), Interval(result.Overall.Score), Percent(result.Overall.Score.Coverage), result.Overall.Band?.Name ?? "-", result.Overall.IsProvisional ? "provisional" : ""]);
        Table(text, rows);
        foreach (var kind in result.Findings.GroupBy(f => f.Kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Because.Heading(kind.Key)} ({kind.Count()})").AppendLine();
            foreach (var finding in kind) text.Append("  ").AppendLine(Line(finding.Result.Question, LevelOrWord(finding.Result)));
        }
        text.AppendLine();
    }

    private static void Comparison(StringBuilder text, Comparison comparison)
    {
        Heading(text, $"Compared, {comparison.Round}: {string.Join(", ", comparison.Organisations)}");
        var rows = Head("Priority", "Levels", "Category", "Question");
        rows.AddRange(comparison.Questions.Select(q => new[]
        {
            q.Priority.ToString("0.0", CultureInfo.InvariantCulture),
            string.Join(" ", q.Answers.Select(a => a.Result.Answer.Choice?.ToString() ?? "-")),
            q.Category.Word() + (q.RedLinesClash ? ", red lines clash" : ""),
            q.Question.Key,
        }));
        Table(text, rows);
        text.AppendLine();
    }

    private static void Trend(StringBuilder text, Trend trend)
    {
        Heading(text, $"{trend.Later.Organisation}, {trend.Earlier.Round} to {trend.Later.Round}");
        var rows = Head("Area", "Matched", "Change", "Raw change");
        rows.AddRange(trend.Areas.Select(a => new[] { a.Area.Name, a.Matched.ToString(CultureInfo.InvariantCulture), Signed(a.Change), Signed(a.RawChange) }));
        Table(text, rows);
        Questions(text, "Gates cleared", trend.GatesCleared);
        Questions(text, "Gates broken", trend.GatesBroken);
        text.AppendLine();
    }

    private static void Fit(StringBuilder text, Fit fit)
    {
        Heading(text, $"{fit.Candidate.Organisation} joining {string.Join(", ", fit.Members.Select(m => m.Organisation))}, {fit.Candidate.Round}");
        var rows = Head("Area", "Floor before", "Floor after");
        rows.AddRange(fit.Areas.Select(a => new[] { a.Area.Name, Number(a.FloorBefore), Number(a.FloorAfter) }));
        Table(text, rows);
        Questions(text, "To mend before joining", fit.CandidateGates);
        Questions(text, "To ask the partnership about", fit.MemberGates);
        foreach (var kind in fit.Questions.Where(q => q.Kind != FitKind.Within).GroupBy(q => q.Kind).OrderBy(k => k.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(kind.Key == FitKind.Below ? "Below every member" : "Above every member")} ({kind.Count()})").AppendLine();
            foreach (var question in kind) text.Append("  ").AppendLine(Line(question.Question, $"{question.Candidate}, members {question.Floor} to {question.Ceiling}"));
        }
        text.AppendLine();
    }

    private static void Questions(StringBuilder text, string heading, IReadOnlyList<Question> questions)
    {
        if (questions.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"{heading} ({questions.Count})").AppendLine();
        foreach (var question in questions) text.Append("  ").AppendLine(question.Text);
    }

    private static string Line(Question question, string level) => $"[{level}] {question.Text}";

    private static string LevelOrWord(QuestionResult result) => result.Answer.Choice?.ToString() ?? "-";

    private static string Remark(AreaResult area)
    {
        var remarks = new List<string>();
        if (area.CapReason is { } reason) remarks.Add(reason == CapReason.GateUnmet ? "a show-stopper is unmet" : "a show-stopper is unknown");
        if (area.IsProvisional) remarks.Add("provisional");
        return string.Join(", ", remarks);
    }

    private static void Heading(StringBuilder text, string heading) => text.AppendLine(heading).AppendLine(new string('=', heading.Length));

    private static List<string[]> Head(params string[] columns) => [columns];

    private static void Table(StringBuilder text, List<string[]> rows)
    {
        var widths = rows[0].Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows) text.AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    private static string Number(double? value) => value is { } v ? Shown.Score(v) : "-";

    private static string Signed(double? value) => value is { } v ? (Shown.Score(v) is var s && v > 0 && s != "0" ? "+" + s : s) : "-";

    private static string Interval(Score score) => score.Low is { } low && score.High is { } high ? $"{Shown.Score(low)}-{Shown.Score(high)}" : "-";

    private static string Percent(double? share) => share is { } s ? Shown.Percent(s) : "-";
}

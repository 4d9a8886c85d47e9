using System.Globalization;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;

namespace Rasp.Reports;

/// <summary>What a report of results rests on beside them.</summary>
/// <param name="Answered">When, in words.</param>
/// <param name="MadeAt">When the report was made.</param>
internal sealed record ResultsBasis(string Answered, DateTimeOffset MadeAt)
{
    /// <summary>Whose answers these are where they are not the organisation's; null where they are.</summary>
    public string? Whose { get; init; }

    /// <summary>Whether nobody may be told from another: then there are counts, and no names.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Why an agreed answer is what it is, and what those say who see it otherwise, by the question's key in full.</summary>
    public IReadOnlyDictionary<string, (string? Reason, string? Minority)> Agreed { get; init; } = new Dictionary<string, (string?, string?)>();

    /// <summary>What was typed where nothing is chosen yet, by the question's key in full: it counts for nothing, and is kept.</summary>
    public IReadOnlyDictionary<string, Typed> Unfinished { get; init; } = new Dictionary<string, Typed>();

    /// <summary>What stands beside a question without an answer.</summary>
    public sealed record Typed(string? Note, string? Evidence);
}

/// <summary>A report of what one organisation's answers come to, as whoever asks for it may see them.</summary>
internal sealed class ResultsReport
{
    public const string InShort = "in-short";
    public const string Areas = "areas";
    public const string Causes = "causes";
    public const string AllFindings = "findings";
    public const string QuestionByQuestion = "questions";

    public static readonly IReadOnlyList<ReportSection> Sections =
    [
        new(InShort, "In short", IsForBoard: true), new(Areas, "The areas", IsForBoard: true), new(Causes, "What lies behind several findings", IsForBoard: false),
        new(AllFindings, "Findings", IsForBoard: true), new(QuestionByQuestion, "Question by question, with notes", IsForBoard: false),
    ];

    /// <summary>So many findings of a kind stand on a board's page; fewer where there are all kinds.</summary>
    private int ForABoard => Of(FindingKind.ShowStopper).Count > 0 && Of(FindingKind.UnknownShowStopper).Count > 0 && Of(FindingKind.WeakPoint).Count > 0 ? 2 : 3;

    /// <summary>What a cell of a board's table says at most.</summary>
    private const int BoardCell = 160;

    private readonly AssessmentResult result;
    private readonly AnswerSheet sheet;
    private readonly ResultsBasis basis;
    private readonly ReportChoice choice;
    private readonly Instrument instrument;
    private readonly List<Block> blocks = [];

    private ResultsReport(AssessmentResult result, AnswerSheet sheet, ResultsBasis basis, ReportChoice choice) =>
        (this.result, this.sheet, this.basis, this.choice, instrument) = (result, sheet, basis, choice, result.Instrument);

    public static Report Of(AssessmentResult result, AnswerSheet sheet, ResultsBasis basis, ReportChoice choice) => new ResultsReport(result, sheet, basis, choice).Write();

    /// <summary>How to read results.</summary>
    public static IReadOnlyList<string> Reading(Instrument instrument) =>
    [
        "A good score proves nothing by itself. It is only as good as the answers behind it. Show them to somebody who would see it differently, and read the weak points first.",
        string.Create(CultureInfo.InvariantCulture, $"A score is the mean of the levels, from 0 for level 1 to 100 for level {instrument.Levels.Count}. The range beside it is what unanswered questions and “don’t know” could still make of it."),
        $"The overall band is that of the weakest area. A show-stopper that is not met holds its area at {instrument.Bands[0].Name}, and one that is not known keeps it from the top band.",
        $"A result is provisional where less than {Shown.Percent(instrument.Thresholds.ProvisionalBelowCoverage)} of an area has a level. Below {Shown.Percent(Because.TooEarlyBelowCoverage)} it is too early to say anything.",
        "Levels are what those who answered say. Nobody has checked them. Nothing here is legal advice.",
    ];

    private Report Write()
    {
        var facts = Facts();
        var reading = Reading(instrument);
        if (choice.IsBoard) Board();
        else Full();
        var title = $"Results of {result.Organisation}";
        var answers = AnswersTable();
        return new()
        {
            Title = title,
            Subtitle = choice.IsBoard ? "Summary for a board" : "Report of results",
            Kind = choice.Kind,
            Facts = facts,
            Blocks = choice.IsBoard ? ReportWords.InBrief(blocks) : blocks,
            ContentsDepth = 2,
            Reading = choice.IsBoard ? [.. reading.Take(1), reading[2], reading[^1]] : reading,
            Sheets = [ReportWords.About(title, facts, reading), .. choice.Pick((Areas, Scores), (QuestionByQuestion, QuestionsTable), (QuestionByQuestion, () => answers), (AllFindings, FindingsTable))],
            Flat = answers,
            WriteData = to => ResultsJson.Write(to, ResultSet.Of([result])),
            Instrument = instrument,
            Round = result.Round,
            MadeAt = basis.MadeAt,
        };
    }

    private List<(string Name, string Value)> Facts()
    {
        var facts = new List<(string, string)>
        {
            ("Questions", $"{instrument.Title}, version {instrument.Version}"),
            ("Stage", ReportWords.Stage(instrument, result.Stage)),
            ("Round", result.Round),
            ("Answered", basis.Answered),
            ("By", ByWhom()),
            ("Coverage", Because.OverallCoverage(result)),
        };
        if (basis.Whose is not null) facts.Add(("Whose answers", basis.Whose));
        if (basis.IsAnonymous) facts.Add(("Left out", "People answered anonymously: of a question’s answers only the spread is shown, and only from five answers up. Nobody’s notes are in this report but those that were agreed."));
        facts.Add(("Made", basis.MadeAt.InWords()));
        return facts;
    }

    /// <summary>Roles and numbers.</summary>
    private string ByWhom()
    {
        var agreed = sheet.Agreed.Count > 0 ? $"; {Shown.Count(sheet.Agreed.Count, "answer")} agreed" : "";
        if (basis.IsAnonymous) return $"Up to {Shown.Count(sheet.Respondents.Count, "person", "people")} a question, anonymously{agreed}";
        var roles = sheet.Respondents.GroupBy(r => r.Role).Select(r => $"{instrument.Roles.FirstOrDefault(x => x.Key == r.Key)?.Name ?? r.Key ?? "no role given"} ({r.Count().ToString(CultureInfo.InvariantCulture)})").ToList();
        return $"{Shown.Count(sheet.Respondents.Count, "person", "people")}{(roles.Count > 0 ? $": {Shown.List(roles)}" : "")}{agreed}";
    }

    private void Board()
    {
        if (choice.Has(InShort)) Verdict();
        if (choice.Has(Areas)) Add(AreasTable(isWhole: false));
        if (!choice.Has(AllFindings)) return;
        Short(FindingKind.ShowStopper, Of(FindingKind.ShowStopper));
        Short(FindingKind.UnknownShowStopper, Of(FindingKind.UnknownShowStopper));
        Short(FindingKind.WeakPoint, Suggestions.WorstFirst(Of(FindingKind.WeakPoint)));
        if (RedLines() is { Count: > 0 } lines) Add(new Block.Paragraph($"{Shown.List([.. lines.Take(ForABoard).Select(l => $"“{l.Question.Text}”")])}{More(lines.Count)}", $"Red lines ({lines.Count}):"));
    }

    /// <summary>A kind of finding in a few lines.</summary>
    private void Short(FindingKind kind, IReadOnlyList<Finding> all)
    {
        if (all.Count == 0)
        {
            if (kind != FindingKind.UnknownShowStopper) Add(new Block.Paragraph("None among what has been answered.", $"{Because.Heading(kind)}:"));
            return;
        }
        Add(new Block.Heading(1, $"{Because.Heading(kind)} ({all.Count})"));
        Add(new Block.Bullets([.. all.Take(ForABoard).Select(f => $"{f.Result.Question.Text} {Because.Finding(instrument, f)}{(Suggestions.For(f.Result) is [var next, ..] ? $" Next: {Shown.Start(next.Do, BoardCell)}" : "")}"),
            .. all.Count > ForABoard ? [$"And {Shown.Count(all.Count - ForABoard, "more", "more")}: see the full report."] : Array.Empty<string>()]));
    }

    private string More(int count) => count > ForABoard ? $" and {Shown.Count(count - ForABoard, "more", "more")}" : "";

    private void Full()
    {
        if (choice.Has(InShort)) Brief();
        var areas = ReportWords.Areas(instrument, result.Stage).Select(a => result.Areas.First(r => r.Area == a)).ToList();
        if (choice.Has(Areas)) AreaByArea(areas);
        if (choice.Has(Causes)) SharedCauses();
        if (choice.Has(AllFindings)) Findings();
        if (!choice.Has(QuestionByQuestion)) return;
        Add(new Block.Heading(1, "Question by question"));
        foreach (var area in areas)
        {
            Add(new Block.Heading(2, area.Area.Name));
            foreach (var one in QuestionsOf(area.Area)) Question(one);
        }
    }

    private void Brief()
    {
        Add(new Block.Heading(1, "In short"));
        Verdict();
        Add(new Block.Paragraph(string.Join(" ", Because.OverallBand(result)), "How it came by its band:"));
        Add(new Block.Paragraph(Because.OverallScore(result), "And by its score:"));
        if (Because.Alpha(result.Alpha) is { } alike) Add(new Block.Paragraph($"{alike} {Because.AlphaScale(result.Alpha)}", "How alike people answered:"));
        Add(new Block.Bullets([.. Enum.GetValues<FindingKind>().Where(k => k != FindingKind.Split || sheet.Respondents.Count > 1).Select(k => $"{Of(k).Count.ToString(CultureInfo.InvariantCulture)} {Because.Noun(k, Of(k).Count)}")]));
    }

    private void AreaByArea(List<AreaResult> areas)
    {
        Add(new Block.Heading(1, "The areas"));
        Add(new Block.Bars("Score of each area, from 0 to 100", string.Join(" ", areas.Select(a => ReportWords.InWords(a.Area.Name, a.Score))), [.. areas.Select(a => a.Area.Name)], [("Score", [.. areas.Select(a => a.Score.Value)])]));
        Add(AreasTable(isWhole: true));
        foreach (var area in areas)
        {
            var questions = QuestionsOf(area.Area);
            Add(new Block.Heading(2, $"Why {area.Area.Name} is so"));
            Add(new Block.Paragraph(string.Join(" ", Because.Band(instrument, area, questions)), "Band."));
            Add(new Block.Paragraph(Because.Score(instrument, area.Score, questions), "Score."));
            Add(new Block.Paragraph(Because.Coverage(area.Score, questions), "Coverage."));
        }
    }

    private void Findings()
    {
        Add(new Block.Heading(1, "Findings"));
        foreach (var each in Enum.GetValues<FindingKind>()) InFull(each);
        if (RedLines() is { Count: > 0 } lines)
        {
            Add(new Block.Heading(2, $"Red lines ({lines.Count})"));
            Add(new Block.Paragraph("What we would not compromise on. The words stand with each question."));
            Add(new Block.Bullets([.. lines.Select(l => l.Question.Text)]));
        }
        var without = result.Questions.Where(q => q.Question.Gate is not null && !q.IsApplicable).ToList();
        if (without.Count > 0)
        {
            Add(new Block.Heading(2, $"Possible show-stoppers that do not apply ({without.Count})"));
            foreach (var one in without) Add(new Block.Paragraph($"{one.Question.Text} Answered “not applicable”, which takes its show-stopper away. The reason should stand with the question."));
        }
    }

    private void Verdict()
    {
        var (score, band) = (result.Overall.Score, result.Overall.Band);
        Add(new Block.Paragraph($"{(score.IsTooEarly() ? $"Less than {Shown.Percent(Because.TooEarlyBelowCoverage)} of what is asked has an answer with a level. So far: " : "")}{Because.Overall(result)}", $"{ReportWords.Band(score, band, result.Overall.IsProvisional)}."));
        if (Because.Provisional(result) is { } provisional && !score.IsTooEarly()) Add(new Block.Paragraph(provisional));
        Add(new Block.Paragraph(score.Value is { } value
            ? $"{Shown.Score(value)} out of 100; {(ReportWords.Range(score) is var range && range != Shown.Score(value) ? $"it could become {range} by what is still open" : "nothing is left open")}. {Shown.Percent(score.Coverage!.Value)} covered."
            : "No score yet.", "Score:"));
    }

    private Block.Tabular AreasTable(bool isWhole)
    {
        var rows = ReportWords.Areas(instrument, result.Stage).Select(a => result.Areas.First(r => r.Area == a)).Select(area => (IReadOnlyList<ReportCell>)
        [
            area.Area.Name, area.Score.Value is null ? "No score yet" : ReportCell.Score(area.Score.Value), ReportWords.Range(area.Score), area.Score.Coverage is null ? "Nothing applies" : ReportCell.Share(area.Score.Coverage),
            ReportWords.Band(area.Score, area.Band, area.IsProvisional), .. isWhole ? new ReportCell[] { Because.Cap(area, QuestionsOf(area.Area)) ?? "Nothing" } : [],
        ]);
        return new(new("Areas", "Score, coverage and band of each area", [("Area", 30), ("Score", 12), ("Could become", 16), ("Coverage", 12), ("Band", 20), .. isWhole ? new[] { ("Held back by", 26.0) } : []], [.. rows]));
    }

    private void SharedCauses()
    {
        var causes = SharedCause.Of(result);
        if (causes.Count == 0) return;
        Add(new Block.Heading(1, "What lies behind several findings"));
        Add(new Block.Paragraph("Where several findings have one cause, mend that first: the points below it then often mend themselves."));
        foreach (var cause in causes)
        {
            Add(new Block.Heading(2, cause.Cause.Name));
            Add(new Block.Paragraph(cause.Because(result)));
            Add(new Block.Paragraph(cause.Cause.Do, "First:"));
            Add(new Block.Bullets([.. cause.Findings.Select(f => f.Result.Question.Text)]));
        }
    }

    private void InFull(FindingKind kind)
    {
        if (kind == FindingKind.Split && sheet.Respondents.Count < 2) return;
        var all = kind == FindingKind.WeakPoint ? Suggestions.WorstFirst(Of(kind)) : Of(kind);
        Add(new Block.Heading(2, $"{Because.Heading(kind)} ({all.Count})"));
        Add(new Block.Paragraph(Because.Meaning(kind)));
        if (all.Count == 0)
        {
            Add(new Block.Paragraph("None among what has been answered."));
            return;
        }
        if (kind is FindingKind.Claimed or FindingKind.Strength)
        {
            Add(new Block.Bullets([.. all.Select(f => $"{f.Result.Question.Text} {Because.Finding(instrument, f)}")]));
            return;
        }
        foreach (var finding in all)
        {
            var question = finding.Result.Question;
            Add(new Block.Heading(3, question.Text));
            Add(new Block.Paragraph($"{ReportWords.Where(instrument, question)}. {Because.Finding(instrument, finding)}"));
            if (finding.Result.Level is { } level) Add(new Block.Paragraph(question.Levels[level - 1], $"{ReportWords.Of(instrument, finding.Result.Answer.Choice)}:"));
            if (question.Gate is { } gate && kind is FindingKind.ShowStopper or FindingKind.UnknownShowStopper) Add(new Block.Paragraph(question.Levels[question.Gate!.Value - 1], string.Create(CultureInfo.InvariantCulture, $"It needs level {question.Gate}:")));
            if (kind == FindingKind.ShowStopper && question.Why is { } why) Add(new Block.Paragraph(why, "Why it matters:"));
            foreach (var (action, i) in Suggestions.For(finding.Result).Select((a, i) => (a, i))) Add(new Block.Paragraph(action.Do, i == 0 ? "Next:" : "Then:"));
        }
    }

    private void Question(QuestionResult one)
    {
        var question = one.Question;
        Add(new Block.Heading(3, question.Text));
        Add(new Block.Paragraph(one.Level is { } level ? question.Levels[level - 1] : "", $"{ReportWords.Of(instrument, one.Answer.Choice)}{(one.Answer.IsAgreed ? " (agreed)" : "")}{(one.Level is null ? "." : ":")}"));
        if (one.Answer.Stance is { } stance) Add(new Block.Paragraph($"{ReportWords.Of(stance)}.", "Stance:"));
        if (sheet.Respondents.Count > 1 && one.Answer.LevelsGiven.Count + one.Answer.DontKnow > 0)
        {
            var given = one.Answer.LevelsGiven.GroupBy(l => l).Select(l => string.Create(CultureInfo.InvariantCulture, $"level {l.Key} by {l.Count()}")).ToList();
            if (one.Answer.DontKnow > 0) given.Add($"“don’t know” by {one.Answer.DontKnow.ToString(CultureInfo.InvariantCulture)}");
            Add(new Block.Paragraph($"{Shown.List(given)}.", "Given:"));
        }
        foreach (var (who, _, answer, _) in Said(question.Key))
        {
            // Places in a question's spread are nobody.
            var by = who is null || (basis.IsAnonymous && who != Agreed) ? "" : $", {who}";
            if (who is not null && !basis.IsAnonymous && who != Agreed) Add(new Block.Paragraph($"{ReportWords.Of(instrument, answer.Choice)}{(answer.Stance is { } own ? $". {ReportWords.Of(own)}" : "")}.", $"{who}:"));
            if (answer.Note is { } note) Add(new Block.Typed($"Note{by}", note));
            if (answer.Evidence is { } evidence) Add(new Block.Typed($"Evidence{by}", evidence));
        }
        if (basis.Agreed.GetValueOrDefault(question.Key) is var (reason, minority))
        {
            if (reason is not null) Add(new Block.Typed("Why this was agreed", reason));
            if (minority is not null) Add(new Block.Typed("Some see it otherwise", minority));
        }
        if (basis.Unfinished.GetValueOrDefault(question.Key) is { } typed)
        {
            if (typed.Note is { } note) Add(new Block.Typed("Note, no answer chosen yet", note));
            if (typed.Evidence is { } evidence) Add(new Block.Typed("Evidence, no answer chosen yet", evidence));
        }
    }

    private const string Agreed = "Agreed";

    /// <summary>Tables of several organisations and rounds can be put below each other.</summary>
    private static readonly (string, double)[] Whose = [("Organisation", 34), ("Round", 12)];

    /// <summary>Who said what about a question, the agreed answer first; no name where only one person answers.</summary>
    private IEnumerable<(string? Who, string? Role, Answer Answer, bool IsAgreed)> Said(string question)
    {
        if (sheet.Agreed.GetValueOrDefault(question) is { } agreed) yield return (sheet.Respondents.Count > 1 || sheet.Respondents.Any(r => r.Answers.ContainsKey(question)) ? Agreed : null, null, agreed, true);
        foreach (var respondent in sheet.Respondents)
        {
            if (respondent.Answers.GetValueOrDefault(question) is { } answer) yield return (sheet.Respondents.Count > 1 ? respondent.Name : null, respondent.Role, answer, false);
        }
    }

    private ReportTable Scores()
    {
        var rows = new List<IReadOnlyList<ReportCell>> { Row("Overall", "", result.Overall.Score, ReportWords.Band(result.Overall.Score, result.Overall.Band, result.Overall.IsProvisional), "") };
        foreach (var area in result.Areas.Where(a => QuestionsOf(a.Area).Count > 0))
        {
            rows.Add(Row(area.Area.Name, "", area.Score, ReportWords.Band(area.Score, area.Band, area.IsProvisional), Because.Cap(area, QuestionsOf(area.Area)) ?? ""));
            rows.AddRange(area.Themes.Where(t => t.Theme.Questions.Any(q => q.IsAskedAt(result.Stage))).Select(t => Row(area.Area.Name, t.Theme.Name, t.Score, "", "")));
        }
        return new("Scores", "Scores of the whole, of areas and of themes", [.. Whose, ("Area", 30), ("Theme", 34), ("Score", 10), ("Lowest", 10), ("Highest", 10), ("Coverage", 10), ("Band", 22), ("Held back by", 40)], rows);

        IReadOnlyList<ReportCell> Row(string area, string theme, Score score, string band, string cap) =>
            [result.Organisation, result.Round, area, theme, ReportCell.Score(score.Value), ReportCell.Score(score.Low), ReportCell.Score(score.High), ReportCell.Share(score.Coverage), band, cap];
    }

    private ReportTable QuestionsTable() => new(
        "Questions", "The organisation's answer to each question",
        [.. Whose, ("Question", 70), ("Area", 24), ("Theme", 26), ("Key", 40), ("Answer", 10), ("In words", 60), ("Stance", 12), ("Agreed", 10), ("Show-stopper below", 12), ("Levels given", 16), ("Don't know", 10), ("Consensus", 10), ("Why this was agreed", 50), ("Some see it otherwise", 50)],
        [.. result.Questions.Select(q => (IReadOnlyList<ReportCell>)
        [
            result.Organisation, result.Round, q.Question.Text, ReportWords.AreaOf(instrument, q.Question), ReportWords.ThemeOf(instrument, q.Question), q.Question.Key, ReportWords.Answer(q.Answer.Choice),
            q.Level is { } level ? q.Question.Levels[level - 1] : ReportWords.Of(instrument, q.Answer.Choice), q.Answer.Stance?.Word(), q.Answer.IsAgreed ? "Agreed" : "", q.Question.Gate,
            string.Join(" ", q.Answer.LevelsGiven.Select(l => l.ToString(CultureInfo.InvariantCulture))), q.Answer.DontKnow, ReportCell.Plain(q.Agreement.Consensus),
            basis.Agreed.GetValueOrDefault(q.Question.Key).Reason, basis.Agreed.GetValueOrDefault(q.Question.Key).Minority,
        ])]);

    /// <summary>Each answer with what was typed beside it, as far as it may be told whose it is.</summary>
    private ReportTable AnswersTable()
    {
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (var question in result.Questions.Select(q => q.Question))
        {
            var why = basis.Agreed.GetValueOrDefault(question.Key);
            rows.AddRange(Said(question.Key).Where(s => !basis.IsAnonymous || s.Who is null or Agreed)
                .Select(s => (IReadOnlyList<ReportCell>)[result.Organisation, result.Round, question.Text, question.Key, s.Who ?? "", instrument.Roles.FirstOrDefault(r => r.Key == s.Role)?.Name ?? s.Role, ReportWords.Answer(s.Answer.Choice), s.Answer.Stance?.Word(), s.Answer.Note, s.Answer.Evidence, s.IsAgreed ? why.Reason : "", s.IsAgreed ? why.Minority : ""]));
            if (basis.Unfinished.GetValueOrDefault(question.Key) is { } typed) rows.Add([result.Organisation, result.Round, question.Text, question.Key, "No answer chosen yet", "", "", "", typed.Note, typed.Evidence, "", ""]);
        }
        return new("Answers", "Each answer with its note, evidence and stance",
            [.. Whose, ("Question", 70), ("Key", 40), ("Who", 30), ("Role", 24), ("Answer", 10), ("Stance", 12), ("Note", 80), ("Evidence", 60), ("Why this was agreed", 50), ("Some see it otherwise", 50)], rows);
    }

    private ReportTable FindingsTable() => new(
        "Findings", "What is worth talking about", [.. Whose, ("Kind", 24), ("Question", 70), ("Area", 24), ("Key", 40), ("Why", 60), ("Next", 70)],
        [.. result.Findings.Select(f => (IReadOnlyList<ReportCell>)[result.Organisation, result.Round, Because.Heading(f.Kind), f.Result.Question.Text, ReportWords.AreaOf(instrument, f.Result.Question), f.Result.Question.Key, Because.Finding(instrument, f), f.Kind <= FindingKind.BlindSpot && Suggestions.For(f.Result) is [var next, ..] ? next.Do : ""])]);

    private void Add(Block block) => blocks.Add(block);

    private List<Finding> Of(FindingKind kind) => [.. result.Findings.Where(f => f.Kind == kind)];

    private List<QuestionResult> RedLines() => [.. result.Questions.Where(q => q.Answer.Stance == Stance.Fixed)];

    private List<QuestionResult> QuestionsOf(Area area) => [.. result.Questions.Where(q => q.Question.Area == area.Key)];
}

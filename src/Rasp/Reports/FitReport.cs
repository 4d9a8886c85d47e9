using System.Globalization;
using Rasp.Joinings;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Reports;

/// <summary>A report of how a candidate would fit, made from what the lens let through to whoever asks for it, and from nothing else.</summary>
internal sealed class FitReport
{
    public const string InShort = "in-short";
    public const string Areas = "areas";
    public const string Mend = "mend";
    public const string Ask = "ask";
    public const string Extremes = "extremes";
    public const string RedLines = "red-lines";
    public const string EveryQuestion = "questions";

    public static readonly IReadOnlyList<ReportSection> Sections =
    [
        new(InShort, "In short", IsForBoard: true), new(Areas, "Area by area", IsForBoard: true), new(Mend, "What to mend before joining", IsForBoard: true), new(Ask, "What to ask the members about", IsForBoard: true),
        new(Extremes, "Where it would be the weakest and the strongest", IsForBoard: false), new(RedLines, "Where red lines would meet", IsForBoard: true), new(EveryQuestion, "Every question, with notes", IsForBoard: false),
    ];

    /// <summary>So many questions of a kind stand on a board's page.</summary>
    private const int ForABoard = 3;

    private readonly FitView view;
    private readonly SharedFit shared;
    private readonly Release candidate;
    private readonly ReportChoice choice;
    private readonly DateTimeOffset madeAt;
    private readonly List<Block> blocks = [];

    private FitReport(OpenFit open, ReportChoice choice, DateTimeOffset madeAt)
    {
        (view, this.choice, this.madeAt) = (new(open), choice, madeAt);
        (shared, candidate) = (view.Shared, view.Candidate);
    }

    public static Report Of(OpenFit open, ReportChoice choice, DateTimeOffset madeAt) => new FitReport(open, choice, madeAt).Write();

    private Report Write()
    {
        var facts = Facts();
        IReadOnlyList<string> reading =
        [
            "A level is what an organisation says of itself. Nobody has checked it. Read what the levels describe, and ask for the evidence.",
            "The members’ floor in an area is what it would score if all were where the least ready is on each question. Before and after rest on the questions on which both sides have a level.",
            "A show-stopper is a question on which a programme should not go on below the level named.",
            "A red line says that something is fixed, not what. Read the words, and ask where there are none.",
            "A question counts where both sides were asked it in the same words. What somebody withholds is left out before anything is compared.",
        ];
        if (choice.IsBoard) Board();
        else Full();
        var title = $"How {candidate.Organisation} would fit{(view.Open.Programme.Length > 0 ? $": {view.Open.Programme}" : "")}";
        var questions = QuestionsTable();
        return new()
        {
            Title = title,
            Subtitle = choice.IsBoard ? "Summary for a board" : "Report of how a candidate would fit",
            Kind = choice.Kind,
            Facts = facts,
            Blocks = choice.IsBoard ? ReportWords.InBrief(blocks) : blocks,
            ContentsDepth = 1,
            Reading = choice.IsBoard ? [reading[0], reading[^1]] : reading,
            Sheets = [ReportWords.About(title, facts, reading), .. choice.Pick((Areas, AreasTable), (Areas, ScoresTable), (EveryQuestion, FitTable), (EveryQuestion, () => questions), (RedLines, RedLinesTable))],
            Flat = questions,
            WriteData = to => ResultsJson.Write(to, shared),
            Instrument = shared.Instrument,
            Round = candidate.Result?.Round,
            MadeAt = madeAt,
        };
    }

    private List<(string Name, string Value)> Facts()
    {
        var facts = new List<(string, string)>
        {
            ("Questions", $"{shared.Instrument.Title}, version {shared.Instrument.Version}"),
        };
        if (candidate.Result is { } result) facts.Add(("Stage", ReportWords.Stage(shared.Instrument, result.Stage)));
        facts.Add(("Candidate", candidate.Organisation));
        facts.Add(("Members", $"{shared.Members.Count.ToString(CultureInfo.InvariantCulture)}: {Shown.List([.. shared.Members.Select(m => m.Organisation)])}"));
        if (view.Open.Base is { } held) facts.Add(("Held to", string.Create(CultureInfo.InvariantCulture, $"The members’ round {held}")));
        facts.Add(("Who shows what", ReportWords.WhoShowsWhat(view.All)));
        var coverage = view.All.Where(p => p.Overall?.Score.Coverage is not null).Select(p => $"{p.Organisation} {Shown.Percent(p.Overall!.Score.Coverage!.Value)}").ToList();
        if (coverage.Count > 0) facts.Add(("Coverage", Shown.List(coverage)));
        facts.Add(("Withheld", view.RestsOn() ?? "No member withholds its questions."));
        if (view.All.Where(p => p.IsOwn).Select(p => p.Organisation).ToList() is { Count: > 0 } own) facts.Add(("Seen by", $"{Shown.List(own)}, and of each other as much as both show"));
        facts.Add(("Made", madeAt.InWords()));
        return facts;
    }

    private void Board()
    {
        if (choice.Has(InShort)) Brief();
        if (choice.Has(Areas) && Floors().Count > 0) Add(new Block.Tabular(AreasTable()));
        if (shared.Fit is not { } fit) return;
        if (choice.Has(Mend)) Few("To mend before joining", fit.CandidateGates, q => q.Text);
        if (choice.Has(Ask)) Few("To ask the members about", fit.MemberGates, q => $"{q.Text} {Below(q)}");
        if (choice.Has(RedLines)) Few("Red lines that meet", [.. shared.RedLines.Where(r => r.IsOnBothSides).Select(r => r.Question)], q => q.Text);
    }

    private void Few(string heading, IReadOnlyList<Question> all, Func<Question, string> inWords)
    {
        if (all.Count == 0)
        {
            Add(new Block.Paragraph("None, as far as is known.", $"{heading}:"));
            return;
        }
        Add(new Block.Heading(1, $"{heading} ({Number(all.Count)})"));
        Add(new Block.Bullets([.. all.Take(ForABoard).Select(inWords), .. all.Count > ForABoard ? [$"And {Shown.Count(all.Count - ForABoard, "more", "more")}: see the full report."] : Array.Empty<string>()]));
    }

    private void Full()
    {
        if (choice.Has(InShort))
        {
            Add(new Block.Heading(1, "In short"));
            Brief();
        }
        if (choice.Has(Areas)) AreaByArea();
        if (shared.Fit is not { } fit)
        {
            Add(new Block.Heading(1, "Why there are no questions here"));
            Add(new Block.Paragraph($"Question by question, there is a fit once {candidate.Organisation} and at least one member show each other their questions. Nothing here depends on what is withheld."));
            return;
        }
        if (choice.Has(Mend)) ToMend(fit);
        if (choice.Has(Ask)) ToAsk(fit);
        if (choice.Has(Extremes))
        {
            Named(FitKind.Below, "Below every member", "On these it is below every member, and would set the pace for all.");
            Named(FitKind.Above, "Above every member", "On these it is above every member: it could lead, or help.");
        }
        if (choice.Has(RedLines)) Meeting();
        if (choice.Has(EveryQuestion)) Every(fit);
    }

    private void Brief()
    {
        if (shared.Fit is { } fit)
        {
            Add(new Block.Paragraph($"{(fit.CandidateGates.Count == 0 ? "It has no show-stopper to mend before it joins." : $"It has {Shown.Count(fit.CandidateGates.Count, "show-stopper")} to mend before it joins.")} {view.Floors()}"));
            Add(new Block.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Of {Shown.Count(fit.Questions.Count, "question")} on which both sides have a level, it would be the weakest on {view.OfKind(FitKind.Below).Count}, and the strongest on {view.OfKind(FitKind.Above).Count}.")));
        }
        else
        {
            Add(new Block.Paragraph(candidate.Areas.Count > 0 && shared.Members.Any(m => m.Areas.Count > 0) ? "Areas can be laid side by side here, and nothing deeper." : "There is nothing to lay side by side here."));
        }
        if (view.RestsOn() is { } restsOn) Add(new Block.Paragraph(restsOn, "Withheld:"));
        if (candidate.Result is null) Add(new Block.Paragraph($"{candidate.Organisation} {(candidate.IsWithdrawn ? "has withdrawn what it showed" : candidate.Depth == Depth.Areas ? "shows areas alone here" : "shows nothing here")}.", "Withheld:"));
    }

    private List<AreaFit> Floors() => shared.Fit?.Areas.Where(a => a.FloorBefore is not null).ToList() ?? [];

    private void AreaByArea()
    {
        Add(new Block.Heading(1, "Area by area"));
        if (Floors() is { Count: > 0 } floors)
        {
            Add(new Block.Bars(
                "The members’ floor in each area, from 0 to 100, now and with the candidate", string.Join(" ", floors.Select(f => $"{f.Area.Name}: {Shown.Score(f.FloorBefore!.Value)} now, {Shown.Score(f.FloorAfter!.Value)} with it.")),
                [.. floors.Select(f => f.Area.Name)], [("Now", [.. floors.Select(f => f.FloorBefore)]), ($"With {candidate.Organisation}", [.. floors.Select(f => f.FloorAfter)])]));
            Add(new Block.Tabular(AreasTable()));
        }
        if (view.All.All(p => p.Areas.Count == 0)) return;
        Add(new Block.Tabular(new(
            "Scores", "Score, what it could become, and band of each organisation in each area", [("Organisation", 24), .. view.Areas.Select(a => (a.Name, 16.0))],
            [.. view.All.Select(p => (IReadOnlyList<ReportCell>)[p == candidate ? $"{p.Organisation} (candidate)" : p.Organisation, .. view.Areas.Select(a => p.Areas.Count == 0 ? ReportWords.Nothing(p) : p.Area(a.Key) is { } area ? (ReportCell)ReportWords.InWords(area.Result) : "Not asked")])])));
    }

    private void ToMend(Fit fit)
    {
        Add(new Block.Heading(1, $"To mend before joining ({Number(fit.CandidateGates.Count)})"));
        if (fit.CandidateGates.Count == 0) Add(new Block.Paragraph("Nothing stands in the way: it reaches the level without which a programme should not go on wherever there is one, as far as it is known."));
        foreach (var question in fit.CandidateGates)
        {
            Add(new Block.Heading(2, question.Text));
            if (view.Where(question) is { } where) Add(new Block.Paragraph($"{where}."));
            if (view.Own(question)?.Level is { } level) Add(new Block.Paragraph(question.Levels[level - 1], $"It is at level {Number(level)}:"));
            Add(new Block.Paragraph(question.Levels[question.Gate!.Value - 1], $"It should not join below level {Number(question.Gate.Value)}:"));
            if (view.Suggestion(question) is { } suggestion) Add(new Block.Paragraph(suggestion.Do, "First step:"));
        }
    }

    private void ToAsk(Fit fit)
    {
        Add(new Block.Heading(1, $"To ask the members about ({Number(fit.MemberGates.Count)})"));
        if (fit.MemberGates.Count == 0)
        {
            Add(new Block.Paragraph("No member who shows its questions has a show-stopper."));
            return;
        }
        Add(new Block.Paragraph("Here members are below the level without which a programme should not go on."));
        Add(new Block.Bullets([.. fit.MemberGates.Select(q => $"{q.Text} {Below(q)}")]));
    }

    private string Below(Question question) => $"{Shown.List(view.Unmet(question))}, below level {Number(question.Gate!.Value)}.";

    private void Named(FitKind kind, string heading, string what)
    {
        var questions = view.OfKind(kind);
        Add(new Block.Heading(1, $"{heading} ({Number(questions.Count)})"));
        if (questions.Count == 0)
        {
            Add(new Block.Paragraph("On no question."));
            return;
        }
        Add(new Block.Paragraph(what));
        Add(new Block.Bullets([.. questions.Select(q => $"{q.Question.Text} {candidate.Organisation} {Number(q.Candidate)}, the members {(q.Floor == q.Ceiling ? Number(q.Floor) : $"{Number(q.Floor)} to {Number(q.Ceiling)}")}.")]));
    }

    private void Meeting()
    {
        Add(new Block.Heading(1, $"Where red lines would meet ({Number(shared.RedLines.Count)})"));
        if (shared.RedLines.Count == 0)
        {
            Add(new Block.Paragraph("No red line of one side meets one of the other, or another level."));
            return;
        }
        Add(new Block.Paragraph("A red line says that something is fixed, not what. Read the words, and ask where there are none."));
        foreach (var line in shared.RedLines)
        {
            Add(new Block.Heading(2, line.Question.Text));
            if (!line.IsOnBothSides) Add(new Block.Paragraph(OneSided(line)));
            foreach (var who in line.IsCandidates ? line.Members.Prepend(candidate.Organisation) : line.Members)
            {
                if (view.WordsOf(who, line.Question) is ({ } words, _)) Add(new Block.Typed($"Red line, {who}", words));
                else Add(new Block.Paragraph(view.WordsOf(who, line.Question).None, $"Red line, {who}:"));
            }
        }
    }

    private string OneSided(MeetingRedLine line) => line.IsCandidates
        ? $"Fixed for {candidate.Organisation}; {Shown.List(line.Against)} {(line.Against.Count == 1 ? "is" : "are")} at another level."
        : $"Fixed for {Shown.List(line.Members)}; {candidate.Organisation} is at another level.";

    private void Every(Fit fit)
    {
        Add(new Block.Heading(1, $"Every question on which both have a level ({Number(fit.Questions.Count)})"));
        foreach (var one in fit.Questions) Said(one.Question, $"{(view.Where(one.Question) is { } where ? where + ". " : "")}{FitFilter.Words(one.Kind)}.");
        var others = AllQuestions().Where(q => fit.Questions.All(f => f.Question.Key != q.Key) && view.All.Any(p => Asked(p, q)?.Result.Answer.Choice is not null)).ToList();
        if (others.Count == 0) return;
        Add(new Block.Heading(1, $"Not compared ({Number(others.Count)})"));
        Add(new Block.Paragraph("On these, one side has no level, or was not asked in the same words."));
        foreach (var question in others) Said(question, null);
    }

    /// <summary>What each organisation answered and wrote, as far as it shows it.</summary>
    private void Said(Question question, string? where)
    {
        Add(new Block.Heading(2, question.Text));
        if (where is not null) Add(new Block.Paragraph(where));
        foreach (var partner in view.All)
        {
            if (Asked(partner, question) is not var (instrument, answered)) continue;
            Add(new Block.Paragraph(
                $"{ReportWords.Of(instrument, answered.Answer.Choice)}{(answered.Level is { } level ? $": {answered.Question.Levels[level - 1]}" : ".")}{(answered.Answer.Stance is { } stance ? $" {ReportWords.Of(stance)}." : "")}", $"{partner.Organisation}:"));
            if (partner.Notes.GetValueOrDefault(question.Key) is not { } said) continue;
            if (said.Note is { } note) Add(new Block.Typed($"Note, {partner.Organisation}", note));
            if (said.Evidence is { } evidence) Add(new Block.Typed($"Evidence, {partner.Organisation}", evidence));
        }
    }

    /// <summary>What anybody was asked who shows it, the candidate's first.</summary>
    private IReadOnlyList<Question> AllQuestions() => [.. view.All.Select(p => p.Result).OfType<AssessmentResult>().SelectMany(r => r.Questions).Select(q => q.Question).DistinctBy(q => q.Key)];

    private static (Instrument Instrument, QuestionResult Result)? Asked(Release partner, Question question) =>
        partner.Result is { } result && result.Find(question.Key) is { } found ? (result.Instrument, found) : null;

    private ReportTable AreasTable() => new(
        "Floors", "The members' floor in each area, now and with the candidate", [("Area", 30), ("Now", 12), ("With it", 12), ("Questions", 12)],
        [.. (shared.Fit?.Areas ?? []).Select(a => (IReadOnlyList<ReportCell>)[a.Area.Name, ReportCell.Score(a.FloorBefore), ReportCell.Score(a.FloorAfter), shared.Fit!.Questions.Count(q => q.Question.Area == a.Area.Key)])]);

    private ReportTable ScoresTable() => new(
        "Scores", "Scores of each organisation, of the whole and of areas", [("Organisation", 34), ("Side", 12), ("Area", 30), .. ReportWords.Scores],
        [.. view.All.SelectMany(p => p.Overall is not { } overall ? [[p.Organisation, Side(p), ReportWords.Nothing(p), "", "", "", "", ""]]
            : p.Areas.Where(a => view.Areas.Any(x => x.Key == a.Area.Key)).Select(a => (IReadOnlyList<ReportCell>)[p.Organisation, Side(p), a.Area.Name, .. ReportWords.Cells(a.Result)]).Prepend([p.Organisation, Side(p), "Overall", .. ReportWords.Cells(overall)]))]);

    private string Side(Release partner) => partner == candidate ? "Candidate" : "Member";

    private ReportTable FitTable() => new(
        "Fit", "Level of the candidate, and the lowest and highest of the members, on each question", [("Question", 70), ("Area", 24), ("Key", 40), ("Candidate", 12), ("Lowest member", 12), ("Highest member", 12), ("Where it stands", 24)],
        [.. (shared.Fit?.Questions ?? []).Select(q => (IReadOnlyList<ReportCell>)[q.Question.Text, ReportWords.AreaOf(shared.Instrument, q.Question), q.Question.Key, q.Candidate, q.Floor, q.Ceiling, FitFilter.Words(q.Kind)])]);

    private ReportTable QuestionsTable()
    {
        var questions = AllQuestions();
        return new(
            "Questions", "Each organisation's answer to each question that it was asked, as far as it shows them", [("Organisation", 34), ("Side", 12), ("Round", 12), ("Question", 70), ("Key", 40), .. ReportWords.Answers],
            [.. view.All.SelectMany(p => p.Result is not { } result ? [[p.Organisation, Side(p), "", ReportWords.Nothing(p), "", "", "", "", "", ""]]
                : questions.Where(q => result.Find(q.Key) is not null).Select(q => (IReadOnlyList<ReportCell>)[p.Organisation, Side(p), result.Round, q.Text, q.Key, .. ReportWords.Shows(p, q)]))]);
    }

    private ReportTable RedLinesTable() => new(
        "Red lines", "Where a red line of one side meets the other", [("Question", 70), ("Key", 40), ("Whose", 34), ("In its words", 80), ("Meets", 40)],
        [.. shared.RedLines.SelectMany(r => (r.IsCandidates ? r.Members.Prepend(candidate.Organisation) : r.Members).Select(who => (IReadOnlyList<ReportCell>)
            [r.Question.Text, r.Question.Key, who, view.WordsOf(who, r.Question) is ({ } words, _) ? words : view.WordsOf(who, r.Question).None, r.IsOnBothSides ? "A red line of the other side" : OneSided(r)]))]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Add(Block block) => blocks.Add(block);
}

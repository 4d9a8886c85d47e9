using System.Globalization;
using Rasp.Comparisons;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Reports;

/// <summary>A report of partners side by side, made from what the lens let through to whoever asks for it, and from nothing else.</summary>
internal sealed class ComparisonReport
{
    public const string InShort = "together";
    public const string ToBuildOn = "strengths";
    public const string Stances = "compromises";
    public const string ToTalkAbout = "questions";
    public const string Others = "other-questions";

    public static readonly IReadOnlyList<ReportSection> Sections =
    [
        new(InShort, "Where we stand together", IsForBoard: true), new(ToBuildOn, "Strengths to build on", IsForBoard: true), new(Stances, "Where we could compromise", IsForBoard: false),
        new(ToTalkAbout, "What to talk about, question by question, with notes", IsForBoard: true), new(Others, "Where we are close, and what is not compared", IsForBoard: false),
    ];

    /// <summary>So many questions stand on a board's page.</summary>
    private const int ForABoard = 5;

    private readonly ComparisonView view;
    private readonly SharedComparison shared;
    private readonly Instrument instrument;
    private readonly ReportChoice choice;
    private readonly DateTimeOffset madeAt;
    private readonly IReadOnlyList<Area> areas;
    private readonly List<Block> blocks = [];

    private ComparisonReport(OpenComparison open, ReportChoice choice, DateTimeOffset madeAt)
    {
        (view, shared, instrument, this.choice, this.madeAt) = (new(open, QuestionFilter.None, isPaper: true), open.Shared, open.Instrument, choice, madeAt);
        areas = ReportWords.Areas(instrument, shared.Stage);
    }

    public static Report Of(OpenComparison open, ReportChoice choice, DateTimeOffset madeAt) => new ComparisonReport(open, choice, madeAt).Write();

    private Report Write()
    {
        var facts = Facts();
        IReadOnlyList<string> reading =
        [
            "A level is what an organisation says of itself. A partner that scores itself low may only be the more honest: read what the level describes, and ask for the evidence.",
            "Where we differ on a question about each organisation, we are unequally ready. Where we differ on one about the partnership, we don’t have the agreement that we think we have.",
            "What comes first: low levels, levels far apart, unmet show-stoppers, unknown levels and red lines that meet all raise a question’s priority. Each says how it came by its own.",
            "Our floor in an area is what it would score if all of us were where the least ready is on each question.",
            string.Create(CultureInfo.InvariantCulture, $"We differ from {instrument.Thresholds.DifferenceAtLeast} levels apart. Level {instrument.Thresholds.WeakAtMost} and below is weak, level {instrument.Thresholds.StrongAtLeast} and above is strong."),
            "What a partner withholds is left out before anything is compared: no order, count or category depends on it.",
        ];
        if (choice.IsBoard) Board();
        else Full();
        var title = $"Comparison: {view.Open.Title}";
        var questions = Questions();
        return new()
        {
            Title = title,
            Subtitle = choice.IsBoard ? "Summary for a board" : "Report of a comparison of partners",
            Kind = choice.Kind,
            Facts = facts,
            Blocks = choice.IsBoard ? ReportWords.InBrief(blocks) : blocks,
            ContentsDepth = 1,
            Reading = choice.IsBoard ? [reading[0], reading[^1]] : reading,
            Sheets = [ReportWords.About(title, facts, reading), .. choice.Pick((InShort, Scores), (ToTalkAbout, () => questions), (ToTalkAbout, Findings), (ToTalkAbout, Compared))],
            Flat = questions,
            WriteData = to => ResultsJson.Write(to, shared),
            Instrument = instrument,
            Round = shared.Round,
            MadeAt = madeAt,
        };
    }

    private List<(string Name, string Value)> Facts()
    {
        var facts = new List<(string, string)>
        {
            ("Questions", $"{instrument.Title}, version {instrument.Version}"),
            ("Stage", ReportWords.Stage(instrument, shared.Stage)),
            ("Round", shared.Round),
            ("Partners", $"{shared.Partners.Count.ToString(CultureInfo.InvariantCulture)}: {Shown.List([.. shared.Partners.Select(p => p.Organisation)])}"),
            ("Who shows what", ReportWords.WhoShowsWhat(shared.Partners)),
            ("Withheld", Because.RestsOn(shared) ?? "No partner withholds its questions."),
        };
        if (view.Open.Own is { } own) facts.Add(("Seen by", $"{own.Organisation}, which sees itself whole, and of each other partner what both show"));
        foreach (var (partner, versions) in view.Open.Corrected)
        {
            facts.Add(("Corrected", string.Create(CultureInfo.InvariantCulture, $"{partner} corrected what it showed: this is version {Math.Min(view.Open.Version ?? versions, versions)} of {versions}")));
        }
        facts.Add(("Made", madeAt.InWords()));
        return facts;
    }

    private void Board()
    {
        if (choice.Has(InShort))
        {
            Together();
            Add(AreasTable());
        }
        if (shared.Questions is null) return;
        if (choice.Has(ToTalkAbout)) First([.. view.All.Where(ComparisonView.IsToTalkAbout)]);
        if (choice.Has(ToBuildOn) && view.Leads.Count > 0) Add(new Block.Paragraph($"{Shown.List([.. view.Leads.Select(l => $"{l.Organisation} on {Shown.Count(l.Questions.Count, "question")}")])}.", "Who could lead:"));
    }

    private void First(List<ComparedQuestion> talk)
    {
        Add(new Block.Heading(1, $"What to talk about first ({Math.Min(ForABoard, talk.Count).ToString(CultureInfo.InvariantCulture)} of {talk.Count.ToString(CultureInfo.InvariantCulture)})"));
        Add(new Block.Bullets([.. talk.Take(ForABoard).Select(q => $"{q.Question.Text} {Because.Category(instrument, q)}")]));
    }

    private void Full()
    {
        if (choice.Has(InShort)) Standing();
        if (shared.Questions is null)
        {
            Add(new Block.Heading(1, "Why there are no questions here"));
            Add(new Block.Paragraph("Question by question, there is something to compare once two partners show each other their questions. You see as much as you show: a partner sees another at the lesser of the two depths."));
            return;
        }
        if (choice.Has(ToBuildOn)) Strengths();
        if (choice.Has(Stances)) Compromises();
        if (choice.Has(ToTalkAbout))
        {
            var talk = view.All.Where(ComparisonView.IsToTalkAbout).ToList();
            Add(new Block.Heading(1, $"What to talk about ({talk.Count.ToString(CultureInfo.InvariantCulture)})"));
            foreach (var one in talk) Question(one);
        }
        if (!choice.Has(Others)) return;
        var rest = view.All.Where(q => !ComparisonView.IsToTalkAbout(q)).ToList();
        if (rest.Count > 0)
        {
            Add(new Block.Heading(1, $"Where we are close, or all strong ({rest.Count.ToString(CultureInfo.InvariantCulture)})"));
            foreach (var one in rest) Question(one);
        }
        NotCompared();
    }

    private void Standing()
    {
        Add(new Block.Heading(1, "Where we stand together"));
        Together();
        var showing = shared.Partners.Where(p => p.Areas.Count > 0).ToList();
        if (showing.Count is > 0 and <= 4)
        {
            Add(new Block.Bars(
                "Score of each partner in each area, from 0 to 100",
                string.Join(" ", showing.Select(p => $"{p.Organisation}: {string.Join(" ", areas.Select(a => ReportWords.InWords(a.Name, p.Area(a.Key)!.Result.Score)))}")),
                [.. areas.Select(a => a.Name)], [.. showing.Select(p => (p.Organisation, (IReadOnlyList<double?>)[.. areas.Select(a => p.Area(a.Key)!.Result.Score.Value)]))]));
        }
        Add(AreasTable());
    }

    private void Together()
    {
        if (shared.Questions is { } compared)
        {
            Add(new Block.Paragraph(Because.Together(instrument, compared.Questions)));
            if (Because.Floors(Floors()) is { } floors) Add(new Block.Paragraph(floors));
        }
        else
        {
            Add(new Block.Paragraph(shared.Partners.Count(p => p.Areas.Count > 0) > 1 ? "We can lay our areas side by side, and nothing deeper." : "There is nothing to lay side by side yet."));
        }
        if (Because.RestsOn(shared) is { } restsOn) Add(new Block.Paragraph(restsOn, "Withheld:"));
    }

    private List<AreaFloor> Floors() => shared.Questions?.Floors.Where(f => areas.Contains(f.Area)).ToList() ?? [];

    private Block.Tabular AreasTable()
    {
        var rows = shared.Partners.Select(p => (IReadOnlyList<ReportCell>)
        [
            p.Organisation + (p.IsOwn ? " (you)" : ""), p.Overall is { } overall ? ReportWords.InWords(overall) : ReportWords.Nothing(p),
            .. areas.Select(a => (ReportCell)(p.Area(a.Key) is { } area ? ReportWords.InWords(area.Result) : ReportWords.Nothing(p))),
        ]).ToList();
        if (Floors() is { Count: > 0 } floors) rows.Add(["Our floor: the lowest of us on each question", "–", .. floors.Select(f => f.Score is null ? (ReportCell)"No level yet" : ReportCell.Score(f.Score))]);
        return new(new("Areas", "Score, what it could become, and band of each partner in each area", [("Partner", 24), ("Overall", 16), .. areas.Select(a => (a.Name, 16.0))], rows));
    }

    private void Strengths()
    {
        Add(new Block.Heading(1, "Strengths to build on"));
        if (view.Leads.Count == 0) Add(new Block.Paragraph("Nobody is strong where another is weak, so nobody is an obvious lead."));
        foreach (var lead in view.Leads)
        {
            Add(new Block.Heading(2, $"{lead.Organisation} could lead on {Shown.Count(lead.Questions.Count, "question")}"));
            Add(new Block.Bullets([.. lead.Questions.Select(q => $"{q.Question.Text} For {Shown.List(q.InNeed)}.")]));
        }
        if (view.Strengths.Count == 0) return;
        Add(new Block.Heading(2, $"All of us are strong on {Shown.Count(view.Strengths.Count, "question")}"));
        Add(new Block.Bullets([.. view.Strengths.Select(q => q.Question.Text)]));
    }

    private void Compromises()
    {
        Add(new Block.Heading(1, "Where we could compromise"));
        if (view.Compromises.Count == 0)
        {
            Add(new Block.Paragraph("Nobody has said how far it would compromise."));
            return;
        }
        Add(new Block.Paragraph("A red line says that something is fixed, not what. So where red lines meet, read the words of both, which stand with the question, and ask where there are none."));
        Add(new Block.Tabular(new(
            "Stances", "Who would compromise how far, by question; where red lines meet first", [("Question", 50), ("Fixed: a red line", 24), ("Negotiable", 24), ("Open", 24)],
            [.. view.Compromises.Select(c => (IReadOnlyList<ReportCell>)[c.Question.Question.Text + (c.Question.RedLinesClash ? " Red lines meet." : ""), Shown.List(c.Fixed), Shown.List(c.Negotiable), Shown.List(c.Open)])])));
    }

    private void Question(ComparedQuestion one)
    {
        Add(new Block.Heading(2, string.Create(CultureInfo.InvariantCulture, $"{view.NumberOf(one.Question)}. {one.Question.Text}")));
        Add(new Block.Paragraph($"{Because.Category(instrument, one)}{(one.RedLinesClash ? " Red lines meet here." : "")}", $"{Because.Heading(one)}."));
        Add(new Block.Paragraph($"{view.Where(one.Question)}. Priority {Because.Priority(instrument, one)}"));
        foreach (var at in one.Answers.Where(a => a.Result.Level is not null).GroupBy(a => a.Result.Level!.Value).OrderBy(a => a.Key))
        {
            Add(new Block.Paragraph(one.Question.Levels[at.Key - 1], string.Create(CultureInfo.InvariantCulture, $"Level {at.Key}: {Shown.List([.. at.Select(a => a.Organisation)])}.")));
        }
        foreach (var without in one.Answers.Where(a => a.Result.Level is null).GroupBy(a => a.Result.Answer.Choice))
        {
            Add(new Block.Paragraph($"{Shown.List([.. without.Select(a => a.Organisation)])}.", $"{ReportWords.Of(instrument, without.Key)}:"));
        }
        foreach (var partner in shared.Partners) Said(partner, one.Question);
    }

    /// <summary>A partner's stance and words, as far as it shows them.</summary>
    private void Said(Release partner, Question question)
    {
        if (partner.Result?.Find(question.Key)?.Answer.Stance is { } stance)
        {
            Add(new Block.Paragraph($"{ReportWords.Of(stance)}.{(stance == Stance.Fixed && view.WordsOf(partner.Organisation, question).None is { } none ? $" {none}" : "")}", $"{partner.Organisation}:"));
        }
        if (partner.Notes.GetValueOrDefault(question.Key) is not { } said) return;
        if (said.Note is { } note) Add(new Block.Typed($"Note, {partner.Organisation}", note));
        if (said.Evidence is { } evidence) Add(new Block.Typed($"Evidence, {partner.Organisation}", evidence));
    }

    /// <summary>What applies to fewer than two of those who show questions; what they wrote about it is theirs to be read all the same.</summary>
    private void NotCompared()
    {
        if (view.NotCompared.Count == 0) return;
        Add(new Block.Heading(1, $"Not compared ({view.NotCompared.Count.ToString(CultureInfo.InvariantCulture)})"));
        Add(new Block.Paragraph("These questions apply to fewer than two of those who show questions."));
        foreach (var question in view.NotCompared)
        {
            Add(new Block.Heading(2, question.Text));
            foreach (var partner in shared.Partners.Where(p => p.Result is not null))
            {
                Add(new Block.Paragraph($"{ReportWords.Of(instrument, partner.Result!.Find(question.Key)?.Answer.Choice)}.", $"{partner.Organisation}:"));
                Said(partner, question);
            }
        }
    }

    private ReportTable Scores()
    {
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (var partner in shared.Partners)
        {
            if (partner.Overall is not { } overall)
            {
                rows.Add([partner.Organisation, ReportWords.Nothing(partner), "", "", "", "", ""]);
                continue;
            }
            rows.Add([partner.Organisation, "Overall", .. ReportWords.Cells(overall)]);
            rows.AddRange(areas.Select(a => (IReadOnlyList<ReportCell>)[partner.Organisation, a.Name, .. ReportWords.Cells(partner.Area(a.Key)!.Result)]));
        }
        rows.AddRange(Floors().Select(f => (IReadOnlyList<ReportCell>)["Our floor", f.Area.Name, ReportCell.Score(f.Score), "", "", "", ""]));
        return new("Scores", "Scores of the whole and of areas", [("Partner", 34), ("Area", 30), .. ReportWords.Scores], rows);
    }

    private ReportTable Questions() => new(
        "Questions", "Each partner's answer to each question, as far as it shows them", [("Round", 12), ("Question", 70), ("Key", 40), ("Partner", 34), .. ReportWords.Answers],
        [.. instrument.InScope(shared.Stage).SelectMany(q => shared.Partners.Select(p => (IReadOnlyList<ReportCell>)[shared.Round, q.Text, q.Key, p.Organisation, .. ReportWords.Shows(p, q)]))]);

    private ReportTable Findings() => new(
        "Findings", "What is worth talking about at each partner that shows questions", [("Partner", 34), ("Kind", 24), ("Question", 70), ("Area", 24), ("Key", 40)],
        [.. shared.Partners.Where(p => p.Result is not null).SelectMany(p => p.Result!.Findings.Select(f => (IReadOnlyList<ReportCell>)[p.Organisation, Because.Heading(f.Kind), f.Result.Question.Text, ReportWords.AreaOf(instrument, f.Result.Question), f.Result.Question.Key]))]);

    private ReportTable Compared()
    {
        var partners = shared.Partners;
        return new(
            "Comparison", "Partners side by side, in the order in which to talk about it",
            [("Question", 70), ("Area", 24), ("Key", 40), ("Priority", 10), ("Category", 30), ("Spread", 10), .. partners.Select(p => (p.Organisation, 16.0)), ("Red lines", 34), ("Could lead", 34)],
            [.. view.All.Select(q => (IReadOnlyList<ReportCell>)
            [
                q.Question.Text, ReportWords.AreaOf(instrument, q.Question), q.Question.Key, ReportCell.Plain(q.Priority), Because.Heading(q), q.Spread,
                .. partners.Select(p => p.Result?.Find(q.Question.Key) is { } answered ? ReportWords.Answer(answered.Answer.Choice) : ReportWords.Nothing(p)),
                Shown.List(q.RedLines), Shown.List(q.CouldLead),
            ])]);
    }

    private void Add(Block block) => blocks.Add(block);
}

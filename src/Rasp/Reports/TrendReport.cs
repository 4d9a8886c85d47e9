using System.Globalization;
using Rasp.Data.Plans;
using Rasp.Plans;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using Rasp.Trends;

namespace Rasp.Reports;

/// <summary>A report of what moved over rounds, of one organisation or of the partnership, made from what the lens let through to whoever asks for it, and from nothing else.</summary>
internal sealed class TrendReport
{
    public const string Areas = "areas";
    public const string Movement = "moved";
    public const string Promises = "promises";
    public const string EveryQuestion = "questions";

    public static readonly IReadOnlyList<ReportSection> Sections =
    [
        new(Areas, "Area by area", IsForBoard: true), new(Movement, "What moved", IsForBoard: true), new(Promises, "What was promised, and did not move", IsForBoard: true), new(EveryQuestion, "Question by question, with notes", IsForBoard: false),
    ];

    /// <summary>So many questions stand on a board's page.</summary>
    private const int ForABoard = 4;

    /// <summary>So long are they together: no question is cut off where another can be counted instead.</summary>
    private const int MostOfQuestions = 300;

    /// <summary>What an action says at most where it is one of several.</summary>
    private const int MostOfAnAction = 200;

    private readonly TrendView view;
    private readonly TrendSpan? span;
    private readonly SeenPlan? plan;
    private readonly ReportChoice choice;
    private readonly DateTimeOffset madeAt;
    private readonly List<Block> blocks = [];

    private TrendReport(TrendView view, TrendSpan? span, SeenPlan? plan, ReportChoice choice, DateTimeOffset madeAt) => (this.view, this.span, this.plan, this.choice, this.madeAt) = (view, span, plan, choice, madeAt);

    /// <param name="view">Whose trend.</param>
    /// <param name="span">Between which rounds movement is told; null where there is only one.</param>
    /// <param name="plan">What was promised; null where there is no plan for this reader to see.</param>
    /// <param name="choice">How much of it.</param>
    /// <param name="madeAt">When it was made.</param>
    public static Report Of(TrendView view, TrendSpan? span, SeenPlan? plan, ReportChoice choice, DateTimeOffset madeAt) => new TrendReport(view, span, plan, choice, madeAt).Write();

    private Report Write()
    {
        var facts = Facts();
        IReadOnlyList<string> reading =
        [
            "Scores go from 0 to 100. A score can move because questions changed: “like for like” counts only questions that were the same, and answered with a level, both times.",
            "A level is what an organisation says of itself. Nobody has checked it. A lower score can be the more honest one: read the notes before you judge.",
            "Of a partnership, at each question the lowest level of any partner counts, as a shared service rests on it. It moves also when other partners are counted.",
            "What somebody withholds is left out before anything is worked out.",
        ];
        if (view.Points.Count == 0) Add(new Block.Paragraph(view.IsPartnership ? "There is nothing to show yet. A partnership’s trend takes rounds in which at least two partners show questions." : $"There is nothing to show yet. {view.Who} shows nothing of its rounds here."));
        else if (choice.IsBoard) Board();
        else Full();
        var title = view.IsPartnership ? $"Trend of the partnership: {view.Open.Title}" : $"Trend of {view.Who}{(view.Open.Title.Length > 0 && view.Open.Title != view.Who ? $": {view.Open.Title}" : "")}";
        var questions = QuestionsTable();
        return new()
        {
            Title = title,
            Subtitle = choice.IsBoard ? "Summary for a board" : "Report of what has moved",
            Kind = choice.Kind,
            Facts = facts,
            Blocks = choice.IsBoard ? ReportWords.InBrief(blocks) : blocks,
            ContentsDepth = 1,
            Reading = choice.IsBoard ? [reading[0], reading[view.IsPartnership ? 2 : 1]] : view.IsPartnership ? reading : [.. reading.Where(r => r != reading[2])],
            Sheets = [ReportWords.About(title, facts, reading), .. choice.Pick((Areas, AreasTable), (Movement, MovesTable), (EveryQuestion, () => questions)), .. plan is { Actions.Count: > 0 } ? choice.Pick((Promises, () => PromisesTable(plan))) : []],
            Flat = questions,
            WriteData = WriteData,
            Instrument = view.Points.Select(p => p.Round.Instrument).DistinctBy(i => (i.Id, i.Version)).ToList() is [var only] ? only : null,
            MadeAt = madeAt,
        };
    }

    private List<(string Name, string Value)> Facts()
    {
        var facts = new List<(string, string)>();
        var asked = view.Points.GroupBy(p => $"{p.Round.Instrument.Title}, version {p.Round.Instrument.Version}").ToList();
        if (asked.Count > 0) facts.Add(("Questions", asked is [var one] ? one.Key : string.Join("; ", asked.Select(a => $"{a.Key} in {Shown.List([.. a.Select(InSentence)])}"))));
        facts.Add(("Rounds", Shown.List([.. view.Points.Select(p => $"{p.Name} ({When(p)}, stage {ReportWords.Stage(p.Round.Instrument, p.Round.Stage)})")]) is { Length: > 0 } rounds ? rounds : "None yet"));
        if (view.IsPartnership) facts.Add(("Rests on", string.Join(" ", view.Points.GroupBy(p => Shown.List(p.RestsOn), StringComparer.Ordinal).Select(g => $"{Shown.List([.. g.Select(p => p.Name)])}: {g.Key}."))));
        else facts.Add(("Who shows what", string.Join(" ", view.Points.GroupBy(p => DepthOf(p)).Select(g => $"{Shown.List([.. g.Select(p => p.Name)])}: {g.Key}."))));
        var coverage = view.Points.Select(p => (p.Name, (p.Result?.Overall.Score ?? ReleaseOf(p)?.Overall?.Score)?.Coverage)).Where(c => c.Coverage is not null).Select(c => $"{c.Name} {Shown.Percent(c.Coverage!.Value)}").ToList();
        if (coverage.Count > 0) facts.Add(("Coverage", Shown.List(coverage)));
        facts.Add(("Withheld", Withheld()));
        if (view.Open.Rounds.SelectMany(r => r.Releases).Where(r => r.IsOwn).Select(r => r.Organisation).Distinct().ToList() is { Count: > 0 } own && view.Open.Of == TrendOf.Programme) facts.Add(("Seen by", $"{Shown.List(own)}, which sees itself whole, and of each other partner what both show"));
        facts.Add(("Made", madeAt.InWords()));
        return facts;
    }

    private Release? ReleaseOf(TrendPoint point) => point.Round.Releases.FirstOrDefault(r => r.Organisation == view.Who);

    private string DepthOf(TrendPoint point) => ReleaseOf(point)?.Depth switch
    {
        Depth.Areas => "areas alone",
        Depth.Questions => "questions, no notes",
        _ => "everything",
    };

    private string Withheld()
    {
        var withheld = view.IsPartnership
            ? view.Open.Rounds.Where(r => r.IsRevealed).Select(r => (Name: NameOf(r), Who: r.Releases.Where(x => x.Result is null).Select(x => x.Organisation).ToList())).Where(r => r.Who.Count > 0)
                .Select(r => $"In {r.Name}, the questions of {Shown.List(r.Who)}.").ToList()
            : [.. view.Points.Where(p => p.Result is null).Select(p => $"In {InSentence(p)}, its questions.")];
        return withheld.Count > 0 ? string.Join(" ", withheld) : "Nothing that this rests on.";
    }

    private void Board()
    {
        if (choice.Has(Areas)) Add(new Block.Tabular(ScoresInWords()));
        if (choice.Has(Movement) && span?.Trend is { } trend)
        {
            Add(new Block.Heading(1, $"From {InSentence(span.From)} to {InSentence(span.To)}"));
            Add(new Block.Paragraph(span.InWords()));
            Few("Show-stoppers cleared", trend.GatesCleared);
            Few("Show-stoppers that are new", trend.GatesBroken);
            Few("What fell", [.. span.Moved(-1).Select(q => q.Question)]);
            Few("What rose", [.. span.Moved(1).Select(q => q.Question)]);
        }
        if (choice.Has(Promises) && plan is { Actions.Count: > 0 })
        {
            var unkept = plan.Unkept.ToList();
            Add(new Block.Paragraph($"{Shown.Count(unkept.Count, "action")} of {Number(plan.Actions.Count)} planned{(unkept.Count > 0 ? $", such as: {Shown.Start(unkept[0].What, MostOfAnAction)}" : "")}.", "Promised, and did not move:"));
        }
    }

    private void Few(string lead, IReadOnlyList<Question> questions)
    {
        if (questions.Count == 0) return;
        var named = questions.Take(ForABoard).ToList();
        while (named.Count > 1 && named.Sum(q => q.Text.Length + 1) > MostOfQuestions) named.RemoveAt(named.Count - 1);
        Add(new Block.Paragraph($"{string.Join(" ", named.Select(q => q.Text))}{(questions.Count > named.Count ? $" And {Number(questions.Count - named.Count)} more." : "")}", $"{lead} ({Number(questions.Count)}):"));
    }

    private void Full()
    {
        if (choice.Has(Areas)) AreaByArea();
        if (choice.Has(Movement) && span is not null) Moved(span);
        if (choice.Has(Promises) && plan is { Actions.Count: > 0 }) Promised(plan);
        if (choice.Has(EveryQuestion)) Every();
    }

    private void AreaByArea()
    {
        Add(new Block.Heading(1, $"{view.WhoInWords}, area by area"));
        if (view.IsPartnership) Add(new Block.Paragraph("At each question the lowest level of any partner counts."));
        if (view.Points.Count == 1) Add(new Block.Paragraph("So far there is one round. The next one shows what has moved."));
        var (from, to) = span is { } between ? (between.From, between.To) : (null, view.Points[^1]);
        IReadOnlyList<TrendPoint> ends = from is null ? [to] : [from, to];
        Add(new Block.Bars(
            from is null ? "Score of each area, from 0 to 100" : $"Score of each area, from 0 to 100, in {InSentence(from)} and in {InSentence(to)}",
            string.Join(" ", view.Areas.Select(a => $"{a.Name}: {Shown.List([.. ends.Select(e => $"{(ScoreOf(e, a) is { } score ? Shown.Score(score) : "no score")} in {InSentence(e)}")])}.")),
            [.. view.Areas.Select(a => a.Name)], [.. ends.Select(e => (e.Name, (IReadOnlyList<double?>)[.. view.Areas.Select(a => ScoreOf(e, a))]))]));
        Add(new Block.Tabular(ScoresInWords()));
        for (var i = 0; view.IsPartnership && i + 1 < view.Points.Count; i++)
        {
            if (view.Others(i) is { } others) Add(new Block.Paragraph($"{view.Points[i + 1].Name} is {others}: part of what moved comes of that."));
        }
        if (Enumerable.Range(0, view.Points.Count - 1).Any(i => view.Areas.Any(a => view.IsBroken(i, a.Key)))) Add(new Block.Paragraph("Questions changed between some of these rounds: there, scores do not compare as they stand. “Like for like” counts only questions that were the same."));
    }

    private ReportTable ScoresInWords() => new(
        "Scores", "Score of each area in each round, with the change like for like from the round before", [("Area", 26), .. view.Points.Select(p => ($"{p.Name}, {When(p)}{(p.Round.IsRevealed || view.Open.Of == TrendOf.OneInConfidence ? "" : ", only yours")}", 18.0))],
        [.. view.Areas.Select(a => (IReadOnlyList<ReportCell>)[a.Name, .. view.Points.Select((p, i) => (ReportCell)InWords(a, p, i == 0 ? null : view.Steps[i - 1]))])]);

    private static string InWords(Area area, TrendPoint point, Trend? step)
    {
        var score = !point.Areas.TryGetValue(area.Key, out var there) || there.Score.Value is null ? "–" : there.Score.IsTooEarly() ? "Too early to say" : Shown.Score(there.Score.Value.Value);
        return step?.Areas.FirstOrDefault(a => a.Area.Key == area.Key) is { Change: { } change } like ? $"{score} ({TrendSpan.WithSign(change)} over {Shown.Count(like.Matched, "question")})" : score;
    }

    private void Moved(TrendSpan between)
    {
        Add(new Block.Heading(1, $"From {InSentence(between.From)} to {InSentence(between.To)}"));
        if (between.Trend is not { } trend)
        {
            Add(new Block.Paragraph($"{view.WhoInWords} shows area scores, and not questions, in at least one of these rounds: what moved behind them is withheld."));
            return;
        }
        Add(new Block.Paragraph(between.InWords()));
        Named("Show-stoppers cleared", trend.GatesCleared);
        Named("Show-stoppers that are new", trend.GatesBroken);
        if (between.Beside().ToList() is { Count: > 0 } beside)
        {
            Add(new Block.Heading(2, "Each partner for itself, like for like"));
            var areas = trend.Later.Instrument.Areas.Where(a => a.Questions.Any(q => q.IsAskedAt(trend.Later.Stage))).ToList();
            Add(new Block.Tabular(new(
                "Partners", "How far each partner moved in each area, like for like", [("Partner", 24), .. areas.Select(a => (a.Name, 14.0))],
                [.. beside.Select(b => (IReadOnlyList<ReportCell>)[b.Partner, .. areas.Select(a => (ReportCell)(b.Trend.Areas.First(x => x.Area.Key == a.Key).Change is { } change ? TrendSpan.WithSign(change) : "–"))])])));
        }
        Steps(between, trend, "What fell", between.Moved(-1));
        Steps(between, trend, "What rose", between.Moved(1));
        if (between.Moved(1).Count + between.Moved(-1).Count == 0) Add(new Block.Paragraph("Nothing moved."));
    }

    private void Named(string heading, IReadOnlyList<Question> questions)
    {
        if (questions.Count == 0) return;
        Add(new Block.Heading(2, $"{heading} ({Number(questions.Count)})"));
        Add(new Block.Bullets([.. questions.Select(q => q.Text)]));
    }

    private void Steps(TrendSpan between, Trend trend, string heading, IReadOnlyList<QuestionTrend> questions)
    {
        if (questions.Count == 0) return;
        Add(new Block.Heading(2, $"{heading} ({Number(questions.Count)})"));
        foreach (var moved in questions)
        {
            var question = moved.Question;
            Add(new Block.Heading(3, question.Text));
            Add(new Block.Paragraph($"{ReportWords.Where(trend.Later.Instrument, question)}. From level {Number(moved.From)} to level {Number(moved.To)}: {question.Levels[moved.To - 1]}"));
            if (view.IsPartnership)
            {
                Add(new Block.Paragraph(between.Steps(question).ToList() is { Count: > 0 } steps ? $"{string.Join("; ", steps)}." : "No partner’s level moved: who is counted did."));
                continue;
            }
            if (between.From.Notes.GetValueOrDefault(question.Key)?.Note is { } then) Add(new Block.Typed("Then", then));
            if (between.To.Notes.GetValueOrDefault(question.Key)?.Note is { } now) Add(new Block.Typed("Now", now));
        }
    }

    private void Promised(SeenPlan planned)
    {
        var unkept = planned.Unkept.ToList();
        Add(new Block.Heading(1, $"What was promised, and did not move ({Number(unkept.Count)})"));
        if (unkept.Count == 0) Add(new Block.Paragraph($"Of {Shown.Count(planned.Actions.Count, "action")} in the plan, none is known to have changed nothing."));
        else Add(new Block.Bullets([.. unkept.Select(a => $"{a.What} {PlanWords.Judged(planned, a)}")]));
    }

    /// <summary>Of an organisation, what it answered and wrote in each round; of a partnership, what it came to.</summary>
    private void Every()
    {
        Add(new Block.Heading(1, "Question by question"));
        var questions = AllQuestions();
        if (questions.Count == 0) Add(new Block.Paragraph($"{view.WhoInWords} shows no questions here."));
        foreach (var question in questions)
        {
            Add(new Block.Heading(2, question.Text));
            foreach (var point in view.Points)
            {
                if (point.Result?.Find(question.Key) is not { } answered) continue;
                var isOther = answered.Question.Revision != question.Revision;
                Add(new Block.Paragraph(
                    $"{ReportWords.Of(point.Result.Instrument, answered.Answer.Choice)}{(answered.Level is { } level ? $": {answered.Question.Levels[level - 1]}" : ".")}{(answered.Answer.Stance is { } stance ? $" {ReportWords.Of(stance)}." : "")}{(isOther ? " The question meant something else then." : "")}", $"{point.Name}:"));
                if (point.Notes.GetValueOrDefault(question.Key) is not { } said) continue;
                if (said.Note is { } note) Add(new Block.Typed($"Note, {InSentence(point)}", note));
                if (said.Evidence is { } evidence) Add(new Block.Typed($"Evidence, {InSentence(point)}", evidence));
            }
        }
    }

    /// <summary>What was asked in any round that shows it, as it was asked last, in that order; what is asked no more stands last.</summary>
    private IReadOnlyList<Question> AllQuestions() => [.. view.Points.Reverse().Select(p => p.Result).OfType<AssessmentResult>().SelectMany(r => r.Questions).Select(q => q.Question).DistinctBy(q => q.Key)];

    /// <summary>Whoever it is, and of a partnership, each partner for itself.</summary>
    private IEnumerable<(string Who, IReadOnlyList<TrendPoint?> Points)> Everybody() => view.Beside.Prepend((view.WhoInWords, [.. view.Points]));

    private ReportTable AreasTable() => new(
        "Areas", "Scores of areas, round by round, with the change like for like from the round before",
        [("Who", 34), ("Round", 12), ("Opened", 12), ("Area", 30), .. ReportWords.Scores, ("Change like for like", 12), ("Questions compared", 12)],
        [.. Everybody().SelectMany(e => e.Points.Select((p, i) => (Point: p, Before: i == 0 ? null : e.Points[i - 1])).Where(p => p.Point is not null).SelectMany(p =>
        {
            var step = p.Before?.Result is { } earlier && p.Point!.Result is { } later ? Trend.Of(earlier, later) : null;
            return view.Areas.Where(a => p.Point!.Areas.ContainsKey(a.Key)).Select(a => (IReadOnlyList<ReportCell>)
            [
                e.Who, p.Point!.Round.Name, Day(p.Point), a.Name, .. ReportWords.Cells(p.Point.Areas[a.Key]),
                ReportCell.Score(step?.Areas.FirstOrDefault(x => x.Area.Key == a.Key)?.Change), step?.Areas.FirstOrDefault(x => x.Area.Key == a.Key)?.Matched,
            ]);
        }))]);

    private ReportTable MovesTable() => new(
        "Moves", "What moved from each round to the next, question by question, where it was the same and answered both times",
        [("Who", 34), ("From round", 12), ("To round", 12), ("Question", 70), ("Area", 24), ("Key", 40), ("From", 10), ("To", 10), ("Change", 10)],
        [.. AllTrends().SelectMany(t => t.Trend.Questions.Select(q => (IReadOnlyList<ReportCell>)
            [t.Who, t.From.Round.Name, t.To.Round.Name, q.Question.Text, ReportWords.AreaOf(t.Trend.Later.Instrument, q.Question), q.Question.Key, q.From, q.To, q.Change]))]);

    private ReportTable QuestionsTable()
    {
        var rows = new List<IReadOnlyList<ReportCell>>();
        foreach (var (who, points) in Everybody())
        {
            foreach (var point in points.OfType<TrendPoint>())
            {
                if (point.Result is not { } result)
                {
                    rows.Add([who, point.Round.Name, Day(point), ReportWords.Withheld, "", "", "", "", "", "", ""]);
                    continue;
                }
                // Of a floor there are levels, and nobody's words.
                var release = new Release { Organisation = who, Depth = point.Round.Releases.FirstOrDefault(r => r.Organisation == who)?.Depth ?? Depth.Everything, Result = result, Notes = point.Notes };
                rows.AddRange(result.Questions.Select(q => (IReadOnlyList<ReportCell>)[who, point.Round.Name, Day(point), q.Question.Text, ReportWords.AreaOf(result.Instrument, q.Question), q.Question.Key, .. ReportWords.Shows(release, q.Question)]));
            }
        }
        return new("Questions", "The answer to each question in each round, as far as it is shown", [("Who", 34), ("Round", 12), ("Opened", 12), ("Question", 70), ("Area", 24), ("Key", 40), .. ReportWords.Answers], rows);
    }

    private static ReportTable PromisesTable(SeenPlan planned) => new(
        "Promises", "Each action of the plan, and whether the answer that it began with moved", [("What", 60), ("State", 12), ("Due", 12), ("Question", 40), ("Did the answer move?", 60)],
        [.. planned.Actions.Select(a => (IReadOnlyList<ReportCell>)[a.What, a.State.Name(), ReportCell.Day(a.Due), a.Question, PlanWords.Judged(planned, a)])]);

    private IEnumerable<(string Who, TrendPoint From, TrendPoint To, Trend Trend)> AllTrends()
    {
        foreach (var (who, points) in Everybody())
        {
            foreach (var (from, to) in points.Zip(points.Skip(1)))
            {
                if (from?.Result is { } earlier && to?.Result is { } later) yield return (who, from, to, Trend.Of(earlier, later));
            }
        }
    }

    private void WriteData(Stream to)
    {
        var who = view.IsPartnership ? [.. view.Beside.Select(b => b.Partner)] : new HashSet<string>(StringComparer.Ordinal) { view.Who };
        ResultsJson.Write(
            to, view.Open.Rounds.SelectMany(r => r.Releases.Where(x => who.Contains(x.Organisation)).Select(x => new ReleasedPart(r.Name, r.Instrument, r.Stage, x))),
            AllTrends().OrderBy(t => t.Who, StringComparer.Ordinal).ThenBy(t => t.From.Round.Name, StringComparer.Ordinal).Select(t => (t.Who, t.Trend)));
    }

    private static double? ScoreOf(TrendPoint point, Area area) => point.Areas.GetValueOrDefault(area.Key) is { } score && !score.Score.IsTooEarly() ? score.Score.Value : null;

    /// <summary>When a round was opened; in answer files that is not said, and their rounds have names.</summary>
    private static string When(TrendPoint point) => point.Round.OpenedAt == default ? point.Round.Name : point.Round.OpenedAt.Month();

    private static ReportCell Day(TrendPoint point) => point.Round.OpenedAt == default ? "" : ReportCell.Day(DateOnly.FromDateTime(point.Round.OpenedAt.UtcDateTime));

    private static string NameOf(Data.Programmes.RoundInTime round) => round.IsJoining ? "asking to join" : $"round {Number(round.Number)}";

    private static string InSentence(TrendPoint point) => point.Name.ToLowerInvariant();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Add(Block block) => blocks.Add(block);
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Rasp.Data.Plans;
using Rasp.Pages.Assessments;
using Rasp.Plans;
using Rasp.Readiness;
using Rasp.Readiness.Plans;

namespace Rasp.Reports;

/// <summary>A report of a plan, made from what the lens let through to whoever asks for it, and from nothing else.</summary>
internal sealed class PlanReport
{
    public const string InShort = "in-short";
    public const string Promises = "promises";
    public const string Milestones = "milestones";
    public const string Actions = "actions";

    public static readonly IReadOnlyList<ReportSection> Sections =
    [
        new(InShort, "In short", IsForBoard: true), new(Promises, "What was promised, and did not move", IsForBoard: true), new(Milestones, "Milestones", IsForBoard: true), new(Actions, "Actions, with notes", IsForBoard: true),
    ];

    /// <summary>So many actions of a kind stand on a board's page.</summary>
    private const int ForABoard = 6;

    /// <summary>What a cell of a board's table says at most.</summary>
    private const int BoardCell = 120;

    private readonly SeenPlan plan;
    private readonly ILookup<Guid, SeenNote> notes;
    private readonly Dictionary<Guid, string> milestones;
    private readonly ReportChoice choice;
    private readonly DateTimeOffset madeAt;
    private readonly List<Block> blocks = [];

    private PlanReport(SeenPlan plan, IReadOnlyList<SeenNote> notes, ReportChoice choice, DateTimeOffset madeAt)
    {
        (this.plan, this.choice, this.madeAt) = (plan, choice, madeAt);
        (this.notes, milestones) = (notes.ToLookup(n => n.Action), plan.Milestones.ToDictionary(m => m.Id, m => m.Name));
    }

    public static Report Of(SeenPlan plan, IReadOnlyList<SeenNote> notes, ReportChoice choice, DateTimeOffset madeAt) => new PlanReport(plan, notes, choice, madeAt).Write();

    private Report Write()
    {
        var facts = Facts();
        IReadOnlyList<string> reading =
        [
            "An action is done when whoever takes it on says so. Whether it helped, the next round shows: its answer moved, or it did not.",
            plan.IsJoint ? "What moved is judged by the lowest level of all whose answers all partners may see. Where somebody withdraws those, nothing is said." : "What moved is judged by our own answers.",
            "An action is overdue from the day after it was due, unless it is done or dropped.",
        ];
        if (choice.IsBoard) Board();
        else Full();
        var title = plan.IsJoint ? $"Joint plan of {plan.Title}" : plan.Programme is null ? $"Plan of {plan.Title}" : $"Plan of {plan.Organisation} in {plan.Title}";
        var actions = ActionsTable();
        return new()
        {
            Title = title,
            Subtitle = choice.IsBoard ? "Summary for a board" : "Report of a plan",
            Kind = choice.Kind,
            Facts = facts,
            Blocks = choice.IsBoard ? ReportWords.InBrief(blocks) : blocks,
            ContentsDepth = 1,
            Reading = choice.IsBoard ? [reading[0], reading[^1]] : reading,
            Sheets = [ReportWords.About(title, facts, reading), .. choice.Pick((Actions, () => actions), (Actions, NotesTable), (Milestones, MilestonesTable))],
            Flat = actions,
            WriteData = WriteData,
            Instrument = plan.Instrument,
            MadeAt = madeAt,
        };
    }

    private List<(string Name, string Value)> Facts()
    {
        var facts = new List<(string, string)>
        {
            ("Whose", plan.IsJoint ? $"The partners’: {(plan.Partners.Count > 0 ? Shown.List([.. plan.Partners.Select(p => p.Name)]) : "nobody can take actions on at present")}" : plan.Organisation ?? plan.Title),
            ("Questions", $"{plan.Instrument.Title}, version {plan.Instrument.Version}"),
            ("Actions", $"{Number(plan.Actions.Count)}: {Shown.List([.. PlanWords.States.Select(s => $"{Number(plan.Actions.Count(a => a.State == s))} {s.Name().ToLowerInvariant()}")])}; {Number(plan.Actions.Count(a => a.IsOverdue))} overdue"),
        };
        var judged = plan.Actions.Where(a => a.JudgedBy is not null).Select(a => a.JudgedBy!).Distinct(StringComparer.Ordinal).ToList();
        facts.Add(("Judged by", judged.Count > 0 ? Shown.List(judged) : "Nothing yet: no later answers"));
        if (plan.IsJoint)
        {
            var silent = plan.Actions.Count(a => a is { Question: not null, Judgement: null });
            facts.Add(("Withheld", silent > 0 ? $"Whether the answer moved, for {Shown.Count(silent, "action")}: what that rests on is not shown to all." : "Nothing that this rests on. It holds only what all partners may see of each other."));
        }
        facts.Add(("As of", plan.Today.InWords()));
        facts.Add(("Made", madeAt.InWords()));
        return facts;
    }

    private void Board()
    {
        if (choice.Has(InShort)) Brief();
        if (choice.Has(Promises) && plan.Unkept.ToList() is { Count: > 0 } unkept)
        {
            Add(new Block.Heading(1, $"Promised, and did not move ({Number(unkept.Count)})"));
            Add(new Block.Bullets([.. unkept.Take(ForABoard / 2).Select(a => $"{Start(a.What)} {PlanWords.Judged(plan, a)}")]));
        }
        if (choice.Has(Milestones) && plan.Milestones.Where(m => !m.IsDone).ToList() is { Count: > 0 } next)
        {
            Add(new Block.Paragraph($"{string.Join("; ", next.Take(ForABoard / 2).Select(m => $"{m.On.InWords()}: {Start(m.Name)}"))}{(next.Count > ForABoard / 2 ? $"; and {Number(next.Count - (ForABoard / 2))} more" : "")}.", "Next milestones:"));
        }
        if (!choice.Has(Actions)) return;
        var open = plan.Actions.Where(a => a.IsOpen).ToList();
        if (open.Count == 0) return;
        Add(new Block.Heading(1, $"What is due first ({Number(Math.Min(ForABoard, open.Count))} of {Number(open.Count)} open)"));
        Add(new Block.Tabular(new(
            "Actions", "What is due first, overdue actions before others", [("What", 46), ("Due", 18), .. plan.IsJoint ? new[] { ("Taken on by", 24.0) } : [], ("Who", 16)],
            [.. open.Take(ForABoard).Select(a => (IReadOnlyList<ReportCell>)[Start(a.What), Due(a), .. plan.IsJoint ? [(ReportCell)Start(PlanWords.Owners(a))] : Array.Empty<ReportCell>(), Start(a.Person ?? "")])])));
    }

    private void Brief()
    {
        Add(new Block.Paragraph(plan.Actions.Count == 0 ? "Nothing is planned yet."
            : $"{Shown.Count(plan.Actions.Count, "action")}, of which {Number(plan.Actions.Count(a => a.State == ActionState.Done))} done and {Number(plan.Actions.Count(a => a.IsOpen))} open; {Number(plan.Actions.Count(a => a.IsOverdue))} overdue."));
        var moved = plan.Actions.Where(a => a.Judgement is not null).GroupBy(a => a.Judgement!.Movement).ToDictionary(g => g.Key, g => g.Count());
        if (moved.Count > 0)
        {
            Add(new Block.Paragraph($"The answer that they began with moved for {Number(moved.GetValueOrDefault(Movement.Moved))}, did not move for {Number(moved.GetValueOrDefault(Movement.DidNotMove))}, and fell for {Number(moved.GetValueOrDefault(Movement.Fell))}."));
        }
    }

    private void Full()
    {
        if (choice.Has(InShort))
        {
            Add(new Block.Heading(1, "In short"));
            Brief();
        }
        if (choice.Has(Promises) && plan.Unkept.ToList() is var unkept)
        {
            Add(new Block.Heading(1, $"Promised, and did not move ({Number(unkept.Count)})"));
            if (unkept.Count == 0) Add(new Block.Paragraph("None is known to have changed nothing."));
            else Add(new Block.Bullets([.. unkept.Select(a => $"{Excerpt.Of(a.What).Text} {PlanWords.Judged(plan, a)}")]));
        }
        if (choice.Has(Milestones))
        {
            Add(new Block.Heading(1, $"Milestones ({Number(plan.Milestones.Count)})"));
            if (plan.Milestones.Count == 0) Add(new Block.Paragraph("None."));
            else Add(new Block.Tabular(new("Milestones", "What is to be reached, by day", [("Milestone", 60), ("On", 20), ("Reached", 12)], [.. plan.Milestones.Select(m => (IReadOnlyList<ReportCell>)[m.Name, ReportCell.Day(m.On), m.IsDone ? "Reached" : "Not yet"])])));
        }
        if (!choice.Has(Actions)) return;
        foreach (var (state, actions) in PlanWords.States.Select(s => (s, plan.Actions.Where(a => a.State == s).ToList())).Where(s => s.Item2.Count > 0))
        {
            Add(new Block.Heading(1, $"{state.Name()} ({Number(actions.Count)})"));
            foreach (var action in actions) Action(action);
        }
    }

    private void Action(SeenAction action)
    {
        var title = Excerpt.Of(action.What).Text;
        Add(new Block.Heading(2, title));
        if (title != action.What) Add(new Block.Typed("In full", action.What));
        if (action.Why is { } why) Add(new Block.Typed("Why", why));
        Add(new Block.Paragraph($"{Due(action)}.", "Due:"));
        if (PlanWords.Owners(action) is { Length: > 0 } owners) Add(new Block.Paragraph($"{owners}.", "Taken on by:"));
        if (action.Person is { } person) Add(new Block.Paragraph(person, "Who:"));
        if (Milestone(action) is { } milestone) Add(new Block.Paragraph(milestone, "For the milestone:"));
        if (PlanWords.Judged(plan, action) is { } judged) Add(new Block.Paragraph(judged, "Did the answer move?"));
        foreach (var note in notes[action.Id]) Add(new Block.Typed(note.By is { } by ? $"{note.At.InWords()}, {by}" : note.At.InWords(), note.Text));
    }

    private static string Due(SeenAction action) => action.Due is not { } due ? "No date" : action.IsOverdue ? $"{due.InWords()}, overdue" : due.InWords();

    private string? Milestone(SeenAction action) => action.Milestone is { } milestone ? milestones.GetValueOrDefault(milestone) : null;

    private ReportTable ActionsTable() => new(
        "Actions", "Each action with its notes",
        [
            ("What", 50), ("Why", 50), ("State", 12), ("Due", 12), ("Overdue", 10), .. plan.IsJoint ? new[] { ("Taken on by", 30.0) } : [], ("Person", 24), ("Milestone", 30), ("Area", 24), ("Question", 30), ("Found in", 16),
            ("Did the answer move?", 40), ("Notes", 60), ("Added", 12),
        ],
        [.. plan.Actions.Select(a => (IReadOnlyList<ReportCell>)
        [
            a.What, a.Why, a.State.Name(), ReportCell.Day(a.Due), a.IsOverdue ? "Overdue" : "", .. plan.IsJoint ? [(ReportCell)PlanWords.Owners(a)] : Array.Empty<ReportCell>(), a.Person, Milestone(a),
            plan.Instrument.Areas.FirstOrDefault(x => x.Key == a.Area)?.Name, a.Question, a.FoundIn, PlanWords.Judged(plan, a),
            string.Join("\n", notes[a.Id].Select(n => $"{Day(n.At)}{(n.By is null ? "" : $" {n.By}")}: {n.Text}")), ReportCell.Day(DateOnly.FromDateTime(a.AddedAt.UtcDateTime)),
        ])]);

    /// <summary>Each for itself: together they can be more than a cell of Excel holds.</summary>
    private ReportTable NotesTable() => new(
        "Notes", "Each note beside an action, the oldest first", [("Action", 50), ("On", 12), ("By", 30), ("Note", 80)],
        [.. plan.Actions.SelectMany(a => notes[a.Id].Select(n => (IReadOnlyList<ReportCell>)[a.What, ReportCell.Day(DateOnly.FromDateTime(n.At.UtcDateTime)), n.By, n.Text]))]);

    private ReportTable MilestonesTable() => new(
        "Milestones", "What is to be reached, by day", [("Milestone", 50), ("On", 12), ("Done", 10)],
        [.. plan.Milestones.Select(m => (IReadOnlyList<ReportCell>)[m.Name, ReportCell.Day(m.On), m.IsDone ? "Done" : ""])]);

    /// <summary>As docs/files.md says.</summary>
    private void WriteData(Stream to)
    {
        using var json = new Utf8JsonWriter(to, new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        json.WriteStartObject();
        json.WriteString("title", plan.Title);
        json.WriteString("organisation", plan.Organisation);
        json.WriteBoolean("joint", plan.IsJoint);
        json.WriteString("asOf", Day(plan.Today));
        json.WriteStartArray("milestones");
        foreach (var milestone in plan.Milestones)
        {
            json.WriteStartObject();
            json.WriteString("name", milestone.Name);
            json.WriteString("on", Day(milestone.On));
            json.WriteBoolean("done", milestone.IsDone);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("actions");
        foreach (var action in plan.Actions) Write(json, action);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, SeenAction action)
    {
        json.WriteStartObject();
        json.WriteString("what", action.What);
        json.WriteString("why", action.Why);
        json.WriteString("state", action.State.Word());
        json.WriteString("due", action.Due is { } due ? Day(due) : null);
        json.WriteBoolean("overdue", action.IsOverdue);
        if (plan.IsJoint)
        {
            json.WriteStartArray("owners");
            foreach (var owner in action.Owners) json.WriteStringValue(owner.Name);
            json.WriteEndArray();
        }
        json.WriteString("person", action.Person);
        json.WriteString("milestone", Milestone(action));
        json.WriteString("area", action.Area);
        json.WriteString("question", action.Question);
        json.WriteString("foundIn", action.FoundIn);
        if (action.Judgement is { } judgement)
        {
            json.WriteStartObject("judgement");
            Level("from", judgement.From);
            Level("to", judgement.To);
            json.WriteString("movement", judgement.Movement.Word());
            json.WriteString("by", action.JudgedBy);
            json.WriteEndObject();
        }
        json.WriteStartArray("notes");
        foreach (var note in notes[action.Id])
        {
            json.WriteStartObject();
            json.WriteString("at", Time(note.At));
            json.WriteString("by", note.By);
            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("addedAt", Time(action.AddedAt));
        json.WriteString("changedAt", Time(action.ChangedAt));
        json.WriteEndObject();

        void Level(string name, int? level)
        {
            if (level is { } known) json.WriteNumber(name, known);
            else json.WriteNull(name);
        }
    }

    private static string Start(string text) => Shown.Start(Excerpt.Of(text).Text, BoardCell)!;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private void Add(Block block) => blocks.Add(block);
}

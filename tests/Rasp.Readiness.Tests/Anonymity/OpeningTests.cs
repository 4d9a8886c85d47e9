using CsCheck;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;

namespace Rasp.Readiness.Tests.Anonymity;

/// <summary>That nothing which is ever opened of anonymous answers tells what fewer than five people said, whatever happens between two openings.</summary>
public sealed class OpeningTests
{
    private static readonly Choice[] Choices = [Choice.DontKnow, Choice.NotApplicable, .. Enumerable.Range(1, 5).Select(Choice.OfLevel)];

    /// <summary>People answer, change, are moved to another side, erased and entered from paper, in any order, with openings between.</summary>
    private static readonly Gen<List<Moment>> Histories = new Drawn<List<Moment>>(draw =>
    {
        var people = new Dictionary<string, CountedAnswer>(StringComparer.Ordinal);
        var opened = new List<OpenedView>();
        var moments = new List<Moment>();
        var next = 0;
        for (var steps = draw.Int(1, 6); steps > 0; steps--)
        {
            for (var changes = draw.Of(3, 6, 9, 20); changes > 0; changes--)
            {
                var what = draw.Int(0, 9);
                if (what < 5 || people.Count == 0) Answer($"p{next++:000}", isKnown: draw.Chance(10), isLeadership: draw.Chance(45));
                else if (draw.Of<string>([.. people.Keys]) is var id && what < 7) Answer(id, people[id].IsKnown, people[id].IsLeadership);
                else if (what == 7) people[id] = people[id] with { IsLeadership = !people[id].IsLeadership };
                else Erase(id);
            }
            if (Opening.Next(opened, [.. people.Values]) is not { } view) continue;
            opened.Add(view);
            moments.Add(new(view, view.Answers.ToList()));
        }
        return moments;

        void Answer(string id, bool isKnown, bool isLeadership) =>
            people[id] = new(id, isKnown, isLeadership, draw.Of<Choice>(Choices), draw.Chance(20) ? Stance.Fixed : null, draw.Chance(20));

        // What was counted stays counted, and is nobody's any more.
        void Erase(string id)
        {
            people.Remove(id);
            for (var i = 0; i < opened.Count; i++) opened[i] = opened[i] with { Answers = [.. opened[i].Answers.Select(a => a.Respondent == id ? a with { Respondent = null } : a)] };
        }
    });

    [Fact]
    public void However_views_are_added_and_taken_from_each_other_nobody_is_left_or_five_are() => Histories.Sample(
        history =>
        {
            // Each cell that is shown, as the list of who said what in it; what was entered from paper is known anyway.
            var cells = history.SelectMany(m => m.View.IsBySide ? new[] { m.Of(true), m.Of(false) } : [m.Of(null)]).ToList();
            foreach (var factors in Combinations(cells.Count))
            {
                var left = new Dictionary<(string, Choice, Stance?, bool), int>();
                for (var i = 0; i < cells.Count; i++)
                {
                    foreach (var a in cells[i]) left[(a.Respondent!, a.Choice, a.Stance, a.HasEvidence)] = left.GetValueOrDefault((a.Respondent!, a.Choice, a.Stance, a.HasEvidence)) + factors[i];
                }
                var people = left.Where(l => l.Value != 0).Select(l => l.Key.Item1).Distinct().Count();
                Assert.True(people is 0 or >= Opening.Fewest, $"{people} people are left of {string.Join(", ", factors)}");
            }
        },
        iter: 3000, print: h => string.Join("\n", h.Select(m => $"{m.View.IsBySide}: {string.Join("; ", m.Said)}")));

    [Fact]
    public void Sides_are_shown_of_each_view_or_of_none_and_nobody_is_ever_counted_on_another_side() => Histories.Sample(history =>
    {
        Assert.True(history.Select(m => m.View.IsBySide).Distinct().Count() <= 1);
        var sides = history.SelectMany(m => m.Said).GroupBy(a => a.Respondent).Select(p => p.Select(a => a.IsLeadership).Distinct().Count());
        Assert.All(sides, s => Assert.Equal(1, s));
    });

    [Fact]
    public void Histories_open_once_and_twice_with_sides_and_without()
    {
        var seen = new HashSet<(int, bool)>();
        Histories.Sample(h => { lock (seen) seen.Add((h.Count, h.Count > 0 && h[0].View.IsBySide)); }, iter: 3000);
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void Four_answers_show_nothing_and_five_show_all()
    {
        Assert.Null(Opening.Next([], Answers(3, 3, 4, 5)));
        var view = Opening.Next([], Answers(3, 3, 4, 5, 1))!;
        Assert.Equal([1, 3, 3, 4, 5], view.All.Levels);
        Assert.Null(view.Side(isLeadership: true));
    }

    [Fact]
    public void What_was_entered_from_paper_counts_and_hides_nobody()
    {
        List<CountedAnswer> four = [.. Answers(3, 3, 4, 5), new("paper", true, false, Choice.OfLevel(1), null, false)];
        Assert.Null(Opening.Next([], four));
        Assert.Equal([1, 2, 3, 3, 4, 5], Opening.Next([], [.. four, Of("e", 2)])!.All.Levels);
    }

    [Fact]
    public void Four_who_change_show_nothing_new_and_a_fifth_shows_it_once()
    {
        var first = Opening.Next([], Answers(3, 3, 3, 3, 3, 3))!;
        Assert.Null(Opening.Next([first], Answers(4, 4, 4, 4, 3, 3)));
        var second = Opening.Next([first], Answers(4, 4, 4, 4, 4, 3))!;
        Assert.Equal([3, 4, 4, 4, 4, 4], second.All.Levels);
        Assert.Null(Opening.Next([first, second], Answers(1, 1, 1, 1, 1, 1)));
    }

    [Fact]
    public void A_column_of_the_sheet_is_no_person()
    {
        var opened = new Dictionary<string, OpenedView> { ["a.t.q1"] = Opening.Next([], Answers(5, 1, 1, 1, 1))!, ["a.t.q2"] = Opening.Next([], Answers(5, 2, 2, 2, 2))! };
        var sheet = AnonymousSheet.Of("Powys", "2026-01", opened, new Dictionary<string, Answer>());
        Assert.Equal(["anonymous-01", "anonymous-02", "anonymous-03", "anonymous-04", "anonymous-05"], sheet.Respondents.Select(r => r.Name));
        Assert.Equal([1, 1, 1, 1, 5], sheet.Respondents.Select(r => r.Answers["a.t.q1"].Choice.Level!.Value));
        Assert.Equal([2, 2, 2, 2, 5], sheet.Respondents.Select(r => r.Answers["a.t.q2"].Choice.Level!.Value));
        Assert.All(sheet.Respondents, r => Assert.Null(r.Role));
    }

    private static List<CountedAnswer> Answers(params int[] levels) => [.. levels.Select((l, i) => Of($"{(char)('a' + i)}", l))];

    private static CountedAnswer Of(string respondent, int level) => new(respondent, false, false, Choice.OfLevel(level), null, false);

    private static IEnumerable<int[]> Combinations(int cells) =>
        Enumerable.Range(1, cells).Aggregate<int, IEnumerable<int[]>>([[]], (so, _) => so.SelectMany(s => Enumerable.Range(-2, 5).Select(f => (int[])[.. s, f])));

    /// <summary>What was shown at one time, with who was behind it: the test knows, those who look do not.</summary>
    private sealed record Moment(OpenedView View, List<CountedAnswer> Said)
    {
        public List<CountedAnswer> Of(bool? isLeadership) => [.. Said.Where(a => !a.IsKnown && (isLeadership is null || a.IsLeadership == isLeadership))];
    }
}

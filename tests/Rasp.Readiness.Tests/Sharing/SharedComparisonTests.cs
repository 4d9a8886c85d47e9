using CsCheck;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>Partners side by side, made from what each released and from nothing else (sharing.md 8).</summary>
public sealed class SharedComparisonTests
{
    [Fact]
    public void Of_mixed_depths_it_compares_those_who_show_questions_and_nobody_else() => ForEveryRound((given, depths) =>
    {
        var shared = Share(given, depths);
        var shown = given.Where((_, i) => depths[i] >= Depth.Questions).Select(g => g.Result).ToList();
        Assert.Equal(shown.Select(r => r.Organisation).Order(StringComparer.Ordinal), shared.RestsOn);
        Assert.Equal(given.Select(g => g.Result.Organisation).Order(StringComparer.Ordinal), shared.Partners.Select(p => p.Organisation));
        Assert.Equal(given.Count, shared.RestsOn.Count + shared.Withheld.Count);
        Assert.All(given.Zip(depths), g => Assert.Equal(g.Second, shared.Partner(g.First.Result.Organisation)!.Depth));
        return Text(shared.Questions) == Text(shown.Count >= 2 ? Comparison.Of(shown) : null);
    });

    [Fact]
    public void Neither_an_order_nor_a_category_depends_on_what_is_withheld() => ForEveryRound((given, depths) =>
    {
        // Whoever shows less than questions might have answered anything else.
        var other = given.Select((g, i) => depths[i] >= Depth.Questions ? g : Again(g, Sheets.Map(g.Sheet, a => a with { Choice = Choice.OfLevel(1), Stance = Stance.Fixed }))).ToList();
        var (one, two) = (Share(given, depths), Share(other, depths));
        return Text(one.Questions) == Text(two.Questions) && one.RestsOn.SequenceEqual(two.RestsOn)
            && one.Partners.Where(p => p.Depth != Depth.Areas).Select(Sheets.Text).SequenceEqual(two.Partners.Where(p => p.Depth != Depth.Areas).Select(Sheets.Text));
    });

    [Fact]
    public void It_is_the_same_in_whatever_order_the_releases_come() => ForEveryRound((given, depths) =>
        Text(Share(given, depths).Questions) == Text(Share([.. given.Reverse()], [.. depths.Reverse()]).Questions));

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        var release = new Release { Organisation = "Powys", Depth = Depth.Nothing };
        Assert.Throws<ArgumentException>(() => SharedComparison.Of(Sheets.Instrument(Given.Instrument(Given.Q("q1"))), null, "2026-01", [release, release]));
    }

    private static (AssessmentResult Result, AnswerSheet Sheet) Again((AssessmentResult Result, AnswerSheet Sheet) given, AnswerSheet sheet) =>
        (Scorer.Score(given.Result.Instrument, given.Result.Stage, sheet), sheet);

    private static SharedComparison Share(IReadOnlyList<(AssessmentResult Result, AnswerSheet Sheet)> given, IReadOnlyList<Depth> depths)
    {
        var first = given[0].Result;
        return SharedComparison.Of(first.Instrument, first.Stage, first.Round, given.Select((g, i) => Release.Of(g.Result, g.Sheet, depths[i])));
    }

    private static void ForEveryRound(Func<IReadOnlyList<(AssessmentResult Result, AnswerSheet Sheet)>, IReadOnlyList<Depth>, bool> holds) =>
        Gen.Select(Generated.Cases, Gen.Int[0, 3].Array[5]).Sample((given, depths) => given.Rounds.Keys.All(round =>
        {
            var answers = given.Answers.Where(a => a.Round == round).ToList();
            if (answers.Count == 0) return true;
            var results = Sheets.Of(Sheets.Instrument(given.Rounds[round].Instrument), given.Rounds[round].Stage, answers);
            return holds(results, [.. depths.Take(results.Count).Select(d => (Depth)d)]);
        }), iter: 100, print: g => $"{Core.Print(g.Item1)} {string.Join(' ', g.Item2)}");

    /// <summary>All that a comparison says, in its order.</summary>
    private static string Text(Comparison? comparison) => comparison is null ? "none" : string.Join('\n',
    [
        comparison.Round, .. comparison.Organisations, .. comparison.Floors.Select(f => $"{f.Area.Key} {f.Score}"),
        .. comparison.Questions.Select(q => $"{q.Question.Key} {q.Spread} {q.Category} {q.Priority} {string.Join('|', q.RedLines)} {string.Join('|', q.CouldLead)} "
            + string.Join('|', q.Answers.Select(a => $"{a.Organisation} {a.Result.Answer.Choice} {a.Result.Answer.Stance} {a.Result.Gate}"))),
    ]);
}

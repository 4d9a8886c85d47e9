using Rasp.Readiness.Scoring;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section7Trend
{
    [Fact]
    public void Change_is_over_the_matched_questions_with_the_later_weights_and_raw_change_over_all()
    {
        // Matched: q1 (2 to 4, later weight 3) and q2 (3 to 3, later weight 1). q3 is new, q4 is gone.
        var earlier = Instrument(Q("q1"), Q("q2", 9), Q("q4"));
        var later = Instrument(Q("q3"), Q("q2"), Q("q1", 3));
        var trend = Trend(earlier, ["p q1 2", "p q2 3", "p q4 5"], later, ["p q1 4", "p q2 3", "p q3 1"]);
        var area = Assert.Single(trend.Areas);
        Assert.Equal(2, area.Matched);
        Assert.Equal(((3 * 75) + 50 - (3 * 25) - 50) / 4.0, area.Change!.Value, 1e-12);
        Assert.Equal((((3 * 75) + 50 + 0) / 5.0) - ((25 + (9 * 50) + 100) / 11.0), area.RawChange!.Value, 1e-12);
        Assert.Equal([("a.t.q2", 3, 3, 0), ("a.t.q1", 2, 4, 2)], trend.Questions.Select(q => (q.Question.Key, q.From, q.To, q.Change)));
    }

    [Theory]
    [InlineData("p q1 2", "p q1 4", 1, 2)] // another revision
    [InlineData("p q1 dk", "p q1 4", 1, 1)]
    [InlineData("p q1 2", "p q1 dk", 1, 1)]
    [InlineData("p q1 2", "p q1 na", 1, 1)]
    [InlineData("p q1 2", "p q2 4", 1, 1)]
    public void A_question_is_matched_only_at_the_same_revision_and_rated_in_both(string before, string after, int earlierRevision, int laterRevision)
    {
        var (earlier, later) = (Instrument(Q("q1", revision: earlierRevision), Q("q2")), Instrument(Q("q1", revision: laterRevision), Q("q2")));
        var trend = Trend(earlier, [before], later, [after]);
        Assert.Empty(trend.Questions);
        Assert.Equal((0, null), (trend.Areas[0].Matched, trend.Areas[0].Change));
    }

    [Fact]
    public void Raw_change_is_given_where_nothing_is_matched_but_both_have_a_score() =>
        Assert.Equal(50, Trend(Instrument(Q("q1")), ["p q1 2"], Instrument(Q("q2")), ["p q2 4"]).Areas[0].RawChange);

    [Fact]
    public void Areas_are_those_of_the_later_instrument()
    {
        var trend = Trend(
            Areas(Area("a", 1, Q("q1")), Area("gone", 1, Q("q1"))), ["p a.t.q1 2"],
            Areas(Area("new", 1, Q("q1")), Area("a", 1, Q("q1"))), ["p a.t.q1 3", "p new.t.q1 3"]);
        Assert.Equal([("new", 0, null, null), ("a", 1, 25.0, 25.0)], trend.Areas.Select(a => (a.Area.Key, a.Matched, a.Change, a.RawChange)));
    }

    [Fact]
    public void Questions_out_of_scope_in_one_of_the_rounds_are_not_matched()
    {
        var instrument = Instrument(Q("q1", stages: "explore"), Q("q2"));
        var results = Results(new PlainCase(
            new Dictionary<string, PlainRound> { ["1"] = new(instrument, "explore"), ["2"] = new(instrument, "run") },
            [.. From("A", "1", "p q1 2", "p q2 2"), .. From("A", "2", "p q1 4", "p q2 3")]));
        Assert.Equal(["a.t.q2"], Assert.Single(results.Trends).Questions.Select(q => q.Question.Key));
    }

    [Fact]
    public void Gates_are_the_later_instruments_and_only_matched_questions_count()
    {
        var earlier = Instrument(Q("q1"), Q("q2", gate: 5), Q("q3", gate: 3), Q("q4", gate: 3), Q("q5", gate: 3));
        var later = Instrument(Q("q5", gate: 3), Q("q4", gate: 3), Q("q3", gate: 3), Q("q2"), Q("q1", gate: 4));
        var trend = Trend(
            earlier, ["p q1 3", "p q2 2", "p q3 3", "p q4 dk", "p q5 1"],
            later, ["p q1 4", "p q2 5", "p q3 2", "p q4 3", "p q5 3"]);
        Assert.Equal(["a.t.q5", "a.t.q1"], trend.GatesCleared.Select(q => q.Key));
        Assert.Equal(["a.t.q3"], trend.GatesBroken.Select(q => q.Key));
    }

    [Fact]
    public void Each_round_is_scored_by_its_own_number_of_levels()
    {
        var trend = Trend(Instrument(Q("q1")) with { Levels = 3 }, ["p q1 3"], Instrument(Q("q1")), ["p q1 3"]);
        Assert.Equal((0, -50.0), (trend.Questions[0].Change, trend.Areas[0].Change));
    }

    [Fact]
    public void Neighbouring_rounds_of_each_organisation_are_paired_in_ordinal_order()
    {
        var answers = From("b", "2026-07", "p q1 3").Concat(From("b", "2025-12", "p q1 2")).Concat(From("b", "2026-01", "p q1 1"))
            .Concat(From("B", "2026-07", "p q1 3")).Concat(From("B", "2025-12", "p q1 3")).Concat(From("c", "2026-01", "p q1 3"));
        Assert.Equal(
            ["B 2025-12 2026-07", "b 2025-12 2026-01", "b 2026-01 2026-07"],
            Results(Instrument(Q("q1")), answers).Trends.Select(t => $"{t.Later.Organisation} {t.Earlier.Round} {t.Later.Round}"));
    }

    private static Trend Trend(PlainInstrument earlier, string[] before, PlainInstrument later, string[] after) => Assert.Single(Results(new PlainCase(
        new Dictionary<string, PlainRound> { ["1"] = new(earlier), ["2"] = new(later) },
        [.. From("A", "1", before), .. From("A", "2", after)])).Trends);
}

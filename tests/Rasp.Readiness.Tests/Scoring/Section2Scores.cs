using Rasp.Readiness.Scoring;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section2Scores
{
    [Fact]
    public void An_area_weighs_its_rated_questions_and_counts_the_rest_as_0_and_100_in_its_interval()
    {
        // Rated: 25 at weight 1, 75 at weight 3. Not rated: dk at weight 2, unanswered at weight 4. q5 does not apply.
        var area = Result(Instrument(Q("q1"), Q("q2", 3), Q("q3", 2), Q("q4", 4), Q("q5", 100)), "p q1 2", "p q2 4", "p q3 dk", "p q5 na").Areas[0];
        AssertScore(area.Score, 62.5, 25, 85, 0.4);
    }

    [Fact]
    public void An_area_is_not_the_mean_of_its_themes()
    {
        var instrument = Areas(new PlainArea("a", 1, [new("t", [Q("q1")]), new("u", [Q("q1"), Q("q2")])]));
        var area = Result(instrument, "p a.t.q1 5", "p a.u.q1 1", "p a.u.q2 1").Areas[0];
        AssertScore(area.Score, 100 / 3.0, 100 / 3.0, 100 / 3.0, 1);
        AssertScore(area.Themes[0].Score, 100, 100, 100, 1);
        AssertScore(area.Themes[1].Score, 0, 0, 0, 1);
    }

    [Fact]
    public void A_score_is_null_where_nothing_is_rated_and_the_interval_where_nothing_applies()
    {
        var instrument = Areas(Area("a", 1, Q("q1")), Area("b", 1, Q("q1")), new PlainArea("c", 1, []), new PlainArea("d", 1, [new("t", [])]));
        var result = Result(instrument, "p a.t.q1 dk", "p b.t.q1 na");
        AssertScore(result.Areas[0].Score, null, 0, 100, 0);
        Assert.All(result.Areas.Skip(1), a => AssertScore(a.Score, null, null, null, null));
        AssertScore(result.Overall.Score, null, 0, 100, 0);
    }

    [Fact]
    public void Overall_weighs_areas_and_each_number_only_over_the_areas_that_have_it()
    {
        // a: 50 at weight 1. b: nothing known, at weight 3. c: nothing applies.
        var instrument = Areas(Area("a", 1, Q("q1")), Area("b", 3, Q("q1"), Q("q2")), Area("c", 5, Q("q1")));
        AssertScore(Result(instrument, "p a.t.q1 3", "p b.t.q1 dk", "p c.t.q1 na").Overall.Score, 50, 12.5, 87.5, 0.25);
    }

    [Fact]
    public void Levels_are_spread_evenly_between_0_and_100_whatever_their_number()
    {
        Assert.Equal(100, Result(Instrument(Q("q1")) with { Levels = 2 }, "p q1 2").Areas[0].Score.Value);
        Assert.Equal(100 / 9.0, Result(Instrument(Q("q1")) with { Levels = 10 }, "p q1 2").Areas[0].Score.Value!.Value, 1e-12);
    }

    [Fact]
    public void Questions_out_of_scope_count_nowhere()
    {
        var instrument = Areas(Area("a", 1, Q("q1", stages: "run"), Q("q2")), Area("b", 1, Q("q1", gate: 5, stages: "run")));
        var result = ResultAt(instrument, "explore", "p a.t.q1 1", "p a.t.q2 5", "p2 a.t.q1 5", "p b.t.q1 1");
        AssertScore(result.Overall.Score, 100, 100, 100, 1);
        AssertScore(result.Areas[1].Score, null, null, null, null);
        Assert.Null(result.Areas[1].CapReason);
        Assert.Null(result.Alpha);
        Assert.Equal(["claimed q2", "strength q2"], result.Findings());
    }

    private static void AssertScore(Score score, double? value, double? low, double? high, double? coverage)
    {
        foreach (var (expected, actual) in new[] { (value, score.Value), (low, score.Low), (high, score.High), (coverage, score.Coverage) })
        {
            Assert.Equal(expected.HasValue, actual.HasValue);
            if (expected is { } number) Assert.Equal(number, actual!.Value, 1e-9);
        }
    }
}

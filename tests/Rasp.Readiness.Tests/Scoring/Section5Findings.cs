using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section5Findings
{
    [Theory]
    [InlineData("show-stopper", "p q1 1")] // no weak point beside it
    [InlineData("show-stopper", "p q1 3")]
    [InlineData("claimed strength", "p q1 4")] // at its gate
    [InlineData("unknown-show-stopper", "p q1 dk")] // no blind spot beside it
    [InlineData("unknown-show-stopper", "p q2 3")]
    [InlineData("", "p q1 na")]
    [InlineData("unknown-show-stopper", "p q1 2", "agreed q1 dk")]
    [InlineData("show-stopper blind-spot", "p1 q1 2", "p2 q1 dk")]
    public void Of_a_question_with_gate_4(string expected, params string[] lines) => AssertFinds(expected, Q("q1", gate: 4), lines);

    [Theory]
    [InlineData("weak-point", "p q1 1")]
    [InlineData("weak-point", "p q1 2")]
    [InlineData("", "p q1 3")]
    [InlineData("claimed strength", "p q1 4")]
    [InlineData("strength", "p q1 4 - minutes")]
    [InlineData("strength", "p1 q1 5", "p2 q1 dk - minutes", "p3 q1 5", "p4 q1 5")] // anybody's evidence will do
    [InlineData("strength", "p q1 1", "agreed q1 5 - minutes")]
    [InlineData("strength", "p q1 1 - minutes", "agreed q1 5")]
    [InlineData("", "p q2 3")]
    public void By_level(string expected, params string[] lines) => AssertFinds(expected, Q("q1"), lines);

    [Theory]
    [InlineData("blind-spot", "p1 q1 dk")]
    [InlineData("blind-spot", "p1 q1 3", "p2 q1 3", "p3 q1 dk")] // a third
    [InlineData("", "p1 q1 3", "p2 q1 3", "p3 q1 3", "p4 q1 dk")] // a quarter
    [InlineData("", "p1 q1 3", "p2 q1 na", "p3 q1 na", "p4 q1 dk")] // not applicable is an answer
    [InlineData("blind-spot", "p1 q1 3", "p2 q1 na", "p3 q1 dk")]
    [InlineData("", "p1 q1 dk", "p2 q1 dk", "agreed q1 3")] // settled
    [InlineData("", "p1 q1 dk", "p2 q1 dk", "agreed q1 na")]
    [InlineData("blind-spot", "p1 q1 3", "agreed q1 dk")]
    public void A_blind_spot_is_a_dont_know_or_a_third_of_respondents_who_do_not_know(string expected, params string[] lines) =>
        AssertFinds(expected, Q("q1"), lines);

    [Theory]
    [InlineData("split", "p1 q1 1", "p2 q1 3", "p3 q1 5")] // 0.472
    [InlineData("", "p1 q1 2", "p2 q1 3", "p3 q1 4")] // 0.723
    [InlineData("weak-point", "p1 q1 1", "p2 q1 5")] // two respondents are no split
    [InlineData("weak-point", "p1 q1 1", "p2 q1 5", "p3 q1 na", "p4 q1 na")] // nor are two levels
    [InlineData("", "p1 q1 1", "p2 q1 3", "p3 q1 5", "agreed q1 3")]
    public void A_split_needs_three_levels_and_no_agreed_answer(string expected, params string[] lines) => AssertFinds(expected, Q("q1"), lines);

    [Theory]
    [InlineData(0.7233083338141042 + 0.9e-9, "")]
    [InlineData(0.7233083338141042 + 1.1e-9, "split")]
    public void A_consensus_reaches_its_threshold_from_1e_9_below(double threshold, string expected)
    {
        var instrument = Instrument(Q("q1"), Q("q2")) with { Thresholds = new(SplitBelowConsensus: threshold) };
        Assert.Equal(Expected(expected), Result(instrument, "p1 q1 2", "p2 q1 3", "p3 q1 4").Findings());
    }

    [Fact]
    public void A_strength_below_its_gate_is_claimed_but_no_strength() => AssertFinds("show-stopper claimed", Q("q1", gate: 5), "p q1 4");

    [Fact]
    public void A_threshold_above_the_highest_level_is_never_reached()
    {
        var instrument = Instrument(Q("q1")) with { Levels = 3, Thresholds = new() };
        Assert.Empty(Result(instrument, "p q1 3").Findings());
    }

    [Fact]
    public void Findings_are_listed_by_kind_then_in_the_order_of_the_instrument() => Assert.Equal(
        [
            "show-stopper q2", "show-stopper q4", "unknown-show-stopper q6", "weak-point q1", "weak-point q7", "blind-spot q3", "blind-spot q7",
            "split q7", "claimed q5", "strength q5",
        ],
        Result(
            Instrument(Q("q1"), Q("q2", gate: 5), Q("q3"), Q("q4", gate: 2), Q("q5"), Q("q6", gate: 1), Q("q7")),
            "p1 q7 1", "p2 q7 1", "p3 q7 5", "p4 q7 dk", "p5 q7 dk", "p q5 5", "p q4 1", "p q3 dk", "p q2 3", "p q1 2").Findings());

    private static void AssertFinds(string kinds, PlainQuestion question, params string[] lines) =>
        Assert.Equal(Expected(kinds), Result(Instrument(question, Q("q2")), lines).Findings());

    private static IEnumerable<string> Expected(string kinds) => kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => $"{k} q1");
}

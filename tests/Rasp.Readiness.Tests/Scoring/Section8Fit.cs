using Rasp.Readiness.Scoring;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section8Fit
{
    [Theory]
    [InlineData("1", FitKind.Below)]
    [InlineData("2", FitKind.Within)]
    [InlineData("3", FitKind.Within)]
    [InlineData("4", FitKind.Within)]
    [InlineData("5", FitKind.Above)]
    public void A_candidate_stands_below_within_or_above_the_members(string candidate, FitKind kind)
    {
        var question = Assert.Single(Fit(Instrument(Q("q1")), [$"p q1 {candidate}"], ["p q1 2"], ["p q1 4"]).Questions);
        Assert.Equal((2, 4, kind), (question.Floor, question.Ceiling, question.Kind));
    }

    [Fact]
    public void A_question_counts_where_the_candidate_and_at_least_one_member_have_a_level()
    {
        var fit = Fit(
            Instrument(Q("q1"), Q("q2"), Q("q3"), Q("q4")),
            ["p q1 3", "p q2 3", "p q3 dk", "p q4 3"],
            ["p q1 dk", "p q2 na", "p q3 4"],
            ["p q1 4", "p q4 dk"]);
        Assert.Equal([("a.t.q1", 4, 4)], fit.Questions.Select(q => (q.Question.Key, q.Floor, q.Ceiling)));
    }

    [Fact]
    public void The_floor_of_an_area_is_weighed_before_and_after()
    {
        // q1: floor 2, candidate 1, weight 3. q2: floor 4, candidate 5. q3: no member.
        var instrument = Areas(Area("a", 1, Q("q1", 3), Q("q2"), Q("q3")), Area("b", 1, Q("q1")));
        var fit = Fit(instrument, ["p q1 1", "p q2 5", "p q3 1"], ["p q1 2", "p q2 4"], ["p q1 4"]);
        Assert.Equal([("a", ((3 * 25) + 75) / 4.0, 75 / 4.0), ("b", null, null)], fit.Areas.Select(a => (a.Area.Key, a.FloorBefore, a.FloorAfter)));
    }

    [Fact]
    public void Unmet_gates_are_listed_over_all_questions_in_the_order_of_the_instrument_each_once()
    {
        // q1 is not rated by the candidate, q3 by no member: neither is compared, both gates are listed.
        var fit = Fit(
            Instrument(Q("q3", gate: 3), Q("q2", gate: 3), Q("q1", gate: 3)),
            ["p q3 1", "p q2 2", "p q1 dk"],
            ["p q1 2", "p q2 1"],
            ["p q1 1", "p q3 dk"]);
        Assert.Equal(["a.t.q3", "a.t.q2"], fit.CandidateGates.Select(q => q.Key));
        Assert.Equal(["a.t.q2", "a.t.q1"], fit.MemberGates.Select(q => q.Key));
    }

    [Fact]
    public void There_is_a_fit_for_each_round_that_the_candidate_and_a_member_answered()
    {
        var answers = From("New", "1", "p q1 3").Concat(From("Old", "2", "p q1 3"))
            .Concat(From("New", "3", "p q1 3")).Concat(From("Old", "3", "p q1 3")).Concat(From("Elder", "3", "p q1 3"));
        var fit = Assert.Single(Results(Instrument(Q("q1")), answers, candidate: "New").Fits);
        Assert.Equal(("3", "Elder Old"), (fit.Candidate.Round, string.Join(' ', fit.Members.Select(m => m.Organisation))));
    }

    [Fact]
    public void Without_a_candidate_there_is_no_fit() =>
        Assert.Empty(Results(Instrument(Q("q1")), From("A", "1", "p q1 3").Concat(From("B", "1", "p q1 3"))).Fits);

    private static Fit Fit(PlainInstrument instrument, string[] candidate, params string[][] members) => Assert.Single(Results(
        instrument, From("New", "r", candidate).Concat(members.SelectMany((lines, i) => From($"Member {i}", "r", lines))), candidate: "New").Fits);
}

using Rasp.Readiness.Scoring;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section4Agreement
{
    [Theory]
    [InlineData("p1 q1 3")]
    [InlineData("p1 q1 3", "p2 q1 dk", "p3 q1 na")]
    [InlineData("p1 q1 3", "agreed q1 5")]
    public void One_level_is_no_agreement(params string[] lines)
    {
        var result = Result(Instrument(Q("q1")), lines);
        Assert.Equal(new Agreement(null, null, null), result.Question("q1").Agreement);
        Assert.Null(result.Alpha);
    }

    [Fact]
    public void The_agreed_answer_is_not_one_of_the_levels() =>
        Assert.Equal(new Agreement(3, 1, 0), Result(Instrument(Q("q1")), "p1 q1 3", "p2 q1 3", "agreed q1 5").Question("q1").Agreement);

    [Fact]
    public void The_range_is_that_of_the_instrument_not_of_the_answers()
    {
        // On ten levels 1 and 2 are 1/18 of the range from their mean each: 1 + log2(17/18).
        var result = Result(Instrument(Q("q1")) with { Levels = 10 }, "p1 q1 1", "p2 q1 2");
        Assert.Equal(1 + Math.Log2(17 / 18.0), result.Question("q1").Agreement.Consensus!.Value, 1e-12);
    }

    [Fact]
    public void Alpha_is_1_where_all_agree_and_levels_differ_between_questions() =>
        Assert.Equal(1, Result(Instrument(Q("q1"), Q("q2")), "p1 q1 3", "p2 q1 3", "p1 q2 4", "p2 q2 4").Alpha);

    [Fact]
    public void Alpha_is_null_where_no_disagreement_could_be_expected() =>
        Assert.Null(Result(Instrument(Q("q1"), Q("q2")), "p1 q1 3", "p2 q1 3", "p1 q2 3", "p2 q2 3").Alpha);

    [Fact]
    public void Alpha_is_null_where_no_question_has_two_levels() =>
        Assert.Null(Result(Instrument(Q("q1"), Q("q2")), "p1 q1 3", "p2 q2 5", "p2 q1 dk", "agreed q1 1").Alpha);

    [Fact]
    public void Alpha_is_below_0_where_respondents_disagree_more_than_chance_would()
    {
        // Both values occur twice, never together: observed 1, expected 2/3 of the one squared distance there is.
        Assert.Equal(1 - (1 / (2 / 3.0)), Result(Instrument(Q("q1"), Q("q2")), "p1 q1 1", "p2 q1 5", "p1 q2 5", "p2 q2 1").Alpha!.Value, 1e-12);
    }

    [Fact]
    public void Not_applicable_by_agreement_leaves_respondents_levels_in_alpha() =>
        Assert.NotNull(Result(Instrument(Q("q1"), Q("q2")), "p1 q1 1", "p2 q1 5", "p1 q2 5", "p2 q2 1", "agreed q1 na").Alpha);
}

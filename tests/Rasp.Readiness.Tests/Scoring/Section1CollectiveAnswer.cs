using Rasp.Readiness.Answers;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section1CollectiveAnswer
{
    [Theory]
    [InlineData("4", "p1 q1 4")]
    [InlineData("2", "p1 q1 2", "p2 q1 4")]
    [InlineData("3", "p1 q1 5", "p2 q1 3", "p3 q1 1")]
    [InlineData("2", "p1 q1 5", "p2 q1 5", "p3 q1 2", "p4 q1 1")]
    [InlineData("5", "p1 q1 dk", "p2 q1 na", "p3 q1 5")]
    [InlineData("dk", "p1 q1 na", "p2 q1 dk", "p3 q1 na")]
    [InlineData("na", "p1 q1 na", "p2 q1 na")]
    [InlineData(null, "p1 q2 3")]
    public void Without_an_agreed_answer_it_is_the_lower_median_of_the_levels_then_dk_then_na_then_unanswered(string? expected, params string[] lines) =>
        Assert.Equal(expected, Result(Instrument(Q("q1"), Q("q2")), lines).Question("q1").Answer.Choice?.ToString());

    [Theory]
    [InlineData("5")]
    [InlineData("dk")]
    [InlineData("na")]
    public void An_agreed_answer_stands_whatever_respondents_said(string agreed)
    {
        var answer = Result(Instrument(Q("q1")), "p1 q1 2", "p2 q1 3", $"agreed q1 {agreed}").Question("q1").Answer;
        Assert.Equal(agreed, answer.Choice?.ToString());
        Assert.True(answer.IsAgreed);
        Assert.Equal([2, 3], answer.LevelsGiven);
        Assert.Equal(0, answer.DontKnow);
    }

    [Fact]
    public void An_agreed_dont_know_is_not_among_the_respondents_who_do_not_know() =>
        Assert.Equal(1, Result(Instrument(Q("q1")), "p1 q1 dk", "agreed q1 dk").Question("q1").Answer.DontKnow);

    [Theory]
    [InlineData(Stance.Fixed, "p1 q1 3 open", "p2 q1 3 fixed", "p3 q1 3 negotiable")]
    [InlineData(Stance.Negotiable, "p1 q1 3 open", "p2 q1 3 negotiable", "p3 q1 3")]
    [InlineData(Stance.Open, "p1 q1 3", "p2 q1 dk open")]
    [InlineData(null, "p1 q1 3", "p2 q1 3")]
    [InlineData(Stance.Open, "p1 q1 3 fixed", "agreed q1 3 open")]
    [InlineData(Stance.Fixed, "p1 q1 3 fixed", "p2 q1 2 open", "agreed q1 3")]
    [InlineData(null, "agreed q1 3")]
    public void The_stance_is_the_agreed_answers_where_it_has_one_else_the_most_restrictive(Stance? expected, params string[] lines) =>
        Assert.Equal(expected, Result(Instrument(Q("q1")), lines).Question("q1").Answer.Stance);

    [Fact]
    public void Questions_are_in_scope_at_their_stages_all_without_stages_of_their_own_and_all_without_a_stage_of_the_round()
    {
        var instrument = Instrument(Q("q1", stages: "explore"), Q("q2"), Q("q3", stages: ["run", "deliver"]));
        Assert.Equal(["q1", "q2"], Asked("explore"));
        Assert.Equal(["q2", "q3"], Asked("run"));
        Assert.Equal(["q1", "q2", "q3"], Asked(null));

        IEnumerable<string> Asked(string? stage) => ResultAt(instrument, stage, "p1 q1 3", "p1 q2 3", "p1 q3 3").Questions.Select(q => q.Question.Key.Split('.')[2]);
    }
}

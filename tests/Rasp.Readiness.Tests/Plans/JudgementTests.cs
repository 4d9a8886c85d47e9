using Rasp.Readiness.Plans;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Plans;

/// <summary>The next round judges an action by the answer that caused it, and by nothing else.</summary>
public sealed class JudgementTests
{
    [Theory]
    [InlineData("p q1 2", "p q1 3", 1, Movement.Moved, false)]
    [InlineData("p q1 2", "p q1 2", 1, Movement.DidNotMove, true)]
    [InlineData("p q1 3", "p q1 2", 1, Movement.Fell, true)]
    [InlineData("p q1 2", "p q1 5", 2, Movement.QuestionChanged, false)]
    [InlineData("p q1 2", "p q2 5", 1, Movement.NotAnsweredAgain, false)]
    [InlineData("p q1 2", "p q1 na", 1, Movement.NotAnsweredAgain, false)]
    [InlineData("p q1 2", "p q1 dk", 1, Movement.NotAnsweredAgain, false)]
    [InlineData("p q1 dk", "p q1 1", 1, Movement.Moved, false)]
    [InlineData("p q1 dk", "p q1 dk", 1, Movement.DidNotMove, true)]
    public void Levels_of_the_same_question_tell_whether_a_promise_was_kept(string before, string after, int laterRevision, Movement movement, bool isUnkept)
    {
        var then = Result(Instrument(Q("q1"), Q("q2")), before).Question("q1");
        var now = Result(Instrument(Q("q1", revision: laterRevision), Q("q2")), after).Question("q1");
        var judgement = Judgement.Of(Standing.Of(then), Standing.Of(now));
        Assert.Equal((movement, isUnkept, then.Level), (judgement.Movement, judgement.IsUnkept, judgement.From));
        Assert.Equal(movement is Movement.Moved or Movement.Fell or Movement.DidNotMove ? now.Level : null, judgement.To);
    }

    [Fact]
    public void Where_the_later_round_does_not_ask_there_is_nothing_to_judge_by() =>
        Assert.Equal(new(2, null, Movement.NotAnsweredAgain), Judgement.Of(new(1, 2, true), null));

    [Fact]
    public void Several_stand_where_the_lowest_of_them_does()
    {
        var instrument = Instrument(Q("q1"), Q("q2"));
        var compared = Results(instrument, [.. From("Powys", "2026-01", "p q1 4", "p q2 dk"), .. From("Torfaen", "2026-01", "p q1 2", "p q2 dk")]).Comparisons[0];
        Assert.Equal(new(1, 2, true), Standing.Of(compared.Find("a.t.q1")!));
        Assert.Equal(new(1, null, true), Standing.Of(compared.Find("a.t.q2")!));
        var draft = Draft.Of(compared.Find("a.t.q1")!);
        Assert.Equal(2, draft.Level);
        // What it says stays when what it rests on is withdrawn: it tells no level.
        Assert.DoesNotMatch("[0-9]", draft.Why.Replace(compared.Find("a.t.q1")!.Question.Text, "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_draft_says_the_gravest_of_what_was_found()
    {
        var result = Result(Instrument(Q("q1", gate: 3), Q("q2")), "p q1 1", "p q2 dk");
        Assert.StartsWith("Show-stopper: ", Draft.Of(result, result.Question("q1")).Why, StringComparison.Ordinal);
        Assert.Equal((null, true), (Draft.Of(result, result.Question("q2")).Level, Draft.Of(result, result.Question("q2")).What.StartsWith("Find out", StringComparison.Ordinal)));
    }
}

using Rasp.Readiness.Instruments;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Instruments;

/// <summary>What a partnership is told of a newer question set before it adopts it.</summary>
public sealed class InstrumentDiffTests
{
    [Fact]
    public void New_revised_rescored_and_gone_questions_are_told_apart_and_all_others_are_the_same()
    {
        var diff = Between(
            Instrument(Q("kept"), Q("gone"), Q("revised"), Q("heavier"), Q("gated", gate: 3), Q("both", revision: 1)), null,
            Instrument(Q("gated", gate: 4), Q("heavier", 2), Q("revised", revision: 2), Q("added"), Q("kept"), Q("both", 3, revision: 2)), null);
        Assert.Equal(["added"], Keys(diff.New));
        Assert.Equal(["gone"], Keys(diff.Gone));
        Assert.Equal(["revised", "both"], Keys(diff.Revised.Select(c => c.After)));
        // What means something else is to be answered anew, whatever else differs.
        Assert.Equal(["gated", "heavier"], Keys(diff.Rescored.Select(c => c.After)));
        Assert.Equal(3, diff.Same);
        Assert.False(diff.IsNothing);
    }

    [Fact]
    public void A_change_of_stage_alone_adds_and_drops_what_is_not_asked_at_both()
    {
        var one = Instrument(Q("first", stages: "explore"), Q("always"), Q("later", stages: ["deliver", "run"]));
        var diff = Between(one, "explore", one, "run");
        Assert.Equal(["later"], Keys(diff.New));
        Assert.Equal(["first"], Keys(diff.Gone));
        Assert.Equal(1, diff.Same);
    }

    [Fact]
    public void A_question_that_says_the_same_in_other_words_is_reworded_and_keeps_its_answers()
    {
        var before = Yaml(Instrument(Q("q1"), Q("q2")));
        var after = before.ToDictionary(f => f.Key, f => f.Value.Replace("text: \"q1?\"", "text: Is it so?", StringComparison.Ordinal));
        var diff = InstrumentDiff.Between(Core.Read(before).Value(), null, Core.Read(after).Value(), null);
        Assert.Equal(["q1"], Keys(diff.Reworded.Select(c => c.After)));
        Assert.Equal((2, 0), (diff.Same, diff.Revised.Count));
    }

    [Fact]
    public void Areas_that_weigh_more_and_other_bands_are_told()
    {
        var before = Areas(Area("a", 1, Q("q1")), Area("b", 1, Q("q1")));
        var diff = Between(before, null, Areas(Area("a", 1, Q("q1")), Area("b", 2, Q("q1"))), null);
        Assert.Equal(["b"], diff.AreasReweighted.Select(a => a.Key));
        Assert.False(diff.BandsChanged);
        Assert.True(Between(before, null, before with { Bands = [new("low", 0), new("high", 60)] }, null).BandsChanged);
    }

    private static InstrumentDiff Between(PlainInstrument before, string? stageBefore, PlainInstrument after, string? stageAfter) =>
        InstrumentDiff.Between(Core.Read(Yaml(before)).Value(), stageBefore, Core.Read(Yaml(after)).Value(), stageAfter);

    /// <summary>What a question asks about is drawn in these files: here it is the same in all.</summary>
    private static Dictionary<string, string> Yaml(PlainInstrument instrument) =>
        Generated.Yaml(instrument, new(0)).ToDictionary(f => f.Key, f => f.Value.Replace("about: partnership", "about: organisation", StringComparison.Ordinal));

    private static IEnumerable<string> Keys(IEnumerable<Question> questions) => questions.Select(q => q.Key.Split('.')[2]);
}

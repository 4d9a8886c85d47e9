using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>A candidate against members who answered in another round, as one viewer may see them (scoring.md 8, sharing.md 8).</summary>
public sealed class SharedFitTests
{
    /// <summary>Protects what is compared: what means something else by now, or is asked on one side alone, does not count.</summary>
    [Fact]
    public void Through_versions_that_add_drop_and_revise_a_question_counts_only_at_the_same_key_and_revision()
    {
        var theirs = Given.Instrument(Q("kept", gate: 3), Q("revised", gate: 3), Q("dropped", gate: 3));
        var mine = Given.Instrument(Q("added", gate: 3), Q("revised", gate: 3, revision: 2), Q("kept", 2, gate: 3));
        var fit = Share(mine, ["agreed added 1", "agreed revised 1", "agreed kept 2"], theirs, ["agreed kept 4", "agreed revised 2", "agreed dropped 1"], ["agreed kept 3", "agreed revised 5"]).Fit!;
        Assert.Equal([("a.t.kept", 2, 3, 4, FitKind.Below)], fit.Questions.Select(q => (q.Question.Key, q.Candidate, q.Floor, q.Ceiling, q.Kind)));
        Assert.Equal((50.0, 25.0), (fit.Areas[0].FloorBefore, fit.Areas[0].FloorAfter));
        Assert.Equal(["a.t.added", "a.t.revised", "a.t.kept"], fit.CandidateGates.Select(q => q.Key));
        // Members' gates are theirs, also where the candidate is asked nothing of the kind.
        Assert.Equal([("a.t.revised", 1), ("a.t.dropped", 1)], fit.MemberGates.Select(q => (q.Key, q.Revision)).OrderBy(q => q.Key == "a.t.dropped"));
    }

    /// <summary>Protects what is withheld: no number, list or order depends on it.</summary>
    [Theory]
    [InlineData(Depth.Areas)]
    [InlineData(Depth.Nothing)]
    public void Members_who_show_less_than_questions_are_left_out_before_anything_is_fitted(Depth depth)
    {
        var instrument = Given.Instrument(Q("q1", gate: 3), Q("q2"));
        var one = Share(instrument, ["agreed q1 3 fixed", "agreed q2 3"], instrument, depth, ["agreed q1 1 fixed", "agreed q2 1"]);
        var other = Share(instrument, ["agreed q1 3 fixed", "agreed q2 3"], instrument, depth, ["agreed q1 5", "agreed q2 na"]);
        foreach (var shared in new[] { one, other })
        {
            Assert.Equal(["Member 0"], shared.RestsOn);
            Assert.Equal(["Member 1"], shared.Withheld.Select(m => m.Organisation));
            Assert.Equal(["Member 0"], Assert.Single(shared.RedLines).Against);
            Assert.Empty(shared.RedLines[0].Members);
            Assert.Equal([(4, 4), (4, 4)], shared.Fit!.Questions.Select(q => (q.Floor, q.Ceiling)));
            Assert.Empty(shared.Fit.MemberGates);
        }
        Assert.Null(Share(instrument, ["agreed q1 3"], instrument, depth).Fit);
    }

    /// <summary>Protects the talk about red lines: both sides' first; one side's alone only where the other is elsewhere.</summary>
    [Fact]
    public void Red_lines_meet_those_of_the_other_side_or_another_level()
    {
        var instrument = Given.Instrument(Q("both"), Q("mine"), Q("same"), Q("theirs"), Q("open"));
        var shared = Share(
            instrument, ["agreed both 3 fixed", "agreed mine 2 fixed", "agreed same 3 fixed", "agreed theirs 5", "agreed open 1 open"],
            instrument, ["agreed both 3", "agreed mine 3", "agreed same 3", "agreed theirs 2 fixed", "agreed open 5"], ["agreed both 3 fixed", "agreed mine 2", "agreed same 3", "agreed theirs 5 fixed", "agreed open 5 negotiable"]);
        Assert.Equal(
            ["both: True Member 1 against ", "mine: True  against Member 0", "theirs: False Member 0 against "],
            shared.RedLines.Select(r => $"{r.Question.Key.Split('.')[2]}: {r.IsCandidates} {string.Join(' ', r.Members)} against {string.Join(' ', r.Against)}"));
    }

    /// <summary>Protects the choice between candidates: each column rests on the same questions.</summary>
    [Fact]
    public void Several_candidates_are_weighed_over_the_questions_that_all_of_them_rated()
    {
        var instrument = Areas(Area("a", 1, Q("q1"), Q("q2"), Q("q3")), Area("b", 1, Q("q1")));
        string[] members = ["agreed q1 4", "agreed q2 4", "agreed q3 1"];
        var what = WhatIf.Of([Share(instrument, ["agreed q1 3", "agreed q2 5"], instrument, members).Fit!, Share(instrument, ["agreed q1 5", "agreed q2 2", "agreed q3 1"], instrument, members).Fit!]);
        Assert.Equal(2, what.Questions);
        var a = what.Areas[0];
        Assert.Equal((75.0, 62.5, 50.0, 37.5), (a.Now, a.With[0], a.With[1], a.WithAll));
        Assert.Equal((null, null), (what.Areas[1].Now, what.Areas[1].WithAll));
        Assert.Throws<ArgumentException>(() => WhatIf.Of([]));
    }

    private static SharedFit Share(PlainInstrument mine, string[] candidate, PlainInstrument theirs, params string[][] members) => Share(mine, candidate, theirs, Depth.Questions, members);

    /// <summary>The last member shows itself at a depth, all others their questions; where it is not questions, a first is added that has level 4 throughout.</summary>
    private static SharedFit Share(PlainInstrument mine, string[] candidate, PlainInstrument theirs, Depth last, params string[][] members)
    {
        var (own, other) = (Sheets.Instrument(mine), Sheets.Instrument(theirs));
        if (last != Depth.Questions && members.Length > 0) members = [[.. other.Questions.Select(q => $"agreed {q.Key} 4")], .. members];
        return SharedFit.Of(
            own,
            Released(own, "New", candidate, Depth.Questions),
            members.Select((m, i) => Released(other, $"Member {i}", m, i == members.Length - 1 ? last : Depth.Questions)));
    }

    private static Release Released(Instrument instrument, string organisation, string[] lines, Depth depth)
    {
        var (result, sheet) = Sheets.Of(instrument, null, From(organisation, "2026-01", lines)).Single();
        return Release.Of(result, sheet, depth);
    }
}

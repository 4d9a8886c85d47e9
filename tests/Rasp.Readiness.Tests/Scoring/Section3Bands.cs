using Rasp.Readiness.Scoring;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section3Bands
{
    [Theory]
    [InlineData("1", "not-ready")]
    [InlineData("2", "emerging")]
    [InlineData("3", "developing")]
    [InlineData("4", "ready")]
    [InlineData("5", "ready")]
    public void A_band_begins_at_its_from(string level, string band) =>
        Assert.Equal(band, Result(Instrument(Q("q1")), $"p q1 {level}").Areas[0].Band!.Key);

    [Theory]
    [InlineData(75 + 0.9e-9, "top")]
    [InlineData(75 + 1.1e-9, "bottom")]
    public void A_band_is_reached_from_1e_9_below(double from, string band)
    {
        var instrument = Instrument(Q("q1")) with { Bands = [new("bottom", 0), new("top", from)] };
        Assert.Equal(band, Result(instrument, "p q1 4").Areas[0].Band!.Key);
    }

    [Fact]
    public void Sums_that_miss_a_threshold_by_a_rounding_reach_it()
    {
        // 0.1 + 0.2 of 0.1 + 0.2 + 0.7 is 0.3, in doubles a little beside it.
        var instrument = Instrument(Q("q1", 0.1), Q("q2", 0.2), Q("q3", 0.7)) with
        {
            Bands = [new("low", 0), new("high", 30)],
            Thresholds = new(ProvisionalBelowCoverage: 1),
        };
        Assert.Equal("high", Result(instrument, "p q1 5", "p q2 5", "p q3 1").Areas[0].Band!.Key);
        Assert.False(Result(instrument, "p q1 5", "p q2 5", "p q3 1").Areas[0].IsProvisional);
    }

    [Fact]
    public void A_gate_unmet_caps_its_area_at_the_lowest_band()
    {
        var area = Result(Instrument(Q("q1", gate: 3), Q("q2", 100)), "p q1 2", "p q2 5").Areas[0];
        Assert.Equal(("ready", "not-ready", CapReason.GateUnmet), (area.UncappedBand!.Key, area.Band!.Key, area.CapReason));
    }

    [Fact]
    public void A_gate_met_at_its_very_level_caps_nothing()
    {
        var area = Result(Instrument(Q("q1", gate: 3), Q("q2", 100)), "p q1 3", "p q2 5").Areas[0];
        Assert.Equal(("ready", null), (area.Band!.Key, area.CapReason));
    }

    [Theory]
    [InlineData("p q1 dk", "p q2 5")]
    [InlineData("p q2 5", "p q2b 5")]
    [InlineData("p q1 4", "p q2 5", "agreed q1 dk")]
    public void A_gate_unknown_caps_its_area_below_the_top_band(params string[] lines)
    {
        var area = Result(Instrument(Q("q1", gate: 3), Q("q2", 100), Q("q2b")), lines).Areas[0];
        Assert.Equal(("ready", "developing", CapReason.GateUnknown), (area.UncappedBand!.Key, area.Band!.Key, area.CapReason));
    }

    [Fact]
    public void A_gate_answered_not_applicable_is_no_gate() =>
        Assert.Null(Result(Instrument(Q("q1", gate: 3), Q("q2")), "p q1 1", "p q2 5", "agreed q1 na").Areas[0].CapReason);

    [Fact]
    public void A_gate_unmet_goes_before_a_gate_unknown() =>
        Assert.Equal(CapReason.GateUnmet, Result(Instrument(Q("q1", gate: 3), Q("q2", gate: 3)), "p q1 dk", "p q2 2").Areas[0].CapReason);

    [Fact]
    public void The_reason_is_given_even_where_the_cap_changes_nothing()
    {
        var unmet = Result(Instrument(Q("q1", gate: 3)), "p q1 1").Areas[0];
        Assert.Equal(("not-ready", "not-ready", CapReason.GateUnmet), (unmet.UncappedBand!.Key, unmet.Band!.Key, unmet.CapReason));
        var unknown = Result(Instrument(Q("q1", gate: 3)), "p q1 dk").Areas[0];
        Assert.Equal((null, null, CapReason.GateUnknown), (unknown.UncappedBand?.Key, unknown.Band?.Key, unknown.CapReason));
    }

    [Theory]
    [InlineData("dk")]
    [InlineData("1")]
    public void With_one_band_only_a_cap_changes_nothing(string gated)
    {
        var instrument = Instrument(Q("q1", gate: 3), Q("q2")) with { Bands = [new("only", 0)] };
        Assert.Equal("only", Result(instrument, $"p q1 {gated}", "p q2 5").Areas[0].Band!.Key);
    }

    [Fact]
    public void With_two_bands_a_gate_unknown_caps_at_the_lower()
    {
        var instrument = Instrument(Q("q1", gate: 3), Q("q2")) with { Bands = [new("lower", 0), new("upper", 1)] };
        Assert.Equal("lower", Result(instrument, "p q2 5").Areas[0].Band!.Key);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(3, true)]
    public void An_area_is_provisional_below_a_coverage_of_four_fifths(int rated, bool provisional)
    {
        var instrument = Instrument([.. Enumerable.Range(1, 5).Select(i => Q($"q{i}", 0.1))]);
        Assert.Equal(provisional, Result(instrument, [.. Enumerable.Range(1, rated).Select(i => $"p q{i} 3")]).Areas[0].IsProvisional);
    }

    [Fact]
    public void The_overall_band_is_the_lowest_of_the_areas()
    {
        var instrument = Areas(Area("a", 100, Q("q1")), Area("b", 1, Q("q1", gate: 5)));
        var overall = Result(instrument, "p a.t.q1 5", "p b.t.q1 4").Overall;
        Assert.Equal(("not-ready", false), (overall.Band!.Key, overall.IsProvisional));
    }

    [Fact]
    public void Overall_is_provisional_where_an_area_has_no_question()
    {
        var overall = Result(Areas(Area("a", 1, Q("q1")), new PlainArea("b", 1, [])), "p a.t.q1 5").Overall;
        Assert.Equal(("ready", true), (overall.Band!.Key, overall.IsProvisional));
    }

    [Fact]
    public void Overall_is_provisional_where_an_area_has_no_band_though_its_coverage_is_not_below_the_threshold()
    {
        var instrument = Areas(Area("a", 1, Q("q1")), Area("b", 1, Q("q1"))) with { Thresholds = new(ProvisionalBelowCoverage: 0) };
        var result = Result(instrument, "p a.t.q1 5", "p b.t.q1 dk");
        Assert.False(result.Areas[1].IsProvisional);
        Assert.True(result.Overall.IsProvisional);
    }

    [Fact]
    public void Without_any_score_there_is_no_overall_band()
    {
        var overall = Result(Instrument(Q("q1")), "p q1 dk").Overall;
        Assert.Equal((null, true), (overall.Band?.Key, overall.IsProvisional));
    }
}

namespace Rasp.Readiness.Tests.Scoring;

/// <summary>Examples that others have published, with their sources.</summary>
public sealed class Published
{
    /// <summary>
    /// K. Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section E: four observers, twelve units. It gives 0.815;
    /// the further digits are from the coincidence matrix, worked out apart from this code. A dot is a missing value.
    /// </summary>
    [Fact]
    public void Krippendorffs_worked_example_has_an_ordinal_alpha_of_0_815() => Assert.Equal(0.8153875037548814, Alpha(
        "123321412...",
        "1233224125.3",
        ".3332342251.",
        "12332441251."), 1e-12);

    /// <summary>
    /// Data published with a nominal alpha of 0.691 in the docstring of the fast-krippendorff package (three observers, fifteen units);
    /// the ordinal alpha is worked out as above.
    /// </summary>
    [Fact]
    public void A_sparse_example_with_units_that_only_one_observer_rated() => Assert.Equal(0.8067214199413153, Alpha(
        ".....34121133.3",
        "1.213343.......",
        "..21344.21133.4"), 1e-12);

    /// <summary>
    /// W. J. Tastle and M. J. Wierman (2007), "Consensus and dissention: a measure of ordinal dispersion", International Journal of
    /// Approximate Reasoning 45: full agreement is 1, an even split between the extremes 0. The rest is worked out from their formula.
    /// </summary>
    [Theory]
    [InlineData("44444", 4.0, 0.0, 1.0)]
    [InlineData("34445", 4.0, 0.4, 0.8339850002884625)]
    [InlineData("234", 3.0, 0.66666666666666667, 0.7233083338141042)]
    [InlineData("233445", 3.5, 0.83333333333333333, 0.6455459796675236)]
    [InlineData("2244", 3.0, 1.0, 0.5849625007211562)]
    [InlineData("44441", 3.4, 0.96, 0.5480421781129092)]
    [InlineData("12345", 3.0, 1.2, 0.43398500028846243)]
    [InlineData("1155", 3.0, 2.0, 0.0)]
    [InlineData("34", 3.5, 0.5, 0.8073549220576042)]
    public void Mean_average_deviation_and_consensus_of_five_levels(string levels, double mean, double averageDeviation, double consensus)
    {
        var result = Given.Result(Given.Instrument(Given.Q("q1")), [.. levels.Select((level, i) => $"p{i} q1 {level}")]);
        var agreement = result.Question("q1").Agreement;
        Assert.Equal(mean, agreement.Mean!.Value, 1e-12);
        Assert.Equal(averageDeviation, agreement.AverageDeviation!.Value, 1e-12);
        Assert.Equal(consensus, agreement.Consensus!.Value, 1e-12);
    }

    /// <summary>The example of the R package agrmt's <c>consensus</c>: seven categories, frequencies 30 40 210 130 530 50 10.</summary>
    [Fact]
    public void Consensus_of_a_thousand_answers_on_seven_levels()
    {
        int[] frequencies = [30, 40, 210, 130, 530, 50, 10];
        var levels = frequencies.SelectMany((count, i) => Enumerable.Repeat(i + 1, count));
        var result = Given.Result(Given.Instrument(Given.Q("q1")) with { Levels = 7 }, [.. levels.Select((level, i) => $"p{i} q1 {level}")]);
        Assert.Equal(0.7256876, result.Question("q1").Agreement.Consensus!.Value, 5e-8);
    }

    private static double Alpha(params string[] observers)
    {
        var questions = Enumerable.Range(1, observers[0].Length).Select(i => Given.Q($"u{i}")).ToArray();
        var answers = observers.SelectMany((row, o) => row.Select((level, u) => (Level: level, Line: $"o{o} u{u + 1} {level}"))).Where(a => a.Level != '.');
        return Given.Result(Given.Instrument(questions), [.. answers.Select(a => a.Line)]).Alpha!.Value;
    }
}

using Rasp.Readiness.Scoring;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Scoring;

public sealed class Section6Comparison
{
    // Three organisations: A, B and C answer q1 with these, in order; a dash leaves it unanswered.
    [Theory]
    [InlineData("1 3 3", null, "difference", 3 + 2)]
    [InlineData("3 3 3", null, "mixed", 1)]
    [InlineData("3 4 3", null, "mixed", 1 + 1)]
    [InlineData("1 2 2", null, "shared-weakness", 3 + 1)]
    [InlineData("2 2 dk", null, "shared-weakness", 2 + 0.5)] // before the blind spot
    [InlineData("4 4 dk", null, "blind-spot", 0.5)]
    [InlineData("4 4 -", null, "blind-spot", 0.5)]
    [InlineData("4 4 na", null, "shared-strength", 0)]
    [InlineData("5 5 4", null, "shared-strength", 1)]
    [InlineData("5 dk -", null, "blind-spot", 0 + 0.5 + 0.5)]
    [InlineData("dk - -", null, "blind-spot", 3 + 1.5)] // no level at all counts as 1
    [InlineData("2 5 5", 3, "show-stopper", 2 + 3 + 5)]
    [InlineData("2 dk -", 3, "show-stopper", 2 + 5 + 1)] // before the blind spot
    [InlineData("dk 3 3", 3, "blind-spot", 1 + 0.5)] // a gate unknown is no show-stopper here
    public void Category_and_priority_of_a_question_of_weight_1(string answers, int? gate, string category, double priority)
    {
        var question = Assert.Single(Compare(Instrument(Q("q1", gate: gate)), answers).Questions);
        Assert.Equal(category, question.Category.Word());
        Assert.Equal(priority, question.Priority, 1e-12);
    }

    [Fact]
    public void Weight_multiplies_all_of_the_priority_but_the_show_stopper()
    {
        var question = Assert.Single(Compare(Instrument(Q("q1", weight: 3, gate: 3)), "2 4 dk", " fixed").Questions);
        Assert.Equal((3 * (2 + 2)) + 5 + (0.5 * 3 * 1) + (2 * 3), question.Priority, 1e-12);
    }

    [Fact]
    public void Organisations_to_which_it_does_not_apply_are_left_out_and_a_question_needs_two()
    {
        var comparison = Compare(Instrument(Q("q1"), Q("q2")), "4 na dk", question2: "4 na na");
        Assert.Equal(["A", "B", "C"], comparison.Organisations);
        var question = Assert.Single(comparison.Questions);
        Assert.Equal(["A 4", "C dk"], question.Answers.Select(a => $"{a.Organisation} {a.Result.Answer.Choice}"));
        Assert.Null(question.Spread);
    }

    [Theory]
    [InlineData("3 3 3", " fixed", "A B C", 3)]
    [InlineData("3 3 na", " fixed", "A B", 3)]
    [InlineData("3 na 3", "", "", 1)]
    public void Red_lines_clash_from_two_up_and_leave_the_category_alone(string answers, string stance, string redLines, double priority)
    {
        var question = Assert.Single(Compare(Instrument(Q("q1")), answers, stance).Questions);
        Assert.Equal(redLines, string.Join(' ', question.RedLines));
        Assert.Equal(Category.Mixed, question.Category);
        Assert.Equal(priority, question.Priority, 1e-12);
    }

    [Fact]
    public void One_red_line_is_listed_and_clashes_with_nothing()
    {
        var answers = From("A", "r", "p q1 3 fixed").Concat(From("B", "r", "p q1 3 negotiable"));
        var question = Assert.Single(Assert.Single(Results(Instrument(Q("q1")), answers).Comparisons).Questions);
        Assert.Equal(["A"], question.RedLines);
        Assert.False(question.RedLinesClash);
        Assert.Equal(1, question.Priority);
    }

    [Fact]
    public void Questions_are_listed_by_priority_and_equal_ones_in_the_order_of_the_instrument()
    {
        // q2 comes to 0.3 * 1 and q3 to 0.1 * 3: equal, though as doubles the second is a bit more. q4 is the highest.
        var answers = new[] { "A", "B" }.SelectMany(o => From(o, "r", "p q1 4", "p q2 3", "p q3 1", "p q4 1", "p q5 4"));
        var comparison = Assert.Single(Results(Instrument(Q("q1"), Q("q2", 0.3), Q("q3", 0.1), Q("q4"), Q("q5")), answers).Comparisons);
        Assert.Equal(["q4", "q2", "q3", "q1", "q5"], comparison.Questions.Select(q => q.Question.Key[4..]));
    }

    [Fact]
    public void The_instruments_thresholds_say_what_is_weak_strong_and_different()
    {
        var instrument = Instrument(Q("q1")) with { Thresholds = new(WeakAtMost: 3, StrongAtLeast: 12, DifferenceAtLeast: 4) };
        Assert.Equal("shared-weakness", Assert.Single(Compare(instrument, "3 3 1").Questions).Category.Word());
        Assert.Equal("difference", Assert.Single(Compare(instrument, "5 3 1").Questions).Category.Word());
        Assert.Equal("mixed", Assert.Single(Compare(instrument, "5 5 5").Questions).Category.Word()); // 12 is above the highest level
        Assert.Equal(7, Assert.Single(Compare(instrument, "5 5 5").Questions).Priority);
    }

    [Fact]
    public void The_floor_is_the_lowest_level_and_who_is_strong_could_lead_where_another_is_weak()
    {
        var comparison = Compare(Instrument(Q("q1"), Q("q2", 3), Q("q3")), "5 2 4", question2: "3 4 na");
        Assert.Equal(["A", "C"], comparison.Questions.Single(q => q.Question.Key == "a.t.q1").CouldLead);
        Assert.Empty(comparison.Questions.Single(q => q.Question.Key == "a.t.q2").CouldLead);
        Assert.Equal((25 + (3 * 50)) / 4.0, Assert.Single(comparison.Floors).Score!.Value, 1e-12); // q3 has no level
    }

    [Fact]
    public void A_round_with_one_organisation_is_compared_with_nothing() =>
        Assert.Empty(Results(Instrument(Q("q1")), From("A", "r1", "p q1 3").Concat(From("B", "r2", "p q1 3"))).Comparisons);

    [Fact]
    public void The_candidate_is_part_of_the_comparison() => Assert.Equal(
        ["A", "B"],
        Assert.Single(Results(Instrument(Q("q1")), From("A", "r", "p q1 3").Concat(From("B", "r", "p q1 3")), candidate: "B").Comparisons).Organisations);

    private static Comparison Compare(PlainInstrument instrument, string question1, string stance = "", string? question2 = null)
    {
        // A line about another question makes sure that each organisation takes part, even where it leaves q1 unanswered.
        var asked = instrument with { Areas = [.. instrument.Areas, Area("other", 1, Q("q"))] };
        var answers = Lines("q1", question1, stance).Concat(question2 is null ? [] : Lines("q2", question2, ""));
        var comparison = Assert.Single(Results(asked, answers.Concat("ABC".SelectMany(o => From($"{o}", "r", "p other.t.q na")))).Comparisons);
        return comparison with { Floors = [.. comparison.Floors.Where(f => f.Area.Key == "a")] };

        static IEnumerable<PlainAnswer> Lines(string key, string answers, string stance) =>
            answers.Split(' ').SelectMany((answer, i) => answer == "-" ? [] : From($"{(char)('A' + i)}", "r", $"p {key} {answer}{stance}"));
    }
}

using System.Text.Json.Nodes;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>What is said of partners side by side, from what each released.</summary>
public sealed class SharedComparisons
{
    private static readonly PlainInstrument Five = Instrument(Q("q1"), Q("q2", gate: 3), Q("q3"), Q("q4"), Q("q5"));

    [Theory]
    [InlineData("everything everything", null)]
    [InlineData("questions everything", null)]
    [InlineData("everything everything areas", "What is said about questions rests on A and B. C shows areas alone here.")]
    [InlineData("everything areas areas", "B and C show areas alone here.")]
    [InlineData("nothing everything questions areas withdrawn", "What is said about questions rests on B and C. E has withdrawn what it showed. A shows nothing here. D shows areas alone here.")]
    [InlineData("withdrawn withdrawn", "A and B have withdrawn what they showed.")]
    public void Words_say_on_whom_statements_about_questions_rest(string depths, string? words) =>
        Assert.Equal(words, Because.RestsOn(Shared(depths.Split(' '))));

    [Fact]
    public void Closeness_counts_questions_by_how_far_levels_lie_apart()
    {
        var questions = Compared("4 5 4 1 dk", "5 2 2 2 dk");
        Assert.Equal(
            "On 2 of 5 questions our levels lie close together, among them 1 where all of us are strong and 1 where none of us is ready. On 2 they lie 2 or more apart. On 1 fewer than two of us know our level.",
            Because.Together(Questions(Five), questions));
        Assert.Equal("On 1 of 1 question our levels lie close together, among them 1 where all of us are strong.", Because.Together(Questions(Five), [.. questions.Where(q => q.Category == Category.SharedStrength)]));
        Assert.Equal("No question is compared.", Because.Together(Questions(Five), []));
    }

    [Fact]
    public void A_difference_says_whether_it_is_one_in_readiness_or_in_what_was_agreed()
    {
        var one = Compared("4 5 4 1 dk", "5 2 2 2 dk").Single(q => q.Category == Category.Difference);
        Assert.Equal("We differ in readiness", Because.Heading(one));
        Assert.Equal("We describe the same agreement differently", Because.Heading(one with { Question = one.Question with { About = Rasp.Readiness.Instruments.About.Partnership } }));
    }

    [Theory]
    [InlineData("2", "One of us has a show-stopper", "A is below level 3, where the programme should stop.")]
    [InlineData("2 2", "Some of us have a show-stopper", "A and B are below level 3, where the programme should stop.")]
    public void A_show_stopper_says_whether_one_has_it_or_several(string below, string heading, string why)
    {
        var levels = $"{below} 4 4".Split(' ');
        var answers = levels.SelectMany((l, i) => From($"{(char)('A' + i)} Council", "r", $"agreed q1 {l}"));
        var one = Assert.Single(Assert.Single(Results(Instrument(Q("q1", gate: 3)), answers).Comparisons).Questions);
        Assert.Equal(heading, Because.Heading(one));
        Assert.Equal(why, Because.Category(Questions(Five), one, o => o[..1]));
        Assert.Equal(why.Replace("A ", "A Council ", StringComparison.Ordinal).Replace("B ", "B Council ", StringComparison.Ordinal), Because.Category(Questions(Five), one));
    }

    [Fact]
    public void Floors_name_the_lowest_and_the_highest_area_and_those_equal_to_them_as_shown()
    {
        var given = Areas(Area("a", 1, Q("q1")), Area("b", 1, Q("q1")), Area("c", 1, Q("q1")), Area("d", 1, Q("q1")));
        Assert.Equal("On each question, the least ready of us sets the pace. That floor is lowest in A (0) and highest in B and C (50).", Floors("a.t.q1 1", "b.t.q1 3", "c.t.q1 3"));
        Assert.Equal("On each question, the least ready of us sets the pace. That floor is 25 in every area.", Floors("a.t.q1 2", "b.t.q1 2", "c.t.q1 2", "d.t.q1 2"));
        Assert.Equal("On each question, the least ready of us sets the pace. That floor is 25 in B.", Floors("b.t.q1 2"));
        Assert.Null(Floors("a.t.q1 dk"));

        string? Floors(params string[] lines)
        {
            var answers = new[] { "A", "B" }.SelectMany(o => From(o, "r", [.. lines.Select(l => $"agreed {l}")]));
            var floors = Assert.Single(Results(given, answers).Comparisons).Floors;
            // Whatever areas are named in the instrument, by their keys here.
            return Because.Floors([.. floors.Select(f => f with { Area = f.Area with { Name = f.Area.Key.ToUpperInvariant() } })]);
        }
    }

    [Fact]
    public void Whoever_is_strong_where_another_is_weak_could_lead_and_those_on_most_come_first()
    {
        var leads = Lead.Of(Compared("4 5 4 1 dk", "2 2 2 5 2", "1 3 4 4 4"));
        Assert.Equal(["A 3", "C 3", "B 1"], leads.Select(l => $"{l.Organisation} {l.Questions.Count}"));
        Assert.Equal(["q1", "q2", "q3"], leads[0].Questions.Select(Key).Order(StringComparer.Ordinal));
        Assert.Equal(["q4"], leads[2].Questions.Select(Key));
    }

    [Fact]
    public void Whoever_needs_a_lead_is_weak_where_somebody_is_strong()
    {
        var questions = Compared("4 3 1 2 dk", "1 2 2 2 5", "2 5 na 1 1").ToDictionary(Key);
        Assert.Equal(["B", "C"], questions["q1"].InNeed);
        Assert.Equal(["B"], questions["q2"].InNeed);
        Assert.Empty(questions["q3"].InNeed);
        Assert.Empty(questions["q4"].InNeed);
        Assert.Equal(["C"], questions["q5"].InNeed);
    }

    [Fact]
    public void Stances_stand_with_clashes_first_then_single_red_lines_then_the_others()
    {
        var answers = From("A", "r", "agreed q1 3 open", "agreed q2 3 fixed", "agreed q3 3", "agreed q4 3 fixed", "agreed q5 3 negotiable")
            .Concat(From("B", "r", "agreed q1 3 negotiable", "agreed q2 3", "agreed q3 3", "agreed q4 3 fixed", "agreed q5 2 open"))
            .Concat(From("C", "r", "agreed q1 3 open", "agreed q2 3 open", "agreed q3 3", "agreed q4 3 fixed", "agreed q5 3"));
        var compromises = Compromise.Of(Assert.Single(Results(Instrument(Q("q1"), Q("q2"), Q("q3"), Q("q4"), Q("q5")), answers).Comparisons).Questions);
        Assert.Equal(
            ["q4 fixed A B C", "q2 fixed A open C", "q5 negotiable A open B", "q1 negotiable B open A C"],
            compromises.Select(c => string.Join(' ', (string[])
            [
                Key(c.Question),
                .. c.Fixed.Count > 0 ? c.Fixed.Prepend("fixed") : [],
                .. c.Negotiable.Count > 0 ? c.Negotiable.Prepend("negotiable") : [],
                .. c.Open.Count > 0 ? c.Open.Prepend("open") : [],
            ])));
    }

    [Fact]
    public void The_document_leaves_out_what_is_withheld_and_is_else_as_without_a_lens()
    {
        var document = Document(Shared("everything", "questions", "areas", "nothing", "withdrawn"));
        var assessments = document["assessments"]!.AsArray().Select(a => a!.AsObject()).ToList();
        Assert.Equal(["everything", "questions", "areas", "nothing", "nothing"], assessments.Select(a => (string)a["depth"]!));
        Assert.Equal(["organisation", "round", "instrument", "stage", "depth", "overall", "areas", "questions", "findings"], Keys(assessments[0]));
        Assert.Equal(Keys(assessments[0]), Keys(assessments[1]));
        Assert.Equal(["question", "answer", "stance"], Keys(assessments[1]["questions"]![0]!.AsObject()));
        Assert.Equal(["organisation", "round", "instrument", "stage", "depth", "overall", "areas"], Keys(assessments[2]));
        Assert.Equal(["area", "score", "low", "high", "coverage", "band", "provisional"], Keys(assessments[2]["areas"]![0]!.AsObject()));
        Assert.Equal(["organisation", "round", "instrument", "stage", "depth"], Keys(assessments[3]));
        Assert.Equal(["organisation", "round", "instrument", "stage", "depth", "withdrawn"], Keys(assessments[4]));
        Assert.Empty(document["trends"]!.AsArray());
        Assert.Empty(document["fits"]!.AsArray());

        // What is shown is what the shell would say of the two who show their questions.
        var plain = Core.Document(Results(Five, AnswersOf(0).Concat(AnswersOf(1))));
        Assert.Equal(plain["comparisons"]!.ToJsonString(), document["comparisons"]!.ToJsonString());
        foreach (var (one, shown) in plain["assessments"]!.AsArray().Zip(assessments))
        {
            Assert.Equal(one!["overall"]!.ToJsonString(), shown["overall"]!.ToJsonString());
            Assert.Equal(one["areas"]!.ToJsonString(), shown["areas"]!.ToJsonString());
        }
    }

    [Fact]
    public void The_document_compares_nothing_where_fewer_than_two_show_questions() =>
        Assert.Empty(Document(Shared("everything", "areas", "areas"))["comparisons"]!.AsArray());

    private static SharedComparison Shared(params string[] depths)
    {
        var instrument = Questions(Five);
        var releases = depths.Select((depth, i) =>
        {
            var sheet = Core.Sheets(instrument, Generated.Csv([.. AnswersOf(i)], new(0))).Value()[0];
            var release = Release.Of(Scorer.Score(instrument, null, sheet), sheet, Depths.Parse(depth) ?? Depth.Nothing);
            return depth == "withdrawn" ? release with { IsWithdrawn = true } : release;
        });
        return SharedComparison.Of(instrument, null, "r", releases);
    }

    private static IEnumerable<PlainAnswer> AnswersOf(int i) =>
        From($"{(char)('A' + i)}", "r", $"agreed q1 {1 + (i % 5)} fixed", $"agreed q2 {1 + ((i + 2) % 5)} - minutes", "agreed q3 dk", $"agreed q4 {5 - (i % 5)}", "agreed q5 3 open");

    private static IReadOnlyList<ComparedQuestion> Compared(params string[] levels) =>
        Assert.Single(Results(Five, levels.SelectMany((l, i) => From($"{(char)('A' + i)}", "r", [.. l.Split(' ').Select((a, q) => $"agreed q{q + 1} {a}")]))).Comparisons).Questions;

    private static Rasp.Readiness.Instruments.Instrument Questions(PlainInstrument instrument) => Core.Read(Generated.Yaml(instrument, new(0))).Value();

    private static JsonObject Document(SharedComparison shared)
    {
        using var stream = new MemoryStream();
        ResultsJson.Write(stream, shared);
        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    private static IEnumerable<string> Keys(JsonObject one) => one.Select(p => p.Key);

    private static string Key(ComparedQuestion question) => question.Question.Key[4..];
}

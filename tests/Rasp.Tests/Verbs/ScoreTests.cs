using System.Text.Json.Nodes;

namespace Rasp.Tests.Verbs;

/// <summary><c>rasp score</c>, as a script sees it.</summary>
public sealed class ScoreTests
{
    private const string Header = "organisation,round,respondent,question,answer\n";
    private const string Question = "shared-vision.case-for-sharing.improve-alone-first";

    private static readonly string[] ExampleCall = ["score", Repository.WorkedExample, "--stage", "2026-01=explore", "--stage", "2026-07=deliver"];

    [Fact]
    public async Task The_worked_example_scores_as_its_pages_do()
    {
        var ran = await RaspProcess.RunAsync(Repository.Root, [.. ExampleCall, "--candidate", "Draymouth Borough Council", "--format", "json"]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        var document = JsonNode.Parse(ran.Output)!;
        Assert.Equal(["assessments", "comparisons", "trends", "fits"], document.AsObject().Select(p => p.Key));
        var assessments = document["assessments"]!.AsArray();
        Assert.Equal(7, assessments.Count);
        Assert.NotEmpty(document["fits"]!.AsArray());

        await using var host = await RaspHost.StartAsync();
        foreach (var assessment in assessments)
        {
            var reference = $"example-{((string)assessment!["organisation"]!).ToLowerInvariant().Replace(' ', '-')}-{assessment["round"]}";
            var page = await host.NewVisitor().GetAsync(Links.ResultsJson(reference));
            Assert.Equal(200, page.Status);
            Assert.True(JsonNode.DeepEquals(assessment, Assert.Single(JsonNode.Parse(page.Body)!["assessments"]!.AsArray())), reference);
        }
    }

    [Fact]
    public async Task Answers_that_somebody_took_away_score_as_the_pages_said()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync("=Testshire, “Council”", "run");
        foreach (var (question, i) in host.Instrument.InScope("run").Take(12).Select((q, i) => (q, i)))
        {
            await visitor.AnswerAsync(assessment, question, ("Answer", i switch { 5 => "dk", 6 => "na", _ => $"{i % 5 + 1}" }), ("Note", "-a\nnote"), ("Stance", i % 2 == 0 ? "fixed" : ""));
        }
        using var folder = new TemporaryFolder();
        var taken = folder.File("answers.csv", (await visitor.GetAsync(Links.AnswersCsv(assessment.Reference))).Body);

        var ran = await RaspProcess.RunAsync(folder.Path, ["score", taken, "--stage", "run", "--format", "json"]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse((await visitor.GetAsync(Links.ResultsJson(assessment.Reference))).Body), JsonNode.Parse(ran.Output)));
    }

    [Fact]
    public async Task Without_a_format_it_is_a_table_to_read_and_written_to_a_file_where_one_is_named()
    {
        using var folder = new TemporaryFolder();
        var shown = await RaspProcess.RunAsync(folder.Path, ExampleCall);
        Assert.Equal((0, ""), (shown.Status, shown.Error));
        Assert.Contains("Calvershire Council", shown.Output, StringComparison.Ordinal);

        var written = await RaspProcess.RunAsync(folder.Path, [.. ExampleCall, "--output", "results.txt"]);
        Assert.Equal((0, "", ""), (written.Status, written.Output, written.Error));
        Assert.Equal(shown.Output, await File.ReadAllTextAsync(Path.Combine(folder.Path, "results.txt")));
    }

    [Fact]
    public async Task Faulty_answers_are_all_told_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        folder.File("answers.csv", Header + $"A,2026-01,p,{Question},6\nA,2026-01,p,no.such.question,1\n,2026-01,p,{Question},1\nA,2026-01,q,{Question},\nA,Jan-26,q,{Question},1\nA,2026-01,r,{Question},2\nA,2026-01,r,{Question},3\n");
        folder.File("sound.csv", Header + $"B,2026-01,p,{Question},3\n");

        var ran = await RaspProcess.RunAsync(folder.Path, ["score", "sound.csv", "answers.csv", "missing.csv", "--format", "json", "--output", "out.json"]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.All(ran.Faults, f => Assert.Matches(@"^(answers|missing)\.csv:\d+:\d+: error: .+", f));
        Assert.Contains(ran.Faults, f => f.StartsWith("missing.csv:", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(folder.Path, "out.json")));

        ran = await RaspProcess.RunAsync(folder.Path, ["score", "answers.csv", "--output", "out.json"]);
        Assert.Equal(1, ran.Status);
        foreach (var line in (int[])[2, 3, 4, 5, 6, 8]) Assert.Contains(ran.Faults, f => f.StartsWith($"answers.csv:{line}:", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(folder.Path, "out.json")));
    }

    [Fact]
    public async Task Files_that_can_not_be_answers_are_faults_of_the_input()
    {
        using var folder = new TemporaryFolder();
        await using (var large = File.Create(Path.Combine(folder.Path, "large.csv"))) large.SetLength(100_000_000);
        Directory.CreateDirectory(Path.Combine(folder.Path, "folder"));
        folder.File("empty.csv", "");
        folder.File("quote.csv", Header + "A,2026-01,p,\"unclosed,1\n");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "latin.csv"), [.. "organisation,round,respondent,question,answer\nCaf"u8, 0xE9, .. ",2026-01,p,q,1\n"u8]);
        string[] paths = ["large.csv", "folder", "empty.csv", "quote.csv", "latin.csv"];

        var ran = await RaspProcess.RunAsync(folder.Path, ["score", .. paths]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.All(paths, p => Assert.Contains(ran.Faults, f => f.StartsWith($"{p}:", StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    public static readonly TheoryData<string, string> CallsAtFault = new()
    {
        { "nonsense", "nonsense" },
        { "score", "'score'" },
        { "check", "'check'" },
        { "check answers.csv --strict", "--strict" },
        { "score answers.csv --colour red", "--colour" },
        { "score answers.csv --format xml", "xml" },
        { "score answers.csv --stage abolish", "explore" },
        { "score answers.csv --stage 2027-01=explore", "2027-01" },
        { "score answers.csv --stage explore --stage run", "--stage" },
        { "score answers.csv --candidate Nobody", "Nobody" },
        { "score answers.csv --instrument no-such-instrument", "no-such-instrument" },
        { "score answers.csv --instrument 2027-01=rasp", "2027-01" },
        { "score answers.csv --output no/such/folder/out.json", "no/such/folder" },
        { "migrate now", "now" },
    };

    [Theory, MemberData(nameof(CallsAtFault))]
    public async Task A_call_that_can_not_be_is_told_in_a_sentence_with_status_2(string call, string named)
    {
        using var folder = new TemporaryFolder();
        folder.File("answers.csv", Header + $"A,2026-01,p,{Question},3\n");
        var ran = await RaspProcess.RunAsync(folder.Path, call.Split(' '));
        Assert.Equal((2, ""), (ran.Status, ran.Output));
        Assert.StartsWith("rasp: ", ran.Error, StringComparison.Ordinal);
        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(["answers.csv"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--help", "score")]
    [InlineData("score --help", "--candidate")]
    [InlineData("check --help", "PATH")]
    [InlineData("serve --help", "RASP_DATABASE")]
    [InlineData("migrate --help", "database")]
    [InlineData("--version", "0.1.0")]
    public async Task Help_and_version_are_there_for_the_asking(string call, string named)
    {
        using var folder = new TemporaryFolder();
        var ran = await RaspProcess.RunAsync(folder.Path, call.Split(' '));
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Contains(named, ran.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}

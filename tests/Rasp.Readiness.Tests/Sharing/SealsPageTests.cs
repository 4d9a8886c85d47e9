using System.Text;
using System.Text.RegularExpressions;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>What docs/seals.md shows is so.</summary>
public sealed partial class SealsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "seals.md"));

    [Fact]
    public void The_example_holds_and_comes_to_the_seal_that_the_page_prints()
    {
        var file = SealFile.Read(new SourceFile("docs/seals.md", Encoding.UTF8.GetBytes(Block("json")))).Value();
        Assert.Equal(Block("text").Trim(), file.Commitment);
        Assert.Equal(Block("json"), file.Write());

        // The same by the page's own words, without a line of Rasp.
        byte[] bytes = [.. Convert.FromHexString(file.Salt), .. Encoding.UTF8.GetBytes(file.Document)];
        Assert.Equal(Block("text").Trim(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    [Fact]
    public void The_example_is_what_is_sealed_of_its_answers()
    {
        var file = SealFile.Read(new SourceFile("docs/seals.md", Encoding.UTF8.GetBytes(Block("json")))).Value();
        var (result, sheet) = Example();
        Assert.Equal(SealedDocument.Write(file.Programme, result, sheet, Depth.Everything), file.Document);
        Assert.All(JsonNames(file.Document), name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    private static (AssessmentResult Result, AnswerSheet Sheet) Example()
    {
        var (result, sheet) = Sheets.Of(Given.Instrument(Given.Q("q1", gate: 3), Given.Q("q2")), "p1 q1 2 fixed", "p1 q2 4");
        var noted = Sheets.Map(sheet, a => a.Stance is null ? a with { Evidence = "Minutes of 3 March" } : a with { Note = "“Not yet”, says the board 🙂" });
        return (Scorer.Score(result.Instrument, result.Stage, noted), noted);
    }

    private static IEnumerable<string> JsonNames(string document) => Name().Matches(document).Select(m => m.Groups[1].Value).Distinct();

    private static string Block(string language) => Regex.Match(Page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rasp.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("\"([a-z]+)\":")]
    private static partial Regex Name();
}

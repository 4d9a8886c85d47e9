using System.Globalization;
using System.Text;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp.Tests.Instruments;

/// <summary>Holds the question set to what it promises, and docs/question-set.md to the question set.</summary>
public sealed class QuestionSetTests
{
    private static readonly string Repository = FindRepository();

    private static readonly Instrument Rasp = Read();

    [Fact]
    public void The_page_of_the_question_set_says_what_the_files_say()
    {
        var path = Path.Combine(Repository, "docs", "question-set.md");
        var expected = Page();
        if (File.Exists(path) && File.ReadAllText(path) == expected) return;
        File.WriteAllText(Path.ChangeExtension(path, ".received.md"), expected);
        Assert.Fail("docs/question-set.md is not what instruments/rasp says. Compare it with docs/question-set.received.md, and move that over it.");
    }

    [Fact]
    public void It_is_as_large_as_promised()
    {
        Assert.Equal(["shared-vision", "ethos-and-cultures", "treatment-of-resources", "risk-management", "governance"], Rasp.Areas.Select(a => a.Key));
        Assert.InRange(Rasp.Questions.Count, 75, 120);
        Assert.All(Rasp.Areas, a => Assert.True(a.Questions.Count() >= 13, a.Key));
        Assert.InRange(Rasp.Areas.Sum(a => a.Themes.Count), 18, 25);
        Assert.InRange(Rasp.Questions.Count(q => q.Gate is not null), 10, 16);
        Assert.All(Rasp.Stages, s => Assert.True(Rasp.InScope(s.Key).Count() >= 45, s.Key));
    }

    [Fact]
    public void Each_question_is_whole()
    {
        Assert.All(Rasp.Questions, q =>
        {
            Assert.EndsWith("?", q.Text, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(q.Why), q.Key);
            Assert.NotEmpty(q.Roles);
            Assert.NotNull(q.Cause);
            Assert.Equal(5, q.Levels.Distinct().Count());
            Assert.NotEmpty(q.Evidence);
            Assert.Contains(q.Actions, a => a.UpTo <= 3);
        });
    }

    [Fact]
    public void No_level_is_another_one_with_a_degree_adverb()
    {
        string[] degrees = ["somewhat", "mostly", "largely", "partly", "partially", "fully", "fairly", "quite", "very", "reasonably", "adequately"];
        Assert.All(Rasp.Questions, q => Assert.Equal(q.Levels.Count, q.Levels.Select(WithoutDegrees).Distinct().Count()));

        string WithoutDegrees(string level) =>
            string.Join(' ', level.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.ToLowerInvariant()).Except(degrees));
    }

    [Fact]
    public void Each_role_has_something_to_answer_and_each_source_is_used() =>
        Assert.Multiple(
            () => Assert.All(Rasp.Roles, r => Assert.True(Rasp.Questions.Count(q => q.Roles.Contains(r.Key)) >= 8, r.Key)),
            () => Assert.All(Rasp.Sources, s => Assert.Contains(Rasp.Questions, q => q.Sources.Contains(s))));

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # The question set at a glance

            {Rasp.Title}, version {Rasp.Version}: {Shown.Count(Rasp.Areas.Count, "area")}, {Shown.Count(Rasp.Areas.Sum(a => a.Themes.Count), "theme")}, {Shown.Count(Rasp.Questions.Count, "question")}, of which {Rasp.Questions.Count(q => q.Gate is not null)} have a gate: below that level the programme should not go on, whatever the rest says.
            This page is made from `instruments/rasp`, and a test holds it to that. None of it is legal advice.


            """).ReplaceLineEndings("\n"));
        page.Append("| stage | questions |\n| --- | --- |\n");
        foreach (var stage in Rasp.Stages) page.Append(CultureInfo.InvariantCulture, $"| {stage.Name} | {Rasp.InScope(stage.Key).Count()} |\n");
        foreach (var area in Rasp.Areas)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {area.Name}\n\n{area.Summary}\n\n| theme | question | about | stages | gate | sources |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (var theme in area.Themes)
            {
                foreach (var question in theme.Questions)
                {
                    page.Append(CultureInfo.InvariantCulture, $"| {theme.Name} | {Cell(question.Text)}<br>`{question.Key}` | {(question.About == About.Partnership ? "partnership" : "organisation")} | {(question.Stages.Count == 0 ? "all" : string.Join(", ", question.Stages))} | {question.Gate} | {string.Join(", ", question.Sources.Select(s => s.Key))} |\n");
                }
            }
        }
        page.Append("\n## Sources\n\n| key | source |\n| --- | --- |\n");
        foreach (var source in Rasp.Sources) page.Append(CultureInfo.InvariantCulture, $"| {source.Key} | {(source.Url is null ? Cell(source.Name) : $"[{Cell(source.Name)}]({source.Url})")} |\n");
        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static Instrument Read()
    {
        var folder = Path.Combine(Repository, "instruments", "rasp");
        var reading = InstrumentYaml.Read(Source("instrument.yaml")!, Source);
        return reading.Value ?? throw new InvalidOperationException(string.Join('\n', reading.Faults));

        SourceFile? Source(string name) => File.Exists(Path.Combine(folder, name)) ? new(name, File.ReadAllBytes(Path.Combine(folder, name))) : null;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Rasp.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests must run from within the repository.");
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Rasp.Readiness;
using Rasp.Readiness.Answers;

namespace Rasp.Tests.Forms;

/// <summary>Whatever people type comes back as text, wherever it is shown and in whichever file: it never becomes markup, script or a formula.</summary>
public sealed class TypedTextTests
{
    public static readonly TheoryData<string> Texts =
    [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "\"><svg/onload=alert(1)> ' onfocus='alert(2)' {{7*7}} ${7*7} @Model </textarea></title>",
        "&lt;b&gt; &amp;amp; &#x3c;",
        "=HYPERLINK(\"http://evil.example\",\"click\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "'=already guarded",
        "'",
        "comma, \"quotes\" and\nlines\n\nof text; semicolon",
        "👩🏽‍⚖️ 🇬🇧 \u202eright to left\u202c עברית العربية e\u0301 \ufeff",
        "\ttab first",
    ];

    [Theory, MemberData(nameof(Texts))]
    public async Task Typed_text_comes_back_as_it_was_typed(string text) => await CheckAsync(Engine.Sqlite, text);

    [Theory, Engines]
    public async Task So_does_one_of_10000_characters(Engine engine) => await CheckAsync(engine, string.Concat(Enumerable.Repeat("<é>&\"'😀", 1_250))[..10_000]);

    private static async Task CheckAsync(Engine engine, string text)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        name = name[..Math.Min(name.Length, 190)].TrimEnd();
        var assessment = await visitor.StartAssessmentAsync(name);
        var questions = host.Instrument.InScope("deliver").ToList();
        // Once in full: a page has room for one such text and not for two.
        var (typed, evidence) = (text.Trim(), text[..Math.Min(text.Length, 400)].Trim());
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "1"), ("Stance", "fixed"), ("Note", text), ("Evidence", evidence));

        string[] pages =
        [
            assessment.Overview, assessment.Question(questions[0]), Links.Results(assessment.Reference), Links.TakeAway(assessment.Reference), Links.Details(assessment.Reference),
            Links.Delete(assessment.Reference), Links.PrivateLink(assessment.Reference), Links.Open(assessment.Secret),
        ];
        foreach (var path in pages)
        {
            // What stands out as foreign is checked for each page; here, that nothing of the text has become an element.
            var page = await visitor.GetAsync(path);
            Assert.Equal(200, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("img, svg[onload], [onerror], [onfocus], script:not([src])"));
            Assert.Equal(2, page.Document.QuerySelectorAll("script").Length);
        }
        Assert.Equal(name, (await visitor.GetAsync(assessment.Overview)).Document.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(name, (await visitor.GetAsync(Links.Details(assessment.Reference))).Field("Details.Organisation"));
        var question = await visitor.GetAsync(assessment.Question(questions[0]));
        Assert.Equal((typed, evidence), (question.Field("Note"), question.Field("Evidence")));

        var csv = (await visitor.GetAsync(Links.AnswersCsv(assessment.Reference))).Body;
        var sheet = Assert.Single(AnswerCsv.Parse([new SourceFile("answers.csv", Encoding.UTF8.GetBytes(csv))]).Sheets(_ => host.Instrument).Value!);
        Assert.Equal((name, "2026-11"), (sheet.Organisation, sheet.Round));
        var answer = Assert.Single(sheet.Respondents).Answers[questions[0].Key];
        Assert.Equal(new Answer(Choice.OfLevel(1), Stance.Fixed, typed, evidence), answer);
        foreach (var cell in Cells(csv)) Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), $"The cell {cell} would be a formula.");

        var json = JsonNode.Parse((await visitor.GetAsync(Links.ResultsJson(assessment.Reference))).Body)!;
        Assert.Equal(name, (string?)json["assessments"]![0]!["organisation"]);
    }

    /// <summary>The cells as a spreadsheet takes them apart.</summary>
    private static IEnumerable<string> Cells(string csv)
    {
        var (cell, isQuoted) = (new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"')
            {
                if (isQuoted && i + 1 < csv.Length && csv[i + 1] == '"') cell.Append(csv[i++]);
                else isQuoted = !isQuoted;
            }
            else if (!isQuoted && csv[i] is ',' or '\n')
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else if (isQuoted || csv[i] != '\r')
            {
                cell.Append(csv[i]);
            }
        }
        yield return cell.ToString();
    }
}

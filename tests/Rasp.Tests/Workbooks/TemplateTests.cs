using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Spreadsheet;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Reports;
using Rasp.Tests.Verbs;

namespace Rasp.Tests.Workbooks;

/// <summary><c>rasp template</c>, and scoring what was filled in.</summary>
public sealed class TemplateTests
{
    private static readonly Instrument BuiltIn = InstrumentYaml.Read(Source("instrument.yaml"), Source).Value!;

    [Fact]
    public async Task A_template_that_is_filled_in_scores_as_the_same_answers_in_a_CSV_do()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((0, "", ""), await RanAsync(folder, "template", "--stage", "explore", "--output", "template.xlsx"));
        var instrument = BuiltIn;
        var questions = instrument.InScope("explore").ToList();
        var template = new FilledWorkbook(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "template.xlsx")));
        Assert.Equal(questions.Select(q => q.Key).Order(), template.Rows.Keys.Order());

        foreach (var (council, role, file) in new[] { ("Aldermere", BuiltIn.Roles[0], "a.xlsx"), ("Brookfield", BuiltIn.Roles[1], "b.xlsx") })
        {
            var book = new FilledWorkbook(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "template.xlsx"))).Set("B4", council).Set("B5", "2026-01").Set("B6", role.Name);
            for (var i = 0; i < 12; i++) book.Set(questions[i], FilledWorkbook.Answer, i == 5 ? "Don’t know" : $"{(i % 5) + 1} {instrument.Levels[i % 5]}").Set(questions[i], FilledWorkbook.Note, i % 2 == 0 ? "'=a, note" : "").Set(questions[i], FilledWorkbook.Compromise, i == 3 ? "Fixed: a red line" : "");
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, file), book.Save());
        }
        var rows = string.Concat(new[] { ("Aldermere", BuiltIn.Roles[0].Key), ("Brookfield", BuiltIn.Roles[1].Key) }.SelectMany(c => Enumerable.Range(0, 12).Select(i =>
            $"{c.Item1},2026-01,{c.Item2},{questions[i].Key},{(i == 5 ? "dk" : $"{(i % 5) + 1}")},{c.Item2},{(i == 3 ? "fixed" : "")},{(i % 2 == 0 ? "\"'=a, note\"" : "")}\n")));
        folder.File("answers.csv", "organisation,round,respondent,question,answer,role,stance,note\n" + rows);

        var scored = await RaspProcess.RunAsync(folder.Path, ["score", "a.xlsx", "b.xlsx", "--stage", "explore", "--format", "json"]);
        var expected = await RaspProcess.RunAsync(folder.Path, ["score", "answers.csv", "--stage", "explore", "--format", "json"]);
        Assert.Equal((0, ""), (scored.Status, scored.Error));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Output), JsonNode.Parse(scored.Output)));
        Assert.Single(JsonNode.Parse(scored.Output)!["comparisons"]!.AsArray());

        // Beside a CSV, what stands in both is told.
        var both = await RaspProcess.RunAsync(folder.Path, ["score", "a.xlsx", "answers.csv"]);
        Assert.Equal(1, both.Status);
        Assert.Equal(12, both.Faults.Count(f => f.StartsWith("a.xlsx:", StringComparison.Ordinal) && f.Contains("sheet Shared vision, cell H", StringComparison.Ordinal) && f.Contains("has already answered this question", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_sheet_and_cell_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        await RanAsync(folder, "template", "--output", "template.xlsx");
        var questions = BuiltIn.Questions;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "template.xlsx"));
        var book = new FilledWorkbook(bytes).Set("B5", "Jan-26").Set("B6", "Jester").Set(questions[0], FilledWorkbook.Answer, "maybe").Set(questions[1], FilledWorkbook.Note, "no answer").SetFormula(questions[2], FilledWorkbook.Answer, "1+2");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "faulty.xlsx"), book.Save());
        folder.File("text.xlsx", "organisation,round");

        var ran = await RaspProcess.RunAsync(folder.Path, ["score", "faulty.xlsx", "template.xlsx", "text.xlsx", "--output", "out.txt"]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.All(ran.Faults, f => Assert.Matches(@"^(faulty|template|text)\.xlsx:\d+:\d+: error: .+", f));
        string[] said =
        [
            "faulty.xlsx:4:2: error: sheet Start here, cell B4: the organisation is empty", "faulty.xlsx:5:2: error: sheet Start here, cell B5: a spreadsheet seems to have turned the round into 'Jan-26'; write 2026-01",
            "faulty.xlsx:6:2: error: sheet Start here, cell B6: there is no role “Jester”", $"error: {book.Place(questions[0], "D")}: 'maybe' is no answer", $"error: {book.Place(questions[1], "D")}: the answer is empty",
            $"error: {book.Place(questions[2], "D")}: a formula stands here", "template.xlsx:1:1: error: nothing is answered in this workbook", "text.xlsx:1:1: error: this is no Excel workbook",
        ];
        Assert.All(said, s => Assert.Contains(ran.Faults, f => f.Contains(s, StringComparison.Ordinal)));
        Assert.False(File.Exists(Path.Combine(folder.Path, "out.txt")));
    }

    [Fact]
    public async Task Any_instrument_has_a_template_with_its_own_levels_and_names()
    {
        using var folder = new TemporaryFolder();
        folder.File("mine.yaml", """
            id: mine
            version: 2.0.0
            title: Mine & yours
            levels: [No, "Yes"]
            bands: [{ key: low, name: Low, from: 0 }]
            areas:
              - key: one
                name: "What's: a very long name? / with [all] that sheets can't have"
                themes: [{ key: t, name: T, questions: [{ key: q, text: "Is it <so>?", about: organisation, levels: [It is not, It is] }] }]
              - key: two
                name: "What's: a very long name? / with [all] that sheets can't have"
                themes: [{ key: t, name: T, questions: [{ key: q, text: Or not?, about: organisation, levels: [It is not, It is] }] }]
            """);
        Assert.Equal((0, "", ""), await RanAsync(folder, "template", "--instrument", "mine.yaml", "--output", "mine.xlsx"));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "mine.xlsx"));
        using (var book = OfficeFile.Workbook(bytes))
        {
            Assert.Equal(4, OfficeFile.Sheets(book).Distinct().Count());
            Assert.All(OfficeFile.Sheets(book), s => Assert.InRange(s.Length, 1, 31));
            Assert.Contains("It is not", OfficeFile.SheetOf(book, OfficeFile.Sheets(book)[1]).InnerText, StringComparison.Ordinal);
            Assert.DoesNotContain(book.WorkbookPart!.Workbook!.Descendants<DefinedName>(), n => n.Name == "RaspRoles");
        }
        var filled = new FilledWorkbook(bytes).Set("B4", "A").Set("B5", "2026-01").Set("B7", "agreed");
        foreach (var (key, (sheet, row)) in filled.Rows) Assert.Contains(key, (string[])["one.t.q", "two.t.q"]);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "mine.xlsx"), filled.Save());
        var wrong = await RaspProcess.RunAsync(folder.Path, ["score", "mine.xlsx"]);
        Assert.Equal(1, wrong.Status);
        Assert.Contains("holds the questions of mine 2.0.0", Assert.Single(wrong.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("template", "--output")]
    [InlineData("template --output answers.csv", ".xlsx")]
    [InlineData("template --output a.xlsx --stage abolish", "explore")]
    [InlineData("template --output a.xlsx --instrument nowhere", "nowhere")]
    [InlineData("template --output no/such/folder/a.xlsx", "no/such/folder")]
    public async Task A_call_that_can_not_be_is_told_in_a_sentence_with_status_2(string call, string named)
    {
        using var folder = new TemporaryFolder();
        var ran = await RaspProcess.RunAsync(folder.Path, call.Split(' '));
        Assert.Equal((2, ""), (ran.Status, ran.Output));
        Assert.Contains(named, ran.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static SourceFile Source(string name) => new(name, File.ReadAllBytes(Path.Combine(Repository.Root, "instruments", "rasp", name)));

    private static async Task<(int, string, string)> RanAsync(TemporaryFolder folder, params string[] call)
    {
        var ran = await RaspProcess.RunAsync(folder.Path, call);
        return (ran.Status, ran.Output, ran.Error);
    }
}

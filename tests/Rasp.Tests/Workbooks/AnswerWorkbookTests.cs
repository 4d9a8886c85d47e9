using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Reports;

namespace Rasp.Tests.Workbooks;

/// <summary>Workbooks to answer in: what is typed goes round and comes back the same, what is wrong is told by cell, and nothing that anybody hands in brings the server down.</summary>
public sealed class AnswerWorkbookTests
{
    private static readonly string[] Hostile =
    [
        "<w:p>&amp;\"' ]]> </w:t>", "=HYPERLINK(\"http://evil.example\",\"press\")", "+1", "-2+3", "@cmd", "'quoted", "''twice", "_x0041_ stays", "_x005F_x0041_",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 👩‍👩‍👧", "שלום (1) עולם & <more>", "two\nlines\n\n\tand a tab", "1/2", "007", "TRUE", "2026-01", "#NAME?", "no \uFFFF character", string.Concat(Enumerable.Repeat("_x0041_é=", 1111)),
    ];

    [Theory, Engines]
    public async Task What_is_answered_goes_round_by_a_workbook_and_comes_back_the_same(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var (one, other) = (await visitor.StartAssessmentAsync(), default(Started)!);
        var questions = host.Instrument.InScope("deliver").ToList();
        await SaveAsync(host, one, questions.Take(Hostile.Length).Select((q, i) => (q, new StoredAnswer(
            (i % 4) switch { 0 => Choice.DontKnow, 1 => Choice.NotApplicable, _ => Choice.OfLevel((i % 5) + 1) }, i % 4 == 3 ? null : (Stance)(i % 4), Hostile[i], Hostile[^(i + 1)]))));
        var (csv, taken) = (await visitor.CsvAsync(one.Reference), await visitor.WorkbookAsync(one.Reference));

        // Back where it comes from, nothing changes.
        var same = await visitor.UploadAsync(one.Reference, taken);
        Assert.Contains(" 0 answers would change.", same.Words, StringComparison.Ordinal);
        Assert.Contains($"{Hostile.Length} answers in the file are the same here", same.Words, StringComparison.Ordinal);

        // Elsewhere, all of it arrives.
        var friend = host.NewVisitor();
        other = await friend.StartAssessmentAsync();
        var preview = await friend.UploadAsync(other.Reference, taken);
        Assert.Contains($"{Hostile.Length} answers would change.", preview.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("can’t be read", preview.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(questions[0].Key, await friend.CsvAsync(other.Reference), StringComparison.Ordinal);
        var done = await friend.ConfirmAsync(preview);
        Assert.Contains($"{Hostile.Length} answers are saved.", done.Words, StringComparison.Ordinal);
        // What XML has no place for is shown as a character that says so.
        Assert.Equal(csv.Replace('\uFFFF', '\uFFFD'), await friend.CsvAsync(other.Reference));
    }

    [Fact]
    public async Task So_does_whatever_else_could_be_answered()
    {
        await using var host = await RaspHost.StartAsync(with: Often);
        var questions = host.Instrument.InScope("deliver").ToList();
        for (var seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            var (visitor, friend) = (host.NewVisitor(), host.NewVisitor());
            var (one, other) = (await visitor.StartAssessmentAsync(), await friend.StartAssessmentAsync());
            await SaveAsync(host, one, questions.Where(_ => random.Next(3) > 0).Select(q => (q, new StoredAnswer(
                random.Next(8) switch { 0 => null, 1 => Choice.DontKnow, 2 => Choice.NotApplicable, var n => Choice.OfLevel(n - 2) }, random.Next(4) is var s and < 3 ? (Stance)s : null, Text(random), Text(random)))));
            var taken = await visitor.WorkbookAsync(one.Reference);
            var preview = await friend.UploadAsync(other.Reference, taken);
            if (preview.Has("Change nothing") && !preview.Words.Contains(" 0 answers would change.", StringComparison.Ordinal)) await friend.ConfirmAsync(preview);
            var (expected, actual) = (await EnteredAsync(host, one), await EnteredAsync(host, other));
            Assert.True(expected.Count == actual.Count && expected.All(e => actual.GetValueOrDefault(e.Key) == e.Value), $"seed {seed}: {expected.Count} against {actual.Count}, first {expected.FirstOrDefault(e => actual.GetValueOrDefault(e.Key) != e.Value)}");
        }

        static string? Text(Random random)
        {
            if (random.Next(2) == 0) return null;
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(6) == 0 ? Hostile[random.Next(9)] : char.ConvertFromUtf32(random.Next(5) == 0 ? random.Next(0x1F300, 0x1F5FF) : random.Next(0x20, 0x7E))));
            return text.Trim() is { Length: > 0 } clean ? clean : null;
        }
    }

    [Fact]
    public async Task It_can_be_filled_in_and_nothing_else_and_shows_how_far_one_is()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var questions = host.Instrument.InScope("deliver").ToList();
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "3"));
        var bytes = await visitor.WorkbookAsync(assessment.Reference);
        Assert.Equal(bytes, await visitor.WorkbookAsync(assessment.Reference));
        using var book = OfficeFile.Workbook(bytes);
        Assert.Equal(["Start here", .. host.Instrument.Areas.Select(a => a.Name), "rasp"], OfficeFile.Sheets(book));
        Assert.True(book.WorkbookPart!.Workbook!.WorkbookProtection!.LockStructure!.Value);
        Assert.Equal(SheetStateValues.Hidden, book.WorkbookPart.Workbook.Descendants<Sheet>().Last().State!.Value);
        var looks = book.WorkbookPart.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        foreach (var sheet in OfficeFile.Sheets(book).Select(s => OfficeFile.SheetOf(book, s)))
        {
            Assert.True(sheet.GetFirstChild<SheetProtection>() is { Sheet.Value: true, Password: null });
        }
        foreach (var (area, i) in host.Instrument.Areas.Select((a, i) => (a, i)))
        {
            var sheet = OfficeFile.SheetOf(book, area.Name);
            var open = sheet.Descendants<Cell>().Where(c => looks[(int)c.StyleIndex!.Value].Protection?.Locked?.Value == false).ToList();
            var asked = area.Questions.Count(q => q.IsAskedAt("deliver"));
            Assert.Equal(4 * asked, open.Count);
            Assert.All(open, c => Assert.Contains(c.CellReference!.Value![0], "DEFG"));
            Assert.Equal(["RaspAnswers", "RaspStances", "10000"], sheet.Descendants<DataValidation>().Select(v => v.Formula1!.Text));
            Assert.Equal(PaneStateValues.Frozen, sheet.Descendants<Pane>().Single().State!.Value);
            Assert.Equal($"Answered {(i == 0 ? 1 : 0)} of {asked}", sheet.Descendants<Cell>().Single(c => c.CellReference == "A2").CellValue!.Text);
            Assert.StartsWith("\"Answered \"&COUNTA(D", sheet.Descendants<CellFormula>().Single().Text, StringComparison.Ordinal);
            // Levels in full.
            foreach (var question in area.Questions.Where(q => q.IsAskedAt("deliver"))) Assert.All(question.Levels, l => Assert.Contains(l, sheet.InnerText, StringComparison.Ordinal));
        }
        Assert.Contains($"1 of {questions.Count} answered", OfficeFile.SheetOf(book, "Start here").InnerText, StringComparison.Ordinal);
        Assert.Equal(["1 Not started", "2 Talked about", "3 Agreed in part", "4 Agreed", "5 Proven", "Don’t know", "Does not apply"],
            OfficeFile.SheetOf(book, "rasp").Descendants<Cell>().Where(c => c.CellReference!.Value![0] == 'D').Select(OfficeFile.Text));
    }

    [Fact]
    public async Task What_people_type_instead_of_choosing_is_understood_and_what_is_not_is_told_by_cell()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var q = host.Instrument.InScope("deliver").ToList();
        var book = new FilledWorkbook(await visitor.WorkbookAsync(assessment.Reference));
        string[] typed = ["3", "4 Agreed", "agreed in part", "don't know", "N/A", " 5  proven "];
        for (var i = 0; i < typed.Length; i++) book.Set(q[i], FilledWorkbook.Answer, typed[i]).Set(q[i], FilledWorkbook.Compromise, i == 0 ? "fixed" : i == 1 ? "Fixed: a red line" : "");
        book.Set(q[6], FilledWorkbook.Answer, 2);
        book.Set(q[20], FilledWorkbook.Answer, "maybe").Set(q[21], FilledWorkbook.Answer, "6").Set(q[22], FilledWorkbook.Compromise, "never")
            .Set(q[23], FilledWorkbook.Note, new string('m', 10_001)).SetFormula(q[24], FilledWorkbook.Answer, "1+2").Set(q[25], "H", "no.such.question").Set(q[25], FilledWorkbook.Answer, "1")
            .Set(q[26], "H", q[0].Key).Set(q[26], FilledWorkbook.Answer, "1").Set(q[27], "I", "99").Set(q[27], FilledWorkbook.Answer, "1");
        var preview = await visitor.UploadAsync(assessment.Reference, book.Save());
        Assert.Contains("7 answers would change.", preview.Words, StringComparison.Ordinal);
        Assert.Contains("8 places in the file can’t be read", preview.Words, StringComparison.Ordinal);
        foreach (var (question, column, what) in new[]
        {
            (q[20], "D", "'maybe' is no answer; write a level from 1 to 5"), (q[21], "D", "the level '6' is out of range"), (q[22], "E", "'never' is no stance"), (q[23], "F", "the note has 10,001 characters"),
            (q[24], "D", "a formula stands here; write the text itself"), (q[25], "H", "has no question 'no.such.question'"), (q[26], "H", "stands in the file twice"), (q[27], "H", "means something else by now"),
        })
        {
            var place = book.Place(question, column);
            Assert.Contains($"{char.ToUpperInvariant(place[0])}{place[1..]}: ", preview.Words, StringComparison.Ordinal);
            Assert.Contains(what, preview.Words, StringComparison.Ordinal);
        }
        Assert.Contains("7 answers are saved.", (await visitor.ConfirmAsync(preview)).Words, StringComparison.Ordinal);
        var csv = await visitor.CsvAsync(assessment.Reference);
        Assert.Equal(["3", "4", "3", "dk", "na", "5", "2"], q.Take(7).Select(x => csv.Split('\n').Single(l => l.Contains($",{x.Key},", StringComparison.Ordinal)).Split(',')[4]));
    }

    /// <summary>A workbook can say them, by the escapes of its format.</summary>
    [Theory, Engines]
    public async Task Halves_of_characters_and_control_characters_are_not_taken_for_text(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var question = host.Instrument.InScope("deliver").First();
        var book = new FilledWorkbook(await visitor.WorkbookAsync(assessment.Reference))
            .Set(question, FilledWorkbook.Answer, "3").Set(question, FilledWorkbook.Note, "half _xD800_ one, _x0000_none, a _xD83C__xDF0A_ whole");
        await visitor.ConfirmAsync(await visitor.UploadAsync(assessment.Reference, book.Save()));
        Assert.Contains("half \uFFFD one, none, a 🌊 whole", await visitor.CsvAsync(assessment.Reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_workbook_is_refused_with_what_would_be_right()
    {
        await using var host = await RaspHost.StartAsync(with: Often);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var good = await visitor.WorkbookAsync(assessment.Reference);
        var before = await host.DumpAsync();
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        (string Name, byte[] Bytes, string Says)[] files =
        [
            ("empty.xlsx", [], "empty"),
            ("old.xlsx", ole, "an older format"),
            ("locked.xlsx", [.. ole, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "take the password off"),
            ("letter.xlsx", [.. ole, .. Encoding.Unicode.GetBytes("WordDocument")], "a Word document"),
            ("paper.xlsx", "%PDF-1.7\n"u8.ToArray(), "a PDF"),
            ("picture.xlsx", [0x89, .. "PNG\r\n"u8, 0x1A], "a picture"),
            ("page.xlsx", "<html><table>"u8.ToArray(), "a web page"),
            ("text.xlsx", "organisation,round"u8.ToArray(), "no Excel workbook"),
            ("ods.xlsx", Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")), "an OpenDocument spreadsheet"),
            ("docx.xlsx", Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")), "a Word document"),
            ("pptx.xlsx", Zip(("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<a/>")), "a PowerPoint presentation"),
            ("zip.xlsx", Zip(("readme.txt", "hello")), "a zip archive"),
            ("xlsb.xlsx", Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")), "a binary workbook"),
            ("cut.xlsx", good[..(good.Length / 2)], "damaged"),
            ("macros.xlsm", FilledWorkbook.WithPart(good, "xl/vbaProject.bin", "x"u8.ToArray()), "holds macros"),
            ("macros.xlsx", FilledWorkbook.WithPart(good, "[Content_Types].xml", t => t.Replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main", StringComparison.Ordinal)), "holds macros"),
            ("other.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet7.xml", t => t.Replace("rasp-answer-workbook", "something", StringComparison.Ordinal)), "not one to answer in that Rasp made"),
            ("newer.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet7.xml", t => t.Replace(">1<", ">2<", StringComparison.Ordinal)), "format 2"),
            ("elsewhere.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet7.xml", t => t.Replace(">rasp<", ">other<", StringComparison.Ordinal)), "the questions of other"),
            ("dtd.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet2.xml", t => t.Replace("<x:worksheet", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x:worksheet", StringComparison.Ordinal)), "damaged"),
            ("laughs.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet2.xml", "<!DOCTYPE l [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;\">]><l>&b;</l>"u8.ToArray()), "damaged"),
            ("linked.xlsx", FilledWorkbook.WithPart(good, "xl/_rels/workbook.xml.rels", t => t.Replace("Target=\"/xl/worksheets/sheet2.xml\"", "Target=\"http://evil.example/sheet.xml\" TargetMode=\"External\"", StringComparison.Ordinal)), "from another file"),
            ("bomb.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet2.xml", Encoding.UTF8.GetBytes("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>" + new string(' ', 60_000_000))), "unpacks to far more"),
            ("parts.xlsx", Zip([("[Content_Types].xml", "<Types/>"), .. Enumerable.Range(0, 1200).Select(i => ($"xl/{i}.xml", ""))]), "parts, more than Rasp reads"),
            ("cells.xlsx", FilledWorkbook.WithPart(good, "xl/worksheets/sheet2.xml", Encoding.UTF8.GetBytes("<worksheet><sheetData><row>" + string.Concat(Enumerable.Repeat("<c/>", 200_001)) + "</row></sheetData></worksheet>")), "cells, more than Rasp reads"),
            ("twice.xlsx", Twice(good), "damaged"),
            ("", [], "Choose the file"),
            ("empty.csv", [], "The file is empty"),
            ("latin.csv", [.. "organisation,round,respondent,question,answer\nCaf"u8, 0xE9], "not UTF-8"),
            ("semicolons.csv", "organisation;round;respondent;question;answer\n"u8.ToArray(), "not separated by commas"),
            ("header.csv", "organisation,round,respondent,question,answer\n"u8.ToArray(), "no answer below its first line"),
            ("several.csv", Encoding.UTF8.GetBytes($"organisation,round,respondent,question,answer\nA,1,p,{host.Instrument.Questions[0].Key},1\nA,1,r,{host.Instrument.Questions[0].Key},1\n"), "answers of several"),
        ];
        foreach (var (name, bytes, says) in files)
        {
            var page = await visitor.UploadAsync(assessment.Reference, bytes, name);
            Assert.True(page.Status == 400 && page.Faults.Any(f => f.Contains(says, StringComparison.Ordinal)), $"{name}: {page.Status} {string.Join(" / ", page.Faults)} {page.Heading}");
        }
        Assert.Equal(before, await host.DumpAsync());
    }

    [Fact]
    public async Task Damaged_files_are_read_or_refused_and_never_bring_it_down()
    {
        await using var host = await RaspHost.StartAsync(with: Often);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var questions = host.Instrument.InScope("deliver").ToList();
        await SaveAsync(host, assessment, questions.Take(Hostile.Length).Select((q, i) => (q, new StoredAnswer(Choice.OfLevel(1 + (i % 5)), null, Hostile[i], null))));
        var (workbook, csv) = (await visitor.WorkbookAsync(assessment.Reference), Encoding.UTF8.GetBytes(await visitor.CsvAsync(assessment.Reference)));
        var parts = FilledWorkbook.Parts(workbook);
        var form = await visitor.GetAsync(Links.Upload(assessment.Reference));
        var (read, refused) = (0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var bytes = Damage(random);
            var page = await visitor.UploadAsync(form, Uploading.SeeChanges, "Upload", seed % 4 == 0 ? "answers.csv" : "answers.xlsx", bytes);
            // A fault of ours would have been thrown.
            Assert.True(page.Status is 200 or 400, $"seed {seed}: {page.Status}");
            if (page.Status == 200) read++;
            else refused++;
        }
        Assert.True(read > 40 && refused > 40, $"{read} read, {refused} refused");
        Assert.Empty(host.Log.Lines);

        byte[] Damage(Random random)
        {
            if (random.Next(4) == 0) return Flip(random, csv);
            switch (random.Next(6))
            {
                case 0: return Flip(random, workbook);
                case 1: return workbook[..random.Next(workbook.Length)];
                case 2: return FilledWorkbook.WithPart(workbook, parts[random.Next(parts.Count)], (byte[]?)null);
                case 3: return FilledWorkbook.WithPart(workbook, parts[random.Next(parts.Count)], t => t.Remove(random.Next(t.Length), 1));
                case 4:
                    var part = parts[random.Next(parts.Count)];
                    return FilledWorkbook.WithPart(workbook, part, Flip(random, Encoding.UTF8.GetBytes(FilledWorkbook.TextOf(workbook, part))));
                default:
                    return FilledWorkbook.WithPart(workbook, parts.Where(p => p.Contains("sheet", StringComparison.Ordinal)).ElementAt(random.Next(5)), t => Shuffled(random, t));
            }
        }

        static byte[] Flip(Random random, byte[] bytes)
        {
            var flipped = bytes.ToArray();
            for (var i = random.Next(1, 12); i > 0; i--) flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            return flipped;
        }

        // Well formed, and odd: other references, kinds and numbers.
        static string Shuffled(Random random, string text) => random.Next(5) switch
        {
            0 => text.Replace("t=\"inlineStr\"", "t=\"s\"", StringComparison.Ordinal),
            1 => text.Replace("r=\"D", "r=\"ZZZZ", StringComparison.Ordinal),
            2 => text.Replace("<x:is>", "<x:v>", StringComparison.Ordinal).Replace("</x:is>", "</x:v>", StringComparison.Ordinal),
            3 => text.Replace("r=\"", "r=\"-9", StringComparison.Ordinal),
            _ => text.Replace("<x:t", "<x:rPh><x:t>said</x:t></x:rPh><x:t", StringComparison.Ordinal),
        };
    }

    private static Settings Often(Settings settings) => settings with { Limits = new() { StartsAnHour = 10_000, UploadsAnHour = 10_000 } };

    /// <summary>Saves answers the way that pages do, only faster.</summary>
    private static async Task SaveAsync(RaspHost host, Started assessment, IEnumerable<(Question Question, StoredAnswer Answer)> answers)
    {
        var (seen, holder) = (host.Services.GetRequiredService<Seen>(), new Holder(assessment.LinkHash, null));
        var respondent = (await seen.AssessmentAsync(assessment.Id, holder))!.Facts.Answering!.Id;
        foreach (var (question, answer) in answers)
        {
            if (answer == StoredAnswer.Nothing) continue;
            Assert.IsType<SaveOutcome.Saved>(await host.Services.GetRequiredService<Answering>().SaveAsync(new(respondent, holder, "deliver", question.Key, answer, 0, Guid.NewGuid(), 1, host.Clock.GetUtcNow())));
        }
    }

    private static async Task<IReadOnlyDictionary<string, StoredAnswer>> EnteredAsync(RaspHost host, Started assessment) =>
        (await host.Services.GetRequiredService<Seen>().AssessmentAsync(assessment.Id, new Holder(assessment.LinkHash, null)))!.Entered;

    private static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = new StreamWriter(archive.CreateEntry(name).Open());
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    /// <summary>With a second part of the same name: readers differ in which of the two they take.</summary>
    private static byte[] Twice(byte[] workbook)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in FilledWorkbook.Parts(workbook).Append("xl/worksheets/sheet2.xml"))
            {
                using var entry = new StreamWriter(archive.CreateEntry(part).Open());
                entry.Write(FilledWorkbook.TextOf(workbook, part));
            }
        }
        return stream.ToArray();
    }
}

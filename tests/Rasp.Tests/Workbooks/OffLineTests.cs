using System.Net;
using System.Text;
using Microsoft.Playwright;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Browsing;
using Rasp.Tests.Programmes;
using Rasp.Tests.Reports;
using Rasp.Tests.Teams;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Workbooks;

/// <summary>Answering off line: a workbook is taken, filled in and brought back, and changes what its owner has seen and confirmed, and nothing else.</summary>
public sealed class OffLineTests : BrowserTest
{
    [Theory, Engines]
    public async Task What_changed_here_meanwhile_is_refused_answer_by_answer_and_the_rest_goes_on(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var q = host.Instrument.InScope("deliver").ToList();
        for (var i = 0; i < 4; i++) await visitor.AnswerAsync(assessment, q[i], ("Answer", "1"), ("Note", $"Note {i}"), ("Stance", "fixed"));
        var taken = new FilledWorkbook(await visitor.WorkbookAsync(assessment.Reference));
        // Here: the first two change. In the file: the first, the third and a new one; of the fourth, all is taken away.
        await visitor.AnswerAsync(assessment, q[0], ("Answer", "2"));
        await visitor.AnswerAsync(assessment, q[1], ("Answer", "2"));
        taken.Set(q[0], FilledWorkbook.Answer, "5").Set(q[2], FilledWorkbook.Answer, "4").Set(q[2], FilledWorkbook.Note, "Note 2, longer").Set(q[4], FilledWorkbook.Answer, "3");
        foreach (var column in new[] { FilledWorkbook.Answer, FilledWorkbook.Compromise, FilledWorkbook.Note }) taken.Set(q[3], column, "");
        var preview = await visitor.UploadAsync(assessment.Reference, taken.Save());
        Assert.Equal(200, preview.Status);
        foreach (var words in new[]
        {
            "3 answers would change.", "1 answer changed both here and in the file", "1 answer has changed here since the workbook was made, and not in the workbook",
            "AnswerHere 2 Talked aboutIn the file 5 Proven", "AnswerNow 1 Not startedThen 4 Agreed", "NoteNow “Note 2”Then “Note 2, longer”", "AnswerNow 1 Not startedThen none", "CompromiseNow Fixed: a red lineThen not said",
        })
        {
            Assert.Contains(words, preview.Words, StringComparison.Ordinal);
        }
        Assert.Contains(",1,", await visitor.CsvAsync(assessment.Reference), StringComparison.Ordinal);

        // Between the preview and the button, one more changes.
        await visitor.AnswerAsync(assessment, q[4], ("Answer", "1"));
        var done = await visitor.ConfirmAsync(preview);
        Assert.Contains("2 answers are saved. 2 answers could not be.", done.Words, StringComparison.Ordinal);
        var csv = await visitor.CsvAsync(assessment.Reference);
        Assert.Equal(["2", "2", "4", "", "1"], q.Take(5).Select(x => csv.Split('\n').SingleOrDefault(l => l.Contains($",{x.Key},", StringComparison.Ordinal))?.Split(',')[4] ?? ""));
        // Pressing it again changes nothing.
        await visitor.AnswerAsync(assessment, q[2], ("Answer", "5"));
        await visitor.PostAsync(preview.ActionOf("Change 3 answers"), Visitor.Filled(preview.Form("Change 3 answers")).Select(f => (f.Key, (string?)f.Value)));
        Assert.Contains($",{q[2].Key},5,", await visitor.CsvAsync(assessment.Reference), StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task An_upload_is_seen_by_whoever_made_it_for_a_day_and_goes_with_the_assessment(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, other) = (host.NewVisitor(), host.NewVisitor());
        var assessment = await visitor.StartAssessmentAsync();
        await other.StartAssessmentAsync();
        var q = host.Instrument.InScope("deliver").First();
        var book = new FilledWorkbook(await visitor.WorkbookAsync(assessment.Reference)).Set(q, FilledWorkbook.Answer, "3").Set(q, FilledWorkbook.Note, "Nobody is to know").Save();
        var preview = await visitor.UploadAsync(assessment.Reference, book);
        Assert.Equal(404, (await other.GetAsync(preview.Path)).Status);
        Assert.Equal(404, (await visitor.GetAsync(preview.Path[..^1] + (preview.Path[^1] == '0' ? '1' : '0'))).Status);
        // Whoever claims it into an account looks as somebody else.
        Assert.Equal(200, (await visitor.GetAsync(preview.Path)).Status);
        // Another takes its place.
        var second = await visitor.UploadAsync(assessment.Reference, book);
        Assert.Equal(404, (await visitor.GetAsync(preview.Path)).Status);
        Assert.Equal("Upload answers", (await visitor.SubmitAsync(second, "Change nothing")).Heading);
        Assert.Equal(0, (await host.RowsByTableAsync())["Uploads"]);

        var third = await visitor.UploadAsync(assessment.Reference, book);
        Assert.Equal(1, (await host.RowsByTableAsync())["Uploads"]);
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(404, (await visitor.GetAsync(third.Path)).Status);
        await Until.TrueAsync(async () => (await host.RowsByTableAsync())["Uploads"] == 0);

        await visitor.UploadAsync(assessment.Reference, book);
        await visitor.SubmitAsync(await visitor.GetAsync(Links.Delete(assessment.Reference)), "Delete everything", ("IsSure", "true"));
        Assert.Equal(0, (await host.RowsByTableAsync())["Uploads"]);
        Assert.DoesNotContain("Nobody is to know", await host.DumpAsync(), StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Each_of_several_brings_back_what_is_theirs_and_nobody_elses(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));
        var reference = part.Split('/')[^1];
        var q = host.Instrument.InScope("explore").ToList();

        // A part of a round, led by one alone: in its trail.
        var own = await lead.UploadAsync(reference, new FilledWorkbook(await lead.WorkbookAsync(reference)).Set(q[0], FilledWorkbook.Answer, "2").Save());
        var everything = await lead.GetAsync((await lead.GetAsync(Links.Account)).Link(Asked.Alder) + "/everything.json");
        Assert.Contains("\"uploads\": [\n", everything.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(404, (await two[Asked.Brook].GetAsync(own.Path)).Status);
        await lead.ConfirmAsync(own);
        Assert.Equal("AnswersUploaded", (await host.TrailAsync())[^1]);

        // Several, named. The lead answers nothing; what was agreed goes by the same way.
        await two.StartTeamAsync(Asked.Alder, "named");
        var finance = await two.AskAsync(Asked.Alder, "finance@example.gov.uk");
        Assert.Contains("Read on the overview who sees", (await finance.GetAsync(Links.Upload(reference))).Words, StringComparison.Ordinal);
        await finance.BeginAsync(part);
        var book = new FilledWorkbook(await finance.WorkbookAsync(reference));
        var leads = await lead.WorkbookAsync(reference);
        var theirs = await finance.UploadAsync(reference, book.Set(q[0], FilledWorkbook.Answer, "5").Set(q[1], FilledWorkbook.Answer, "4").Save());
        Assert.Equal(404, (await lead.GetAsync(theirs.Path)).Status);
        Assert.Contains("2 answers are saved", (await finance.ConfirmAsync(theirs)).Words, StringComparison.Ordinal);
        Assert.Contains("1 answer in the file is the same here", (await lead.UploadAsync(reference, leads)).Words, StringComparison.Ordinal);
        await finance.SubmitAsync(await finance.GetAsync(part), "I am done");
        var refused = await finance.GetAsync(Links.Upload(reference));
        Assert.Contains("You have said that you are done", refused.Words, StringComparison.Ordinal);
        Assert.False(refused.Has(Uploading.SeeChanges));

        // From paper.
        var paper = (await lead.SubmitAsync(await lead.GetAsync(Links.TeamPaperAs(reference, "trade-union")), "Add, and enter what they said", ("Name", "Branch secretary"), ("Scope.What", "all"))).Path.Split('/')[^1];
        var entered = await lead.UploadAsync(paper, new FilledWorkbook(await lead.WorkbookAsync(paper)).Set(q[2], FilledWorkbook.Answer, "1").Save());
        Assert.Contains("1 answer is saved", (await lead.ConfirmAsync(entered)).Words, StringComparison.Ordinal);
        Assert.Equal(3, (await lead.CsvAsync(reference)).Split('\n').Select(l => l.Split(',').ElementAtOrDefault(2)).Where(r => r is not (null or "respondent" or "")).Distinct().Count());

        // Sealed, nothing more is taken.
        var waiting = await lead.UploadAsync(reference, new FilledWorkbook(await lead.WorkbookAsync(reference)).Set(q[3], FilledWorkbook.Answer, "2").Save());
        await two.SealAsync(Asked.Alder, Depth.Areas);
        Assert.Contains("These answers are sealed", (await lead.GetAsync(Links.Upload(reference))).Words, StringComparison.Ordinal);
        var late = await lead.ConfirmAsync(waiting);
        Assert.Equal(400, late.Status);
        Assert.Contains("Nothing was changed", late.Faults[0], StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Leads_who_answer_nothing_take_what_was_agreed_and_anonymous_answers_stay_so(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));
        var reference = part.Split('/')[^1];
        var q = host.Instrument.InScope("explore").ToList();
        await two.StartTeamAsync(Asked.Alder, "anonymous", "none");
        var colleague = await two.AskAsync(Asked.Alder, "finance@example.gov.uk");
        await colleague.BeginAsync(part);
        await colleague.UploadAsync(reference, new FilledWorkbook(await colleague.WorkbookAsync(reference)).Set(q[0], FilledWorkbook.Answer, "2").Set(q[0], FilledWorkbook.Note, "Nobody is to know").Save());
        // What waits is the colleague's, and not in the organisation's file.
        var everything = await lead.GetAsync((await lead.GetAsync(Links.Account)).Link(Asked.Alder) + "/everything.json");
        Assert.DoesNotContain("Nobody is to know", everything.Body, StringComparison.Ordinal);

        var gate = q.Skip(2).First(x => x.Gate is not null);
        var book = new FilledWorkbook(await lead.WorkbookAsync(reference)).Set(q[0], FilledWorkbook.Answer, "4").Set(q[0], FilledWorkbook.Note, "Agreed in March").Set(q[1], FilledWorkbook.Note, "No answer").Set(gate, FilledWorkbook.Answer, "Does not apply");
        var preview = await lead.UploadAsync(reference, book.Save());
        Assert.Contains("1 answer would change.", preview.Words, StringComparison.Ordinal);
        Assert.Contains("what is agreed needs an answer", preview.Words, StringComparison.Ordinal);
        Assert.Contains("say why this does not apply", preview.Words, StringComparison.Ordinal);
        await lead.ConfirmAsync(preview);
        var agreement = await lead.GetAsync(Links.Agreement(reference, q[0]));
        Assert.Equal("Agreed in March", agreement.Field("Form.Note"));

        // Agreed otherwise meanwhile: refused. Cleared: taken back.
        var taken = new FilledWorkbook(await lead.WorkbookAsync(reference));
        await lead.SubmitAsync(agreement, "Record as agreed, and go on", ("Form.Answer", "3"), ("Form.Reason", "Because"));
        Assert.Contains("1 answer changed both here and in the file", (await lead.UploadAsync(reference, taken.Set(q[0], FilledWorkbook.Answer, "5").Save())).Words, StringComparison.Ordinal);
        var again = new FilledWorkbook(await lead.WorkbookAsync(reference)).Set(q[0], FilledWorkbook.Answer, "2");
        await lead.ConfirmAsync(await lead.UploadAsync(reference, again.Save()));
        Assert.Equal("Because", (await lead.GetAsync(Links.Agreement(reference, q[0]))).Field("Form.Reason"));
        var cleared = new FilledWorkbook(await lead.WorkbookAsync(reference)).Set(q[0], FilledWorkbook.Answer, "").Set(q[0], FilledWorkbook.Note, "");
        await lead.ConfirmAsync(await lead.UploadAsync(reference, cleared.Save()));
        Assert.DoesNotContain(",agreed,", await lead.CsvAsync(reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CSV_is_taken_too_and_says_what_it_can_not_tell()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var q = host.Instrument.InScope("deliver").ToList();
        var notHere = host.Instrument.Questions.First(x => !x.IsAskedAt("deliver"));
        await visitor.AnswerAsync(assessment, q[0], ("Answer", "1"), ("Note", "It stays"));
        var csv = await visitor.CsvAsync(assessment.Reference);
        Assert.Contains(" 0 answers would change.", (await visitor.UploadAsync(assessment.Reference, Encoding.UTF8.GetBytes(csv), "answers.csv")).Words, StringComparison.Ordinal);
        var edited = $"organisation,round,respondent,question,answer\nTestshire Council,2026-11,finance,{q[0].Key},4\nTestshire Council,2026-11,finance,{q[1].Key},dk\nTestshire Council,2026-11,finance,{q[2].Key},9\nTestshire Council,2026-11,finance,{notHere.Key},1\n";
        var preview = await visitor.UploadAsync(assessment.Reference, Encoding.UTF8.GetBytes(edited), "answers.csv");
        foreach (var words in new[] { "2 answers would change.", "A CSV can’t tell what has changed here since", "Line 4, column", "the level '9' is out of range", "Line 5, column", "is not asked at the stage of this assessment" }) Assert.Contains(words, preview.Words, StringComparison.Ordinal);
        await visitor.ConfirmAsync(preview);
        Assert.Contains($",{q[0].Key},4,finance,,It stays,", await visitor.CsvAsync(assessment.Reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_made_elsewhere_is_taken_with_a_word_about_it()
    {
        await using var host = await RaspHost.StartAsync();
        var (one, other) = (host.NewVisitor(), host.NewVisitor());
        var (here, there) = (await one.StartAssessmentAsync("Here"), await other.StartAssessmentAsync("There", "explore"));
        var only = host.Instrument.InScope("explore").First(x => !x.IsAskedAt("deliver"));
        var both = host.Instrument.InScope("explore").First(x => x.IsAskedAt("deliver"));
        var book = new FilledWorkbook(await other.WorkbookAsync(there.Reference)).Set(both, FilledWorkbook.Answer, "4").Set(only, FilledWorkbook.Answer, "2");
        var preview = await one.UploadAsync(here.Reference, book.Save());
        foreach (var words in new[] { "1 answer would change.", "was not made with these answers", "It names the organisation There. These are the answers of Here.", "It was made for the stage", "is not asked at the stage of this assessment" }) Assert.Contains(words, preview.Words, StringComparison.Ordinal);
        var example = await one.GetAsync(Links.Upload("example-brantlow-district-council-2026-07"));
        Assert.Contains("nothing in it can be changed", example.Words, StringComparison.Ordinal);
        Assert.False(example.Has(Uploading.SeeChanges));
        OfficeFile.Workbook(await one.WorkbookAsync("example-brantlow-district-council-2026-07")).Dispose();
    }

    [Fact]
    public async Task A_file_of_100_MB_is_refused_with_a_page_before_anything_of_it_is_kept()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        foreach (var megabytes in new[] { 6, 100 })
        {
            var before = GC.GetTotalAllocatedBytes();
            var page = await visitor.UploadAsync(await visitor.GetAsync(Links.Upload(assessment.Reference)), Uploading.SeeChanges, "Upload", "large.xlsx", new byte[megabytes * 1_000_000]);
            Assert.Equal(413, page.Status);
            Assert.Contains("larger than the 5 MB", page.Words, StringComparison.Ordinal);
            // The file once, as this test made it, and little beside it.
            Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, (megabytes * 1_000_000L) + 60_000_000);
        }
        // What does not say how large it is.
        using var endless = new HttpRequestMessage(HttpMethod.Post, Links.Upload(assessment.Reference)) { Content = new StreamContent(new MemoryStream(new byte[20_000_000])) };
        endless.Headers.TransferEncodingChunked = true;
        endless.Content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        try
        {
            using var response = await visitor.SendAsync(endless);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
        }
        catch (HttpRequestException)
        {
            // It stopped listening.
        }
        Assert.Equal(0, (await host.RowsByTableAsync())["Uploads"]);
        Assert.Equal(200, (await visitor.GetAsync(assessment.Overview)).Status);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task From_taking_a_workbook_to_what_it_changed_in_a_browser(bool hasScripts)
    {
        var host = await ServeAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var q = host.Instrument.InScope("deliver").ToList();
        await visitor.AnswerAsync(assessment, q[0], ("Answer", "1"), ("Note", "https://example.gov.uk/" + new string('m', 300)));
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = hasScripts });
        person.Expect(400, 413);
        await person.HoldAsync(assessment);
        var page = await person.NewPageAsync();
        await page.GotoAsync(Links.TakeAway(assessment.Reference));
        await LookAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download an answer workbook (Excel)" }).ClickAsync());
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "answers.xlsx");
        await download.SaveAsAsync(path);
        var book = new FilledWorkbook(await File.ReadAllBytesAsync(path));
        for (var i = 0; i < 6; i++) book.Set(q[i], FilledWorkbook.Answer, $"{i % 5 + 1}").Set(q[i], FilledWorkbook.Note, i == 1 ? new string('m', 400) : $"Note {i}");
        book.Set(q[7], FilledWorkbook.Answer, "maybe").Set(q[8], FilledWorkbook.Answer, "5");
        await File.WriteAllBytesAsync(path, book.Save());
        await visitor.AnswerAsync(assessment, q[8], ("Answer", "1"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Upload a workbook or a CSV" }).ClickAsync();
        await LookAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Uploading.SeeChanges }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose the file");
        await LookAsync();
        var large = Path.Combine(folder.Path, "large.xlsx");
        await using (var file = File.Create(large)) file.SetLength(100_000_000);
        await page.GetByLabel("Your file").SetInputFilesAsync(large);
        await page.GetByRole(AriaRole.Button, new() { Name = Uploading.SeeChanges }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("That was too much at once");
        await LookAsync();
        await page.GotoAsync(Links.Upload(assessment.Reference));
        await page.GetByLabel("Your file").SetInputFilesAsync(path);
        await page.GetByRole(AriaRole.Button, new() { Name = Uploading.SeeChanges }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What this file would change");
        await LookAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change 6 answers" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("6 answers are saved");
        await LookAsync();
        await page.GotoAsync(Links.Questionnaire(assessment.Reference));
        await LookAsync();

        async Task LookAsync()
        {
            if (hasScripts) await LookedAt.AssertSoundAsync(page);
            else Assert.Empty(await LookedAt.SidewaysAsync(page));
        }
    }

    [Fact]
    public async Task A_questionnaire_for_a_meeting_has_every_question_whole_and_breaks_none_across_sheets()
    {
        var host = await ServeAsync();
        var visitor = host.NewVisitor();
        foreach (var stage in host.Instrument.Stages)
        {
            var sheet = await visitor.GetAsync(Links.StageQuestionnaire(stage.Key));
            var questions = host.Instrument.InScope(stage.Key).ToList();
            Assert.Equal(questions.Select((q, i) => $"{i + 1}. {q.Text}"), sheet.Document.QuerySelectorAll("h4").Select(h => h.TextContent));
            Assert.Equal(questions.SelectMany(q => q.Levels), sheet.Document.QuerySelectorAll("article ol li").Select(l => l.TextContent));
            Assert.InRange(Encoding.UTF8.GetByteCount(sheet.Body), 1, 100_000);
        }
        Assert.Equal(404, (await visitor.GetAsync(Links.StageQuestionnaire("abolish"))).Status);
        var assessment = await visitor.StartAssessmentAsync("Testshire");
        Assert.Equal("Questionnaire: Testshire", (await visitor.GetAsync(Links.Questionnaire(assessment.Reference))).Heading);

        var page = await (await NewPersonAsync(host)).NewPageAsync();
        await page.GotoAsync(Links.StageQuestionnaire("deliver"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('article')].every(q => getComputedStyle(q).breakInside === 'avoid')"));
        Assert.Equal(4, await page.EvaluateAsync<int>("[...document.querySelectorAll('section')].filter(s => getComputedStyle(s).breakBefore === 'page').length"));
        Assert.False(await page.GetByText("Print this page").IsVisibleAsync());
    }
}

using Rasp.Data;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Storage;

namespace Rasp.Tests.Forms;

/// <summary>The question page's form: whatever happens to it, nothing that was typed is lost and nothing is overwritten in silence.</summary>
public sealed class QuestionTests
{
    private const string Save = "Save and continue";

    [Theory, Engines]
    public async Task An_answer_with_all_that_belongs_to_it_is_saved_leads_on_and_stands_there_again(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        (string, string?)[] typed = [("Answer", "dk"), ("Stance", "negotiable"), ("Note", "Ask\r\nfinance "), ("Evidence", "Minutes, p. 3")];

        var next = await visitor.AnswerAsync(assessment, questions[0], typed);
        Assert.Equal(assessment.Question(questions[1]), next.Path);
        Assert.Equal(new StoredAnswer(Choice.DontKnow, Stance.Negotiable, "Ask\nfinance", "Minutes, p. 3"), (await host.SeeAsync(assessment, questions[0].Key))!.Answer);

        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        Assert.Equal(("dk", "negotiable", "Ask\nfinance", "Minutes, p. 3"), (page.Field("Answer"), page.Field("Stance"), page.Field("Note"), page.Field("Evidence")));

        Assert.Equal(assessment.Overview, (await visitor.AnswerAsync(assessment, questions[^1], ("Answer", "1"))).Path);
    }

    [Fact]
    public async Task An_answer_can_be_emptied_again_but_nothing_entered_stores_nothing()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);

        Assert.Equal(assessment.Question(questions[1]), (await visitor.AnswerAsync(assessment, questions[0])).Path);
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);

        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "2"), ("Note", "x"));
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", null), ("Note", ""));
        Assert.Equal(StoredAnswer.Nothing, (await host.SeeAsync(assessment, questions[0].Key))!.Answer);
        Assert.Contains($"0 of {questions.Count} questions answered", (await visitor.GetAsync(assessment.Overview)).Words, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task An_expired_form_keeps_what_was_typed_and_saves_on_the_next_press(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        visitor.Forget("rasp-form");

        var refused = await visitor.SubmitAsync(page, Save, ("Answer", "4"), ("Stance", "fixed"), ("Note", "A long thought"), ("Evidence", "A paper"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("Nothing that you entered is lost", Assert.Single(refused.Faults), StringComparison.Ordinal);
        Assert.Equal(("4", "fixed", "A long thought", "A paper"), (refused.Field("Answer"), refused.Field("Stance"), refused.Field("Note"), refused.Field("Evidence")));
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);

        Assert.Equal(assessment.Question(questions[1]), (await visitor.SubmitAsync(refused, Save)).Path);
        Assert.Equal(new StoredAnswer(Choice.OfLevel(4), Stance.Fixed, "A long thought", "A paper"), (await host.SeeAsync(assessment, questions[0].Key))!.Answer);
    }

    [Theory, Engines]
    public async Task Where_the_assessment_was_closed_meanwhile_what_was_typed_stays_and_is_saved_once_it_is_open_again(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        visitor.Forget("rasp-link");

        var notSaved = await visitor.SubmitAsync(page, Save, ("Answer", "4"), ("Stance", "fixed"), ("Note", "A <long> thought"), ("Evidence", "A paper"));
        Assert.Equal((400, "Not saved yet"), (notSaved.Status, notSaved.Heading));
        Assert.Equal(("A <long> thought", "A paper", "4"), (notSaved.Field("Note"), notSaved.Field("Evidence"), notSaved.Field("Answer")));
        Assert.Contains("level 4", notSaved.Words, StringComparison.Ordinal);
        Assert.Contains("no-store", notSaved.Headers["Cache-Control"], StringComparison.Ordinal);

        // Too early, it is still there.
        notSaved = await visitor.SubmitAsync(notSaved, "Try again");
        Assert.Equal(("Not saved yet", "A <long> thought"), (notSaved.Heading, notSaved.Field("Note")));

        // In another tab.
        await visitor.OpenAsync(assessment);
        Assert.Equal(assessment.Question(questions[1]), (await visitor.SubmitAsync(notSaved, "Try again")).Path);
        Assert.Equal(new StoredAnswer(Choice.OfLevel(4), Stance.Fixed, "A <long> thought", "A paper"), (await host.SeeAsync(assessment, questions[0].Key))!.Answer);
    }

    [Fact]
    public async Task With_neither_cookie_what_was_typed_still_stays()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        visitor.Forget("rasp-link");
        visitor.Forget("rasp-form");

        var notSaved = await visitor.SubmitAsync(page, Save, ("Answer", "4"), ("Note", "A long thought"));
        Assert.Equal((400, "Not saved yet", "A long thought"), (notSaved.Status, notSaved.Heading, notSaved.Field("Note")));
        await visitor.OpenAsync(assessment);
        Assert.Equal(assessment.Question(questions[1]), (await visitor.SubmitAsync(notSaved, "Try again")).Path);
        Assert.Equal("A long thought", (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Note);
    }

    [Theory, Engines]
    public async Task Of_two_tabs_the_later_is_told_sees_both_and_keeps_its_own_by_saving_again(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        var (first, second) = (await visitor.GetAsync(assessment.Question(questions[0])), await visitor.GetAsync(assessment.Question(questions[0])));
        await visitor.SubmitAsync(first, Save, ("Answer", "2"), ("Note", "From the first tab"));

        var told = await visitor.SubmitAsync(second, Save, ("Answer", "5"), ("Note", "From the second tab"));
        Assert.Equal(409, told.Status);
        Assert.Contains("not saved yet", Assert.Single(told.Faults), StringComparison.Ordinal);
        Assert.Equal(("5", "From the second tab"), (told.Field("Answer"), told.Field("Note")));
        var meanwhile = told.Document.QuerySelector("#saved-meanwhile")!.TextContent;
        Assert.Contains("From the first tab", meanwhile, StringComparison.Ordinal);
        Assert.Contains(questions[0].Levels[1], meanwhile, StringComparison.Ordinal);
        Assert.Equal("From the first tab", (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Note);

        Assert.Equal(assessment.Question(questions[1]), (await visitor.SubmitAsync(told, Save)).Path);
        Assert.Equal("From the second tab", (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Note);
    }

    [Fact]
    public async Task Who_is_told_of_one_conflict_is_told_of_the_next_too()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var late = await visitor.GetAsync(assessment.Question(questions[0]));
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "2"));
        var told = await visitor.SubmitAsync(late, Save, ("Answer", "5"));
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "3"));

        Assert.Equal(409, (await visitor.SubmitAsync(told, Save)).Status);
        Assert.Equal(3, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);
    }

    [Fact]
    public async Task Pressing_the_button_twice_or_going_back_and_saving_again_is_no_conflict_with_oneself()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));

        for (var i = 0; i < 2; i++) Assert.Equal(assessment.Question(questions[1]), (await visitor.SubmitAsync(page, Save, ("Answer", "2"))).Path);
    }

    [Fact]
    public async Task A_note_without_a_choice_is_kept_and_what_is_missing_said()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.AnswerAsync(assessment, questions[0], ("Note", "Only a note"));

        Assert.Equal((400, "Only a note"), (page.Status, page.Field("Note")));
        Assert.Contains("What you typed is saved", Assert.Single(page.Faults), StringComparison.Ordinal);
        Assert.Equal(new StoredAnswer(null, null, "Only a note", null), (await host.SeeAsync(assessment, questions[0].Key))!.Answer);
        Assert.Contains("1 question without choosing", (await visitor.GetAsync(Links.TakeAway(assessment.Reference))).Words, StringComparison.Ordinal);

        Assert.Equal(assessment.Question(questions[1]), (await visitor.SubmitAsync(page, Save, ("Answer", "3"))).Path);
        Assert.Equal(new StoredAnswer(Choice.OfLevel(3), null, "Only a note", null), (await host.SeeAsync(assessment, questions[0].Key))!.Answer);
    }

    [Fact]
    public async Task Not_applicable_takes_a_reason_where_it_would_lift_a_gate_and_only_there()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var (gate, plain) = (questions.First(q => q.Gate is not null), questions.First(q => q.Gate is null));

        var page = await visitor.AnswerAsync(assessment, gate, ("Answer", "na"));
        Assert.Equal(400, page.Status);
        Assert.Contains("Say in the note why this does not apply", Assert.Single(page.Faults), StringComparison.Ordinal);
        Assert.Equal("Note", page.Document.QuerySelector(".govuk-error-summary a")!.GetAttribute("href")!.TrimStart('#'));
        Assert.Equal("Not applicable", (await host.SeeAsync(assessment, gate.Key))!.Answer.Choice is { IsNotApplicable: true } ? "Not applicable" : "");
        var next = await visitor.SubmitAsync(page, Save, ("Note", "No staff would move"));
        Assert.Equal(200, next.Status);

        Assert.Equal(200, (await visitor.AnswerAsync(assessment, plain, ("Answer", "na"))).Status);
    }

    [Theory, Engines]
    public async Task A_text_of_10000_characters_is_taken_and_one_more_is_refused_with_what_was_typed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        var longest = string.Concat(Enumerable.Repeat("wörds ", 1_667))[..10_000].TrimEnd() + "..";
        longest = longest[..10_000];
        Assert.Equal(200, (await visitor.AnswerAsync(assessment, questions[0], ("Answer", "1"), ("Note", longest), ("Evidence", longest))).Status);
        Assert.Equal(longest, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Evidence);

        var refused = await visitor.AnswerAsync(assessment, questions[0], ("Answer", "2"), ("Note", longest + "x"), ("Evidence", longest + "xx"));
        Assert.Equal(400, refused.Status);
        Assert.Equal(["Note must be 10,000 characters or fewer; it has 10,001", "Evidence must be 10,000 characters or fewer; it has 10,002"], refused.Faults);
        Assert.Equal((longest + "x", "2"), (refused.Field("Note"), refused.Field("Answer")));
        Assert.Equal(1, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);
    }

    [Theory, InlineData("0"), InlineData("6"), InlineData("-1"), InlineData("3.5"), InlineData("yes"), InlineData("DK"), InlineData("１")]
    public async Task An_answer_that_is_not_offered_is_refused(string forged)
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.ForgeAsync(await visitor.GetAsync(assessment.Question(questions[0])), Save, ("Answer", forged), ("Note", "kept here"));
        Assert.Equal((400, "Select one of the answers"), (page.Status, Assert.Single(page.Faults)));
        Assert.Equal("kept here", page.Field("Note"));
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);
    }

    [Theory, InlineData("Version", "abc"), InlineData("Version", "99999999999999"), InlineData("PageId", "abc"), InlineData("PageSave", "1e9"), InlineData("Version", "7"), InlineData("Version", "-1")]
    public async Task Hidden_numbers_that_somebody_changed_break_nothing(string field, string forged)
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "2"));
        var page = await visitor.ForgeAsync(await visitor.GetAsync(assessment.Question(questions[0])), Save, ("Answer", "4"), (field, forged));
        Assert.InRange(page.Status, 400, 409);
        Assert.Equal(2, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);
    }

    [Theory, Engines]
    public async Task Characters_that_a_database_can_not_store_are_left_out(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "1"), ("Note", "ab\u0007c\r\nd\te\u0085"), ("Evidence", "\u0001"));
        Assert.Equal(("abc\nd\te", null), ((await host.SeeAsync(assessment, questions[0].Key))!.Answer.Note, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Evidence));
    }

    [Fact]
    public async Task What_is_no_form_that_a_browser_sends_is_refused_with_a_page()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.AnswerAsync(assessment, questions[0], ("Answer", "1"), ("Note", new string('x', 300 * 1024)));
        Assert.Equal((413, "That was too much at once"), (page.Status, page.Heading));

        var damaged = await visitor.AnswerAsync(assessment, questions[0], ("Answer", "1"), ("Note", "no browser sends a \0"));
        Assert.Equal((400, "Your form was not accepted"), (damaged.Status, damaged.Heading));
        var manyFields = await visitor.PostAsync(assessment.Question(questions[0]), Enumerable.Range(0, 2000).Select(i => ($"f{i}", (string?)"x")));
        Assert.InRange(manyFields.Status, 400, 413);
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);
    }

    [Fact]
    public async Task A_worked_example_can_be_looked_at_and_not_changed()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var path = Links.Question("example-brantlow-district-council-2026-07", host.Instrument.InScope("deliver").First());
        Assert.Null((await visitor.GetAsync(path)).Document.QuerySelector("form"));
        var token = (await visitor.GetAsync(Links.Start)).Field("__RequestVerificationToken");
        Assert.Equal(403, (await visitor.PostAsync(path, ("__RequestVerificationToken", token), ("Answer", "1"))).Status);
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);
    }

    private static async Task<(Visitor Visitor, Started Assessment, IReadOnlyList<Question> Questions)> StartAsync(RaspHost host)
    {
        var visitor = host.NewVisitor();
        return (visitor, await visitor.StartAssessmentAsync(), [.. host.Instrument.InScope("deliver")]);
    }
}

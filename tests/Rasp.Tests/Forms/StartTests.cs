using Rasp.Tests.Storage;

namespace Rasp.Tests.Forms;

/// <summary>The form at the start, and the same one where its answers are changed later.</summary>
public sealed class StartTests
{
    private const string Expired = "This page had been open for too long. Nothing that you entered is lost: check it and press the button again";

    [Theory, Engines]
    public async Task What_is_entered_at_the_start_stands_on_the_overview_and_can_be_changed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync("  Testshire \t Council ", "explore", "legal");
        Assert.Equal("Testshire Council", (await visitor.GetAsync(assessment.Overview)).Heading);

        var form = await visitor.GetAsync(Links.Details(assessment.Reference));
        Assert.Equal(("Testshire Council", "explore", "legal"), (form.Field("Details.Organisation"), form.Field("Details.Stage"), form.Field("Details.Role")));
        var overview = await visitor.SubmitAsync(form, "Save", ("Details.Organisation", ""), ("Details.Stage", "run"), ("Details.Role", "finance"));

        Assert.Equal(assessment.Overview, overview.Path);
        Assert.Equal("Our organisation", overview.Heading);
        var facts = (await host.SeeAsync(assessment))!.Facts;
        Assert.Equal((null, "run", "finance"), (facts.Organisation, facts.Stage, facts.Answering!.Role));
    }

    [Fact]
    public async Task Changing_the_stage_loses_no_answer()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync(stage: "deliver");
        var question = host.Instrument.Questions.First(q => q.IsAskedAt("deliver") && !q.IsAskedAt("join"));
        await visitor.AnswerAsync(assessment, question, ("Answer", "4"));

        await visitor.SubmitAsync(await visitor.GetAsync(Links.Details(assessment.Reference)), "Save", ("Details.Stage", "join"));
        Assert.Equal(404, (await visitor.GetAsync(assessment.Question(question))).Status);
        Assert.Contains(question.Key, (await visitor.GetAsync(Links.AnswersCsv(assessment.Reference))).Body, StringComparison.Ordinal);

        await visitor.SubmitAsync(await visitor.GetAsync(Links.Details(assessment.Reference)), "Save", ("Details.Stage", "deliver"));
        Assert.Equal("4", (await visitor.GetAsync(assessment.Question(question))).Field("Answer"));
    }

    [Fact]
    public async Task Nothing_chosen_is_told_field_by_field_in_their_order_and_nothing_is_started()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var page = await visitor.SubmitAsync(await visitor.GetAsync(Links.Start), "Start", ("Details.Organisation", "Typed Council"));

        Assert.Equal(400, page.Status);
        Assert.Equal(["Select where your programme is", "Select the role from which you answer"], page.Faults);
        Assert.Equal("Typed Council", page.Field("Details.Organisation"));
        Assert.Equal(0, (await host.RowsByTableAsync())["Assessments"]);
    }

    [Theory, InlineData("Start"), InlineData("Save")]
    public async Task A_stage_or_a_role_that_is_not_offered_is_refused(string button)
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var form = await visitor.GetAsync(button == "Start" ? Links.Start : Links.Details(assessment.Reference));

        var page = await visitor.ForgeAsync(form, button, ("Details.Stage", "abolish"), ("Details.Role", "' OR 1=1"));

        Assert.Equal(400, page.Status);
        Assert.Equal(["Select where your programme is", "Select the role from which you answer"], page.Faults);
        Assert.Equal(1, (await host.RowsByTableAsync())["Assessments"]);
        Assert.Equal("deliver", (await host.SeeAsync(assessment))!.Facts.Stage);
    }

    [Theory, Engines]
    public async Task A_name_of_200_characters_is_taken_and_one_of_201_refused_with_what_was_typed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var form = await visitor.GetAsync(Links.Start);
        var tooLong = new string('é', 201);

        var refused = await visitor.SubmitAsync(form, "Start", ("Details.Organisation", tooLong), ("Details.Stage", "run"), ("Details.Role", "legal"));
        Assert.Equal(400, refused.Status);
        Assert.Equal(["The organisation’s name must be 200 characters or fewer"], refused.Faults);
        Assert.Equal((tooLong, "run", "legal"), (refused.Field("Details.Organisation"), refused.Field("Details.Stage"), refused.Field("Details.Role")));

        var assessment = await visitor.StartAssessmentAsync(tooLong[..200]);
        Assert.Equal(tooLong[..200], (await visitor.GetAsync(assessment.Overview)).Heading);
    }

    [Fact]
    public async Task Without_its_token_the_start_is_refused_shows_what_was_typed_and_works_on_the_next_press()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();

        var page = await visitor.PostAsync(Links.Start, ("Details.Organisation", "Typed Council"), ("Details.Stage", "run"), ("Details.Role", "legal"));
        Assert.Equal(400, page.Status);
        Assert.Equal([Expired], page.Faults);
        Assert.Equal(("Typed Council", "run", "legal"), (page.Field("Details.Organisation"), page.Field("Details.Stage"), page.Field("Details.Role")));
        Assert.Equal(0, (await host.RowsByTableAsync())["Assessments"]);

        Assert.Equal("Keep your private link", (await visitor.SubmitAsync(page, "Start")).Heading);
    }

    [Fact]
    public async Task The_token_of_somebody_else_is_refused()
    {
        await using var host = await RaspHost.StartAsync();
        var (mine, theirs) = (host.NewVisitor(), host.NewVisitor());
        await mine.GetAsync(Links.Start);
        var token = (await theirs.GetAsync(Links.Start)).Field("__RequestVerificationToken");

        Assert.Equal(400, (await mine.PostAsync(Links.Start, ("__RequestVerificationToken", token), ("Details.Stage", "run"), ("Details.Role", "legal"))).Status);
        Assert.Equal(400, (await mine.PostAsync(Links.Start, ("__RequestVerificationToken", "nonsense"), ("Details.Stage", "run"), ("Details.Role", "legal"))).Status);
        Assert.Equal(0, (await host.RowsByTableAsync())["Assessments"]);
    }

    [Fact]
    public async Task Without_their_token_changed_details_are_shown_again_and_saved_on_the_next_press()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();

        var page = await visitor.PostAsync(Links.Details(assessment.Reference), ("Details.Organisation", "Typed Council"), ("Details.Stage", "run"), ("Details.Role", "legal"));
        Assert.Equal(400, page.Status);
        Assert.Equal([Expired], page.Faults);
        Assert.Equal(("Typed Council", "run", "legal"), (page.Field("Details.Organisation"), page.Field("Details.Stage"), page.Field("Details.Role")));
        Assert.Equal("Testshire Council", (await host.SeeAsync(assessment))!.Facts.Organisation);

        Assert.Equal("Typed Council", (await visitor.SubmitAsync(page, "Save")).Heading);
    }

    [Fact]
    public async Task Starting_too_often_is_refused_with_a_page_but_not_to_somebody_elsewhere()
    {
        await using var host = await RaspHost.StartAsync(with: s => s with { Limits = new() { StartsAnHour = 2 } });
        var visitor = host.NewVisitor();
        await visitor.StartAssessmentAsync();
        await visitor.StartAssessmentAsync();

        var form = await visitor.GetAsync(Links.Start);
        Assert.Equal(200, form.Status);
        var refused = await visitor.SubmitAsync(form, "Start", ("Details.Stage", "run"), ("Details.Role", "legal"));
        Assert.Equal((429, "Too many tries"), (refused.Status, refused.Heading));
        Assert.Equal(2, (await host.RowsByTableAsync())["Assessments"]);

        await host.NewVisitor("127.0.0.2").StartAssessmentAsync();
    }
}

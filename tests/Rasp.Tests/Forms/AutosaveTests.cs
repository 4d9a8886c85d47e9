using System.Text.Json.Nodes;
using Rasp.Data;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Storage;

namespace Rasp.Tests.Forms;

/// <summary>What the page's script and the server say to each other while somebody types: the same form, asking for JSON.</summary>
public sealed class AutosaveTests
{
    [Theory, Engines]
    public async Task A_save_is_confirmed_with_its_version_and_where_to_go_next(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));

        var (status, body) = await SaveAsync(visitor, page, 1, ("Answer", "4"));
        Assert.Equal((200, 1, assessment.Question(questions[1])), (status, (int)body["version"]!, (string?)body["next"]));
        Assert.Equal(4, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);

        // The page goes on with the number that it had: it follows up its own save.
        (status, body) = await SaveAsync(visitor, page, 2, ("Answer", "5"), ("Note", "more"));
        Assert.Equal((200, 2), (status, (int)body["version"]!));
        Assert.Equal(new StoredAnswer(Choice.OfLevel(5), null, "more", null), (await host.SeeAsync(assessment, questions[0].Key))!.Answer);
    }

    [Fact]
    public async Task What_is_saved_but_unfinished_leads_nowhere_yet()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var (status, body) = await SaveAsync(visitor, await visitor.GetAsync(assessment.Question(questions[0])), 1, ("Note", "Only a note"));
        Assert.Equal((200, 1, null), (status, (int)body["version"]!, (string?)body["next"]));
        Assert.Equal("Only a note", (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Note);

        var gate = questions.First(q => q.Gate is not null);
        (_, body) = await SaveAsync(visitor, await visitor.GetAsync(assessment.Question(gate)), 1, ("Answer", "na"));
        Assert.Null(body["next"]);

        (status, body) = await SaveAsync(visitor, await visitor.GetAsync(assessment.Question(questions[^1])), 1);
        Assert.Equal((200, 0, assessment.Overview), (status, (int)body["version"]!, (string?)body["next"]));
    }

    [Fact]
    public async Task What_can_not_be_stored_is_refused_with_the_reasons()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var (status, body) = await SaveAsync(visitor, await visitor.GetAsync(assessment.Question(questions[0])), 1, ("Note", new string('x', 10_001)));
        Assert.Equal((422, "Note must be 10,000 characters or fewer; it has 10,001"), (status, (string?)body["errors"]![0]));
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);
    }

    [Fact]
    public async Task A_page_that_came_too_late_is_told_and_the_form_then_shows_both()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        await visitor.AnswerAsync(assessment, questions[0], ("Answer", "2"));

        Assert.Equal(409, (await SaveAsync(visitor, page, 1, ("Answer", "5"))).Status);
        Assert.Equal(2, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);
        Assert.Equal(409, (await visitor.SubmitAsync(page, "Save and continue", ("Answer", "5"), ("PageSave", "2"))).Status);
    }

    [Fact]
    public async Task An_expired_token_is_answered_with_a_fresh_one_that_works()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        visitor.Forget("rasp-form");

        var (status, body) = await SaveAsync(visitor, page, 1, ("Answer", "4"));
        Assert.Equal(400, status);
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);

        (status, _) = await SaveAsync(visitor, page, 2, ("Answer", "4"), ("__RequestVerificationToken", (string?)body["token"]));
        Assert.Equal(200, status);
        Assert.Equal(4, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);
    }

    [Fact]
    public async Task A_browser_that_does_not_have_the_assessment_open_is_refused()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        visitor.Forget("rasp-link");
        Assert.Equal(403, (await SaveAsync(visitor, page, 1, ("Answer", "4"))).Status);

        await visitor.OpenAsync(assessment);
        await host.AtDeskAsync(d => d.DeleteAsync(assessment.Id, assessment.LinkHash, default));
        Assert.Equal(403, (await SaveAsync(visitor, page, 2, ("Answer", "4"))).Status);
    }

    [Fact]
    public async Task A_save_that_comes_late_does_not_overwrite_a_later_one_of_the_same_page()
    {
        await using var host = await RaspHost.StartAsync();
        var (visitor, assessment, questions) = await StartAsync(host);
        var page = await visitor.GetAsync(assessment.Question(questions[0]));
        Assert.Equal(200, (await SaveAsync(visitor, page, 2, ("Answer", "5"))).Status);
        Assert.Equal(409, (await SaveAsync(visitor, page, 1, ("Answer", "1"))).Status);
        Assert.Equal(5, (await host.SeeAsync(assessment, questions[0].Key))!.Answer.Choice!.Value.Level);
    }

    /// <summary>As frontend/autosave.js does it.</summary>
    private static async Task<(int Status, JsonNode Body)> SaveAsync(Visitor visitor, Visited page, int number, params (string Field, string? Value)[] values)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Path)
        {
            Content = new FormUrlEncodedContent(Visitor.Filled(page.Form("Save and continue"), [.. values, ("PageSave", $"{number}")])),
        };
        request.Headers.Add("Accept", "application/json");
        using var response = await visitor.SendAsync(request);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        Assert.Contains("no-store", string.Join(", ", response.Headers.GetValues("Cache-Control")), StringComparison.Ordinal);
        return ((int)response.StatusCode, isJson ? JsonNode.Parse(await response.Content.ReadAsStringAsync())! : new JsonObject());
    }

    private static async Task<(Visitor Visitor, Started Assessment, IReadOnlyList<Question> Questions)> StartAsync(RaspHost host)
    {
        var visitor = host.NewVisitor();
        return (visitor, await visitor.StartAssessmentAsync(), [.. host.Instrument.InScope("deliver")]);
    }
}

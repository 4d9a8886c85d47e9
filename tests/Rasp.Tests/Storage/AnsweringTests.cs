using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Readiness.Answers;
using static Rasp.Tests.Storage.Stored;

namespace Rasp.Tests.Storage;

/// <summary>What becomes of saves: each is on disk once it is confirmed, and none overwrites another in silence.</summary>
public sealed class AnsweringTests
{
    private static readonly string[] Texts =
    [
        "Ja, “vielleicht” – naïve ’ 中文 👩🏽‍⚖️ \u202eright to left\u202c العربية",
        "first line\nsecond line\twith a tab",
        "'; DROP TABLE \"Answers\"; -- <script>alert(1)</script> & \\ % _ $1 @question",
        new string('x', StoredAnswer.TextMaxLength),
        "=1+1",
        " ",
    ];

    [Theory, Engines]
    public async Task Every_kind_of_answer_comes_back_as_it_was_saved(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        Choice?[] choices = [null, Choice.DontKnow, Choice.NotApplicable, .. Enumerable.Range(1, 10).Select(Choice.OfLevel)];
        Stance?[] stances = [null, .. Enum.GetValues<Stance>().Cast<Stance?>()];
        string?[] texts = [null, .. Texts];
        var answers = new Dictionary<string, StoredAnswer>();
        for (var i = 0; i < 60; i++) answers[$"a.b.q{i}"] = new(choices[i % choices.Length], stances[i % stances.Length], texts[i % texts.Length], texts[i * 3 % texts.Length]);

        foreach (var (question, answer) in answers) Assert.Equal(new SaveOutcome.Saved(1), await (await host.OpenPageAsync(assessment, question)).SaveAsync(answer));

        Assert.Equal(answers, (await host.SeeAsync(assessment))!.Entered);
        foreach (var (question, answer) in answers) Assert.Equal((answer, 1), ((await host.SeeAsync(assessment, question))!.Answer, (await host.SeeAsync(assessment, question))!.Version));
    }

    [Theory, Engines]
    public async Task A_page_that_was_opened_before_somebody_else_saved_is_refused_and_told_what_stands(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var (early, late) = (await host.OpenPageAsync(assessment), await host.OpenPageAsync(assessment));

        Assert.Equal(new SaveOutcome.Saved(1), await early.SaveAsync(Four));
        Assert.Equal(new SaveOutcome.Stale(Four, 1), await late.SaveAsync(Three));

        Assert.Equal(Four, (await host.SeeAsync(assessment, early.Question))!.Answer);
    }

    [Theory, Engines]
    public async Task A_page_follows_up_its_own_saves_and_an_older_one_that_comes_late_overwrites_nothing(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);

        Assert.Equal(new SaveOutcome.Saved(1), await page.SaveAsync(Three, 1));
        Assert.Equal(new SaveOutcome.Saved(2), await page.SaveAsync(Four, 3));
        Assert.Equal(new SaveOutcome.Stale(Four, 2), await page.SaveAsync(StoredAnswer.Nothing, 2));

        Assert.Equal(Four, (await host.SeeAsync(assessment, page.Question))!.Answer);
    }

    [Theory, Engines]
    public async Task A_page_does_not_follow_up_its_own_save_once_somebody_else_has_saved(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var mine = await host.OpenPageAsync(assessment);
        await mine.SaveAsync(Three, 1);
        await (await host.OpenPageAsync(assessment)).SaveAsync(Four);

        Assert.Equal(new SaveOutcome.Stale(Four, 2), await mine.SaveAsync(StoredAnswer.Nothing, 2));
    }

    [Theory, Engines]
    public async Task The_same_save_twice_is_no_conflict(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);

        Assert.Equal(new SaveOutcome.Saved(1), await page.SaveAsync(Four));
        Assert.Equal(new SaveOutcome.Saved(1), await page.SaveAsync(Four));
        Assert.Equal(1, (await host.SeeAsync(assessment, page.Question))!.Version);
    }

    [Theory, Engines]
    public async Task Saving_into_a_deleted_assessment_finds_it_gone_and_leaves_nothing(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);
        await page.SaveAsync(Three);
        Assert.True(await host.AtDeskAsync(d => d.DeleteAsync(assessment.Id, assessment.LinkHash, default)));

        Assert.Equal(new SaveOutcome.Gone(), await page.SaveAsync(Four, 2));
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);
    }

    [Theory, Engines]
    public async Task A_save_that_fails_fails_alone(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);
        var saves = Enumerable.Range(0, 60).Select(i => (page with { Question = i == 30 ? null! : $"a.b.q{i}" }).SaveAsync(Four)).ToList();

        await Assert.ThrowsAnyAsync<DbException>(() => saves[30]);
        Assert.All(await Task.WhenAll(saves.Where((_, i) => i != 30)), o => Assert.Equal(new SaveOutcome.Saved(1), o));
        Assert.Equal(59, (await host.SeeAsync(assessment))!.Entered.Count);
        Assert.Equal(new SaveOutcome.Saved(1), await page.SaveAsync(Three));
    }

    /// <summary>Failures that are not the database's, such as what can't be said in its encoding, don't end the only writer.</summary>
    [Theory, Engines]
    public async Task A_save_that_cannot_be_written_for_whatever_reason_is_told_so_and_the_others_are_written(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var page = await host.OpenPageAsync(await host.StartAsync());
        var saves = Enumerable.Range(0, 9).Select(i => (page with { Question = $"a.b.q{i}" }).Save(Four)).Select((s, i) => host.SaveAsync(i == 4 ? s with { At = DateTimeOffset.MinValue } : s)).ToList();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => saves[4].WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.All(await Task.WhenAll(saves.Where((_, i) => i != 4)).WaitAsync(TimeSpan.FromSeconds(20)), o => Assert.Equal(new SaveOutcome.Saved(1), o));
        Assert.Equal(new SaveOutcome.Saved(1), await page.SaveAsync(Three).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    /// <summary>The database is made to fail at the commit, when all rows of the group are written already.</summary>
    [Theory, Engines]
    public async Task A_save_is_confirmed_by_its_commit_and_not_before(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);
        await FailAtCommitAsync(host, "a.b.q30");
        var saves = Enumerable.Range(0, 60).Select(i => (page with { Question = $"a.b.q{i}" }).SaveAsync(Four)).ToList();

        await Assert.ThrowsAnyAsync<DbException>(() => saves[30]);
        Assert.All(await Task.WhenAll(saves.Where((_, i) => i != 30)), o => Assert.Equal(new SaveOutcome.Saved(1), o));
        Assert.Equal(59, (await host.SeeAsync(assessment))!.Entered.Count);
    }

    [Theory, Engines]
    public async Task Two_hundred_saves_at_once_are_all_confirmed_and_all_there(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessments = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.StartAsync()));
        var pages = await Task.WhenAll(assessments.SelectMany(a => Enumerable.Range(0, 20).Select(i => host.OpenPageAsync(a, $"a.b.q{i}"))));

        var outcomes = await Task.WhenAll(pages.Select((p, i) => Task.Run(() => p.SaveAsync(Four with { Note = $"note {i}" }))));

        Assert.All(outcomes, o => Assert.Equal(new SaveOutcome.Saved(1), o));
        var there = await Task.WhenAll(assessments.Select(async a => (await host.SeeAsync(a))!.Entered.Values.Select(e => e.Note)));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"note {i}").Order(), there.SelectMany(n => n).Order());
    }

    [Theory, Engines]
    public async Task Of_many_pages_that_save_the_same_question_at_once_one_wins_and_all_others_are_told(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.OpenPageAsync(assessment)));

        var outcomes = await Task.WhenAll(pages.Select((p, i) => Task.Run(() => p.SaveAsync(Four with { Note = $"note {i}" }))));

        Assert.Single(outcomes.OfType<SaveOutcome.Saved>());
        var there = (await host.SeeAsync(assessment, pages[0].Question))!.Answer;
        Assert.All(outcomes.OfType<SaveOutcome.Stale>(), s => Assert.Equal(there, s.Current));
        Assert.Equal(39, outcomes.OfType<SaveOutcome.Stale>().Count());
    }

    [Theory, Engines]
    public async Task What_was_accepted_before_the_server_stops_is_still_written(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);
        var saves = Enumerable.Range(0, 100).Select(i => (page with { Question = $"a.b.q{i}" }).SaveAsync(Four)).ToList();

        await host.Services.GetRequiredService<Answering>().StopAsync(default);

        Assert.All(await Task.WhenAll(saves).WaitAsync(TimeSpan.FromSeconds(20)), o => Assert.Equal(new SaveOutcome.Saved(1), o));
        Assert.Equal(100, (await host.SeeAsync(assessment))!.Entered.Count);
    }

    /// <summary>Saving this question breaks a promise that the database checks only when the transaction ends.</summary>
    private static async Task FailAtCommitAsync(RaspHost host, string question)
    {
        string[] commands = host.Engine == Engine.Sqlite
            ?
            [
                """CREATE TABLE "Promises" ("To" TEXT REFERENCES "Respondents" ("Id") DEFERRABLE INITIALLY DEFERRED)""",
                $"""CREATE TRIGGER "Break" AFTER INSERT ON "Answers" WHEN NEW."Question" = '{question}' BEGIN INSERT INTO "Promises" VALUES ('nobody'); END""",
            ]
            :
            [
                """CREATE TABLE "Promises" ("To" uuid REFERENCES "Respondents" ("Id") DEFERRABLE INITIALLY DEFERRED)""",
                """CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO "Promises" VALUES (gen_random_uuid()); RETURN NEW; END'""",
                $"""CREATE TRIGGER "Break" AFTER INSERT ON "Answers" FOR EACH ROW WHEN (NEW."Question" = '{question}') EXECUTE FUNCTION break()""",
            ];
        foreach (var command in commands) await host.QueryAsync<string>(command);
    }

    [Theory, Engines]
    public async Task A_save_is_refused_once_the_link_is_replaced_or_the_stage_changed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var assessment = await host.StartAsync();
        var page = await host.OpenPageAsync(assessment);
        Assert.Equal(new SaveOutcome.Gone(), await (page with { Stage = "run" }).SaveAsync(Four));
        Assert.NotNull(await host.AtDeskAsync(desk => desk.RenewLinkAsync(assessment.Id, assessment.LinkHash, default)));
        Assert.Equal(new SaveOutcome.Gone(), await page.SaveAsync(Four));
        Assert.Empty(await host.QueryAsync<string>("""SELECT "Question" FROM "Answers" """));
    }
}

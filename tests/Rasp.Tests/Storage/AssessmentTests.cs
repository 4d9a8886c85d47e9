using System.Text;
using static Rasp.Tests.Storage.Stored;

namespace Rasp.Tests.Storage;

/// <summary>Whose an assessment is, how long it stays, and that nothing stays of it.</summary>
public sealed class AssessmentTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory, Engines]
    public async Task Deleting_leaves_no_row_in_any_table_and_touches_no_other_assessment(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var before = await host.RowsByTableAsync();
        var kept = await host.StartAsync();
        await (await host.OpenPageAsync(kept)).SaveAsync(Three);
        var withOne = await host.RowsByTableAsync();
        var deleted = await host.StartAsync();
        for (var i = 0; i < 5; i++) await (await host.OpenPageAsync(deleted, $"a.b.q{i}")).SaveAsync(Four);
        Assert.NotEqual(withOne, await host.RowsByTableAsync());

        Assert.True(await host.AtDeskAsync(d => d.DeleteAsync(deleted.Id, deleted.LinkHash, default)));
        Assert.Equal(withOne, await host.RowsByTableAsync());
        Assert.NotNull(await host.SeeAsync(kept));

        Assert.True(await host.AtDeskAsync(d => d.DeleteAsync(kept.Id, kept.LinkHash, default)));
        Assert.Equal(before, await host.RowsByTableAsync());
    }

    [Theory, Engines]
    public async Task Nobody_reads_changes_or_deletes_an_assessment_with_the_link_of_another(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (mine, theirs) = (await host.StartAsync(), await host.StartAsync("Otherham Council"));
        var forged = theirs with { Secret = mine.Secret };

        Assert.Null(await host.SeeAsync(forged));
        Assert.Null(await host.SeeAsync(forged, "a.b.c"));
        Assert.False(await host.AtDeskAsync(d => d.ChangeAsync(forged.Id, forged.LinkHash, "Mine now", "run", "legal", default)));
        Assert.Null(await host.AtDeskAsync(d => d.RenewLinkAsync(forged.Id, forged.LinkHash, default)));
        Assert.False(await host.AtDeskAsync(d => d.DeleteAsync(forged.Id, forged.LinkHash, default)));
        Assert.Equal("Otherham Council", (await host.SeeAsync(theirs))!.Facts.Organisation);
    }

    [Theory, Engines]
    public async Task A_new_link_shuts_out_whoever_holds_the_old_one(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (owner, other) = (host.NewVisitor(), host.NewVisitor());
        var old = await owner.StartAssessmentAsync();
        Assert.Equal(200, (await other.OpenAsync(old)).Status);

        var shown = await owner.SubmitAsync(await owner.GetAsync(Links.PrivateLink(old.Reference)), "Make a new link");
        var link = shown.Document.QuerySelector("#link")!.GetAttribute("value")!;
        var renewed = old with { Secret = link[(link.LastIndexOf('/') + 1)..] };

        Assert.NotEqual(old.Secret, renewed.Secret);
        Assert.Equal(200, (await owner.GetAsync(old.Overview)).Status);
        Assert.Equal(404, (await other.GetAsync(old.Overview)).Status);
        Assert.Equal(404, (await other.GetAsync(Links.Open(old.Secret))).Status);
        Assert.Null(await host.SeeAsync(old));
        Assert.Equal(200, (await other.OpenAsync(renewed)).Status);
    }

    [Theory, Engines]
    public async Task After_89_days_without_use_everything_still_works(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var question = host.Instrument.InScope("deliver").First();
        host.Clock.Advance(89 * Day);

        Assert.Equal(0, await host.AtDeskAsync(d => d.DeleteExpiredAsync(default)));
        Assert.Equal(200, (await visitor.GetAsync(assessment.Overview)).Status);
        Assert.Equal(200, (await host.NewVisitor().GetAsync(Links.Open(assessment.Secret))).Status);
        Assert.Equal(200, (await visitor.AnswerAsync(assessment, question, ("Answer", "2"))).Status);
        Assert.Equal(2, (await host.SeeAsync(assessment, question.Key))!.Answer.Choice!.Value.Level);
    }

    [Theory, Engines]
    public async Task After_90_days_without_use_nothing_can_be_read_or_saved(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var page = await visitor.GetAsync(assessment.Question(host.Instrument.InScope("deliver").First()));
        host.Clock.Advance(90 * Day);

        Assert.Equal(404, (await visitor.GetAsync(assessment.Overview)).Status);
        Assert.Equal(404, (await visitor.GetAsync(Links.AnswersCsv(assessment.Reference))).Status);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(Links.Open(assessment.Secret))).Status);
        Assert.Equal("Not saved yet", (await visitor.SubmitAsync(page, "Save and continue", ("Answer", "2"))).Heading);
        Assert.Equal(0, (await host.RowsByTableAsync())["Answers"]);
        Assert.Null(await host.AtDeskAsync(d => d.RenewLinkAsync(assessment.Id, assessment.LinkHash, default)));
    }

    [Theory, Engines]
    public async Task What_has_expired_is_deleted_by_itself(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var before = await host.RowsByTableAsync();
        await (await host.OpenPageAsync(await host.StartAsync())).SaveAsync(Four);
        host.Clock.Advance(89 * Day);
        var young = await host.StartAsync();
        host.Clock.Advance(Day);

        await Until.TrueAsync(async () => (await host.RowsByTableAsync())["Answers"] == 0);
        Assert.NotNull(await host.SeeAsync(young));
        await host.AtDeskAsync(d => d.DeleteAsync(young.Id, young.LinkHash, default));
        Assert.Equal(before, await host.RowsByTableAsync());
    }

    [Theory, Engines]
    public async Task Opening_with_the_button_and_saving_count_as_use_looking_at_the_link_does_not(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();

        host.Clock.Advance(10 * Day);
        await host.NewVisitor().GetAsync(Links.Open(assessment.Secret));
        await visitor.GetAsync(assessment.Overview);
        Assert.Equal(RaspHost.Now, (await host.SeeAsync(assessment))!.Facts.LastUsedAt);

        await visitor.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "2"));
        Assert.Equal(RaspHost.Now + 10 * Day, (await host.SeeAsync(assessment))!.Facts.LastUsedAt);

        host.Clock.Advance(10 * Day);
        await host.NewVisitor().OpenAsync(assessment);
        Assert.Equal(RaspHost.Now + 20 * Day, (await host.SeeAsync(assessment))!.Facts.LastUsedAt);
    }

    [Theory, Engines]
    public async Task The_database_holds_no_secret_only_its_hash(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync("Searchable Council");
        await visitor.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "2"), ("Note", "Searchable note"));
        await host.NewVisitor().OpenAsync(assessment);

        var everything = engine == Engine.Sqlite ? await FilesAsync(host) : await host.DumpAsync();
        Assert.Contains("Searchable Council", everything, StringComparison.Ordinal);
        Assert.Contains("Searchable note", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(assessment.Secret, everything, StringComparison.Ordinal);
        Assert.Equal([assessment.LinkHash], await host.QueryAsync<byte[]>("SELECT \"LinkHash\" FROM \"Assessments\""));
    }

    [Theory, Engines]
    public async Task Forms_and_once_shown_links_outlast_a_restart(Engine engine)
    {
        await using var first = await RaspHost.StartAsync(engine);
        var visitor = first.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var question = first.Instrument.InScope("deliver").First();
        var page = await visitor.GetAsync(assessment.Question(question));

        await using var second = await RaspHost.StartAsync(engine, _ => first.Settings);
        using var again = new HttpRequestMessage(HttpMethod.Post, new Uri(second.Url, page.Path))
        {
            Content = new FormUrlEncodedContent(Visitor.Filled(page.Form("Save and continue"), ("Answer", "5"))),
        };
        again.Headers.Add("Cookie", string.Join("; ", visitor.Cookies.Select(c => $"{c.Name}={c.Value}")));
        using var response = await second.NewVisitor().SendAsync(again);

        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal(5, (await second.SeeAsync(assessment, question.Key))!.Answer.Choice!.Value.Level);
    }

    /// <summary>The files as they are, deleted rows and the log among them.</summary>
    private static async Task<string> FilesAsync(RaspHost host)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(host.Settings.Data))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(open, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }
}

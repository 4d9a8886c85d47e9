using Rasp.Data;
using Rasp.Tests.Storage;

namespace Rasp.Tests.Accounts;

/// <summary>An in-confidence assessment in an account: what that changes, for its owner and for whoever holds the link, and back again.</summary>
public sealed class ClaimTests
{
    private const string Save = "Save and continue";

    [Theory, Engines]
    public async Task A_claimed_assessment_opens_without_its_link_and_does_not_expire(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, _) = await ClaimAsync(host);
        host.Clock.Advance(Seen.KeptFor + TimeSpan.FromDays(1));
        await host.AtDeskAsync(desk => desk.DeleteExpiredAsync(default));

        var elsewhere = host.NewVisitor();
        var account = await elsewhere.SignInAsync(host);
        var overview = await elsewhere.GetAsync(account.Link("Testshire Council"));
        Assert.Equal((assessment.Overview, "Testshire Council"), (overview.Path, overview.Heading));
        var question = host.Instrument.InScope("deliver").First();
        await elsewhere.AnswerAsync(assessment, question, ("Answer", "3"));
        Assert.Equal("3", (await elsewhere.GetAsync(assessment.Question(question))).Field("Answer"));
        Assert.Equal(200, (await elsewhere.GetAsync(Links.AnswersCsv(assessment.Reference))).Status);
    }

    [Theory, Engines]
    public async Task It_is_nobody_elses_without_the_link(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, _) = await ClaimAsync(host);
        var (nobody, other) = (host.NewVisitor(), host.NewVisitor());
        await other.SignInAsync(host, "other@example.gov.uk");
        foreach (var visitor in (Visitor[])[nobody, other])
        {
            foreach (var link in (Func<string, string>[])[Links.Assessment, Links.Results, Links.Details, Links.Claim, Links.Delete, Links.AnswersCsv, Links.ResultsJson, Links.PrivateLink])
            {
                Assert.Equal(404, (await visitor.GetAsync(link(assessment.Reference))).Status);
            }
        }
    }

    [Theory, Engines]
    public async Task Whoever_holds_the_link_still_reads_and_changes_and_can_neither_claim_nor_replace_nor_delete(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, _) = await ClaimAsync(host);
        var colleague = host.NewVisitor();
        await colleague.SignInAsync(host, "other@example.gov.uk");
        Assert.Equal("Testshire Council", (await colleague.OpenAsync(assessment)).Heading);
        await colleague.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "3"));

        Assert.Equal("It is in an account", (await colleague.GetAsync(Links.Claim(assessment.Reference))).Heading);
        Assert.Equal("The private link", (await colleague.GetAsync(Links.PrivateLink(assessment.Reference))).Heading);
        Assert.Equal(404, (await colleague.GetAsync(Links.Delete(assessment.Reference))).Status);
        var holder = new Holder(assessment.LinkHash, Guid.NewGuid());
        Assert.False(await host.AtDeskAsync(desk => desk.DeleteAsync(assessment.Id, holder, default)));
        Assert.Null(await host.AtDeskAsync(desk => desk.RenewLinkAsync(assessment.Id, holder, default)));
        Assert.False(await host.AtDeskAsync(desk => desk.ClaimAsync(assessment.Id, holder, holder.Person!.Value, default)));
        Assert.False(await host.AtDeskAsync(desk => desk.ReleaseAsync(assessment.Id, holder.Person!.Value, default)));
    }

    /// <summary>The page that was open, and a first save from it, have Rasp remember who held the assessment; the next save must not rest on that.</summary>
    [Theory, Engines]
    public async Task From_a_page_that_was_open_before_nobody_saves_who_does_not_hold_it_any_more(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, owner) = await ClaimAsync(host);
        var (released, signedOut, other) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await other.SignInAsync(host, "other@example.gov.uk");
        var question = host.Instrument.InScope("deliver").First();
        var pages = new List<(Visitor Visitor, Visited Page)>();
        foreach (var visitor in (Visitor[])[signedOut, released])
        {
            await visitor.SignInAsync(host);
            Assert.Equal(200, (await visitor.AnswerAsync(assessment, question, ("Answer", "2"))).Status);
            pages.Add((visitor, await visitor.GetAsync(assessment.Question(question))));
        }
        await signedOut.SubmitAsync(await signedOut.GetAsync(Links.Account), "Sign out");
        await owner.SubmitAsync(await owner.GetAsync(Links.Claim(assessment.Reference)), "Take it out of my account");
        foreach (var (visitor, open) in pages)
        {
            // Of whoever is signed out, the form's token is good no more either: the page comes back with a new one.
            var notSaved = await visitor.SubmitAsync(open, Save, ("Answer", "5"), ("Note", "Too late"));
            Assert.Equal((400, "Not saved yet", "Too late"), (notSaved.Status, notSaved.Heading, notSaved.Field("Note")));
            notSaved = await visitor.SubmitAsync(notSaved, "Try again");
            Assert.Equal((400, "Not saved yet", "Too late"), (notSaved.Status, notSaved.Heading, notSaved.Field("Note")));
        }
        Assert.Equal(2, (await host.SeeAsync(assessment, question.Key))!.Answer.Choice!.Value.Level);

        // Nor does anybody else just after somebody who does.
        Assert.Equal(200, (await owner.AnswerAsync(assessment, question, ("Answer", "3"))).Status);
        var page = await owner.GetAsync(assessment.Question(question));
        var token = (await other.GetAsync(Links.Account)).Field("__RequestVerificationToken");
        var forged = await other.PostAsync(assessment.Question(question), [.. Visitor.Filled(page.Form(Save), ("Answer", "5"), ("__RequestVerificationToken", token)).Select(f => (f.Key, (string?)f.Value))]);
        Assert.Equal((400, "Not saved yet"), (forged.Status, forged.Heading));
        Assert.Equal(3, (await host.SeeAsync(assessment, question.Key))!.Answer.Choice!.Value.Level);
    }

    [Theory, Engines]
    public async Task What_is_claimed_is_saved_to_after_it_would_have_expired_by_its_link_too(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, _) = await ClaimAsync(host);
        host.Clock.Advance(Seen.KeptFor + TimeSpan.FromDays(1));
        var colleague = host.NewVisitor();
        await colleague.OpenAsync(assessment);
        var question = host.Instrument.InScope("deliver").First();
        await colleague.AnswerAsync(assessment, question, ("Answer", "3"));
        Assert.Equal(3, (await host.SeeAsync(assessment, question.Key))!.Answer.Choice!.Value.Level);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_told_what_changes_and_led_back_after_signing_in()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var page = await visitor.GetAsync((await visitor.GetAsync(assessment.Overview)).Link("Keep it in your account"));
        Assert.Contains("no longer expires", page.Words, StringComparison.Ordinal);
        Assert.Equal(Links.SignInFor(Links.Claim(assessment.Reference)), page.Link("Sign in to keep it"));

        page = await visitor.SignInAsync(host, returnTo: Links.Claim(assessment.Reference));
        Assert.Contains("Testshire Council", (await visitor.SubmitAsync(page, "Keep it in my account")).Words, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Taken_out_of_the_account_it_is_its_links_again_and_its_days_count_from_then(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, owner) = await ClaimAsync(host);
        host.Clock.Advance(Seen.KeptFor);
        await owner.SignInAsync(host);
        await owner.SubmitAsync(await owner.GetAsync(Links.Claim(assessment.Reference)), "Take it out of my account");

        Assert.Contains("None yet", (await owner.GetAsync(Links.Account)).Words, StringComparison.Ordinal);
        owner.Forget("rasp-link");
        Assert.Equal(404, (await owner.GetAsync(assessment.Overview)).Status);
        host.Clock.Advance(Seen.KeptFor - TimeSpan.FromDays(1));
        Assert.Equal("Testshire Council", (await host.NewVisitor().OpenAsync(assessment)).Heading);
    }

    [Theory, Engines("keep"), Engines("delete")]
    public async Task Deleting_the_account_asks_what_becomes_of_them(Engine engine, string choice)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (assessment, owner) = await ClaimAsync(host);
        var page = await owner.SubmitAsync(await owner.GetAsync(Links.DeleteAccount), "Delete my account");
        Assert.Equal((400, 2), (page.Status, page.Faults.Count));
        page = await owner.SubmitAsync(page, "Delete my account", ("Assessments", choice), ("IsSure", "true"));

        Assert.Equal("Your account is deleted", page.Heading);
        Assert.False(await owner.IsSignedInAsync());
        Assert.Empty(await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));
        Assert.Empty(await host.QueryAsync<string>("SELECT \"Browser\" FROM \"Sessions\""));
        Assert.Equal(choice == "keep" ? 200 : 404, (await host.NewVisitor().GetAsync(Links.Open(assessment.Secret))).Status);
    }

    [Fact]
    public async Task Its_owner_replaces_the_link_and_deletes_it()
    {
        await using var host = await RaspHost.StartAsync();
        var (assessment, owner) = await ClaimAsync(host);
        var link = await owner.SubmitAsync(await owner.GetAsync(Links.PrivateLink(assessment.Reference)), "Make a new link");
        Assert.Equal("Keep your private link", link.Heading);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(Links.Open(assessment.Secret))).Status);
        Assert.Equal("Everything is deleted", (await owner.SubmitAsync(await owner.GetAsync(Links.Delete(assessment.Reference)), "Delete everything", ("IsSure", "true"))).Heading);
    }

    private static async Task<(Started Assessment, Visitor Owner)> ClaimAsync(RaspHost host)
    {
        var owner = host.NewVisitor();
        var assessment = await owner.StartAssessmentAsync();
        await owner.SignInAsync(host);
        var account = await owner.SubmitAsync(await owner.GetAsync(Links.Claim(assessment.Reference)), "Keep it in my account");
        Assert.Equal("Your account", account.Heading);
        return (assessment, owner);
    }
}

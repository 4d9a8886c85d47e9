using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Teams;

/// <summary>Nothing that goes wrong loses what was typed, lets anybody in twice or somewhere else, or changes what was promised.</summary>
public sealed class TeamFaultTests
{
    private const string Finance = "finance@example.gov.uk";

    [Fact]
    public async Task What_is_missing_or_wrong_is_told_and_nothing_typed_is_lost()
    {
        await using var host = await Asked.HostAsync(Engine.Sqlite);
        var two = await Partnership.StartAsync(host, Asked.Alder, Asked.Brook);
        await two.OpenRoundAsync();
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));
        var reference = part.Split('/')[^1];

        var start = await lead.SubmitAsync(await lead.GetAsync(Links.TeamStart(reference)), "Choose this for good");
        Assert.Equal((400, 3), (start.Status, start.Faults.Count));
        start = await lead.SubmitAsync(start, "Choose this for good", ("Attribution", "anonymous"), ("Role", "legal"));
        Assert.Equal(("anonymous", "legal"), (start.Field("Attribution"), start.Field("Role")));
        // Before it is chosen nobody can be invited.
        foreach (var page in (Func<string, string>[])[Links.TeamInvite, Links.TeamPaper, Links.TeamMyself]) Assert.Equal(404, (await lead.GetAsync(page(reference))).Status);
        await two.StartTeamAsync(Asked.Alder, "named", "none");

        Assert.Equal(["Select a role"], (await lead.GetAsync(Links.TeamInvite(reference) + "?role=")).Faults);
        var invite = await lead.SubmitAsync(await lead.GetAsync(Links.TeamInviteAs(reference, "finance")), "Invite", ("Email", "nonsense"), ("Scope.What", "some"), ("Scope.Themes", null));
        Assert.Equal(400, invite.Status);
        Assert.Equal(["nonsense", "some"], [invite.Field("Email"), invite.Field("Scope.What")]);
        Assert.Contains("Tick at least one theme, or ask everything", invite.Faults);
        await two.InviteToTeamAsync(Asked.Alder, Finance);
        Assert.StartsWith("This person is asked already", Assert.Single((await lead.SubmitAsync(
            await lead.GetAsync(Links.TeamInviteAs(reference, "finance")), "Invite", ("Email", Finance.ToUpperInvariant()), ("Scope.What", "all"))).Faults), StringComparison.Ordinal);

        var paper = await lead.SubmitAsync(await lead.GetAsync(Links.TeamPaperAs(reference, "finance")), "Add, and enter what they said", ("Name", " "), ("Scope.What", "all"));
        Assert.Equal(["Enter what to call this person"], paper.Faults);
        Assert.Equal(["Select a role"], (await lead.SubmitAsync(await lead.GetAsync(Links.TeamMyself(reference)), "I have read this: begin")).Faults);
        Assert.Equal(part, (await lead.SubmitAsync(await lead.GetAsync(Links.TeamMyself(reference)), "I have read this: begin", ("Role", "finance"))).Path);
        Assert.Equal(404, (await lead.GetAsync(Links.TeamPerson(reference, Guid.NewGuid()))).Status);
    }

    [Theory, Engines]
    public async Task A_link_lets_one_person_in_once_and_no_longer_than_it_is_good(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        await two.StartTeamAsync(Asked.Alder, "anonymous", "none");
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));

        // Two who press the button at once: one comes in.
        var link = await two.InviteToTeamAsync(Asked.Alder, Finance);
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            var person = host.NewVisitor();
            await person.SignInAsync(host, $"p{i}@example.gov.uk");
            return (Visitor: person, Page: await person.GetAsync(link));
        }));
        var came = await Task.WhenAll(people.Select(p => p.Visitor.SubmitAsync(p.Page, "Accept")));
        Assert.Single(came, c => c.Path == part);
        Assert.Equal(3, came.Count(c => c.Status == 404));

        // Whoever has an account signs in to it first; who is signed in as somebody else is told so.
        await host.PersonAsync("known@example.gov.uk");
        var known = await two.InviteToTeamAsync(Asked.Alder, "known@example.gov.uk");
        var nobody = host.NewVisitor();
        Assert.Equal(Links.SignInFor(known), (await nobody.SubmitAsync(await nobody.GetAsync(known), "Accept")).Path);
        Assert.False(await nobody.IsSignedInAsync());
        var other = host.NewVisitor();
        await other.SignInAsync(host, "other@example.gov.uk");
        Assert.Contains("You accept as other@example.gov.uk, not as known@example.gov.uk", (await other.GetAsync(known)).Words, StringComparison.Ordinal);
        // Nobody answers twice.
        var inside = people[Array.FindIndex(came, c => c.Path == part)].Visitor;
        Assert.StartsWith("You answer there already", Assert.Single((await inside.SubmitAsync(await inside.GetAsync(known), "Accept")).Faults), StringComparison.Ordinal);
        Assert.Equal("Invited", (await lead.StateAsync(part, "known@example.gov.uk")).Split(',')[0]);

        // Declined, run out, sent again, taken back.
        await other.SubmitAsync(await other.GetAsync(known), "Decline");
        Assert.Equal("Declined", (await lead.StateAsync(part, "known@example.gov.uk")).Split(',')[0]);
        var late = await two.InviteToTeamAsync(Asked.Alder, "late@example.gov.uk");
        host.Clock.Advance(Invitation.IsGoodFor + TimeSpan.FromMinutes(1));
        await lead.SignInAsync(host, Partnership.Email(Asked.Alder));
        Assert.Equal("Invitation ran out", (await lead.StateAsync(part, "late@example.gov.uk")).Split(',')[0]);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(late)).Status);
        var person = await lead.PersonAsync(part, "late@example.gov.uk");
        var sent = await lead.GetAsync(person.Link("The invitation: send it again, or take it back"));
        await lead.SubmitAsync(sent, "Send it again");
        Assert.Equal("Invited", (await lead.StateAsync(part, "late@example.gov.uk")).Split(',')[0]);
        await lead.SubmitAsync(await lead.GetAsync(sent.Path), "Take the invitation back");
        Assert.Equal("nowhere", await lead.StateAsync(part, "late@example.gov.uk"));
        Assert.Null((await host.VerifyTrailAsync()).Fault);
    }

    [Theory, Engines]
    public async Task Whoever_facilitates_a_programme_answers_for_none_of_its_partners(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var two = await Partnership.StartAsync(host, Asked.Alder, Asked.Brook);
        await two.OpenRoundAsync();
        await two.StartTeamAsync(Asked.Brook, "named", "none");
        var facilitator = await two.FacilitateAsync();
        var link = await two.InviteToTeamAsync(Asked.Brook, "adviser@example.org");
        Assert.Contains("facilitator", Assert.Single((await facilitator.SubmitAsync(await facilitator.GetAsync(link), "Accept")).Faults), StringComparison.Ordinal);
        Assert.Equal(404, (await facilitator.GetAsync(await two.PartAsync(Asked.Brook))).Status);
    }

    [Theory, Engines]
    public async Task It_is_chosen_once_whoever_else_chooses_at_the_same_time(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var (powys, part) = (consortium[0], (await consortium.OwnAsync(consortium[0])).Assessment);
        await consortium.AnswerAsync(powys, 3, most: 2);
        var second = await consortium.MemberAsync(powys, "second@powys.gov.uk");
        var chosen = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => host.AskAsync((TeamDesk d) =>
            d.StartAsync(part, i % 2 == 0 ? powys.Lead : second, i % 2 == 0 ? Attribution.Named : Attribution.Anonymous, "finance", default)))));
        Assert.Single(chosen, TeamOutcome.Done);
        Assert.Equal(7, chosen.Count(c => c == TeamOutcome.HasChanged));
        // Who has answered something can't leave it to nobody.
        var torfaen = (await consortium.OwnAsync(consortium[1])).Assessment;
        await consortium.AnswerAsync(consortium[1], 3, most: 1);
        Assert.Equal(TeamOutcome.HasChanged, await host.AskAsync((TeamDesk d) => d.StartAsync(torfaen, consortium[1].Lead, Attribution.Named, null, default)));
    }
}

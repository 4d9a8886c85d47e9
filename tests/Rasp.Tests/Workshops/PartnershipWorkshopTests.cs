using Rasp.Data.Programmes;
using Rasp.Data.Workshops;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Workshops;

/// <summary>A partnership's workshop: one vote for each organisation, an agenda of what all may see, decisions that all read; nobody else comes in.</summary>
public sealed class PartnershipWorkshopTests
{
    [Theory, Engines]
    public async Task Each_organisation_has_one_vote_that_its_people_share(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var three = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Questions), ("Crag", Depth.Questions));
        var colleague = await three.MemberAsync(three[0], "colleague@alder.gov.uk", MemberRole.Contributor);
        var meeting = await Meeting.OfManyAsync(three);
        var alder = await meeting.JoinForAsync(three[0].Lead, three[0].Id);
        var alsoAlder = await meeting.JoinForAsync(colleague, three[0].Id);
        var brook = await meeting.JoinForAsync(three[1].Lead, three[1].Id);

        await meeting.OpenVoteAsync();
        Assert.True(await meeting.VoteAsync(alder, 2));
        Assert.True(await meeting.VoteAsync(alsoAlder, 4));
        Assert.True(await meeting.VoteAsync(brook, 5));
        Assert.Equal(Choice.OfLevel(4), (await meeting.RoomAsync(alder))!.OwnVote);
        var lead = await meeting.LeadsRoomAsync();
        Assert.Equal(new Turnout(2, 2), await host.AskAsync((WorkshopLens l) => l.TurnoutAsync(lead, default)));
        await meeting.RevealAsync();
        Assert.Equal(["4 Alder", "5 Brook"], (await meeting.RoomAsync(new(null, three[2].Lead)))!.Spread!.Counts.Select(c => $"{c.Choice} {string.Join(", ", c.Organisations)}"));
    }

    [Theory, Engines]
    public async Task The_agenda_is_the_comparisons_where_all_show_questions_and_says_nothing_where_one_does_not(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var open = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Questions), ("Crag", Depth.Questions));
        await open.FacilitatorAsync();
        var facilitator = await host.PersonAsync("adviser@example.org");
        var agenda = await AgendaAsync(open, open[0].Lead);
        Assert.Contains(agenda, i => i.Kind == AgendaKind.Split);
        Assert.Equal((await open.SeeAsync(open[1].Lead))!.Comparison.Questions!.Questions.Select(q => q.Question), agenda.Select(i => i.Question));
        foreach (var person in new[] { open[1].Lead, open[2].Lead, facilitator }) Assert.Equal(agenda, await AgendaAsync(open, person));
    }

    [Fact]
    public async Task Where_one_shows_its_areas_alone_the_agenda_tells_nothing_of_anybodys_answers()
    {
        await using var host = await RaspHost.StartAsync();
        var shut = await Consortium.RevealedAsync(host, ("Alder", Depth.Everything), ("Brook", Depth.Everything), ("Crag", Depth.Areas));
        foreach (var person in shut.Councils.Select(c => c.Lead))
        {
            var agenda = await AgendaAsync(shut, person);
            Assert.Equal(host.Instrument.InScope("explore"), agenda.Select(i => i.Question));
            Assert.All(agenda, i => Assert.Equal((AgendaKind.Other, null), (i.Kind, i.Agreed)));
        }
        // Those two see each other's answers in the comparison all the same.
        Assert.NotNull((await shut.SeeAsync(shut[0].Lead))!.Comparison.Questions);
    }

    [Theory, Engines]
    public async Task Who_has_withdrawn_takes_no_part_and_what_they_voted_is_shown_no_more(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var three = await Consortium.RevealedAsync(host, ("Alder", Depth.Questions), ("Brook", Depth.Questions), ("Crag", Depth.Questions));
        var meeting = await Meeting.OfManyAsync(three);
        var brook = await meeting.JoinForAsync(three[1].Lead, three[1].Id);
        var crag = await meeting.JoinForAsync(three[2].Lead, three[2].Id);
        await meeting.BallotAsync([(brook, 1), (crag, 5)]);
        var part = (await three.OwnAsync(three[2])).Assessment;
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.WithdrawAsync(part, three[2].Lead, default)));

        Assert.Null(await meeting.RoomAsync(crag));
        var code = (await meeting.LeadsRoomAsync()).Code;
        Assert.Equal(JoinOutcome.NotFound, await host.AskAsync((WorkshopDesk d) => d.JoinForAsync(code, three[2].Lead, three[2].Id, default)));
        var spread = (await meeting.RoomAsync(brook))!.Spread!;
        Assert.Equal(("1", 1, 1), ($"{spread.Counts.Single().Choice}", spread.Votes, spread.Gone));

        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(three[2].Id, three[2].Lead, default)));
        Assert.Equal(1, (await meeting.RoomAsync(brook))!.Spread!.Gone);
        Assert.DoesNotContain(three[2].Id.ToString("N"), await host.DumpAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, Engines]
    public async Task What_is_decided_is_there_for_every_partner_also_afterwards(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await Consortium.RevealedAsync(host, ("Alder", Depth.Questions), ("Brook", Depth.Questions));
        var meeting = await Meeting.OfManyAsync(two);
        await meeting.DecideAsync(2, "For the time being");
        await meeting.DecideAsync(3, "Until the review");
        await meeting.CloseAsync();
        var room = (await meeting.RoomAsync(new(null, two[1].Lead)))!;
        var decision = Assert.Single(await host.AskAsync((WorkshopLens l) => l.DecisionsAsync(room, default)));
        Assert.Equal((Choice.OfLevel(3), "Until the review"), (decision.Choice, decision.Note));
        // It is the partnership's, and no organisation's answer.
        Assert.Equal(0, (await host.RowsByTableAsync())["AgreedAnswers"]);
        var listed = await host.AskAsync((WorkshopLens l) => l.OfRoundAsync(two.Round, two[1].Lead, default));
        Assert.Equal(meeting.Id, Assert.Single(listed!.Value.Workshops).Id);
    }

    [Theory, Engines]
    public async Task Nobody_else_comes_in_and_only_leads_and_facilitators_run_it(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await Consortium.RevealedAsync(host, ("Alder", Depth.Questions), ("Brook", Depth.Questions));
        var contributor = await two.MemberAsync(two[1], "contributor@brook.gov.uk", MemberRole.Contributor);
        var facilitator = await two.FacilitatorAsync();
        var stranger = await two.CouncilAsync("Dene");
        Assert.Null(await host.AskAsync((WorkshopDesk d) => d.OpenOverRoundAsync(two.Round, contributor, default)));
        Assert.Null(await host.AskAsync((WorkshopDesk d) => d.OpenOverRoundAsync(two.Round, stranger.Lead, default)));
        var meeting = await Meeting.OfManyAsync(two);

        Assert.True((await meeting.RoomAsync(new(null, facilitator)))!.Runs);
        Assert.True((await meeting.RoomAsync(new(null, two[1].Lead)))!.Runs);
        Assert.False((await meeting.RoomAsync(new(null, contributor)))!.Runs);
        Assert.Null(await meeting.RoomAsync(new(null, stranger.Lead)));
        var code = (await meeting.LeadsRoomAsync()).Code;
        // Neither for an organisation that is not theirs, nor without an account.
        Assert.Equal(JoinOutcome.NotFound, await host.AskAsync((WorkshopDesk d) => d.JoinForAsync(code, stranger.Lead, two[0].Id, default)));
        Assert.Equal(JoinOutcome.NotFound, await host.AskAsync((WorkshopDesk d) => d.JoinForAsync(code, facilitator, two[0].Id, default)));
        Assert.Equal(JoinOutcome.NotFound, (await host.AskAsync((WorkshopDesk d) => d.JoinAsync(code, default))).Outcome);
        Assert.Null((await host.AskAsync((WorkshopLens l) => l.DoorAsync(code, stranger.Lead, default)))!.Title);
        // Whoever loses their place in the organisation loses the seat with it.
        var seated = await meeting.JoinForAsync(contributor, two[1].Id);
        Assert.True((await meeting.RoomAsync(seated))!.Votes);
        await host.AskAsync((OrganisationDesk d) => d.RemoveAsync(two[1].Id, two[1].Lead, contributor, default));
        Assert.Null(await meeting.RoomAsync(seated));
    }

    [Fact]
    public async Task A_round_that_is_not_open_to_all_has_no_workshop()
    {
        await using var host = await RaspHost.StartAsync();
        var two = await Consortium.WithRoundAsync(host, "Alder", "Brook");
        var facilitator = await two.FacilitatorAsync();
        foreach (var person in new[] { two[0].Lead, facilitator })
        {
            Assert.Null(await host.AskAsync((WorkshopDesk d) => d.OpenOverRoundAsync(two.Round, person, default)));
            Assert.Null(await host.AskAsync((WorkshopLens l) => l.OfRoundAsync(two.Round, person, default)));
        }
    }

    private static async Task<IReadOnlyList<AgendaItem>> AgendaAsync(Consortium consortium, Guid person)
    {
        var id = (await consortium.Host.AskAsync((WorkshopDesk d) => d.OpenOverRoundAsync(consortium.Round, person, default)))!.Value;
        var room = (await consortium.Host.AskAsync((WorkshopLens l) => l.FindAsync(id, new(null, person), default)))!;
        var ground = (await consortium.Host.AskAsync((RoundLens l) => l.CommonGroundAsync(consortium.Round, person, default)))!;
        return await consortium.Host.AskAsync((WorkshopLens l) => l.AgendaAsync(room, ground, default));
    }
}

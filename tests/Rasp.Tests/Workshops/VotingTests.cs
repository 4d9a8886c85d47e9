using System.Globalization;
using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Data.Workshops;
using Rasp.Readiness.Answers;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Workshops;

/// <summary>Votes are secret until all are revealed together, none is counted later, and single ones are gone once a workshop is over.</summary>
public sealed class VotingTests
{
    [Theory, Engines]
    public async Task All_votes_are_revealed_at_once_and_none_before(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        var people = await meeting.JoinAsync(3);

        await meeting.OpenVoteAsync();
        Assert.True(await meeting.VoteAsync(people[0], 2));
        Assert.True(await meeting.VoteAsync(people[0], 4));
        Assert.True(await meeting.VoteAsync(people[1], 3));
        foreach (var who in people.Append(meeting.Lead)) Assert.Null((await meeting.RoomAsync(who))!.Spread);
        Assert.Equal(Choice.OfLevel(4), (await meeting.RoomAsync(people[0]))!.OwnVote);
        Assert.Null((await meeting.RoomAsync(people[2]))!.OwnVote);
        var lead = await meeting.LeadsRoomAsync();
        Assert.Equal(new Turnout(2, 3), await host.AskAsync((WorkshopLens l) => l.TurnoutAsync(lead, default)));
        await meeting.RevealAsync();

        foreach (var who in people.Append(meeting.Lead))
        {
            var spread = (await meeting.RoomAsync(who))!.Spread!;
            Assert.Equal([(Choice.OfLevel(3), 1), (Choice.OfLevel(4), 1)], spread.Counts.Select(c => (c.Choice, c.Votes)));
        }
        Assert.False(await meeting.VoteAsync(people[2], 1));
        Assert.Equal(2, (await meeting.LeadsRoomAsync()).Spread!.Votes);
    }

    /// <summary>What is confirmed is counted, and what comes after the reveal is not confirmed, whoever comes first.</summary>
    [Theory, Engines]
    public async Task A_vote_that_races_the_reveal_is_counted_or_refused(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        var people = await meeting.JoinAsync(8);
        for (var round = 0; round < 12; round++)
        {
            await meeting.OpenVoteAsync();
            var votes = people.Select(p => Task.Run(() => meeting.VoteAsync(p, 3))).ToList();
            await Task.WhenAny(votes);
            await meeting.RevealAsync();
            var confirmed = (await Task.WhenAll(votes)).Count(v => v);
            Assert.InRange(confirmed, 1, people.Count);
            Assert.Equal(confirmed, (await meeting.LeadsRoomAsync()).Spread!.Votes);
            var ballot = (await meeting.LeadsRoomAsync()).Ballot;
            Assert.Equal(confirmed, (await host.QueryAsync<long>($"""SELECT count(*) FROM "Votes" WHERE "Ballot" = {ballot}""")).Single());
        }
    }

    [Theory, Engines]
    public async Task Voting_again_begins_anew_and_what_was_revealed_before_stays(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        var people = await meeting.JoinAsync(2);
        await meeting.BallotAsync([(people[0], 1), (people[1], 5)]);

        await meeting.OpenVoteAsync();
        Assert.Null((await meeting.RoomAsync(people[0]))!.OwnVote);
        Assert.Null((await meeting.LeadsRoomAsync()).Spread);
        // A page that still shows the vote before can't vote in this one.
        var room = (await meeting.RoomAsync(people[0]))!;
        Assert.False(await host.AskAsync((Voting v) => v.VoteAsync(room, 1, Choice.OfLevel(2), default)));
        Assert.True(await meeting.VoteAsync(people[0], 3));
        await meeting.RevealAsync();

        var lead = await meeting.LeadsRoomAsync();
        Assert.Equal([[1, 5], [3]], (await host.AskAsync((WorkshopLens l) => l.PastAsync(lead, default))).Select(b => b.Spread!.Counts.Select(c => c.Choice.Level!.Value)));
    }

    [Theory, Engines]
    public async Task Fewer_than_five_anonymous_votes_are_shown_to_nobody_and_stored_nowhere(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host, isAnonymous: true);
        var people = await meeting.JoinAsync(10);
        var few = await meeting.BallotAsync(people.Take(4).Select(p => (p, 2)));
        Assert.Equal((Withheld.TooFew, null), (few.Withheld, few.Spread));
        Assert.All(await host.QueryAsync<bool>("""SELECT "Spread" IS NULL FROM "Ballots" """), Assert.True);

        Assert.Equal(5, (await meeting.BallotAsync(people.Take(5).Select(p => (p, 3)))).Spread!.Votes);
    }

    /// <summary>Whoever changed, came or went would be found by taking the first spread from the second.</summary>
    [Theory]
    [InlineData("3 3 3 3 3", Withheld.No)]
    [InlineData("4 4 4 4 4", Withheld.No)]
    [InlineData("4 4 4 4 3", Withheld.TooNear)]
    [InlineData("3 3 3 3 3 1", Withheld.TooNear)]
    [InlineData("- 3 3 3 3 3", Withheld.TooNear)]
    [InlineData("3 3 3 3 3 1 1 1 1 1", Withheld.No)]
    [InlineData("- - - - - 3 3 3 3 3", Withheld.No)]
    public async Task Two_spreads_of_a_question_never_differ_by_a_few_people(string second, Withheld withheld)
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host, isAnonymous: true);
        var people = await meeting.JoinAsync(10);
        await meeting.BallotAsync(people.Take(5).Select(p => (p, 3)));
        var votes = second.Split(' ').Select((level, i) => (Voter: people[i], level)).Where(v => v.level != "-").Select(v => (v.Voter, int.Parse(v.level, CultureInfo.InvariantCulture)));
        Assert.Equal(withheld, (await meeting.BallotAsync(votes)).Withheld);
        // Another question is another matter.
        await meeting.ChooseAsync(1);
        Assert.NotNull((await meeting.BallotAsync(people.Take(6).Select(p => (p, 2)))).Spread);
    }

    [Theory, Engines]
    public async Task Closing_deletes_every_vote_and_keeps_what_was_revealed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        var people = await meeting.JoinAsync(3);
        await meeting.BallotAsync(people.Select(p => (p, 3)));
        await meeting.RecordAsync(3);
        await meeting.ChooseAsync(1);
        await meeting.OpenVoteAsync();
        await meeting.VoteAsync(people[0], 1);
        await meeting.CloseAsync();

        var rows = await host.RowsByTableAsync();
        Assert.Equal((0, 1, 1), (rows["Votes"], rows["Ballots"], rows["AgreedAnswers"]));
        var room = await meeting.LeadsRoomAsync();
        Assert.Equal(3, Assert.Single(await host.AskAsync((WorkshopLens l) => l.PastAsync(room, default))).Spread!.Votes);
        Assert.False(await meeting.VoteAsync(people[0], 1));
        Assert.Equal(JoinOutcome.NotFound, (await host.AskAsync((WorkshopDesk d) => d.JoinAsync(room.Code, default))).Outcome);
        Assert.Equal(["WorkshopOpened", "WorkshopClosed"], await host.QueryAsync<string>("""SELECT "Kind" FROM "Trail" WHERE "Kind" LIKE 'Workshop%' ORDER BY "Number" """));
    }

    [Theory, Engines]
    public async Task What_is_recorded_is_the_organisations_answer_and_ends_once_it_is_sealed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        await meeting.RecordAsync(2);
        await meeting.RecordAsync(4);
        var lead = await meeting.LeadsRoomAsync();
        var agenda = await host.AskAsync((WorkshopLens l) => l.AgendaAsync(lead, meeting.Lead.Person, default));
        Assert.Equal((AgendaKind.Done, Choice.OfLevel(4)), agenda.Where(i => i.Question == lead.Question).Select(i => (i.Kind, i.Agreed!.Value)).Single());
        Assert.Equal(["4|A note|A reason|Another view|2"], await host.QueryAsync<string>("""SELECT "Choice" || '|' || "Note" || '|' || "Reason" || '|' || "Minority" || '|' || "How" FROM "AgreedAnswers" """));

        await host.ExecuteAsync(host.Engine == Engine.Sqlite ? """UPDATE "Assessments" SET "IsOpen" = 0""" : """UPDATE "Assessments" SET "IsOpen" = false""");
        Assert.Equal(WorkshopOutcome.Sealed, await host.AskAsync((Voting v) => v.RecordAsync(lead, meeting.Lead, lead.Question!.Key, new Agreed(Choice.OfLevel(1), null, null, null, null, null), default)));
    }

    /// <summary>Two who run a workshop press at the same moment: the room goes one step, and the second is told to look again.</summary>
    [Fact]
    public async Task A_step_from_a_page_that_is_behind_does_nothing()
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host);
        var room = await meeting.LeadsRoomAsync();
        await meeting.OpenVoteAsync();
        Assert.Equal(WorkshopOutcome.Stale, await host.AskAsync((Voting v) => v.ChooseAsync(room, meeting.Lead, room.Version, meeting.Question(1), default)));
        Assert.Equal(WorkshopPhase.Voting, (await meeting.LeadsRoomAsync()).Phase);
    }

    /// <summary>A facilitator by link runs this workshop; a new link ends that, and closing ends all.</summary>
    [Fact]
    public async Task A_facilitators_link_runs_this_workshop_until_it_is_replaced()
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host);
        var voter = await meeting.JoinAsync();
        var link = await host.AskAsync((WorkshopDesk d) => d.RenewFacilitatorLinkAsync(meeting.Id, meeting.Lead.Person!.Value, default));
        var seat = await host.AskAsync((WorkshopDesk d) => d.FacilitateAsync(meeting.Id, link!, default));
        var facilitator = new Holder(PrivateLink.Hash(seat), null);
        var room = (await meeting.RoomAsync(facilitator))!;
        Assert.True(room is { Runs: true, Votes: false });
        Assert.False((await meeting.RoomAsync(voter))!.Runs);
        Assert.Equal(WorkshopOutcome.Done, await host.AskAsync((Voting v) => v.OpenAsync(room, facilitator, room.Version, default)));
        Assert.False(await host.AskAsync((Voting v) => v.VoteAsync(room with { Votes = true }, 1, Choice.OfLevel(1), default)));
        Assert.Equal(WorkshopOutcome.NotFound, await host.AskAsync((Voting v) => v.RevealAsync(room, voter, room.Version + 1, default)));

        await host.AskAsync((WorkshopDesk d) => d.RenewFacilitatorLinkAsync(meeting.Id, meeting.Lead.Person!.Value, default));
        Assert.Null(await meeting.RoomAsync(facilitator));
        Assert.Null(await host.AskAsync((WorkshopDesk d) => d.FacilitateAsync(meeting.Id, link!, default)));
        var stranger = await host.PersonAsync("stranger@example.gov.uk");
        Assert.Null(await host.AskAsync((WorkshopDesk d) => d.RenewFacilitatorLinkAsync(meeting.Id, stranger, default)));
        Assert.Null(await meeting.RoomAsync(new(null, stranger)));
    }

    [Fact]
    public async Task Whoever_leaves_takes_back_a_vote_that_nobody_has_seen()
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host);
        var people = await meeting.JoinAsync(2);
        await meeting.OpenVoteAsync();
        foreach (var who in people) await meeting.VoteAsync(who, 3);
        var room = (await meeting.RoomAsync(people[0]))!;
        await host.AskAsync(async (WorkshopDesk d) =>
        {
            await d.LeaveAsync(room, default);
            return true;
        });
        Assert.Null(await meeting.RoomAsync(people[0]));
        await meeting.RevealAsync();
        Assert.Equal(1, (await meeting.LeadsRoomAsync()).Spread!.Votes);
    }

    [Fact]
    public async Task A_workshop_that_nobody_closed_is_closed_in_the_end()
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host);
        await meeting.BallotAsync([(await meeting.JoinAsync(), 3)]);
        Assert.Equal(0, await host.AskAsync((WorkshopDesk d) => d.CloseForgottenAsync(default)));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await Until.TrueAsync(async () => (await host.RowsByTableAsync())["Votes"] == 0);
        Assert.False((await meeting.LeadsRoomAsync()).IsOpen);
    }

    [Theory]
    [InlineData("bcdfgh", "BCDFGH")]
    [InlineData(" bcd-fgh ", "BCDFGH")]
    [InlineData("8cd fgh", "BCDFGH")]
    [InlineData("0 5 2 6 1 u", "DSZG7V")]
    [InlineData("bcdfg", null)]
    [InlineData("bcdfg!", null)]
    [InlineData("aeiouy", null)]
    [InlineData(null, null)]
    public void Codes_are_read_however_they_are_typed(string? typed, string? code) => Assert.Equal(code, JoinCode.Read(typed));

    [Fact]
    public void Codes_read_as_they_are_made()
    {
        foreach (var code in Enumerable.Range(0, 1000).Select(_ => JoinCode.New())) Assert.Equal(code, JoinCode.Read(JoinCode.Spaced(code).ToLowerInvariant()));
    }
}

using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rasp.Data;
using Rasp.Data.Workshops;
using Rasp.Tests.Programmes;
using Rasp.Workshops;

namespace Rasp.Tests.Workshops;

/// <summary>Streams tell everybody at once that something has changed, and nobody what.</summary>
public sealed partial class StreamTests
{
    /// <summary>The same meeting with other votes: until the reveal, whoever votes gets the same, byte by byte, on the stream and by every page.</summary>
    [Theory, Engines]
    public async Task Until_the_reveal_nothing_that_a_voter_gets_depends_on_others_votes(Engine engine)
    {
        var some = await MeetAsync(engine, [1, 1, 1, 1, 2]);
        var others = await MeetAsync(engine, [5, 3, 4, 5, 5]);
        Assert.Equal(some, others);
        // And a vote less tells nothing either.
        Assert.Equal(some, await MeetAsync(engine, [5, 3]));
    }

    [Theory, Engines]
    public async Task Only_whoever_runs_the_workshop_hears_that_somebody_voted_and_not_more_than_twice_a_second(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        var (voter, secret) = await JoinAsync(meeting);
        var people = await meeting.JoinAsync(3);
        await using var lead = await EventStream.ListenAsync(host.Url, meeting.Id, await SessionAsync(host, meeting));
        await using var phone = await EventStream.ListenAsync(host.Url, meeting.Id, Cookie(secret));
        await meeting.OpenVoteAsync();
        await lead.SaysAsync($"data: {(await meeting.LeadsRoomAsync()).Version}\n");
        foreach (var who in people) Assert.True(await meeting.VoteAsync(who, 3));
        await lead.SaysAsync("event: turnout");
        Assert.True(await meeting.VoteAsync(voter, 3));
        await meeting.RevealAsync();
        await phone.SaysAsync($"data: {(await meeting.LeadsRoomAsync()).Version}\n");
        await lead.SaysAsync($"data: {(await meeting.LeadsRoomAsync()).Version}\n");
        Assert.DoesNotContain("turnout", phone.Said, StringComparison.Ordinal);
        // The clock stood still.
        Assert.InRange(TurnoutEvent().Count(lead.Said), 1, 1);
    }

    [Fact]
    public async Task What_one_server_changes_reaches_those_who_listen_to_another()
    {
        await using var host = await RaspHost.StartAsync(Engine.Postgres);
        await using var other = await RaspHost.StartAsync(Engine.Postgres, with: _ => host.Settings);
        var meeting = await Meeting.OfOneAsync(host);
        var (voter, secret) = await JoinAsync(meeting);
        await using var here = await EventStream.ListenAsync(host.Url, meeting.Id, Cookie(secret));
        await using var there = await EventStream.ListenAsync(other.Url, meeting.Id, Cookie(secret));
        await using var run = await EventStream.ListenAsync(other.Url, meeting.Id, await SessionAsync(host, meeting));
        await meeting.OpenVoteAsync();
        await meeting.VoteAsync(voter, 3);
        await run.SaysAsync("event: turnout");
        await meeting.RevealAsync();
        var version = (await meeting.LeadsRoomAsync()).Version;
        foreach (var stream in new[] { here, there, run }) await stream.SaysAsync($"data: {version}\n");
    }

    /// <summary>What was said while a server was deaf is lost: all of its listeners look again.</summary>
    [Fact]
    public async Task After_the_database_broke_off_everybody_looks_again()
    {
        await using var host = await RaspHost.StartAsync(Engine.Postgres);
        var meeting = await Meeting.OfOneAsync(host);
        var (_, secret) = await JoinAsync(meeting);
        await using var phone = await EventStream.ListenAsync(host.Url, meeting.Id, Cookie(secret));
        await Until.TrueAsync(async () => (await host.QueryAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN rasp_workshops' AND datname = current_database()")).Single() == 1);
        await host.QueryAsync<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN rasp_workshops' AND datname = current_database()");
        await Until.TrueAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(phone.Said.Contains("data: 0\n", StringComparison.Ordinal));
        });
        await meeting.OpenVoteAsync();
        await phone.SaysAsync($"data: {(await meeting.LeadsRoomAsync()).Version}\n");
    }

    [Fact]
    public async Task Whoever_goes_leaves_nothing_behind_and_a_server_that_stops_lets_them_go()
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host);
        var news = host.Services.GetRequiredService<WorkshopNews>();
        var (_, secret) = await JoinAsync(meeting);
        var stays = await EventStream.ListenAsync(host.Url, meeting.Id, Cookie(secret));
        for (var i = 0; i < 20; i++) await (await EventStream.ListenAsync(host.Url, meeting.Id, Cookie(secret))).DisposeAsync();
        await Until.TrueAsync(() => Task.FromResult(news.Listeners == 1));
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await stays.SaysAsync("event: beat");
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Until.TrueAsync(() => Task.FromResult(stays.IsOver));
        await stays.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_listens_without_a_seat()
    {
        await using var host = await RaspHost.StartAsync();
        var meeting = await Meeting.OfOneAsync(host);
        var stranger = host.NewVisitor();
        await Rasp.Tests.Accounts.SignedInVisitors.SignInAsync(stranger, host, "stranger@example.gov.uk");
        foreach (var visitor in new[] { host.NewVisitor(), stranger })
        {
            using var refused = await visitor.SendAsync(new(HttpMethod.Get, Links.WorkshopEvents(meeting.Id)));
            Assert.Equal(404, (int)refused.StatusCode);
        }
    }

    /// <summary>All that somebody who votes 3 gets up to the reveal, while others vote as given; without what is made anew for each meeting.</summary>
    private static async Task<string> MeetAsync(Engine engine, int[] votes)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var meeting = await Meeting.OfOneAsync(host);
        var (_, secret) = await JoinAsync(meeting);
        var people = await meeting.JoinAsync(5);
        using var http = Caller.Client(host.Url);
        var phone = new Caller(http, "phone", Cookie(secret));
        var got = new List<string>();
        await using var stream = await EventStream.ListenAsync(host.Url, meeting.Id, Cookie(secret));
        await LookAsync();
        await meeting.OpenVoteAsync();
        await LookAsync();
        foreach (var (who, level) in people.Zip(votes)) Assert.True(await meeting.VoteAsync(who, level));
        await LookAsync();
        got.Add((await phone.PostAsync(Links.WorkshopVote(meeting.Id) + "?part=live", [("Ballot", "1"), ("Answer", "3")])).ToString());
        await LookAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await stream.SaysAsync("event: beat");
        await LookAsync();
        // What comes next is the question after: nothing was held back for later.
        await meeting.ChooseAsync(1);
        await stream.SaysAsync($"data: {(await meeting.LeadsRoomAsync()).Version}\n");
        got.Add(BeatEvent().Replace(stream.Said, ""));
        return Anew().Replace(string.Join("\n\n", got), "");

        async Task LookAsync()
        {
            foreach (var path in new[] { "", "?part=live", "?part=turnout" }) got.Add((await phone.GetAsync(Links.WorkshopVote(meeting.Id) + path)).ToString());
            foreach (var path in new[] { Links.Workshop(meeting.Id), Links.WorkshopScreen(meeting.Id), Links.Workshop(meeting.Id) + "?part=live", Links.Workshop(meeting.Id) + "?part=turnout", Links.WorkshopScreen(meeting.Id) + "?part=turnout" })
            {
                var closed = await phone.GetAsync(path);
                Assert.NotEqual(200, closed.Status);
                got.Add(closed.ToString());
            }
        }
    }

    private static async Task<(Holder Who, string Secret)> JoinAsync(Meeting meeting)
    {
        var code = (await meeting.LeadsRoomAsync()).Code;
        var (_, secret) = await meeting.Host.AskAsync((WorkshopDesk d) => d.JoinAsync(code, default));
        return (new(PrivateLink.Hash(secret), null), secret!);
    }

    private static string Cookie(string secret) => $"{SeatCookie.Name}={secret}";

    private static async Task<string> SessionAsync(RaspHost host, Meeting meeting) =>
        "rasp-session=" + await host.AskAsync((Rasp.Data.Accounts.Sessions s) => s.BeginAsync(meeting.Lead.Person!.Value, "Firefox on Linux"));

    [GeneratedRegex("event: turnout")]
    private static partial Regex TurnoutEvent();

    [GeneratedRegex("event: beat\ndata:\n\n")]
    private static partial Regex BeatEvent();

    [GeneratedRegex("""(?:(?<=%2F)|\b)[0-9a-f]{32}\b|(?<=RequestVerificationToken" type="hidden" value=")[^"]+|(?<=rasp-\w+=)[^;]+|Content-Length: \d+|code=\w{6}""")]
    private static partial Regex Anew();
}

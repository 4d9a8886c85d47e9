using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Data.Workshops;
using Rasp.Readiness.Answers;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Workshops;

/// <summary>A workshop with its people, by the services that pages use. Each call has services of its own, as each request has.</summary>
internal sealed class Meeting
{
    private Meeting(RaspHost host, Guid id, Holder lead) => (Host, Id, Lead) = (host, id, lead);

    public RaspHost Host { get; }

    public Guid Id { get; }

    /// <summary>Whoever opened it.</summary>
    public Holder Lead { get; }

    public string Question(int which) => Host.Instrument.InScope("explore").ElementAt(which).Key;

    /// <summary>An organisation's own workshop, its first question chosen.</summary>
    public static async Task<Meeting> OfOneAsync(RaspHost host, bool isAnonymous = false)
    {
        var consortium = await Consortium.WithRoundAsync(host, "Alder", "Brook");
        var assessment = (await consortium.OwnAsync(consortium[0])).Assessment;
        if (isAnonymous) await host.ExecuteAsync($"""UPDATE "Assessments" SET "Attribution" = 1 WHERE "OrganisationId" = '{(host.Engine == Engine.Sqlite ? consortium[0].Id.ToString().ToUpperInvariant() : consortium[0].Id.ToString())}'""");
        var id = (await host.AskAsync((WorkshopDesk d) => d.OpenAsync(assessment, consortium[0].Lead, default)))!.Value;
        return await AtFirstQuestionAsync(new(host, id, new(null, consortium[0].Lead)));
    }

    /// <summary>A workshop that somebody has opened, its first question chosen.</summary>
    public static Task<Meeting> AtAsync(RaspHost host, Guid id, Guid lead) => AtFirstQuestionAsync(new(host, id, new(null, lead)));

    /// <summary>A partnership's workshop over its revealed round.</summary>
    public static async Task<Meeting> OfManyAsync(Consortium consortium)
    {
        var id = (await consortium.Host.AskAsync((WorkshopDesk d) => d.OpenOverRoundAsync(consortium.Round, consortium[0].Lead, default)))!.Value;
        return await AtFirstQuestionAsync(new(consortium.Host, id, new(null, consortium[0].Lead)));
    }

    public Task<Room?> RoomAsync(Holder who) => Host.AskAsync((WorkshopLens l) => l.FindAsync(Id, who, default));

    public async Task<Room> LeadsRoomAsync() => (await RoomAsync(Lead))!;

    /// <summary>Somebody who joins by the code.</summary>
    public async Task<Holder> JoinAsync()
    {
        var code = (await LeadsRoomAsync()).Code;
        var (outcome, secret) = await Host.AskAsync((WorkshopDesk d) => d.JoinAsync(code, default));
        Assert.Equal(JoinOutcome.Done, outcome);
        return new(PrivateLink.Hash(secret), null);
    }

    /// <summary>Somebody of a partner who joins.</summary>
    public async Task<Holder> JoinForAsync(Guid person, Guid organisation)
    {
        var code = (await LeadsRoomAsync()).Code;
        Assert.Equal(JoinOutcome.Done, await Host.AskAsync((WorkshopDesk d) => d.JoinForAsync(code, person, organisation, default)));
        return new(null, person);
    }

    public async Task<List<Holder>> JoinAsync(int many)
    {
        var people = new List<Holder>();
        for (var i = 0; i < many; i++) people.Add(await JoinAsync());
        return people;
    }

    public async Task<bool> VoteAsync(Holder who, int level)
    {
        var room = (await RoomAsync(who))!;
        return await Host.AskAsync((Voting v) => v.VoteAsync(room, room.Ballot, Choice.OfLevel(level), default));
    }

    public Task ChooseAsync(int question) => RunAsync((v, r) => v.ChooseAsync(r, Lead, r.Version, Question(question), default));

    public Task OpenVoteAsync() => RunAsync((v, r) => v.OpenAsync(r, Lead, r.Version, default));

    public Task RevealAsync() => RunAsync((v, r) => v.RevealAsync(r, Lead, r.Version, default));

    public Task CloseAsync() => RunAsync((v, r) => v.CloseAsync(r, Lead, default));

    public Task RecordAsync(int level) => RunAsync((v, r) => v.RecordAsync(r, Lead, r.Question!.Key, new Agreed(Choice.OfLevel(level), null, "A note", null, "A reason", "Another view"), default));

    public Task DecideAsync(int level, string? note) => RunAsync((v, r) => v.DecideAsync(r, Lead, r.Question!.Key, Choice.OfLevel(level), note, default));

    /// <summary>A whole vote, and what is revealed of it to the lead.</summary>
    public async Task<Room> BallotAsync(IEnumerable<(Holder Who, int Level)> votes)
    {
        await OpenVoteAsync();
        foreach (var (who, level) in votes) Assert.True(await VoteAsync(who, level));
        await RevealAsync();
        return await LeadsRoomAsync();
    }

    private async Task RunAsync(Func<Voting, Room, Task<WorkshopOutcome>> act)
    {
        var room = await LeadsRoomAsync();
        Assert.Equal(WorkshopOutcome.Done, await Host.AskAsync((Voting v) => act(v, room)));
    }

    private static async Task<Meeting> AtFirstQuestionAsync(Meeting meeting)
    {
        await meeting.ChooseAsync(0);
        return meeting;
    }
}

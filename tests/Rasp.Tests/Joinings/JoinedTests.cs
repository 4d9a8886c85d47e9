using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Joinings;

/// <summary>Who joins becomes a member, and its history begins with what it answered when it asked to.</summary>
public sealed class JoinedTests
{
    /// <summary>Protects a candidate's answers from the trends of others, and saves who has joined from answering twice.</summary>
    [Theory, Engines]
    public async Task What_it_answered_is_carried_into_its_first_round_and_begins_its_own_trend_alone(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything));
        var facilitator = await members.FacilitatorAsync();
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        Assert.Equal([], await RoundsAsync(dyfed.Council.Lead));
        await dyfed.AnswerAsync(2);
        await dyfed.SealAsync(Depth.Everything);
        // Sealed, it is there for its own leads, and nothing of the members.
        Assert.Equal(["joining 1: Dyfed"], await RoundsAsync(dyfed.Council.Lead));
        foreach (var member in members.Councils.Where(c => c != dyfed.Council)) await dyfed.ChooseAsync(member, Depth.Everything);
        Assert.Equal(["joining 1: Dyfed"], await RoundsAsync(dyfed.Council.Lead));
        foreach (var other in new[] { members[0].Lead, members[1].Lead, facilitator }) Assert.Equal(["1: Powys, Torfaen"], await RoundsAsync(other));

        Assert.Equal(EndOutcome.Done, await dyfed.EndAsync(members[0].Lead, JoiningEnd.Joined));
        host.Clock.Advance(TimeSpan.FromDays(30));
        await members.OpenRoundAsync();
        var part = await members.OwnAsync(dyfed.Council);
        var carried = await host.AskAsync((CarryForward c) => c.OfAsync(part.Assessment, default));
        // As far as the partners' stage asks it too.
        Assert.Equal(host.Instrument.InScope("join").Take(12).Count(q => q.IsAskedAt("explore")), carried.Count);
        Assert.All(carried, c => Assert.Equal((2, "a note of the candidate"), (c.Answer.Choice!.Value.Level, c.Answer.Note)));
        Assert.Equal(Progress.NotStarted, await members.ProgressAsync(dyfed.Council));

        foreach (var council in members.Councils)
        {
            await members.AnswerAsync(council, 4);
            await members.SealAsync(council, Depth.Everything);
        }
        Assert.Equal(["joining 1: Dyfed", "2: Dyfed, Powys, Torfaen"], await RoundsAsync(dyfed.Council.Lead));
        foreach (var other in new[] { members[0].Lead, facilitator }) Assert.Equal(["1: Powys, Torfaen", "2: Dyfed, Powys, Torfaen"], await RoundsAsync(other));

        async Task<IEnumerable<string>> RoundsAsync(Guid person) =>
            (await host.AskAsync((RoundLens l) => l.InTimeAsync(members.Programme, person, default)))?.Rounds
                .Select(r => $"{(r.IsJoining ? "joining " : "")}{r.Number}: {string.Join(", ", r.Releases.Where(x => x.Depth != Depth.Nothing).Select(x => x.Organisation))}") ?? [];
    }
}

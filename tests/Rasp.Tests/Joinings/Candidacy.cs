using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Joinings;

/// <summary>A council that asks to join what a consortium shares, as far as a test has brought it, by the services that pages use.</summary>
internal sealed class Candidacy(Consortium members, Council council, Guid round)
{
    public const string Wording = "test/1";

    public Council Council => council;

    /// <summary>The candidate's round.</summary>
    public Guid Round => round;

    public RaspHost Host => members.Host;

    /// <summary>Has a member's lead invite a council, which accepts.</summary>
    public static async Task<Candidacy> BeginAsync(Consortium members, string name, int inviting = 1)
    {
        var council = await members.CouncilAsync(name);
        var host = members.Host;
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var (_, secret) = (await host.AskAsync((InvitationDesk d) => d.InviteCandidateAsync(members.Programme, members[inviting].Lead, $"{name}@example.gov.uk", name, null, default)))!.Value;
        Assert.Equal(AcceptOutcome.Done, await host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, council.Lead, council.Id, null, default)));
        return new(members, council, await host.AskAsync((RaspDb db) => db.Rounds.Where(r => r.CandidateId == council.Id).OrderByDescending(r => r.Number).Select(r => r.Id).FirstAsync()));
    }

    /// <summary>As somebody sees it; null where it is not there for them.</summary>
    public async Task<RoundView?> ViewAsync(Guid person) => (await Host.AskAsync((ProgrammeBoard b) => b.FindByRoundAsync(round, person, default)))?.Round;

    public async Task<OwnPart> OwnAsync() => (await ViewAsync(council.Lead))!.Parts.Single().Own!;

    /// <summary>Answers questions of the stage, all with one level.</summary>
    public Task AnswerAsync(int level, int most = 12) => AnswerAsync(Host.Instrument.InScope(JoiningDesk.Stage).Take(most).Select(q => (q, new StoredAnswer(Choice.OfLevel(level), null, "a note of the candidate", null))));

    public async Task AnswerAsync(IEnumerable<(Question Question, StoredAnswer Answer)> answers)
    {
        var (part, holder) = (await OwnAsync(), new Holder(null, council.Lead));
        var saves = new List<Task<SaveOutcome>>();
        foreach (var (question, answer) in answers)
        {
            var seen = (await Host.Services.GetRequiredService<Seen>().AnswerAsync(part.Assessment, holder, question.Key))!;
            saves.Add(Host.Services.GetRequiredService<Answering>().SaveAsync(new(seen.Facts.Answering!.Id, holder, seen.Facts.Stage, question.Key, answer, seen.Version, Guid.NewGuid(), 1, Host.Clock.GetUtcNow())));
        }
        Assert.All(await Task.WhenAll(saves), o => Assert.IsType<SaveOutcome.Saved>(o));
    }

    public async Task<SealOutcome> SealAsync(Depth depth, bool knowsItReveals = true)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var part = await OwnAsync();
        return await Host.AskAsync((Sealing s) => s.SealAsync(part.Assessment, council.Lead, depth, Wording, knowsItReveals, default));
    }

    /// <summary>Chooses for a member how deep the candidate may see it.</summary>
    public Task<SealOutcome> ChooseAsync(Council member, Depth depth, bool knowsItReveals = true) => ChooseAsync(member, depth, null, knowsItReveals);

    /// <summary>As on a page that named this round of the members; null for one that is up to date.</summary>
    public async Task<SealOutcome> ChooseAsync(Council member, Depth depth, int? held, bool knowsItReveals = true)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        held ??= await Host.AskAsync((RaspDb db) => db.Rounds.Where(r => db.Rounds.Any(x => x.Id == round && x.BaseRoundId == r.Id)).Select(r => r.Number).SingleAsync());
        return await Host.AskAsync((JoiningDesk d) => d.ChooseAsync(round, member.Lead, member.Id, depth, held.Value, Wording, knowsItReveals, default));
    }

    public Task<EndOutcome> EndAsync(Guid person, JoiningEnd end) => Host.AskAsync((JoiningDesk d) => d.EndAsync(round, person, end, null, default));

    public Task<SealOutcome> MoveBaseAsync(Guid person) => Host.AskAsync((JoiningDesk d) => d.MoveBaseAsync(round, person, default));

    public Task<SeenFit?> SeeAsync(Guid person) => Host.AskAsync((JoiningLens l) => l.FindAsync(round, person, default));

    /// <summary>What somebody sees of the candidate, and then of each member: its depth, by name.</summary>
    public async Task<string> DepthsAsync(Guid person) => await SeeAsync(person) is { } seen
        ? string.Join(", ", seen.Fit.Members.Prepend(seen.Fit.Candidate).Select(p => $"{p.Organisation} {(p.IsWithdrawn ? "withdrawn" : p.Depth.Word())}{(p.IsOwn ? " own" : "")}"))
        : "nothing";
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Programmes;

/// <summary>An organisation with its first lead.</summary>
internal sealed record Council(string Name, Guid Id, Guid Lead);

/// <summary>Councils in a programme, as far as a test has brought them, by the services that pages use. Each call has services of its own, as each request has.</summary>
internal sealed class Consortium(RaspHost host)
{
    public const string Wording = "test/1";

    private readonly List<Council> councils = [];

    public RaspHost Host { get; } = host;

    public IReadOnlyList<Council> Councils => councils;

    public Council this[int which] => councils[which];

    public Guid Programme { get; private set; }

    /// <summary>The round that was opened last.</summary>
    public Guid Round { get; private set; }

    /// <summary>The first of these starts a programme, the others join it.</summary>
    public static async Task<Consortium> StartAsync(RaspHost host, params string[] names)
    {
        var consortium = new Consortium(host);
        var first = await consortium.CouncilAsync(names[0]);
        consortium.Programme = (await consortium.Host.AskAsync((ProgrammeDesk d) => d.StartAsync(first.Id, first.Lead, "One waste service", "Collecting waste together", null, "explore", default)))!.Value;
        foreach (var name in names.Skip(1)) Assert.Equal(AcceptOutcome.Done, await consortium.JoinAsync(await consortium.CouncilAsync(name)));
        return consortium;
    }

    /// <summary>As <see cref="StartAsync"/>, with an open round.</summary>
    public static async Task<Consortium> WithRoundAsync(RaspHost host, params string[] names)
    {
        var consortium = await StartAsync(host, names);
        await consortium.OpenRoundAsync();
        return consortium;
    }

    /// <summary>As <see cref="WithRoundAsync"/>, everybody having answered, sealed at these depths and so revealed.</summary>
    public static async Task<Consortium> RevealedAsync(RaspHost host, params (string Name, Depth Depth)[] partners)
    {
        var consortium = await WithRoundAsync(host, [.. partners.Select(p => p.Name)]);
        for (var i = 0; i < partners.Length; i++)
        {
            await consortium.AnswerAsync(consortium[i], 1 + (i % 5), $"note of {partners[i].Name}");
            await consortium.SealAsync(consortium[i], partners[i].Depth);
        }
        Assert.NotNull((await consortium.RoundAsync()).RevealedAt);
        return consortium;
    }

    public async Task<Council> CouncilAsync(string name)
    {
        var lead = await Host.PersonAsync($"lead@{name.ToLowerInvariant()}.gov.uk");
        var council = new Council(name, await Host.AskAsync((OrganisationDesk d) => d.StartAsync(name, lead, default)), lead);
        councils.Add(council);
        return council;
    }

    public async Task<string> InviteAsync(InvitedAs invitedAs, string email = "somebody@example.gov.uk", string? name = null) =>
        (await Host.AskAsync((InvitationDesk d) => d.InviteToProgrammeAsync(Programme, this[0].Lead, invitedAs, email, name, null, default)))!.Value.Secret;

    public async Task<AcceptOutcome> JoinAsync(Council council)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var secret = await InviteAsync(InvitedAs.Partner, name: council.Name);
        return await Host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, council.Lead, council.Id, null, default));
    }

    public async Task<Guid> FacilitatorAsync(string email = "adviser@example.org")
    {
        var person = await Host.PersonAsync(email);
        var secret = await InviteAsync(InvitedAs.Facilitator, email);
        Assert.Equal(AcceptOutcome.Done, await Host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, person, null, null, default)));
        return person;
    }

    public async Task<Guid> MemberAsync(Council council, string email, MemberRole role = MemberRole.Lead)
    {
        var person = await Host.PersonAsync(email);
        var secret = (await Host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(council.Id, council.Lead, email, null, default)))!.Value.Secret;
        Assert.Equal(AcceptOutcome.Done, await Host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, person, null, null, default)));
        if (role == MemberRole.Contributor) Assert.Equal(MemberOutcome.Done, await Host.AskAsync((OrganisationDesk d) => d.ChangeRoleAsync(council.Id, council.Lead, person, MemberRole.Contributor, default)));
        return person;
    }

    public async Task<Guid> OpenRoundAsync() =>
        Round = (await Host.AskAsync((ProgrammeDesk d) => d.OpenRoundAsync(Programme, this[0].Lead, new(2026, 12, 18), default)))!.Value;

    public Task<bool> IsRoundOpenAsync() => Host.AskAsync((RaspDb db) => db.Rounds.AnyAsync(r => r.ProgrammeId == Programme && r.RevealedAt == null));

    /// <summary>Goes on with a round that was opened otherwise.</summary>
    public async Task FindRoundAsync() => Round = await Host.AskAsync((RaspDb db) => db.Rounds.Where(r => r.ProgrammeId == Programme && r.RevealedAt == null).Select(r => r.Id).SingleAsync());

    public async Task<RoundView> RoundAsync(Guid? person = null) => (await Host.AskAsync((ProgrammeBoard b) => b.FindByRoundAsync(Round, person ?? this[0].Lead, default)))!.Value.Round;

    /// <summary>What a council's own people see of their part.</summary>
    public async Task<OwnPart> OwnAsync(Council council) => (await RoundAsync(council.Lead)).Parts.Single(p => p.Organisation == council.Id).Own!;

    public async Task<Progress> ProgressAsync(Council council) => (await RoundAsync()).Parts.Single(p => p.Organisation == council.Id).Progress;

    /// <summary>Answers questions with a level, all of them or some, the first with a note.</summary>
    public async Task AnswerAsync(Council council, int level, string? note = null, int? most = null)
    {
        var part = await OwnAsync(council);
        await AnswerAsync(part.Correction ?? part.Assessment, council.Lead, level, note, most);
    }

    public async Task AnswerAsync(Guid assessment, Guid person, int level, string? note = null, int? most = null)
    {
        var saves = new List<Task<SaveOutcome>>();
        foreach (var question in Host.Instrument.InScope("explore").Take(most ?? int.MaxValue)) saves.Add(SaveAsync(assessment, person, question.Key, new(Choice.OfLevel(level), null, saves.Count == 0 ? note : null, null)));
        Assert.All(await Task.WhenAll(saves), o => Assert.IsType<SaveOutcome.Saved>(o));
    }

    public async Task<SaveOutcome> SaveAsync(Guid assessment, Guid person, string question, StoredAnswer answer)
    {
        var holder = new Holder(null, person);
        var seen = (await Host.Services.GetRequiredService<Seen>().AnswerAsync(assessment, holder, question))!;
        return await Host.Services.GetRequiredService<Answering>().SaveAsync(new(seen.Facts.Answering!.Id, holder, seen.Facts.Stage, question, answer, seen.Version, Guid.NewGuid(), 1, Host.Clock.GetUtcNow()));
    }

    /// <summary>Seals, told what that does.</summary>
    public async Task<SealOutcome> SealAsync(Council council, Depth depth, bool knowsItReveals = true)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var part = await OwnAsync(council);
        return await Host.AskAsync((Sealing s) => s.SealAsync(part.Correction ?? part.Assessment, council.Lead, depth, Wording, knowsItReveals, default));
    }

    public async Task<SealOutcome> UnsealAsync(Council council)
    {
        var part = await OwnAsync(council);
        return await Host.AskAsync((Sealing s) => s.UnsealAsync(part.Assessment, council.Lead, default));
    }

    public async Task<SealOutcome> ChooseAsync(Council council, Depth depth, bool knowsItReveals = true)
    {
        var part = await OwnAsync(council);
        return await Host.AskAsync((Sealing s) => s.ChooseDepthAsync(part.Assessment, council.Lead, depth, Wording, knowsItReveals, default));
    }

    public Task<SealOutcome> ProposeAsync() => Host.AskAsync((Sealing s) => s.ProposeToCloseAsync(Round, this[0].Lead, default));

    public async Task<SealOutcome> ConfirmAsync(Council council, bool knowsItReveals = true)
    {
        var part = await OwnAsync(council);
        return await Host.AskAsync((Sealing s) => s.ConfirmCloseAsync(part.Assessment, council.Lead, knowsItReveals, default));
    }

    public async Task<SealOutcome> WithdrawAsync(Council council)
    {
        var part = await OwnAsync(council);
        return await Host.AskAsync((Sealing s) => s.WithdrawAsync(part.Assessment, council.Lead, default));
    }

    public async Task<Guid?> CorrectAsync(Council council)
    {
        var part = await OwnAsync(council);
        return await Host.AskAsync((Sealing s) => s.CorrectAsync(part.Assessment, council.Lead, default));
    }

    public Task<SeenRound?> SeeAsync(Guid person, int? version = null) => Host.AskAsync((RoundLens l) => l.FindAsync(Round, person, version, default));

    public Task<SeenSeals?> SealsAsync(Guid person) => Host.AskAsync((RoundLens l) => l.SealsAsync(Round, person, default));

    /// <summary>What somebody sees of each partner: its depth, by name.</summary>
    public async Task<string> DepthsAsync(Guid person) =>
        await SeeAsync(person) is { } seen ? string.Join(", ", seen.Comparison.Partners.Select(p => $"{p.Organisation} {(p.IsWithdrawn ? "withdrawn" : p.Depth.Word())}{(p.IsOwn ? " own" : "")}")) : "nothing";
}

internal static class Asking
{
    /// <summary>Asks a service as a request would: one of its own, gone afterwards.</summary>
    public static async Task<T> AskAsync<TService, T>(this RaspHost host, Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public static async Task<Guid> PersonAsync(this RaspHost host, string email) => (await host.AskAsync((People p) => p.FindOrMakeAsync(email))).Id;

    public static AskScope AskScope(this RaspHost host) => new(host.Services.CreateAsyncScope());

    /// <summary>The trail's kinds, in order.</summary>
    public static async Task<List<string>> TrailAsync(this RaspHost host) =>
        await host.AskAsync((RaspDb db) => db.Trail.AsNoTracking().OrderBy(e => e.Number).Select(e => e.Kind).ToListAsync());

    public static Task<TrailCheck> VerifyTrailAsync(this RaspHost host) => host.AskAsync((RaspDb db) => Trail.VerifyAsync(db));
}

/// <summary>A database context of its own, as a request has one.</summary>
internal sealed class AskScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public RaspDb Db => scope.ServiceProvider.GetRequiredService<RaspDb>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Programmes;

/// <summary>What is done at the same time ends as if it had been done one after the other; nobody is told of a lock.</summary>
public sealed class RaceTests
{
    private const int Times = 8;

    [Theory, Engines]
    public async Task Two_leads_seal_and_unseal(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var other = await consortium.MemberAsync(consortium[0], "second@powys.gov.uk");
        await consortium.AnswerAsync(consortium[0], 3, "a note", most: 5);
        var part = (await consortium.OwnAsync(consortium[0])).Assessment;
        for (var i = 0; i < Times; i++)
        {
            var outcomes = await AtOnceAsync(
                () => SealAsync(host, part, consortium[0].Lead, Depth.Areas),
                () => SealAsync(host, part, other, Depth.Questions),
                () => host.AskAsync((Sealing s) => s.UnsealAsync(part, other, default)),
                () => host.AskAsync((Sealing s) => s.ChooseDepthAsync(part, other, Depth.Everything, "", true, default)));
            Assert.All(outcomes, o => Assert.True(o is SealOutcome.Done or SealOutcome.HasChanged));
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task One_unseals_while_another_reveals(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        for (var i = 0; i < Times; i++)
        {
            var parts = await NewRoundAsync(consortium);
            await consortium.SealAsync(consortium[0], Depth.Areas);
            var outcomes = await AtOnceAsync(
                () => host.AskAsync((Sealing s) => s.UnsealAsync(parts[0], consortium[0].Lead, default)),
                () => SealAsync(host, parts[1], consortium[1].Lead, Depth.Everything));
            Assert.True(outcomes is [SealOutcome.Done, SealOutcome.Done] or [SealOutcome.IsRevealed, SealOutcome.Revealed]);
            await consortium.AssertSoundAsync();
            if (outcomes[0] == SealOutcome.Done) Assert.Equal(SealOutcome.Revealed, await consortium.SealAsync(consortium[0], Depth.Areas));
        }
    }

    [Theory, Engines]
    public async Task Both_seal_last_and_one_of_them_reveals(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        for (var i = 0; i < Times; i++)
        {
            var parts = await NewRoundAsync(consortium);
            var outcomes = await AtOnceAsync(() => SealAsync(host, parts[0], consortium[0].Lead, Depth.Areas), () => SealAsync(host, parts[1], consortium[1].Lead, Depth.Areas));
            Assert.Equal([SealOutcome.Done, SealOutcome.Revealed], outcomes.Order());
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task A_partner_leaves_or_is_taken_out_while_another_reveals(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen", "Gwent");
        var gwent = consortium[2];
        for (var i = 0; i < Times; i++)
        {
            var parts = await NewRoundAsync(consortium);
            await consortium.SealAsync(consortium[0], Depth.Areas);
            await consortium.SealAsync(gwent, Depth.Areas);
            var by = i % 2 == 0 ? gwent.Lead : consortium[0].Lead;
            var (left, sealing) = await BothAsync(
                () => host.AskAsync((ProgrammeDesk d) => d.RemovePartnerAsync(consortium.Programme, by, gwent.Id, default)),
                () => SealAsync(host, parts[1], consortium[1].Lead, Depth.Everything));
            Assert.Equal(SealOutcome.Revealed, sealing);
            Assert.True(left == RemoveOutcome.Done || (left == RemoveOutcome.HasRevealed && by != gwent.Lead));
            await consortium.AssertSoundAsync();
            if (left == RemoveOutcome.Done) Assert.Equal(AcceptOutcome.Done, await consortium.JoinAsync(gwent));
        }
    }

    [Theory, Engines]
    public async Task A_partner_joins_or_is_erased_while_another_reveals(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        for (var i = 0; i < Times; i++)
        {
            var parts = await NewRoundAsync(consortium);
            await consortium.SealAsync(consortium[0], Depth.Areas);
            var council = await consortium.CouncilAsync($"New-{i}");
            var (joined, sealing) = await BothAsync(() => consortium.JoinAsync(council), () => SealAsync(host, parts[1], consortium[1].Lead, Depth.Everything));
            Assert.Equal(AcceptOutcome.Done, joined);
            await consortium.AssertSoundAsync();
            if (sealing == SealOutcome.Revealed)
            {
                parts = await NewRoundAsync(consortium);
                await consortium.SealAsync(consortium[0], Depth.Areas);
                await consortium.SealAsync(consortium[1], Depth.Areas);
            }
            else
            {
                Assert.Equal(SealOutcome.Done, sealing);
                await consortium.AnswerAsync(council, 3, most: 2);
            }
            var part = (await consortium.OwnAsync(council)).Assessment;
            var (erased, last) = await BothAsync(
                () => host.AskAsync((OrganisationDesk d) => d.EraseAsync(council.Id, council.Lead, default)), () => SealAsync(host, part, council.Lead, Depth.Areas));
            Assert.True(erased);
            Assert.True(last is SealOutcome.Revealed or SealOutcome.NotFound);
            await consortium.AssertSoundAsync();
            // Erased before it could reveal: the others go on.
            if (last == SealOutcome.NotFound) await CloseAsync(consortium);
        }
    }

    [Theory, Engines]
    public async Task All_confirm_at_once_and_one_of_them_opens_the_round_while_the_missing_still_answer(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen", "Gwent", "Newport");
        var questions = host.Instrument.InScope("explore").Select(q => q.Key).ToList();
        for (var i = 0; i < Times; i++)
        {
            var parts = await NewRoundAsync(consortium);
            await consortium.SealAsync(consortium[0], Depth.Areas);
            await consortium.SealAsync(consortium[1], Depth.Areas);
            Assert.Equal(SealOutcome.Done, await consortium.ProposeAsync());
            var saves = Enumerable.Range(0, 60).Select(n => Task.Run(() => consortium.SaveAsync(parts[2 + (n % 2)], consortium[2 + (n % 2)].Lead, questions[2 + (n / 2)], Level(4)))).ToList();
            var outcomes = await AtOnceAsync(
                () => host.AskAsync((Sealing s) => s.ConfirmCloseAsync(parts[0], consortium[0].Lead, true, default)),
                () => host.AskAsync((Sealing s) => s.ConfirmCloseAsync(parts[1], consortium[1].Lead, true, default)));
            Assert.Equal([SealOutcome.Done, SealOutcome.Revealed], outcomes.Order());
            Assert.All(await Task.WhenAll(saves), o => Assert.True(o is SaveOutcome.Saved or SaveOutcome.Gone));
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task Saves_race_a_seal_and_what_is_sealed_is_what_is_stored(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var questions = host.Instrument.InScope("explore").Select(q => q.Key).ToList();
        await consortium.AnswerAsync(consortium[0], 1, most: 2);
        var part = (await consortium.OwnAsync(consortium[0])).Assessment;
        for (var i = 0; i < Times; i++)
        {
            var level = 1 + (i % 5);
            var saves = Enumerable.Range(0, 20).Select(n => Task.Run(() => consortium.SaveAsync(part, consortium[0].Lead, questions[n], Level(level) with { Note = $"note {i}" }))).ToList();
            await Task.WhenAny(saves);
            Assert.Equal(SealOutcome.Done, await SealAsync(host, part, consortium[0].Lead, Depth.Everything));
            Assert.All(await Task.WhenAll(saves), o => Assert.True(o is SaveOutcome.Saved or SaveOutcome.Gone));
            await consortium.AssertSoundAsync();
            Assert.Equal(SealOutcome.Done, await consortium.UnsealAsync(consortium[0]));
        }
    }

    [Theory, Engines]
    public async Task Answers_are_taken_over_while_others_save_and_seal(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        var lead = consortium[0].Lead;
        var source = await host.AskAsync(async (AssessmentDesk d) =>
        {
            var (id, secret) = await d.StartAsync("Powys", "explore", "finance", default);
            Assert.True(await d.ClaimAsync(id, PrivateLink.Hash(secret)!, lead, default));
            return id;
        });
        await consortium.AnswerAsync(source, lead, 4, "a note", most: 10);
        var question = host.Instrument.InScope("explore").First().Key;
        for (var i = 0; i < Times; i++)
        {
            await consortium.OpenRoundAsync();
            var part = (await consortium.OwnAsync(consortium[0])).Assessment;
            var taken = Task.Run(() => host.AskAsync((ProgrammeDesk d) => d.StartFromAsync(part, lead, source, default)));
            var saved = Task.Run(() => consortium.SaveAsync(part, lead, question, Level(2)));
            var isSealed = Task.Run(() => SealAsync(host, part, lead, Depth.Areas));
            Assert.True(await saved is SaveOutcome.Saved or SaveOutcome.Gone or SaveOutcome.Stale);
            Assert.True(await isSealed is SealOutcome.Done or SealOutcome.IsEmpty);
            Assert.True(await taken is null or 10);
            await consortium.AssertSoundAsync();
            if (await isSealed == SealOutcome.IsEmpty) Assert.Equal(SealOutcome.Done, await consortium.SealAsync(consortium[0], Depth.Areas));
            await consortium.AnswerAsync(consortium[1], 3, most: 1);
            Assert.Equal(SealOutcome.Revealed, await consortium.SealAsync(consortium[1], Depth.Areas));
        }
    }

    [Theory, Engines]
    public async Task Of_two_who_answer_one_invitation_one_does(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys");
        for (var i = 0; i < Times; i++)
        {
            var (one, two) = (await consortium.CouncilAsync($"One-{i}"), await consortium.CouncilAsync($"Two-{i}"));
            var secret = await consortium.InviteAsync(InvitedAs.Partner, name: "Somebody");
            var id = (await host.AskAsync((InvitationDesk d) => d.FindAsync(secret, default)))!.Id;
            var outcomes = await AtOnceAsync(
                () => host.AskAsync(async (InvitationDesk d) => await d.AcceptAsync(secret, one.Lead, one.Id, null, default) == AcceptOutcome.Done),
                () => host.AskAsync(async (InvitationDesk d) => await d.AcceptAsync(secret, two.Lead, two.Id, null, default) == AcceptOutcome.Done),
                () => host.AskAsync((InvitationDesk d) => d.DeclineAsync(secret, null, default)),
                () => host.AskAsync((InvitationDesk d) => d.WithdrawAsync(id, consortium[0].Lead, default)));
            Assert.Single(outcomes, o => o);
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task Of_two_who_open_a_round_one_does(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys");
        var other = await consortium.MemberAsync(consortium[0], "second@powys.gov.uk");
        for (var i = 0; i < Times; i++)
        {
            var council = await consortium.CouncilAsync($"Council-{i}");
            var programme = (await host.AskAsync((ProgrammeDesk d) => d.StartAsync(consortium[0].Id, other, $"Programme {i}", "x", null, "explore", default)))!.Value;
            var secret = (await host.AskAsync((InvitationDesk d) => d.InviteToProgrammeAsync(programme, other, InvitedAs.Partner, "a@b.uk", "A", null, default)))!.Value.Secret;
            var joining = Task.Run(() => host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, council.Lead, council.Id, null, default)));
            var rounds = await AtOnceAsync(
                () => host.AskAsync((ProgrammeDesk d) => d.OpenRoundAsync(programme, consortium[0].Lead, new(2026, 12, 18), default)),
                () => host.AskAsync((ProgrammeDesk d) => d.OpenRoundAsync(programme, other, new(2026, 12, 19), default)));
            Assert.Single(rounds, r => r is not null);
            Assert.Equal(AcceptOutcome.Done, await joining);
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task Nobody_becomes_facilitator_and_one_of_a_partner_at_once(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        for (var i = 0; i < Times; i++)
        {
            var person = await host.PersonAsync($"adviser-{i}@example.org");
            var council = await consortium.CouncilAsync($"Council-{i}");
            var facilitator = await consortium.InviteAsync(InvitedAs.Facilitator);
            var partner = await consortium.InviteAsync(InvitedAs.Partner, name: council.Name);
            var torfaen = (await host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(consortium[1].Id, consortium[1].Lead, "a@b.uk", null, default)))!.Value.Secret;
            var newcomer = (await host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(council.Id, council.Lead, "a@b.uk", null, default)))!.Value.Secret;
            var outcomes = await AtOnceAsync(
                () => host.AskAsync((InvitationDesk d) => d.AcceptAsync(facilitator, person, null, null, default)),
                () => host.AskAsync((InvitationDesk d) => d.AcceptAsync(torfaen, person, null, null, default)),
                () => host.AskAsync((InvitationDesk d) => d.AcceptAsync(newcomer, person, null, null, default)),
                () => host.AskAsync((InvitationDesk d) => d.AcceptAsync(partner, council.Lead, council.Id, null, default)));
            Assert.All(outcomes, o => Assert.True(o is AcceptOutcome.Done or AcceptOutcome.WouldBeBoth));
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task Two_leads_remove_each_other_delete_their_accounts_and_one_lead_remains(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys");
        for (var i = 0; i < Times; i++)
        {
            var council = await consortium.CouncilAsync($"Council-{i}");
            var twin = await consortium.CouncilAsync($"Twin-{i}");
            var second = await consortium.MemberAsync(council, $"second-{i}@example.gov.uk");
            await consortium.MemberAsync(twin, $"second-{i}@example.gov.uk");
            await consortium.MemberAsync(twin, council.Name.ToLowerInvariant() is var name ? $"lead@{name}.gov.uk" : "");
            await AtOnceAsync(
                async () => await host.AskAsync((OrganisationDesk d) => d.RemoveAsync(council.Id, council.Lead, second, default)) == MemberOutcome.Done,
                async () => await host.AskAsync((OrganisationDesk d) => d.ChangeRoleAsync(council.Id, second, council.Lead, MemberRole.Contributor, default)) == MemberOutcome.Done,
                async () => (await host.AskAsync((People p) => p.DeleteAsync(second, second, false, default))).Count == 0,
                async () => (await host.AskAsync((People p) => p.DeleteAsync(council.Lead, council.Lead, false, default))).Count == 0);
            await consortium.AssertSoundAsync();
        }
    }

    [Theory, Engines]
    public async Task Two_partners_take_one_name_and_one_has_it(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        for (var i = 0; i < Times; i++)
        {
            var name = $"The council {i}";
            var outcomes = await AtOnceAsync(consortium.Councils.Select(c => (Func<Task<RenameOutcome>>)(() => host.AskAsync((OrganisationDesk d) => d.RenameAsync(c.Id, c.Lead, name, default)))));
            Assert.Equal([RenameOutcome.Done, RenameOutcome.NameTaken], outcomes.Order());
        }
    }

    [Theory, Engines]
    public async Task Many_lines_of_the_trail_at_once_are_one_chain(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var people = new List<Guid>();
        for (var i = 0; i < 10; i++) people.Add(await host.PersonAsync($"jo-{i}@example.gov.uk"));
        await AtOnceAsync(Enumerable.Range(0, 60).Select(n => (Func<Task<string>>)(() => host.AskAsync((Sessions s) => s.BeginAsync(people[n % 10], "Firefox")))));
        Assert.Equal(new TrailCheck(60, (await host.VerifyTrailAsync()).Hash, null), await host.VerifyTrailAsync());
    }

    private static StoredAnswer Level(int level) => new(Choice.OfLevel(level), null, null, null);

    private static Task<SealOutcome> SealAsync(RaspHost host, Guid part, Guid person, Depth depth) => host.AskAsync((Sealing s) => s.SealAsync(part, person, depth, "", true, default));

    /// <summary>A new round in which everybody has answered something: their parts.</summary>
    private static async Task<List<Guid>> NewRoundAsync(Consortium consortium)
    {
        await consortium.OpenRoundAsync();
        var parts = new List<Guid>();
        foreach (var council in consortium.Councils)
        {
            if ((await consortium.RoundAsync()).Parts.All(p => p.Organisation != council.Id)) continue;
            parts.Add((await consortium.OwnAsync(council)).Assessment);
            await consortium.AnswerAsync(council, 3, "a note", most: 2);
        }
        return parts;
    }

    private static async Task CloseAsync(Consortium consortium)
    {
        Assert.Equal(SealOutcome.Done, await consortium.ProposeAsync());
        await consortium.ConfirmAsync(consortium[0]);
        Assert.Equal(SealOutcome.Revealed, await consortium.ConfirmAsync(consortium[1]));
    }

    private static Task<T[]> AtOnceAsync<T>(params IEnumerable<Func<Task<T>>> acts)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = acts.Select(act => Task.Run(async () =>
        {
            await start.Task;
            return await act();
        })).ToList();
        start.SetResult();
        return Task.WhenAll(tasks);
    }

    private static async Task<(T1, T2)> BothAsync<T1, T2>(Func<Task<T1>> one, Func<Task<T2>> other)
    {
        var both = await AtOnceAsync<object?>(async () => await one(), async () => await other());
        return ((T1)both[0]!, (T2)both[1]!);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Programmes;

/// <summary>Seal, reveal together, see as much as one shows (sharing.md 2 to 4).</summary>
public sealed class RoundTests
{
    [Theory, Engines]
    public async Task A_round_has_a_part_for_every_partner_and_there_is_one_open_at_a_time(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        Assert.Null(await host.AskAsync((ProgrammeDesk d) => d.OpenRoundAsync(consortium.Programme, consortium[0].Lead, new(2027, 1, 1), default)));
        var round = await consortium.RoundAsync();
        Assert.Equal(("2026-11.01", new DateOnly(2026, 12, 18)), (round.Name, round.ClosesOn));
        Assert.Equal([("Powys", true), ("Torfaen", false)], round.Parts.Select(p => (p.Name, p.Own is not null)));

        var gwent = await consortium.CouncilAsync("Gwent");
        Assert.Equal(AcceptOutcome.Done, await consortium.JoinAsync(gwent));
        Assert.Equal(["Gwent", "Powys", "Torfaen"], (await consortium.RoundAsync()).Parts.Select(p => p.Name));
        Assert.False(await host.AskAsync((ProgrammeDesk d) => d.ChangeClosingDateAsync(consortium.Programme, gwent.Lead, new(2027, 1, 1), default)));
        Assert.True(await host.AskAsync((ProgrammeDesk d) => d.ChangeClosingDateAsync(consortium.Programme, consortium[0].Lead, new(2027, 1, 1), default)));
        Assert.Equal(new DateOnly(2027, 1, 1), (await consortium.RoundAsync()).ClosesOn);
    }

    [Theory, Engines]
    public async Task A_part_is_sealed_opened_again_and_sealed_anew(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var powys = consortium[0];
        Assert.Equal(SealOutcome.IsEmpty, await consortium.SealAsync(powys, Depth.Areas));
        Assert.Equal(Progress.NotStarted, await consortium.ProgressAsync(powys));
        await consortium.AnswerAsync(powys, 3);
        Assert.Equal(Progress.InProgress, await consortium.ProgressAsync(powys));

        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(powys, Depth.Areas));
        Assert.Equal(SealOutcome.HasChanged, await consortium.SealAsync(powys, Depth.Areas));
        var part = (await consortium.RoundAsync(consortium[1].Lead)).Parts.Single(p => p.Organisation == powys.Id);
        Assert.Equal((Progress.Sealed, 1, null), (part.Progress, part.Seals, part.Own));
        var first = part.Commitments!;
        Assert.Equal(3, new[] { first.Areas, first.Questions, first.Everything }.Distinct().Count());
        Assert.IsType<SaveOutcome.Gone>(await SaveAsync(4));

        Assert.Equal(SealOutcome.Done, await consortium.UnsealAsync(powys));
        Assert.Equal(SealOutcome.HasChanged, await consortium.UnsealAsync(powys));
        Assert.Null((await consortium.RoundAsync()).Parts.Single(p => p.Organisation == powys.Id).Commitments);
        Assert.IsType<SaveOutcome.Saved>(await SaveAsync(4));
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(powys, Depth.Everything));
        var again = (await consortium.RoundAsync()).Parts.Single(p => p.Organisation == powys.Id);
        Assert.Equal(2, again.Seals);
        Assert.NotEqual(first, again.Commitments);
        Assert.Equal([Depth.Areas, Depth.Everything], await host.AskAsync((RaspDb db) => db.Consents.OrderBy(c => c.At).Select(c => c.Depth).ToListAsync()));
        await consortium.AssertSoundAsync();

        async Task<SaveOutcome> SaveAsync(int level) =>
            await consortium.SaveAsync((await consortium.OwnAsync(powys)).Assessment, powys.Lead, host.Instrument.InScope("explore").First().Key, new(Choice.OfLevel(level), null, null, null));
    }

    [Theory, Engines]
    public async Task A_lead_decides_nobody_else(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var contributor = await consortium.MemberAsync(consortium[0], "finance@powys.gov.uk", MemberRole.Contributor);
        await consortium.AnswerAsync(consortium[0], 3);
        var part = (await consortium.OwnAsync(consortium[0])).Assessment;
        foreach (var person in (Guid[])[contributor, consortium[1].Lead, await consortium.FacilitatorAsync(), Guid.NewGuid()])
        {
            Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.SealAsync(part, person, Depth.Areas, "", true, default)));
            Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.UnsealAsync(part, person, default)));
            Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.ChooseDepthAsync(part, person, Depth.Areas, "", true, default)));
            Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.ProposeToCloseAsync(consortium.Round, person, default)));
            Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.WithdrawAsync(part, person, default)));
            Assert.Null(await host.AskAsync((Sealing s) => s.CorrectAsync(part, person, default)));
        }
        Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.SealAsync(Guid.NewGuid(), consortium[0].Lead, Depth.Areas, "", true, default)));
    }

    [Theory, Engines]
    public async Task The_round_opens_when_the_last_has_sealed_and_had_been_told(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        await consortium.AnswerAsync(consortium[0], 2);
        await consortium.AnswerAsync(consortium[1], 4);
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(consortium[0], Depth.Questions));
        Assert.Null(await consortium.SeeAsync(consortium[0].Lead));
        Assert.Null(await consortium.SealsAsync(consortium[0].Lead));
        Assert.True((await consortium.RoundAsync()).WouldReveal((await consortium.RoundAsync()).Parts[1]));

        Assert.Equal(SealOutcome.WouldReveal, await consortium.SealAsync(consortium[1], Depth.Areas, knowsItReveals: false));
        Assert.Equal(Progress.InProgress, await consortium.ProgressAsync(consortium[1]));
        Assert.Equal(SealOutcome.Revealed, await consortium.SealAsync(consortium[1], Depth.Areas));
        Assert.Equal("Powys everything own, Torfaen areas", await consortium.DepthsAsync(consortium[0].Lead));
        Assert.Equal("Powys areas, Torfaen everything own", await consortium.DepthsAsync(consortium[1].Lead));

        foreach (var council in consortium.Councils)
        {
            Assert.Equal(SealOutcome.IsRevealed, await consortium.UnsealAsync(council));
            Assert.Equal(SealOutcome.IsRevealed, await consortium.SealAsync(council, Depth.Everything));
            Assert.IsType<SaveOutcome.Gone>(await consortium.SaveAsync((await consortium.OwnAsync(council)).Assessment, council.Lead, host.Instrument.InScope("explore").First().Key, new(Choice.OfLevel(1), null, null, null)));
        }
        Assert.Equal(2, (await host.TrailAsync()).Count(k => k == "Revealed"));
        Assert.Equal(0, await host.AskAsync(async (ProgrammeDesk d) => await d.OpenRoundAsync(consortium.Programme, consortium[0].Lead, new(2027, 1, 1), default) is null ? 1 : 0));
        await consortium.AssertSoundAsync();
    }

    [Theory, Engines]
    public async Task Whoever_shows_nothing_keeps_the_round_closed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        foreach (var council in consortium.Councils) await consortium.AnswerAsync(council, 3);
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(consortium[0], Depth.Nothing));
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(consortium[1], Depth.Everything));
        Assert.Equal((Progress.SealedNotSharing, Progress.Sealed), (await consortium.ProgressAsync(consortium[0]), await consortium.ProgressAsync(consortium[1])));
        Assert.Null((await consortium.RoundAsync()).RevealedAt);

        Assert.Equal(SealOutcome.WouldReveal, await consortium.ChooseAsync(consortium[0], Depth.Areas, knowsItReveals: false));
        Assert.Equal(Progress.SealedNotSharing, await consortium.ProgressAsync(consortium[0]));
        Assert.Equal(SealOutcome.Done, await consortium.ChooseAsync(consortium[1], Depth.Areas));
        Assert.Equal(SealOutcome.Revealed, await consortium.ChooseAsync(consortium[0], Depth.Questions));
        Assert.Equal("Powys everything own, Torfaen areas", await consortium.DepthsAsync(consortium[0].Lead));
        await consortium.AssertSoundAsync();
    }

    [Theory, Engines]
    public async Task Without_the_missing_a_round_opens_once_each_who_has_sealed_confirms(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen", "Gwent", "Newport");
        var (powys, torfaen, gwent, newport) = (consortium[0], consortium[1], consortium[2], consortium[3]);
        foreach (var council in (Council[])[powys, torfaen, gwent]) await consortium.AnswerAsync(council, 3);
        await consortium.SealAsync(powys, Depth.Everything);
        Assert.Equal(SealOutcome.HasChanged, await consortium.ProposeAsync());
        await consortium.SealAsync(torfaen, Depth.Areas);
        await consortium.SealAsync(gwent, Depth.Nothing);
        Assert.Equal(SealOutcome.HasChanged, await consortium.ConfirmAsync(powys));
        Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.ProposeToCloseAsync(consortium.Round, torfaen.Lead, default)));
        Assert.Equal(SealOutcome.Done, await consortium.ProposeAsync());
        Assert.Equal(SealOutcome.HasChanged, await consortium.ProposeAsync());
        Assert.Equal(SealOutcome.HasChanged, await consortium.ConfirmAsync(gwent));
        Assert.Equal(SealOutcome.HasChanged, await consortium.ConfirmAsync(newport));

        Assert.Equal(SealOutcome.Done, await consortium.ConfirmAsync(powys));
        Assert.Equal(SealOutcome.HasChanged, await consortium.ConfirmAsync(powys));
        Assert.True((await consortium.RoundAsync()).ConfirmingReveals((await consortium.RoundAsync()).Parts.Single(p => p.Name == "Torfaen")));
        Assert.Equal(SealOutcome.WouldReveal, await consortium.ConfirmAsync(torfaen, knowsItReveals: false));
        Assert.Equal(SealOutcome.Revealed, await consortium.ConfirmAsync(torfaen));

        Assert.Equal("Powys areas, Torfaen everything own", await consortium.DepthsAsync(torfaen.Lead));
        foreach (var left in (Council[])[gwent, newport])
        {
            Assert.Equal(Progress.LeftOut, await consortium.ProgressAsync(left));
            Assert.Null(await consortium.SeeAsync(left.Lead));
            Assert.Null(await consortium.SealsAsync(left.Lead));
            Assert.Equal(SealOutcome.IsRevealed, await consortium.SealAsync(left, Depth.Everything));
            Assert.Equal(SealOutcome.IsRevealed, await consortium.UnsealAsync(left));
            Assert.Null(await consortium.CorrectAsync(left));
            Assert.IsType<SaveOutcome.Gone>(await consortium.SaveAsync((await consortium.OwnAsync(left)).Assessment, left.Lead, host.Instrument.InScope("explore").First().Key, new(Choice.OfLevel(1), null, null, null)));
        }
        Assert.Equal(SealOutcome.IsRevealed, await consortium.ChooseAsync(gwent, Depth.Everything));
        await consortium.AssertSoundAsync();
    }

    [Theory, Engines]
    public async Task What_was_confirmed_is_confirmed_anew_once_fewer_share(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen", "Gwent", "Newport");
        var (powys, torfaen, gwent) = (consortium[0], consortium[1], consortium[2]);
        foreach (var council in (Council[])[powys, torfaen, gwent])
        {
            await consortium.AnswerAsync(council, 3);
            await consortium.SealAsync(council, Depth.Areas);
        }
        await consortium.ProposeAsync();
        foreach (var fewer in (Func<Task>[])[() => consortium.UnsealAsync(gwent), () => consortium.ChooseAsync(gwent, Depth.Nothing), () => LeaveAsync(gwent)])
        {
            await consortium.ConfirmAsync(powys);
            await consortium.ConfirmAsync(torfaen);
            await fewer();
            Assert.All((await consortium.RoundAsync()).Parts, p => Assert.False(p.HasConfirmed));
            if (await consortium.RoundAsync() is var round && round.Parts.Any(p => p.Organisation == gwent.Id))
            {
                await consortium.SealAsync(gwent, Depth.Areas);
                await consortium.ChooseAsync(gwent, Depth.Areas);
            }
        }
        Assert.Equal(SealOutcome.Done, await consortium.ConfirmAsync(powys));
        Assert.Equal(SealOutcome.Revealed, await consortium.ConfirmAsync(torfaen));

        Task LeaveAsync(Council council) => host.AskAsync((ProgrammeDesk d) => d.RemovePartnerAsync(consortium.Programme, council.Lead, council.Id, default));
    }

    [Theory, Engines]
    public async Task A_proposal_that_is_taken_back_asks_nobody_any_more(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen", "Gwent");
        foreach (var council in consortium.Councils.Take(2))
        {
            await consortium.AnswerAsync(council, 3);
            await consortium.SealAsync(council, Depth.Areas);
        }
        await consortium.ProposeAsync();
        await consortium.ConfirmAsync(consortium[0]);
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.WithdrawProposalAsync(consortium.Round, consortium[0].Lead, default)));
        Assert.Equal(SealOutcome.HasChanged, await host.AskAsync((Sealing s) => s.WithdrawProposalAsync(consortium.Round, consortium[0].Lead, default)));
        Assert.Equal(SealOutcome.HasChanged, await consortium.ConfirmAsync(consortium[1]));
        Assert.All((await consortium.RoundAsync()).Parts, p => Assert.False(p.HasConfirmed));
    }

    [Theory, Engines]
    public async Task Each_sees_as_much_as_it_shows_and_a_facilitator_what_each_consented_to(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "A", "Q", "E");
        var facilitator = await consortium.FacilitatorAsync();
        var contributor = await consortium.MemberAsync(consortium[1], "finance@q.gov.uk", MemberRole.Contributor);
        foreach (var (council, depth) in consortium.Councils.Zip([Depth.Areas, Depth.Questions, Depth.Everything]))
        {
            await consortium.AnswerAsync(council, 3, $"note of {council.Name}");
            await consortium.SealAsync(council, depth);
        }
        Assert.Equal("A everything own, E areas, Q areas", await consortium.DepthsAsync(consortium[0].Lead));
        Assert.Equal("A areas, E questions, Q everything own", await consortium.DepthsAsync(consortium[1].Lead));
        Assert.Equal("A areas, E questions, Q everything own", await consortium.DepthsAsync(contributor));
        Assert.Equal("A areas, E everything own, Q questions", await consortium.DepthsAsync(consortium[2].Lead));
        Assert.Equal("A areas, E everything, Q questions", await consortium.DepthsAsync(facilitator));
        Assert.Equal("nothing", await consortium.DepthsAsync(await host.PersonAsync("stranger@example.org")));

        var seen = (await consortium.SeeAsync(facilitator))!;
        Assert.Equal("note of E", Assert.Single(seen.Comparison.Partner("E")!.Notes).Value.Note);
        Assert.Empty(seen.Comparison.Partner("Q")!.Notes);
        Assert.Null(seen.Comparison.Partner("A")!.Result);
        Assert.Equal(["E", "Q"], seen.Comparison.RestsOn);
        Assert.Equal(consortium.Councils.Select(c => c.Id).Order(), seen.Reading.Owners.Order());
        Assert.DoesNotContain(consortium[0].Id, (await consortium.SeeAsync(consortium[0].Lead))!.Reading.Owners);

        foreach (var person in (Guid[])[facilitator, .. consortium.Councils.Select(c => c.Lead)])
        {
            var seals = (await consortium.SealsAsync(person))!;
            Assert.Equal((await consortium.SeeAsync(person))!.Comparison.Partners.Select(p => (p.Organisation, p.Depth)), seals.Seals.Select(s => (s.Organisation, s.Depth)));
            Assert.All(seals.Seals, s => Assert.Empty(s.File!.Faults()));
            Assert.All(seals.Seals, s => Assert.Equal(s.Commitments.Of(s.Depth), s.File!.Commitment));
        }
    }

    [Theory, Engines]
    public async Task After_the_reveal_one_can_show_more_and_never_less(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Areas), ("Torfaen", Depth.Everything));
        Assert.Equal(SealOutcome.IsRevealed, await consortium.ChooseAsync(consortium[0], Depth.Nothing));
        Assert.Equal(SealOutcome.IsRevealed, await consortium.ChooseAsync(consortium[0], Depth.Areas));
        Assert.Equal(SealOutcome.Done, await consortium.ChooseAsync(consortium[0], Depth.Questions));
        Assert.Equal("Powys questions, Torfaen everything own", await consortium.DepthsAsync(consortium[1].Lead));
        Assert.Equal("Powys everything own, Torfaen questions", await consortium.DepthsAsync(consortium[0].Lead));
        Assert.All((await consortium.SealsAsync(consortium[1].Lead))!.Seals, s => Assert.Empty(s.File!.Faults()));
        await consortium.AssertSoundAsync();
    }

    [Theory, Engines]
    public async Task Whoever_withdraws_is_seen_no_more_and_sees_no_more(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything), ("Gwent", Depth.Areas));
        var correction = (await consortium.CorrectAsync(consortium[0]))!.Value;
        Assert.Equal(SealOutcome.Done, await consortium.WithdrawAsync(consortium[0]));
        Assert.Equal(SealOutcome.HasChanged, await consortium.WithdrawAsync(consortium[0]));

        Assert.Equal("Gwent nothing, Powys withdrawn own, Torfaen nothing", await consortium.DepthsAsync(consortium[0].Lead));
        Assert.Equal("Gwent areas, Powys withdrawn, Torfaen everything own", await consortium.DepthsAsync(consortium[1].Lead));
        Assert.Null((await consortium.SealsAsync(consortium[1].Lead))!.Seals.Single(s => s.Organisation == "Powys").File);
        Assert.Equal(["Powys"], (await consortium.SealsAsync(consortium[0].Lead))!.Seals.Where(s => s.File is not null).Select(s => s.Organisation));
        Assert.Equal(Progress.Withdrawn, await consortium.ProgressAsync(consortium[0]));
        // Nor does it come back through a correction.
        Assert.Equal(SealOutcome.HasChanged, await consortium.SealAsync(consortium[0], Depth.Everything));
        Assert.Equal(SealOutcome.HasChanged, await consortium.ChooseAsync(consortium[0], Depth.Everything));
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.DropCorrectionAsync(correction, consortium[0].Lead, default)));
        Assert.Null(await consortium.CorrectAsync(consortium[0]));
        await consortium.AssertSoundAsync();
    }

    [Theory, Engines]
    public async Task A_correction_stands_beside_what_it_corrects(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Everything));
        var (powys, torfaen) = (consortium[0], consortium[1]);
        var correction = (await consortium.CorrectAsync(powys))!.Value;
        Assert.Null(await consortium.CorrectAsync(powys));
        Assert.Equal(correction, (await consortium.OwnAsync(powys)).Correction);
        await consortium.AnswerAsync(powys, 5);
        Assert.Equal(0, (await consortium.SeeAsync(torfaen.Lead))!.Comparison.Partner("Powys")!.Overall!.Score.Value);

        Assert.Equal(SealOutcome.IsRevealed, await consortium.SealAsync(powys, Depth.Areas));
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(powys, Depth.Questions, knowsItReveals: false));
        Assert.Equal(100, (await consortium.SeeAsync(torfaen.Lead))!.Comparison.Partner("Powys")!.Overall!.Score.Value);
        Assert.Equal(0, (await consortium.SeeAsync(torfaen.Lead, version: 1))!.Comparison.Partner("Powys")!.Overall!.Score.Value);
        Assert.Equal(25, (await consortium.SeeAsync(torfaen.Lead, version: 1))!.Comparison.Partner("Torfaen")!.Overall!.Score.Value);
        Assert.Equal((2, 1), ((await consortium.SeeAsync(torfaen.Lead))!.Versions["Powys"], (await consortium.SeeAsync(torfaen.Lead))!.Versions["Torfaen"]));
        Assert.Equal(SealOutcome.IsRevealed, await consortium.UnsealAsync(powys));
        // Both seals can be verified: the one that was shown before the reveal, too.
        Assert.Equal([("Powys", 1), ("Powys", 2), ("Torfaen", 1)], (await consortium.SealsAsync(torfaen.Lead))!.Seals.Select(s => (s.Organisation, s.Number)));
        Assert.All((await consortium.SealsAsync(torfaen.Lead))!.Seals, s => Assert.Empty(s.File!.Faults()));

        Assert.NotNull(await consortium.CorrectAsync(powys));
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(powys, Depth.Everything));
        Assert.Equal("Powys everything, Torfaen everything own", await consortium.DepthsAsync(torfaen.Lead));
        Assert.Equal(Depth.Everything, (await consortium.SeeAsync(torfaen.Lead, version: 1))!.Comparison.Partner("Powys")!.Depth);
        await consortium.AssertSoundAsync();
    }

    [Theory, Engines]
    public async Task Erased_partners_leave_revealed_rounds_as_withdrawn_under_the_name_that_they_had(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything), ("Gwent", Depth.Everything));
        await host.AskAsync((OrganisationDesk d) => d.RenameAsync(consortium[1].Id, consortium[1].Lead, "Monmouth", default));
        await host.AskAsync((OrganisationDesk d) => d.RenameAsync(consortium[0].Id, consortium[0].Lead, "Torfaen", default));
        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(consortium[0].Id, consortium[0].Lead, default)));

        Assert.Equal("Gwent everything, Powys withdrawn, Torfaen everything own", await consortium.DepthsAsync(consortium[1].Lead));
        Assert.Null(await consortium.SeeAsync(consortium[0].Lead));
        Assert.DoesNotContain("note of Powys", await host.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await consortium.SealsAsync(consortium[1].Lead))!.Seals.Count);
        Assert.Null((await host.VerifyTrailAsync()).Fault);
    }

    [Theory, Engines]
    public async Task Leaving_takes_a_part_out_of_the_open_round_and_coming_back_brings_it_in_again(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen", "Gwent");
        foreach (var council in consortium.Councils) await consortium.AnswerAsync(council, 3);
        await consortium.SealAsync(consortium[0], Depth.Areas);
        await consortium.SealAsync(consortium[1], Depth.Areas);
        var part = (await consortium.OwnAsync(consortium[2])).Assessment;
        Assert.Equal(RemoveOutcome.Done, await LeaveAsync(consortium[0].Lead, consortium[2]));
        // Leaving reveals nothing by itself.
        Assert.Null((await consortium.RoundAsync()).RevealedAt);
        Assert.Equal(2, (await consortium.RoundAsync()).Parts.Count);
        Assert.Equal(SealOutcome.NotFound, await host.AskAsync((Sealing s) => s.SealAsync(part, consortium[2].Lead, Depth.Areas, "", true, default)));
        Assert.IsType<SaveOutcome.Gone>(await consortium.SaveAsync(part, consortium[2].Lead, host.Instrument.InScope("explore").First().Key, new(Choice.OfLevel(1), null, null, null)));
        Assert.NotNull(await host.Services.GetRequiredService<Seen>().AssessmentAsync(part, new Holder(null, consortium[2].Lead)));

        Assert.Equal(AcceptOutcome.Done, await consortium.JoinAsync(consortium[2]));
        Assert.Equal(part, (await consortium.OwnAsync(consortium[2])).Assessment);
        Assert.Equal(SealOutcome.Revealed, await consortium.SealAsync(consortium[2], Depth.Areas));
        // What was revealed stays when its owner leaves; nobody else can make it leave.
        Assert.Equal(RemoveOutcome.HasRevealed, await LeaveAsync(consortium[0].Lead, consortium[2]));
        Assert.Equal(RemoveOutcome.Done, await LeaveAsync(consortium[2].Lead, consortium[2]));
        Assert.Equal("Gwent areas, Powys everything own, Torfaen areas", await consortium.DepthsAsync(consortium[0].Lead));
        Assert.Equal("Gwent everything own, Powys areas, Torfaen areas", await consortium.DepthsAsync(consortium[2].Lead));
        var left = (await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, consortium[2].Lead, default)))!;
        Assert.True(left is { HasLeft: true, Rounds: [_] });
        await consortium.AssertSoundAsync();

        Task<RemoveOutcome> LeaveAsync(Guid person, Council council) => host.AskAsync((ProgrammeDesk d) => d.RemovePartnerAsync(consortium.Programme, person, council.Id, default));
    }

    [Theory, Engines]
    public async Task A_part_starts_from_what_a_lead_had_answered_in_confidence_while_it_is_empty(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var lead = consortium[0].Lead;
        var source = await host.AskAsync(async (AssessmentDesk d) =>
        {
            var (id, secret) = await d.StartAsync("Powys", "explore", "finance", default);
            Assert.True(await d.ClaimAsync(id, PrivateLink.Hash(secret)!, lead, default));
            return id;
        });
        await consortium.AnswerAsync(source, lead, 4, "a note");
        var (own, others) = ((await consortium.OwnAsync(consortium[0])).Assessment, (await consortium.OwnAsync(consortium[1])).Assessment);
        Assert.Null(await StartFromAsync(others, lead));
        Assert.Null(await StartFromAsync(own, consortium[1].Lead));
        Assert.Equal(host.Instrument.InScope("explore").Count(), await StartFromAsync(own, lead));
        Assert.Null(await StartFromAsync(own, lead));
        Assert.Equal(SealOutcome.Done, await consortium.SealAsync(consortium[0], Depth.Everything));
        await consortium.AssertSoundAsync();

        Task<int?> StartFromAsync(Guid assessment, Guid person) => host.AskAsync((ProgrammeDesk d) => d.StartFromAsync(assessment, person, source, default));
    }
}

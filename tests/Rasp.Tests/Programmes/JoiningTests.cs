using Microsoft.EntityFrameworkCore;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Tests.Programmes;

/// <summary>Who comes into organisations and programmes, and how they leave.</summary>
public sealed class JoiningTests
{
    [Theory, Engines]
    public async Task Whoever_starts_an_organisation_leads_it_and_can_start_a_programme_with_it(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys");
        var stranger = await host.PersonAsync("stranger@example.org");

        var organisation = (await host.AskAsync((OrganisationDesk d) => d.FindAsync(consortium[0].Id, consortium[0].Lead, default)))!;
        Assert.Equal(("Powys", true, true, "One waste service"), (organisation.Name, organisation.IsLead, organisation.HasOneLead, organisation.Programmes.Single().Name));
        var programme = (await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, consortium[0].Lead, default)))!;
        Assert.True(programme.MayManage && programme.Partners.Single() is { IsStarter: true, AmLead: true });

        Assert.Null(await host.AskAsync((OrganisationDesk d) => d.FindAsync(consortium[0].Id, stranger, default)));
        Assert.Null(await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, stranger, default)));
        Assert.Null(await host.AskAsync((ProgrammeDesk d) => d.StartAsync(consortium[0].Id, stranger, "x", "x", null, "explore", default)));
        Assert.Null(await host.AskAsync((InvitationDesk d) => d.InviteToProgrammeAsync(consortium.Programme, stranger, InvitedAs.Partner, "a@b.uk", "A", null, default)));
        Assert.Null(await host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(consortium[0].Id, stranger, "a@b.uk", null, default)));
        Assert.Null(await host.AskAsync((ProgrammeDesk d) => d.OpenRoundAsync(consortium.Programme, stranger, new(2026, 12, 1), default)));
        Assert.Equal(["OrganisationStarted", "ProgrammeStarted"], await host.TrailAsync());
    }

    [Theory, Engines]
    public async Task An_invitation_is_answered_once(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys");
        var torfaen = await consortium.CouncilAsync("Torfaen");
        var secret = await consortium.InviteAsync(InvitedAs.Partner, name: "Torfaen");
        var view = (await host.AskAsync((InvitationDesk d) => d.FindAsync(secret, default)))!;
        Assert.Equal((InvitationState.Open, "Powys", "Torfaen", "One waste service"), (view.State, view.InvitingOrganisation, view.OrganisationName, view.Programme!.Name));
        Assert.Equal(["Powys"], view.Programme.Partners);

        Assert.Equal(AcceptOutcome.Done, await AcceptAsync(secret));
        Assert.Equal(AcceptOutcome.NotOpen, await AcceptAsync(secret));
        Assert.False(await host.AskAsync((InvitationDesk d) => d.DeclineAsync(secret, null, default)));
        Assert.Equal(AcceptOutcome.NotOpen, await AcceptAsync("nonsense"));

        var declined = await consortium.InviteAsync(InvitedAs.Partner, name: "Gwent");
        Assert.True(await host.AskAsync((InvitationDesk d) => d.DeclineAsync(declined, null, default)));
        Assert.False(await host.AskAsync((InvitationDesk d) => d.DeclineAsync(declined, null, default)));
        Assert.Equal(AcceptOutcome.NotOpen, await AcceptAsync(declined));

        var late = await consortium.InviteAsync(InvitedAs.Partner, name: "Gwent");
        host.Clock.Advance(Invitation.IsGoodFor);
        Assert.Equal(AcceptOutcome.NotOpen, await AcceptAsync(late));
        Assert.Equal(["Powys", "Torfaen"], (await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, torfaen.Lead, default)))!.Partners.Select(p => p.Name));
        Assert.Null((await host.VerifyTrailAsync()).Fault);

        Task<AcceptOutcome> AcceptAsync(string link) => host.AskAsync((InvitationDesk d) => d.AcceptAsync(link, torfaen.Lead, torfaen.Id, null, default));
    }

    [Theory, Engines]
    public async Task An_invitation_is_taken_back_by_those_who_invite_and_by_nobody_else(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        var secret = await consortium.InviteAsync(InvitedAs.Partner, "ceo@gwent.gov.uk", "Gwent");
        var id = (await host.AskAsync((InvitationDesk d) => d.FindAsync(secret, default)))!.Id;

        Assert.False(await host.AskAsync((InvitationDesk d) => d.WithdrawAsync(id, consortium[1].Lead, default)));
        var renewed = (await host.AskAsync((InvitationDesk d) => d.SendAgainAsync(id, consortium[0].Lead, null, default)))!;
        Assert.Null(await host.AskAsync((InvitationDesk d) => d.FindAsync(secret, default)));
        Assert.True(await host.AskAsync((InvitationDesk d) => d.WithdrawAsync(id, consortium[0].Lead, default)));
        Assert.False(await host.AskAsync((InvitationDesk d) => d.WithdrawAsync(id, consortium[0].Lead, default)));
        Assert.Equal(InvitationState.Withdrawn, (await host.AskAsync((InvitationDesk d) => d.FindAsync(renewed, default)))!.State);
        Assert.Equal(AcceptOutcome.NotOpen, await host.AskAsync((InvitationDesk d) => d.AcceptAsync(renewed, consortium[1].Lead, null, "Gwent", default)));
    }

    [Theory, Engines]
    public async Task An_organisation_joins_once_led_by_whoever_accepts_under_a_name_of_its_own(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        var newcomer = await host.PersonAsync("ceo@gwent.gov.uk");
        var secret = await consortium.InviteAsync(InvitedAs.Partner, name: "Gwent");

        Assert.Equal(AcceptOutcome.NotThisOrganisation, await AcceptAsync(consortium[1].Lead, consortium[1].Id, null));
        Assert.Equal(AcceptOutcome.NotThisOrganisation, await AcceptAsync(newcomer, consortium[1].Id, null));
        Assert.Equal(AcceptOutcome.NotThisOrganisation, await AcceptAsync(newcomer, Guid.NewGuid(), null));
        Assert.Equal(AcceptOutcome.NameTaken, await AcceptAsync(newcomer, null, "torfaen"));
        Assert.Equal(AcceptOutcome.Done, await AcceptAsync(newcomer, null, "Gwent"));
        Assert.Equal("Gwent", Assert.Single(await host.AskAsync((OrganisationDesk d) => d.OfAsync(newcomer, default))).Name);
        Assert.Equal(RenameOutcome.NameTaken, await host.AskAsync((OrganisationDesk d) => d.RenameAsync(consortium[1].Id, consortium[1].Lead, "GWENT", default)));
        Assert.Equal(RenameOutcome.NotFound, await host.AskAsync((OrganisationDesk d) => d.RenameAsync(consortium[1].Id, newcomer, "Gwent", default)));
        Assert.Equal(RenameOutcome.Done, await host.AskAsync((OrganisationDesk d) => d.RenameAsync(consortium[1].Id, consortium[1].Lead, "Torfaen County Borough", default)));

        Task<AcceptOutcome> AcceptAsync(Guid person, Guid? organisation, string? name) => host.AskAsync((InvitationDesk d) => d.AcceptAsync(secret, person, organisation, name, default));
    }

    [Theory, Engines]
    public async Task Nobody_facilitates_a_programme_of_a_partner_they_belong_to_and_the_other_way_round(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        var contributor = await consortium.MemberAsync(consortium[1], "finance@torfaen.gov.uk", MemberRole.Contributor);
        var facilitator = await consortium.FacilitatorAsync();

        var asFacilitator = await consortium.InviteAsync(InvitedAs.Facilitator);
        Assert.Equal(AcceptOutcome.WouldBeBoth, await AcceptAsync(asFacilitator, contributor));
        Assert.Equal(AcceptOutcome.WouldBeBoth, await AcceptAsync(asFacilitator, consortium[0].Lead));
        var asLead = (await host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(consortium[1].Id, consortium[1].Lead, "adviser@example.org", null, default)))!.Value.Secret;
        Assert.Equal(AcceptOutcome.WouldBeBoth, await AcceptAsync(asLead, facilitator));
        var asPartner = await consortium.InviteAsync(InvitedAs.Partner, name: "Gwent");
        Assert.Equal(AcceptOutcome.WouldBeBoth, await AcceptAsync(asPartner, facilitator, "Gwent"));
        // An organisation that has the facilitator among its people does not join either, whoever of them accepts.
        var gwent = await consortium.CouncilAsync("Gwent");
        var secret = (await host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(gwent.Id, gwent.Lead, "adviser@example.org", null, default)))!.Value.Secret;
        Assert.Equal(AcceptOutcome.Done, await AcceptAsync(secret, facilitator));
        Assert.Equal(AcceptOutcome.WouldBeBoth, await host.AskAsync((InvitationDesk d) => d.AcceptAsync(asPartner, gwent.Lead, gwent.Id, null, default)));
        // Refused invitations are still open: another may take them up.
        Assert.Equal(InvitationState.Open, (await host.AskAsync((InvitationDesk d) => d.FindAsync(asPartner, default)))!.State);

        Task<AcceptOutcome> AcceptAsync(string link, Guid person, string? name = null) => host.AskAsync((InvitationDesk d) => d.AcceptAsync(link, person, null, name, default));
    }

    [Theory, Engines]
    public async Task The_last_lead_stays_until_somebody_else_leads(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys");
        var (powys, lead) = (consortium[0].Id, consortium[0].Lead);
        var contributor = await consortium.MemberAsync(consortium[0], "finance@powys.gov.uk", MemberRole.Contributor);

        Assert.Equal(MemberOutcome.LastLead, await host.AskAsync((OrganisationDesk d) => d.RemoveAsync(powys, lead, lead, default)));
        Assert.Equal(MemberOutcome.LastLead, await host.AskAsync((OrganisationDesk d) => d.ChangeRoleAsync(powys, lead, lead, MemberRole.Contributor, default)));
        Assert.Equal(["Powys"], await host.AskAsync((People p) => p.DeleteAsync(lead, lead, false, default)));
        Assert.Equal(MemberOutcome.NotFound, await host.AskAsync((OrganisationDesk d) => d.ChangeRoleAsync(powys, contributor, contributor, MemberRole.Lead, default)));
        Assert.Equal(MemberOutcome.NotFound, await host.AskAsync((OrganisationDesk d) => d.RemoveAsync(powys, contributor, lead, default)));

        Assert.Equal(MemberOutcome.Done, await host.AskAsync((OrganisationDesk d) => d.ChangeRoleAsync(powys, lead, contributor, MemberRole.Lead, default)));
        Assert.Empty(await host.AskAsync((People p) => p.DeleteAsync(lead, lead, false, default)));
        var left = (await host.AskAsync((OrganisationDesk d) => d.FindAsync(powys, contributor, default)))!;
        Assert.Equal(contributor, Assert.Single(left.Members).Person);
        Assert.Equal(["MemberLeft", "AccountDeleted"], (await host.TrailAsync()).TakeLast(2));
        Assert.Null((await host.VerifyTrailAsync()).Fault);
    }

    [Theory, Engines]
    public async Task Whoever_starts_a_programme_can_leave_it_and_another_takes_over(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen", "Gwent");
        Assert.Equal(RemoveOutcome.NotFound, await LeaveAsync(consortium[1].Lead, consortium[2]));
        Assert.Equal(RemoveOutcome.Done, await LeaveAsync(consortium[0].Lead, consortium[0]));
        Assert.Equal(RemoveOutcome.NotFound, await LeaveAsync(consortium[0].Lead, consortium[0]));
        var board = (await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, consortium[1].Lead, default)))!;
        Assert.True(board.MayManage);
        Assert.Null(await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, consortium[0].Lead, default)));
        Assert.Equal(RemoveOutcome.Done, await LeaveAsync(consortium[1].Lead, consortium[2]));

        Task<RemoveOutcome> LeaveAsync(Guid person, Council council) => host.AskAsync((ProgrammeDesk d) => d.RemovePartnerAsync(consortium.Programme, person, council.Id, default));
    }

    [Theory, Engines]
    public async Task Erasing_an_organisation_leaves_a_programme_that_somebody_runs_or_none(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var before = await host.RowsByTableAsync();
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        await consortium.AnswerAsync(consortium[0], 3);
        await consortium.SealAsync(consortium[0], Readiness.Sharing.Depth.Areas);

        Assert.False(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(consortium[0].Id, consortium[1].Lead, default)));
        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(consortium[0].Id, consortium[0].Lead, default)));
        Assert.True((await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, consortium[1].Lead, default)))!.MayManage);
        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(consortium[1].Id, consortium[1].Lead, default)));

        var after = await host.RowsByTableAsync();
        foreach (var kept in (string[])["People", "Trail"]) before[kept] = after[kept];
        Assert.Equal(before, after);
        Assert.Null((await host.VerifyTrailAsync()).Fault);
    }

    [Theory, Engines]
    public async Task A_facilitator_sees_how_far_partners_have_got_until_they_go(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var facilitator = await consortium.FacilitatorAsync();
        Assert.All((await consortium.RoundAsync(facilitator)).Parts, p => Assert.True(p is { Own: null, Progress: Progress.NotStarted }));
        Assert.Null(await consortium.SeeAsync(facilitator));
        Assert.False(await host.AskAsync((ProgrammeDesk d) => d.RemoveFacilitatorAsync(consortium.Programme, consortium[1].Lead, facilitator, default)));
        Assert.True(await host.AskAsync((ProgrammeDesk d) => d.RemoveFacilitatorAsync(consortium.Programme, facilitator, facilitator, default)));
        Assert.Null(await host.AskAsync((ProgrammeBoard b) => b.FindAsync(consortium.Programme, facilitator, default)));
        Assert.Equal(0, await host.AskAsync((RaspDb db) => db.Facilitators.CountAsync()));
    }
}

using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rasp.Data;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Joinings;

/// <summary>How an organisation finds out, with the members of a service, whether to join: who sees what of whom, when, and how it ends.</summary>
public sealed class CandidateTests
{
    private static readonly (string, Depth)[] Members = [("Powys", Depth.Everything), ("Torfaen", Depth.Everything), ("Gwent", Depth.Everything)];

    /// <summary>Protects the members from a candidate that comes before there is anything to hold it to, and from whoever is no partner's lead.</summary>
    [Theory, Engines]
    public async Task A_candidate_is_invited_by_any_partners_lead_once_a_round_is_open_to_all(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        Assert.Null(await InviteAsync(members[1].Lead));
        foreach (var member in members.Councils)
        {
            await members.AnswerAsync(member, 3, most: 5);
            await members.SealAsync(member, Depth.Questions);
        }
        Assert.Null(await InviteAsync(await host.PersonAsync("stranger@example.org")));
        Assert.NotNull(await InviteAsync(members[1].Lead));
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        // Once at a time, and not what is a partner already; nor does a facilitator belong to it.
        var secret = (await InviteAsync(members[0].Lead))!.Value.Secret;
        Assert.Equal(AcceptOutcome.NotThisOrganisation, await AcceptAsync(secret, dyfed.Council.Lead, dyfed.Council.Id));
        Assert.Equal(AcceptOutcome.NotThisOrganisation, await AcceptAsync(secret, members[0].Lead, members[0].Id));
        Assert.Equal(AcceptOutcome.NotThisOrganisation, await AcceptAsync(await members.InviteAsync(InvitedAs.Partner, name: "Dyfed"), dyfed.Council.Lead, dyfed.Council.Id));
        Assert.Equal(AcceptOutcome.WouldBeBoth, await AcceptAsync(await members.InviteAsync(InvitedAs.Facilitator), dyfed.Council.Lead, null));
        var facilitator = await members.FacilitatorAsync();
        var asLead = (await host.AskAsync((InvitationDesk d) => d.InviteToOrganisationAsync(dyfed.Council.Id, dyfed.Council.Lead, "adviser@example.org", null, default)))!.Value.Secret;
        Assert.Equal(AcceptOutcome.WouldBeBoth, await AcceptAsync(asLead, facilitator, null));
        // It stops no round of the partners, nor they it.
        await members.OpenRoundAsync();
        await Candidacy.BeginAsync(members, "Clwyd");
        Assert.Equal(2, (await members.RoundAsync()).Parts.Count);
        await members.AssertSoundAsync();

        Task<(Guid Id, string Secret)?> InviteAsync(Guid person) => host.AskAsync((InvitationDesk d) => d.InviteCandidateAsync(members.Programme, person, "x@example.org", "Dyfed 2", null, default));
        Task<AcceptOutcome> AcceptAsync(string link, Guid person, Guid? organisation) => host.AskAsync((InvitationDesk d) => d.AcceptAsync(link, person, organisation, null, default));
    }

    /// <summary>Protects both sides until both have consented: nothing is seen, and the last act, told before, opens it to all.</summary>
    [Theory, Engines]
    public async Task Nobody_sees_anything_until_the_candidate_has_sealed_and_every_member_has_chosen(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, Members);
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        var (lead, stranger) = (dyfed.Council.Lead, await host.PersonAsync("stranger@example.org"));

        var board = (await host.AskAsync((ProgrammeBoard b) => b.FindAsync(members.Programme, lead, default)))!;
        Assert.True(board is { IsCandidate: true, MayManage: false, Rounds.Count: 0, Invitations.Count: 0, Partners.Count: 3 });
        Assert.Null(await dyfed.ViewAsync(stranger));
        await dyfed.AnswerAsync(2);
        Assert.Equal(Progress.InProgress, (await dyfed.ViewAsync(members[0].Lead))!.Parts.Single().Progress);
        Assert.Null((await dyfed.ViewAsync(members[0].Lead))!.Parts.Single().Own);

        Assert.Equal(SealOutcome.Done, await dyfed.ChooseAsync(members[0], Depth.Everything));
        Assert.Equal(SealOutcome.NotFound, await host.AskAsync((JoiningDesk d) => d.ChooseAsync(dyfed.Round, lead, members[1].Id, Depth.Areas, 1, "", true, default)));
        Assert.Equal(SealOutcome.Done, await dyfed.SealAsync(Depth.Nothing));
        Assert.Equal(SealOutcome.Done, await dyfed.ChooseAsync(members[1], Depth.Nothing));
        var seen = (await dyfed.ViewAsync(lead))!.Joining!;
        Assert.Equal([("Gwent", false), ("Powys", true), ("Torfaen", true)], seen.Members.Select(m => (m.Name, m.HasChosen)));
        Assert.All(seen.Members, m => Assert.Null(m.Own));
        Assert.Equal(SealOutcome.Done, await dyfed.ChooseAsync(members[2], Depth.Questions));
        foreach (var person in new[] { lead, members[0].Lead, stranger }) Assert.Equal("nothing", await dyfed.DepthsAsync(person));

        var part = await dyfed.OwnAsync();
        Assert.Equal(SealOutcome.WouldReveal, await host.AskAsync((Sealing s) => s.ChooseDepthAsync(part.Assessment, lead, Depth.Questions, "", false, default)));
        Assert.Equal("nothing", await dyfed.DepthsAsync(lead));
        Assert.Equal(SealOutcome.Revealed, await host.AskAsync((Sealing s) => s.ChooseDepthAsync(part.Assessment, lead, Depth.Questions, "", true, default)));
        Assert.Equal("Dyfed everything own, Gwent questions, Powys questions, Torfaen nothing", await dyfed.DepthsAsync(lead));
        Assert.Equal("Dyfed questions, Gwent everything, Powys everything own, Torfaen everything", await dyfed.DepthsAsync(members[0].Lead));
        Assert.Equal("Dyfed nothing, Gwent everything, Powys everything, Torfaen everything own", await dyfed.DepthsAsync(members[1].Lead));
        Assert.Equal("nothing", await dyfed.DepthsAsync(stranger));
        // The members' round is what it was, and no place for the candidate; nor has its own a comparison or a workshop.
        Assert.Null(await members.SeeAsync(lead));
        foreach (var person in new[] { lead, members[0].Lead }) Assert.Null(await host.AskAsync((RoundLens l) => l.FindAsync(dyfed.Round, person, null, default)));
        Assert.All((await host.AskAsync((JoiningLens l) => l.SealsAsync(dyfed.Round, lead, default)))!.Seals.Where(s => s.File is not null), s => Assert.True(s.File!.Holds));
        await members.AssertSoundAsync();
    }

    /// <summary>Protects reciprocity: at each pair of depths, both see the lesser of the two and nothing deeper.</summary>
    [Theory, Engines]
    public async Task Candidate_and_member_see_of_each_other_the_lesser_of_what_both_show(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        Depth[] all = [Depth.Nothing, Depth.Areas, Depth.Questions, Depth.Everything];
        var members = await Consortium.RevealedAsync(host, [.. all.Select(d => ($"M{(int)d}", Depth.Everything))]);
        foreach (var shows in all.Skip(1))
        {
            var candidate = await Candidacy.BeginAsync(members, $"C{(int)shows}");
            await candidate.AnswerAsync(2, most: 3);
            await candidate.SealAsync(shows);
            for (var i = 0; i < all.Length; i++) await candidate.ChooseAsync(members[i], all[i]);
            var own = (await candidate.SeeAsync(candidate.Council.Lead))!;
            foreach (var (member, depth) in members.Councils.Zip(all))
            {
                var lesser = Depths.Lesser(shows, depth);
                AssertAt(lesser, own.Fit.Members.Single(m => m.Organisation == member.Name));
                var theirs = (await candidate.SeeAsync(member.Lead))!;
                AssertAt(lesser, theirs.Fit.Candidate);
                Assert.Equal(lesser >= Depth.Questions, theirs.Fit.Fit is not null);
                // Whose data was shown is to be noted in the trail of those, and of no others.
                Assert.Equal(lesser > Depth.Nothing, theirs.Reading.Owners.Contains(candidate.Council.Id));
            }
        }

        static void AssertAt(Depth depth, Release release) => Assert.Equal(
            (depth, depth > Depth.Nothing, depth >= Depth.Questions, depth == Depth.Everything), (release.Depth, release.Areas.Count > 0, release.Result is not null, release.Notes.Count > 0));
    }

    /// <summary>Protects candidates from one another, and has members weigh them side by side.</summary>
    [Theory, Engines]
    public async Task Candidates_never_see_one_another_and_members_see_each(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, Members[..2]);
        var facilitator = await members.FacilitatorAsync();
        var candidates = new List<Candidacy> { await Candidacy.BeginAsync(members, "Dyfed"), await Candidacy.BeginAsync(members, "Clwyd") };
        for (var i = 0; i < 2; i++)
        {
            await candidates[i].AnswerAsync(1 + i);
            await candidates[i].SealAsync(Depth.Questions);
            foreach (var member in members.Councils.Take(2)) await candidates[i].ChooseAsync(member, Depth.Questions);
        }
        foreach (var (one, other) in new[] { (candidates[0], candidates[1]), (candidates[1], candidates[0]) })
        {
            Assert.Null(await one.ViewAsync(other.Council.Lead));
            // A number would count the others.
            Assert.EndsWith(".join-01", (await one.ViewAsync(one.Council.Lead))!.Name, StringComparison.Ordinal);
            Assert.Null(await one.SeeAsync(other.Council.Lead));
            Assert.Null(await host.AskAsync((JoiningLens l) => l.SealsAsync(one.Round, other.Council.Lead, default)));
            Assert.Equal(one.Round, Assert.Single((await host.AskAsync((ProgrammeBoard b) => b.FindAsync(members.Programme, one.Council.Lead, default)))!.Joinings).Id);
            Assert.Empty(await host.AskAsync((JoiningLens l) => l.UndecidedAsync(members.Programme, one.Council.Lead, default)));
        }
        // Nor does a name that is refused tell one that there is another, by accepting or by a new name.
        Assert.Equal(RenameOutcome.Done, await host.AskAsync((OrganisationDesk d) => d.RenameAsync(candidates[1].Council.Id, candidates[1].Council.Lead, "Dyfed", default)));
        Assert.Equal(RenameOutcome.Done, await host.AskAsync((OrganisationDesk d) => d.RenameAsync(candidates[1].Council.Id, candidates[1].Council.Lead, "Clwyd", default)));
        var (_, third) = (await host.AskAsync((InvitationDesk d) => d.InviteCandidateAsync(members.Programme, members[0].Lead, "third@example.gov.uk", "Arfon", null, default)))!.Value;
        Assert.Equal(AcceptOutcome.Done, await host.AskAsync((InvitationDesk d) => d.AcceptAsync(third, candidates[0].Council.Lead, null, "Clwyd", default)));
        foreach (var person in new[] { members[0].Lead, facilitator })
        {
            Assert.Equal(["Clwyd", "Dyfed"], (await host.AskAsync((JoiningLens l) => l.UndecidedAsync(members.Programme, person, default))).Select(s => s.Fit.Candidate.Organisation));
        }
        // Also once one of them is a member.
        Assert.Equal(EndOutcome.Done, await candidates[0].EndAsync(members[0].Lead, JoiningEnd.Joined));
        Assert.Null(await candidates[1].SeeAsync(candidates[0].Council.Lead));
        Assert.Empty(await host.AskAsync((JoiningLens l) => l.UndecidedAsync(members.Programme, candidates[0].Council.Lead, default)));
        await members.AssertSoundAsync();
    }

    /// <summary>Protects members' consent, which is about one round: held to another, all choose anew.</summary>
    [Theory, Engines]
    public async Task Holding_it_to_a_newer_round_asks_every_member_anew(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, Members[..2]);
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        await dyfed.AnswerAsync(2);
        await dyfed.ChooseAsync(members[0], Depth.Everything);
        Assert.Equal(SealOutcome.HasChanged, await dyfed.MoveBaseAsync(members[0].Lead));
        await members.OpenRoundAsync();
        for (var i = 0; i < 2; i++)
        {
            await members.AnswerAsync(members[i], 4, most: 20);
            await members.SealAsync(members[i], Depth.Questions);
        }
        Assert.Equal((1, 2), ((await dyfed.ViewAsync(members[0].Lead))!.Joining!.Base, (await dyfed.ViewAsync(members[0].Lead))!.Joining!.NewerBase));
        Assert.Equal(SealOutcome.NotFound, await dyfed.MoveBaseAsync(members[1].Lead));
        Assert.Equal(SealOutcome.Done, await dyfed.MoveBaseAsync(members[0].Lead));
        Assert.Equal(2, (await dyfed.ViewAsync(members[0].Lead))!.Joining!.Undecided.Count);
        await dyfed.SealAsync(Depth.Everything);
        // What was decided about the old one, on a page that was still open, is none about the new.
        Assert.Equal(SealOutcome.HasChanged, await dyfed.ChooseAsync(members[0], Depth.Areas, held: 1));
        // No deeper than a member shows its partners.
        Assert.Equal(SealOutcome.HasChanged, await dyfed.ChooseAsync(members[0], Depth.Everything));
        Assert.Equal(SealOutcome.Done, await dyfed.ChooseAsync(members[0], Depth.Questions));
        Assert.Equal(SealOutcome.Revealed, await dyfed.ChooseAsync(members[1], Depth.Areas));
        Assert.Equal("Dyfed everything own, Powys questions, Torfaen areas", await dyfed.DepthsAsync(dyfed.Council.Lead));
        Assert.Equal(SealOutcome.IsRevealed, await dyfed.MoveBaseAsync(members[0].Lead));
        await members.AssertSoundAsync();
    }

    /// <summary>Protects what was shown from then on: it deepens, is taken back for good, and never silently.</summary>
    [Theory, Engines]
    public async Task What_was_shown_deepens_or_is_taken_back_on_either_side(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (members, dyfed) = await ShownAsync(host, Depth.Areas, Depth.Areas);
        Assert.Equal(SealOutcome.IsRevealed, await dyfed.ChooseAsync(members[0], Depth.Areas));
        Assert.Equal(SealOutcome.Done, await dyfed.ChooseAsync(members[0], Depth.Questions));
        Assert.Equal("Dyfed everything own, Powys areas, Torfaen areas", await dyfed.DepthsAsync(dyfed.Council.Lead));
        var part = await dyfed.OwnAsync();
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.ChooseDepthAsync(part.Assessment, dyfed.Council.Lead, Depth.Everything, "", false, default)));
        Assert.Equal("Dyfed everything own, Powys questions, Torfaen areas", await dyfed.DepthsAsync(dyfed.Council.Lead));
        Assert.Equal(SealOutcome.Done, await dyfed.ChooseAsync(members[1], Depth.Nothing));
        Assert.Equal(SealOutcome.IsRevealed, await dyfed.ChooseAsync(members[1], Depth.Areas));
        Assert.Equal("Dyfed everything own, Powys questions, Torfaen withdrawn", await dyfed.DepthsAsync(dyfed.Council.Lead));
        // To its partners, Torfaen shows what it showed.
        Assert.Equal("Dyfed questions, Powys everything own, Torfaen everything", await dyfed.DepthsAsync(members[0].Lead));
        // Erased, a member leaves its name; so does the candidate.
        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(members[1].Id, members[1].Lead, default)));
        Assert.Equal("Dyfed everything own, Powys questions, Torfaen withdrawn", await dyfed.DepthsAsync(dyfed.Council.Lead));
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.WithdrawAsync(part.Assessment, dyfed.Council.Lead, default)));
        Assert.Equal("Dyfed withdrawn own, Powys nothing, Torfaen withdrawn", (await dyfed.DepthsAsync(dyfed.Council.Lead)).Replace("Dyfed everything", "Dyfed withdrawn", StringComparison.Ordinal));
        Assert.Equal("Dyfed withdrawn, Powys everything own, Torfaen withdrawn", await dyfed.DepthsAsync(members[0].Lead));
        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(dyfed.Council.Id, dyfed.Council.Lead, default)));
        Assert.Equal("Dyfed withdrawn, Powys everything own, Torfaen withdrawn", await dyfed.DepthsAsync(members[0].Lead));
        Assert.Equal(JoiningEnd.Withdrawn, (await dyfed.ViewAsync(members[0].Lead))!.Joining!.Outcome!.End);
        Assert.Null((await host.VerifyTrailAsync()).Fault);
    }

    /// <summary>Protects the facts: who may record an end, once, and that only who joined is a member, with a part in the open round and all of its history.</summary>
    [Theory, Engines]
    public async Task Who_joins_becomes_a_member_and_all_else_ends_too(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (members, dyfed) = await ShownAsync(host, Depth.Questions, Depth.Questions);
        var clwyd = await Candidacy.BeginAsync(members, "Clwyd");
        await clwyd.AnswerAsync(3);
        await clwyd.SealAsync(Depth.Everything);
        await members.OpenRoundAsync();
        Assert.Equal(EndOutcome.NotFound, await dyfed.EndAsync(members[1].Lead, JoiningEnd.Joined));
        Assert.Equal(EndOutcome.NotFound, await dyfed.EndAsync(dyfed.Council.Lead, JoiningEnd.Joined));
        Assert.Equal(EndOutcome.NotFound, await dyfed.EndAsync(members[0].Lead, JoiningEnd.Withdrawn));
        Assert.Equal(EndOutcome.HasChanged, await clwyd.EndAsync(members[0].Lead, JoiningEnd.Joined));
        // In the open round a member keeps the name that it had: nobody comes in by that one.
        foreach (var (council, name) in new[] { (members[1], "Torfaen and Blaenau"), (dyfed.Council, members[1].Name) }) Assert.Equal(RenameOutcome.Done, await RenameAsync(council, name));
        Assert.Equal(EndOutcome.NameTaken, await dyfed.EndAsync(members[0].Lead, JoiningEnd.Joined));
        foreach (var council in new[] { dyfed.Council, members[1] }) Assert.Equal(RenameOutcome.Done, await RenameAsync(council, council.Name));
        Assert.Equal(EndOutcome.Done, await dyfed.EndAsync(members[0].Lead, JoiningEnd.Joined));
        Assert.Equal(EndOutcome.HasChanged, await dyfed.EndAsync(members[0].Lead, JoiningEnd.NotNow));
        var board = (await host.AskAsync((ProgrammeBoard b) => b.FindAsync(members.Programme, dyfed.Council.Lead, default)))!;
        Assert.True(board is { IsCandidate: false, MayManage: false, OpenRound.Parts.Count: 3 });
        Assert.Contains(board.OpenRound.Parts, p => p.Organisation == dyfed.Council.Id && p.Own is not null);

        // Before anybody saw it, what it answered stays its own, and its seal opens nothing any more.
        Assert.Equal(EndOutcome.Done, await clwyd.EndAsync(clwyd.Council.Lead, JoiningEnd.Withdrawn));
        Assert.Equal(SealOutcome.HasChanged, await clwyd.ChooseAsync(members[0], Depth.Areas));
        Assert.Empty((await clwyd.ViewAsync(members[0].Lead))!.Parts);
        // It can be asked again.
        Assert.Equal(JoiningEnd.Withdrawn, (await clwyd.ViewAsync(clwyd.Council.Lead))!.Joining!.Outcome!.End);
        await members.AssertSoundAsync();

        var bytes = new MemoryStream();
        Assert.True(await host.AskAsync((OrganisationFile f) => f.WriteAsync(bytes, dyfed.Council.Id, dyfed.Council.Lead, default)));
        using var file = JsonDocument.Parse(Encoding.UTF8.GetString(bytes.ToArray()));
        Assert.Equal("joined", file.RootElement.GetProperty("joinings")[0].GetProperty("outcome").GetString());
        bytes = new();
        Assert.True(await host.AskAsync((OrganisationFile f) => f.WriteAsync(bytes, members[0].Id, members[0].Lead, default)));
        using var theirs = JsonDocument.Parse(Encoding.UTF8.GetString(bytes.ToArray()));
        Assert.Equal("questions", Assert.Single(theirs.RootElement.GetProperty("shownToCandidates").EnumerateArray()).GetProperty("depth").GetString());
        // Nothing of Clwyd stays that nobody has seen.
        Assert.True(await host.AskAsync((OrganisationDesk d) => d.EraseAsync(clwyd.Council.Id, clwyd.Council.Lead, default)));
        Assert.False(await host.AskAsync((RaspDb db) => db.Rounds.AnyAsync(r => r.Id == clwyd.Round)));

        Task<RenameOutcome> RenameAsync(Council council, string name) => host.AskAsync((OrganisationDesk d) => d.RenameAsync(council.Id, council.Lead, name, default));
    }

    /// <summary>Protects a member that leaves, or withdraws from its partners, while a candidate waits: nothing of it is shown, and nothing opens by that.</summary>
    [Theory, Engines]
    public async Task A_member_that_leaves_is_not_shown_and_opens_nothing(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, Members);
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        await dyfed.AnswerAsync(2);
        await dyfed.SealAsync(Depth.Everything);
        await dyfed.ChooseAsync(members[0], Depth.Everything);
        await dyfed.ChooseAsync(members[1], Depth.Everything);
        Assert.Equal(RemoveOutcome.Done, await host.AskAsync((ProgrammeDesk d) => d.RemovePartnerAsync(members.Programme, members[1].Lead, members[1].Id, default)));
        Assert.Equal(SealOutcome.Done, await members.WithdrawAsync(members[2]));
        var seen = (await dyfed.ViewAsync(dyfed.Council.Lead))!;
        Assert.Null(seen.RevealedAt);
        Assert.Equal("Powys", Assert.Single(seen.Joining!.Members).Name);
        Assert.True(seen.Joining.WaitsForNobody(seen.Parts[0].Progress));
        // Whoever is still there says so again.
        Assert.Equal(SealOutcome.WouldReveal, await dyfed.ChooseAsync(members[0], Depth.Everything, knowsItReveals: false));
        Assert.Equal(SealOutcome.Revealed, await dyfed.ChooseAsync(members[0], Depth.Everything));
        Assert.Equal("Dyfed everything own, Powys everything", await dyfed.DepthsAsync(dyfed.Council.Lead));
        Assert.Equal("nothing", await dyfed.DepthsAsync(members[1].Lead));
        await members.AssertSoundAsync();
    }

    /// <summary>Protects the moment at which it opens: of two who complete it at once one does; whoever opens a seal or ends it meanwhile does so, or comes too late.</summary>
    [Theory, Engines]
    public async Task What_is_done_at_the_same_time_ends_as_if_done_one_after_the_other(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, Members[..2]);
        for (var i = 0; i < 6; i++)
        {
            var one = await Candidacy.BeginAsync(members, $"Dyfed{i}");
            await one.AnswerAsync(2, most: 2);
            var part = (await one.OwnAsync()).Assessment;
            await one.ChooseAsync(members[0], Depth.Areas);
            if (i % 2 == 0)
            {
                var outcomes = await Task.WhenAll(
                    Task.Run(() => host.AskAsync((Sealing s) => s.SealAsync(part, one.Council.Lead, Depth.Areas, "", true, default))),
                    Task.Run(() => host.AskAsync((JoiningDesk d) => d.ChooseAsync(one.Round, members[1].Lead, members[1].Id, Depth.Areas, 1, "", true, default))));
                Assert.Equal([SealOutcome.Done, SealOutcome.Revealed], outcomes.Order());
            }
            else
            {
                await one.SealAsync(Depth.Areas);
                var choosing = Task.Run(() => host.AskAsync((JoiningDesk d) => d.ChooseAsync(one.Round, members[1].Lead, members[1].Id, Depth.Areas, 1, "", true, default)));
                var unsealing = Task.Run(() => host.AskAsync((Sealing s) => s.UnsealAsync(part, one.Council.Lead, default)));
                var ending = Task.Run(() => host.AskAsync((JoiningDesk d) => d.EndAsync(one.Round, members[0].Lead, JoiningEnd.NotNow, null, default)));
                var (chosen, unsealed, ended) = (await choosing, await unsealing, await ending);
                Assert.Equal(EndOutcome.Done, ended);
                Assert.True(chosen is SealOutcome.Done or SealOutcome.Revealed or SealOutcome.HasChanged);
                if (chosen == SealOutcome.Revealed) Assert.Equal(SealOutcome.IsRevealed, unsealed);
                var round = (await one.ViewAsync(members[0].Lead))!;
                Assert.Equal(chosen == SealOutcome.Revealed, round.RevealedAt is not null);
            }
            await members.AssertSoundAsync();
        }
    }

    private static async Task<(Consortium Members, Candidacy Candidate)> ShownAsync(RaspHost host, Depth shows, Depth shown)
    {
        var members = await Consortium.RevealedAsync(host, Members[..2]);
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        await dyfed.AnswerAsync(2);
        await dyfed.SealAsync(shows);
        for (var i = 0; i < 2; i++) Assert.Equal(i == 1 ? SealOutcome.Revealed : SealOutcome.Done, await dyfed.ChooseAsync(members[i], shown));
        return (members, dyfed);
    }
}

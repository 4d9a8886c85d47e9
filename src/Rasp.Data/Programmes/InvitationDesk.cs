using Microsoft.EntityFrameworkCore;
using Rasp.Data.Joinings;
using Rasp.Data.Teams;
using Rasp.Data.Trails;

namespace Rasp.Data.Programmes;

/// <summary>An invitation as whoever holds its link sees it.</summary>
public sealed record InvitationView(
    Guid Id, InvitedAs As, string Email, string? OrganisationName, string? InvitingOrganisation, Guid? Organisation, ProgrammeIntroduction? Programme, InvitationState State, DateTimeOffset ExpiresAt, bool IsExpired)
{
    /// <summary>What a contributor is asked; null for all others.</summary>
    public TeamIntroduction? Team { get; init; }
}

/// <summary>An open invitation as whoever sent it sees it.</summary>
public sealed record SentInvitation(
    Guid Id, InvitedAs As, string Email, string? OrganisationName, Guid? Programme, string? ProgrammeName, Guid? Inviting, string InvitingName, DateTimeOffset At, DateTimeOffset ExpiresAt)
{
    /// <summary>In which a contributor is to answer; null for all others.</summary>
    public Guid? Assessment { get; init; }
}

/// <summary>What somebody reads of a programme before joining it: what it is, and who is in.</summary>
public sealed record ProgrammeIntroduction(Guid Id, string Name, string What, string? Why, string Stage, IReadOnlyList<string> Partners, IReadOnlyList<string> Facilitators, IReadOnlyList<string> AlsoInvited, DateOnly? ClosesOn);

/// <summary>What became of accepting.</summary>
public enum AcceptOutcome
{
    Done,

    /// <summary>The invitation is not open any more, or never was.</summary>
    NotOpen,

    /// <summary>Who facilitates a programme belongs to none of its partners, and the other way round.</summary>
    WouldBeBoth,

    /// <summary>This organisation is in already, or this person does not lead it.</summary>
    NotThisOrganisation,

    /// <summary>Another partner of the programme has this name: partners are told apart by their names.</summary>
    NameTaken,

    /// <summary>The partners have no round that is open to all, to which a candidate could be held.</summary>
    NoBase,

    /// <summary>This person answers there already, under another invitation.</summary>
    AnswersAlready,
}

/// <summary>Invites people, and lets them accept or decline.</summary>
public sealed class InvitationDesk(RaspDb db, ProgrammeDesk programmes, OrganisationDesk organisations, JoiningDesk joinings, TeamBoard teams, Outbox outbox, Trail trail, TimeProvider clock)
{
    /// <summary>Invites an organisation, by one of its leads, or a facilitator into a programme. The link's secret; null where this person may not.</summary>
    /// <param name="programme">Which.</param>
    /// <param name="person">Who invites.</param>
    /// <param name="invitedAs">As partner or facilitator.</param>
    /// <param name="email">Whom.</param>
    /// <param name="organisationName">What the organisation is called, for a partner.</param>
    /// <param name="letter">The letter that brings a link; null where no mail can be sent.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(Guid Id, string Secret)?> InviteToProgrammeAsync(
        Guid programme, Guid person, InvitedAs invitedAs, string email, string? organisationName, Func<string, Letter>? letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.StarterAsync(programme, person, cancellation) is not { } starter) return null;
        var (invitation, secret) = New(invitedAs, email, programme, null, organisationName);
        await SendAsync(letter?.Invoke(secret), invitation.ExpiresAt, cancellation);
        await trail.AppendAsync(
            db, new(invitedAs == InvitedAs.Partner ? TrailKind.PartnerInvited : TrailKind.FacilitatorInvited, person) { Organisation = starter, Programme = programme, Subject = invitation.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return (invitation.Id, secret);
    }

    /// <summary>
    /// Invites an organisation, by one of its leads, to find out whether it should join. Any partner's lead may. The link's secret; null where this
    /// person may not, or the partners have no round that is open to all.
    /// </summary>
    public async Task<(Guid Id, string Secret)?> InviteCandidateAsync(Guid programme, Guid person, string email, string organisationName, Func<string, Letter>? letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedPartnerAsync(programme, person, cancellation) is not { } inviting || await db.LatestRevealedAsync(programme, cancellation) is null) return null;
        var (invitation, secret) = New(InvitedAs.Candidate, email, programme, inviting, organisationName);
        await SendAsync(letter?.Invoke(secret), invitation.ExpiresAt, cancellation);
        await trail.AppendAsync(db, new(TrailKind.CandidateInvited, person) { Organisation = inviting, Programme = programme, Subject = invitation.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return (invitation.Id, secret);
    }

    /// <summary>Invites somebody to lead an organisation. The link's secret; null where this person may not.</summary>
    public async Task<(Guid Id, string Secret)?> InviteToOrganisationAsync(Guid organisation, Guid person, string email, Func<string, Letter>? letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await db.IsLeadAsync(organisation, person, cancellation)) return null;
        var (invitation, secret) = New(InvitedAs.Lead, email, null, organisation, null);
        await SendAsync(letter?.Invoke(secret), invitation.ExpiresAt, cancellation);
        await trail.AppendAsync(db, new(TrailKind.MemberInvited, person) { Organisation = organisation, Subject = invitation.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return (invitation.Id, secret);
    }

    /// <summary>Invites somebody to answer within an assessment. The link's secret; null where this person may not, or it is not chosen yet who sees what.</summary>
    /// <param name="assessment">Which.</param>
    /// <param name="person">One of its leads.</param>
    /// <param name="email">Whom.</param>
    /// <param name="role">From which role they are to answer.</param>
    /// <param name="scope">Keys of the areas and themes that they are asked; null for all.</param>
    /// <param name="letter">The letter that brings a link; null where no mail can be sent.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(Guid Id, string Secret)?> InviteToTeamAsync(Guid assessment, Guid person, string email, string role, string? scope, Func<string, Letter>? letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { Attribution: not null } led) return null;
        var now = clock.GetUtcNow();
        var respondent = new Respondent { Id = Guid.CreateVersion7(now), AssessmentId = assessment, Role = role, Kind = RespondentKind.Person, Scope = scope, AddedAt = now };
        db.Respondents.Add(respondent);
        var (invitation, secret) = New(InvitedAs.Contributor, email, null, led.OrganisationId, null, respondent.Id);
        await SendAsync(letter?.Invoke(secret), invitation.ExpiresAt, cancellation);
        await trail.AppendAsync(db, new(TrailKind.RespondentInvited, person) { Organisation = led.OrganisationId, Subject = invitation.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return (invitation.Id, secret);
    }

    /// <summary>An open invitation, with who invites and into which programme; null for anybody who may not take it back.</summary>
    public async Task<SentInvitation?> FindSentAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        if (await MineAsync(id, person, cancellation) is not var (invitation, organisation) || invitation.State != InvitationState.Open) return null;
        var team = invitation.RespondentId is { } respondent ? await teams.IntroduceAsync(respondent, cancellation) : null;
        var inviting = team?.Organisation ?? await db.Organisations.Where(o => o.Id == organisation).Select(o => o.Name).SingleAsync(cancellation);
        var programme = await db.Programmes.Where(p => p.Id == invitation.ProgrammeId).Select(p => p.Name).SingleOrDefaultAsync(cancellation);
        return new(id, invitation.As, invitation.Email, invitation.OrganisationName, invitation.ProgrammeId, programme, organisation, inviting, invitation.At, invitation.ExpiresAt) { Assessment = team?.Assessment };
    }

    /// <summary>What a link invites to; null where it is none.</summary>
    public async Task<InvitationView?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (PrivateLink.Hash(secret) is not { } hash) return null;
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.SecretHash == hash, cancellation) is not { } invitation) return null;
        var programme = invitation.ProgrammeId is { } id ? await IntroduceAsync(id, invitation.Id, cancellation) : null;
        var team = invitation.RespondentId is { } respondent ? await teams.IntroduceAsync(respondent, cancellation) : null;
        var inviting = team?.Organisation ?? (invitation.OrganisationId is { } organisation
            ? await db.Organisations.Where(o => o.Id == organisation).Select(o => o.Name).SingleAsync(cancellation)
            : await db.Partners.Where(p => p.ProgrammeId == invitation.ProgrammeId && p.IsStarter).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => o.Name).FirstOrDefaultAsync(cancellation));
        // What a contributor was to answer may be gone, with the assessment's version that asked for it.
        var state = invitation is { As: InvitedAs.Contributor, State: InvitationState.Open } && team is null ? InvitationState.Withdrawn : invitation.State;
        return new(
            invitation.Id, invitation.As, invitation.Email, invitation.OrganisationName, inviting, invitation.OrganisationId, programme, state, invitation.ExpiresAt,
            invitation.ExpiresAt <= clock.GetUtcNow())
        { Team = team };
    }

    /// <summary>Accepts, for a partner with an organisation that one leads, or with a new one of a name.</summary>
    public async Task<AcceptOutcome> AcceptAsync(string secret, Guid person, Guid? organisation, string? newOrganisation, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await LockAsync(secret, person, organisation, cancellation);
        if (await TakeAsync(secret, InvitationState.Accepted, cancellation) is not { } invitation) return AcceptOutcome.NotOpen;
        var outcome = invitation.As switch
        {
            InvitedAs.Partner => await JoinAsPartnerAsync(invitation, person, organisation, newOrganisation, cancellation),
            InvitedAs.Facilitator => await JoinAsFacilitatorAsync(invitation, person, cancellation),
            InvitedAs.Lead => await JoinOrganisationAsync(invitation.OrganisationId!.Value, person, MemberRole.Lead, cancellation),
            InvitedAs.Contributor => await JoinTeamAsync(invitation, person, cancellation),
            InvitedAs.Candidate => await BeginJoiningAsync(invitation, person, organisation, newOrganisation, cancellation),
        };
        if (outcome == AcceptOutcome.Done) await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>Declines; false where it is not open any more. Takes no account.</summary>
    public async Task<bool> DeclineAsync(string secret, Guid? person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await TakeAsync(secret, InvitationState.Declined, cancellation) is not { } invitation) return false;
        await trail.AppendAsync(db, new(TrailKind.InvitationDeclined, person) { Organisation = await InvitingAsync(invitation, cancellation), Programme = invitation.ProgrammeId, Subject = invitation.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Takes an open invitation back; false where this person may not, or it is open no more.</summary>
    public async Task<bool> WithdrawAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MineAsync(id, person, cancellation) is not var (invitation, organisation)) return false;
        if (await db.Invitations.Where(i => i.Id == id && i.State == InvitationState.Open).ExecuteUpdateAsync(i => i.SetProperty(x => x.State, InvitationState.Withdrawn), cancellation) == 0) return false;
        // Who was to answer, and has not come, is gone with it.
        if (invitation.RespondentId is { } respondent) await db.EraseAsync(respondent, cancellation);
        await trail.AppendAsync(db, new(TrailKind.InvitationWithdrawn, person) { Organisation = organisation, Programme = invitation.ProgrammeId, Subject = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Sends an open invitation again, with a new link: the old one opens nothing from now on. Null where this person may not, or it is open no more.</summary>
    public async Task<string?> SendAgainAsync(Guid id, Guid person, Func<string, Letter>? letter, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MineAsync(id, person, cancellation) is not var (invitation, _) || invitation.State != InvitationState.Open) return null;
        var secret = PrivateLink.NewSecret();
        invitation.SecretHash = PrivateLink.Hash(secret)!;
        invitation.ExpiresAt = clock.GetUtcNow() + Invitation.IsGoodFor;
        await SendAsync(letter?.Invoke(secret), invitation.ExpiresAt, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return secret;
    }

    private async Task<(Invitation Invitation, Guid? Organisation)?> MineAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == id, cancellation) is not { } invitation) return null;
        if (invitation.RespondentId is { } respondent)
        {
            var assessment = await db.Respondents.Where(r => r.Id == respondent).Select(r => r.AssessmentId).SingleAsync(cancellation);
            return await db.LedAsync(assessment, person, cancellation) is { } led ? (invitation, led.OrganisationId) : null;
        }
        var organisation = invitation is { As: InvitedAs.Candidate, ProgrammeId: { } joined } ? await db.LedPartnerAsync(joined, person, cancellation)
            : invitation.ProgrammeId is { } programme ? await db.StarterAsync(programme, person, cancellation)
            : await db.IsLeadAsync(invitation.OrganisationId!.Value, person, cancellation) ? invitation.OrganisationId : null;
        return organisation is { } mine ? (invitation, mine) : null;
    }

    /// <summary>
    /// Keeps still what accepting depends on. Nobody is to facilitate a programme of a partner they belong to: who facilitates, who belongs to an
    /// organisation and which is a partner each lock two of programme, organisation and person, so that any two wait for each other.
    /// </summary>
    private async Task LockAsync(string secret, Guid person, Guid? organisation, CancellationToken cancellation)
    {
        var hash = PrivateLink.Hash(secret) ?? [];
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.SecretHash == hash, cancellation) is not { } invitation) return;
        if (invitation.ProgrammeId is { } programme) await db.LockProgrammesAsync([programme], cancellation);
        var bringsOrganisation = invitation.As is InvitedAs.Partner or InvitedAs.Candidate;
        if (bringsOrganisation && invitation.ProgrammeId is { } joined) await db.LockOpenRoundsAsync([joined], cancellation);
        if ((bringsOrganisation ? organisation : invitation.OrganisationId) is { } id) await db.LockOrganisationsAsync([id], cancellation);
        if (!bringsOrganisation) await db.LockPersonAsync(person, cancellation);
    }

    /// <summary>Answers an open invitation, once: of two who answer at the same time, one does.</summary>
    private async Task<Invitation?> TakeAsync(string secret, InvitationState answer, CancellationToken cancellation)
    {
        if (PrivateLink.Hash(secret) is not { } hash) return null;
        var now = clock.GetUtcNow();
        return await db.Invitations.Where(i => i.SecretHash == hash && i.State == InvitationState.Open && i.ExpiresAt > now).ExecuteUpdateAsync(i => i.SetProperty(x => x.State, answer), cancellation) == 1
            ? await db.Invitations.AsNoTracking().SingleAsync(i => i.SecretHash == hash, cancellation)
            : null;
    }

    /// <summary>The organisation that invites, for its part of the trail: of a programme, the one that started it.</summary>
    private async Task<Guid?> InvitingAsync(Invitation invitation, CancellationToken cancellation) => invitation.OrganisationId
        ?? await db.Partners.Where(p => p.ProgrammeId == invitation.ProgrammeId && p.IsStarter).Select(p => (Guid?)p.OrganisationId).FirstOrDefaultAsync(cancellation);

    private async Task<AcceptOutcome> JoinAsPartnerAsync(Invitation invitation, Guid person, Guid? organisation, string? newOrganisation, CancellationToken cancellation)
    {
        var programme = invitation.ProgrammeId!.Value;
        var (outcome, found) = await BringAsync(programme, person, organisation, newOrganisation, cancellation);
        if (found is not { } id) return outcome;
        db.Partners.Add(new() { ProgrammeId = programme, OrganisationId = id, IsStarter = false, Since = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellation);
        await programmes.JoinOpenRoundAsync(programme, id, cancellation);
        await trail.AppendAsync(db, new(TrailKind.PartnerJoined, person) { Organisation = id, Programme = programme, Subject = invitation.Id }, cancellation);
        return AcceptOutcome.Done;
    }

    private async Task<AcceptOutcome> BeginJoiningAsync(Invitation invitation, Guid person, Guid? organisation, string? newOrganisation, CancellationToken cancellation)
    {
        var programme = invitation.ProgrammeId!.Value;
        var (outcome, found) = await BringAsync(programme, person, organisation, newOrganisation, cancellation);
        if (found is not { } id) return outcome;
        if (await joinings.BeginAsync(programme, id, cancellation) is null) return AcceptOutcome.NoBase;
        await trail.AppendAsync(db, new(TrailKind.CandidateBegan, person) { Organisation = id, Programme = programme, Subject = invitation.Id }, cancellation);
        return AcceptOutcome.Done;
    }

    /// <summary>The organisation with which somebody comes into a programme, made where it is new; null, and why, where it can't come in.</summary>
    private async Task<(AcceptOutcome Outcome, Guid? Organisation)> BringAsync(Guid programme, Guid person, Guid? organisation, string? newOrganisation, CancellationToken cancellation)
    {
        if (await db.Facilitators.AnyAsync(f => f.ProgrammeId == programme && f.PersonId == person, cancellation)) return (AcceptOutcome.WouldBeBoth, null);
        if (organisation is { } led && !await db.IsLeadAsync(led, person, cancellation)) return (AcceptOutcome.NotThisOrganisation, null);
        var name = organisation is { } known ? await db.Organisations.Where(o => o.Id == known).Select(o => o.Name).SingleAsync(cancellation) : newOrganisation!;
        var partners = await db.Partners.Where(p => p.ProgrammeId == programme).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { o.Id, o.Name }).ToListAsync(cancellation);
        if (partners.Any(p => p.Id == organisation)) return (AcceptOutcome.NotThisOrganisation, null);
        if (await db.CandidatesOf(programme).AnyAsync(c => c == organisation, cancellation)) return (AcceptOutcome.NotThisOrganisation, null);
        // Not the names of candidates: that one is taken would tell whoever tries names who else asks to join.
        var inRounds = await db.NamesInOpenRoundAsync(programme, organisation, cancellation);
        if (partners.Select(p => p.Name).Concat(inRounds).Contains(name, StringComparer.OrdinalIgnoreCase)) return (AcceptOutcome.NameTaken, null);
        if (organisation is { } joins && await db.Memberships.AnyAsync(m => m.OrganisationId == joins && db.Facilitators.Any(f => f.ProgrammeId == programme && f.PersonId == m.PersonId), cancellation)) return (AcceptOutcome.WouldBeBoth, null);
        return (AcceptOutcome.Done, organisation ?? await organisations.AddAsync(name, person, cancellation));
    }

    private async Task<AcceptOutcome> JoinAsFacilitatorAsync(Invitation invitation, Guid person, CancellationToken cancellation)
    {
        var programme = invitation.ProgrammeId!.Value;
        if (await db.Partners.AnyAsync(p => p.ProgrammeId == programme && db.Memberships.Any(m => m.OrganisationId == p.OrganisationId && m.PersonId == person), cancellation)) return AcceptOutcome.WouldBeBoth;
        if (await db.CandidatesOf(programme).AnyAsync(c => db.Memberships.Any(m => m.OrganisationId == c && m.PersonId == person), cancellation)) return AcceptOutcome.WouldBeBoth;
        if (!await db.Facilitators.AnyAsync(f => f.ProgrammeId == programme && f.PersonId == person, cancellation))
        {
            db.Facilitators.Add(new() { ProgrammeId = programme, PersonId = person, Since = clock.GetUtcNow() });
            await db.SaveChangesAsync(cancellation);
        }
        await trail.AppendAsync(db, new(TrailKind.FacilitatorJoined, person) { Organisation = await InvitingAsync(invitation, cancellation), Programme = programme, Subject = person }, cancellation);
        return AcceptOutcome.Done;
    }

    private async Task<AcceptOutcome> JoinTeamAsync(Invitation invitation, Guid person, CancellationToken cancellation)
    {
        var assessment = await db.Respondents.Where(r => r.Id == invitation.RespondentId).Select(r => (Guid?)r.AssessmentId).SingleOrDefaultAsync(cancellation);
        if (assessment is not { } id) return AcceptOutcome.NotOpen;
        await db.LockAssessmentAsync(id, cancellation);
        if (await db.Respondents.SingleOrDefaultAsync(r => r.Id == invitation.RespondentId && r.PersonId == null && r.RemovedAt == null, cancellation) is not { } respondent) return AcceptOutcome.NotOpen;
        if (await db.Respondents.AnyAsync(r => r.AssessmentId == id && r.PersonId == person, cancellation)) return AcceptOutcome.AnswersAlready;
        if (invitation.OrganisationId is { } organisation && !await db.Memberships.AnyAsync(m => m.OrganisationId == organisation && m.PersonId == person, cancellation)
            && await JoinOrganisationAsync(organisation, person, MemberRole.Contributor, cancellation) is var joined and not AcceptOutcome.Done) return joined;
        respondent.PersonId = person;
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, new(TrailKind.RespondentJoined, person) { Organisation = invitation.OrganisationId, Subject = person }, cancellation);
        return AcceptOutcome.Done;
    }

    private async Task<AcceptOutcome> JoinOrganisationAsync(Guid organisation, Guid person, MemberRole role, CancellationToken cancellation)
    {
        if (await db.Partners.AnyAsync(p => p.OrganisationId == organisation && db.Facilitators.Any(f => f.ProgrammeId == p.ProgrammeId && f.PersonId == person), cancellation)) return AcceptOutcome.WouldBeBoth;
        if (await db.Rounds.AnyAsync(r => r.CandidateId == organisation && !db.JoiningOutcomes.Any(o => o.RoundId == r.Id) && db.Facilitators.Any(f => f.ProgrammeId == r.ProgrammeId && f.PersonId == person), cancellation)) return AcceptOutcome.WouldBeBoth;
        var now = clock.GetUtcNow();
        if (await db.Memberships.SingleOrDefaultAsync(m => m.OrganisationId == organisation && m.PersonId == person, cancellation) is { } already)
        {
            if (role > already.Role) already.Role = role;
        }
        else
        {
            db.Memberships.Add(new() { OrganisationId = organisation, PersonId = person, Role = role, Since = now });
        }
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, new(TrailKind.MemberJoined, person) { Organisation = organisation, Subject = person, Detail = role.ToString() }, cancellation);
        return AcceptOutcome.Done;
    }

    private async Task<ProgrammeIntroduction> IntroduceAsync(Guid id, Guid invitation, CancellationToken cancellation)
    {
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == id, cancellation);
        var now = clock.GetUtcNow();
        return new(
            id, programme.Name, programme.What, programme.Why, programme.Stage,
            await db.Partners.Where(p => p.ProgrammeId == id).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => o.Name).OrderBy(n => n).ToListAsync(cancellation),
            await db.Facilitators.Where(f => f.ProgrammeId == id).Join(db.Users, f => f.PersonId, p => p.Id, (f, p) => p.Email!).OrderBy(e => e).ToListAsync(cancellation),
            await db.Invitations.Where(i => i.ProgrammeId == id && i.As == InvitedAs.Partner && i.State == InvitationState.Open && i.ExpiresAt > now && i.Id != invitation).OrderBy(i => i.At).Select(i => i.OrganisationName!).ToListAsync(cancellation),
            await db.Rounds.Where(r => r.ProgrammeId == id && r.CandidateId == null && r.RevealedAt == null).Select(r => (DateOnly?)r.ClosesOn).SingleOrDefaultAsync(cancellation));
    }

    private (Invitation Invitation, string Secret) New(InvitedAs invitedAs, string email, Guid? programme, Guid? organisation, string? organisationName, Guid? respondent = null)
    {
        var (secret, now) = (PrivateLink.NewSecret(), clock.GetUtcNow());
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now),
            As = invitedAs,
            ProgrammeId = programme,
            OrganisationId = organisation,
            RespondentId = respondent,
            Email = email,
            OrganisationName = organisationName,
            SecretHash = PrivateLink.Hash(secret)!,
            At = now,
            ExpiresAt = now + Invitation.IsGoodFor,
        };
        db.Invitations.Add(invitation);
        return (invitation, secret);
    }

    private async Task SendAsync(Letter? letter, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        if (letter is not null) outbox.Add(db, letter, expiresAt);
        await db.SaveChangesAsync(cancellation);
    }
}

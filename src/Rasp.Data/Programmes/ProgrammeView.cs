using Microsoft.EntityFrameworkCore;
using Rasp.Data.Exchanges;
using Rasp.Data.Joinings;
using Rasp.Data.Rounds;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>A programme as one person in it sees it: the same board for everybody, with one's own organisation's part to go on from.</summary>
public sealed record ProgrammeView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string What { get; init; }

    public required string? Why { get; init; }

    public required string Stage { get; init; }

    /// <summary>When a round opens by itself; null where none is scheduled.</summary>
    public required Schedule? Schedule { get; init; }

    /// <summary>Whether this person may invite, open rounds and propose to close: a lead of whoever started the programme.</summary>
    public required bool MayManage { get; init; }

    public required bool IsFacilitator { get; init; }

    /// <summary>Whether this person's organisations have left, and only past rounds are theirs to look at.</summary>
    public required bool HasLeft { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<PartnerRow> Partners { get; init; }

    public required IReadOnlyList<FacilitatorRow> Facilitators { get; init; }

    /// <summary>Open invitations, the oldest first.</summary>
    public required IReadOnlyList<InvitationRow> Invitations { get; init; }

    /// <summary>Of the partners, the newest first.</summary>
    public required IReadOnlyList<RoundView> Rounds { get; init; }

    /// <summary>The newest that all are open to; null where there is none.</summary>
    public RoundView? LastRound => Rounds.FirstOrDefault(r => r.RevealedAt is not null);

    /// <summary>Rounds of candidates, the newest first: to a candidate its own alone.</summary>
    public required IReadOnlyList<RoundView> Joinings { get; init; }

    /// <summary>Whether this person's organisation asks to join, or has asked, and is no partner: it sees what is to be shared and by whom, and its own part.</summary>
    public required bool IsCandidate { get; init; }

    public RoundView? OpenRound => Rounds.FirstOrDefault(r => r.RevealedAt is null);

    public IEnumerable<PartnerRow> Mine => Partners.Where(p => p.MyRole is not null);
}

public sealed record PartnerRow(Guid Organisation, string Name, bool IsStarter, DateTimeOffset Since, MemberRole? MyRole)
{
    public bool AmLead => MyRole == MemberRole.Lead;
}

public sealed record FacilitatorRow(Guid Person, string Email);

/// <summary>How far a partner has got in a round: all that outsiders learn before the reveal.</summary>
public enum Progress
{
    NotStarted,
    InProgress,
    Sealed,
    SealedNotSharing,

    /// <summary>Partners see it, as deep as it shows.</summary>
    Shared,

    /// <summary>It was shown, and then withdrawn.</summary>
    Withdrawn,

    /// <summary>The round opened without it: it sees nothing of others, nor they of it.</summary>
    LeftOut,
}

/// <summary>A round with everybody's part in it.</summary>
public sealed record RoundView(
    Guid Id, Guid Programme, int Number, string InstrumentId, string InstrumentVersion, string Stage, DateTimeOffset OpenedAt, DateOnly ClosesOn, DateTimeOffset? RevealedAt,
    DateTimeOffset? CloseProposedAt, IReadOnlyList<PartRow> Parts)
{
    /// <summary>Of a candidate's round, whom it waits for and how it ended; null of the partners' rounds.</summary>
    public JoiningView? Joining { get; init; }

    public string Name => RoundNames.Of(OpenedAt, Number, Joining is not null);

    /// <summary>Partners on other servers, by name.</summary>
    public IReadOnlyList<ElsewhereRow> Elsewhere { get; init; } = [];

    /// <summary>Those who have sealed and share something.</summary>
    public IReadOnlyList<PartRow> Sharing => [.. Parts.Where(p => p.Progress == Progress.Sealed)];

    /// <summary>Those whom the reveal waits for.</summary>
    public IReadOnlyList<PartRow> Missing => [.. Parts.Where(p => p.Progress is Progress.NotStarted or Progress.InProgress or Progress.SealedNotSharing)];

    /// <summary>Those on other servers whom the reveal waits for.</summary>
    public IReadOnlyList<ElsewhereRow> MissingElsewhere => [.. Elsewhere.Where(e => !e.IsSharing)];

    /// <summary>How many have sealed and share something, here and elsewhere.</summary>
    public int Together => Sharing.Count + Elsewhere.Count(e => e.IsSharing);

    /// <summary>Names of those whom the reveal waits for, here and elsewhere.</summary>
    public IReadOnlyList<string> MissingNames => [.. Missing.Select(p => p.Name), .. MissingElsewhere.Select(e => e.Name)];

    /// <summary>Whether those who have sealed can open it among themselves: two at least, one of them here.</summary>
    public bool CanCloseWithoutMissing => Sharing.Count > 0 && Together >= 2;

    /// <summary>Whether sealing this part, at a depth other than nothing, opens the round.</summary>
    public bool WouldReveal(PartRow part) => Joining is not null ? RevealedAt is null && Joining.WaitsForCandidateAlone
        : RevealedAt is null && Parts.Count + Elsewhere.Count >= 2 && MissingElsewhere.Count == 0 && Missing.All(p => p.Organisation == part.Organisation);

    /// <summary>Whether confirming for this part opens the round to those who have sealed.</summary>
    public bool ConfirmingReveals(PartRow part) => CloseProposedAt is not null && CanCloseWithoutMissing && Sharing.All(p => p.Organisation == part.Organisation || p.HasConfirmed);
}

/// <summary>One organisation's part in a round.</summary>
/// <param name="Organisation">Whose.</param>
/// <param name="Name">What it was called in this round.</param>
/// <param name="Progress">How far it has got.</param>
/// <param name="SealedAt">When it was last sealed; null where it is open.</param>
/// <param name="Seals">How often it was sealed: more than once tells that it was opened again.</param>
/// <param name="Commitments">Its seal; null where it is open.</param>
/// <param name="HasConfirmed">Whether it confirmed to open the round without the missing.</param>
/// <param name="Version">1, or more where it was corrected after the reveal.</param>
/// <param name="Own">What only its own people see; null for others.</param>
public sealed record PartRow(
    Guid Organisation, string Name, Progress Progress, DateTimeOffset? SealedAt, int Seals, Commitments? Commitments, bool HasConfirmed, int Version, OwnPart? Own);

/// <summary>An organisation's part as its own people see it.</summary>
/// <param name="Assessment">The newest version.</param>
/// <param name="AmLead">Whether whoever looks decides for it.</param>
/// <param name="Depth">What it chose to show; null where it has not yet.</param>
/// <param name="Correction">A correction that is not released yet; null where there is none.</param>
/// <param name="AmAsked">Whether whoever looks answers themselves. Who neither leads nor answers sees no more of it than others do.</param>
public sealed record OwnPart(Guid Assessment, bool AmLead, Depth? Depth, Guid? Correction, bool AmAsked)
{
    public bool IsOpenToMe => AmLead || AmAsked;
}

/// <summary>Finds a programme as somebody in it may see it.</summary>
public sealed class ProgrammeBoard(RaspDb db, TimeProvider clock)
{
    /// <summary>The programme; null for anybody who is not in it.</summary>
    public async Task<ProgrammeView?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var person = viewer.Person;
        if (!viewer.Reaches(id) || await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation) is not { } programme) return null;
        var mine = await db.MembershipsOf(viewer).AsNoTracking().ToDictionaryAsync(m => m.OrganisationId, m => m.Role, cancellation);
        var partners = await db.Partners.AsNoTracking().Where(p => p.ProgrammeId == id)
            .Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { o.Id, o.Name, p.IsStarter, p.Since }).ToListAsync(cancellation);
        var facilitators = await db.Facilitators.AsNoTracking().Where(f => f.ProgrammeId == id)
            .Join(db.Users, f => f.PersonId, p => p.Id, (f, p) => new { p.Id, p.Email }).OrderBy(f => f.Email).Select(f => new FacilitatorRow(f.Id, f.Email!)).ToListAsync(cancellation);
        var all = await RoundsAsync(id, person, mine, partners.Select(p => p.Id).ToHashSet(), cancellation);
        var rounds = all.FindAll(r => r.Joining is null);
        var joinings = all.FindAll(r => r.Joining is not null);
        var isFacilitator = viewer.Organisation is null && facilitators.Any(f => f.Person == person);
        var isPartner = partners.Any(p => mine.ContainsKey(p.Id));
        var hasTakenPart = rounds.Any(r => r.RevealedAt is not null && r.Parts.Any(p => p.Own is not null));
        var isCandidate = !isFacilitator && !isPartner && !hasTakenPart && joinings.Exists(r => r.Joining!.IsMine);
        if (!isFacilitator && !isPartner && !hasTakenPart && !isCandidate) return null;
        var hasLeft = !isFacilitator && !isPartner && !isCandidate;
        var now = clock.GetUtcNow();
        return new()
        {
            Id = id,
            Name = programme.Name,
            What = programme.What,
            Why = programme.Why,
            Stage = programme.Stage,
            Schedule = programme is { NextCheckOn: { } on, CheckEveryMonths: { } every } ? new(on, every) : null,
            MayManage = partners.Any(p => p.IsStarter && mine.GetValueOrDefault(p.Id) == MemberRole.Lead),
            IsFacilitator = isFacilitator,
            HasLeft = hasLeft,
            Partners = [.. partners.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new PartnerRow(p.Id, p.Name, p.IsStarter, p.Since, mine.TryGetValue(p.Id, out var role) ? role : null))],
            Facilitators = facilitators,
            Invitations = hasLeft || isCandidate ? [] : await db.Invitations.AsNoTracking().Where(i => i.ProgrammeId == id && i.State == InvitationState.Open && i.ExpiresAt > now)
                .OrderBy(i => i.At).Select(i => new InvitationRow(i.Id, i.As, i.Email, i.OrganisationName, i.At, i.ExpiresAt)).ToListAsync(cancellation),
            IsCandidate = isCandidate,
            // Candidates never see one another, and of the partners' rounds nothing but what they show them.
            Joinings = isFacilitator || isPartner ? joinings : joinings.FindAll(r => r.Joining!.IsMine || (r.RevealedAt is not null && r.Joining.Members.Any(m => m.Own is not null))),
            Rounds = isCandidate ? [] : hasLeft ? [.. rounds.Where(r => r.RevealedAt is not null && r.Parts.Any(p => p.Own is not null))] : rounds,
        };
    }

    /// <summary>The programme of a round; null for anybody who is not in it.</summary>
    public async Task<(ProgrammeView Programme, RoundView Round)?> FindByRoundAsync(Guid round, Viewer viewer, CancellationToken cancellation)
    {
        var id = await db.Rounds.Where(r => r.Id == round).Select(r => (Guid?)r.ProgrammeId).SingleOrDefaultAsync(cancellation);
        return id is { } programme && await FindAsync(programme, viewer, cancellation) is { } view && view.Rounds.Concat(view.Joinings).FirstOrDefault(r => r.Id == round) is { } found ? (view, found) : null;
    }

    /// <summary>The programme and round that an organisation's part belongs to; null for anybody else's eyes.</summary>
    public async Task<(ProgrammeView Programme, RoundView Round, PartRow Part)?> FindByPartAsync(Guid assessment, Viewer viewer, CancellationToken cancellation)
    {
        var round = await db.Assessments.Where(a => a.Id == assessment).Select(a => a.RoundId).SingleOrDefaultAsync(cancellation);
        return round is { } id && await FindByRoundAsync(id, viewer, cancellation) is var (programme, found)
            && found.Parts.FirstOrDefault(p => p.Own is { } own && (own.Assessment == assessment || own.Correction == assessment)) is { } part ? (programme, found, part) : null;
    }

    private async Task<List<RoundView>> RoundsAsync(Guid programme, Guid person, Dictionary<Guid, MemberRole> mine, HashSet<Guid> partners, CancellationToken cancellation)
    {
        var rounds = await db.Rounds.AsNoTracking().Where(r => r.ProgrammeId == programme).OrderByDescending(r => r.Number).ToListAsync(cancellation);
        var ids = rounds.ConvertAll(r => r.Id);
        var parts = await db.Assessments.AsNoTracking().Where(a => a.RoundId != null && ids.Contains(a.RoundId.Value) && a.LeftAt == null)
            .Select(a => new
            {
                a.Id,
                Round = a.RoundId!.Value,
                Organisation = a.OrganisationId!.Value,
                Name = a.Organisation!,
                a.Version,
                a.SealedAt,
                a.Depth,
                a.RevealedAt,
                a.WithdrawnAt,
                a.CloseConfirmedAt,
                AmAsked = db.Respondents.Any(r => r.AssessmentId == a.Id && r.PersonId == person),
                IsStarted = db.Answers.Any(w => db.Respondents.Any(r => r.Id == w.RespondentId && r.AssessmentId == a.Id)) || db.AgreedAnswers.Any(g => g.AssessmentId == a.Id),
            }).ToListAsync(cancellation);
        var seals = await db.Seals.AsNoTracking().Where(s => db.Assessments.Any(a => a.Id == s.AssessmentId && a.RoundId != null && ids.Contains(a.RoundId.Value)))
            .Select(s => new { s.AssessmentId, s.Number, s.UnsealedAt, s.AreasCommitment, s.QuestionsCommitment, s.EverythingCommitment }).ToListAsync(cancellation);
        var sealsOf = seals.ToLookup(s => s.AssessmentId);
        var elsewhere = await db.ElsewhereRowsAsync(ids, cancellation);
        var joinings = await db.JoiningsAsync(rounds, mine, partners, cancellation);
        return rounds.ConvertAll(round => new RoundView(
            round.Id, programme, round.Number, round.InstrumentId, round.InstrumentVersion, round.Stage, round.OpenedAt, round.ClosesOn, round.RevealedAt, round.CloseProposedAt,
            [.. parts.Where(p => p.Round == round.Id && (round.RevealedAt is not null || round.CandidateId is not null || partners.Contains(p.Organisation))).GroupBy(p => p.Organisation).Select(versions =>
            {
                // A correction that is not released is nobody's business yet.
                var shown = versions.Where(p => p.Version == 1 || p.SealedAt is not null).MaxBy(p => p.Version)!;
                var correction = versions.FirstOrDefault(p => p.Version > shown.Version);
                var seal = sealsOf[shown.Id].FirstOrDefault(s => s.UnsealedAt is null);
                var progress = shown.WithdrawnAt is not null ? Progress.Withdrawn
                    : shown.RevealedAt is not null ? Progress.Shared
                    : round.RevealedAt is not null ? Progress.LeftOut
                    : shown.SealedAt is not null ? (shown.Depth == Depth.Nothing ? Progress.SealedNotSharing : Progress.Sealed)
                    : shown.IsStarted ? Progress.InProgress
                    : Progress.NotStarted;
                return new PartRow(
                    shown.Organisation, shown.Name, progress, shown.SealedAt, versions.Sum(v => sealsOf[v.Id].Count()),
                    seal is null ? null : new(Convert.ToHexStringLower(seal.AreasCommitment), Convert.ToHexStringLower(seal.QuestionsCommitment), Convert.ToHexStringLower(seal.EverythingCommitment)),
                    shown.CloseConfirmedAt is not null, shown.Version,
                    mine.TryGetValue(shown.Organisation, out var role) ? new(shown.Id, role == MemberRole.Lead, shown.Depth, correction?.Id, shown.AmAsked) : null);
            }).OrderBy(p => p.Name, StringComparer.Ordinal)])
        { Joining = joinings.GetValueOrDefault(round.Id), Elsewhere = [.. elsewhere[round.Id]] });
    }
}

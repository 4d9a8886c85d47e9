using Microsoft.EntityFrameworkCore;
using Rasp.Data.Pdfs;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Joinings;

/// <summary>What became of recording how a candidate's asking ends.</summary>
public enum EndOutcome
{
    Done,

    /// <summary>There is no such candidate, or whoever asked may not.</summary>
    NotFound,

    /// <summary>It has ended meanwhile, or nothing is open yet on which to join.</summary>
    HasChanged,

    /// <summary>A partner has the candidate's name, or had it when the open round began: partners are told apart by their names.</summary>
    NameTaken,
}

/// <summary>
/// Organisations that ask to join a service that partners share already: their round, how deep members show themselves to them, to which of the
/// partners' rounds they are held, and how it ends. What a candidate answers, seals, withdraws and corrects is as in any round (<see cref="Sealing"/>).
/// </summary>
public sealed class JoiningDesk(RaspDb db, InstrumentLibrary instruments, ProgrammeDesk programmes, Trail trail, TimeProvider clock)
{
    /// <summary>The key of the stage at which a candidate answers, where its instrument has it.</summary>
    public const string Stage = "join";

    /// <summary>So many days a candidate is given, for a start. The date reminds, and closes nothing.</summary>
    private const int Days = 28;

    /// <summary>Opens a candidate's round, in the transaction of whoever accepts, with programme and open rounds locked. Null where the partners have no round that is open to all.</summary>
    internal async Task<Guid?> BeginAsync(Guid programme, Guid organisation, CancellationToken cancellation)
    {
        if (await db.LatestRevealedAsync(programme, cancellation) is not { } revealed) return null;
        var (now, instrument) = (clock.GetUtcNow(), instruments.Current);
        var round = new Round
        {
            Id = Guid.CreateVersion7(now),
            ProgrammeId = programme,
            // How often this one has asked: a number among all would tell it how many others have.
            Number = 1 + (await db.Rounds.Where(r => r.ProgrammeId == programme && r.CandidateId == organisation).MaxAsync(r => (int?)r.Number, cancellation) ?? 0),
            InstrumentId = instrument.Id,
            InstrumentVersion = instrument.Version,
            Stage = instrument.Stages.Any(s => s.Key == Stage) ? Stage : revealed.Stage,
            OpenedAt = now,
            ClosesOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(Days),
            CandidateId = organisation,
            BaseRoundId = revealed.Id,
        };
        db.Rounds.Add(round);
        await programmes.AddAssessmentAsync(round, organisation, cancellation);
        await db.SaveChangesAsync(cancellation);
        return round.Id;
    }

    /// <summary>
    /// Chooses how deep a candidate may see a member's part of the base round, no deeper than that shows there: as one likes until the reveal; after it
    /// deeper, or nothing, which takes back what the candidate saw and can't be undone. Where nobody else is waited for, they see each other.
    /// </summary>
    /// <param name="id">The candidate's round.</param>
    /// <param name="person">One of the member's leads.</param>
    /// <param name="member">Whose part.</param>
    /// <param name="depth">How deep.</param>
    /// <param name="held">The number of the round to which the candidate was held on the page that this lead read: it is a consent about that one.</param>
    /// <param name="wording">Which version of the words this lead consented to.</param>
    /// <param name="knowsItReveals">Whether the page had said that this opens it.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<SealOutcome> ChooseAsync(Guid id, Guid person, Guid member, Depth depth, int held, string wording, bool knowsItReveals, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockRoundAsync(id, cancellation);
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.CandidateId != null, cancellation) is not { } round) return SealOutcome.NotFound;
        if (!await db.IsLeadAsync(member, person, cancellation)) return SealOutcome.NotFound;
        if (round.RevealedAt is null && await db.JoiningOutcomes.AnyAsync(o => o.RoundId == id, cancellation)) return SealOutcome.HasChanged;
        if (!await db.Rounds.AnyAsync(r => r.Id == round.BaseRoundId && r.Number == held, cancellation)) return SealOutcome.HasChanged;
        var before = await db.JoiningConsents.AsNoTracking().Where(c => c.RoundId == id && c.OrganisationId == member).OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancellation);
        var counts = before?.BaseRoundId == round.BaseRoundId ? before : null;
        if (round.RevealedAt is null ? !(await db.AskedAsync(round, cancellation)).Contains(member) : counts is null) return SealOutcome.NotFound;
        var shown = await db.Assessments.AsNoTracking().Where(a => a.RoundId == round.BaseRoundId && a.OrganisationId == member && a.RevealedAt != null && a.WithdrawnAt == null)
            .OrderByDescending(a => a.Version).Select(a => a.Depth).FirstOrDefaultAsync(cancellation);
        if (depth > (shown ?? Depth.Nothing)) return SealOutcome.HasChanged;
        var isWithdrawal = round.RevealedAt is not null && depth == Depth.Nothing;
        if (round.RevealedAt is not null && (counts!.IsWithdrawal || (isWithdrawal ? counts.Depth == Depth.Nothing : depth <= counts.Depth))) return SealOutcome.IsRevealed;
        var now = clock.GetUtcNow();
        db.JoiningConsents.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            RoundId = id,
            BaseRoundId = round.BaseRoundId!.Value,
            OrganisationId = member,
            PersonId = person,
            Number = 1 + (before?.Number ?? 0),
            At = now,
            Depth = depth,
            IsWithdrawal = isWithdrawal,
            Wording = wording,
        });
        await db.SaveChangesAsync(cancellation);
        if (isWithdrawal) await db.OutdatePdfsAsync([round.ProgrammeId], cancellation);
        await trail.AppendAsync(
            db, new(isWithdrawal ? TrailKind.WithdrawnFromCandidate : TrailKind.JoiningDepthChosen, person) { Organisation = member, Programme = round.ProgrammeId, Subject = id, Detail = depth.Word() }, cancellation);
        var outcome = round.RevealedAt is null ? await db.RevealToMembersAsync(trail, round, knowsItReveals, now, cancellation) : SealOutcome.Done;
        if (outcome is SealOutcome.Done or SealOutcome.Revealed) await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>Holds a candidate to the partners' newest round that is open to all. What members chose was about the old one: all choose anew. By whoever started the programme.</summary>
    public async Task<SealOutcome> MoveBaseAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockAsync(id, cancellation) is not { } round) return SealOutcome.NotFound;
        if (await db.StarterAsync(round.ProgrammeId, person, cancellation) is not { } starter) return SealOutcome.NotFound;
        if (round.RevealedAt is not null) return SealOutcome.IsRevealed;
        if (await db.LatestRevealedAsync(round.ProgrammeId, cancellation) is not { } latest || latest.Id == round.BaseRoundId || await db.JoiningOutcomes.AnyAsync(o => o.RoundId == id, cancellation)) return SealOutcome.HasChanged;
        await db.Rounds.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.BaseRoundId, latest.Id), cancellation);
        await trail.AppendAllAsync(db, Both(TrailKind.JoiningBaseMoved, person, round, starter), cancellation);
        await transaction.CommitAsync(cancellation);
        return SealOutcome.Done;
    }

    /// <summary>
    /// Records how it ends: joined, once they see each other, or not now, by leads of whoever started the programme; withdrawn by the candidate's. Who
    /// joins is a partner from then on. Before they see each other, the candidate's answers stay its own for ever; after, what was shown stays shown.
    /// </summary>
    public async Task<EndOutcome> EndAsync(Guid id, Guid person, JoiningEnd end, string? note, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockAsync(id, cancellation) is not { } round) return EndOutcome.NotFound;
        var candidate = round.CandidateId!.Value;
        await db.LockOrganisationsAsync([candidate], cancellation);
        var starter = await db.StarterAsync(round.ProgrammeId, person, cancellation);
        if (end == JoiningEnd.Withdrawn ? !await db.IsLeadAsync(candidate, person, cancellation) : starter is null) return EndOutcome.NotFound;
        if (await db.JoiningOutcomes.AnyAsync(o => o.RoundId == id, cancellation)) return EndOutcome.HasChanged;
        var now = clock.GetUtcNow();
        if (end == JoiningEnd.Joined)
        {
            var name = await db.Organisations.Where(o => o.Id == candidate).Select(o => o.Name).SingleOrDefaultAsync(cancellation);
            if (round.RevealedAt is null || name is null) return EndOutcome.HasChanged;
            var partners = await db.Partners.Where(p => p.ProgrammeId == round.ProgrammeId).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { o.Id, o.Name }).ToListAsync(cancellation);
            if (partners.Any(p => p.Id == candidate)) return EndOutcome.HasChanged;
            if (partners.Select(p => p.Name).Concat(await db.NamesInOpenRoundAsync(round.ProgrammeId, candidate, cancellation)).Contains(name, StringComparer.OrdinalIgnoreCase)) return EndOutcome.NameTaken;
            db.Partners.Add(new() { ProgrammeId = round.ProgrammeId, OrganisationId = candidate, IsStarter = false, Since = now });
            await db.SaveChangesAsync(cancellation);
            await programmes.JoinOpenRoundAsync(round.ProgrammeId, candidate, cancellation);
        }
        else if (round.RevealedAt is null)
        {
            await db.Assessments.Where(a => a.RoundId == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.LeftAt, now).SetProperty(x => x.IsOpen, false), cancellation);
        }
        db.JoiningOutcomes.Add(new() { RoundId = id, End = end, At = now, Note = note });
        await db.SaveChangesAsync(cancellation);
        var told = starter ?? await db.Partners.Where(p => p.ProgrammeId == round.ProgrammeId && p.IsStarter).OrderBy(p => p.OrganisationId).Select(p => (Guid?)p.OrganisationId).FirstOrDefaultAsync(cancellation);
        await trail.AppendAllAsync(db, [.. Both(TrailKind.JoiningEnded, person, round, told).Select(e => e with { Detail = end.ToString() })], cancellation);
        await transaction.CommitAsync(cancellation);
        return EndOutcome.Done;
    }

    /// <summary>A candidate's round with its programme and all that is open in it locked; null where there is none.</summary>
    private async Task<Round?> LockAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.Rounds.Where(r => r.Id == id && r.CandidateId != null).Select(r => (Guid?)r.ProgrammeId).SingleOrDefaultAsync(cancellation) is not { } programme) return null;
        await db.LockProgrammesAsync([programme], cancellation);
        var rounds = await db.Rounds.Where(r => r.Id == id || (r.ProgrammeId == programme && r.RevealedAt == null)).Select(r => r.Id).ToListAsync(cancellation);
        foreach (var one in rounds.Order()) await db.LockRoundAsync(one, cancellation);
        return await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation);
    }

    /// <summary>Both sides read it in their part of the trail.</summary>
    private static IReadOnlyList<TrailEvent> Both(TrailKind kind, Guid person, Round round, Guid? starter) =>
        [.. new[] { starter, round.CandidateId }.OfType<Guid>().Distinct().Select(o => new TrailEvent(kind, person) { Organisation = o, Programme = round.ProgrammeId, Subject = round.Id })];
}

/// <summary>What several of those ask who deal with candidates.</summary>
internal static class JoiningQueries
{
    /// <summary>The partners' newest round that is open to all; null where none is.</summary>
    public static Task<Round?> LatestRevealedAsync(this RaspDb db, Guid programme, CancellationToken cancellation) =>
        db.Rounds.AsNoTracking().Where(r => r.ProgrammeId == programme && r.CandidateId == null && r.RevealedAt != null).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancellation);

    /// <summary>The organisation for which this person leads among a programme's partners; null where there is none.</summary>
    public static async Task<Guid?> LedPartnerAsync(this RaspDb db, Guid programme, Guid person, CancellationToken cancellation) =>
        await db.Partners.Where(p => p.ProgrammeId == programme && db.Memberships.Any(m => m.OrganisationId == p.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead))
            .OrderByDescending(p => p.IsStarter).ThenBy(p => p.Since).ThenBy(p => p.OrganisationId).Select(p => (Guid?)p.OrganisationId).FirstOrDefaultAsync(cancellation);

    /// <summary>Organisations that ask to join a programme, and of which it is not recorded how that ends.</summary>
    public static IQueryable<Guid> CandidatesOf(this RaspDb db, Guid programme) =>
        db.Rounds.Where(r => r.ProgrammeId == programme && r.CandidateId != null && !db.JoiningOutcomes.Any(o => o.RoundId == r.Id)).Select(r => r.CandidateId!.Value);

    /// <summary>The members whose choice a candidate's reveal waits for: partners who show something in the base round.</summary>
    public static async Task<HashSet<Guid>> AskedAsync(this RaspDb db, Round round, CancellationToken cancellation) =>
        [.. await db.Assessments.Where(a => a.RoundId == round.BaseRoundId && a.Version == 1 && a.RevealedAt != null && a.WithdrawnAt == null
                && db.Partners.Any(p => p.ProgrammeId == round.ProgrammeId && p.OrganisationId == a.OrganisationId))
            .Select(a => a.OrganisationId!.Value).ToListAsync(cancellation)];

    /// <summary>The last choice of each member that counts, by the candidate's round and the member.</summary>
    public static async Task<Dictionary<(Guid Round, Guid Member), JoiningConsent>> CountingConsentsAsync(this RaspDb db, IReadOnlyCollection<Round> rounds, CancellationToken cancellation)
    {
        var bases = rounds.ToDictionary(r => r.Id, r => r.BaseRoundId);
        return (await db.JoiningConsents.AsNoTracking().Where(c => bases.Keys.Contains(c.RoundId)).ToListAsync(cancellation))
            .GroupBy(c => (c.RoundId, c.OrganisationId)).Select(c => c.MaxBy(x => x.Number)!).Where(c => c.BaseRoundId == bases[c.RoundId])
            .ToDictionary(c => (c.RoundId, c.OrganisationId));
    }

    /// <summary>Opens a candidate and the members to each other where it has sealed and shows something, and each member has chosen; the round is locked.</summary>
    public static async Task<SealOutcome> RevealToMembersAsync(this RaspDb db, Trail trail, Round round, bool knowsItReveals, DateTimeOffset now, CancellationToken cancellation)
    {
        var part = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(
            a => a.RoundId == round.Id && a.Version == 1 && a.LeftAt == null && a.SealedAt != null && a.Depth != Depth.Nothing, cancellation);
        var asked = await db.AskedAsync(round, cancellation);
        var chosen = await db.CountingConsentsAsync([round], cancellation);
        if (part is null || asked.Count == 0 || asked.Any(m => !chosen.ContainsKey((round.Id, m)))) return SealOutcome.Done;
        if (!knowsItReveals) return SealOutcome.WouldReveal;
        await db.Rounds.Where(r => r.Id == round.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.RevealedAt, now), cancellation);
        await db.Assessments.Where(a => a.Id == part.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.RevealedAt, now).SetProperty(x => x.IsOpen, false), cancellation);
        await trail.AppendAllAsync(
            db,
            [
                new(TrailKind.Revealed, null) { Organisation = part.OrganisationId, Programme = round.ProgrammeId, Subject = part.Id, Detail = part.Depth!.Value.Word() },
                .. asked.Order().Select(m => new TrailEvent(TrailKind.ShownToCandidate, null) { Organisation = m, Programme = round.ProgrammeId, Subject = round.Id, Detail = chosen[(round.Id, m)].Depth.Word() }),
            ],
            cancellation);
        return SealOutcome.Revealed;
    }
}

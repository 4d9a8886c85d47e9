using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;

namespace Rasp.Data.Plans;

/// <summary>Where a plan is looked for: at a programme, whose joint plan is meant; or at an assessment, which leads to its organisation's own.</summary>
public readonly record struct PlanAddress(Guid Id, bool IsJoint);

/// <summary>
/// Who comes in to a plan. To an own plan, whoever sees that organisation’s results: its leads, and in confidence whoever holds the link. To a
/// joint one, once a round is revealed, the people of partners that were revealed in one, and facilitators; partners' leads change it.
/// </summary>
internal sealed record PlanAccess
{
    public required PlanAddress Address { get; init; }

    public Guid? Programme { get; init; }

    /// <summary>Whose own plan it is; null for a joint one, and in confidence.</summary>
    public Guid? Organisation { get; init; }

    /// <summary>In confidence; null in a programme.</summary>
    public Guid? Assessment { get; init; }

    /// <summary>The round of the assessment by which an own plan was looked for.</summary>
    public Guid? Round { get; init; }

    public required bool MayEdit { get; init; }

    public Guid? Person { get; init; }

    /// <summary>For which organisations one acts in a joint plan: those that one leads.</summary>
    public IReadOnlyList<Guid> ActsFor { get; init; } = [];

    /// <summary>In a joint plan, each revealed round that one took part in, or facilitates: with those who show something in it still, and so can take on what comes of it. What comes of other rounds is not there.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlySet<Guid>> Rounds { get; init; } = new Dictionary<Guid, IReadOnlySet<Guid>>();

    /// <summary>In a joint plan, the organisations by which one sees it.</summary>
    public IReadOnlyList<Guid> Own { get; init; } = [];

    /// <summary>Rounds in which one shows nothing any more, and so sees nothing.</summary>
    public IReadOnlySet<Guid> WithdrawnFrom { get; init; } = new HashSet<Guid>();

    /// <summary>Who is in the programme now.</summary>
    public IReadOnlySet<Guid> Partners { get; init; } = new HashSet<Guid>();

    public static async Task<PlanAccess?> OpenAsync(RaspDb db, PlanAddress address, Holder holder, DateTimeOffset now, CancellationToken cancellation) =>
        address.IsJoint ? await OpenJointAsync(db, address, holder, cancellation) : await OpenOwnAsync(db, address, holder, now, cancellation);

    /// <summary>The plan, as far as there is one already.</summary>
    public IQueryable<Plan> PlanIn(RaspDb db)
    {
        var (programme, organisation, assessment) = (Programme, Organisation, Assessment);
        return assessment is not null ? db.Plans.Where(p => p.AssessmentId == assessment) : db.Plans.Where(p => p.ProgrammeId == programme && p.OrganisationId == organisation);
    }

    /// <summary>Its actions, as far as they are there for whoever asks.</summary>
    public IQueryable<PlannedAction> ActionsIn(RaspDb db)
    {
        var plan = PlanIn(db);
        var actions = db.PlannedActions.Where(a => plan.Any(p => p.Id == a.PlanId));
        if (!Address.IsJoint) return actions;
        var (rounds, withdrawn, own) = (Rounds.Keys.ToList(), WithdrawnFrom.ToList(), Own.ToList());
        // What was drafted since one withdrew comes of what the others alone show each other: you see as much as you show.
        return actions.Where(a => a.RoundId == null || (rounds.Contains(a.RoundId.Value)
            && !(withdrawn.Contains(a.RoundId.Value) && db.Assessments.Any(x => x.RoundId == a.RoundId && own.Contains(x.OrganisationId!.Value) && x.WithdrawnAt != null && x.WithdrawnAt < a.AddedAt))));
    }

    /// <summary>Waits until nobody else changes who may change this plan, and keeps others waiting until the transaction ends.</summary>
    public Task LockAsync(RaspDb db, CancellationToken cancellation) =>
        Assessment is { } assessment ? db.LockAssessmentAsync(assessment, cancellation)
        : Organisation is { } organisation ? db.LockOrganisationsAsync([organisation], cancellation)
        : db.LockProgrammesAsync([Programme!.Value], cancellation);

    /// <summary>Who can take on an action that comes of a round: its partners, as far as they see it.</summary>
    public IEnumerable<Guid> OwnersFor(Guid? round) => round is { } one ? Partners.Where(p => Rounds.TryGetValue(one, out var there) && there.Contains(p)) : Partners.Where(p => Rounds.Values.Any(r => r.Contains(p)));

    private static async Task<PlanAccess?> OpenOwnAsync(RaspDb db, PlanAddress address, Holder holder, DateTimeOffset now, CancellationToken cancellation)
    {
        var expired = now - Seen.KeptFor;
        var (link, person) = (holder.LinkOrNone, holder.PersonOrNone);
        // As Holder.LeadsSql.
        var found = await db.Assessments.AsNoTracking().Where(a => a.Id == address.Id
                && (((a.LinkHash == link || a.OwnerId == person) && (a.LastUsedAt > expired || a.OwnerId != null))
                    || db.Memberships.Any(m => m.OrganisationId == a.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead)))
            .Select(a => new { a.Id, a.OrganisationId, a.RoundId, Programme = db.Rounds.Where(r => r.Id == a.RoundId).Select(r => (Guid?)r.ProgrammeId).FirstOrDefault() }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : new()
        {
            Address = address,
            Programme = found.Programme,
            Organisation = found.OrganisationId,
            Assessment = found.RoundId is null ? found.Id : null,
            Round = found.RoundId,
            MayEdit = true,
            Person = holder.Person,
        };
    }

    private static async Task<PlanAccess?> OpenJointAsync(RaspDb db, PlanAddress address, Holder holder, CancellationToken cancellation)
    {
        if (holder.Person is not { } person) return null;
        var viewer = new Viewer(person, holder.Organisation);
        var mine = await db.MembershipsOf(viewer).AsNoTracking().ToDictionaryAsync(m => m.OrganisationId, m => m.Role, cancellation);
        var isFacilitator = await db.FacilitatesAsync(address.Id, viewer, cancellation);
        var partners = (await db.Partners.AsNoTracking().Where(p => p.ProgrammeId == address.Id).Select(p => p.OrganisationId).ToListAsync(cancellation)).ToHashSet();
        var parts = await db.Assessments.AsNoTracking().Where(a => a.RevealedAt != null && db.Rounds.Any(r => r.Id == a.RoundId && r.ProgrammeId == address.Id && r.CandidateId == null))
            .Select(a => new { Round = a.RoundId!.Value, Organisation = a.OrganisationId!.Value, IsWithdrawn = a.WithdrawnAt != null }).ToListAsync(cancellation);
        // Who has left sees the rounds it took part in, and no work that goes on without it.
        var own = mine.Keys.Where(o => partners.Contains(o) && parts.Any(p => p.Organisation == o)).ToHashSet();
        if (parts.Count == 0 || (own.Count == 0 && !isFacilitator)) return null;
        var rounds = parts.GroupBy(p => p.Round).Where(r => isFacilitator || r.Any(p => own.Contains(p.Organisation))).ToList();
        return new()
        {
            Address = address,
            Programme = address.Id,
            MayEdit = own.Any(o => mine[o] == MemberRole.Lead),
            Person = person,
            Own = [.. own.Order()],
            ActsFor = [.. own.Where(o => mine[o] == MemberRole.Lead).Order()],
            Rounds = rounds.ToDictionary(r => r.Key, r => (IReadOnlySet<Guid>)r.GroupBy(p => p.Organisation).Where(o => !o.Any(p => p.IsWithdrawn)).Select(o => o.Key).ToHashSet()),
            WithdrawnFrom = isFacilitator ? new HashSet<Guid>() : rounds.Where(r => r.Where(p => own.Contains(p.Organisation)).GroupBy(p => p.Organisation).All(o => o.Any(p => p.IsWithdrawn))).Select(r => r.Key).ToHashSet(),
            Partners = partners,
        };
    }
}

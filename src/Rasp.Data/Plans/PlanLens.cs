using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Plans;

namespace Rasp.Data.Plans;

/// <summary>A plan as one person may see it.</summary>
public sealed record SeenPlan
{
    public required PlanAddress Address { get; init; }

    /// <summary>The programme's name, or in confidence the organisation's.</summary>
    public required string Title { get; init; }

    /// <summary>Whose own it is; null where it is joint.</summary>
    public required string? Organisation { get; init; }

    /// <summary>Null in confidence.</summary>
    public required Guid? Programme { get; init; }

    public required bool MayEdit { get; init; }

    /// <summary>Overdue first, then by due date; what has none, by when it was added.</summary>
    public required IReadOnlyList<SeenAction> Actions { get; init; }

    /// <summary>By day.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    /// <summary>Who can take an action on, in a joint plan, by name; empty in others.</summary>
    public required IReadOnlyList<(Guid Id, string Name)> Partners { get; init; }

    /// <summary>Who can be chosen to be reminded: one's own leads, by address.</summary>
    public required IReadOnlyList<(Guid Id, string Email)> People { get; init; }

    /// <summary>Of the instrument that is used now.</summary>
    public required Instrument Instrument { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>Whose data of others this shows, to whom.</summary>
    public required IReadOnlyList<Reading> Readings { get; init; }

    public bool IsJoint => Address.IsJoint;

    /// <summary>What was promised, and a later round, sealed or revealed, shows that it did not move.</summary>
    public IEnumerable<SeenAction> Unkept => Actions.Where(a => a is { IsJudged: true, Judgement.IsUnkept: true } && a.State != ActionState.Dropped);

    public SeenAction? Find(Guid id) => Actions.FirstOrDefault(a => a.Id == id);
}

/// <summary>An action as one person may see it.</summary>
public sealed record SeenAction
{
    public required Guid Id { get; init; }

    public required string What { get; init; }

    public required string? Why { get; init; }

    /// <summary>The key of its area; null where it has none.</summary>
    public required string? Area { get; init; }

    /// <summary>The question whose finding it answers, by its key in full; null where there is none.</summary>
    public required string? Question { get; init; }

    public required Guid? Round { get; init; }

    public required DateOnly? Due { get; init; }

    public required ActionState State { get; init; }

    public required Guid? Milestone { get; init; }

    public required string? Person { get; init; }

    /// <summary>Who is reminded; null for the leads.</summary>
    public required Guid? Reminded { get; init; }

    /// <summary>In a joint plan, who has taken it on, by name.</summary>
    public required IReadOnlyList<SeenOwner> Owners { get; init; }

    /// <summary>In a joint plan, who can take it on: those who may see it.</summary>
    public required IReadOnlySet<Guid> Takers { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>What a change must name.</summary>
    public required int Version { get; init; }

    public required bool IsOverdue { get; init; }

    /// <summary>Where the finding was made: “round 1”; null where there is none.</summary>
    public required string? FoundIn { get; init; }

    /// <summary>Whether the answer moved; null where there is no question, or what it rested on is not to be seen.</summary>
    public required Judgement? Judgement { get; init; }

    /// <summary>By what it was judged: “round 2”; null where by nothing yet.</summary>
    public required string? JudgedBy { get; init; }

    /// <summary>Whether that was sealed or revealed, and stands.</summary>
    public required bool IsJudged { get; init; }

    public bool IsOpen => State is ActionState.ToDo or ActionState.Doing;
}

/// <summary>An organisation that has taken an action on.</summary>
/// <param name="Organisation">Null once it was erased.</param>
/// <param name="Name">What it is called, or was.</param>
/// <param name="HasLeft">Whether it is in the programme no more.</param>
public sealed record SeenOwner(Guid? Organisation, string Name, bool HasLeft);

/// <summary>A note beside an action.</summary>
/// <param name="Action">Which.</param>
/// <param name="At">When it was written.</param>
/// <param name="By">By whom: a partner's name, or a colleague's address; null where nobody knows.</param>
/// <param name="Text">What was written.</param>
public sealed record SeenNote(Guid Action, DateTimeOffset At, string? By, string Text);

/// <summary>
/// Shows plans. An own plan is judged by one's own results, a joint one by what all partners may see of each other, so that it says the same to
/// all. How much is read depends on how many rounds there are, not on how many actions.
/// </summary>
public sealed class PlanLens(RaspDb db, Seen seen, RoundLens rounds, InstrumentLibrary instruments, TimeProvider clock)
{
    /// <summary>The plan, also where nothing is in it yet; null for whoever may not see it.</summary>
    public async Task<SeenPlan?> FindAsync(PlanAddress address, Holder holder, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await PlanAccess.OpenAsync(db, address, holder, now, cancellation) is not { } access) return null;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var rows = await access.ActionsIn(db).AsNoTracking().ToListAsync(cancellation);
        var plan = access.PlanIn(db);
        var milestones = await db.Milestones.AsNoTracking().Where(m => plan.Any(p => p.Id == m.PlanId)).OrderBy(m => m.On).ThenBy(m => m.Id).ToListAsync(cancellation);
        var ids = rows.ConvertAll(r => r.Id);
        var owners = !address.IsJoint ? Array.Empty<ActionOwner>().ToLookup(o => o.ActionId)
            : (await db.ActionOwners.AsNoTracking().Where(o => ids.Contains(o.ActionId)).ToListAsync(cancellation)).ToLookup(o => o.ActionId);
        var organisations = access.Partners.Append(access.Organisation ?? Guid.Empty).ToList();
        var names = await db.Organisations.AsNoTracking().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        var own = address.IsJoint ? access.ActsFor : access.Organisation is { } one ? [one] : [];
        var people = access.MayEdit ? await db.Users.AsNoTracking().Where(p => db.Memberships.Any(m => m.PersonId == p.Id && m.Role == MemberRole.Lead && own.Contains(m.OrganisationId)))
            .OrderBy(p => p.Email).Select(p => new { p.Id, p.Email }).ToListAsync(cancellation) : [];
        var programme = access.Programme is { } id ? await db.Programmes.AsNoTracking().Where(p => p.Id == id).Select(p => p.Name).SingleAsync(cancellation) : null;
        var confidential = access.Assessment is { } assessment ? await db.Assessments.AsNoTracking().Where(a => a.Id == assessment).Select(a => a.Organisation ?? "Our organisation").SingleAsync(cancellation) : null;
        var (judge, readings) = await JudgeAsync(access, holder, rows, cancellation);
        return new()
        {
            Address = address,
            Title = programme ?? confidential!,
            Organisation = confidential ?? (access.Organisation is { } mine ? names[mine] : null),
            Programme = access.Programme,
            MayEdit = access.MayEdit,
            Actions = [.. rows.Select(r => Show(r)).OrderBy(a => a.IsOverdue ? 0 : 1).ThenBy(a => a.Due ?? DateOnly.MaxValue).ThenBy(a => a.AddedAt).ThenBy(a => a.Id)],
            Milestones = milestones,
            Partners = address.IsJoint ? [.. access.OwnersFor(null).Where(names.ContainsKey).Select(o => (o, names[o])).OrderBy(o => o.Item2, StringComparer.Ordinal)] : [],
            People = [.. people.Select(p => (p.Id, p.Email!))],
            Instrument = instruments.Current,
            Today = today,
            Readings = readings,
        };

        SeenAction Show(PlannedAction row)
        {
            var (foundIn, judgement, judgedBy, isJudged) = judge(row);
            return new()
            {
                Id = row.Id,
                What = row.What,
                Why = row.Why,
                Area = row.Area,
                Question = row.Question,
                Round = row.RoundId,
                Due = row.Due,
                State = row.State,
                Milestone = row.MilestoneId,
                Person = row.Person,
                Reminded = row.PersonId,
                Owners = [.. owners[row.Id].Select(o => new SeenOwner(o.OrganisationId, o.OrganisationId is { } there && names.TryGetValue(there, out var name) ? name : o.Name, o.OrganisationId is not { } partner || !access.Partners.Contains(partner)))
                    .OrderBy(o => o.Name, StringComparer.Ordinal)],
                Takers = address.IsJoint ? access.OwnersFor(row.RoundId).ToHashSet() : new HashSet<Guid>(),
                AddedAt = row.AddedAt,
                ChangedAt = row.ChangedAt,
                Version = row.Version,
                IsOverdue = row.State is ActionState.ToDo or ActionState.Doing && row.Due < today,
                FoundIn = foundIn,
                Judgement = judgement,
                JudgedBy = judgedBy,
                IsJudged = isJudged,
            };
        }
    }

    /// <summary>The notes of these actions of a plan that somebody has before them, the oldest first.</summary>
    public async Task<IReadOnlyList<SeenNote>> NotesAsync(SeenPlan plan, IReadOnlyCollection<Guid> actions, CancellationToken cancellation)
    {
        var shown = plan.Actions.Select(a => a.Id).Intersect(actions).ToList();
        var rows = await db.ActionNotes.AsNoTracking().Where(n => shown.Contains(n.ActionId)).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(cancellation);
        // Addresses are for one's own people: partners know each other by their organisations.
        var writers = plan.IsJoint ? [] : rows.Select(n => n.PersonId).Distinct().ToList();
        var emails = await db.Users.AsNoTracking().Where(p => writers.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email, cancellation);
        return [.. rows.Select(n => new SeenNote(n.ActionId, n.At, n.Organisation ?? (n.PersonId is { } by ? emails.GetValueOrDefault(by) : null), n.Text))];
    }

    /// <summary>
    /// Which questions' findings are in the plan already, with the action that answers each: of this round, or still open. Empty for whoever may not
    /// change it: nothing is offered to them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Guid>?> AnsweredAsync(PlanAddress address, Holder holder, Guid? round, CancellationToken cancellation)
    {
        if (await PlanAccess.OpenAsync(db, address, holder, clock.GetUtcNow(), cancellation) is not { MayEdit: true } access) return null;
        var from = address.IsJoint ? round : access.Round;
        if (address.IsJoint && (from is not { } one || access.WithdrawnFrom.Contains(one))) return null;
        var actions = await access.ActionsIn(db).AsNoTracking().Where(a => a.Question != null && (a.RoundId == from || a.State == ActionState.ToDo || a.State == ActionState.Doing))
            .OrderByDescending(a => a.AddedAt).Select(a => new { a.Question, a.Id }).ToListAsync(cancellation);
        return actions.DistinctBy(a => a.Question).ToDictionary(a => a.Question!, a => a.Id, StringComparer.Ordinal);
    }

    private async Task<(Func<PlannedAction, (string? FoundIn, Judgement? Judgement, string? By, bool IsJudged)> Judge, IReadOnlyList<Reading> Readings)> JudgeAsync(
        PlanAccess access, Holder holder, List<PlannedAction> rows, CancellationToken cancellation)
    {
        if (rows.All(r => r.Question is null)) return (_ => default, []);
        if (access.Assessment is { } assessment)
        {
            if (await AgainAsync(assessment, holder, cancellation) is { } again)
            {
                var name = again.Facts.StartedAt.ToString("MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
                return (row => row.Question is null ? default : ("this assessment", Judgement.Of(Then(row), again.Result.Find(row.Question) is { } later ? Standing.Of(later) : null), name, true), []);
            }
            var result = (await seen.AssessmentAsync(assessment, holder, cancellation))?.Result;
            // There is one round: what counts is whether the answer has been changed since.
            return (row => row.Question is null ? default : JudgeNow(row, result?.Find(row.Question) is { } now ? Standing.Of(now) : null), []);
        }
        // One's own rounds include that with which one asked to join.
        var inTime = await db.Rounds.AsNoTracking().Where(r => r.ProgrammeId == access.Programme && (r.CandidateId == null || r.CandidateId == access.Organisation)).OrderBy(r => r.OpenedAt).ThenBy(r => r.Number)
            .Select(r => new { r.Id, r.Number, IsJoining = r.CandidateId != null }).ToListAsync(cancellation);
        var places = inTime.Select((r, i) => (r.Id, Place: new RoundPlace(i, r.IsJoining ? "asking to join" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"round {r.Number}")))).ToDictionary(r => r.Id, r => r.Place);
        return access.Address.IsJoint ? await JudgeJointlyAsync(access, holder, rows, places, cancellation) : (await JudgeOwnAsync(access, holder, places, cancellation), []);
    }

    /// <summary>By the same assessment, as it is now: that an answer is what it was when the action was added says nothing yet.</summary>
    private static (string?, Judgement?, string?, bool) JudgeNow(PlannedAction row, Standing? now)
    {
        var judgement = Judgement.Of(Then(row), now);
        return ("this assessment", judgement.Movement == Movement.DidNotMove ? Judgement.Of(Then(row), null) : judgement, judgement.Movement is Movement.Moved or Movement.Fell ? "now" : null, false);
    }

    /// <summary>The newest assessment in the same account that looks at this one again; null where there is none.</summary>
    private async Task<SeenAssessment?> AgainAsync(Guid assessment, Holder holder, CancellationToken cancellation)
    {
        var person = holder.PersonOrNone;
        var newest = default(Guid?);
        for (var id = (Guid?)assessment; id is { } at; newest = id ?? newest)
        {
            id = await db.Assessments.Where(a => a.AgainOf == at && a.OwnerId == person).OrderByDescending(a => a.StartedAt).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellation);
        }
        return newest is { } found ? await seen.AssessmentAsync(found, holder, cancellation) : null;
    }

    /// <summary>By one's own results in the newest round, or the one before where that has no answer yet.</summary>
    private async Task<Func<PlannedAction, (string?, Judgement?, string?, bool)>> JudgeOwnAsync(PlanAccess access, Holder holder, Dictionary<Guid, RoundPlace> places, CancellationToken cancellation)
    {
        var parts = await db.Assessments.AsNoTracking().Where(a => a.OrganisationId == access.Organisation && a.RoundId != null && db.Rounds.Any(r => r.Id == a.RoundId && r.ProgrammeId == access.Programme))
            .Select(a => new { a.Id, Round = a.RoundId!.Value, a.Version, IsSealed = a.SealedAt != null }).ToListAsync(cancellation);
        var newest = new List<(RoundPlace Place, bool IsSealed, Readiness.Scoring.AssessmentResult Result)>();
        foreach (var part in parts.Where(p => places.ContainsKey(p.Round)).OrderByDescending(p => places[p.Round].Place).ThenByDescending(p => p.Version).DistinctBy(p => p.Round).Take(2))
        {
            if (await seen.AssessmentAsync(part.Id, holder, cancellation) is { } own) newest.Add((places[part.Round], part.IsSealed, own.Result));
        }
        return row =>
        {
            if (row is not { Question: { } key, RoundId: { } round } || !places.TryGetValue(round, out var from)) return default;
            foreach (var later in newest.Where(n => n.Place.Place > from.Place))
            {
                var judgement = Judgement.Of(Then(row), later.Result.Find(key) is { } now ? Standing.Of(now) : null);
                if (judgement.Movement != Movement.NotAnsweredAgain) return (from.Name, judgement, later.Place.Name, later.IsSealed);
            }
            return (from.Name, Judgement.Of(Then(row), null), newest.Any(n => n.Place.Place > from.Place) ? newest[0].Place.Name : null, false);
        };
    }

    /// <summary>By the lowest level of those who show themselves to all in the newest revealed round.</summary>
    private async Task<(Func<PlannedAction, (string?, Judgement?, string?, bool)>, IReadOnlyList<Reading>)> JudgeJointlyAsync(
        PlanAccess access, Holder holder, List<PlannedAction> rows, Dictionary<Guid, RoundPlace> places, CancellationToken cancellation)
    {
        var last = access.Rounds.Keys.MaxBy(r => places[r].Place);
        var grounds = new Dictionary<Guid, Readiness.Scoring.Comparison>();
        var readings = new List<Reading>();
        foreach (var round in rows.Where(r => r.Question is not null).Select(r => r.RoundId).OfType<Guid>().Append(last).Distinct().Where(r => !access.WithdrawnFrom.Contains(r)))
        {
            if (await rounds.CommonGroundAsync(round, new(access.Person!.Value, holder.Organisation), cancellation) is not { Compared: { } compared } ground) continue;
            grounds[round] = compared;
            readings.Add(ground.Reading);
        }
        return (row =>
        {
            if (row is not { Question: { } key, RoundId: { } round }) return default;
            var foundIn = places[round].Name;
            if (grounds.GetValueOrDefault(round)?.Find(key) is not { } then) return (foundIn, null, null, false);
            if (last == round) return (foundIn, Judgement.Of(Standing.Of(then), null), null, false);
            if (!grounds.TryGetValue(last, out var now)) return (foundIn, null, null, false);
            return (foundIn, Judgement.Of(Standing.Of(then), now.Find(key) is { } compared ? Standing.Of(compared) : null), places[last].Name, true);
        }, readings);
    }

    private static Standing Then(PlannedAction row) => new(row.Revision!.Value, row.Level, true);

    /// <summary>A round among those of its programme.</summary>
    /// <param name="Place">In time, from 0.</param>
    /// <param name="Name">In words, within a sentence.</param>
    private sealed record RoundPlace(int Place, string Name);
}

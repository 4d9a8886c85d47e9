using Microsoft.EntityFrameworkCore;
using Rasp.Readiness.Plans;

namespace Rasp.Data.Plans;

/// <summary>What can be said of an action.</summary>
public sealed record ActionWords
{
    public const int WhatMaxLength = PlannedAction.WhatMaxLength;
    public const int WhyMaxLength = PlannedAction.WhyMaxLength;
    public const int PersonMaxLength = PlannedAction.PersonMaxLength;
    public const int NoteMaxLength = ActionNote.TextMaxLength;

    public required string What { get; init; }

    public string? Why { get; init; }

    /// <summary>The key of an area. That of an action with a question is its question’s, whatever is said here.</summary>
    public string? Area { get; init; }

    public DateOnly? Due { get; init; }

    public ActionState State { get; init; }

    public Guid? Milestone { get; init; }

    public string? Person { get; init; }

    /// <summary>Who is reminded; null for the leads.</summary>
    public Guid? Reminded { get; init; }

    /// <summary>In a joint plan, the organisations that take it on.</summary>
    public IReadOnlyCollection<Guid> Owners { get; init; } = [];
}

/// <summary>What became of a change to a plan.</summary>
public enum PlanOutcome
{
    Done,

    /// <summary>There is no such thing, or not for whoever asked.</summary>
    NotFound,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Stale,
}

/// <summary>Changes plans. Each change looks again whether whoever makes it may.</summary>
public sealed class PlanDesk(RaspDb db, TimeProvider clock)
{
    /// <summary>
    /// Puts the draft of a question's finding into the plan. Where an action of the same round answers it already, or one that is still open, that is it.
    /// Null for whoever may not.
    /// </summary>
    /// <param name="address">Which plan.</param>
    /// <param name="holder">Who asks.</param>
    /// <param name="draft">What to do, made from what whoever may see this plan may see.</param>
    /// <param name="round">The round of a joint plan's finding; an own plan's is that of its address.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(Guid Action, bool IsNew)?> AddAsync(PlanAddress address, Holder holder, Draft draft, Guid? round, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(address, holder, cancellation) is not { } access) return null;
        var from = address.IsJoint ? round : access.Round;
        if (address.IsJoint && (from is not { } one || !access.Rounds.ContainsKey(one) || access.WithdrawnFrom.Contains(one))) return null;
        var key = draft.Question.Key;
        var there = await access.ActionsIn(db).Where(a => a.Question == key && (a.RoundId == from || a.State == ActionState.ToDo || a.State == ActionState.Doing))
            .OrderByDescending(a => a.AddedAt).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellation);
        if (there is { } known) return (known, false);
        var owners = access.ActsFor.Intersect(access.OwnersFor(from)).Take(1).ToList();
        var id = await StoreAsync(access, new() { What = Fit(draft.What, ActionWords.WhatMaxLength), Why = Fit(draft.Why, ActionWords.WhyMaxLength), Area = draft.Question.Area, Owners = owners }, draft, from, cancellation);
        await transaction.CommitAsync(cancellation);
        return (id, true);
    }

    /// <summary>Adds what somebody thought of; null for whoever may not.</summary>
    public async Task<Guid?> AddAsync(PlanAddress address, Holder holder, ActionWords words, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(address, holder, cancellation) is not { } access) return null;
        var id = await StoreAsync(access, words, null, null, cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Changes an action.</summary>
    /// <param name="address">Which plan.</param>
    /// <param name="holder">Who asks.</param>
    /// <param name="id">Which action.</param>
    /// <param name="words">What is to be said of it.</param>
    /// <param name="version">The version that the page showed.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PlanOutcome> ChangeAsync(PlanAddress address, Holder holder, Guid id, ActionWords words, int version, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(address, holder, cancellation) is not { } access) return PlanOutcome.NotFound;
        if (await access.ActionsIn(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation) is not { } stored) return PlanOutcome.NotFound;
        if (stored.Version != version) return PlanOutcome.Stale;
        words = await CheckAsync(access, stored.PlanId, stored.RoundId, stored.PersonId, words, cancellation);
        var now = clock.GetUtcNow();
        var (area, dueSetAt) = (stored.Question is null ? words.Area : stored.Area, words.Due == stored.Due ? stored.DueSetAt : now);
        await db.PlannedActions.Where(a => a.Id == id).ExecuteUpdateAsync(
            a => a.SetProperty(x => x.What, words.What).SetProperty(x => x.Why, words.Why).SetProperty(x => x.Area, area).SetProperty(x => x.Due, words.Due).SetProperty(x => x.DueSetAt, dueSetAt)
                .SetProperty(x => x.State, words.State).SetProperty(x => x.MilestoneId, words.Milestone).SetProperty(x => x.Person, words.Person).SetProperty(x => x.PersonId, words.Reminded)
                .SetProperty(x => x.ChangedAt, now).SetProperty(x => x.Version, version + 1),
            cancellation);
        if (address.IsJoint) await OwnAsync(access, id, stored.RoundId, words.Owners, cancellation);
        await transaction.CommitAsync(cancellation);
        return PlanOutcome.Done;
    }

    /// <summary>Says how far an action has got; the rest as for <see cref="ChangeAsync"/>.</summary>
    public async Task<PlanOutcome> MoveAsync(PlanAddress address, Holder holder, Guid id, ActionState state, int version, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(address, holder, cancellation) is not { } access || !await access.ActionsIn(db).AnyAsync(a => a.Id == id, cancellation)) return PlanOutcome.NotFound;
        var now = clock.GetUtcNow();
        var changed = await db.PlannedActions.Where(a => a.Id == id && a.Version == version)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, state).SetProperty(x => x.ChangedAt, now).SetProperty(x => x.Version, version + 1), cancellation);
        await transaction.CommitAsync(cancellation);
        return changed == 1 ? PlanOutcome.Done : PlanOutcome.Stale;
    }

    /// <summary>Writes a note beside an action; false for whoever may not.</summary>
    public async Task<bool> NoteAsync(PlanAddress address, Holder holder, Guid id, string text, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(address, holder, cancellation) is not { } access || !await access.ActionsIn(db).AnyAsync(a => a.Id == id, cancellation)) return false;
        var (now, actsFor) = (clock.GetUtcNow(), access.ActsFor.Select(o => (Guid?)o).FirstOrDefault());
        db.ActionNotes.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            ActionId = id,
            At = now,
            PersonId = access.Person,
            OrganisationId = actsFor,
            Organisation = await db.Organisations.Where(o => o.Id == actsFor).Select(o => o.Name).SingleOrDefaultAsync(cancellation),
            Text = text,
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Adds a milestone; false for whoever may not.</summary>
    public async Task<bool> AddMilestoneAsync(PlanAddress address, Holder holder, string name, DateOnly on, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(address, holder, cancellation) is not { } access) return false;
        db.Milestones.Add(new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), PlanId = await PlanAsync(access, cancellation), Name = name, On = on, IsDone = false });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Changes a milestone.</summary>
    public async Task<PlanOutcome> ChangeMilestoneAsync(PlanAddress address, Holder holder, Guid id, string name, DateOnly on, bool isDone, int version, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MilestoneAsync(address, holder, id, cancellation) is not { } stored) return PlanOutcome.NotFound;
        if (stored.Version != version) return PlanOutcome.Stale;
        await db.Milestones.Where(m => m.Id == id).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.Name, name).SetProperty(x => x.On, on).SetProperty(x => x.IsDone, isDone).SetProperty(x => x.Version, version + 1), cancellation);
        await transaction.CommitAsync(cancellation);
        return PlanOutcome.Done;
    }

    /// <summary>Takes a milestone out; actions that led up to it stay.</summary>
    public async Task<PlanOutcome> RemoveMilestoneAsync(PlanAddress address, Holder holder, Guid id, int version, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await MilestoneAsync(address, holder, id, cancellation) is not { } stored) return PlanOutcome.NotFound;
        if (stored.Version != version) return PlanOutcome.Stale;
        await db.Milestones.Where(m => m.Id == id).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return PlanOutcome.Done;
    }

    /// <summary>The plan to change, locked; null for whoever may not. Whether they may is looked up again once nobody can change that.</summary>
    private async Task<PlanAccess?> OpenAsync(PlanAddress address, Holder holder, CancellationToken cancellation)
    {
        if (await PlanAccess.OpenAsync(db, address, holder, clock.GetUtcNow(), cancellation) is not { MayEdit: true } before) return null;
        await before.LockAsync(db, cancellation);
        // Whoever works on the plan uses the assessment: its ninety days begin anew.
        if (before.Assessment is { } assessment) await db.Assessments.Where(a => a.Id == assessment).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastUsedAt, clock.GetUtcNow()), cancellation);
        return await PlanAccess.OpenAsync(db, address, holder, clock.GetUtcNow(), cancellation) is { MayEdit: true } access ? access : null;
    }

    private async Task<Milestone?> MilestoneAsync(PlanAddress address, Holder holder, Guid id, CancellationToken cancellation)
    {
        if (await OpenAsync(address, holder, cancellation) is not { } access) return null;
        var plan = access.PlanIn(db);
        return await db.Milestones.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && plan.Any(p => p.Id == m.PlanId), cancellation);
    }

    private async Task<Guid> StoreAsync(PlanAccess access, ActionWords words, Draft? draft, Guid? round, CancellationToken cancellation)
    {
        var (now, plan) = (clock.GetUtcNow(), await PlanAsync(access, cancellation));
        words = await CheckAsync(access, plan, round, null, words, cancellation);
        var action = new PlannedAction
        {
            Id = Guid.CreateVersion7(now),
            PlanId = plan,
            What = words.What,
            Why = words.Why,
            Area = words.Area,
            Question = draft?.Question.Key,
            Revision = draft?.Question.Revision,
            Level = access.Address.IsJoint ? null : draft?.Level,
            RoundId = round,
            Due = words.Due,
            DueSetAt = now,
            State = words.State,
            MilestoneId = words.Milestone,
            Person = words.Person,
            PersonId = words.Reminded,
            AddedAt = now,
            ChangedAt = now,
        };
        db.PlannedActions.Add(action);
        await db.SaveChangesAsync(cancellation);
        if (access.Address.IsJoint) await OwnAsync(access, action.Id, round, words.Owners, cancellation);
        return action.Id;
    }

    private async Task<Guid> PlanAsync(PlanAccess access, CancellationToken cancellation)
    {
        if (await access.PlanIn(db).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancellation) is { } known) return known;
        var plan = new Plan { Id = Guid.CreateVersion7(clock.GetUtcNow()), ProgrammeId = access.Programme, OrganisationId = access.Organisation, AssessmentId = access.Assessment };
        db.Plans.Add(plan);
        await db.SaveChangesAsync(cancellation);
        return plan.Id;
    }

    /// <summary>Leaves out what does not belong to this plan: another's milestone, who can't see the action, who is not one's own to remind.</summary>
    private async Task<ActionWords> CheckAsync(PlanAccess access, Guid plan, Guid? round, Guid? reminded, ActionWords words, CancellationToken cancellation)
    {
        var milestone = await db.Milestones.AnyAsync(m => m.Id == words.Milestone && m.PlanId == plan, cancellation) ? words.Milestone : null;
        var organisations = access.Address.IsJoint ? access.ActsFor : access.Organisation is { } own ? [own] : [];
        var isKnown = words.Reminded == reminded || await db.Memberships.AnyAsync(m => m.PersonId == words.Reminded && m.Role == Programmes.MemberRole.Lead && organisations.Contains(m.OrganisationId), cancellation);
        return words with { Milestone = milestone, Reminded = isKnown ? words.Reminded : null, Owners = [.. words.Owners.Intersect(access.OwnersFor(round))] };
    }

    /// <summary>Has these, of those whom the form offers, own an action. Who has left stays named, and so does who was in no round of whoever changes it.</summary>
    private async Task OwnAsync(PlanAccess access, Guid action, Guid? round, IReadOnlyCollection<Guid> owners, CancellationToken cancellation)
    {
        var offered = access.OwnersFor(round).ToHashSet();
        var there = await db.ActionOwners.AsNoTracking().Where(o => o.ActionId == action).ToListAsync(cancellation);
        var gone = there.Where(o => o.OrganisationId is { } id && offered.Contains(id) && !owners.Contains(id)).Select(o => o.Id).ToList();
        await db.ActionOwners.Where(o => gone.Contains(o.Id)).ExecuteDeleteAsync(cancellation);
        var added = owners.Where(o => there.All(t => t.OrganisationId != o)).ToList();
        var names = await db.Organisations.Where(o => added.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        db.ActionOwners.AddRange(added.Where(names.ContainsKey).Select(o => new ActionOwner { Id = Guid.CreateVersion7(clock.GetUtcNow()), ActionId = action, OrganisationId = o, Name = names[o] }));
        await db.SaveChangesAsync(cancellation);
    }

    private static string Fit(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}

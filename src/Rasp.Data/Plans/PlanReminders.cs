using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;

namespace Rasp.Data.Plans;

/// <summary>A mail that is to be written about an action. It does not say which: what an action is about tells what somebody answered.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Email">To whom.</param>
/// <param name="Plan">What the plan is called: a programme, or an organisation's assessment in confidence.</param>
/// <param name="Due">The due date.</param>
/// <param name="Address">Where the plan is.</param>
/// <param name="Action">Which action.</param>
public sealed record DueReminder(ReminderKind Kind, string Email, string Plan, DateOnly Due, PlanAddress Address, Guid Action);

/// <summary>
/// Reminds those who are to do something a week before, on the day, and once when it is overdue: who was chosen, else the leads of those who own it.
/// What is due follows from what is stored.
/// </summary>
public sealed class PlanReminders(Database database, Outbox outbox, TimeProvider clock)
{
    /// <summary>What is overdue for longer is old news.</summary>
    private const int IsNewsForDays = 7;

    /// <summary>Writes all mails that are due; how many.</summary>
    public async Task<int> WriteDueAsync(Func<DueReminder, Letter> letter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (from, to) = (today.AddDays(-IsNewsForDays), today.AddDays(7));
        var actions = await db.PlannedActions.AsNoTracking()
            .Where(a => (a.State == ActionState.ToDo || a.State == ActionState.Doing) && a.Due != null && a.Due >= from && a.Due <= to)
            .Join(db.Plans, a => a.PlanId, p => p.Id, (a, p) => new { Action = a, Plan = p }).OrderBy(a => a.Action.Id).ToListAsync(cancellation);
        if (actions.Count == 0) return 0;
        var ids = actions.ConvertAll(a => a.Action.Id);
        var programmeIds = actions.Select(a => a.Plan.ProgrammeId).OfType<Guid>().Distinct().ToList();
        var programmes = await db.Programmes.AsNoTracking().Where(p => programmeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        // Who has left is reminded of nothing, nor who withdrew before what is not there for them.
        var owners = (await db.ActionOwners.AsNoTracking().Where(o => ids.Contains(o.ActionId) && o.OrganisationId != null
                && !db.PlannedActions.Any(a => a.Id == o.ActionId && db.Assessments.Any(x => x.RoundId == a.RoundId && x.OrganisationId == o.OrganisationId && x.WithdrawnAt != null && x.WithdrawnAt < a.AddedAt))
                && db.Partners.Any(p => p.OrganisationId == o.OrganisationId && db.Plans.Any(x => x.ProgrammeId == p.ProgrammeId && db.PlannedActions.Any(a => a.Id == o.ActionId && a.PlanId == x.Id))))
            .Select(o => new { o.ActionId, Organisation = o.OrganisationId!.Value }).ToListAsync(cancellation)).ToLookup(o => o.ActionId, o => o.Organisation);
        var organisations = owners.SelectMany(o => o).Concat(actions.Select(a => a.Plan.OrganisationId).OfType<Guid>()).Distinct().ToList();
        var leads = await db.Memberships.AsNoTracking().Where(m => m.Role == MemberRole.Lead && organisations.Contains(m.OrganisationId))
            .Join(db.Users, m => m.PersonId, p => p.Id, (m, p) => new { m.OrganisationId, p.Id, Email = p.Email!, p.WantsReminders }).ToListAsync(cancellation);
        var own = await db.Assessments.AsNoTracking().Where(a => a.OrganisationId != null && organisations.Contains(a.OrganisationId.Value) && db.Rounds.Any(r => r.Id == a.RoundId && programmeIds.Contains(r.ProgrammeId)))
            .Select(a => new { a.Id, a.OrganisationId, a.StartedAt, Programme = db.Rounds.Where(r => r.Id == a.RoundId).Select(r => r.ProgrammeId).FirstOrDefault() }).ToListAsync(cancellation);
        var confidentialIds = actions.Select(a => a.Plan.AssessmentId).OfType<Guid>().ToList();
        var confidential = await db.Assessments.AsNoTracking().Where(a => confidentialIds.Contains(a.Id) && a.OwnerId != null)
            .Join(db.Users, a => a.OwnerId, p => p.Id, (a, p) => new { a.Id, a.Organisation, Person = p.Id, Email = p.Email!, p.WantsReminders }).ToListAsync(cancellation);
        var told = (await db.ActionReminders.AsNoTracking().Where(r => ids.Contains(r.ActionId)).Select(r => new { r.ActionId, r.PersonId, r.Kind, r.Due }).ToListAsync(cancellation))
            .Select(r => (r.ActionId, r.PersonId, r.Kind, r.Due)).ToHashSet();
        var written = 0;
        foreach (var one in actions)
        {
            var (action, plan) = (one.Action, one.Plan);
            if (KindOf(action, today) is not { } kind) continue;
            var (address, name, people) = Whom(action, plan);
            if (address is not { } there) continue;
            foreach (var person in people.DistinctBy(p => p.Id).Where(p => p.WantsReminders))
            {
                if (!told.Add((action.Id, person.Id, kind, action.Due!.Value))) continue;
                var mail = letter(new(kind, person.Email, name, action.Due.Value, there, action.Id));
                if (await AddAsync(db, new() { ActionId = action.Id, PersonId = person.Id, Kind = kind, Due = action.Due.Value, At = now }, mail, cancellation)) written++;
            }
        }
        if (written > 0) outbox.Tell();
        return written;

        (PlanAddress? Address, string Name, IEnumerable<(Guid Id, string Email, bool WantsReminders)> People) Whom(PlannedAction action, Plan plan)
        {
            if (plan.AssessmentId is { } assessment)
            {
                return (new(assessment, IsJoint: false), confidential.FirstOrDefault(c => c.Id == assessment)?.Organisation ?? "your assessment in confidence",
                    confidential.Where(c => c.Id == assessment).Select(c => (c.Person, c.Email, c.WantsReminders)));
            }
            var of = plan.OrganisationId is { } mine ? [mine] : owners[action.Id].ToList();
            var candidates = leads.Where(l => of.Contains(l.OrganisationId)).Select(l => (l.Id, l.Email, l.WantsReminders)).OrderBy(l => l.Id).ToList();
            var chosen = candidates.Where(c => c.Id == action.PersonId).ToList();
            PlanAddress? address = plan.OrganisationId is { } organisation
                ? own.Where(a => a.OrganisationId == organisation && a.Programme == plan.ProgrammeId).OrderByDescending(a => a.StartedAt).Select(a => (PlanAddress?)new PlanAddress(a.Id, IsJoint: false)).FirstOrDefault()
                : new PlanAddress(plan.ProgrammeId!.Value, IsJoint: true);
            return (address, programmes[plan.ProgrammeId!.Value], chosen.Count > 0 ? chosen : candidates);
        }
    }

    private static ReminderKind? KindOf(PlannedAction action, DateOnly today) =>
        action.Due < today ? ReminderKind.Overdue
        : action.Due == today ? ReminderKind.Today
        // Who has just set the date knows it.
        : DateOnly.FromDateTime(action.DueSetAt.UtcDateTime) < action.Due!.Value.AddDays(-7) ? ReminderKind.InAWeek : null;

    /// <summary>Stores that a mail was written together with the mail; false where another server had just done so.</summary>
    private async Task<bool> AddAsync(RaspDb db, ActionReminder reminder, Letter mail, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        db.ActionReminders.Add(reminder);
        outbox.Add(db, mail, reminder.At + TimeSpan.FromDays(IsNewsForDays));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.ActionReminders.AsNoTracking().AnyAsync(r => r.ActionId == reminder.ActionId && r.PersonId == reminder.PersonId && r.Kind == reminder.Kind && r.Due == reminder.Due, cancellation)) return false;
            // The action went meanwhile: nobody needs reminding.
            if (!await db.PlannedActions.AnyAsync(a => a.Id == reminder.ActionId, cancellation)) return false;
            throw;
        }
    }
}

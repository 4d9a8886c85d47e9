using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Rasp.Data.Plans;

/// <summary>
/// What of plans is an organisation's, in the file that it takes away: its own plans whole; of joint ones the actions that it has taken on, and what
/// its people wrote beside any.
/// </summary>
internal sealed record PlanRecord(IReadOnlyList<Plan> Plans, ILookup<Guid, PlannedAction> Actions, ILookup<Guid, Milestone> Milestones, ILookup<Guid, ActionNote> Notes)
{
    public static async Task<PlanRecord> ReadAsync(RaspDb db, Guid organisation, CancellationToken cancellation)
    {
        var plans = await db.Plans.AsNoTracking().Where(p => p.OrganisationId == organisation
                || (p.OrganisationId == null && db.PlannedActions.Any(a => a.PlanId == p.Id && (db.ActionOwners.Any(o => o.ActionId == a.Id && o.OrganisationId == organisation) || db.ActionNotes.Any(n => n.ActionId == a.Id && n.OrganisationId == organisation)))))
            .OrderBy(p => p.Id).ToListAsync(cancellation);
        var (all, own) = (plans.ConvertAll(p => p.Id), plans.Where(p => p.OrganisationId is not null).Select(p => p.Id).ToList());
        var actions = await db.PlannedActions.AsNoTracking().Where(a => all.Contains(a.PlanId)
                && (own.Contains(a.PlanId) || db.ActionOwners.Any(o => o.ActionId == a.Id && o.OrganisationId == organisation) || db.ActionNotes.Any(n => n.ActionId == a.Id && n.OrganisationId == organisation)))
            .OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(cancellation);
        var (shown, whole) = (actions.ConvertAll(a => a.Id), actions.Where(a => own.Contains(a.PlanId)).Select(a => a.Id).ToList());
        var milestones = await db.Milestones.AsNoTracking().Where(m => own.Contains(m.PlanId)).OrderBy(m => m.On).ThenBy(m => m.Id).ToListAsync(cancellation);
        // What others wrote is theirs.
        var notes = await db.ActionNotes.AsNoTracking().Where(n => shown.Contains(n.ActionId) && (whole.Contains(n.ActionId) || n.OrganisationId == organisation)).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(cancellation);
        return new(plans, actions.ToLookup(a => a.PlanId), milestones.ToLookup(m => m.PlanId), notes.ToLookup(n => n.ActionId));
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("plans");
        foreach (var plan in Plans)
        {
            json.WriteStartObject();
            json.WriteString("programme", plan.ProgrammeId?.ToString("N"));
            json.WriteBoolean("joint", plan.OrganisationId is null);
            json.WriteStartArray("milestones");
            foreach (var milestone in Milestones[plan.Id])
            {
                json.WriteStartObject();
                json.WriteString("name", milestone.Name);
                json.WriteString("on", Day(milestone.On));
                json.WriteBoolean("done", milestone.IsDone);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("actions");
            foreach (var action in Actions[plan.Id]) Write(json, action);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, PlannedAction action)
    {
        json.WriteStartObject();
        json.WriteString("what", action.What);
        json.WriteString("why", action.Why);
        json.WriteString("question", action.Question);
        if (action.Level is { } level) json.WriteNumber("level", level);
        else json.WriteNull("level");
        json.WriteString("state", action.State switch { ActionState.ToDo => "to-do", ActionState.Doing => "doing", ActionState.Done => "done", ActionState.Dropped => "dropped" });
        json.WriteString("due", action.Due is { } due ? Day(due) : null);
        json.WriteString("person", action.Person);
        json.WriteString("addedAt", Time(action.AddedAt));
        json.WriteString("changedAt", Time(action.ChangedAt));
        json.WriteStartArray("notes");
        foreach (var note in Notes[action.Id])
        {
            json.WriteStartObject();
            json.WriteString("at", Time(note.At));
            json.WriteString("by", note.PersonId?.ToString("N"));
            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

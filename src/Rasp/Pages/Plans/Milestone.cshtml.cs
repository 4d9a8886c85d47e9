using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Plans;
using Rasp.Plans;

namespace Rasp.Pages.Plans;

/// <summary>Changes a milestone, or takes it out.</summary>
public sealed class MilestoneModel(PlanDoor door, PlanDesk desk) : PlanPage(door)
{
    [FromRoute]
    public string Item { get; set; } = "";

    [BindProperty]
    public MilestoneForm Form { get; set; } = new();

    /// <summary>The version that this page shows.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Milestone Milestone { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindMilestoneAsync()) return Closed();
        (Form, Version) = (MilestoneForm.Of(Milestone), Milestone.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindMilestoneAsync()) return Closed();
        if (Form.Read(ModelState) is not var (name, on, isDone)) return Faulty();
        return After(await desk.ChangeMilestoneAsync(Address, Holder, Milestone.Id, name, on, isDone, Version, cancellation), "Milestone saved.");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (!await FindMilestoneAsync()) return Closed();
        return After(await desk.RemoveMilestoneAsync(Address, Holder, Milestone.Id, Version, cancellation), "Milestone taken out. Actions that led up to it are still there.");
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindMilestoneAsync() ? Page() : Closed();

    private IActionResult After(PlanOutcome outcome, string told)
    {
        switch (outcome)
        {
            case PlanOutcome.NotFound:
                return NotFound();
            case PlanOutcome.Stale:
                ModelState.Clear();
                ModelState.AddModelError("", $"Somebody else changed this milestone while you had it open. It is now “{Milestone.Name}”, on {Milestone.On.InWords()}, {(Milestone.IsDone ? "reached" : "not reached")}; press the button again if what you want is still right");
                if (Form.Name is null) Form = MilestoneForm.Of(Milestone);
                Version = Milestone.Version;
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            default:
                TempData[Once] = told;
                return Redirect(Links.Milestones(Address));
        }
    }

    private async Task<bool> FindMilestoneAsync()
    {
        if (!await FindToEditAsync() || !Guid.TryParseExact(Item, "N", out var id) || Plan.Milestones.FirstOrDefault(m => m.Id == id) is not { } found) return false;
        Milestone = found;
        return true;
    }
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Plans;
using Rasp.Plans;

namespace Rasp.Pages.Plans;

/// <summary>The days that a plan leads up to, with what has to be done before each.</summary>
public sealed class MilestonesModel(PlanDoor door, PlanDesk desk) : PlanPage(door)
{
    [BindProperty]
    public MilestoneForm Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : Closed();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToEditAsync()) return Closed();
        if (Form.Read(ModelState) is not var (name, on, _)) return Faulty();
        if (!await desk.AddMilestoneAsync(Address, Holder, name, on, cancellation)) return NotFound();
        TempData[Once] = "Milestone added.";
        return Redirect(Links.Milestones(Address));
    }

    public IReadOnlyList<SeenAction> Of(Milestone milestone) => [.. Plan.Actions.Where(a => a.Milestone == milestone.Id && a.State != ActionState.Dropped)];
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Plans;
using Rasp.Forms;
using Rasp.Plans;

namespace Rasp.Pages.Plans;

/// <summary>A page of one plan, for those to whom it is open; to all others it is not there.</summary>
public abstract class PlanPage(PlanDoor door) : FormPage
{
    /// <summary>Has the next page say what was done, once.</summary>
    protected const string Once = "plan";

    [FromRoute]
    public string Reference { get; set; } = "";

    public SeenPlan Plan { get; private set; } = null!;

    /// <summary>What was done just now; null where nothing was. Looking forgets it, so only a page that is shown looks.</summary>
    public string? TakeTold() => TempData[Once] as string;

    public PlanAddress Address => Plan.Address;

    public string Title => Plan.IsJoint ? "Joint plan" : "Our plan";

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync() && Plan.MayEdit ? Page() : PlanDoor.Closed(HttpContext);

    protected IActionResult Closed() => PlanDoor.Closed(HttpContext);

    /// <summary>False where there is no such plan for this visitor.</summary>
    protected async Task<bool> FindAsync()
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { } plan) return false;
        Plan = plan;
        return true;
    }

    /// <summary>As <see cref="FindAsync"/>, for what only those may do who may change it.</summary>
    protected async Task<bool> FindToEditAsync() => await FindAsync() && Plan.MayEdit;

    protected Data.Holder Holder => PlanDoor.Key(HttpContext, Reference)!.Value.Holder;
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Plans;
using Rasp.Plans;

namespace Rasp.Pages.Plans;

/// <summary>A plan on paper: every action that the filter lets through, with its notes.</summary>
public sealed class PrintModel(PlanDoor door, PlanLens lens) : PlanPage(door)
{
    public PlanFilter Filter { get; private set; } = new();

    public IReadOnlyList<SeenAction> Actions { get; private set; } = [];

    public ILookup<Guid, SeenNote> Notes { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync()) return Closed();
        Filter = PlanFilter.Of(Plan, Request.Query);
        Actions = [.. Plan.Actions.Where(Filter.Matches)];
        Notes = (await lens.NotesAsync(Plan, [.. Actions.Select(a => a.Id)], cancellation)).ToLookup(n => n.Action);
        return Page();
    }
}

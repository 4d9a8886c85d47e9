using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Plans;
using Rasp.Plans;

namespace Rasp.Pages.Plans;

/// <summary>A plan: as a board by state or by due date, or as a list. What is overdue comes first.</summary>
public sealed class IndexModel(PlanDoor door, PlanDesk desk) : PlanPage(door)
{
    /// <summary>So many stand in a column; the others in the list.</summary>
    public const int InAColumn = 20;

    private const int OnAPage = 60;

    public const string PageField = "page";

    /// <summary>An action’s id, version and new state, as its button sends them.</summary>
    [BindProperty]
    public string? Move { get; set; }

    public PlanFilter Filter { get; private set; } = new();

    /// <summary>Those that the filter lets through.</summary>
    public IReadOnlyList<SeenAction> Actions { get; private set; } = [];

    public int Part { get; private set; } = 1;

    public int Parts => Math.Max(1, (Actions.Count + OnAPage - 1) / OnAPage);

    /// <summary>The list’s part that is shown.</summary>
    public IEnumerable<SeenAction> Listed => Actions.Skip((Part - 1) * OnAPage).Take(OnAPage);

    public async Task<IActionResult> OnGetAsync() => await FindAllAsync() ? Page() : Closed();

    public async Task<IActionResult> OnPostMoveAsync(CancellationToken cancellation)
    {
        if (!await FindAllAsync() || !Plan.MayEdit) return Closed();
        if (Move?.Split('.') is not [var id, var version, var word] || !Guid.TryParseExact(id, "N", out var action) || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || PlanWords.Read(word) is not { } state || Plan.Find(action) is not { } moved) return NotFound();
        switch (await desk.MoveAsync(Address, Holder, action, state, number, cancellation))
        {
            case PlanOutcome.NotFound:
                return NotFound();
            case PlanOutcome.Stale:
                ModelState.AddModelError("", $"Somebody else changed “{Assessments.Excerpt.Of(moved.What).Text}” while you had this page open. It stands here as it is now: move it again if that is still right");
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            default:
                TempData[Once] = $"“{Assessments.Excerpt.Of(moved.What).Text}” is now under “{state.Name()}”.";
                return Redirect(Filter.On(Links.Plan(Address)));
        }
    }

    /// <summary>What is due, in groups, the most pressing first.</summary>
    public IEnumerable<(string Name, IReadOnlyList<SeenAction> Actions)> ByDue()
    {
        var end = new DateOnly(Plan.Today.Year, Plan.Today.Month, 1).AddMonths(1);
        var open = Actions.Where(a => a.IsOpen).ToList();
        yield return ("Overdue", [.. open.Where(a => a.IsOverdue)]);
        yield return ("This month", [.. open.Where(a => !a.IsOverdue && a.Due < end)]);
        yield return ("Later", [.. open.Where(a => a.Due >= end)]);
        yield return ("No date", [.. open.Where(a => a.Due is null)]);
    }

    public IEnumerable<(ActionState State, IReadOnlyList<SeenAction> Actions)> ByState() =>
        PlanWords.States.Where(s => s != ActionState.Dropped || Actions.Any(a => a.State == ActionState.Dropped)).Select(s => (s, (IReadOnlyList<SeenAction>)[.. Actions.Where(a => a.State == s)]));

    public string LinkTo(PlanLayout layout) => (Filter with { Layout = layout }).On(Links.Plan(Address));

    public string LinkToPart(int part) => Filter.On(Links.Plan(Address), new KeyValuePair<string, string?>(PageField, part.ToString(CultureInfo.InvariantCulture)));

    private async Task<bool> FindAllAsync()
    {
        if (!await FindAsync()) return false;
        Filter = PlanFilter.Of(Plan, Request.Query);
        Actions = [.. Plan.Actions.Where(Filter.Matches)];
        Part = int.TryParse(Request.Query[PageField], NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? Math.Clamp(part, 1, Parts) : 1;
        return true;
    }
}

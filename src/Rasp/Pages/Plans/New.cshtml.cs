using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Plans;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;

namespace Rasp.Pages.Plans;

/// <summary>Puts something into a plan: what somebody thought of, or with one button the draft that a finding suggests.</summary>
public sealed class NewModel(PlanDoor door, PlanDesk desk, AssessmentDoor assessments, RoundLens rounds) : PlanPage(door)
{
    [BindProperty]
    public ActionForm Form { get; set; } = new();

    /// <summary>A question, by its key in full or its place in the instrument, whose finding is meant.</summary>
    [BindProperty]
    public string? Question { get; set; }

    /// <summary>The round of a joint plan’s finding.</summary>
    [BindProperty]
    public string? Round { get; set; }

    /// <summary>Findings of one’s own results that no action answers yet, the gravest first: a long list has no room in the results for a button each.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindToEditAsync()) return Closed();
        if (!Plan.IsJoint && await assessments.OpenAsync(HttpContext, Reference) is { IsLed: true } open)
        {
            var planned = Plan.Actions.Where(a => a.IsOpen || a.Round == open.Seen.Facts.Round).Select(a => a.Question).ToHashSet();
            Findings = [.. open.Seen.Result.Findings.Where(f => f.Kind <= FindingKind.BlindSpot && f.Result.Answer.Choice is not null && !planned.Contains(f.Result.Question.Key)).DistinctBy(f => f.Result.Question.Key)];
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToEditAsync()) return Closed();
        if (Form.Read(ModelState, Plan, null) is not { } words) return Faulty();
        if (await desk.AddAsync(Address, Holder, words, cancellation) is not { } id) return NotFound();
        TempData[Once] = "Added to the plan.";
        return Redirect(Links.PlannedAction(Address, id));
    }

    public async Task<IActionResult> OnPostFindingAsync(CancellationToken cancellation)
    {
        if (!await FindToEditAsync()) return Closed();
        ModelState.Clear();
        var (draft, round) = Plan.IsJoint ? await OfCommonGroundAsync(cancellation) : (await OfOwnResultsAsync(), null);
        if (draft is null)
        {
            ModelState.AddModelError("", Plan.IsJoint
                ? "Not all partners show each other this question, so the joint plan can’t hold what rests on it. You can write down here what you agree to do"
                : "There is no such question in these results. You can write down here what is to be done");
            return Faulty();
        }
        if (await desk.AddAsync(Address, Holder, draft, round, cancellation) is not var (id, isNew)) return NotFound();
        TempData[Once] = isNew ? "Added to the plan, as a draft. Say who does it, and by when." : "This is in the plan already.";
        return Redirect(Links.PlannedAction(Address, id));
    }

    /// <summary>Of one’s own results, which lead here.</summary>
    private async Task<Draft?> OfOwnResultsAsync() =>
        await assessments.OpenAsync(HttpContext, Reference) is { IsLed: true } open
        && open.Seen.Result.Questions.FirstOrDefault(q => q.Question.Key == Question || q.Question.Index.ToString(CultureInfo.InvariantCulture) == Question) is { } result ? Draft.Of(open.Seen.Result, result) : null;

    /// <summary>Of what all partners may see, whoever presses the button: a joint plan tells nobody more than the comparison does.</summary>
    private async Task<(Draft? Draft, Guid? Round)> OfCommonGroundAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Round, "N", out var round) || Holder.Person is not { } person) return default;
        return await rounds.CommonGroundAsync(round, person, cancellation) is { Compared: { } compared } && compared.Find(Question ?? "") is { } one ? (Draft.Of(one), round) : default;
    }
}

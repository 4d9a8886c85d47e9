using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Rounds;
using Rasp.Forms;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Assessments;

/// <summary>What an organisation answered last time, in one list: to be confirmed where it is still true, or left out. For its leads.</summary>
public sealed class CarriedModel(AssessmentDoor door, CarryForward carry) : FormPage
{
    /// <summary>So much of a note stands in the list; all of it with its question.</summary>
    public const int MostOfNote = 100;

    private const string Once = "carried";

    [FromRoute]
    public string Reference { get; set; } = "";

    /// <summary>Keys in full of the questions that were ticked.</summary>
    [BindProperty]
    public IReadOnlyList<string> Ticked { get; set; } = [];

    public OpenAssessment Open { get; private set; } = null!;

    public IReadOnlyDictionary<string, Carried> All { get; private set; } = null!;

    /// <summary>Neither answered nor left out, in the order of the questions.</summary>
    public IReadOnlyList<(Question Question, Carried Carried)> Waiting { get; private set; } = [];

    public IReadOnlyList<(Question Question, Carried Carried)> LeftOut { get; private set; } = [];

    /// <summary>What means something else by now.</summary>
    public IReadOnlyList<(Question Question, Carried Carried)> Revised { get; private set; } = [];

    /// <summary>What was done just now, in words; null where nothing was.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        Done = TempData[Once] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellation)
    {
        if (!await FindToChangeAsync(cancellation)) return NotFound();
        if (!ModelState.IsValid) return Faulty();
        if (await carry.ConfirmAsync(Open.Seen.Facts.Id, Person, Ticked, cancellation) is not { } confirmed) return NotFound();
        return GoBack($"{Readiness.Shown.Count(confirmed, "answer")} confirmed: {(confirmed == 1 ? "it counts" : "they count")} now.");
    }

    public async Task<IActionResult> OnPostLeaveOutAsync(CancellationToken cancellation)
    {
        if (!await FindToChangeAsync(cancellation)) return NotFound();
        if (!ModelState.IsValid) return Faulty();
        if (!await carry.LeaveOutAsync(Open.Seen.Facts.Id, Person, Ticked, isLeftOut: true, cancellation)) return NotFound();
        return GoBack($"{Readiness.Shown.Count(Ticked.Count, "answer")} left out.");
    }

    public async Task<IActionResult> OnPostTakeInAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        if (!await carry.LeaveOutAsync(Open.Seen.Facts.Id, Person, Ticked, isLeftOut: false, cancellation)) return NotFound();
        return Redirect(Links.Carried(Reference));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>Where a question is answered, or settled on where several people answer.</summary>
    public string LinkTo(Question question) => Open.IsTeams ? Links.Agreement(Reference, question) : Links.Question(Reference, question);

    private Guid Person => HttpContext.SignedIn()!.Person;

    private RedirectResult GoBack(string done)
    {
        TempData[Once] = done;
        return Redirect(Links.Carried(Reference));
    }

    private async Task<bool> FindToChangeAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return false;
        if (Open.IsReadOnly) ModelState.AddModelError("", "Your organisation’s answers were sealed, or the round was closed, since you opened this page. Nothing was changed");
        else if (Ticked.Count == 0) ModelState.AddModelError(nameof(Ticked), "Tick what you want to confirm or leave out");
        return true;
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { IsToConfirm: true } open) return false;
        Open = open;
        All = (await carry.OfAsync(open.Seen.Facts.Id, cancellation)).ToDictionary(c => c.Question, StringComparer.Ordinal);
        if (All.Count == 0) return false;
        var carried = open.Order.Questions.Where(q => All.ContainsKey(q.Key)).Select(q => (Question: q, Carried: All[q.Key])).ToList();
        var still = carried.Where(c => !open.IsSettled(c.Question.Key)).ToList();
        Waiting = [.. still.Where(c => c.Carried is { IsRevised: false, IsLeftOut: false })];
        LeftOut = [.. still.Where(c => c.Carried is { IsRevised: false, IsLeftOut: true })];
        Revised = [.. still.Where(c => c.Carried.IsRevised)];
        return true;
    }
}

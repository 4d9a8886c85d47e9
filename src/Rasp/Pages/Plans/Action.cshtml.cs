using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Plans;
using Rasp.Forms;
using Rasp.Plans;

namespace Rasp.Pages.Plans;

/// <summary>One action: what, why, who, by when, how far, and what was noted on the way.</summary>
public sealed class ActionModel(PlanDoor door, PlanDesk desk, PlanLens lens) : PlanPage(door)
{
    [FromRoute]
    public string Item { get; set; } = "";

    [BindProperty]
    public ActionForm Form { get; set; } = new();

    /// <summary>The version that this page shows.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public SeenAction Action { get; private set; } = null!;

    public IReadOnlyList<SeenNote> Notes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindActionAsync(cancellation)) return Closed();
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindActionAsync(cancellation) || !Plan.MayEdit) return Closed();
        if (Form.Read(ModelState, Plan, Action) is not { } words) return Faulty();
        switch (await desk.ChangeAsync(Address, Holder, Action.Id, words, Version, cancellation))
        {
            case PlanOutcome.NotFound:
                return NotFound();
            case PlanOutcome.Stale:
                ModelState.Clear();
                ModelState.AddModelError("", "Somebody else changed this action while you had it open. What it says now stands above the form; save again to replace that with what is in the form");
                Version = Action.Version;
                IsChangedMeanwhile = true;
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            default:
                TempData[Once] = "Saved.";
                return Redirect(Links.PlannedAction(Address, Action.Id));
        }
    }

    public async Task<IActionResult> OnPostNoteAsync(CancellationToken cancellation)
    {
        if (!await FindActionAsync(cancellation) || !Plan.MayEdit) return Closed();
        var typed = Note;
        ModelState.Clear();
        var note = Typed.Clean(typed);
        if (note is null) ModelState.AddModelError(nameof(Note), "Write something to note");
        else if (note.Length > ActionWords.NoteMaxLength) ModelState.AddModelError(nameof(Note), $"The note must be {ActionWords.NoteMaxLength} characters or fewer; it has {note.Length}");
        if (note is null || !ModelState.IsValid)
        {
            Fill();
            return Faulty();
        }
        if (!await desk.NoteAsync(Address, Holder, Action.Id, note, cancellation)) return NotFound();
        TempData[Once] = "Noted.";
        return Redirect($"{Links.PlannedAction(Address, Action.Id)}#notes");
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        if (!await FindActionAsync(cancellation) || !Plan.MayEdit) return Closed();
        if (Form.What is null) Fill();
        return Page();
    }

    /// <summary>Whether somebody else’s change is to be shown above the form.</summary>
    public bool IsChangedMeanwhile { get; private set; }

    private void Fill() => (Form, Version) = (ActionForm.Of(Action), Action.Version);

    private async Task<bool> FindActionAsync(CancellationToken cancellation)
    {
        if (!await FindAsync() || !Guid.TryParseExact(Item, "N", out var id) || Plan.Find(id) is not { } action) return false;
        Action = action;
        Notes = await lens.NotesAsync(Plan, [id], cancellation);
        return true;
    }
}

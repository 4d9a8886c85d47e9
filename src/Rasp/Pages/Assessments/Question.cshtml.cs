using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Rounds;
using Rasp.Forms;
using Rasp.Readiness.Answers;

namespace Rasp.Pages.Assessments;

/// <summary>One question: shown, and its answer saved.</summary>
public sealed class QuestionModel(AssessmentDoor door, Answering answering, CarryForward carry, TimeProvider clock) : FormPage
{
    public string Reference => FromRoute("reference");

    /// <summary>A level, dk or na, as files write it.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public string? Stance { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Evidence { get; set; }

    /// <summary>The version that this page shows.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>This opened page, and how often it has saved: it may follow up its own saves, and nobody else's.</summary>
    [BindProperty]
    public Guid PageId { get; set; }

    [BindProperty]
    public int PageSave { get; set; }

    /// <summary>Null where the visitor's browser does not hold the assessment: then only what was typed is shown.</summary>
    public OpenQuestion? Open { get; private set; }

    /// <summary>What was answered last time and waits to be confirmed; null where nothing does.</summary>
    public Carried? Waiting => Open?.Seen.Waiting;

    /// <summary>Whether whoever looks can leave it out: who has nothing but the private link confirms it or answers otherwise.</summary>
    public bool MayLeaveOut => Waiting is not null && HttpContext.SignedIn() is { } signedIn && (Open!.Seen.Facts.Round is not null || Open.Seen.Facts.Owner == signedIn.Person);

    /// <summary>Whether it could not be saved because a lead had sealed the organisation's answers.</summary>
    public bool WasSealed { get; private set; }

    /// <summary>What somebody else, or another tab, saved meanwhile; null where nobody did.</summary>
    public StoredAnswer? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync()) return NotFound();
        if (Open!.IsNobodys) return Redirect(Links.Agreement(Reference, Open.Place.Question));
        if (Open.IsToBegin) return Redirect(Links.Assessment(Reference));
        // What was begun here goes before what was answered last time, whose level waits to be confirmed.
        Show(Waiting is not { } carried ? Open.Seen.Answer
            : Open.Seen.Version == 0 ? carried.Answer
            : Open.Seen.Answer with { Choice = carried.Answer.Choice, Stance = Open.Seen.Answer.Stance ?? carried.Answer.Stance });
        Version = Open.Seen.Version;
        PageId = Guid.NewGuid();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // Only a hidden number can be unreadable, and no page of ours sends such a one.
        if (!ModelState.IsValid) return StatusCode(StatusCodes.Status400BadRequest);
        var wantsJson = Request.WantsJson();
        Open = await door.OpenForSavingAsync(HttpContext, Reference, Question);
        if (Open is null) return NotOpen(wantsJson);
        if (Open.IsExample) return Forbidden();
        // Known from before it was begun, perhaps by another server.
        if (Open.IsToBegin && !await OpenAsync()) return NotOpen(wantsJson);
        if (Open.IsReadOnly || Open.IsNobodys || Open.IsToBegin) return NotOpen(wantsJson);
        if (Entered() is not { } entered) return wantsJson ? Refused() : Faulty();
        if (entered == StoredAnswer.Nothing && Version == 0) return wantsJson ? Told(entered, 0) : Redirect(Next());

        var outcome = await SaveAsync(entered);
        if (outcome is SaveOutcome.Gone)
        {
            // What was known of the assessment no longer holds: look at it as it is now, and save to that.
            if (!await OpenAsync() || Open.IsReadOnly || Open.IsNobodys || Open.IsToBegin) return NotOpen(wantsJson);
            outcome = await SaveAsync(entered);
        }
        return outcome switch
        {
            SaveOutcome.Saved saved => wantsJson ? Told(entered, saved.Version) : GoOn(entered, saved.Version),
            SaveOutcome.Stale when wantsJson => StatusCode(StatusCodes.Status409Conflict),
            SaveOutcome.Stale stale => ShowBoth(stale),
            _ => NotOpen(wantsJson),
        };
    }

    public async Task<IActionResult> OnPostLeaveOutAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync() || HttpContext.SignedIn() is not { } signedIn) return NotFound();
        if (Open!.IsReadOnly || Waiting is null) return Redirect(Links.Question(Reference, Open.Place.Question));
        return await carry.LeaveOutAsync(Open.Seen.Facts.Id, signedIn.Person, [Open.Place.Question.Key], isLeftOut: true, cancellation) ? Redirect(Next()) : NotFound();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OpenAsync();
        return Page();
    }

    private async Task<bool> OpenAsync()
    {
        Open = await door.OpenQuestionAsync(HttpContext, Reference, Question);
        return Open is not null;
    }

    private async Task<SaveOutcome> SaveAsync(StoredAnswer entered)
    {
        var (_, holder) = AssessmentDoor.Key(HttpContext, Reference)!.Value;
        var (seen, now) = (Open!.Seen, clock.GetUtcNow());
        var renewsUse = now - seen.Facts.LastUsedAt >= TimeSpan.FromDays(1); // to the day is enough, and spares most saves a second write
        if (renewsUse) door.LookAgain(Reference);
        return await answering.SaveAsync(new(seen.Facts.Answering!.Id, holder, seen.Facts.Stage, Open.Place.Question.Key, entered, Version, PageId, PageSave, now, renewsUse));
    }

    private IActionResult NotOpen(bool wantsJson)
    {
        WasSealed = Open is { IsReadOnly: true };
        Open = null;
        if (wantsJson) return StatusCode(StatusCodes.Status403Forbidden);
        ModelState.AddModelError("", WasSealed
            ? "Your organisation’s answers are sealed: this one was not saved. Nothing that you entered is lost: follow the steps below"
            : "This browser does not have the assessment open any more. Nothing that you entered is lost: follow the steps below");
        return Faulty();
    }

    private string Question => $"{FromRoute("areaKey")}.{FromRoute("theme")}.{FromRoute("key")}";

    /// <summary>Read by hand: binding them to properties would be an eighth of what the page costs.</summary>
    private string FromRoute(string name) => (string)RouteData.Values[name]!;

    private string Next() => Open!.Place.Next is { } next ? Links.Question(Reference, next) : Links.Assessment(Reference);

    private void Show(StoredAnswer answer) =>
        (Answer, Stance, Note, Evidence) = (answer.Choice?.ToString(), answer.Stance?.Word(), answer.Note, answer.Evidence);

    /// <summary>What was entered, fit to store; null, and faults told, where it is not.</summary>
    private StoredAnswer? Entered()
    {
        var choice = Answer is null ? null : Choice.Parse(Answer, Open!.Seen.Instrument.Levels.Count);
        if (Answer is not null && choice is null) ModelState.AddModelError(nameof(Answer), "Select one of the answers");
        var stance = Stances.Parse(Stance ?? "");
        var (note, evidence) = (Typed.Clean(Note), Typed.Clean(Evidence));
        CheckLength(nameof(Note), "Note", note);
        CheckLength(nameof(Evidence), "Evidence", evidence);
        return ModelState.IsValid ? new(choice, stance, note, evidence) : null;
    }

    private void CheckLength(string field, string name, string? text)
    {
        if (text?.Length > StoredAnswer.TextMaxLength) ModelState.AddModelError(field, $"{name} must be {StoredAnswer.TextMaxLength:N0} characters or fewer; it has {text.Length:N0}");
    }

    /// <summary>What is saved may still be unfinished: the field and what is missing there; null where nothing is.</summary>
    private (string Field, string Message)? Missing(StoredAnswer entered) =>
        entered != StoredAnswer.Nothing && entered.Choice is null
            ? (nameof(Answer), "Select the level that is true, “don’t know” or “not applicable”. What you typed is saved")
        : entered.Choice is { IsNotApplicable: true } && Open!.Place.Question.Gate is not null && entered.Note is null
            ? (nameof(Note), "Say in the note why this does not apply: it is a possible show-stopper, and the results list it with your reason. Your answer is saved")
        : null;

    private IActionResult GoOn(StoredAnswer entered, int version)
    {
        if (Missing(entered) is not var (field, message)) return Redirect(Next());
        ModelState.AddModelError(field, message);
        Renumber(version);
        return Faulty();
    }

    private JsonResult Told(StoredAnswer entered, int version) => new(new { version, next = Missing(entered) is null ? Next() : null });

    private PageResult ShowBoth(SaveOutcome.Stale stale)
    {
        SavedMeanwhile = stale.Current;
        ModelState.AddModelError("", "Your answer is not saved yet: this question was saved in another tab or window after you opened it here. Compare the two, and save again to keep what is on this page");
        Renumber(stale.Version);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>The page now shows this version. Without clearing, the posted number would be written back into the form.</summary>
    private void Renumber(int version)
    {
        ModelState.Remove(nameof(Version));
        ModelState.Remove(nameof(PageSave));
        (Version, PageSave) = (version, PageSave + 1);
    }

    private JsonResult Refused() => new(new { errors = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

    private static StatusCodeResult Forbidden() => new(StatusCodes.Status403Forbidden);
}

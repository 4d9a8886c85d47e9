using Microsoft.AspNetCore.Mvc;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Forms;
using Rasp.Mails;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Programmes;

/// <summary>Opens the next round, with the questions of the last or with newer ones, or moves the closing date of the open one.</summary>
public sealed class RoundModel(ProgrammeBoard board, ProgrammeDesk desk, InstrumentLibrary instruments, NoticeWriter notices, TimeProvider clock) : ProgrammePage(board)
{
    public const string Newest = "newest";
    public const string Last = "last";

    [BindProperty]
    public string? ClosesOn { get; set; }

    /// <summary>The key of the stage of the round.</summary>
    [BindProperty]
    public string? Stage { get; set; }

    /// <summary>The questions of the last round, or the newest; asked only where these are not the same.</summary>
    [BindProperty]
    public string? Questions { get; set; }

    /// <summary>The newest questions there are.</summary>
    public Instrument Current => instruments.Current;

    /// <summary>The last round; null where there was none.</summary>
    public RoundView? Before => Programme.LastRound;

    /// <summary>The questions of the last round; the newest where there was none.</summary>
    public Instrument Asked { get; private set; } = null!;

    /// <summary>Whether there are newer questions than those of the last round.</summary>
    public bool HasNewer => Asked != Current;

    /// <summary>From the last round's questions to the newest, at a stage.</summary>
    public InstrumentDiff ToNewest(string stage) => InstrumentDiff.Between(Asked, Before!.Stage, Current, stage);

    /// <summary>From the last round's questions to the same ones, at a stage.</summary>
    public InstrumentDiff ToLast(string stage) => InstrumentDiff.Between(Asked, Before!.Stage, Asked, stage);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync(cancellation)) return NotFound();
        ClosesOn = (Programme.OpenRound?.ClosesOn ?? Today.AddDays(Schedule.DaysToClose)).InWords();
        Stage = Programme.Stage;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await OpenAsync(cancellation)) return NotFound();
        var date = TypedDate.Read(ClosesOn);
        if (date is null) ModelState.AddModelError(nameof(ClosesOn), TypedDate.Wrong);
        else if (date <= Today) ModelState.AddModelError(nameof(ClosesOn), "The closing date must be in the future");
        else if (date > Today.AddYears(2)) ModelState.AddModelError(nameof(ClosesOn), "The closing date must be within the next two years");
        if (Programme.OpenRound is not null)
        {
            if (!ModelState.IsValid) return Faulty();
            await desk.ChangeClosingDateAsync(Programme.Id, SignedIn.Person, date!.Value, cancellation);
        }
        else
        {
            if ((Questions == Newest || Before is null ? Current : Asked).Stages.All(s => s.Key != Stage)) ModelState.AddModelError(nameof(Stage), "Select where the programme is");
            if (Before is not null && HasNewer && Questions is not (Newest or Last)) ModelState.AddModelError(nameof(Questions), "Select which questions you want to be asked");
            if (!ModelState.IsValid) return Faulty();
            await desk.OpenRoundAsync(Programme.Id, SignedIn.Person, date!.Value, new(Stage, Questions == Newest), cancellation);
        }
        notices.Tell();
        return Redirect(Links.Programme(Programme.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await OpenAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> OpenAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return false;
        Asked = Before is { } before ? await instruments.GetAsync(before.InstrumentId, before.InstrumentVersion, cancellation) : Current;
        return true;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

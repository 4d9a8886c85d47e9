using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Mails;
using Rasp.Readiness.Instruments;

namespace Rasp.Pages.Programmes;

/// <summary>Opens a round, or moves the closing date of the open one.</summary>
public sealed class RoundModel(ProgrammeBoard board, ProgrammeDesk desk, InstrumentLibrary instruments, NoticeWriter notices, TimeProvider clock) : ProgrammePage(board)
{
    /// <summary>So many days most councils need to get round everybody whom they have to ask.</summary>
    private const int DaysProposed = 28;

    [BindProperty]
    public string? ClosesOn { get; set; }

    public Instrument Instrument => instruments.Current;

    public string StageName => Instrument.Stages.First(s => s.Key == (Programme.OpenRound?.Stage ?? Programme.Stage)).Name.Split(": ", 2)[0];

    public int Questions => Instrument.InScope(Programme.Stage).Count();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        ClosesOn = (Programme.OpenRound?.ClosesOn ?? Today.AddDays(DaysProposed)).InWords();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        if (!DateOnly.TryParseExact(ClosesOn?.Trim(), ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"], CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var date))
        {
            ModelState.AddModelError(nameof(ClosesOn), "Enter a date, like 27 March 2027 or 27/3/2027");
        }
        else if (date <= Today)
        {
            ModelState.AddModelError(nameof(ClosesOn), "The closing date must be in the future");
        }
        else if (date > Today.AddYears(2))
        {
            ModelState.AddModelError(nameof(ClosesOn), "The closing date must be within the next two years");
        }
        if (!ModelState.IsValid) return Faulty();
        if (Programme.OpenRound is null) await desk.OpenRoundAsync(Programme.Id, SignedIn.Person, date, cancellation);
        else await desk.ChangeClosingDateAsync(Programme.Id, SignedIn.Person, date, cancellation);
        notices.Tell();
        return Redirect(Links.Programme(Programme.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToManageAsync(cancellation) ? Page() : NotFound();

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

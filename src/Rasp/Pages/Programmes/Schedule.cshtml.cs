using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Data.Rounds;
using Rasp.Forms;

namespace Rasp.Pages.Programmes;

/// <summary>Has rounds open by themselves: the health check of a service that runs.</summary>
public sealed class ScheduleModel(ProgrammeBoard board, ProgrammeDesk desk, TimeProvider clock) : ProgrammePage(board)
{
    /// <summary>How far ahead a first day may lie.</summary>
    private const int MostYears = 5;

    [BindProperty]
    public string? On { get; set; }

    /// <summary>How many months lie between two.</summary>
    [BindProperty]
    public string? Every { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        On = (Programme.Schedule?.On ?? Today.AddMonths(6)).InWords();
        Every = (Programme.Schedule?.EveryMonths ?? 6).ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        var on = TypedDate.Read(On);
        if (on is null) ModelState.AddModelError(nameof(On), TypedDate.Wrong);
        else if (on <= Today) ModelState.AddModelError(nameof(On), "The first day must be in the future; to open a round today, go back and open one");
        else if (on > Today.AddYears(MostYears)) ModelState.AddModelError(nameof(On), $"The first day must be within the next {MostYears} years");
        var every = Schedule.Intervals.Cast<int?>().FirstOrDefault(m => m!.Value.ToString(CultureInfo.InvariantCulture) == Every);
        if (every is null) ModelState.AddModelError(nameof(Every), "Select how often");
        if (!ModelState.IsValid) return Faulty();
        await desk.ScheduleAsync(Programme.Id, SignedIn.Person, new(on!.Value, every!.Value), cancellation);
        return Redirect(Links.Programme(Programme.Id));
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        await desk.ScheduleAsync(Programme.Id, SignedIn.Person, null, cancellation);
        return Redirect(Links.Programme(Programme.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToManageAsync(cancellation) ? Page() : NotFound();

    /// <summary>How often, as people say it.</summary>
    public static string InWords(int months) => months switch
    {
        12 => "every year",
        24 => "every two years",
        _ => $"every {months} months",
    };

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

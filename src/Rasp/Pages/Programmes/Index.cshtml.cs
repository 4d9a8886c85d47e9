using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Pages.Programmes;

/// <summary>A programme's board: the same for everybody in it.</summary>
public sealed class IndexModel(ProgrammeBoard board, LetterBox letters, TimeProvider clock) : ProgrammePage(board)
{
    /// <summary>How many were asked to go on just now; null where nobody was.</summary>
    public int? Nudged { get; private set; }

    public bool CanNudge => letters.IsSetUp && Programme.Partners.Any(p => p.AmLead);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        // A candidate has a page of its own, which shows what it may see of the programme.
        if (Programme is { IsCandidate: true, Joinings: [var own, ..] }) return Redirect(Links.Joining(own.Id));
        Nudged = TempData[NudgeModel.Once] as int?;
        return Page();
    }

    /// <summary>How long until a round's closing date, in words.</summary>
    public string Left(RoundView round) => (round.ClosesOn.DayNumber - DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber) switch
    {
        0 => "the closing date is today",
        1 => "1 day left",
        > 1 and var days => $"{days} days left",
        var days => $"{-days} {(days == -1 ? "day" : "days")} past the closing date",
    };
}

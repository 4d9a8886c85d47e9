using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Pages.Programmes;

/// <summary>Asks the leads of those who have not sealed to go on.</summary>
public sealed class NudgeModel(ProgrammeBoard board, Notices notices, LetterBox letters) : ProgrammePage(board)
{
    public const string Once = "nudged";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) && CanAsk ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !CanAsk || Programme.OpenRound is not { } round) return NotFound();
        if (await notices.NudgeAsync(round.Id, SignedIn.Person, letters.Of, cancellation) is not { } asked) return NotFound();
        TempData[Once] = asked;
        return Redirect(Links.Programme(Programme.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) && CanAsk ? Page() : NotFound();

    private bool CanAsk => letters.IsSetUp && Programme.OpenRound is not null && Programme.Partners.Any(p => p.AmLead);
}

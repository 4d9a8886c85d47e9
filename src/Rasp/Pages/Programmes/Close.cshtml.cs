using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Pages.Programmes;

/// <summary>Opening a round without the missing: proposed by whoever started the programme, confirmed by each who has sealed.</summary>
public sealed class CloseModel(ProgrammeBoard board, Sealing sealing, NoticeWriter notices) : ProgrammePage(board)
{
    [BindProperty]
    public string? Part { get; set; }

    [BindProperty]
    public bool KnowsItReveals { get; set; }

    public RoundView Round { get; private set; } = null!;

    public IEnumerable<PartRow> ToConfirm => Round.Sharing.Where(p => p is { HasConfirmed: false, Own.AmLead: true });

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindRoundAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostProposeAsync(CancellationToken cancellation) =>
        await FindRoundAsync(cancellation) && Programme.MayManage ? Answer(await sealing.ProposeToCloseAsync(Round.Id, SignedIn.Person, cancellation)) : NotFound();

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellation) =>
        await FindRoundAsync(cancellation) && Programme.MayManage ? Answer(await sealing.WithdrawProposalAsync(Round.Id, SignedIn.Person, cancellation)) : NotFound();

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellation) =>
        await FindRoundAsync(cancellation) && ToConfirm.FirstOrDefault(p => p.Own!.Assessment.ToString("N") == Part) is { } part
            ? Answer(await sealing.ConfirmCloseAsync(part.Own!.Assessment, SignedIn.Person, KnowsItReveals, cancellation))
            : NotFound();

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindRoundAsync(cancellation) ? Page() : NotFound();

    private IActionResult Answer(SealOutcome outcome)
    {
        notices.Tell();
        switch (outcome)
        {
            case SealOutcome.Done: return Redirect(Links.ProgrammeClose(Programme.Id));
            case SealOutcome.Revealed or SealOutcome.IsRevealed: return Redirect(Links.Programme(Programme.Id));
            case SealOutcome.NotFound: return NotFound();
            default:
                ModelState.AddModelError("", "Something has changed since you opened this page. See how it stands now, and decide again");
                return Faulty();
        }
    }

    private async Task<bool> FindRoundAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Programme.OpenRound is not { } round || Programme.IsFacilitator) return false;
        Round = round;
        return true;
    }
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Programmes;

/// <summary>Takes a partner out of a programme: leaving, or removing one that has shown nothing yet.</summary>
public sealed class PartnerModel(ProgrammeBoard board, ProgrammeDesk desk) : ProgrammePage(board)
{
    [FromRoute]
    public string Organisation { get; set; } = "";

    public PartnerRow Partner { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindPartnerAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindPartnerAsync(cancellation)) return NotFound();
        switch (await desk.RemovePartnerAsync(Programme.Id, SignedIn.Person, Partner.Organisation, cancellation))
        {
            case RemoveOutcome.Done: return Redirect(Partner.AmLead && Programme.Mine.Count() == 1 ? Links.Organisation(Partner.Organisation) : Links.Programme(Programme.Id));
            case RemoveOutcome.HasRevealed:
                ModelState.AddModelError("", $"{Partner.Name} has opened its results in this programme. Only its own leads can take it out");
                return Faulty();
            default: return NotFound();
        }
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindPartnerAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindPartnerAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Programme.Partners.FirstOrDefault(p => p.Organisation.ToString("N") == Organisation) is not { } partner) return false;
        Partner = partner;
        return partner.AmLead || Programme.MayManage;
    }
}

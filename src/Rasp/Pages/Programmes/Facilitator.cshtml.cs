using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Programmes;

/// <summary>Ends a facilitator's part in a programme.</summary>
public sealed class FacilitatorModel(ProgrammeBoard board, ProgrammeDesk desk) : ProgrammePage(board)
{
    [FromRoute]
    public string Person { get; set; } = "";

    public FacilitatorRow Facilitator { get; private set; } = null!;

    public bool IsMyself => Facilitator.Person == SignedIn.Person;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindFacilitatorAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindFacilitatorAsync(cancellation)) return NotFound();
        await desk.RemoveFacilitatorAsync(Programme.Id, SignedIn.Person, Facilitator.Person, cancellation);
        return Redirect(IsMyself ? Links.Account : Links.Programme(Programme.Id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindFacilitatorAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindFacilitatorAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Programme.Facilitators.FirstOrDefault(f => f.Person.ToString("N") == Person) is not { } facilitator) return false;
        Facilitator = facilitator;
        return IsMyself || Programme.MayManage;
    }
}

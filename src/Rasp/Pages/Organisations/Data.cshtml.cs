using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Organisations;

/// <summary>Leaving: everything that is an organisation's in one file, and erasing it.</summary>
public sealed class DataModel(OrganisationDesk desk) : OrganisationPage(desk)
{
    [BindProperty]
    public bool IsSure { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation)) return NotFound();
        if (!IsSure)
        {
            ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that the organisation should be erased");
            return Faulty();
        }
        return await Desk.EraseAsync(Organisation.Id, SignedIn.Person, cancellation) ? Redirect(Links.Account) : NotFound();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Forms;

namespace Rasp.Pages.Organisations;

/// <summary>Changes an organisation's name.</summary>
public sealed class NameModel(OrganisationDesk desk) : OrganisationPage(desk)
{
    [BindProperty]
    public string? Name { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation)) return NotFound();
        Name = Organisation.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation)) return NotFound();
        if (OrganisationName.Read(Name, ModelState, nameof(Name)) is not { } name) return Faulty();
        switch (await Desk.RenameAsync(Organisation.Id, SignedIn.Person, name, cancellation))
        {
            case RenameOutcome.Done: return Redirect(Links.Organisation(Organisation.Id));
            case RenameOutcome.NameTaken:
                ModelState.AddModelError(nameof(Name), "A partner in one of your programmes has this name. Partners are told apart by their names: choose another");
                return Faulty();
            default: return NotFound();
        }
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();
}

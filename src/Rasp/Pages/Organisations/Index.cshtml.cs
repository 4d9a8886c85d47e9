using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Organisations;

/// <summary>An organisation: who belongs to it, and where it takes part.</summary>
public sealed class IndexModel(OrganisationDesk desk) : OrganisationPage(desk)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Organisations;

/// <summary>A page of one organisation, for those who have a place in it; to all others it is not there.</summary>
public abstract class OrganisationPage(OrganisationDesk desk) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public OrganisationView Organisation { get; private set; } = null!;

    protected OrganisationDesk Desk => desk;

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>False where there is no such organisation for this person.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Reference, "N", out var id) || await desk.FindAsync(id, SignedIn.Person, cancellation) is not { } found) return false;
        Organisation = found;
        return true;
    }

    /// <summary>As <see cref="FindAsync"/>, for what only leads may do.</summary>
    protected async Task<bool> FindAsLeadAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Organisation.IsLead;
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Programmes;
using Rasp.Forms;

namespace Rasp.Pages.Organisations;

/// <summary>Makes an organisation, led by whoever makes it.</summary>
public sealed class NewModel(OrganisationDesk desk) : AccountPage
{
    [BindProperty]
    public string? Name { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (OrganisationName.Read(Name, ModelState, nameof(Name)) is not { } name) return Faulty();
        return Redirect(Links.Organisation(await desk.StartAsync(name, SignedIn.Person, cancellation)));
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(Page());
}

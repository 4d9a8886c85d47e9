using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data;

namespace Rasp.Pages.Account;

/// <summary>What is in the account of whoever is signed in.</summary>
public sealed class IndexModel(AssessmentDesk desk) : AccountPage
{
    public IReadOnlyList<ClaimedAssessment> Assessments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) => Assessments = await desk.OfAsync(SignedIn.Person, cancellation);

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        return Page();
    }
}

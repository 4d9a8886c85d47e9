using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;

namespace Rasp.Pages.Account;

/// <summary>What is in the account of whoever is signed in.</summary>
public sealed class IndexModel(AssessmentDesk desk, OrganisationDesk organisations, ProgrammeDesk programmes, TeamBoard teams) : AccountPage
{
    /// <summary>What others ask of whoever is signed in.</summary>
    public IReadOnlyList<AskedRow> Asked { get; private set; } = [];

    public IReadOnlyList<MyOrganisation> Organisations { get; private set; } = [];

    public IReadOnlyList<MyProgramme> Programmes { get; private set; } = [];

    public IReadOnlyList<ClaimedAssessment> Assessments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Asked = await teams.AskedOfAsync(SignedIn.Person, cancellation);
        Assessments = await desk.OfAsync(SignedIn.Person, cancellation);
        Organisations = await organisations.OfAsync(SignedIn.Person, cancellation);
        Programmes = await programmes.OfAsync(SignedIn.Person, cancellation);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await OnGetAsync(cancellation);
        return Page();
    }
}

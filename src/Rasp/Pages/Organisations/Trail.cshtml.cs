using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;

namespace Rasp.Pages.Organisations;

/// <summary>An organisation's part of the trail: who did what with it, and who was shown what it answered.</summary>
public sealed class TrailModel(OrganisationDesk desk, OrganisationTrail trail) : OrganisationPage(desk)
{
    public const int LinesOnAPage = 100;

    /// <summary>Only lines before this one; null from the newest on.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    public IReadOnlyList<SeenTrailLine> Lines { get; private set; } = [];

    public bool HasOlder { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation)) return NotFound();
        var found = await trail.FindAsync(Organisation.Id, SignedIn.Person, Before, LinesOnAPage + 1, cancellation);
        if (found is null) return NotFound();
        (Lines, HasOlder) = ([.. found.Take(LinesOnAPage)], found.Count > LinesOnAPage);
        return Page();
    }
}

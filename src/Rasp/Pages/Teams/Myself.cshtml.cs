using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;

namespace Rasp.Pages.Teams;

/// <summary>A lead answers too.</summary>
public sealed class MyselfModel(AssessmentDoor door, TeamBoard board, TeamDesk desk) : TeamPage(door, board)
{
    [BindProperty]
    public string? Role { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindTeamAsync(cancellation) && Team.Me is null ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindTeamAsync(cancellation)) return NotFound();
        if (Team.Me is not null) return Redirect(Links.Assessment(Reference));
        if (ReadRole(Role, nameof(Role)) is not { } role) return Faulty();
        // Twice is once.
        return await desk.JoinAsync(Id, SignedIn.Person, role, cancellation) == TeamOutcome.NotFound ? NotFound() : Redirect(Links.Assessment(Reference));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindTeamAsync(cancellation) ? Page() : NotFound();
}

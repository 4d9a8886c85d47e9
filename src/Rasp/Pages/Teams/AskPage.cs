using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;

namespace Rasp.Pages.Teams;

/// <summary>Asks somebody to answer: first the role, which proposes what they are asked; then who they are, and what they are asked.</summary>
public abstract class AskPage(AssessmentDoor door, TeamBoard board) : TeamPage(door, board)
{
    /// <summary>The key of a role; the address says it once it is chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty]
    public ScopeForm Scope { get; set; } = new();

    public bool HasRole => Team.Instrument.Roles.Any(r => r.Key == Role);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindTeamAsync(cancellation)) return NotFound();
        if (HasRole) Scope = ScopeForm.ProposedFor(Team.Instrument, Team.Stage, Role!);
        else if (Request.Query.ContainsKey(nameof(Role)))
        {
            ReadRole(Role, nameof(Role));
            return Faulty();
        }
        return Page();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindTeamAsync(cancellation) ? Page() : NotFound();
}

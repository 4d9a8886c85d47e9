using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Teams;

namespace Rasp.Pages.Teams;

/// <summary>A page about those who answer within an assessment, for its leads; to all others it is not there.</summary>
public abstract class TeamPage(AssessmentDoor door, TeamBoard board) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public OpenAssessment Open { get; private set; } = null!;

    /// <summary>Null where an assessment in confidence is open by its private link, and not in this person's account.</summary>
    public TeamView? Found { get; private set; }

    public TeamView Team => Found!;

    public Guid Id => Open.Seen.Facts.Id;

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>False where there is no such assessment, or whoever is signed in does not lead it.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { IsExample: false, IsLed: true } open) return false;
        Open = open;
        Found = await board.FindAsync(Id, SignedIn.Person, cancellation);
        return true;
    }

    /// <summary>As <see cref="FindAsync"/>, where it is chosen who sees what, and answers can still change.</summary>
    protected async Task<bool> FindTeamAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Found is { Attribution: not null, IsOpen: true };

    /// <summary>The key of a role; null, and what is wrong told, where none was chosen.</summary>
    protected string? ReadRole(string? role, string field)
    {
        if (Team.Instrument.Roles.Any(r => r.Key == role)) return role;
        ModelState.AddModelError(field, "Select a role");
        return null;
    }
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;

namespace Rasp.Pages.Teams;

/// <summary>Chooses, once, who sees who answered what; says first exactly what each means.</summary>
public sealed class StartModel(AssessmentDoor door, TeamBoard board, TeamDesk desk) : TeamPage(door, board)
{
    public const string NoRole = "none";

    /// <summary>named or anonymous.</summary>
    [BindProperty]
    public string? Attribution { get; set; }

    /// <summary>The key of a role, or none.</summary>
    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindToStartAsync(cancellation)) return NotFound();
        if (Team.Attribution is not null) return Redirect(Links.Team(Reference));
        if (Team.AnsweredTogether > 0) Role = Open.Seen.Facts.Answering?.Role;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToStartAsync(cancellation)) return NotFound();
        if (Team.Attribution is not null) return Redirect(Links.Team(Reference));
        if (Attribution is not ("named" or "anonymous")) ModelState.AddModelError(nameof(Attribution), "Select whether answers are named or anonymous");
        var answersNothing = Role == NoRole && Team.AnsweredTogether == 0;
        var role = answersNothing ? null : ReadRole(Role, nameof(Role));
        if (!IsSure) ModelState.AddModelError(nameof(IsSure), "Tick the box to confirm that this can’t be changed later");
        if (!ModelState.IsValid) return Faulty();
        switch (await desk.StartAsync(Id, SignedIn.Person, Attribution == "named" ? Data.Teams.Attribution.Named : Data.Teams.Attribution.Anonymous, role, cancellation))
        {
            case TeamOutcome.Done: return Redirect(Links.Team(Reference));
            case TeamOutcome.HasChanged:
                // Another lead chose, or entered something, meanwhile.
                if (!await FindToStartAsync(cancellation)) return NotFound();
                if (Team.Attribution is not null) return Redirect(Links.Team(Reference));
                ModelState.AddModelError(nameof(Role), "Something has been answered meanwhile: select the role from which that was");
                return Faulty();
            default: return NotFound();
        }
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToStartAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindToStartAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Found is { IsOpen: true };
}

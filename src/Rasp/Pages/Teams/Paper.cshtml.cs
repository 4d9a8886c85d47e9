using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Forms;

namespace Rasp.Pages.Teams;

/// <summary>Adds somebody whose answers a lead enters: first the role, which proposes what they are asked; then what to call them.</summary>
public sealed class PaperModel(AssessmentDoor door, TeamBoard board, TeamDesk desk) : TeamPage(door, board)
{
    /// <summary>The key of a role; the address says it once it is chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty]
    public string? Name { get; set; }

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

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindTeamAsync(cancellation)) return NotFound();
        if (!HasRole) return Redirect(Links.TeamPaper(Reference));
        var name = PaperName.Read(Name, ModelState, nameof(Name));
        var scope = Scope.Read(ModelState, nameof(Scope), Team.Instrument, Team.Stage);
        if (!ModelState.IsValid) return Faulty();
        return await desk.AddOnPaperAsync(Id, SignedIn.Person, name!, Role!, scope, cancellation) is { } added ? Redirect(Links.Assessment(added.ToString("N"))) : NotFound();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindTeamAsync(cancellation) ? Page() : NotFound();
}

/// <summary>What a lead calls somebody whose answers they enter.</summary>
internal static class PaperName
{
    private const int MaxLength = 100;

    /// <summary>The name; null, and what is wrong told, where it is none.</summary>
    public static string? Read(string? typed, Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary faults, string field)
    {
        var name = Typed.CleanLine(typed);
        if (name is null) faults.AddModelError(field, "Enter what to call this person");
        else if (name.Length > MaxLength) faults.AddModelError(field, $"What to call this person must be {MaxLength} characters or fewer; it has {name.Length}");
        else return name;
        return null;
    }
}

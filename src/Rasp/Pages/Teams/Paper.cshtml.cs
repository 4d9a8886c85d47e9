using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Forms;

namespace Rasp.Pages.Teams;

/// <summary>Adds somebody whose answers a lead enters, by what the lead calls them.</summary>
public sealed class PaperModel(AssessmentDoor door, TeamBoard board, TeamDesk desk) : AskPage(door, board)
{
    [BindProperty]
    public string? Name { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindTeamAsync(cancellation)) return NotFound();
        if (!HasRole) return Redirect(Links.TeamPaper(Reference));
        var name = PaperName.Read(Name, ModelState, nameof(Name));
        var scope = Scope.Read(ModelState, nameof(Scope), Team.Instrument, Team.Stage);
        if (!ModelState.IsValid) return Faulty();
        return await desk.AddOnPaperAsync(Id, SignedIn.Person, name!, Role!, scope, cancellation) is { } added ? Redirect(Links.Assessment(added.ToString("N"))) : NotFound();
    }
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

using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Teams;

namespace Rasp.Pages.Teams;

/// <summary>Somebody stops answering, and says what becomes of their answers.</summary>
public sealed class LeaveModel(AssessmentDoor door, TeamDesk desk) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    /// <summary>keep or erase.</summary>
    [BindProperty]
    public string? Answers { get; set; }

    public OpenAssessment Open { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync()) return NotFound();
        if (Answers is not ("keep" or "erase"))
        {
            ModelState.AddModelError(nameof(Answers), "Select what becomes of your answers");
            return Faulty();
        }
        if (await desk.LeaveAsync(Open.Seen.Facts.Id, SignedIn.Person, Answers == "erase", cancellation) != TeamOutcome.Done) return NotFound();
        return Redirect(Open.Seen.Facts.IsLed ? Links.Team(Reference) : Links.Account);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync() ? Page() : NotFound();

    private async Task<bool> FindAsync()
    {
        if (await door.OpenAsync(HttpContext, Reference) is not { IsExample: false, Seen.Facts.Answering.Kind: RespondentKind.Person } open) return false;
        Open = open;
        return true;
    }
}

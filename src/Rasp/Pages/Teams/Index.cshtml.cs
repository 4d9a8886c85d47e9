using Microsoft.AspNetCore.Mvc;
using Rasp.Assessments;
using Rasp.Data.Teams;
using Rasp.Mails;

namespace Rasp.Pages.Teams;

/// <summary>Those who answer within an assessment, with how far each has got.</summary>
public sealed class IndexModel(AssessmentDoor door, TeamBoard board, TeamDesk desk, LetterBox letters) : TeamPage(door, board)
{
    public const string Once = "reminded";

    public bool BringsMail => letters.IsSetUp;

    /// <summary>How many were reminded just now; null where nobody was asked to.</summary>
    public int? Reminded { get; private set; }

    /// <summary>Those whose answers are told from nobody's: on paper they are known to whoever enters them.</summary>
    public int Unknown => Team.Active.Count(p => p.Kind == RespondentKind.Person);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        Reminded = TempData[Once] as int?;
        return Page();
    }

    public async Task<IActionResult> OnPostRemindAsync(CancellationToken cancellation)
    {
        if (!await FindTeamAsync(cancellation) || letters.Reminding is not { } letter) return NotFound();
        if (await desk.RemindAsync(Id, SignedIn.Person, null, letter, cancellation) is not { } written) return NotFound();
        TempData[Once] = written;
        return Redirect(Links.Team(Reference));
    }
}

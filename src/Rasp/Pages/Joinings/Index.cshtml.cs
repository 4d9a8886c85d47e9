using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Pages.Joinings;

/// <summary>Where a candidate and the members stand. To the candidate it is the programme's page, cut down to what it may see.</summary>
public sealed class IndexModel(ProgrammeBoard board, JoiningDesk desk, NoticeWriter notices) : JoiningPage(board)
{
    /// <summary>Whether whoever looks can hold the candidate to a newer round.</summary>
    public bool MayMoveBase => Programme.MayManage && Joining.NewerBase is not null;

    /// <summary>Whether whoever looks can record how it ends.</summary>
    public bool MayEnd => Joining.Outcome is null && (Programme.MayManage || Part?.Own is { AmLead: true });

    /// <summary>Whether whoever looks sees the fit.</summary>
    public bool SeesFit => Round.RevealedAt is not null && (Programme.IsFacilitator || Part?.Own is not null || Joining.Members.Any(m => m.Own is not null));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostBaseAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !Programme.MayManage) return NotFound();
        if (await desk.MoveBaseAsync(Round.Id, SignedIn.Person, cancellation) != SealOutcome.Done) return Changed();
        notices.Tell();
        return Redirect(Links.Joining(Round.Id));
    }
}

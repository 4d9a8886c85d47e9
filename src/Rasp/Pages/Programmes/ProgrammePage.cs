using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Programmes;

/// <summary>A page of one programme, for those who are in it; to all others it is not there.</summary>
public abstract class ProgrammePage(ProgrammeBoard board) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public ProgrammeView Programme { get; private set; } = null!;

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>False where there is no such programme for this person.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Reference, "N", out var id) || await board.FindAsync(id, SignedIn.Person, cancellation) is not { } found) return false;
        Programme = found;
        return true;
    }

    /// <summary>As <see cref="FindAsync"/>, for what only leads of whoever started the programme may do.</summary>
    protected async Task<bool> FindToManageAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Programme.MayManage;
}

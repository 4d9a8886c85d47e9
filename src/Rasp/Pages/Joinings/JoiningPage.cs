using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Joinings;
using Rasp.Data.Programmes;

namespace Rasp.Pages.Joinings;

/// <summary>A page of one candidate and the members, for those who are on either side; to all others it is not there.</summary>
public abstract class JoiningPage(ProgrammeBoard board) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public ProgrammeView Programme { get; private set; } = null!;

    public RoundView Round { get; private set; } = null!;

    public JoiningView Joining => Round.Joining!;

    /// <summary>The candidate's part; null where it ended before anybody saw it, and where it was erased.</summary>
    public PartRow? Part => Round.Parts.Count > 0 ? Round.Parts[0] : null;

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>False where there is no such candidate for this person.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Reference, "N", out var id) || await board.FindByRoundAsync(id, SignedIn.Person, cancellation) is not ({ } programme, { Joining: not null } round)) return false;
        (Programme, Round) = (programme, round);
        return true;
    }

    protected IActionResult Changed()
    {
        ModelState.AddModelError("", "Something has changed since you opened this page. See how it stands now, and decide again");
        return Faulty();
    }
}

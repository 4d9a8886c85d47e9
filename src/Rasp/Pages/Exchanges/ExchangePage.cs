using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Exchanges;

namespace Rasp.Pages.Exchanges;

/// <summary>A page about a round's partners on other servers, for those who are in its programme; to all others it is not there.</summary>
public abstract class ExchangePage(ExchangeBoard board) : AccountPage
{
    /// <summary>What is to be said once on the page that comes next.</summary>
    protected const string Once = "exchanged";

    /// <summary>The round.</summary>
    [FromRoute]
    public string Reference { get; set; } = "";

    public ExchangeView View { get; private set; } = null!;

    public Guid Round => View.Round.Id;

    /// <summary>What was just done; null where nothing was.</summary>
    public string? Done => TempData[Once] as string;

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>False where there is no such round for this person.</summary>
    protected virtual async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Reference, "N", out var id) || await board.FindAsync(id, SignedIn.Person, cancellation) is not { } found) return false;
        View = found;
        return true;
    }

    /// <summary>The page again, as it stands now.</summary>
    protected async Task<IActionResult> ChangedAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        ModelState.AddModelError("", "Something has changed since you opened this page. See how it stands now, and decide again");
        return Faulty();
    }

    /// <summary>Goes on to an address, and says there what was done.</summary>
    protected RedirectResult Tell(string what, string address)
    {
        TempData[Once] = what;
        return Redirect(address);
    }
}

using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Workshops;

namespace Rasp.Pages.Rounds;

/// <summary>Where a partnership opens a workshop over a round that is open to all, or goes to the one that is, and finds what earlier ones decided.</summary>
public sealed class WorkshopModel(WorkshopLens lens, WorkshopDesk desk) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public Guid Round { get; private set; }

    public IReadOnlyList<WorkshopRow> Workshops { get; private set; } = [];

    /// <summary>Whether this person runs workshops here: a partner's lead, or a facilitator.</summary>
    public bool MayOpen { get; private set; }

    public WorkshopRow? Current => Workshops.FirstOrDefault(w => w.ClosedAt is null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation) && MayOpen && await desk.OpenOverRoundAsync(Round, SignedIn.Person, cancellation) is { } workshop ? Redirect(Links.Workshop(workshop)) : NotFound();

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(Reference, "N", out var round) || await lens.OfRoundAsync(round, SignedIn.Person, cancellation) is not var (workshops, mayOpen)) return false;
        (Round, Workshops, MayOpen) = (round, workshops, mayOpen);
        return true;
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Workshops;
using Rasp.Forms;
using Rasp.Workshops;

namespace Rasp.Pages.Workshops;

/// <summary>Takes a seat: what the workshop is, who will see what, and a button. Whoever has a seat already goes straight in.</summary>
[EnableRateLimiting(RateLimits.Join)]
public sealed class JoinModel(WorkshopLens lens, WorkshopDesk desk, SeatCookie cookie) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    /// <summary>For which of their organisations somebody votes; asked only of whoever belongs to several.</summary>
    [BindProperty]
    public string? Organisation { get; set; }

    public WorkshopDoor Door { get; private set; } = null!;

    /// <summary>Those for which this person may vote; in a partnership's workshop.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Organisations { get; private set; } = [];

    /// <summary>Why nobody can come in; null where they can.</summary>
    public string? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return Redirect(Links.Join);
        if (NeedsAccount) return Redirect(Links.SignInFor(Links.WorkshopJoin(Door.Workshop, Door.Code)));
        if (await lens.FindAsync(Door.Workshop, SeatCookie.Who(HttpContext), cancellation) is { Votes: true }) return Redirect(Links.WorkshopVote(Door.Workshop));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return Redirect(Links.Join);
        if (NeedsAccount) return Redirect(Links.SignInFor(Links.WorkshopJoin(Door.Workshop, Door.Code)));
        if (Door.IsPartnership && Organisations.Count == 0) return Page();
        var outcome = JoinOutcome.Done;
        if (await lens.FindAsync(Door.Workshop, SeatCookie.Who(HttpContext), cancellation) is not { Votes: true })
        {
            if (Door.IsPartnership)
            {
                if (Chosen() is not { } organisation)
                {
                    ModelState.AddModelError(nameof(Organisation), "Select for which organisation you vote");
                    return Faulty();
                }
                outcome = await desk.JoinForAsync(Door.Code, HttpContext.SignedIn()!.Person, organisation, cancellation);
            }
            else
            {
                (outcome, var secret) = await desk.JoinAsync(Door.Code, cancellation);
                if (secret is not null) cookie.Give(HttpContext, Door.Workshop, secret);
            }
        }
        if (outcome == JoinOutcome.Done) return Redirect(Links.WorkshopVote(Door.Workshop));
        if (outcome == JoinOutcome.NotFound) return Redirect(Links.Join);
        Refused = outcome == JoinOutcome.Locked ? LockedWords : "Every seat in this workshop is taken.";
        return Page();
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private const string LockedWords = "The door is locked: whoever runs the workshop has let in all who were expected. Ask them to open it.";

    private bool NeedsAccount => Door.IsPartnership && HttpContext.SignedIn() is null;

    private Guid? Chosen() => Organisations is [var one] ? one.Id : Organisations.Where(o => o.Id.ToString("N") == Organisation).Select(o => (Guid?)o.Id).FirstOrDefault();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (JoinCode.Read(Code) is not { } code || await lens.DoorAsync(code, HttpContext.SignedIn()?.Person, cancellation) is not { } door || door.Workshop.ToString("N") != Reference) return false;
        Door = door;
        if (door.IsLocked) Refused = LockedWords;
        if (door.IsPartnership && HttpContext.SignedIn() is { } signedIn) Organisations = await lens.VotesForAsync(door.Workshop, signedIn.Person, cancellation);
        return true;
    }
}

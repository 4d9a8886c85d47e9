using Microsoft.AspNetCore.Mvc;
using Rasp.Data.Workshops;
using Rasp.Readiness.Answers;
using Rasp.Workshops;

namespace Rasp.Pages.Workshops;

/// <summary>The page of somebody who votes, made for a phone and one thumb.</summary>
public sealed class VoteModel(WorkshopLens lens, WorkshopDesk desk, Voting voting, SeatCookie cookie, TimeProvider clock) : WorkshopPage(lens, clock)
{
    private const string Live = "_Voting";

    /// <summary>A level, dk or na, as files write it.</summary>
    [BindProperty]
    public string? Answer { get; set; }

    /// <summary>The vote that the page showed.</summary>
    [BindProperty]
    public int Ballot { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Room.Votes ? Shown(Live) : Elsewhere();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !Room.Votes) return Elsewhere();
        if (Choice.Parse(Answer ?? "", Room.Instrument.Levels.Count) is not { } choice) ModelState.AddModelError("", "Choose one of the answers");
        else if (!await voting.VoteAsync(Room, Ballot, choice, cancellation)) ModelState.AddModelError("", "Your vote came too late: this vote was closed before it. It does not count");
        else if (Part is null) return Redirect(Links.WorkshopVote(Room.Id));
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        return await FindAsync(cancellation) ? Shown(Live) : Elsewhere();
    }

    public async Task<IActionResult> OnPostLeaveAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || !Room.Votes) return Elsewhere();
        await desk.LeaveAsync(Room, cancellation);
        cookie.Take(HttpContext, Room.Id);
        return Redirect(Links.Join);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Room.Votes ? Page() : NotFound();

    /// <summary>A partner's people, who need no code, are led to their seat; others to the door, whether there is a workshop or not.</summary>
    private RedirectResult Elsewhere() => Redirect(Room is { TakesPart: true, IsOpen: true } ? Links.WorkshopJoin(Room.Id, Room.Code) : Links.Join);
}

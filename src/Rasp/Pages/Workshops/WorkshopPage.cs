using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data;
using Rasp.Data.Workshops;
using Rasp.Forms;
using Rasp.Workshops;

namespace Rasp.Pages.Workshops;

/// <summary>A page of a workshop, for those who are in it. Its live part can be asked for by itself: the same, to put in place of the old.</summary>
public abstract class WorkshopPage(WorkshopLens lens, TimeProvider clock) : FormPage
{
    private const string PartField = "part";

    [FromRoute]
    public string Reference { get; set; } = "";

    public Room Room { get; private set; } = null!;

    public TimeSpan? TimeLeft() => Room.TimeLeft(clock.GetUtcNow());

    protected WorkshopLens Lens => lens;

    protected Holder Who => SeatCookie.Who(HttpContext);

    protected Guid? Person => HttpContext.SignedIn()?.Person;

    /// <summary>Which part alone a script asks for; null where the whole page is.</summary>
    protected string? Part => Request.Query.TryGetValue(PartField, out var part) ? $"{part}" : null;

    /// <summary>False where there is no such workshop for this visitor.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (!Guid.TryParseExact(Reference, "N", out var id) || await lens.FindAsync(id, Who, cancellation) is not { } room) return false;
        Room = room;
        return true;
    }

    /// <summary>The page, or its live part.</summary>
    protected IActionResult Shown(string partial) => Part is null ? Page() : new PartialViewResult { ViewName = partial, ViewData = new(ViewData) { Model = this }, TempData = TempData, StatusCode = Response.StatusCode };

    /// <summary>What somebody gets to whom the workshop is not open: those who are not signed in are asked to, whether there is one or not.</summary>
    protected IActionResult Closed() => Person is null && Part is null && Guid.TryParseExact(Reference, "N", out _) ? Redirect(Links.SignInFor(Request.Path)) : NotFound();
}

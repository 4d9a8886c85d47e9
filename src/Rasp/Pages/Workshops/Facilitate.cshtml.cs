using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Data.Workshops;
using Rasp.Forms;
using Rasp.Workshops;

namespace Rasp.Pages.Workshops;

/// <summary>The link that a lead hands to whoever moderates. Looking changes nothing: it takes the button.</summary>
[EnableRateLimiting(RateLimits.Open)]
public sealed class FacilitateModel(WorkshopDesk desk, SeatCookie cookie) : FormPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    [FromRoute]
    public string Secret { get; set; } = "";

    /// <summary>Whose workshop it is; null where the link runs none.</summary>
    public string? Title { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (Title is null || await desk.FacilitateAsync(Id!.Value, Secret, cancellation) is not { } seat) return Page();
        cookie.Give(HttpContext, Id.Value, seat);
        return Redirect(Links.Workshop(Id.Value));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        return Page();
    }

    private Guid? Id => Guid.TryParseExact(Reference, "N", out var id) ? id : null;

    private async Task LookAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        Title = Id is { } id ? await desk.LookAsync(id, Secret, cancellation) : null;
        if (Title is null) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}

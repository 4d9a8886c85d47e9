using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Workshops;
using Rasp.Forms;

namespace Rasp.Pages.Join;

/// <summary>Where somebody types the code of a workshop, or comes by its QR code. Looking changes nothing.</summary>
[EnableRateLimiting(RateLimits.Join)]
public sealed class IndexModel(WorkshopLens lens) : FormPage
{
    private const string Unknown = "This code opens no workshop. Check it on the screen; the workshop may also be over";

    [FromRoute(Name = "code")]
    public string? FromLink { get; set; }

    /// <summary>A code as somebody typed it.</summary>
    [BindProperty]
    public string? Typed { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (FromLink is null) return Page();
        if (await FindAsync(FromLink, cancellation) is { } found) return found;
        Typed = FromLink;
        ModelState.AddModelError(nameof(Typed), Unknown);
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (string.IsNullOrWhiteSpace(Typed)) ModelState.AddModelError(nameof(Typed), "Enter the code");
        else if (await FindAsync(Typed, cancellation) is { } found) return found;
        else ModelState.AddModelError(nameof(Typed), JoinCode.Read(Typed) is null ? $"A code has {JoinCode.Length} letters and digits. Check it on the screen" : Unknown);
        return Faulty();
    }

    public override Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => Task.FromResult<IActionResult>(Page());

    private async Task<IActionResult?> FindAsync(string typed, CancellationToken cancellation) =>
        JoinCode.Read(typed) is { } code && await lens.DoorAsync(code, HttpContext.SignedIn()?.Person, cancellation) is { } door ? Redirect(Links.WorkshopJoin(door.Workshop, code)) : null;
}

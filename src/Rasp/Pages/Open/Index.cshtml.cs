using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Forms;

namespace Rasp.Pages.Open;

/// <summary>Opens an assessment by its private link. Looking changes nothing, since mail scanners open links: it takes the button.</summary>
[EnableRateLimiting(RateLimits.Open)]
public sealed class IndexModel(AssessmentDesk desk, AssessmentDoor door) : FormPage
{
    [BindProperty(SupportsGet = true)]
    public string? Secret { get; set; }

    /// <summary>A link, or its last part, as somebody pasted it.</summary>
    [BindProperty]
    public string? Link { get; set; }

    /// <summary>Whether the browser was just told to forget an assessment.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    public string? Organisation { get; private set; }

    public bool IsFound { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (Secret is null) return Page();
        await LookAsync(Secret, cancellation);
        if (!IsFound) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        var secret = Secret ?? SecretIn(Link);
        if (secret is null)
        {
            ModelState.AddModelError(nameof(Link), string.IsNullOrWhiteSpace(Link) ? "Enter your private link" : "This is not a private link: it ends in /open/ and 32 letters and digits");
            return Faulty();
        }
        if (PrivateLink.Hash(secret) is not { } hash || await desk.FindAsync(hash, cancellation) is not var (id, _))
        {
            ModelState.AddModelError(nameof(Link), "This link opens nothing. It may be mistyped, replaced by a newer link, deleted, or not used for 90 days");
            Secret = null;
            return Faulty();
        }
        await desk.TouchAsync(id, hash, cancellation);
        door.LetIn(HttpContext, id, secret);
        return Redirect(Links.Assessment(id.ToString("N")));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation)
    {
        if (Secret is not null) await LookAsync(Secret, cancellation);
        return Page();
    }

    private async Task LookAsync(string secret, CancellationToken cancellation)
    {
        var found = await desk.FindAsync(PrivateLink.Hash(secret), cancellation);
        (IsFound, Organisation) = (found is not null, found?.Organisation);
    }

    private static string? SecretIn(string? link)
    {
        var text = link?.Trim().TrimEnd('/', '.', '>') ?? "";
        var secret = text[(text.LastIndexOf('/') + 1)..];
        return PrivateLink.Hash(secret) is null ? null : secret;
    }
}

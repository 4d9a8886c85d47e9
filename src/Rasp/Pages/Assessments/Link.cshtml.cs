using System.Net.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Assessments;
using Rasp.Data;

namespace Rasp.Pages.Assessments;

/// <summary>The private link: shown once after it was made, sent by mail on request, and replaced by a new one.</summary>
[EnableRateLimiting(RateLimits.Mail)]
public sealed class LinkModel(AssessmentDoor door, AssessmentDesk desk, Post post) : OwnAssessmentPage(door)
{
    /// <summary>The link's secret, while it is shown.</summary>
    [BindProperty]
    public string? Secret { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public string? Link => Secret is null ? null : Door.LinkOf(Secret);

    public bool CanMail => post.IsSetUp;

    /// <summary>Where the link was sent just now; null where it was not.</summary>
    public string? SentTo { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync() || Open.HasTeam) return NotFound();
        Secret = PrivateLinkOnce.Take(TempData);
        return Page();
    }

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken cancellation)
    {
        if (AssessmentDoor.Key(HttpContext, Reference) is not var (id, holder)) return NotFound();
        if (await desk.RenewLinkAsync(id, holder, cancellation) is not { } secret) return NotFound();
        Door.LetIn(HttpContext, id, secret);
        PrivateLinkOnce.Keep(TempData, secret);
        return Redirect(Links.PrivateLink(Reference));
    }

    public async Task<IActionResult> OnPostMailAsync(CancellationToken cancellation)
    {
        // The link is sent only to whoever has it already.
        if (!await OpenAsync() || Secret is null || !AssessmentDoor.Holds(HttpContext, Secret) || !CanMail) return NotFound();
        if (!MailAddress.TryCreate(Email?.Trim(), out var address) || address.Address != Email!.Trim())
        {
            ModelState.AddModelError(nameof(Email), "Enter an e-mail address in the correct format, like name@example.gov.uk");
            return Faulty();
        }
        if (!await post.SendAsync(address.Address, "Your private link to your RASP assessment", MailText(), cancellation))
        {
            ModelState.AddModelError(nameof(Email), "The mail could not be sent. Copy the link instead, or try again later");
            return Faulty();
        }
        SentTo = address.Address;
        return Page();
    }

    private string MailText() => $"""
        Somebody asked Rasp to send you this private link to an assessment:

        {Link}

        Whoever has the link can read and change the assessment, and delete it. Keep this mail, or the link in it, where only those can see it who should.

        The assessment is deleted for good once nobody has used it for {Seen.KeptFor.Days} days.

        If you did not ask for this, you can ignore it.
        """;
}

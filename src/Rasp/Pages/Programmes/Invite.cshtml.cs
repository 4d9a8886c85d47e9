using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Programmes;
using Rasp.Forms;
using Rasp.Mails;

namespace Rasp.Pages.Programmes;

/// <summary>Invites a partner organisation by one of its leads, or a facilitator.</summary>
[EnableRateLimiting(RateLimits.Invite)]
public sealed class InviteModel(ProgrammeBoard board, InvitationDesk invitations, LetterBox letters) : ProgrammePage(board)
{
    /// <summary>partner or facilitator.</summary>
    [BindProperty(SupportsGet = true)]
    public string? As { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public bool IsFacilitator => As == "facilitator";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindToManageAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToManageAsync(cancellation)) return NotFound();
        var name = IsFacilitator ? null : OrganisationName.Read(Organisation, ModelState, nameof(Organisation));
        if (name is not null && Programme.Partners.Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError(nameof(Organisation), "This organisation is a partner already");
        var email = TypedEmail.Read(Email);
        if (email is null) ModelState.AddModelError(nameof(Email), TypedEmail.Wrong);
        if (!ModelState.IsValid) return Faulty();
        var invitedAs = IsFacilitator ? InvitedAs.Facilitator : InvitedAs.Partner;
        var inviting = Programme.Mine.First(p => p is { IsStarter: true, AmLead: true }).Name;
        if (await invitations.InviteToProgrammeAsync(Programme.Id, SignedIn.Person, invitedAs, email!, name, letters.Inviting(invitedAs, email!, inviting, Programme.Name), cancellation) is not var (id, secret)) return NotFound();
        InvitationOnce.Keep(TempData, letters, secret);
        return Redirect(Links.SentInvitation(id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToManageAsync(cancellation) ? Page() : NotFound();
}

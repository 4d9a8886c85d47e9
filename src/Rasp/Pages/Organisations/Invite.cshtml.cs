using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Pages.Organisations;

/// <summary>Invites somebody to lead: whoever is to answer is invited where there is something to answer.</summary>
[EnableRateLimiting(RateLimits.Invite)]
public sealed class InviteModel(OrganisationDesk desk, InvitationDesk invitations, LetterBox letters) : OrganisationPage(desk)
{
    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsLeadAsync(cancellation)) return NotFound();
        var email = TypedEmail.Read(Email);
        if (email is null) ModelState.AddModelError(nameof(Email), TypedEmail.Wrong);
        else if (Organisation.Members.Any(m => string.Equals(m.Email, email, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError(nameof(Email), "This person is in your organisation already: make them a lead on its page");
        if (!ModelState.IsValid) return Faulty();
        if (await invitations.InviteToOrganisationAsync(Organisation.Id, SignedIn.Person, email!, letters.Inviting(InvitedAs.Lead, email!, Organisation.Name, null), cancellation) is not var (id, secret)) return NotFound();
        InvitationOnce.Keep(TempData, letters, secret);
        return Redirect(Links.SentInvitation(id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsLeadAsync(cancellation) ? Page() : NotFound();
}

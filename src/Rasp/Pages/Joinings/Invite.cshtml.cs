using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Data.Programmes;
using Rasp.Forms;
using Rasp.Mails;
using Rasp.Pages.Programmes;

namespace Rasp.Pages.Joinings;

/// <summary>Invites an organisation that would join, by one of its leads. Any partner's lead may.</summary>
[EnableRateLimiting(RateLimits.Invite)]
public sealed class InviteModel(ProgrammeBoard board, InvitationDesk invitations, LetterBox letters) : ProgrammePage(board)
{
    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The partners' newest round that is open to all: the candidate is held to it.</summary>
    public RoundView? Base => Programme.Rounds.FirstOrDefault(r => r.RevealedAt is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindToInviteAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindToInviteAsync(cancellation)) return NotFound();
        if (Base is null)
        {
            ModelState.AddModelError("", "A round of your own comes first: open one, and once it is open to all of you, invite");
            return Faulty();
        }
        var name = OrganisationName.Read(Organisation, ModelState, nameof(Organisation));
        if (name is not null && Programme.Partners.Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError(nameof(Organisation), "This organisation is a partner already");
        else if (name is not null && Programme.Joinings.Any(r => r.Joining!.Outcome is null && string.Equals(r.Joining.Name, name, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError(nameof(Organisation), "This organisation asks to join already");
        var email = TypedEmail.Read(Email);
        if (email is null) ModelState.AddModelError(nameof(Email), TypedEmail.Wrong);
        if (!ModelState.IsValid) return Faulty();
        var inviting = Programme.Mine.Where(p => p.AmLead).OrderByDescending(p => p.IsStarter).ThenBy(p => p.Since).First().Name;
        if (await invitations.InviteCandidateAsync(Programme.Id, SignedIn.Person, email!, name!, letters.Inviting(InvitedAs.Candidate, email!, inviting, Programme.Name), cancellation) is not var (id, secret)) return NotFound();
        InvitationOnce.Keep(TempData, letters, secret);
        return Redirect(Links.SentInvitation(id));
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindToInviteAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindToInviteAsync(CancellationToken cancellation) => await FindAsync(cancellation) && Programme.Partners.Any(p => p.AmLead);
}

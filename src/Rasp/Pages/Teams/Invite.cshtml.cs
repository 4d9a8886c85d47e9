using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Mails;

namespace Rasp.Pages.Teams;

/// <summary>Invites somebody to answer, by their address.</summary>
[EnableRateLimiting(RateLimits.Invite)]
public sealed class InviteModel(AssessmentDoor door, TeamBoard board, InvitationDesk invitations, LetterBox letters) : AskPage(door, board)
{
    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindTeamAsync(cancellation)) return NotFound();
        if (!HasRole) return Redirect(Links.TeamInvite(Reference));
        var email = TypedEmail.Read(Email);
        if (email is null) ModelState.AddModelError(nameof(Email), TypedEmail.Wrong);
        else if (Team.Active.Any(p => string.Equals(p.Name, email, StringComparison.OrdinalIgnoreCase))) ModelState.AddModelError(nameof(Email), "This person is asked already: change what they are asked on their page");
        var scope = Scope.Read(ModelState, nameof(Scope), Team.Instrument, Team.Stage);
        if (!ModelState.IsValid) return Faulty();
        var letter = letters.Inviting(InvitedAs.Contributor, email!, Team.Organisation, null);
        if (await invitations.InviteToTeamAsync(Id, SignedIn.Person, email!, Role!, scope, letter, cancellation) is not var (id, secret)) return NotFound();
        InvitationOnce.Keep(TempData, letters, secret);
        return Redirect(Links.SentInvitation(id));
    }
}

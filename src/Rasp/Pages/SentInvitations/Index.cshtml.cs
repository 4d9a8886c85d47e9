using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Pages.SentInvitations;

/// <summary>An invitation that is not answered yet, for those who sent it: its link where no mail can bring it, sending it again, taking it back.</summary>
public sealed class IndexModel(InvitationDesk invitations, LetterBox letters) : AccountPage
{
    [FromRoute]
    public string Reference { get; set; } = "";

    public SentInvitation Invitation { get; private set; } = null!;

    /// <summary>The link to pass on by hand, shown once; null where a mail brings it.</summary>
    public string? Link { get; private set; }

    /// <summary>Whether a mail was written just now.</summary>
    public bool IsSent { get; private set; }

    public bool BringsMail => letters.IsSetUp;

    public string Back => Invitation.Programme is { } programme ? Links.Programme(programme)
        : Invitation.Assessment is { } assessment ? Links.Team(assessment.ToString("N")) : Links.Organisation(Invitation.Inviting!.Value);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        (IsSent, Link) = InvitationOnce.Take(TempData, letters);
        return Page();
    }

    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        var letter = letters.Inviting(Invitation.As, Invitation.Email, Invitation.InvitingName, Invitation.ProgrammeName);
        if (await invitations.SendAgainAsync(Invitation.Id, SignedIn.Person, letter, cancellation) is not { } secret) return NotFound();
        InvitationOnce.Keep(TempData, letters, secret);
        return Redirect(Links.SentInvitation(Invitation.Id));
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation)) return NotFound();
        await invitations.WithdrawAsync(Invitation.Id, SignedIn.Person, cancellation);
        return Redirect(Back);
    }

    public override async Task<IActionResult> ShowAgainAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? Page() : NotFound();

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Response.KeepPrivate();
        if (!Guid.TryParseExact(Reference, "N", out var id) || await invitations.FindSentAsync(id, SignedIn.Person, cancellation) is not { } found) return false;
        Invitation = found;
        return true;
    }
}

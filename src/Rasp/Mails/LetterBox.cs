using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;

namespace Rasp.Mails;

/// <summary>Where pages leave letters to people.</summary>
public sealed class LetterBox(Outbox outbox, Post post, Settings settings, IHostEnvironment environment)
{
    /// <summary>Whether mail reaches anybody: through a mail server, or whoever develops Rasp on their own machine.</summary>
    public bool IsSetUp => post.IsSetUp || environment.IsDevelopment();

    /// <summary>The letter of a notice.</summary>
    public Letter Of(DueNotice notice) => Letters.Notice(
        notice, notice is { Kind: NoticeKind.AnswerBy, Part: { } part } ? LinkToAnswer(part) : Links.Absolute(settings.Url, notice.Joining is { } joining ? Links.Joining(joining.Round) : Links.Programme(notice.Programme)), Links.Absolute(settings.Url, Links.AccountMails));

    /// <summary>The letter of a reminder. Whoever is signed out comes to the action by signing in.</summary>
    public Letter Of(DueReminder reminder) => Letters.Action(
        reminder, Links.Absolute(settings.Url, Links.SignInFor(Links.PlannedAction(reminder.Address, reminder.Action))), Links.Absolute(settings.Url, Links.AccountMails));

    /// <summary>How a lead's reminder is written; null where no mail can be sent.</summary>
    public Func<TeamMail, Letter>? Reminding => IsSetUp ? mail => Letters.Reminder(mail, LinkToAnswer(mail.Assessment), Links.Absolute(settings.Url, Links.AccountMails)) : null;

    /// <summary>How somebody is asked to look again; null where no mail can be sent.</summary>
    public Func<TeamMail, Letter>? AskingAgain(string? note) => IsSetUp ? mail => Letters.LookAgain(mail, note, LinkToAnswer(mail.Assessment)) : null;

    /// <summary>What brings an invitation's link to somebody; null where no mail can be sent, and whoever invites has to pass the link on.</summary>
    public Func<string, Letter>? Inviting(InvitedAs invitedAs, string email, string inviting, string? programme) =>
        IsSetUp ? secret => Letters.Invitation(invitedAs, email, inviting, programme, LinkOfInvitation(secret)) : null;

    /// <summary>What tells those whose it is that a token was made; null where no mail can be sent.</summary>
    public Func<string, Letter>? TellingOfToken((Guid Id, string Name)? organisation, string madeBy) => IsSetUp
        ? email => Letters.TokenMade(email, organisation?.Name, madeBy, Links.Absolute(settings.Url, Links.SignInFor(organisation is null ? Links.Tokens : Links.OrganisationTokens(organisation.Value.Id))))
        : null;

    /// <summary>An invitation's link, to pass on by hand.</summary>
    public string LinkOfInvitation(string secret) => Links.Absolute(settings.Url, Links.Invitation(secret));

    /// <summary>Whoever is signed out comes to it by signing in.</summary>
    private string LinkToAnswer(Guid assessment) => Links.Absolute(settings.Url, Links.SignInFor(Links.Assessment(assessment.ToString("N"))));

    /// <summary>Sends somebody the link and the code to sign in with.</summary>
    public Task OfferSignInAsync(string email, OfferedSignIn offered, CancellationToken cancellation) => outbox.WriteAsync(
        Letters.SignIn(email, Links.Absolute(settings.Url, Links.SignInLink(offered.LinkSecret)), offered.Code), offered.ExpiresAt, cancellation);
}

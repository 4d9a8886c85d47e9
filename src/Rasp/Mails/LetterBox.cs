using Rasp.Data;
using Rasp.Data.Accounts;

namespace Rasp.Mails;

/// <summary>Where pages leave letters to people.</summary>
public sealed class LetterBox(Outbox outbox, Post post, Settings settings, IHostEnvironment environment)
{
    /// <summary>Whether mail reaches anybody: through a mail server, or whoever develops Rasp on their own machine.</summary>
    public bool IsSetUp => post.IsSetUp || environment.IsDevelopment();

    /// <summary>Sends somebody the link and the code to sign in with.</summary>
    public Task OfferSignInAsync(string email, OfferedSignIn offered, CancellationToken cancellation) => outbox.WriteAsync(
        Letters.SignIn(email, Links.Absolute(settings.Url, Links.SignInLink(offered.LinkSecret)), offered.Code), offered.ExpiresAt, cancellation);
}

using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Rasp.Data;

namespace Rasp;

/// <summary>Sends mail by SMTP, where the host has set it up.</summary>
public sealed partial class Post(Settings settings, ILogger<Post> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsSetUp => settings.Smtp is not null;

    /// <summary>Sends a mail; false where the server can't be reached or does not take it, which is logged without the mail's text.</summary>
    public Task<bool> SendAsync(string to, string subject, string text, CancellationToken cancellation) =>
        SendAsync(to, subject, new TextPart("plain") { Text = text }, cancellation);

    /// <summary>As above, in plain text and in HTML.</summary>
    public Task<bool> SendAsync(Letter letter, CancellationToken cancellation) => SendAsync(
        letter.Recipient, letter.Subject, new MultipartAlternative(new TextPart("plain") { Text = letter.Text }, new TextPart("html") { Text = letter.Html }), cancellation);

    private async Task<bool> SendAsync(string to, string subject, MimeEntity body, CancellationToken cancellation)
    {
        if (settings.Smtp is not { } server) throw new InvalidOperationException("No mail is set up.");
        var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(settings.MailFrom!));
        mail.To.Add(MailboxAddress.Parse(to));
        mail.Subject = subject;
        mail.Body = body;
        try
        {
            using var smtp = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
            var isImplicitTls = server.Scheme == "smtps";
            await smtp.ConnectAsync(server.Host, server.Port > 0 ? server.Port : isImplicitTls ? 465 : 25, isImplicitTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancellation);
            if (server.UserInfo.Split(':', 2) is [var user, var password])
            {
                await smtp.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancellation);
            }
            await smtp.SendAsync(mail, cancellation);
            await smtp.DisconnectAsync(true, cancellation);
            return true;
        }
        catch (Exception refused) when (refused is SmtpCommandException or SmtpProtocolException or MailKit.Security.AuthenticationException or IOException or System.Net.Sockets.SocketException or TimeoutException or NotSupportedException)
        {
            NotSent(refused);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "A mail could not be sent.")]
    private partial void NotSent(Exception refused);
}

using Rasp.Data;
using Rasp.Data.Accounts;

namespace Rasp.Tests.Accounts;

/// <summary>Mails survive a mail server that refuses or is down, and what they say does not outlive its use.</summary>
public sealed class OutboxTests
{
    private static readonly Letter Letter = new("jo@example.gov.uk", "A subject", "A text with a secret", "<p>A text with a secret</p>");

    [Theory, Engines]
    public async Task A_refused_mail_is_tried_again_after_growing_pauses_and_arrives(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url, engine);
        mail.Unknown.Add(Letter.Recipient);
        await WriteAsync(host);
        await TriesAsync(host, 1);
        for (var tries = 2; tries <= 3; tries++)
        {
            await TriesAsync(host, tries, Outbox.Pauses[tries - 2]);
        }
        mail.Unknown.Clear();
        await StateAsync(host, MailState.Sent, Outbox.Pauses[2]);
        Assert.Equal(Letter.Subject, Assert.Single(mail.Received).Subject);
        Assert.Equal([0L], await host.QueryAsync<long>("SELECT count(*) FROM \"Mails\" WHERE \"Text\" IS NOT NULL OR \"Html\" IS NOT NULL"));
    }

    [Fact]
    public async Task After_the_last_pause_it_has_failed_and_its_body_is_gone()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url);
        mail.Unknown.Add(Letter.Recipient);
        await WriteAsync(host);
        await TriesAsync(host, 1);
        for (var tries = 0; tries < Outbox.Pauses.Count; tries++) await TriesAsync(host, tries + 2, Outbox.Pauses[tries]);
        await StateAsync(host, MailState.Failed);
        Assert.Equal([0L], await host.QueryAsync<long>("SELECT count(*) FROM \"Mails\" WHERE \"Text\" IS NOT NULL"));
        Assert.DoesNotContain("secret", host.Log.ToString(), StringComparison.Ordinal);
        Assert.Empty(mail.Received);
    }

    [Fact]
    public async Task What_could_not_be_sent_in_time_is_given_up_with_its_body()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url);
        mail.Unknown.Add(Letter.Recipient);
        await WriteAsync(host, SignIns.MailIsGoodFor);
        await TriesAsync(host, 1);
        await StateAsync(host, MailState.Expired, SignIns.MailIsGoodFor);
        Assert.Equal([0L], await host.QueryAsync<long>("SELECT count(*) FROM \"Mails\" WHERE \"Text\" IS NOT NULL"));
    }

    [Fact]
    public async Task What_was_written_before_a_restart_is_sent_after_it()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await RaspHost.StartAsync(with: s => s with { Data = folder.Path })) await WriteAsync(host);
        await using var mail = new MailServer();
        await using var next = await RaspHost.StartAsync(with: s => s with { Data = folder.Path, Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        await StateAsync(next, MailState.Sent);
        Assert.Single(mail.Received);
    }

    private static Task<RaspHost> StartAsync(Uri smtp, Engine engine = Engine.Sqlite) => RaspHost.StartAsync(engine, s => s with { Smtp = smtp, MailFrom = "rasp@example.gov.uk" });

    private static Task WriteAsync(RaspHost host, TimeSpan? goodFor = null) =>
        OutboxOf(host).WriteAsync(Letter, host.Clock.GetUtcNow() + (goodFor ?? TimeSpan.FromDays(7)));

    private static Outbox OutboxOf(RaspHost host) => (Outbox)host.Services.GetService(typeof(Outbox))!;

    private static Task TriesAsync(RaspHost host, int tries, TimeSpan after = default) => AfterAsync(host, after, m => m.Tries == tries);

    private static Task StateAsync(RaspHost host, MailState state, TimeSpan after = default) => AfterAsync(host, after, m => m.State == state);

    /// <summary>Waits for what happens after a while. The clock goes on meanwhile, since the sender may only then begin to wait.</summary>
    private static async Task AfterAsync(RaspHost host, TimeSpan pause, Func<MailRow, bool> isSo)
    {
        host.Clock.Advance(pause);
        await Until.TrueAsync(async () =>
        {
            if (isSo((await OutboxOf(host).NewestAsync(1, default)).Single())) return true;
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        });
    }
}

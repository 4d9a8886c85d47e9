using Microsoft.EntityFrameworkCore;

namespace Rasp.Data;

/// <summary>What is to be sent.</summary>
/// <param name="Recipient">One address.</param>
/// <param name="Subject">Its subject, without anything secret: administrators see it.</param>
/// <param name="Text">Its body in plain text.</param>
/// <param name="Html">Its body in HTML.</param>
public sealed record Letter(string Recipient, string Subject, string Text, string Html)
{
    public const int SubjectMaxLength = 200;
}

/// <summary>A mail as an administrator sees it.</summary>
public sealed record MailRow(string Recipient, string Subject, MailState State, int Tries, DateTimeOffset WrittenAt, DateTimeOffset NextTryAt);

/// <summary>A mail that is due.</summary>
public sealed record DueMail(Guid Id, Letter Letter, int Tries);

/// <summary>Mails are stored before they are sent, so that a mail server that is down loses none.</summary>
public sealed class Outbox(Database database, TimeProvider clock)
{
    /// <summary>How long to wait after each failure; after the last it has failed for good.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12)];

    private static readonly TimeSpan RowsKeptFor = TimeSpan.FromDays(90);

    /// <summary>Longer than a try takes: nobody else tries the same mail meanwhile, and a crash does not lose it.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    private readonly Bell bell = new(clock);

    /// <summary>Stores a mail, to be sent at once.</summary>
    public async Task WriteAsync(Letter letter, DateTimeOffset expiresAt, CancellationToken cancellation = default)
    {
        await using var db = database.Open();
        Add(db, letter, expiresAt);
        await db.SaveChangesAsync(cancellation);
        Tell();
    }

    /// <summary>Adds a mail to what a transaction stores; once it is stored, <see cref="Tell"/>.</summary>
    public void Add(RaspDb db, Letter letter, DateTimeOffset expiresAt)
    {
        var now = clock.GetUtcNow();
        db.Mails.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            Recipient = letter.Recipient,
            Subject = letter.Subject,
            Text = letter.Text,
            Html = letter.Html,
            WrittenAt = now,
            ExpiresAt = expiresAt,
            NextTryAt = now,
        });
    }

    /// <summary>Says that there is something to send.</summary>
    public void Tell() => bell.Ring();

    /// <summary>Waits until a mail was stored here, or for a while: others may have stored one, or one may be due again.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => bell.WaitAsync(atMost, cancellation);

    /// <summary>Takes the next mail that is due; null where none is.</summary>
    public async Task<DueMail?> TakeAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        while (true)
        {
            var now = clock.GetUtcNow();
            var due = await db.Mails.AsNoTracking().Where(m => m.State == MailState.Waiting && m.NextTryAt <= now && m.ExpiresAt > now && m.Text != null)
                .OrderBy(m => m.NextTryAt).FirstOrDefaultAsync(cancellation);
            if (due is null) return null;
            var until = now + Claim;
            if (await db.Mails.Where(m => m.Id == due.Id && m.NextTryAt == due.NextTryAt).ExecuteUpdateAsync(m => m.SetProperty(x => x.NextTryAt, until), cancellation) == 1)
            {
                return new(due.Id, new(due.Recipient, due.Subject, due.Text!, due.Html!), due.Tries);
            }
        }
    }

    /// <summary>Notes that a mail was sent, and lets its body go.</summary>
    public Task SentAsync(DueMail mail, bool keepBody) => EndAsync(mail, MailState.Sent, keepBody);

    /// <summary>Notes that a mail could not be sent: it is tried again, or has failed for good.</summary>
    public async Task RefusedAsync(DueMail mail, bool keepBody)
    {
        if (mail.Tries >= Pauses.Count)
        {
            await EndAsync(mail, MailState.Failed, keepBody);
            return;
        }
        var next = clock.GetUtcNow() + Pauses[mail.Tries];
        await using var db = database.Open();
        await db.Mails.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.Tries, mail.Tries + 1).SetProperty(x => x.NextTryAt, next));
    }

    /// <summary>Gives up mails that are of use no more, with their bodies, and deletes the rows of old ones.</summary>
    public async Task ExpireAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var old = now - RowsKeptFor;
        await using var db = database.Open();
        await db.Mails.Where(m => m.State == MailState.Waiting && m.ExpiresAt <= now)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MailState.Expired).SetProperty(x => x.Text, (string?)null).SetProperty(x => x.Html, (string?)null), cancellation);
        await db.Mails.Where(m => m.WrittenAt <= old).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The newest mails, without their bodies.</summary>
    public async Task<IReadOnlyList<MailRow>> NewestAsync(int most, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Mails.AsNoTracking().OrderByDescending(m => m.WrittenAt).ThenBy(m => m.Recipient).ThenBy(m => m.Subject).Take(most)
            .Select(m => new MailRow(m.Recipient, m.Subject, m.State, m.Tries, m.WrittenAt, m.NextTryAt)).ToListAsync(cancellation);
    }

    /// <summary>The newest mails whose bodies are still there: for whoever develops Rasp, on their own machine.</summary>
    public async Task<IReadOnlyList<Letter>> BodiesAsync(int most, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Mails.AsNoTracking().Where(m => m.Text != null).OrderByDescending(m => m.WrittenAt).Take(most)
            .Select(m => new Letter(m.Recipient, m.Subject, m.Text!, m.Html!)).ToListAsync(cancellation);
    }

    private async Task EndAsync(DueMail mail, MailState state, bool keepBody)
    {
        await using var db = database.Open();
        await db.Mails.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(m => m
            .SetProperty(x => x.State, state).SetProperty(x => x.Tries, mail.Tries + 1)
            .SetProperty(x => x.Text, x => keepBody ? x.Text : null).SetProperty(x => x.Html, x => keepBody ? x.Html : null));
    }
}

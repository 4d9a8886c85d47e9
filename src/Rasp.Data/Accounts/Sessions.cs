using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Trails;

namespace Rasp.Data.Accounts;

/// <summary>Who is signed in, by a session's cookie.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Email">The person's address.</param>
/// <param name="IsAdministrator">Whether the person runs the installation.</param>
/// <param name="LastSeenAt">When it was last used, to the hour.</param>
public sealed record SignedIn(Guid Session, Guid Person, string Email, bool IsAdministrator, DateTimeOffset LastSeenAt);

/// <summary>A session as its owner sees it.</summary>
public sealed record SessionRow(Guid Id, string Browser, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt);

/// <summary>Begins, finds and ends sessions.</summary>
public sealed class Sessions(Database database, Trail trail, TimeProvider clock) : IDisposable
{
    /// <summary>A session that is not used ends after so long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    private static readonly TimeSpan SeenTo = TimeSpan.FromHours(1);

    // On the way of every page of whoever is signed in, so made ready.
    private readonly ReadyCommands found = new(
        database,
        """
        SELECT s."Id", s."PersonId", p."Email", p."IsAdministrator", s."LastSeenAt"
        FROM "Sessions" s JOIN "People" p ON p."Id" = s."PersonId" WHERE s."SecretHash" = @secret AND s."LastSeenAt" > @ended
        """,
        ("secret", DbType.Binary), ("ended", DbType.Int64));

    /// <summary>Begins one, whichever way its person came in; gives its secret, for the cookie.</summary>
    public async Task<string> BeginAsync(Guid person, string browser, CancellationToken cancellation = default)
    {
        var (secret, now) = (PrivateLink.NewSecret(), clock.GetUtcNow());
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Sessions.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person,
            SecretHash = PrivateLink.Hash(secret)!,
            StartedAt = now,
            LastSeenAt = now,
            Browser = browser.Length > Session.BrowserMaxLength ? browser[..Session.BrowserMaxLength] : browser,
        });
        await db.SaveChangesAsync(cancellation);
        await SeePersonAsync(db, person, now, cancellation);
        await trail.AppendAsync(db, new(TrailKind.SignedIn, person), cancellation);
        await transaction.CommitAsync(cancellation);
        return secret;
    }

    /// <summary>Whose session a cookie's secret is; null where it is none, or one that ended.</summary>
    public async Task<SignedIn?> FindAsync(string secret, CancellationToken cancellation = default) =>
        PrivateLink.Hash(secret) is { } hash ? await found.ReadAsync([hash, Ended.UtcTicks], ReadAsync, cancellation) : null;

    /// <summary>Whether it is time to note that a session was used.</summary>
    public bool IsToBeNoted(SignedIn session) => clock.GetUtcNow() - session.LastSeenAt >= SeenTo;

    /// <summary>Notes that a session was used.</summary>
    public async Task NoteAsync(SignedIn session)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        await db.Sessions.Where(s => s.Id == session.Session).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now));
        await SeePersonAsync(db, session.Person, now, default);
    }

    /// <summary>A person's sessions, the last used first.</summary>
    public async Task<IReadOnlyList<SessionRow>> OfAsync(Guid person, CancellationToken cancellation)
    {
        var ended = Ended;
        await using var db = database.Open();
        return await db.Sessions.AsNoTracking().Where(s => s.PersonId == person && s.LastSeenAt > ended).OrderByDescending(s => s.LastSeenAt)
            .ThenByDescending(s => s.StartedAt).Select(s => new SessionRow(s.Id, s.Browser, s.StartedAt, s.LastSeenAt)).ToListAsync(cancellation);
    }

    /// <summary>Ends one of a person's sessions; false where the person has none of this id.</summary>
    public async Task<bool> EndAsync(Guid person, Guid session, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Sessions.Where(s => s.PersonId == person && s.Id == session).ExecuteDeleteAsync(cancellation) == 1;
    }

    /// <summary>Signs a person out everywhere.</summary>
    public async Task EndAllAsync(Guid person, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await db.Sessions.Where(s => s.PersonId == person).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Deletes the rows of those that ended by themselves.</summary>
    public async Task DeleteExpiredAsync(CancellationToken cancellation)
    {
        var ended = Ended;
        await using var db = database.Open();
        await db.Sessions.Where(s => s.LastSeenAt <= ended).ExecuteDeleteAsync(cancellation);
    }

    public void Dispose() => found.Dispose();

    private DateTimeOffset Ended => clock.GetUtcNow() - KeptFor;

    private static Task<int> SeePersonAsync(RaspDb db, Guid person, DateTimeOffset now, CancellationToken cancellation) =>
        db.Users.Where(p => p.Id == person).ExecuteUpdateAsync(p => p.SetProperty(x => x.LastSeenAt, now), cancellation);

    private static async Task<SignedIn?> ReadAsync(DbDataReader row, CancellationToken cancellation) =>
        await row.ReadAsync(cancellation)
            ? new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetBoolean(3), new(row.GetInt64(4), TimeSpan.Zero))
            : null;
}

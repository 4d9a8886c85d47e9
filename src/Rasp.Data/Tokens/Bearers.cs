using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Trails;

namespace Rasp.Data.Tokens;

/// <summary>Who asks with a token.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Viewer">As whom it sees.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="LastUsedOn">When it was last used; null where it never was.</param>
public sealed record Bearer(Guid Token, Viewer Viewer, TokenScopes Scopes, DateOnly? LastUsedOn);

/// <summary>Finds whose a token is, and notes the days on which each is used.</summary>
public sealed class Bearers(Database database, Trail trail, TimeProvider clock) : IDisposable
{
    /// <summary>One that has ended stays on its owner's list for so long, to say why what used it stopped.</summary>
    public static readonly TimeSpan ListedFor = TimeSpan.FromDays(90);

    // On the way of every call, so made ready. An organisation's is good as long as whoever made it leads it.
    private readonly ReadyCommands found = new(
        database,
        """
        SELECT t."Id", t."PersonId", t."OrganisationId", t."ProgrammeId", t."Scopes", t."LastUsedOn"
        FROM "Tokens" t WHERE t."SecretHash" = @secret AND t."ExpiresAt" > @now
            AND (t."OrganisationId" IS NULL OR EXISTS (SELECT 1 FROM "Memberships" m WHERE m."OrganisationId" = t."OrganisationId" AND m."PersonId" = t."PersonId" AND m."Role" = 1))
        """,
        ("secret", DbType.Binary), ("now", DbType.Int64));

    /// <summary>Whose it is; null where it is none, or one that has ended. It is looked up by its hash, so how long that takes says nothing about another.</summary>
    public async Task<Bearer?> FindAsync(string secret, CancellationToken cancellation = default) =>
        TokenSecret.Hash(secret) is { } hash ? await found.ReadAsync([hash, clock.GetUtcNow().UtcTicks], ReadAsync, cancellation) : null;

    /// <summary>Notes, once a day, that it is used, and tells its owner's trail.</summary>
    public async Task NoteAsync(Bearer bearer, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (bearer.LastUsedOn >= today) return;
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var id = bearer.Token;
        if (await db.Tokens.Where(t => t.Id == id && (t.LastUsedOn == null || t.LastUsedOn < today)).ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedOn, today), cancellation) == 0) return;
        await trail.AppendAsync(db, new(TrailKind.TokenUsed, bearer.Viewer.Person) { Organisation = bearer.Viewer.Organisation, Subject = id }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Deletes the rows of those that ended long ago.</summary>
    public async Task DeleteExpiredAsync(CancellationToken cancellation)
    {
        var ended = clock.GetUtcNow() - ListedFor;
        await using var db = database.Open();
        await db.Tokens.Where(t => t.ExpiresAt <= ended).ExecuteDeleteAsync(cancellation);
    }

    public void Dispose() => found.Dispose();

    private static async Task<Bearer?> ReadAsync(DbDataReader row, CancellationToken cancellation) =>
        await row.ReadAsync(cancellation)
            ? new(row.GetGuid(0), new(row.GetGuid(1), Id(row, 2), Id(row, 3)), (TokenScopes)row.GetInt32(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5))
            : null;

    private static Guid? Id(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}

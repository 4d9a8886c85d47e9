using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rasp.Data.Trails;

namespace Rasp.Data.Signing;

/// <summary>A key that this installation signs with, or did, as everybody may see it.</summary>
/// <param name="Key">Its public half.</param>
/// <param name="CreatedAt">Since when it signs.</param>
/// <param name="RetiredAt">Since when it signs nothing more; null while it does.</param>
public sealed record ShownKey(PublicKey Key, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt);

/// <summary>The keys with which this installation signs what is taken away from it: one at a time, made once, however many servers share the database.</summary>
public sealed partial class SigningKeys(Database database, IDataProtectionProvider protection, TimeProvider clock, ILogger<SigningKeys> log)
{
    private readonly IDataProtector protector = protection.CreateProtector("Rasp.Signing.PrivateKey");

    /// <summary>The key that signs now, made where there is none. Whoever gets it disposes of it.</summary>
    public async Task<ECDsa> OpenAsync(CancellationToken cancellation = default)
    {
        await using var db = database.Open();
        while (true)
        {
            var newest = await db.SigningKeys.AsNoTracking().OrderByDescending(k => k.Number).FirstOrDefaultAsync(cancellation);
            if (newest is { RetiredAt: null, PrivateKey: { } kept })
            {
                if (Unprotected(kept) is { } key) return key;
                // What protects it is gone, so nobody can sign with it any more. What it signed still holds.
                await RetireAsync(db, newest.Number, cancellation);
                Lost(newest.Id);
            }
            await MakeAsync(db, (newest?.Number ?? 0) + 1, cancellation);
        }
    }

    /// <summary>All keys, the newest first, those that are retired too. The first is made where there is none.</summary>
    public async Task<IReadOnlyList<ShownKey>> AllAsync(CancellationToken cancellation = default)
    {
        (await OpenAsync(cancellation)).Dispose();
        await using var db = database.Open();
        return [.. (await db.SigningKeys.AsNoTracking().OrderByDescending(k => k.Number).Select(k => new { k.PublicJwk, k.CreatedAt, k.RetiredAt }).ToListAsync(cancellation))
            .Select(k => new ShownKey(Read(k.PublicJwk), k.CreatedAt, k.RetiredAt))];
    }

    /// <summary>Retires the key that signs now, so that the next signature makes another. Gives the retired key's thumbprint; null where none signs.</summary>
    public static async Task<string?> RetireAsync(RaspDb db, Trail trail, TimeProvider clock, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var signing = await db.SigningKeys.AsNoTracking().Where(k => k.RetiredAt == null).OrderByDescending(k => k.Number).FirstOrDefaultAsync(cancellation);
        if (signing is null || await RetireAsync(db, signing.Number, now, cancellation) == 0) return null;
        await trail.AppendAsync(db, new(TrailKind.SigningKeyRetired, null) { Detail = signing.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return signing.Id;
    }

    private Task<int> RetireAsync(RaspDb db, int number, CancellationToken cancellation) => RetireAsync(db, number, clock.GetUtcNow(), cancellation);

    private static Task<int> RetireAsync(RaspDb db, int number, DateTimeOffset now, CancellationToken cancellation) =>
        db.SigningKeys.Where(k => k.Number == number && k.RetiredAt == null)
            .ExecuteUpdateAsync(k => k.SetProperty(x => x.RetiredAt, now).SetProperty(x => x.PrivateKey, (byte[]?)null), cancellation);

    /// <summary>Makes the key of a number, unless somebody has meanwhile.</summary>
    private async Task MakeAsync(RaspDb db, int number, CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var shown = PublicKey.Of(key);
        var (kept, now) = (protector.Protect(key.ExportPkcs8PrivateKey()), clock.GetUtcNow().UtcTicks);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "SigningKeys" ("Number", "Id", "Algorithm", "PublicJwk", "PrivateKey", "CreatedAt")
            VALUES ({number}, {shown.Thumbprint}, {PublicKey.Algorithm}, {shown.Jwk}, {kept}, {now})
            ON CONFLICT ("Number") DO NOTHING
            """,
            cancellation);
    }

    private ECDsa? Unprotected(byte[] kept)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(protector.Unprotect(kept), out _);
            return key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static PublicKey Read(string jwk)
    {
        using var json = JsonDocument.Parse(jwk);
        return PublicKey.Read(json.RootElement);
    }

    [LoggerMessage(LogLevel.Warning, "The signing key {Id} can't be opened any more: what protects it is gone from the database. It is retired, and another is made.")]
    private partial void Lost(string id);
}

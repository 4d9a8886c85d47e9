using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Exchanges;

/// <summary>
/// What of partners on other servers is an organisation's, in the file that holds all that is: its keys, but for the one that signs, which
/// nobody needs who reads that file; what it released, and what was released to it.
/// </summary>
internal sealed class ExchangeRecord
{
    private readonly IReadOnlyList<(ExchangeKeys Keys, SecretKey Encryption, Round Round)> keys;
    private readonly ILookup<Guid, (ReleasedBundle Bundle, PartnerElsewhere To)> released;
    private readonly ILookup<Guid, (ReceivedBundle Bundle, PartnerElsewhere From)> received;

    private ExchangeRecord(IReadOnlyList<(ExchangeKeys, SecretKey, Round)> keys, ILookup<Guid, (ReleasedBundle, PartnerElsewhere)> released, ILookup<Guid, (ReceivedBundle, PartnerElsewhere)> received) =>
        (this.keys, this.released, this.received) = (keys, released, received);

    public static async Task<ExchangeRecord> ReadAsync(RaspDb db, KeyProtection protection, Guid organisation, CancellationToken cancellation)
    {
        var keys = await db.ExchangeKeys.AsNoTracking().Where(k => k.OrganisationId == organisation).Join(db.Rounds, k => k.RoundId, r => r.Id, (k, r) => new { Keys = k, Round = r }).OrderBy(k => k.Keys.At).ToListAsync(cancellation);
        var released = await db.ReleasedBundles.AsNoTracking().Where(b => b.OrganisationId == organisation).Join(db.PartnersElsewhere, b => b.PartnerId, p => p.Id, (b, p) => new { Bundle = b, Partner = p }).OrderBy(b => b.Bundle.At).ThenBy(b => b.Bundle.Version).ToListAsync(cancellation);
        // What a partner has withdrawn since is no more shown here than on any page; and who has withdrawn sees nothing of others.
        var received = await db.ReceivedBundles.AsNoTracking().Where(b => b.OrganisationId == organisation && !db.SealsElsewhere.Any(s => s.PartnerId == b.PartnerId && s.WithdrawnAt != null)
                && !db.Assessments.Any(a => a.RoundId == b.RoundId && a.OrganisationId == organisation && a.WithdrawnAt != null))
            .Join(db.PartnersElsewhere, b => b.PartnerId, p => p.Id, (b, p) => new { Bundle = b, Partner = p }).OrderBy(b => b.Bundle.At).ThenBy(b => b.Bundle.Version).ToListAsync(cancellation);
        return new(
            keys.ConvertAll(k => (k.Keys, protection.OpenEncryption(k.Keys), k.Round)),
            released.ToLookup(b => b.Bundle.RoundId, b => (b.Bundle, b.Partner)), received.ToLookup(b => b.Bundle.RoundId, b => (b.Bundle, b.Partner)));
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("elsewhere");
        foreach (var (own, encryption, round) in keys)
        {
            json.WriteStartObject();
            json.WriteString("programme", round.ProgrammeId.ToString("N"));
            json.WriteString("round", RoundNames.Of(round));
            json.WriteString("madeAt", Time(own.At));
            json.WriteString("thumbprint", own.SigningKey.Thumbprint);
            Key(json, "signingKey", own.SigningKey, null);
            Key(json, "encryptionKey", own.EncryptionKey, encryption.D);
            json.WriteStartArray("released");
            foreach (var (bundle, to) in released[round.Id])
            {
                json.WriteStartObject();
                json.WriteString("to", to.Name);
                json.WriteString("thumbprint", to.Thumbprint);
                json.WriteNumber("version", bundle.Version);
                json.WriteString("depth", bundle.Depth.Word());
                json.WriteString("at", Time(bundle.At));
                json.WriteString("by", bundle.By.ToString("N"));
                json.WriteString("file", bundle.File);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("received");
            foreach (var (bundle, from) in received[round.Id])
            {
                json.WriteStartObject();
                json.WriteString("from", from.Name);
                json.WriteString("thumbprint", from.Thumbprint);
                json.WriteNumber("version", bundle.Version);
                json.WriteString("depth", bundle.Depth.Word());
                json.WriteString("releasedAt", Time(bundle.ReleasedAt));
                json.WriteString("at", Time(bundle.At));
                json.WriteString("by", bundle.By.ToString("N"));
                json.WriteString("signed", bundle.Signed);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Key(Utf8JsonWriter json, string name, ExchangeKey key, string? d)
    {
        json.WriteStartObject(name);
        json.WriteString("kty", "EC");
        json.WriteString("crv", "P-256");
        json.WriteString("x", key.X);
        json.WriteString("y", key.Y);
        if (d is not null) json.WriteString("d", d);
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Exchanges;

/// <summary>
/// The two keys that an organisation made for one round, to take part in it with partners on other servers. They serve no other round, so
/// that nothing signed for one counts in another.
/// </summary>
internal sealed class ExchangeKeys
{
    public required Guid RoundId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string SigningX { get; init; }

    public required string SigningY { get; init; }

    public required string EncryptionX { get; init; }

    public required string EncryptionY { get; init; }

    /// <summary>The private half, protected (<see cref="KeyProtection"/>).</summary>
    public required byte[] SigningSecret { get; init; }

    /// <summary>The private half, protected.</summary>
    public required byte[] EncryptionSecret { get; init; }

    public ExchangeKey SigningKey => new(SigningX, SigningY);

    public ExchangeKey EncryptionKey => new(EncryptionX, EncryptionY);

    private sealed class Mapping : IEntityTypeConfiguration<ExchangeKeys>
    {
        public void Configure(EntityTypeBuilder<ExchangeKeys> builder)
        {
            builder.ToTable("ExchangeKeys");
            builder.HasKey(k => new { k.RoundId, k.OrganisationId });
            builder.Ignore(k => k.SigningKey).Ignore(k => k.EncryptionKey);
            foreach (var coordinate in new[] { nameof(SigningX), nameof(SigningY), nameof(EncryptionX), nameof(EncryptionY) }) builder.Property<string>(coordinate).HasMaxLength(ExchangeKey.CoordinateLength);
            builder.HasOne<Round>().WithMany().HasForeignKey(k => k.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(k => k.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(k => k.OrganisationId);
        }
    }
}

/// <summary>A pair of keys, whole.</summary>
/// <param name="Public">What others get.</param>
/// <param name="D">The private number, in base64url.</param>
public sealed record SecretKey(ExchangeKey Public, string D);

/// <summary>Both keys of an organisation in a round, to sign and to decrypt with.</summary>
public sealed record SecretKeys(SecretKey Signing, SecretKey Encryption);

/// <summary>Protects private keys with the keys that protect cookies: a copy of the one table alone opens nothing.</summary>
public sealed class KeyProtection(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("rasp-exchange-keys/1");

    internal byte[] Protect(SecretKey key) => protector.Protect(System.Text.Encoding.ASCII.GetBytes(key.D));

    internal SecretKeys Open(ExchangeKeys keys) => new(new(keys.SigningKey, Open(keys.SigningSecret)), OpenEncryption(keys));

    internal SecretKey OpenEncryption(ExchangeKeys keys) => new(keys.EncryptionKey, Open(keys.EncryptionSecret));

    private string Open(byte[] secret) => System.Text.Encoding.ASCII.GetString(protector.Unprotect(secret));
}

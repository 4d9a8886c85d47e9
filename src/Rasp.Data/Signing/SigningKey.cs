using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Signing;

/// <summary>A key with which this installation signs, or did. It stays when it is retired, so that what it signed can still be verified; its private half then goes.</summary>
internal sealed class SigningKey
{
    /// <summary>From 1. The newest signs, unless it is retired. That a number is there once makes one key of what several servers begin at a time.</summary>
    public required int Number { get; init; }

    /// <summary>What it is called: its thumbprint (RFC 7638).</summary>
    public required string Id { get; init; }

    public required string Algorithm { get; init; }

    /// <summary>Its public half, a JSON Web Key.</summary>
    public required string PublicJwk { get; init; }

    /// <summary>PKCS #8, protected by the keys that protect cookies too; null once it is retired.</summary>
    public required byte[]? PrivateKey { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it signs nothing more; null while it does.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<SigningKey>
    {
        public void Configure(EntityTypeBuilder<SigningKey> builder)
        {
            builder.ToTable("SigningKeys");
            builder.HasKey(k => k.Number);
            builder.Property(k => k.Number).ValueGeneratedNever();
            builder.Property(k => k.Id).HasMaxLength(Signing.PublicKey.ThumbprintLength).IsRequired();
            builder.Property(k => k.Algorithm).HasMaxLength(Signing.PublicKey.Algorithm.Length);
            builder.HasIndex(k => k.Id).IsUnique();
        }
    }
}

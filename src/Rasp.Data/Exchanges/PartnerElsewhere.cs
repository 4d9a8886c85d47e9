using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Exchanges;

/// <summary>An organisation that takes part in a round from another server: what its introduction said, and whether its key was compared.</summary>
public sealed class PartnerElsewhere
{
    public const int ThumbprintLength = 64;

    public required Guid Id { get; init; }

    public required Guid RoundId { get; init; }

    public required string Name { get; init; }

    /// <summary>What its own server calls the programme.</summary>
    public required string Programme { get; init; }

    /// <summary>What its own server calls the round.</summary>
    public required string Round { get; init; }

    public required string SigningX { get; init; }

    public required string SigningY { get; init; }

    public required string EncryptionX { get; init; }

    public required string EncryptionY { get; init; }

    /// <summary>Of the signing key: what two people read to each other by telephone.</summary>
    public required string Thumbprint { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When somebody said that they had compared the key; null before.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>For which organisation here; null before. No foreign key: it can be erased, and the key stays compared.</summary>
    public Guid? ConfirmedFor { get; set; }

    public ExchangeKey SigningKey => new(SigningX, SigningY);

    public ExchangeKey EncryptionKey => new(EncryptionX, EncryptionY);

    private sealed class Mapping : IEntityTypeConfiguration<PartnerElsewhere>
    {
        public void Configure(EntityTypeBuilder<PartnerElsewhere> builder)
        {
            builder.ToTable("PartnersElsewhere");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Name).HasMaxLength(Organisation.NameMaxLength);
            builder.Property(p => p.Programme).HasMaxLength(Data.Programmes.Programme.NameMaxLength);
            builder.Property(p => p.Round).HasMaxLength(Assessment.KeyMaxLength * 2);
            foreach (var coordinate in new[] { nameof(SigningX), nameof(SigningY), nameof(EncryptionX), nameof(EncryptionY) }) builder.Property<string>(coordinate).HasMaxLength(ExchangeKey.CoordinateLength);
            builder.Property(p => p.Thumbprint).HasMaxLength(ThumbprintLength);
            builder.Ignore(p => p.SigningKey).Ignore(p => p.EncryptionKey);
            builder.HasIndex(p => new { p.RoundId, p.Thumbprint }).IsUnique();
            builder.HasOne<Round>().WithMany().HasForeignKey(p => p.RoundId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What a partner on another server told of its seal, each time that it changed.</summary>
internal sealed class SealElsewhere
{
    public required Guid Id { get; init; }

    public required Guid PartnerId { get; init; }

    public required int Version { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>When this became so, by the partner's server.</summary>
    public required DateTimeOffset At { get; init; }

    public required Depth Depth { get; init; }

    public required string Areas { get; init; }

    public required string Questions { get; init; }

    public required string Everything { get; init; }

    public required DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>When it was brought in here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public SealNotice NoticeOf(string organisation) => new(organisation, Version, Number, SealedAt, At, Depth, new(Areas, Questions, Everything), WithdrawnAt);

    private sealed class Mapping : IEntityTypeConfiguration<SealElsewhere>
    {
        public void Configure(EntityTypeBuilder<SealElsewhere> builder)
        {
            builder.ToTable("SealsElsewhere");
            builder.Property(s => s.Id).ValueGeneratedNever();
            foreach (var commitment in new[] { nameof(Areas), nameof(Questions), nameof(Everything) }) builder.Property<string>(commitment).HasMaxLength(PartnerElsewhere.ThumbprintLength);
            builder.HasIndex(s => new { s.PartnerId, s.At }).IsUnique();
            builder.HasOne<PartnerElsewhere>().WithMany().HasForeignKey(s => s.PartnerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>That an organisation here released something to a partner on another server, and the file: nobody but that partner can open it.</summary>
internal sealed class ReleasedBundle
{
    public required Guid Id { get; init; }

    public required Guid RoundId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PartnerId { get; init; }

    public required int Version { get; init; }

    public required Depth Depth { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid By { get; init; }

    public required string File { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ReleasedBundle>
    {
        public void Configure(EntityTypeBuilder<ReleasedBundle> builder)
        {
            builder.ToTable("ReleasedBundles");
            builder.Property(b => b.Id).ValueGeneratedNever();
            builder.HasIndex(b => new { b.PartnerId, b.OrganisationId, b.Version, b.Depth }).IsUnique();
            builder.HasIndex(b => b.RoundId);
            builder.HasIndex(b => b.OrganisationId);
            builder.HasOne<Round>().WithMany().HasForeignKey(b => b.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(b => b.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<PartnerElsewhere>().WithMany().HasForeignKey(b => b.PartnerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What a partner on another server released to one organisation here, checked. Internal, so that only a lens comes near the document.</summary>
internal sealed class ReceivedBundle
{
    public required Guid Id { get; init; }

    public required Guid RoundId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PartnerId { get; init; }

    public required int Version { get; init; }

    /// <summary>Of the seal that it is under.</summary>
    public required int Number { get; init; }

    public required Depth Depth { get; init; }

    /// <summary>In hexadecimal.</summary>
    public required string Salt { get; init; }

    public required string Document { get; init; }

    /// <summary>When it was released, by the partner's server.</summary>
    public required DateTimeOffset ReleasedAt { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid By { get; init; }

    /// <summary>Decrypted, and signed by the partner.</summary>
    public required string Signed { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ReceivedBundle>
    {
        public void Configure(EntityTypeBuilder<ReceivedBundle> builder)
        {
            builder.ToTable("ReceivedBundles");
            builder.Property(b => b.Id).ValueGeneratedNever();
            builder.Property(b => b.Salt).HasMaxLength(PartnerElsewhere.ThumbprintLength);
            builder.HasIndex(b => new { b.PartnerId, b.OrganisationId, b.Version, b.Depth }).IsUnique();
            builder.HasIndex(b => b.RoundId);
            builder.HasIndex(b => b.OrganisationId);
            builder.HasOne<Round>().WithMany().HasForeignKey(b => b.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(b => b.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<PartnerElsewhere>().WithMany().HasForeignKey(b => b.PartnerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

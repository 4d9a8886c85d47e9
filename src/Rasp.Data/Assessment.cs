using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;

namespace Rasp.Data;

/// <summary>An in-confidence assessment: it belongs to whoever holds its private link, until somebody claims it into an account.</summary>
public sealed class Assessment
{
    public const int OrganisationMaxLength = 200;
    public const int KeyMaxLength = 100;

    public required Guid Id { get; init; }

    public required string InstrumentId { get; init; }

    public required string InstrumentVersion { get; init; }

    /// <summary>Null where whoever started it gave no name.</summary>
    public required string? Organisation { get; set; }

    public required string Stage { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>To the day: what expires is counted from here.</summary>
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>SHA-256 of the private link's secret, which is stored nowhere.</summary>
    public required byte[] LinkHash { get; set; }

    /// <summary>Whose account it was claimed into; null where it was not. A claimed assessment does not expire.</summary>
    public Guid? OwnerId { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Assessment>
    {
        public void Configure(EntityTypeBuilder<Assessment> builder)
        {
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.Property(a => a.InstrumentId).HasMaxLength(KeyMaxLength);
            builder.Property(a => a.InstrumentVersion).HasMaxLength(KeyMaxLength);
            builder.Property(a => a.Organisation).HasMaxLength(OrganisationMaxLength);
            builder.Property(a => a.Stage).HasMaxLength(KeyMaxLength);
            builder.HasIndex(a => a.LinkHash).IsUnique();
            builder.HasIndex(a => a.LastUsedAt);
            builder.HasOne<Person>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne<StoredInstrument>().WithMany().HasForeignKey(a => new { a.InstrumentId, a.InstrumentVersion }).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

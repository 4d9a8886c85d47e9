using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Readiness.Sharing;

namespace Rasp.Data;

/// <summary>
/// In confidence, it belongs to whoever holds its private link, until somebody claims it into an account. As a partner's part of a round,
/// it belongs to that organisation.
/// </summary>
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

    /// <summary>SHA-256 of the private link's secret, which is stored nowhere; null for a part of a round, which has no link.</summary>
    public required byte[]? LinkHash { get; set; }

    /// <summary>Whose account it was claimed into; null where it was not. A claimed assessment does not expire.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The assessment that this one looks at again; null for a first. In confidence only. No foreign key: that may be deleted.</summary>
    public Guid? AgainOf { get; init; }

    /// <summary>Whose part of a round it is; null in confidence, as all that follows.</summary>
    public Guid? OrganisationId { get; init; }

    public Guid? RoundId { get; init; }

    /// <summary>1; more for a correction after the reveal.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Who sees who answered what; null while whoever may open it answers as one, and nobody is invited.</summary>
    public Attribution? Attribution { get; set; }

    /// <summary>Whether answers can be changed: not while it is sealed, nor once its round was revealed.</summary>
    public bool IsOpen { get; set; } = true;

    public DateTimeOffset? SealedAt { get; set; }

    /// <summary>What its lead chose to show on sealing; null before, and the last choice while it is open again.</summary>
    public Depth? Depth { get; set; }

    /// <summary>When its lead confirmed to open the round without the missing.</summary>
    public DateTimeOffset? CloseConfirmedAt { get; set; }

    /// <summary>When partners began to see it. Null in a revealed round: it was left out.</summary>
    public DateTimeOffset? RevealedAt { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>When its organisation left the programme, while the round was open.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>An organisation's part of a round, under the name that it has there.</summary>
    internal static Assessment PartOf(Round round, Guid organisation, string name, int version, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        InstrumentId = round.InstrumentId,
        InstrumentVersion = round.InstrumentVersion,
        Organisation = name,
        Stage = round.Stage,
        StartedAt = now,
        LastUsedAt = now,
        LinkHash = null,
        OrganisationId = organisation,
        RoundId = round.Id,
        Version = version,
    };

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
            builder.HasIndex(a => new { a.RoundId, a.OrganisationId, a.Version }).IsUnique();
            builder.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Round>().WithMany().HasForeignKey(a => a.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne<StoredInstrument>().WithMany().HasForeignKey(a => new { a.InstrumentId, a.InstrumentVersion }).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

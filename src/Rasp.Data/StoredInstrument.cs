using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data;

/// <summary>A version of an instrument as it was when an assessment first used it: it stays, whatever later versions of Rasp bring.</summary>
public sealed class StoredInstrument
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    /// <summary>Its files by name, as JSON.</summary>
    public required string Files { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<StoredInstrument>
    {
        public void Configure(EntityTypeBuilder<StoredInstrument> builder)
        {
            builder.HasKey(i => new { i.Id, i.Version });
            builder.Property(i => i.Id).HasMaxLength(Assessment.KeyMaxLength);
            builder.Property(i => i.Version).HasMaxLength(Assessment.KeyMaxLength);
        }
    }
}

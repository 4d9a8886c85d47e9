using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Programmes;

/// <summary>That an organisation was in a revealed round and has had its answers erased: comparisons say so, never silently (sharing.md 10).</summary>
public sealed class ErasedPartner
{
    public required Guid Id { get; init; }

    public required Guid RoundId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ErasedPartner>
    {
        public void Configure(EntityTypeBuilder<ErasedPartner> builder)
        {
            builder.ToTable("ErasedPartners");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Name).HasMaxLength(Organisation.NameMaxLength);
            builder.HasIndex(e => e.RoundId);
            builder.HasOne<Round>().WithMany().HasForeignKey(e => e.RoundId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>That somebody chose what partners will see: who, when, how deep, and which wording they read (sharing.md 2).</summary>
public sealed class Consent
{
    public const int WordingMaxLength = 40;

    public required Guid Id { get; init; }

    public required Guid AssessmentId { get; init; }

    /// <summary>Who. No foreign key: the name can be erased, that somebody consented stays.</summary>
    public required Guid PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Depth Depth { get; init; }

    /// <summary>Which version of the words was on the page.</summary>
    public required string Wording { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Consent>
    {
        public void Configure(EntityTypeBuilder<Consent> builder)
        {
            builder.ToTable("Consents");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Wording).HasMaxLength(WordingMaxLength);
            builder.HasIndex(c => c.AssessmentId);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(c => c.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

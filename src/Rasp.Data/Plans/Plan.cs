using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Programmes;

namespace Rasp.Data.Plans;

/// <summary>
/// A programme's or an assessment's actions. With a programme alone it is the partners' joint plan; with a programme and an organisation, that
/// organisation's own in it; with an assessment, that of an assessment in confidence. It is made with the first thing that is put into it.
/// </summary>
internal sealed class Plan
{
    public required Guid Id { get; init; }

    public Guid? ProgrammeId { get; init; }

    /// <summary>Whose own it is; null where it is joint.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>In confidence; null in a programme.</summary>
    public Guid? AssessmentId { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Plan>
    {
        public void Configure(EntityTypeBuilder<Plan> builder)
        {
            builder.ToTable("Plans");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasIndex(p => new { p.ProgrammeId, p.OrganisationId }).IsUnique();
            builder.HasIndex(p => p.ProgrammeId, "IX_Plans_Joint").IsUnique().HasFilter("\"OrganisationId\" IS NULL");
            builder.HasIndex(p => p.AssessmentId).IsUnique();
            builder.HasIndex(p => p.OrganisationId);
            builder.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(p => p.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A day that a plan leads up to.</summary>
public sealed class Milestone
{
    public const int NameMaxLength = 200;

    public required Guid Id { get; init; }

    public required Guid PlanId { get; init; }

    public required string Name { get; init; }

    public required DateOnly On { get; init; }

    public required bool IsDone { get; init; }

    /// <summary>Goes up with each change: nobody overwrites another's unseen.</summary>
    public int Version { get; init; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<Milestone>
    {
        public void Configure(EntityTypeBuilder<Milestone> builder)
        {
            builder.ToTable("Milestones");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Property(m => m.Name).HasMaxLength(NameMaxLength);
            builder.HasIndex(m => m.PlanId);
            builder.HasOne<Plan>().WithMany().HasForeignKey(m => m.PlanId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

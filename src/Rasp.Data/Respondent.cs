using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data;

/// <summary>Somebody who answers within an assessment, from a role. Known by the role alone in an in-confidence one.</summary>
internal sealed class Respondent
{
    public required Guid Id { get; init; }

    public required Guid AssessmentId { get; init; }

    public required string Role { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Respondent>
    {
        public void Configure(EntityTypeBuilder<Respondent> builder)
        {
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Role).HasMaxLength(Assessment.KeyMaxLength);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(r => r.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

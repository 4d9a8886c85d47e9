using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;
using Rasp.Data.Teams;

namespace Rasp.Data.Uploads;

/// <summary>What an uploaded file would change, until whoever uploaded it confirms that, or a day is over. The file itself is not kept.</summary>
internal sealed class Upload
{
    public required Guid Id { get; init; }

    public required Guid AssessmentId { get; init; }

    /// <summary>Whose answers; null for what was agreed.</summary>
    public required Guid? RespondentId { get; init; }

    /// <summary>Who uploaded it; null for whoever holds the private link.</summary>
    public required Guid? PersonId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A <see cref="UploadedContent"/>, as JSON.</summary>
    public required string Content { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Upload>
    {
        public void Configure(EntityTypeBuilder<Upload> builder)
        {
            builder.Property(u => u.Id).ValueGeneratedNever();
            builder.HasIndex(u => u.At);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(u => u.AssessmentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Respondent>().WithMany().HasForeignKey(u => u.RespondentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(u => u.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

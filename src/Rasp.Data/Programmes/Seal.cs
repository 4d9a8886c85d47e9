using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>
/// What was sealed: a document for each depth with its salt, and the three commitments, which alone partners see before the reveal.
/// Internal, so that only <see cref="Seen"/> and <see cref="Sealing"/> come near a document.
/// </summary>
internal sealed class Seal
{
    public required Guid Id { get; init; }

    public required Guid AssessmentId { get; init; }

    /// <summary>From 1, within the organisation's part in the round: a new one after each unsealing and each correction.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it was opened again; null while it holds.</summary>
    public DateTimeOffset? UnsealedAt { get; set; }

    public required byte[] AreasCommitment { get; init; }

    public required byte[] QuestionsCommitment { get; init; }

    public required byte[] EverythingCommitment { get; init; }

    public required byte[] AreasSalt { get; init; }

    public required byte[] QuestionsSalt { get; init; }

    public required byte[] EverythingSalt { get; init; }

    public required string AreasDocument { get; init; }

    public required string QuestionsDocument { get; init; }

    public required string EverythingDocument { get; init; }

    public string Document(Depth depth) => depth switch
    {
        Depth.Areas => AreasDocument,
        Depth.Questions => QuestionsDocument,
        Depth.Everything => EverythingDocument,
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "Nothing has no document."),
    };

    public byte[] Salt(Depth depth) => depth switch
    {
        Depth.Areas => AreasSalt,
        Depth.Questions => QuestionsSalt,
        Depth.Everything => EverythingSalt,
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "Nothing has no salt."),
    };

    public Commitments Commitments => new(Convert.ToHexStringLower(AreasCommitment), Convert.ToHexStringLower(QuestionsCommitment), Convert.ToHexStringLower(EverythingCommitment));

    private sealed class Mapping : IEntityTypeConfiguration<Seal>
    {
        public void Configure(EntityTypeBuilder<Seal> builder)
        {
            builder.ToTable("Seals");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Ignore(s => s.Commitments);
            builder.HasIndex(s => new { s.AssessmentId, s.Number }).IsUnique();
            builder.HasOne<Assessment>().WithMany().HasForeignKey(s => s.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

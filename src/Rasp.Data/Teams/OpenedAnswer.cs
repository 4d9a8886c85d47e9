using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Readiness.Anonymity;

namespace Rasp.Data.Teams;

/// <summary>
/// One respondent's answer as it was counted when anonymous answers were opened. Kept by itself: what was shown stays as it was, whatever
/// the respondent changes or has erased since, so that no two views tell of one person.
/// </summary>
internal sealed class OpenedAnswer
{
    public required Guid Id { get; init; }

    public required Guid AssessmentId { get; init; }

    public required string Question { get; init; }

    /// <summary>Which view of this question, from 1.</summary>
    public required int View { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether this view shows leadership and the others apart.</summary>
    public required bool IsBySide { get; init; }

    /// <summary>Null once the respondent is erased.</summary>
    public Guid? RespondentId { get; init; }

    public required bool IsKnown { get; init; }

    public required bool IsLeadership { get; init; }

    public required short Choice { get; init; }

    public required short? Stance { get; init; }

    public required bool HasEvidence { get; init; }

    public CountedAnswer Counted => new(
        RespondentId?.ToString("N"), IsKnown, IsLeadership, AnswerRow.ToChoice(Choice)!.Value, (Readiness.Answers.Stance?)Stance, HasEvidence);

    /// <summary>The same in another version of the assessment.</summary>
    public OpenedAnswer For(Guid assessment, Guid id, Guid? respondent) => new()
    {
        Id = id,
        AssessmentId = assessment,
        Question = Question,
        View = View,
        At = At,
        IsBySide = IsBySide,
        RespondentId = respondent,
        IsKnown = IsKnown,
        IsLeadership = IsLeadership,
        Choice = Choice,
        Stance = Stance,
        HasEvidence = HasEvidence,
    };

    private sealed class Mapping : IEntityTypeConfiguration<OpenedAnswer>
    {
        public void Configure(EntityTypeBuilder<OpenedAnswer> builder)
        {
            builder.ToTable("OpenedAnswers");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.Ignore(o => o.Counted);
            builder.HasIndex(o => new { o.AssessmentId, o.Question, o.View });
            builder.HasOne<Assessment>().WithMany().HasForeignKey(o => o.AssessmentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Respondent>().WithMany().HasForeignKey(o => o.RespondentId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

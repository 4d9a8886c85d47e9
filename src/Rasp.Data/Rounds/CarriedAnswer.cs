using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Agreements;
using Rasp.Readiness.Answers;

namespace Rasp.Data.Rounds;

/// <summary>
/// What an organisation's part of a round says of how it answered a question last time. It is no answer and counts nowhere: whoever leads
/// confirms it, answers otherwise or leaves it out.
/// </summary>
internal sealed class CarriedAnswer
{
    public required Guid AssessmentId { get; init; }

    public required string Question { get; init; }

    /// <summary>As <see cref="AnswerRow.Choice"/>, never null.</summary>
    public required short Choice { get; init; }

    public required short? Stance { get; init; }

    public required string? Note { get; init; }

    public required string? Evidence { get; init; }

    /// <summary>Whether the question means something else by now: then it can only be looked at.</summary>
    public required bool IsRevised { get; init; }

    /// <summary>When the round that it comes from was opened.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Whether a lead chose to leave it out.</summary>
    public bool IsLeftOut { get; set; }

    public StoredAnswer Answer => new(AnswerRow.ToChoice(Choice), (Stance?)Stance, Note, Evidence);

    /// <summary>The same as somebody's answer.</summary>
    public AnswerRow AsAnswerOf(Guid respondent, DateTimeOffset at) => AnswerRow.First(respondent, Question, Choice, Stance, Note, Evidence, at);

    /// <summary>The same as what a lead stands by.</summary>
    public AgreedAnswer AsAgreed(Guid by, DateTimeOffset at) => new()
    {
        AssessmentId = AssessmentId,
        Question = Question,
        Choice = Choice,
        Stance = Stance,
        Note = Note,
        Evidence = Evidence,
        Reason = null,
        Minority = null,
        How = AgreedHow.Carried,
        At = at,
        By = by,
    };

    private sealed class Mapping : IEntityTypeConfiguration<CarriedAnswer>
    {
        public void Configure(EntityTypeBuilder<CarriedAnswer> builder)
        {
            builder.ToTable("CarriedAnswers");
            builder.HasKey(a => new { a.AssessmentId, a.Question });
            builder.Ignore(a => a.Answer);
            builder.Property(a => a.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(a => a.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

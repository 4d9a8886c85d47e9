using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Readiness.Answers;

namespace Rasp.Data.Agreements;

/// <summary>How an agreed answer came about.</summary>
public enum AgreedHow
{
    /// <summary>A lead recorded it.</summary>
    Recorded = 0,

    /// <summary>A lead accepted what the answers came to, with others in one go.</summary>
    Accepted = 1,

    /// <summary>It was agreed in a workshop.</summary>
    Workshop = 2,

    /// <summary>It was carried forward from the round before, and a lead confirmed it.</summary>
    Carried = 3,
}

/// <summary>What an organisation settled on for a question. It stands for the organisation.</summary>
internal sealed class AgreedAnswer
{
    public required Guid AssessmentId { get; init; }

    public required string Question { get; init; }

    /// <summary>As <see cref="AnswerRow.Choice"/>, never null.</summary>
    public required short Choice { get; set; }

    public required short? Stance { get; set; }

    public required string? Note { get; set; }

    public required string? Evidence { get; set; }

    /// <summary>Why this and not what others answered. Not shown outside the organisation.</summary>
    public required string? Reason { get; set; }

    /// <summary>What those say who see it otherwise. Not shown outside the organisation.</summary>
    public required string? Minority { get; set; }

    public required AgreedHow How { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Who recorded it. No foreign key: the name can be erased, what was agreed stays.</summary>
    public required Guid By { get; set; }

    /// <summary>Goes up with each change.</summary>
    public int Version { get; set; } = 1;

    public Answer Answer => new(AnswerRow.ToChoice(Choice)!.Value, (Stance?)Stance, Note, Evidence);

    /// <summary>The same as somebody's answer in another assessment.</summary>
    public AnswerRow AsAnswerOf(Guid respondent, DateTimeOffset at) => AnswerRow.First(respondent, Question, Choice, Stance, Note, Evidence, at);

    /// <summary>The same in another version of the assessment.</summary>
    public AgreedAnswer For(Guid assessment) => new()
    {
        AssessmentId = assessment,
        Question = Question,
        Choice = Choice,
        Stance = Stance,
        Note = Note,
        Evidence = Evidence,
        Reason = Reason,
        Minority = Minority,
        How = How,
        At = At,
        By = By,
    };

    private sealed class Mapping : IEntityTypeConfiguration<AgreedAnswer>
    {
        public void Configure(EntityTypeBuilder<AgreedAnswer> builder)
        {
            builder.ToTable("AgreedAnswers");
            builder.HasKey(a => new { a.AssessmentId, a.Question });
            builder.Ignore(a => a.Answer);
            builder.Property(a => a.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.Property(a => a.Version).IsConcurrencyToken();
            builder.HasOne<Assessment>().WithMany().HasForeignKey(a => a.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>That a lead stands by an area's answers as the organisation's. It ends when one of them is agreed otherwise.</summary>
internal sealed class SignOff
{
    public required Guid AssessmentId { get; init; }

    public required string Area { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who. No foreign key, as in <see cref="AgreedAnswer.By"/>.</summary>
    public required Guid By { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<SignOff>
    {
        public void Configure(EntityTypeBuilder<SignOff> builder)
        {
            builder.ToTable("SignOffs");
            builder.HasKey(s => new { s.AssessmentId, s.Area });
            builder.Property(s => s.Area).HasMaxLength(Assessment.KeyMaxLength);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(s => s.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

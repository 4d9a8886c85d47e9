using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Readiness.Answers;

namespace Rasp.Data;

/// <summary>What a respondent has entered for a question. Written by <see cref="Answering"/>, read by <see cref="Seen"/>.</summary>
internal sealed class AnswerRow
{
    public required Guid RespondentId { get; init; }

    public required string Question { get; init; }

    /// <summary>A level from 1; 0 for don't know, -1 for not applicable; null where something was typed and nothing chosen yet.</summary>
    public required short? Choice { get; init; }

    public required short? Stance { get; init; }

    public required string? Note { get; init; }

    public required string? Evidence { get; init; }

    /// <summary>Goes up with each save.</summary>
    public required int Version { get; init; }

    /// <summary>The opened page that saved it last, and which of its saves it was: a page may follow up its own saves, in order.</summary>
    public required Guid Page { get; init; }

    public required int PageSave { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public StoredAnswer Stored => new(ToChoice(Choice), (Stance?)Stance, Note, Evidence);

    /// <summary>The same answer, as another respondent's first.</summary>
    public AnswerRow For(Guid respondent, DateTimeOffset at) => First(respondent, Question, Choice, Stance, Note, Evidence, at);

    /// <summary>A respondent's first answer to a question, which no opened page has saved.</summary>
    public static AnswerRow First(Guid respondent, string question, short? choice, short? stance, string? note, string? evidence, DateTimeOffset at) => new()
    {
        RespondentId = respondent,
        Question = question,
        Choice = choice,
        Stance = stance,
        Note = note,
        Evidence = evidence,
        Version = 1,
        Page = Guid.Empty,
        PageSave = 0,
        SavedAt = at,
    };

    public static short? ToNumber(Choice? choice) => choice is not { } c ? null : c.Level is { } level ? (short)level : c.IsDontKnow ? (short)0 : (short)-1;

    public static Choice? ToChoice(short? number) => number switch
    {
        null => null,
        0 => Readiness.Answers.Choice.DontKnow,
        -1 => Readiness.Answers.Choice.NotApplicable,
        { } level => Readiness.Answers.Choice.OfLevel(level),
    };

    private sealed class Mapping : IEntityTypeConfiguration<AnswerRow>
    {
        public void Configure(EntityTypeBuilder<AnswerRow> builder)
        {
            builder.ToTable("Answers");
            builder.HasKey(a => new { a.RespondentId, a.Question });
            builder.Ignore(a => a.Stored);
            builder.Property(a => a.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.HasOne<Teams.Respondent>().WithMany().HasForeignKey(a => a.RespondentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

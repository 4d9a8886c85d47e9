using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Programmes;

namespace Rasp.Data.Joinings;

/// <summary>How it ends that an organisation asks to join.</summary>
public enum JoiningEnd
{
    /// <summary>It is a member from then on.</summary>
    Joined = 0,

    /// <summary>The members do not take it now.</summary>
    NotNow = 1,

    /// <summary>The candidate does not go on.</summary>
    Withdrawn = 2,
}

/// <summary>How it ended, when, and what was said of it.</summary>
public sealed class JoiningOutcome
{
    public const int NoteMaxLength = 1000;

    /// <summary>The candidate's round.</summary>
    public required Guid RoundId { get; init; }

    public required JoiningEnd End { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>For both sides to read; null where nobody wrote one.</summary>
    public required string? Note { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<JoiningOutcome>
    {
        public void Configure(EntityTypeBuilder<JoiningOutcome> builder)
        {
            builder.ToTable("JoiningOutcomes");
            builder.HasKey(o => o.RoundId);
            builder.Property(o => o.RoundId).ValueGeneratedNever();
            builder.Property(o => o.Note).HasMaxLength(NoteMaxLength);
            builder.HasOne<Round>().WithOne().HasForeignKey<JoiningOutcome>(o => o.RoundId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;

namespace Rasp.Data.Programmes;

/// <summary>What people are told by mail of a round.</summary>
public enum NoticeKind
{
    RoundOpened = 0,
    ClosesInAWeek = 1,
    ClosesTomorrow = 2,
    DatePassed = 3,
    CloseProposed = 4,
    Revealed = 5,

    /// <summary>A partner asks those who have not sealed to go on.</summary>
    Nudge = 6,

    /// <summary>Somebody who is asked to answer is not done, and the closing date is near.</summary>
    AnswerBy = 7,

    /// <summary>A candidate can begin to answer.</summary>
    JoiningOpened = 20,

    /// <summary>A member is asked how deep a candidate may see it.</summary>
    JoiningToChoose = 21,

    /// <summary>A candidate has not sealed, and the date is near.</summary>
    JoiningCloses = 22,

    /// <summary>A candidate and the members see each other.</summary>
    JoiningRevealed = 23,

    /// <summary>How it ended.</summary>
    JoiningEnded = 24,
}

/// <summary>That a mail was written: its key is why none is written twice, whatever runs at the same time.</summary>
public sealed class Notice
{
    public required Guid RoundId { get; init; }

    public required Guid PersonId { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>Of what can be told more than once, which time: the day of a nudge, the ticks of a proposal; else 0.</summary>
    public required long Occasion { get; init; }

    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> builder)
        {
            builder.ToTable("Notices");
            builder.HasKey(n => new { n.RoundId, n.PersonId, n.Kind, n.Occasion });
            builder.HasOne<Round>().WithMany().HasForeignKey(n => n.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

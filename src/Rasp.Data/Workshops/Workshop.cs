using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Programmes;

namespace Rasp.Data.Workshops;

/// <summary>What a workshop is doing with its question.</summary>
public enum WorkshopPhase
{
    /// <summary>There is no question yet, or it is being read.</summary>
    Waiting = 0,

    /// <summary>Votes are taken, and nobody sees any.</summary>
    Voting = 1,

    /// <summary>All have seen what was voted.</summary>
    Revealed = 2,
}

/// <summary>
/// A meeting in which people vote in private on one question at a time, see all votes at once, talk, and record what they agree on: of one
/// organisation over its assessment, or of a partnership over a round that is open to all.
/// </summary>
internal sealed class Workshop
{
    public required Guid Id { get; init; }

    /// <summary>Whose own workshop it is; null for a partnership's.</summary>
    public required Guid? AssessmentId { get; init; }

    /// <summary>Over which round a partnership meets; null for an organisation's own.</summary>
    public required Guid? RoundId { get; init; }

    /// <summary>What people type to come in; only one open workshop has it.</summary>
    public required string Code { get; init; }

    /// <summary>Who. No foreign key: the name can be erased.</summary>
    public required Guid OpenedBy { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>SHA-256 of the secret that makes a browser a facilitator's; null where none was given out.</summary>
    public byte[]? FacilitatorHash { get; set; }

    /// <summary>The key in full of what the room looks at; null before the first.</summary>
    public string? Question { get; set; }

    public WorkshopPhase Phase { get; set; }

    /// <summary>Goes up each time that voting opens; 0 before the first time.</summary>
    public int Ballot { get; set; }

    public DateTimeOffset? TimerEndsAt { get; set; }

    /// <summary>Whether nobody else can join.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Goes up with every change that the room sees, and with no vote.</summary>
    public int Version { get; set; } = 1;

    private sealed class Mapping : IEntityTypeConfiguration<Workshop>
    {
        public void Configure(EntityTypeBuilder<Workshop> builder)
        {
            builder.ToTable("Workshops", t => t.HasCheckConstraint("CK_Workshops_Of", "(\"AssessmentId\" IS NULL) <> (\"RoundId\" IS NULL)"));
            builder.Property(w => w.Id).ValueGeneratedNever();
            builder.Property(w => w.Code).HasMaxLength(JoinCode.Length);
            builder.Property(w => w.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.HasIndex(w => w.Code).IsUnique().HasFilter("\"ClosedAt\" IS NULL");
            builder.HasIndex(w => w.FacilitatorHash).IsUnique();
            builder.HasOne<Assessment>().WithMany().HasForeignKey(w => w.AssessmentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Round>().WithMany().HasForeignKey(w => w.RoundId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Programmes;

/// <summary>One dated run of an assessment in a programme. It is open until it is revealed; its stage and instrument never change.</summary>
public sealed class Round
{
    public required Guid Id { get; init; }

    public required Guid ProgrammeId { get; init; }

    /// <summary>From 1, within the programme; of a candidate's rounds, from 1 among its own.</summary>
    public required int Number { get; init; }

    public required string InstrumentId { get; init; }

    public required string InstrumentVersion { get; init; }

    public required string Stage { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>By when all mean to have sealed. It reminds, and closes nothing by itself.</summary>
    public required DateOnly ClosesOn { get; set; }

    /// <summary>When the partners' results opened to each other; null before.</summary>
    public DateTimeOffset? RevealedAt { get; set; }

    /// <summary>When whoever started the programme proposed to open it without the missing; null where nobody has.</summary>
    public DateTimeOffset? CloseProposedAt { get; set; }

    /// <summary>
    /// The organisation that asks to join, where the round is a candidate's: it then holds that part alone. Null in a round of the partners. No
    /// foreign key: an organisation can be erased, and its round never becomes the partners'.
    /// </summary>
    public Guid? CandidateId { get; init; }

    /// <summary>The partners' revealed round to which the candidate is held; null in a round of the partners.</summary>
    public Guid? BaseRoundId { get; set; }

    /// <summary>Goes up with whatever changes who sees what: raising it first lets one such change at a time through.</summary>
    public int Version { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Round>
    {
        public void Configure(EntityTypeBuilder<Round> builder)
        {
            builder.ToTable("Rounds");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.InstrumentId).HasMaxLength(Assessment.KeyMaxLength);
            builder.Property(r => r.InstrumentVersion).HasMaxLength(Assessment.KeyMaxLength);
            builder.Property(r => r.Stage).HasMaxLength(Assessment.KeyMaxLength);
            builder.HasIndex(r => new { r.ProgrammeId, r.Number }).IsUnique().HasFilter("\"CandidateId\" IS NULL");
            builder.HasIndex(r => r.CandidateId);
            builder.HasIndex(r => r.ClosesOn);
            builder.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StoredInstrument>().WithMany().HasForeignKey(r => new { r.InstrumentId, r.InstrumentVersion }).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

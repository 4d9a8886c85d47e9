using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Joinings;

/// <summary>
/// That a member chose how deep a candidate may see its part of the round to which the candidate is held: who, when and which wording they read. Of
/// several the last one counts; where the candidate is held to another round since, none does.
/// </summary>
public sealed class JoiningConsent
{
    public required Guid Id { get; init; }

    /// <summary>The candidate's round.</summary>
    public required Guid RoundId { get; init; }

    /// <summary>The partners' round whose part is shown.</summary>
    public required Guid BaseRoundId { get; init; }

    /// <summary>The member.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Who. No foreign key: the name can be erased, that somebody consented stays.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>From 1, of one member for one candidate: the highest is the last.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Depth Depth { get; init; }

    /// <summary>Whether it takes back what the candidate saw already: its depth is nothing, and none follows.</summary>
    public required bool IsWithdrawal { get; init; }

    /// <summary>Which version of the words was on the page.</summary>
    public required string Wording { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<JoiningConsent>
    {
        public void Configure(EntityTypeBuilder<JoiningConsent> builder)
        {
            builder.ToTable("JoiningConsents");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Wording).HasMaxLength(Consent.WordingMaxLength);
            builder.HasIndex(c => new { c.RoundId, c.OrganisationId, c.Number }).IsUnique();
            builder.HasOne<Round>().WithMany().HasForeignKey(c => c.RoundId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Programmes;

/// <summary>As what somebody is invited.</summary>
public enum InvitedAs
{
    /// <summary>To bring an organisation into a programme.</summary>
    Partner = 0,

    Facilitator = 1,

    /// <summary>As a lead of an organisation.</summary>
    Lead = 2,

    /// <summary>To answer within an assessment.</summary>
    Contributor = 3,

    /// <summary>To find out, with an organisation, whether it should join a service that partners share already.</summary>
    Candidate = 4,
}

public enum InvitationState
{
    Open = 0,
    Accepted = 1,
    Declined = 2,
    Withdrawn = 3,
}

/// <summary>An invitation by e-mail. Its link opens a page; accepting takes a button there, and an account.</summary>
public sealed class Invitation
{
    /// <summary>So long a link can be used.</summary>
    public static readonly TimeSpan IsGoodFor = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    public required InvitedAs As { get; init; }

    /// <summary>Where a programme invites; else null.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Where an organisation invites its own people, and the partner that invites a candidate; else null.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>As whom a contributor answers; else null.</summary>
    public Guid? RespondentId { get; init; }

    public required string Email { get; init; }

    /// <summary>What whoever invites calls the organisation that is invited; null where none is.</summary>
    public string? OrganisationName { get; init; }

    /// <summary>SHA-256 of the link's secret.</summary>
    public required byte[] SecretHash { get; set; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public InvitationState State { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.ToTable("Invitations");
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.Property(i => i.Email).HasMaxLength(Accounts.Person.EmailMaxLength);
            builder.Property(i => i.OrganisationName).HasMaxLength(Organisation.NameMaxLength);
            builder.HasIndex(i => i.SecretHash).IsUnique();
            builder.HasOne<Programme>().WithMany().HasForeignKey(i => i.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Teams.Respondent>().WithMany().HasForeignKey(i => i.RespondentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(i => i.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

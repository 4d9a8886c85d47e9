using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;

namespace Rasp.Data.Programmes;

/// <summary>A council or other public body. It owns what it answers.</summary>
public sealed class Organisation
{
    public const int NameMaxLength = 200;

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset Since { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Organisation>
    {
        public void Configure(EntityTypeBuilder<Organisation> builder)
        {
            builder.ToTable("Organisations");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Name).HasMaxLength(NameMaxLength);
        }
    }
}

/// <summary>What somebody may do within an organisation.</summary>
public enum MemberRole
{
    /// <summary>Belongs to the organisation, and answers where a lead has asked.</summary>
    Contributor = 0,

    /// <summary>Sees what the organisation answers, decides what is shared, seals, invites and removes.</summary>
    Lead = 1,
}

/// <summary>Somebody's place in an organisation.</summary>
public sealed class Membership
{
    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    public required MemberRole Role { get; set; }

    public required DateTimeOffset Since { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> builder)
        {
            builder.ToTable("Memberships");
            builder.HasKey(m => new { m.OrganisationId, m.PersonId });
            builder.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(m => m.PersonId);
        }
    }
}

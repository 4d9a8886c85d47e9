using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;

namespace Rasp.Data.Programmes;

/// <summary>A shared service that organisations consider, build or run.</summary>
public sealed class Programme
{
    public const int NameMaxLength = 200;
    public const int TextMaxLength = 4000;

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>What would be shared, in the partners' own words.</summary>
    public required string What { get; set; }

    /// <summary>Why; null where nobody said.</summary>
    public required string? Why { get; set; }

    /// <summary>The key of the stage that the programme is at: the next round is opened at it.</summary>
    public required string Stage { get; set; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The day on which a round opens by itself; null where none is scheduled.</summary>
    public DateOnly? NextCheckOn { get; set; }

    /// <summary>How many months after that day the next one does; null where none is scheduled.</summary>
    public int? CheckEveryMonths { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Programme>
    {
        public void Configure(EntityTypeBuilder<Programme> builder)
        {
            builder.ToTable("Programmes");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Name).HasMaxLength(NameMaxLength);
            builder.Property(p => p.What).HasMaxLength(TextMaxLength);
            builder.Property(p => p.Why).HasMaxLength(TextMaxLength);
            builder.Property(p => p.Stage).HasMaxLength(Assessment.KeyMaxLength);
            builder.HasIndex(p => p.NextCheckOn);
        }
    }
}

/// <summary>An organisation in a programme.</summary>
public sealed class Partner
{
    public required Guid ProgrammeId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Whether it started the programme: it invites, opens rounds and can propose to close one. It sees no more than others.</summary>
    public required bool IsStarter { get; set; }

    public required DateTimeOffset Since { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Partner>
    {
        public void Configure(EntityTypeBuilder<Partner> builder)
        {
            builder.ToTable("Partners");
            builder.HasKey(p => new { p.ProgrammeId, p.OrganisationId });
            builder.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(p => p.OrganisationId);
        }
    }
}

/// <summary>A neutral person in a programme, who belongs to none of its partners.</summary>
public sealed class Facilitator
{
    public required Guid ProgrammeId { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset Since { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Facilitator>
    {
        public void Configure(EntityTypeBuilder<Facilitator> builder)
        {
            builder.ToTable("Facilitators");
            builder.HasKey(f => new { f.ProgrammeId, f.PersonId });
            builder.HasOne<Programme>().WithMany().HasForeignKey(f => f.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(f => f.PersonId);
        }
    }
}

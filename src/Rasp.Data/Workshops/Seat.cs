using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Data.Workshops;

/// <summary>A place in a workshop. In an organisation's own it is a browser's, and nobody's name stands with it; in a partnership's it is a person's.</summary>
internal sealed class Seat
{
    public required Guid Id { get; init; }

    public required Guid WorkshopId { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie; null in a partnership's, where people are signed in.</summary>
    public byte[]? SecretHash { get; init; }

    /// <summary>Who; null in an organisation's own.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>For which organisation this person votes; null in an organisation's own.</summary>
    public Guid? OrganisationId { get; set; }

    /// <summary>Whether it runs the workshop, and does not vote.</summary>
    public bool IsFacilitator { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Seat>
    {
        public void Configure(EntityTypeBuilder<Seat> builder)
        {
            builder.ToTable("Seats");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.HasIndex(s => s.SecretHash).IsUnique();
            builder.HasIndex(s => new { s.WorkshopId, s.PersonId }).IsUnique();
            builder.HasOne<Workshop>().WithMany().HasForeignKey(s => s.WorkshopId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(s => s.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Accounts;

/// <summary>One sign-in of a person in one browser. The cookie holds a secret; without this row it opens nothing.</summary>
internal sealed class Session
{
    public const int BrowserMaxLength = 60;

    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>SHA-256 of the cookie's secret, which is stored nowhere.</summary>
    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>To the hour.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>In words: Firefox on Windows.</summary>
    public required string Browser { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Browser).HasMaxLength(BrowserMaxLength);
            builder.HasIndex(s => s.SecretHash).IsUnique();
            builder.HasIndex(s => s.LastSeenAt);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

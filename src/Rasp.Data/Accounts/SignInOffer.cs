using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Accounts;

/// <summary>A sign-in that was offered by mail, or printed for an administrator: good once, for a while.</summary>
internal sealed class SignInOffer
{
    public const int ReturnToMaxLength = 400;

    public required Guid Id { get; init; }

    /// <summary>To whose account; null in the printed link of a first start, whose holder says which address is theirs.</summary>
    public required string? Email { get; init; }

    /// <summary>The address as accounts are found by; null as <see cref="Email"/>.</summary>
    public required string? NormalizedEmail { get; init; }

    public required bool MakesAdministrator { get; init; }

    /// <summary>SHA-256 of the link's secret.</summary>
    public required byte[] LinkHash { get; init; }

    /// <summary>SHA-256 of the secret of the browser that waits for the code; null where no code was sent.</summary>
    public required byte[]? WaitingHash { get; init; }

    /// <summary>SHA-256 of the waiting browser's secret with the code: of the six digits alone, all could be tried.</summary>
    public required byte[]? CodeHash { get; init; }

    /// <summary>How often a code was tried.</summary>
    public int Tries { get; set; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The page to go on to; null for the account's.</summary>
    public required string? ReturnTo { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<SignInOffer>
    {
        public void Configure(EntityTypeBuilder<SignInOffer> builder)
        {
            builder.ToTable("SignInOffers");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Email).HasMaxLength(Person.EmailMaxLength);
            builder.Property(o => o.NormalizedEmail).HasMaxLength(Person.EmailMaxLength);
            builder.Property(o => o.ReturnTo).HasMaxLength(ReturnToMaxLength);
            builder.HasIndex(o => o.LinkHash).IsUnique();
            builder.HasIndex(o => o.WaitingHash);
            builder.HasIndex(o => new { o.NormalizedEmail, o.OfferedAt });
        }
    }
}

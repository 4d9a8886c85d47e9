using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data.Accounts;

/// <summary>Somebody with an account. There are no passwords: who can read mail to the address, or holds a passkey, is the person.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public const int EmailMaxLength = 254;
    public const int PasskeyNameMaxLength = 100;
    private const int CredentialIdMaxLength = 1024;
    private const int LoginMaxLength = 255;

    public required DateTimeOffset Since { get; init; }

    /// <summary>To the hour.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Runs the installation, and reads nobody's answers.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>Whether mails about closing dates and nudges are wanted.</summary>
    public bool WantsReminders { get; set; } = true;

    private sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("People");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Email).HasMaxLength(EmailMaxLength);
            builder.Property(p => p.NormalizedEmail).HasMaxLength(EmailMaxLength);
            builder.Property(p => p.UserName).HasMaxLength(EmailMaxLength);
            builder.Property(p => p.NormalizedUserName).HasMaxLength(EmailMaxLength);
            // Identity's columns for passwords, telephones, second factors and lockout, which would lock others out.
            builder.Ignore(p => p.PasswordHash).Ignore(p => p.PhoneNumber).Ignore(p => p.PhoneNumberConfirmed).Ignore(p => p.TwoFactorEnabled)
                .Ignore(p => p.LockoutEnd).Ignore(p => p.LockoutEnabled).Ignore(p => p.AccessFailedCount);
        }
    }

    private sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
    {
        // As Identity maps it where its options can be had, which is not so when migrations are made.
        public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
        {
            builder.ToTable("Passkeys");
            builder.HasKey(p => p.CredentialId);
            builder.Property(p => p.CredentialId).HasMaxLength(CredentialIdMaxLength);
            builder.OwnsOne(p => p.Data).ToJson();
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
        }
    }

    private sealed class LoginMapping : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
        {
            builder.ToTable("Logins");
            builder.Property(l => l.LoginProvider).HasMaxLength(LoginMaxLength);
            builder.Property(l => l.ProviderKey).HasMaxLength(LoginMaxLength);
        }
    }
}

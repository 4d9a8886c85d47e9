using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rasp.Data;

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>It is to be sent, for the first time or again.</summary>
    Waiting = 0,
    Sent = 1,

    /// <summary>The mail server refused it every time.</summary>
    Failed = 2,

    /// <summary>It could not be sent while it was of use.</summary>
    Expired = 3,
}

/// <summary>A mail to send, or that was. Its body holds links, so it goes once it is sent, or is of use no more.</summary>
internal sealed class Mail
{
    public required Guid Id { get; init; }

    public required string Recipient { get; init; }

    public required string Subject { get; init; }

    /// <summary>The body in plain text; null once it is gone.</summary>
    public required string? Text { get; set; }

    /// <summary>The body in HTML; null once it is gone.</summary>
    public required string? Html { get; set; }

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When it is of use no more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it is next to be tried; meaningless once it is not <see cref="MailState.Waiting"/>.</summary>
    public required DateTimeOffset NextTryAt { get; set; }

    public int Tries { get; set; }

    public MailState State { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Mail>
    {
        public void Configure(EntityTypeBuilder<Mail> builder)
        {
            builder.ToTable("Mails");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Property(m => m.Recipient).HasMaxLength(Accounts.Person.EmailMaxLength);
            builder.Property(m => m.Subject).HasMaxLength(Letter.SubjectMaxLength);
            builder.HasIndex(m => new { m.State, m.NextTryAt });
            builder.HasIndex(m => m.WrittenAt);
        }
    }
}

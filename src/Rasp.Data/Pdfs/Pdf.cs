using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;

namespace Rasp.Data.Pdfs;

/// <summary>Where a PDF stands.</summary>
public enum PdfState
{
    /// <summary>It is to be made.</summary>
    Waiting = 0,
    Printing = 1,
    Ready = 2,
    Failed = 3,

    /// <summary>Its report came to something else before it was fetched, so its content is gone.</summary>
    Outdated = 4,
}

/// <summary>A PDF of a report that somebody asked for: what is to be printed, then what was. It lives for a while, and goes with whoever asked and with the assessment that it shows.</summary>
internal sealed class Pdf
{
    public const int SubjectMaxLength = 40;
    public const int ReferenceMaxLength = 200;

    public required Guid Id { get; init; }

    /// <summary>Who asked; null where nobody was signed in: then whoever may see the report itself.</summary>
    public required Guid? PersonId { get; init; }

    /// <summary>The assessment whose report it is; null for anything else.</summary>
    public required Guid? AssessmentId { get; init; }

    /// <summary>Which report, as its address says it.</summary>
    public required string Subject { get; init; }

    public required string Reference { get; init; }

    public required string Choice { get; init; }

    /// <summary>SHA-256 of what is printed: as long as the report comes to the same, the PDF shows no more than it.</summary>
    public required byte[] Digest { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it is erased.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public PdfState State { get; set; }

    /// <summary>How often somebody began to print it.</summary>
    public int Tries { get; set; }

    /// <summary>Until when nobody else prints it; null unless it is being printed.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>The page to print; null once it is.</summary>
    public required byte[]? Html { get; set; }

    /// <summary>Null until it is ready.</summary>
    public byte[]? File { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Pdf>
    {
        public void Configure(EntityTypeBuilder<Pdf> builder)
        {
            builder.ToTable("Pdfs");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Subject).HasMaxLength(SubjectMaxLength);
            builder.Property(p => p.Reference).HasMaxLength(ReferenceMaxLength);
            builder.HasIndex(p => new { p.State, p.AskedAt });
            builder.HasIndex(p => p.ExpiresAt);
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Assessment>().WithMany().HasForeignKey(p => p.AssessmentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

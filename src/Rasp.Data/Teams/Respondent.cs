using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;

namespace Rasp.Data.Teams;

/// <summary>Who sees who answered what, within an organisation (sharing.md 5). Chosen once, before anybody else is invited.</summary>
public enum Attribution
{
    /// <summary>Leads, and colleagues who are done with their own, see who answered what.</summary>
    Named = 0,

    /// <summary>Nobody sees another person's answers: leads see spreads of five and more.</summary>
    Anonymous = 1,
}

/// <summary>How somebody's answers come in.</summary>
public enum RespondentKind
{
    /// <summary>Whoever leads the assessment answers as one: nobody else is invited.</summary>
    Together = 0,

    /// <summary>A lead enters what somebody answered on paper or in a meeting.</summary>
    OnPaper = 1,

    /// <summary>A person answers, each in their own account.</summary>
    Person = 2,
}

/// <summary>Somebody who answers within an assessment, from a role. Known by the role alone in an in-confidence one that nobody else is invited to.</summary>
internal sealed class Respondent
{
    public const int NameMaxLength = 320;
    public const int NoteMaxLength = 2000;

    /// <summary>Enough for the keys of all themes of a large instrument.</summary>
    public const int ScopeMaxLength = 4000;

    public required Guid Id { get; init; }

    public required Guid AssessmentId { get; init; }

    public required string Role { get; set; }

    public RespondentKind Kind { get; set; }

    /// <summary>Who; null together, on paper, before the invitation is accepted, and once the person was removed.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>What a lead calls somebody on paper; of somebody removed, the address under which they answered. Else null.</summary>
    public string? Name { get; set; }

    /// <summary>Keys of the areas (area) and themes (area.theme) that are asked, with spaces between; null for all.</summary>
    public string? Scope { get; set; }

    public DateTimeOffset AddedAt { get; init; }

    /// <summary>When this person had read who sees what, and began; null before.</summary>
    public DateTimeOffset? BegunAt { get; set; }

    /// <summary>When this person last said to be done; null while not.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>When a lead last asked this person to look again; null where nobody has, or the person is done since.</summary>
    public DateTimeOffset? AskedAgainAt { get; set; }

    /// <summary>What the lead wrote then.</summary>
    public string? AskedAgainNote { get; set; }

    /// <summary>The last time that a lead had this person reminded.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>When a lead took this person out and kept what they had answered; null while they are in.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>The same person in another version of the assessment.</summary>
    public Respondent For(Guid assessment, Guid id) => new()
    {
        Id = id,
        AssessmentId = assessment,
        Role = Role,
        Kind = Kind,
        PersonId = PersonId,
        Name = Name,
        Scope = Scope,
        AddedAt = AddedAt,
        BegunAt = BegunAt,
        DoneAt = DoneAt,
        AskedAgainAt = AskedAgainAt,
        AskedAgainNote = AskedAgainNote,
        RemovedAt = RemovedAt,
    };

    private sealed class Mapping : IEntityTypeConfiguration<Respondent>
    {
        public void Configure(EntityTypeBuilder<Respondent> builder)
        {
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Role).HasMaxLength(Assessment.KeyMaxLength);
            builder.Property(r => r.Name).HasMaxLength(NameMaxLength);
            builder.Property(r => r.Scope).HasMaxLength(ScopeMaxLength);
            builder.Property(r => r.AskedAgainNote).HasMaxLength(NoteMaxLength);
            builder.HasIndex(r => new { r.AssessmentId, r.PersonId }).IsUnique();
            builder.HasOne<Assessment>().WithMany().HasForeignKey(r => r.AssessmentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}

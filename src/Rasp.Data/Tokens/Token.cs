using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Data.Accounts;
using Rasp.Data.Programmes;

namespace Rasp.Data.Tokens;

/// <summary>What a token may be used for.</summary>
[Flags]
public enum TokenScopes
{
    None = 0,

    /// <summary>To read whatever its owner may see. Every token may.</summary>
    Read = 1,

    /// <summary>To start assessments and to save answers.</summary>
    Answer = 2,

    /// <summary>To add and to change actions of plans.</summary>
    Plan = 4,
}

public static class TokenScopeWords
{
    /// <summary>Each scope by its word.</summary>
    public static readonly IReadOnlyList<(TokenScopes Scope, string Word)> All = [(TokenScopes.Read, "read"), (TokenScopes.Answer, "answer"), (TokenScopes.Plan, "plan")];

    public static IEnumerable<string> Words(this TokenScopes scopes) => All.Where(s => scopes.HasFlag(s.Scope)).Select(s => s.Word);
}

/// <summary>With it a program reads and writes as its owner, without signing in: as the person who made it, or as that lead of one organisation alone.</summary>
internal sealed class Token
{
    public const int NameMaxLength = 100;

    public required Guid Id { get; init; }

    /// <summary>Who made it. An organisation's ends when that person no longer leads it: nobody else is known to hold it.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Whose it is; null where it is the person's own.</summary>
    public required Guid? OrganisationId { get; init; }

    /// <summary>The one programme that it reaches; null where it reaches all.</summary>
    public required Guid? ProgrammeId { get; init; }

    /// <summary>What it is for, in its owner's words.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, which is stored nowhere.</summary>
    public required byte[] SecretHash { get; init; }

    public required TokenScopes Scopes { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null where it never was.</summary>
    public required DateOnly? LastUsedOn { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Token>
    {
        public void Configure(EntityTypeBuilder<Token> builder)
        {
            builder.ToTable("Tokens");
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Property(t => t.Name).HasMaxLength(NameMaxLength);
            builder.HasIndex(t => t.SecretHash).IsUnique();
            builder.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(t => t.OrganisationId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Programme>().WithMany().HasForeignKey(t => t.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

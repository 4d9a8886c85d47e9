using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rasp.Readiness.Answers;

namespace Rasp.Data.Workshops;

/// <summary>Why the votes of a ballot were revealed to nobody.</summary>
public enum Withheld
{
    No = 0,

    /// <summary>Fewer than five voted.</summary>
    TooFew = 1,

    /// <summary>Taken from what was shown before on this question, it would tell of fewer than five people; or that was shown twice already.</summary>
    TooNear = 2,
}

/// <summary>One vote on one question.</summary>
internal sealed class Ballot
{
    public required Guid WorkshopId { get; init; }

    /// <summary>From 1, within the workshop.</summary>
    public required int Number { get; init; }

    public required string Question { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? RevealedAt { get; set; }

    /// <summary>What was revealed, frozen: how many chose what, or which organisation did. Null before, and where it is withheld.</summary>
    public string? Spread { get; set; }

    public Withheld Withheld { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Ballot>
    {
        public void Configure(EntityTypeBuilder<Ballot> builder)
        {
            builder.ToTable("Ballots");
            builder.HasKey(b => new { b.WorkshopId, b.Number });
            builder.Property(b => b.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.HasOne<Workshop>().WithMany().HasForeignKey(b => b.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A vote, until its workshop closes.</summary>
internal sealed class Vote
{
    public required Guid WorkshopId { get; init; }

    public required int Ballot { get; init; }

    /// <summary>The seat's id; in a partnership's workshop the organisation's, which has one vote.</summary>
    public required Guid Voter { get; init; }

    /// <summary>As <see cref="AnswerRow.Choice"/>, never null.</summary>
    public required short Choice { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<Vote>
    {
        public void Configure(EntityTypeBuilder<Vote> builder)
        {
            builder.ToTable("Votes");
            builder.HasKey(v => new { v.WorkshopId, v.Ballot, v.Voter });
            builder.HasOne<Workshop>().WithMany().HasForeignKey(v => v.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What a partnership agreed on for a question. An organisation's own workshop records agreed answers instead.</summary>
internal sealed class Decision
{
    public const int NoteMaxLength = 2000;

    public required Guid WorkshopId { get; init; }

    public required string Question { get; init; }

    /// <summary>As <see cref="AnswerRow.Choice"/>, never null.</summary>
    public required short Choice { get; set; }

    public required string? Note { get; set; }

    public required DateTimeOffset At { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Decision>
    {
        public void Configure(EntityTypeBuilder<Decision> builder)
        {
            builder.ToTable("Decisions");
            builder.HasKey(d => new { d.WorkshopId, d.Question });
            builder.Property(d => d.Question).HasMaxLength(3 * Assessment.KeyMaxLength);
            builder.Property(d => d.Note).HasMaxLength(NoteMaxLength);
            builder.HasOne<Workshop>().WithMany().HasForeignKey(d => d.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A revealed spread as it is stored: <c>3:2 0:1</c>, two for level 3 and one who doesn't know; in a partnership each organisation's id in place of a number of votes.</summary>
internal static class SpreadText
{
    private const string Erased = "erased";

    public static string Of(IEnumerable<Vote> votes, bool byVoter) => byVoter
        ? string.Join(' ', votes.OrderBy(v => v.Choice).ThenBy(v => v.Voter).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Choice}:{v.Voter:N}")))
        : string.Join(' ', votes.GroupBy(v => v.Choice).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}:{g.Count()}")));

    /// <summary>How many chose what, in the order of the levels, then don't know, then not applicable.</summary>
    /// <param name="text">As <see cref="Of"/> made it.</param>
    /// <param name="names">What organisations are called by id, those that are gone left out; null in an organisation's own workshop.</param>
    public static RevealedSpread Read(string text, IReadOnlyDictionary<Guid, string>? names)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pairs = parts.Where(p => p != Erased).Select(p => p.Split(':')).Select(p => (Choice: short.Parse(p[0], CultureInfo.InvariantCulture), Value: p[1])).ToList();
        if (names is null)
        {
            return new([.. pairs.Select(p => new ChoiceCount(AnswerRow.ToChoice(p.Choice)!.Value, int.Parse(p.Value, CultureInfo.InvariantCulture), [])).OrderBy(c => Place(c.Choice))], 0);
        }
        var voted = pairs.Select(p => (p.Choice, Voter: Guid.ParseExact(p.Value, "N"))).ToList();
        var known = voted.Where(v => names.ContainsKey(v.Voter)).GroupBy(v => v.Choice)
            .Select(g => new ChoiceCount(AnswerRow.ToChoice(g.Key)!.Value, g.Count(), [.. g.Select(v => names[v.Voter]).Order(StringComparer.Ordinal)]));
        return new([.. known.OrderBy(c => Place(c.Choice))], parts.Count(p => p == Erased) + voted.Count(v => !names.ContainsKey(v.Voter)));
    }

    /// <summary>What an organisation voted; null where it did not.</summary>
    public static Choice? VoteOf(string text, Guid organisation) =>
        text.Split(' ').Select(p => p.Split(':')).FirstOrDefault(p => p.Length == 2 && p[1] == $"{organisation:N}") is [var choice, _] ? AnswerRow.ToChoice(short.Parse(choice, CultureInfo.InvariantCulture)) : null;

    /// <summary>The same without what an organisation voted, which is erased with it; not that it did.</summary>
    public static string Without(string text, Guid organisation) =>
        string.Join(' ', text.Split(' ').Select(p => p.EndsWith($":{organisation:N}", StringComparison.Ordinal) ? Erased : p));

    private static int Place(Choice choice) => choice.Level ?? (choice.IsDontKnow ? int.MaxValue - 1 : int.MaxValue);
}

internal static class ErasedVotes
{
    /// <summary>Erases what an organisation voted in workshops over these rounds.</summary>
    public static async Task EraseVotesAsync(this RaspDb db, Guid organisation, IReadOnlyCollection<Guid> rounds, CancellationToken cancellation)
    {
        await db.Votes.Where(v => v.Voter == organisation).ExecuteDeleteAsync(cancellation);
        foreach (var ballot in await db.Ballots.Where(b => b.Spread != null && db.Workshops.Any(w => w.Id == b.WorkshopId && rounds.Contains(w.RoundId!.Value))).ToListAsync(cancellation))
        {
            ballot.Spread = SpreadText.Without(ballot.Spread!, organisation);
        }
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>How many chose something.</summary>
/// <param name="Choice">What.</param>
/// <param name="Votes">How many.</param>
/// <param name="Organisations">Which, in a partnership; else empty.</param>
public sealed record ChoiceCount(Choice Choice, int Votes, IReadOnlyList<string> Organisations);

/// <summary>What was revealed of a ballot.</summary>
/// <param name="Counts">Of what was chosen at all.</param>
/// <param name="Gone">How many organisations voted that have withdrawn since: their votes are shown no more.</param>
public sealed record RevealedSpread(IReadOnlyList<ChoiceCount> Counts, int Gone)
{
    public int Votes => Counts.Sum(c => c.Votes);

    /// <summary>How many chose this.</summary>
    public ChoiceCount Of(Choice choice) => Counts.FirstOrDefault(c => c.Choice == choice) ?? new(choice, 0, []);
}

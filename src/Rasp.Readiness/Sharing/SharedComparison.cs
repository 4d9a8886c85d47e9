using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Sharing;

/// <summary>
/// Partners side by side, as one viewer may see them: made from what each released to that viewer and from nothing else, so that
/// neither an order nor a category tells what was withheld.
/// </summary>
public sealed record SharedComparison
{
    private SharedComparison()
    {
    }

    /// <summary>What was asked.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The key of the round's stage; null where all questions are asked.</summary>
    public required string? Stage { get; init; }

    /// <summary>The round's name.</summary>
    public required string Round { get; init; }

    /// <summary>Every partner of the round in ordinal order of names, those that show nothing too.</summary>
    public required IReadOnlyList<Release> Partners { get; init; }

    /// <summary>The comparison question by question, of those who show questions; null where fewer than two do.</summary>
    public required Comparison? Questions { get; init; }

    /// <summary>Names of those whom <see cref="Questions"/>, and so every statement about a question, rests on.</summary>
    public IReadOnlyList<string> RestsOn => [.. Partners.Where(p => p.Result is not null).Select(p => p.Organisation)];

    /// <summary>Those who show less than <see cref="Depth.Questions"/>.</summary>
    public IReadOnlyList<Release> Withheld => [.. Partners.Where(p => p.Result is null)];

    /// <summary>Puts releases to one viewer side by side.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public static SharedComparison Of(Instrument instrument, string? stage, string round, IEnumerable<Release> releases)
    {
        var partners = releases.OrderBy(r => r.Organisation, StringComparer.Ordinal).ToList();
        if (partners.DistinctBy(p => p.Organisation).Count() != partners.Count) throw new ArgumentException("Names of partners must differ.", nameof(releases));
        var results = partners.Select(p => p.Result).OfType<AssessmentResult>().ToList();
        return new()
        {
            Instrument = instrument,
            Stage = stage,
            Round = round,
            Partners = partners,
            Questions = results.Count >= 2 ? Comparison.Of(results) : null,
        };
    }

    /// <summary>The partner of a name; null where there is none.</summary>
    public Release? Partner(string organisation) => Partners.FirstOrDefault(p => p.Organisation == organisation);
}

using System.Globalization;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Readiness.Sharing;

namespace Rasp.Comparisons;

/// <summary>The worked example's rounds, for everybody to look at. The later one can be seen as each partner would see it, were they to show less than everything.</summary>
public sealed class ComparedExamples(IEnumerable<OpenComparison> comparisons)
{
    private const string Mixed = "2026-07";

    /// <summary>What each would show in the mixed round: something of each depth.</summary>
    private static readonly Depth[] Depths = [Depth.Everything, Depth.Questions, Depth.Areas];

    private readonly Lazy<Dictionary<string, OpenComparison>> byReference = new(() => comparisons.ToDictionary(c => c.Reference, StringComparer.Ordinal));

    public OpenComparison? Find(string reference) => byReference.Value.GetValueOrDefault(reference);

    /// <summary>The rounds as they are, and the mixed one as each partner sees it; the council that would join is none of them yet.</summary>
    public static IEnumerable<OpenComparison> Of(WorkedExample example)
    {
        foreach (var round in example.Assessments.Select(a => a.Assessment).Where(a => a.Sheet.Organisation != WorkedExample.Candidate).GroupBy(a => a.Sheet.Round))
        {
            var members = round.OrderBy(m => m.Sheet.Organisation, StringComparer.Ordinal).ToList();
            var whole = Reference(round.Key);
            IReadOnlyList<ViewOfRound> views = round.Key != Mixed ? [] :
                [new(whole, null, Depth.Everything), .. members.Select((m, i) => new ViewOfRound($"{whole}-as-{FirstWord(m)}", m.Sheet.Organisation, Depths[i]))];

            yield return Open(whole, members, _ => Depth.Everything, own: null) with { Views = views };
            foreach (var view in views.Where(v => v.Partner is not null))
            {
                var depths = members.Select((m, i) => (m, Seen: view.Partner == m.Sheet.Organisation ? Depth.Everything : Readiness.Sharing.Depths.Lesser(view.Shows, Depths[i]))).ToDictionary(m => m.m, m => m.Seen);
                yield return Open(view.Reference, members, m => depths[m], view.Partner) with { Views = views };
            }
        }
    }

    /// <summary>Where a round is compared, with everything shown.</summary>
    public static string Reference(string round) => $"example-{round}";

    private static OpenComparison Open(string reference, List<SeenAssessment> members, Func<SeenAssessment, Depth> depth, string? own)
    {
        var first = members[0];
        var shared = SharedComparison.Of(
            first.Instrument, first.Facts.Stage, first.Sheet.Round,
            members.Select(m => Release.Of(m.Result, m.Sheet, depth(m)) with { IsOwn = m.Sheet.Organisation == own }));
        return new(reference, $"Shared ICT service, {first.Facts.StartedAt.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}", shared, IsExample: true);
    }

    private static string FirstWord(SeenAssessment member) => member.Sheet.Organisation.Split(' ')[0].ToLowerInvariant();
}

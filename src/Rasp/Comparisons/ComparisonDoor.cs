using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;

namespace Rasp.Comparisons;

/// <summary>Who may come in to a comparison's pages: anybody to a worked example's.</summary>
public sealed class ComparisonDoor(ComparedExamples examples)
{
    /// <summary>The comparison as this visitor may see it; null where there is none, or not for this visitor: no answer tells which.</summary>
    public Task<OpenComparison?> OpenAsync(HttpContext context, string reference)
    {
        context.RequestAborted.ThrowIfCancellationRequested();
        return Task.FromResult(examples.Find(reference));
    }
}

/// <summary>A comparison whose pages a visitor is looking at, cut by the lens to what this visitor may see.</summary>
/// <param name="Reference">What its addresses hold.</param>
/// <param name="Title">The programme and the round, as people call them.</param>
/// <param name="Shared">All that the pages draw from.</param>
/// <param name="IsExample">Whether it is a worked example's.</param>
public sealed record OpenComparison(string Reference, string Title, SharedComparison Shared, bool IsExample)
{
    /// <summary>The same round as others see it: an example's alone.</summary>
    public IReadOnlyList<ViewOfRound> Views { get; init; } = [];

    public Instrument Instrument => Shared.Instrument;

    /// <summary>The stage by its name; null where the round has none.</summary>
    public string? Stage => Instrument.Stages.FirstOrDefault(s => s.Key == Shared.Stage)?.Name;

    /// <summary>The partner whose view this is; null where it is nobody's.</summary>
    public Release? Own => Shared.Partners.FirstOrDefault(p => p.IsOwn);
}

/// <summary>A round as one partner sees it, who shows this much; as it is with everything shown where there is no partner.</summary>
public sealed record ViewOfRound(string Reference, string? Partner, Depth Shows);

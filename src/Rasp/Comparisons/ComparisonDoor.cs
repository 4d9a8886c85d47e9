using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;

namespace Rasp.Comparisons;

/// <summary>Who may come in to a comparison's pages: anybody to a worked example's, and to a revealed round's whoever took part in it, or facilitates.</summary>
public sealed class ComparisonDoor(ComparedExamples examples, RoundLens lens, PlanLens plans, ReadTrail trail)
{
    /// <summary>
    /// The comparison as this visitor may see it; null where there is none, or not for this visitor: no answer tells which. Those whose data it
    /// shows read in their trail that it was shown, or taken away.
    /// </summary>
    public async Task<OpenComparison?> OpenAsync(HttpContext context, string reference, bool isExport = false)
    {
        if (examples.Find(reference) is { } example) return example;
        if (Round(reference) is not var (round, version) || context.Viewer() is not { } viewer) return null;
        context.Response.KeepPrivate();
        if (await lens.FindAsync(round, viewer, version, context.RequestAborted) is not { } seen) return null;
        await trail.NoteAsync(isExport ? TrailKind.ComparisonExported : TrailKind.ComparisonRead, seen.Reading, context.RequestAborted);
        var planned = isExport ? null : await plans.AnsweredAsync(new(seen.Programme, IsJoint: true), new(null, viewer.Person, viewer.Organisation), round, context.RequestAborted);
        return new(reference, $"{seen.ProgrammeName}, round {seen.Number}", seen.Comparison, IsExample: false) { Round = seen.Round, Programme = seen.Programme, Version = version, Versions = seen.Versions, Planned = planned };
    }

    /// <summary>What somebody gets to whom the comparison is not open: those who are not signed in are asked to, whether there is one or not.</summary>
    public static IActionResult Closed(HttpContext context, string reference) =>
        context.SignedIn() is null && Round(reference) is not null ? new RedirectResult(Links.SignInFor(context.Request.Path + context.Request.QueryString)) : new NotFoundResult();

    /// <summary>The address of a round as it was with these versions, for what was corrected after the reveal.</summary>
    public static string Reference(string reference, int? version) => version is { } number ? string.Create(CultureInfo.InvariantCulture, $"{reference.Split('-')[0]}-{number}") : reference.Split('-')[0];

    private static (Guid Round, int? Version)? Round(string reference) => reference.Split('-') switch
    {
        [var id] when Guid.TryParseExact(id, "N", out var round) => (round, null),
        [var id, var version] when Guid.TryParseExact(id, "N", out var round) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => (round, number),
        _ => null,
    };
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

    /// <summary>Which version of each partner's part this shows, where it has as many; null for the newest.</summary>
    public int? Version { get; init; }

    /// <summary>Those who corrected themselves after the reveal, by name, with how many versions they have shown.</summary>
    public IEnumerable<(string Partner, int Versions)> Corrected => Versions.Where(v => v.Value > 1).Select(v => (v.Key, v.Value)).OrderBy(v => v.Key, StringComparer.Ordinal);

    /// <summary>The round; null for an example.</summary>
    public Guid? Round { get; init; }

    /// <summary>The programme; null for an example.</summary>
    public Guid? Programme { get; init; }

    /// <summary>Which questions the joint plan answers already, by their keys in full, with the action; null for whoever may not change it.</summary>
    public IReadOnlyDictionary<string, Guid>? Planned { get; init; }

    /// <summary>How many versions each partner has shown, by name: more than one where it corrected itself.</summary>
    public IReadOnlyDictionary<string, int> Versions { get; init; } = new Dictionary<string, int>();

    public Instrument Instrument => Shared.Instrument;

    /// <summary>The stage by its name; null where the round has none.</summary>
    public string? Stage => Instrument.Stages.FirstOrDefault(s => s.Key == Shared.Stage)?.Name;

    /// <summary>The partner whose view this is; null where it is nobody's.</summary>
    public Release? Own => Shared.Partners.FirstOrDefault(p => p.IsOwn);
}

/// <summary>A round as one partner sees it, who shows this much; as it is with everything shown where there is no partner.</summary>
public sealed record ViewOfRound(string Reference, string? Partner, Depth Shows);

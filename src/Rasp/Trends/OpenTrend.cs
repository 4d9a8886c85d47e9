using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Trends;

/// <summary>Whose rounds are looked at.</summary>
public enum TrendOf
{
    Example,

    /// <summary>A programme's partners.</summary>
    Programme,

    /// <summary>One organisation's, in confidence.</summary>
    OneInConfidence,
}

/// <summary>Rounds, one after the other, that a visitor is looking at, cut by the lens to what this visitor may see.</summary>
/// <param name="Reference">What its addresses hold.</param>
/// <param name="Of">Whose they are.</param>
/// <param name="Title">The programme's name, or the organisation's.</param>
/// <param name="Rounds">The oldest first.</param>
/// <param name="Back">Where one came from.</param>
public sealed record OpenTrend(string Reference, TrendOf Of, string Title, IReadOnlyList<RoundInTime> Rounds, string Back)
{
    public bool IsExample => Of == TrendOf.Example;

    /// <summary>The programme, or the assessment; empty for the example.</summary>
    public Guid Id { get; init; }
}

/// <summary>
/// Who may come in to a trend's page: anybody to the worked example's; to a programme's whoever took part in a round of it, or facilitates; to
/// assessments in confidence whoever keeps them in their account.
/// </summary>
public sealed class TrendDoor(WorkedExample example, AssessmentDoor assessments, AssessmentDesk desk, RoundLens lens, PlanLens plans, ReadTrail trail)
{
    public const string Example = "example";

    private const string InConfidence = "own-";

    /// <summary>The trend of an assessment in confidence and of those that look at it again.</summary>
    public static string Reference(string assessment) => InConfidence + assessment;

    /// <summary>The rounds as this visitor may see them; null where there are none. Those whose data it shows read in their trail that it was shown, or taken away.</summary>
    public async Task<OpenTrend?> OpenAsync(HttpContext context, string reference, bool isExport = false)
    {
        if (reference == Example) return OfExample();
        if (context.Viewer() is not { } viewer) return null;
        context.Response.KeepPrivate();
        if (reference.StartsWith(InConfidence, StringComparison.Ordinal)) return await OfOneAsync(context, reference, viewer.Person);
        if (!Guid.TryParseExact(reference, "N", out var programme) || await lens.InTimeAsync(programme, viewer, context.RequestAborted) is not { } seen) return null;
        foreach (var reading in seen.Readings) await trail.NoteAsync(isExport ? TrailKind.ComparisonExported : TrailKind.ComparisonRead, reading, context.RequestAborted);
        return new(reference, TrendOf.Programme, seen.ProgrammeName, seen.Rounds, Links.Programme(programme)) { Id = programme };
    }

    /// <summary>What somebody gets to whom it is not open: those who are not signed in are asked to, whether there is one or not.</summary>
    public static IActionResult Closed(HttpContext context, string reference) =>
        context.SignedIn() is null && reference != Example ? new RedirectResult(Links.SignInFor(context.Request.Path + context.Request.QueryString)) : new NotFoundResult();

    /// <summary>The plan of whoever's trend it is, as far as this visitor may see it: the partners' joint one, or that of one's own organisation. Null where there is none for them.</summary>
    public async Task<SeenPlan?> PlanAsync(HttpContext context, TrendView view, bool isExport = false)
    {
        if (context.SignedIn() is not { } signedIn || view.Points.Count < 2) return null;
        // In confidence a plan belongs to an assessment: that of the last but one is judged by the last.
        PlanAddress? address = view.Open.Of switch
        {
            TrendOf.Programme when view.IsPartnership => new(view.Open.Id, IsJoint: true),
            TrendOf.Programme => view.Points[^1].Round.Own.TryGetValue(view.Who, out var own) ? new(own, IsJoint: false) : null,
            TrendOf.OneInConfidence => new(view.Points[^2].Round.Round, IsJoint: false),
            _ => null,
        };
        if (address is not { } there || await plans.FindAsync(there, new(null, signedIn.Person), context.RequestAborted) is not { } plan) return null;
        foreach (var reading in plan.Readings) await trail.NoteAsync(isExport ? TrailKind.ComparisonExported : TrailKind.ComparisonRead, reading, context.RequestAborted);
        return plan;
    }

    private async Task<OpenTrend?> OfOneAsync(HttpContext context, string reference, Guid person)
    {
        if (!Guid.TryParseExact(reference[InConfidence.Length..], "N", out var id)) return null;
        var rounds = new List<(RoundInTime Round, string Name)>();
        foreach (var one in await desk.ChainAsync(id, person, context.RequestAborted))
        {
            if (await assessments.OpenAsync(context, one.ToString("N")) is not { IsMine: true, Seen: var seen }) continue;
            var release = Release.Of(seen.Result, seen.Sheet, Depth.Everything) with { IsOwn = true };
            rounds.Add((new(one, rounds.Count + 1, IsJoining: false, seen.Facts.StartedAt, IsRevealed: false, seen.Facts.Stage, [release]) { Instrument = seen.Instrument, Name = seen.Facts.RoundName }, seen.Facts.OrganisationOrOurs));
        }
        if (rounds.Count == 0) return null;
        // By the name that it has now.
        var name = rounds[^1].Name;
        return new(
            reference, TrendOf.OneInConfidence, name, [.. rounds.Select(r => r.Round with { Releases = [.. r.Round.Releases.Select(x => x with { Organisation = name })] })], Links.Assessment(id.ToString("N")))
        { Id = id };
    }

    private OpenTrend OfExample()
    {
        var rounds = example.Assessments.Select(a => a.Assessment).Where(a => a.Sheet.Organisation != WorkedExample.Candidate).GroupBy(a => a.Sheet.Round)
            .Select((r, i) => new RoundInTime(
                Guid.Empty, i + 1, IsJoining: false, r.First().Facts.StartedAt, IsRevealed: true, r.First().Facts.Stage,
                [.. r.OrderBy(a => a.Sheet.Organisation, StringComparer.Ordinal).Select(a => Release.Of(a.Result, a.Sheet, Depth.Everything))])
            { Instrument = r.First().Instrument, Name = r.Key });
        return new(Example, TrendOf.Example, "Shared ICT service", [.. rounds], Links.Example);
    }
}

/// <summary>One point in time of whoever's trend it is.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Areas">Scores by the area's key; empty where nothing is shown.</param>
/// <param name="Result">Question by question; null where no more than areas is shown.</param>
/// <param name="Notes">What was noted beside answers, by the question's key in full.</param>
/// <param name="RestsOn">Whom a floor rests on; empty for an organisation.</param>
public sealed record TrendPoint(
    RoundInTime Round, IReadOnlyDictionary<string, ReleasedScore> Areas, AssessmentResult? Result, IReadOnlyDictionary<string, ReleasedNote> Notes, IReadOnlyList<string> RestsOn)
{
    /// <summary>The round in a few words.</summary>
    public string Name => Round.IsJoining ? "Asking to join" : $"Round {Sign}";

    /// <summary>What stands for it in addresses and pictures.</summary>
    public string Sign => Round.IsJoining ? "J" + (Round.Number == 1 ? "" : Round.Number.ToString(CultureInfo.InvariantCulture)) : Round.Number.ToString(CultureInfo.InvariantCulture);
}

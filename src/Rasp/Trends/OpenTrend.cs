using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Trends;

/// <summary>Rounds, one after the other, that a visitor is looking at, cut by the lens to what this visitor may see.</summary>
/// <param name="Reference">What its addresses hold.</param>
/// <param name="Title">The programme's name.</param>
/// <param name="Rounds">The oldest first.</param>
/// <param name="Programme">Which; null for the worked example.</param>
public sealed record OpenTrend(string Reference, string Title, IReadOnlyList<RoundInTime> Rounds, Guid? Programme)
{
    public bool IsExample => Programme is null;
}

/// <summary>Who may come in to a trend's page: anybody to the worked example's, and to a programme's whoever took part in a round of it, or facilitates.</summary>
public sealed class TrendDoor(WorkedExample example, RoundLens lens, ReadTrail trail)
{
    public const string Example = "example";

    /// <summary>The rounds as this visitor may see them; null where there are none. Those whose data it shows read in their trail that it was shown.</summary>
    public async Task<OpenTrend?> OpenAsync(HttpContext context, string reference)
    {
        if (reference == Example) return OfExample();
        if (!Guid.TryParseExact(reference, "N", out var programme) || context.SignedIn() is not { } signedIn) return null;
        context.Response.KeepPrivate();
        if (await lens.InTimeAsync(programme, signedIn.Person, context.RequestAborted) is not { } seen) return null;
        foreach (var reading in seen.Readings) await trail.NoteAsync(TrailKind.ComparisonRead, reading, context.RequestAborted);
        return new(reference, seen.ProgrammeName, seen.Rounds, programme);
    }

    /// <summary>What somebody gets to whom it is not open: those who are not signed in are asked to, whether there is one or not.</summary>
    public static IActionResult Closed(HttpContext context, string reference) =>
        context.SignedIn() is null && reference != Example ? new RedirectResult(Links.SignInFor(context.Request.Path + context.Request.QueryString)) : new NotFoundResult();

    private OpenTrend OfExample()
    {
        var rounds = example.Assessments.Select(a => a.Assessment).Where(a => a.Sheet.Organisation != WorkedExample.Candidate).GroupBy(a => a.Sheet.Round)
            .Select((r, i) => new RoundInTime(
                Guid.Empty, i + 1, r.First().Facts.StartedAt, IsRevealed: true, r.First().Facts.Stage,
                [.. r.OrderBy(a => a.Sheet.Organisation, StringComparer.Ordinal).Select(a => Release.Of(a.Result, a.Sheet, Depth.Everything))]));
        return new(Example, "Shared ICT service", [.. rounds], null);
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
    public string Name => string.Create(CultureInfo.InvariantCulture, $"Round {Round.Number}");
}

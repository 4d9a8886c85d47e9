using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data.Joinings;
using Rasp.Data.Trails;
using Rasp.Readiness.Sharing;

namespace Rasp.Joinings;

/// <summary>A candidate against the members, whose page a visitor is looking at, cut by the lens to what this visitor may see.</summary>
/// <param name="Reference">What its address holds.</param>
/// <param name="Programme">What the programme is called.</param>
/// <param name="Fit">All that the page draws from.</param>
public sealed record OpenFit(string Reference, string Programme, SharedFit Fit)
{
    /// <summary>The candidate's round; null for an example.</summary>
    public Guid? Round { get; init; }

    public Guid? ProgrammeId { get; init; }

    /// <summary>The number of the members' round; null for an example.</summary>
    public int? Base { get; init; }

    public bool IsExample => Round is null;
}

/// <summary>The worked example's rounds in which the fourth council answered, which would join: for everybody to look at, with everything shown.</summary>
public sealed class FittedExamples(WorkedExample example)
{
    private readonly Lazy<Dictionary<string, OpenFit>> byReference = new(() => Of(example).ToDictionary(f => f.Reference, StringComparer.Ordinal));

    public OpenFit? Find(string reference) => byReference.Value.GetValueOrDefault(reference);

    private static IEnumerable<OpenFit> Of(WorkedExample example)
    {
        foreach (var round in example.Assessments.Select(a => a.Assessment).GroupBy(a => a.Sheet.Round))
        {
            if (round.FirstOrDefault(a => a.Sheet.Organisation == WorkedExample.Candidate) is not { } candidate || round.Count() < 2) continue;
            var releases = round.ToDictionary(a => a, a => Release.Of(a.Result, a.Sheet, Depth.Everything));
            yield return new(
                Comparisons.ComparedExamples.Reference(round.Key), $"Shared ICT service, {candidate.Facts.StartedAt.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}",
                SharedFit.Of(candidate.Instrument, releases[candidate], releases.Where(r => r.Key != candidate).Select(r => r.Value)));
        }
    }
}

/// <summary>Who may come in to a fit: anybody to a worked example's, and to a programme's the candidate, the members who were asked, and facilitators.</summary>
public sealed class FitDoor(FittedExamples examples, JoiningLens lens, ReadTrail trail)
{
    /// <summary>The fit as this visitor may see it; null where there is none, or not for this visitor: no answer tells which. Those whose data it shows read in their trail that it was shown, or taken away.</summary>
    public async Task<OpenFit?> OpenAsync(HttpContext context, string reference, bool isExport = false)
    {
        if (examples.Find(reference) is { } example) return example;
        if (!Guid.TryParseExact(reference, "N", out var round) || context.Viewer() is not { } viewer) return null;
        context.Response.KeepPrivate();
        if (await lens.FindAsync(round, viewer, context.RequestAborted) is not { } seen) return null;
        await trail.NoteAsync(isExport ? TrailKind.FitExported : TrailKind.FitRead, seen.Reading, context.RequestAborted);
        return new(reference, seen.ProgrammeName, seen.Fit) { Round = round, ProgrammeId = seen.Programme, Base = seen.BaseNumber };
    }

    /// <summary>What somebody gets to whom it is not open: those who are not signed in are asked to, whether there is one or not.</summary>
    public static IActionResult Closed(HttpContext context, string reference) =>
        context.SignedIn() is null && Guid.TryParseExact(reference, "N", out _) ? new RedirectResult(Links.SignInFor(context.Request.Path + context.Request.QueryString)) : new NotFoundResult();
}

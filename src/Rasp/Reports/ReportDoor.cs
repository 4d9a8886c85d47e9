using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Comparisons;
using Rasp.Data.Agreements;
using Rasp.Data.Plans;
using Rasp.Data.Teams;
using Rasp.Joinings;
using Rasp.Plans;
using Rasp.Readiness;
using Rasp.Trends;

namespace Rasp.Reports;

/// <summary>
/// Makes reports, each when it is asked for and of what whoever asks may see at that moment: what they get is what the lens lets through on the
/// pages too. Whoever's data it holds reads in their trail that it was taken away.
/// </summary>
public sealed class ReportDoor(AssessmentDoor assessments, AgreementLens agreements, ComparisonDoor comparisons, TrendDoor trends, FitDoor fits, PlanDoor plans, PlanLens planned, TimeProvider clock)
{
    /// <summary>The report that is asked for.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="request">What for.</param>
    /// <param name="isExport">Whether it is taken away; false where it is only shown.</param>
    internal async Task<ReportAnswer> MakeAsync(HttpContext context, ReportRequest request, bool isExport = true)
    {
        var answer = request.Subject switch
        {
            ReportSubject.Results => await ResultsAsync(context, request),
            ReportSubject.Comparison => await ComparisonAsync(context, request, isExport),
            ReportSubject.Trend => await TrendAsync(context, request, isExport),
            ReportSubject.Fit => await FitAsync(context, request, isExport),
            ReportSubject.OwnPlan or ReportSubject.JointPlan => await PlanAsync(context, request, isExport),
        };
        if (answer is not ReportAnswer.Made made || request.Choice.Table is not { } table) return answer;
        return made.Report.Sheets.FirstOrDefault(s => s.Key == table) is { } flat ? made with { Report = made.Report with { Flat = flat } }
            : new ReportAnswer.Refused(ReportChoice.TableField, $"There is no such table in this report. There are {Shown.List([.. made.Report.Sheets.Select(s => s.Key)])}");
    }

    /// <summary>What somebody gets for whom it is not there: where signing in could change that, they are asked to, whether there is one or not.</summary>
    internal static IActionResult Closed(HttpContext context, ReportRequest request) => request.Subject switch
    {
        ReportSubject.Results => new NotFoundResult(),
        ReportSubject.Comparison => ComparisonDoor.Closed(context, request.Reference),
        ReportSubject.Trend => TrendDoor.Closed(context, request.Reference),
        ReportSubject.Fit => FitDoor.Closed(context, request.Reference),
        ReportSubject.OwnPlan or ReportSubject.JointPlan => PlanDoor.Closed(context, request.Subject == ReportSubject.JointPlan),
    };

    private async Task<ReportAnswer> ResultsAsync(HttpContext context, ReportRequest request)
    {
        if (await assessments.OpenAsync(context, request.Reference) is not { } open) return new ReportAnswer.NotThere();
        var seen = open.Seen;
        var agreement = open.IsTeams && context.SignedIn() is { } signedIn ? await agreements.FindAsync(seen.Facts.Id, signedIn.Person, context.RequestAborted) : null;
        var basis = new ResultsBasis(Answered(open), MadeAt(request))
        {
            Whose = open.IsLed ? null
                : seen.Facts.IsLed ? "One person’s, entered from paper: not what the organisation’s come to."
                : "Your own: what your organisation’s come to, its leads see.",
            IsAnonymous = open.IsTeams && seen.Facts.Attribution == Attribution.Anonymous,
            Agreed = agreement?.Agreed.ToDictionary(a => a.Key, a => (a.Value.Agreed.Reason, a.Value.Agreed.Minority), StringComparer.Ordinal) ?? [],
            // What a lead has begun to type as one of several is theirs, and not yet the organisation's.
            Unfinished = open.IsTeams ? new Dictionary<string, ResultsBasis.Typed>() : seen.Entered.Where(e => e.Value is { Choice: null } and not { Note: null, Evidence: null })
                .ToDictionary(e => e.Key, e => new ResultsBasis.Typed(e.Value.Note, e.Value.Evidence), StringComparer.Ordinal),
        };
        return new ReportAnswer.Made(ResultsReport.Of(seen.Result, seen.Sheet, basis, request.Choice), NameOf("results", request.Choice, seen.Sheet.Round));
    }

    private async Task<ReportAnswer> ComparisonAsync(HttpContext context, ReportRequest request, bool isExport) =>
        await comparisons.OpenAsync(context, request.Reference, isExport) is { } open
            ? new ReportAnswer.Made(ComparisonReport.Of(open, request.Choice, MadeAt(request)), NameOf("comparison", request.Choice, open.Shared.Round))
            : new ReportAnswer.NotThere();

    private async Task<ReportAnswer> TrendAsync(HttpContext context, ReportRequest request, bool isExport)
    {
        if (await trends.OpenAsync(context, request.Reference, isExport) is not { } open) return new ReportAnswer.NotThere();
        var choice = request.Choice;
        if (choice.Who is { } who && who != TrendView.Partnership && !TrendView.Everybody(open).Contains(who, StringComparer.Ordinal))
        {
            return new ReportAnswer.Refused(TrendView.WhoField, $"Nobody of that name shows you a trend here. There {(TrendView.Everybody(open) is { Count: > 0 } everybody ? $"are {Shown.List(everybody)}, and “{TrendView.Partnership}” for the partnership" : $"is “{TrendView.Partnership}” for the partnership")}");
        }
        var view = TrendView.Of(open, choice.Who);
        foreach (var (field, sign) in new[] { (TrendView.FromField, choice.From), (TrendView.ToField, choice.To) })
        {
            if (sign is not null && view.Points.All(p => p.Sign != sign)) return new ReportAnswer.Refused(field, $"There is no such round in this trend. There {(view.Points.Count == 0 ? "is none" : $"are {Shown.List([.. view.Points.Select(p => p.Sign)])}")}");
        }
        var span = TrendSpan.Of(view, choice.From, choice.To);
        if (span is not null && ((choice.From is { } from && span.From.Sign != from) || (choice.To is { } to && span.To.Sign != to))) return new ReportAnswer.Refused(TrendView.FromField, "Choose a round to begin from that is before the one to end with");
        var plan = await trends.PlanAsync(context, view, isExport);
        return new ReportAnswer.Made(TrendReport.Of(view, span, plan, choice, MadeAt(request)), NameOf("trend", choice, view.Points.Count > 0 ? view.Points[^1].Round.Name : null));
    }

    private async Task<ReportAnswer> FitAsync(HttpContext context, ReportRequest request, bool isExport) =>
        await fits.OpenAsync(context, request.Reference, isExport) is { } open
            ? new ReportAnswer.Made(FitReport.Of(open, request.Choice, MadeAt(request)), NameOf("fit", request.Choice, open.Fit.Candidate.Result?.Round))
            : new ReportAnswer.NotThere();

    private async Task<ReportAnswer> PlanAsync(HttpContext context, ReportRequest request, bool isExport)
    {
        if (await plans.OpenAsync(context, request.Reference, request.Subject == ReportSubject.JointPlan, isExport) is not { } plan) return new ReportAnswer.NotThere();
        var notes = await planned.NotesAsync(plan, [.. plan.Actions.Select(a => a.Id)], context.RequestAborted);
        return new ReportAnswer.Made(PlanReport.Of(plan, notes, request.Choice, MadeAt(request)), NameOf("plan", request.Choice, string.Create(CultureInfo.InvariantCulture, $"{plan.Today:yyyy-MM-dd}")));
    }

    private static string NameOf(string subject, ReportChoice choice, string? when) => $"rasp-{subject}{(choice.IsBoard ? "-summary" : "")}{(when is null ? "" : $"-{when}")}";

    private DateTimeOffset MadeAt(ReportRequest request) => request.MadeAt ?? clock.GetUtcNow();

    /// <summary>When it was answered: an example's round is a month.</summary>
    private static string Answered(OpenAssessment open)
    {
        var facts = open.Seen.Facts;
        return open.IsExample ? facts.StartedAt.Month()
            : facts.StartedAt.Date == facts.LastUsedAt.Date ? facts.StartedAt.InWords()
            : $"{facts.StartedAt.InWords()} to {facts.LastUsedAt.InWords()}";
    }
}

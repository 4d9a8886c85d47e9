using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Comparisons;
using Rasp.Data.Plans;
using Rasp.Readiness.Instruments;
using Rasp.Trends;

namespace Rasp.Pages.Trends;

/// <summary>What moved from round to round, of one organisation or of the partnership, like for like.</summary>
public sealed class IndexModel(TrendDoor door) : PageModel
{
    /// <summary>So much of a note stands here; all of it with the question in its round.</summary>
    public const int MostOfNote = 280;

    /// <summary>So many questions stand open; the others are folded away.</summary>
    public const int MostAtOnce = 12;

    public TrendView View { get; private set; } = null!;

    public OpenTrend Open => View.Open;

    /// <summary>Between which points movement is told: the last two, unless others are asked for; null with fewer than two.</summary>
    public TrendSpan? Span { get; private set; }

    /// <summary>What was planned; null where there is no plan for this visitor to see.</summary>
    public SeenPlan? Plan { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return TrendDoor.Closed(HttpContext, reference);
        View = TrendView.Of(open, Request.Query[TrendView.WhoField]);
        if (View.Points.Count < 2) return Page();
        Plan = await door.PlanAsync(HttpContext, View);
        Span = TrendSpan.Of(View, Request.Query[TrendView.FromField], Request.Query[TrendView.ToField]);
        return Page();
    }

    public string LinkTo(string who) => $"{Links.Trend(Open.Reference)}?{TrendView.WhoField}={Uri.EscapeDataString(who)}";

    /// <summary>The question in the comparison of a round, where there is one.</summary>
    public string? LinkTo(TrendPoint point, Question question) =>
        !point.Round.IsRevealed ? null
        : Links.ComparedQuestion(Open.IsExample ? ComparedExamples.Reference(point.Round.OpenedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture)) : point.Round.Round.ToString("N"), question);

    public static string InSentence(TrendPoint point) => point.Name.ToLowerInvariant();
}

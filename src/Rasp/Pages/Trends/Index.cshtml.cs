using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rasp.Comparisons;
using Rasp.Data.Plans;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
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

    /// <summary>The points between which movement is told: the last two, unless others are asked for; null with fewer than two.</summary>
    public (TrendPoint From, TrendPoint To)? Between { get; private set; }

    /// <summary>Like for like between them; null where one of them shows no questions.</summary>
    public Trend? Trend { get; private set; }

    /// <summary>What was asked in both, in one only, or means something else; null as <see cref="Trend"/>.</summary>
    public InstrumentDiff? Diff { get; private set; }

    /// <summary>What was planned; null where there is no plan for this visitor to see.</summary>
    public SeenPlan? Plan { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await door.OpenAsync(HttpContext, reference) is not { } open) return TrendDoor.Closed(HttpContext, reference);
        View = TrendView.Of(open, Request.Query[TrendView.WhoField]);
        if (View.Points.Count < 2) return Page();
        Plan = await door.PlanAsync(HttpContext, View);
        var to = Asked(TrendView.ToField) is { } t && View.Points[0] != t ? t : View.Points[^1];
        var before = View.Points.TakeWhile(p => p != to).ToList();
        var from = Asked(TrendView.FromField) is { } f && before.Contains(f) ? f : before[^1];
        Between = (from, to);
        if (from.Result is not { } earlier || to.Result is not { } later) return Page();
        Trend = Trend.Of(earlier, later);
        Diff = InstrumentDiff.Between(earlier.Instrument, earlier.Stage, later.Instrument, later.Stage);
        return Page();
    }

    public string LinkTo(string who) => $"{Links.Trend(Open.Reference)}?{TrendView.WhoField}={Uri.EscapeDataString(who)}";

    /// <summary>The question in the comparison of a round, where there is one.</summary>
    public string? LinkTo(TrendPoint point, Question question) =>
        !point.Round.IsRevealed ? null
        : Links.ComparedQuestion(Open.IsExample ? ComparedExamples.Reference(point.Round.OpenedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture)) : point.Round.Round.ToString("N"), question);

    /// <summary>What moved, the largest steps first, then in the order of the questions.</summary>
    public IReadOnlyList<QuestionTrend> Moved(int sign) => [.. Trend!.Questions.Where(q => Math.Sign(q.Change) == sign).OrderByDescending(q => Math.Abs(q.Change)).ThenBy(q => q.Question.Index)];

    /// <summary>Beside a partnership, each partner that shows questions in both rounds.</summary>
    public IEnumerable<(string Partner, Trend Trend)> BesideTrends()
    {
        var points = View.Points.ToList();
        var (from, to) = (points.IndexOf(Between!.Value.From), points.IndexOf(Between.Value.To));
        foreach (var (partner, own) in View.Beside)
        {
            if (own[from]?.Result is { } earlier && own[to]?.Result is { } later) yield return (partner, Trend.Of(earlier, later));
        }
    }

    /// <summary>Of a floor, each partner's step at a question, where it is one or both partners' levels differ.</summary>
    public IEnumerable<string> Steps(Question question)
    {
        var (from, to) = Between!.Value;
        var before = from.Round.Releases.Where(r => r.Result is not null).ToDictionary(r => r.Organisation, r => r.Result!.Find(question.Key)?.Level, StringComparer.Ordinal);
        foreach (var release in to.Round.Releases.Where(r => r.Result is not null))
        {
            var (then, now) = (before.GetValueOrDefault(release.Organisation), release.Result!.Find(question.Key)?.Level);
            if (then != now) yield return $"{release.Organisation} {InWords(then)} → {InWords(now)}";
        }
    }

    public static string InSentence(TrendPoint point) => point.Name.ToLowerInvariant();

    /// <summary>A difference of scores, with its sign.</summary>
    public static string WithSign(double change) => Readiness.Shown.Score(change) is var words && change > 0 && words != "0" ? "+" + words : words.Replace('-', '−');

    private static string InWords(int? level) => level?.ToString(CultureInfo.InvariantCulture) ?? "no level";

    private TrendPoint? Asked(string field) =>
        Request.Query[field].ToString() is { Length: > 0 } sign ? View.Points.FirstOrDefault(p => p.Sign == sign) : null;
}

using System.Globalization;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Trends;

/// <summary>From one point of a trend to a later one: what moved, like for like.</summary>
public sealed class TrendSpan
{
    private readonly TrendView view;

    public TrendSpan(TrendView view, TrendPoint from, TrendPoint to)
    {
        (this.view, From, To) = (view, from, to);
        if (from.Result is not { } earlier || to.Result is not { } later) return;
        Trend = Trend.Of(earlier, later);
        Diff = InstrumentDiff.Between(earlier.Instrument, earlier.Stage, later.Instrument, later.Stage);
    }

    public TrendPoint From { get; }

    public TrendPoint To { get; }

    /// <summary>Like for like between them; null where one of them shows no questions.</summary>
    public Trend? Trend { get; }

    /// <summary>What was asked in both, in one only, or means something else; null as <see cref="Trend"/>.</summary>
    public InstrumentDiff? Diff { get; }

    /// <summary>Between the points of these signs; the last two where one is not named or there is none of it. Null with fewer than two points.</summary>
    public static TrendSpan? Of(TrendView view, string? from, string? to)
    {
        if (view.Points.Count < 2) return null;
        var later = Asked(to) is { } t && view.Points[0] != t ? t : view.Points[^1];
        var before = view.Points.TakeWhile(p => p != later).ToList();
        return new(view, Asked(from) is { } f && before.Contains(f) ? f : before[^1], later);

        TrendPoint? Asked(string? sign) => view.Points.FirstOrDefault(p => p.Sign == sign);
    }

    /// <summary>What moved, the largest steps first, then in the order of the questions.</summary>
    public IReadOnlyList<QuestionTrend> Moved(int sign) => [.. Trend!.Questions.Where(q => Math.Sign(q.Change) == sign).OrderByDescending(q => Math.Abs(q.Change)).ThenBy(q => q.Question.Index)];

    /// <summary>How many questions moved, and what is not compared.</summary>
    public string InWords()
    {
        var (trend, diff) = (Trend!, Diff!);
        var unrated = diff.Same - trend.Questions.Count;
        var left = new[] { (diff.Revised.Count, "with a new meaning"), (diff.New.Count, "new"), (diff.Gone.Count, "no longer asked"), (unrated, "without a level in one of the two") }
            .Where(c => c.Item1 > 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Item1} {c.Item2}")).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"Of {Shown.Count(trend.Questions.Count, "question")} that {(trend.Questions.Count == 1 ? "was" : "were")} the same and answered both times, {Moved(1).Count} rose, {Moved(-1).Count} fell and {trend.Questions.Count(q => q.Change == 0)} did not move.")
            + (left.Count > 0 ? $" Not compared: {Shown.List(left)}." : "");
    }

    /// <summary>Beside a partnership, each partner that shows questions in both rounds.</summary>
    public IEnumerable<(string Partner, Trend Trend)> Beside()
    {
        var points = view.Points.ToList();
        var (from, to) = (points.IndexOf(From), points.IndexOf(To));
        foreach (var (partner, own) in view.Beside)
        {
            if (own[from]?.Result is { } earlier && own[to]?.Result is { } later) yield return (partner, Trend.Of(earlier, later));
        }
    }

    /// <summary>Of a floor, each partner's step at a question, where it is one or both partners' levels differ.</summary>
    public IEnumerable<string> Steps(Question question)
    {
        var before = From.Round.Releases.Where(r => r.Result is not null).ToDictionary(r => r.Organisation, r => r.Result!.Find(question.Key)?.Level, StringComparer.Ordinal);
        foreach (var release in To.Round.Releases.Where(r => r.Result is not null))
        {
            var (then, now) = (before.GetValueOrDefault(release.Organisation), release.Result!.Find(question.Key)?.Level);
            if (then != now) yield return $"{release.Organisation} {InWords(then)} → {InWords(now)}";
        }
    }

    /// <summary>A difference of scores, with its sign.</summary>
    public static string WithSign(double change) => Shown.Score(change) is var words && change > 0 && words != "0" ? "+" + words : words.Replace('-', '−');

    private static string InWords(int? level) => level?.ToString(CultureInfo.InvariantCulture) ?? "no level";
}

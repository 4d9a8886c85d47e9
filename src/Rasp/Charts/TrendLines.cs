using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Trends;

namespace Rasp.Charts;

/// <summary>
/// One area over rounds: a dot with its score for each round, joined where the same was asked, and with a dashed line where questions changed.
/// The bands' limits lie behind it. Nothing hangs on a colour.
/// </summary>
public static class TrendLines
{
    private const int Top = 24;
    private const int Tall = 110;
    private const int Radius = 5;
    private const int Height = Top + Tall + 26;

    /// <summary>More scores than this would touch in the narrowest picture; then those of every other round are left to the table.</summary>
    private const int MostScores = 10;

    /// <summary>Draws an area of a trend with at least one point.</summary>
    /// <param name="view">Whose.</param>
    /// <param name="area">Which area.</param>
    public static Svg Of(TrendView view, Area area)
    {
        var scores = view.Points.Select(p => ScoreOf(p, area)).ToList();
        var svg = new Svg("rasp-trend-lines", $"trend-{area.Key}", $"{area.Name}, round by round, from 0 to 100", InWords(view, area, scores), Height);
        svg.Draw(pen =>
        {
            foreach (var (_, points) in view.Beside)
            {
                for (var i = 0; i + 1 < points.Count; i++)
                {
                    if (ScoreOf(points[i], area) is { } from && ScoreOf(points[i + 1], area) is { } to) pen.Line(X(i, points.Count), Y(from), X(i + 1, points.Count), Y(to));
                }
            }
            pen.Ink("rasp-trend-lines__beside");
            foreach (var band in view.Instrument?.Bands ?? []) pen.Across(0, 100, Y(band.From));
            pen.Across(0, 100, Y(100)).Ink("rasp-trend-lines__grid");
            for (var i = 0; i + 1 < scores.Count; i++)
            {
                if (scores[i] is { } from && scores[i + 1] is { } to && !view.IsBroken(i, area.Key)) pen.Line(X(i, scores.Count), Y(from), X(i + 1, scores.Count), Y(to));
            }
            pen.Ink("rasp-trend-lines__line");
            for (var i = 0; i + 1 < scores.Count; i++)
            {
                if (scores[i] is { } from && scores[i + 1] is { } to && view.IsBroken(i, area.Key)) pen.Line(X(i, scores.Count), Y(from), X(i + 1, scores.Count), Y(to));
            }
            pen.Ink("rasp-trend-lines__broken");
        });
        for (var i = 0; i < scores.Count; i++)
        {
            if (scores[i] is { } score) svg.Dot("rasp-trend-lines__dot", X(i, scores.Count), (int)Math.Round(Y(score)), Radius);
        }
        svg.Group("rasp-trend-lines__scores", g =>
        {
            for (var i = 0; i < scores.Count; i++)
            {
                if (scores[i] is { } score && (scores.Count <= MostScores || (scores.Count - 1 - i) % 2 == 0)) g.CentredText(X(i, scores.Count), (int)Math.Round(Y(score)) - 9, Shown.Score(score));
            }
        });
        svg.Group("rasp-trend-lines__rounds", g =>
        {
            for (var i = 0; i < scores.Count; i++) g.CentredText(X(i, scores.Count), Height - 6, view.Points[i].Sign);
        });
        return svg;
    }

    private static double? ScoreOf(TrendPoint? point, Area area) => point?.Areas.GetValueOrDefault(area.Key) is { } score && !score.Score.IsTooEarly() ? score.Score.Value : null;

    private static double X(int place, int of) => of == 1 ? 50 : 5 + (90.0 * place / (of - 1));

    private static double Y(double score) => Top + (Tall * (100 - score) / 100);

    private static string InWords(TrendView view, Area area, List<double?> scores) =>
        string.Join(" ", scores.Select((s, i) => $"{view.Points[i].Name}: {(s is { } score ? Shown.Score(score) : "too early to say")}{(i > 0 && view.IsBroken(i - 1, area.Key) ? ", after questions changed" : null)}."));
}

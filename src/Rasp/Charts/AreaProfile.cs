using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Charts;

/// <summary>
/// Areas one below the other on one scale, over the bands: where each score is, how far it can still move, where a
/// show-stopper holds it, and how evenly its themes lie. A radar would show neither intervals nor bands, and would make the order
/// of the areas look like a shape.
/// </summary>
public static class AreaProfile
{
    private const int LineHeight = BandScale.LineHeight;
    private const int StripHeight = 32;
    private const int DotAt = 12;
    private const int ThemesFrom = 23;
    private const int Gap = 12;
    private const int RoomForNumbers = 84;

    /// <summary>Draws a result that has at least one area in scope.</summary>
    public static Svg Of(AssessmentResult result)
    {
        var bands = result.Instrument.Bands;
        var areas = result.Areas.Where(a => a.Score.Coverage is not null).ToList();
        var scale = new BandScale(bands);
        var header = scale.Header;
        var names = areas.Select(a => TextWidth.Wrap(a.Area.Name, BandScale.Narrow - RoomForNumbers)).ToList();
        var height = header + names.Sum(n => Gap + (n.Count * LineHeight) + StripHeight) + LineHeight + 4;

        var strips = Place(areas, names, header);

        var words = string.Join(" ", areas.Select(a => $"{Words.Title(a.Area.Name, a.Score)}."));
        var svg = new Svg("rasp-profile", "profile", "The areas on one scale from 0 to 100", words, height);
        svg.Draw(pen =>
        {
            scale.Strips(pen, strips.Select(s => (s.Y, StripHeight)));
            foreach (var (area, y) in strips)
            {
                foreach (var theme in area.Themes.Select(t => t.Score.Value).OfType<double>()) pen.Down(theme, y + ThemesFrom, y + StripHeight);
            }
            pen.Ink("rasp-profile__theme");
            foreach (var (area, y) in strips)
            {
                if (area.Score is { Low: { } low, High: { } high }) pen.Whisker(low, high, y + DotAt, 6);
            }
            pen.Ink("rasp-profile__whisker");
            foreach (var (area, y) in strips)
            {
                if (HeldAt(area, bands) is { } at) pen.Across(at, Math.Max(at, Math.Min(area.Score.Low!.Value, area.Score.Value!.Value)), y + DotAt);
            }
            pen.Ink("rasp-profile__held");
        });
        scale.Names(svg);
        svg.Group("rasp-profile__areas", g =>
        {
            foreach (var ((area, y), name) in strips.Zip(names))
            {
                for (var line = 0; line < name.Count; line++) g.Text(0, y - 6 - ((name.Count - 1 - line) * LineHeight), name[line]);
                g.TextUpTo(100, y - 6, Numbers(area.Score));
            }
        });
        foreach (var (area, y) in strips)
        {
            if (!HasDot(area)) continue;
            var value = area.Score.Value!.Value;
            if (HeldAt(area, bands) is not { } at) svg.Dot("rasp-profile__dot", value, y + DotAt, 8);
            else svg.Shape("rasp-profile__held-at", at, y + DotAt, "M-8 0 4-7 4 7z").Dot("rasp-profile__dot rasp-profile__dot--held", value, y + DotAt, 8);
        }
        scale.Figures(svg, height - 6);
        return svg;
    }

    /// <summary>Each area with where its strip begins.</summary>
    private static List<(AreaResult Area, int Y)> Place(IReadOnlyList<AreaResult> areas, IReadOnlyList<IReadOnlyList<string>> names, int header)
    {
        var placed = new List<(AreaResult Area, int Y)>();
        var y = header;
        foreach (var (area, name) in areas.Zip(names))
        {
            y += Gap + (name.Count * LineHeight);
            placed.Add((area, y));
            y += StripHeight;
        }
        return placed;
    }

    private static bool HasDot(AreaResult area) => area.Score.Value is not null && !area.Score.IsTooEarly();

    /// <summary>The middle of the band at which a show-stopper holds an area; null where none does.</summary>
    private static double? HeldAt(AreaResult area, IReadOnlyList<Band> bands)
    {
        if (!HasDot(area) || area.Band is not { } held || held == area.UncappedBand) return null;
        return (held.From + (bands.FirstOrDefault(b => b.From > held.From)?.From ?? 100)) / 2;
    }

    private static string Numbers(Score score) =>
        score.Value is not { } value ? "no score yet"
        : score.IsTooEarly() ? "too early"
        : score is { Low: { } low, High: { } high } && Shown.Score(low) != Shown.Score(high) ? $"{Shown.Score(value)} ({Shown.Score(low)}–{Shown.Score(high)})"
        : Shown.Score(value);
}

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
    /// <summary>The narrowest picture whose words must not meet: a window of 320 CSS pixels less its margins.</summary>
    private const int Narrow = 286;

    /// <summary>From here on the bands' names have more room; the style sheet switches by the container's width.</summary>
    private const int Wide = 400;

    private const int LineHeight = 20;
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
        var (narrow, wide) = (Lanes(bands, Narrow), Lanes(bands, Wide));
        var header = (Math.Max(narrow.Max(n => n.Lane), wide.Max(n => n.Lane)) + 1) * LineHeight;
        var names = areas.Select(a => TextWidth.Wrap(a.Area.Name, Narrow - RoomForNumbers)).ToList();
        var height = header + names.Sum(n => Gap + (n.Count * LineHeight) + StripHeight) + LineHeight + 4;

        var strips = Place(areas, names, header);

        var words = string.Join(" ", areas.Select(a => $"{Words.Title(a.Area.Name, a.Score)}."));
        var svg = new Svg("rasp-profile", "profile", "The areas on one scale from 0 to 100", words, height);
        svg.Draw(pen =>
        {
            for (var i = 0; i < bands.Count; i++)
            {
                foreach (var (_, y) in strips) pen.Box(bands[i].From, i + 1 < bands.Count ? bands[i + 1].From : 100, y, y + StripHeight);
                pen.Ink($"rasp-profile__band rasp-profile__band--{Shade(i, bands.Count)}");
            }
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
        svg.Group("rasp-profile__names rasp-profile__names--narrow", g => BandNames(g, narrow, header));
        svg.Group("rasp-profile__names rasp-profile__names--wide", g => BandNames(g, wide, header));
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
        svg.Group("rasp-profile__scale", g => Scale(g, bands, height - 6));
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

    /// <summary>Each name stands to the right of where its band begins; one on an upper line has a tick that leads down past the lower.</summary>
    private static void BandNames(Svg svg, IReadOnlyList<(Band Band, int Lane)> names, int header)
    {
        var lanes = names.Max(n => n.Lane) + 1;
        foreach (var (band, lane) in names)
        {
            var y = header - ((lanes - lane) * LineHeight);
            svg.Text(band.From, y + 14, band.Name, indent: 4).Shape("rasp-profile__tick", band.From, y + 2, $"M0 0V{Svg.Number(header + 2 - y)}");
        }
    }

    private static bool HasDot(AreaResult area) => area.Score.Value is not null && !area.Score.IsTooEarly();

    /// <summary>The middle of the band at which a show-stopper holds an area; null where none does.</summary>
    private static double? HeldAt(AreaResult area, IReadOnlyList<Band> bands)
    {
        if (!HasDot(area) || area.Band is not { } held || held == area.UncappedBand) return null;
        return (held.From + (bands.FirstOrDefault(b => b.From > held.From)?.From ?? 100)) / 2;
    }

    private static void Scale(Svg svg, IReadOnlyList<Band> bands, int y)
    {
        svg.Text(0, y, "0");
        foreach (var band in bands.Where(b => b.From is > 4 and < 90)) svg.CentredText(band.From, y, Shown.Score(band.From));
        svg.TextUpTo(100, y, "100");
    }

    private static string Numbers(Score score) =>
        score.Value is not { } value ? "no score yet"
        : score.IsTooEarly() ? "too early"
        : score is { Low: { } low, High: { } high } && Shown.Score(low) != Shown.Score(high) ? $"{Shown.Score(value)} ({Shown.Score(low)}–{Shown.Score(high)})"
        : Shown.Score(value);

    /// <summary>The names of the bands on as few lines as they need at a width.</summary>
    private static List<(Band Band, int Lane)> Lanes(IReadOnlyList<Band> bands, int width)
    {
        var ends = new List<double>();
        var placed = new List<(Band Band, int Lane)>();
        foreach (var band in bands)
        {
            var from = band.From / 100 * width;
            var lane = ends.FindIndex(end => end <= from);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }
            ends[lane] = from + TextWidth.Of(band.Name) + 10;
            placed.Add((band, lane));
        }
        return placed;
    }

    /// <summary>One of four shades, pale to deep, whatever the number of bands.</summary>
    private static int Shade(int index, int bands) => bands == 1 ? 1 : 1 + (int)Math.Round(3.0 * index / (bands - 1));
}

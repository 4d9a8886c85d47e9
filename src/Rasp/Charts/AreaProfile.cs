using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Charts;

/// <summary>
/// Areas one below the other on one scale, over the bands: where each score is, how far it can still move, where a
/// show-stopper holds it, and how evenly its themes lie. A radar would show neither intervals nor bands, and would make the order
/// of the areas look like a shape.
/// </summary>
/// <param name="Picture">As above.</param>
/// <param name="Rows">The same data for a table.</param>
public sealed record AreaProfile(Svg Picture, IReadOnlyList<ProfileRow> Rows)
{
    /// <summary>The narrowest picture whose words must not meet: a window of 320 CSS pixels less its margins.</summary>
    private const int Narrow = 286;

    /// <summary>From here on the words have room; the style sheet switches by the container's width.</summary>
    private const int Wide = 560;

    private const int LineHeight = 20;
    private const int StripHeight = 34;
    private const int DotAt = 13;
    private const int ThemesFrom = 24;
    private const int Gap = 14;
    private const int RoomForNumbers = 84;

    /// <summary>Draws a result that has at least one area in scope.</summary>
    public static AreaProfile Of(AssessmentResult result)
    {
        var bands = result.Instrument.Bands;
        var areas = result.Areas.Where(a => a.Score.Coverage is not null).ToList();
        var (narrow, wide) = (Lanes(bands, Narrow), Lanes(bands, Wide));
        var header = (Math.Max(narrow.Max(n => n.Lane), wide.Max(n => n.Lane)) + 1) * LineHeight;
        var names = areas.Select(a => TextWidth.Wrap(a.Area.Name, Narrow - RoomForNumbers)).ToList();
        var height = header + names.Sum(n => Gap + (n.Count * LineHeight) + StripHeight) + LineHeight + 4;

        var svg = new Svg("rasp-profile", "profile", "The areas on one scale from 0 to 100", string.Join(" ", areas.Select(a => $"{Words.Title(a.Area.Name, a.Score)}.")), height);
        BandNames(svg, "rasp-profile__names--narrow", narrow, header);
        BandNames(svg, "rasp-profile__names--wide", wide, header);
        var y = header;
        foreach (var (area, name) in areas.Zip(names))
        {
            y += Gap;
            foreach (var line in name)
            {
                y += LineHeight;
                svg.Text("rasp-profile__area", 0, y - 6, line);
            }
            svg.Text("rasp-profile__number", 100, y - 6, Numbers(area.Score), "end");
            Strip(svg, bands, area, y);
            y += StripHeight;
        }
        Scale(svg, bands, y + LineHeight - 2);
        return new(svg, [.. areas.SelectMany(RowsOf)]);
    }

    private static void BandNames(Svg svg, string @class, IReadOnlyList<(Band Band, int Lane)> names, int header) =>
        svg.Group(@class, g =>
        {
            var lanes = names.Max(n => n.Lane) + 1;
            foreach (var (band, lane) in names)
            {
                // Each name stands to the right of a line that leads down to where its band begins.
                var y = header - ((lanes - lane) * LineHeight);
                g.Line("rasp-profile__tick", band.From, y + 2, band.From, header + 4);
                g.Text("rasp-profile__band-name", band.From, y + 14, band.Name, indent: 5);
            }
        });

    private static void Strip(Svg svg, IReadOnlyList<Band> bands, AreaResult area, int y)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            var to = i + 1 < bands.Count ? bands[i + 1].From : 100;
            svg.Rect($"rasp-profile__band rasp-profile__band--{Shade(i, bands.Count)}", bands[i].From, to, y, StripHeight);
        }
        foreach (var theme in area.Themes)
        {
            if (theme.Score.Value is { } themeScore) svg.Line("rasp-profile__theme", themeScore, y + ThemesFrom, themeScore, y + StripHeight);
        }
        if (area.Score is { Low: { } low, High: { } high }) ScoreBar.Whisker(svg, "rasp-profile__whisker", low, high, y + DotAt, 6);
        if (area.Score.Value is not { } value || area.Score.IsTooEarly()) return;
        if (area.Band is { } held && held != area.UncappedBand)
        {
            var at = MiddleOf(held, bands);
            svg.Line("rasp-profile__held", at, y + DotAt, Math.Max(at, Math.Min(area.Score.Low ?? value, value)), y + DotAt)
                .Shape("rasp-profile__held-at", at, y + DotAt, "M-8 0 4-7 4 7z")
                .Dot("rasp-profile__dot rasp-profile__dot--held", value, y + DotAt, 8);
        }
        else
        {
            svg.Dot("rasp-profile__dot", value, y + DotAt, 8);
        }
    }

    private static void Scale(Svg svg, IReadOnlyList<Band> bands, int y)
    {
        svg.Text("rasp-profile__scale", 0, y, "0");
        foreach (var band in bands.Where(b => b.From is > 4 and < 90)) svg.Text("rasp-profile__scale", band.From, y, Shown.Score(band.From), "middle");
        svg.Text("rasp-profile__scale", 100, y, "100", "end");
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

    private static double MiddleOf(Band band, IReadOnlyList<Band> bands)
    {
        var next = bands.FirstOrDefault(b => b.From > band.From)?.From ?? 100;
        return (band.From + next) / 2;
    }

    /// <summary>One of four shades, pale to deep, whatever the number of bands.</summary>
    private static int Shade(int index, int bands) => bands == 1 ? 1 : 1 + (int)Math.Round(3.0 * index / (bands - 1));

    private static IEnumerable<ProfileRow> RowsOf(AreaResult area) =>
        area.Themes.Where(t => t.Score.Coverage is not null).Select(t => new ProfileRow(t.Theme.Name, false, t.Score))
            .Prepend(new(area.Area.Name, true, area.Score));
}

/// <summary>An area, or one of its themes below it.</summary>
public sealed record ProfileRow(string Name, bool IsArea, Score Score);

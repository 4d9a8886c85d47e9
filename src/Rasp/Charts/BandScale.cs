using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp.Charts;

/// <summary>What charts over the bands have in common: the bands' names on top, their shades, and the figures below.</summary>
internal sealed class BandScale(IReadOnlyList<Band> bands)
{
    /// <summary>The narrowest picture whose words must not meet: a window of 320 CSS pixels less its margins.</summary>
    public const int Narrow = 286;

    public const int LineHeight = 20;

    /// <summary>From here on the bands' names have more room; the style sheet switches by the container's width.</summary>
    private const int Wide = 400;

    private readonly List<(Band Band, int Lane)> narrow = Lanes(bands, Narrow);
    private readonly List<(Band Band, int Lane)> wide = Lanes(bands, Wide);

    /// <summary>How high the names are.</summary>
    public int Header => (Math.Max(narrow.Max(n => n.Lane), wide.Max(n => n.Lane)) + 1) * LineHeight;

    public void Names(Svg svg)
    {
        svg.Group("rasp-profile__names rasp-profile__names--narrow", g => BandNames(g, narrow, Header));
        svg.Group("rasp-profile__names rasp-profile__names--wide", g => BandNames(g, wide, Header));
    }

    /// <summary>The bands as shades behind strips that begin at a height.</summary>
    public void Strips(Pen pen, IEnumerable<(int Y, int Height)> strips)
    {
        var all = strips.ToList();
        for (var i = 0; i < bands.Count; i++)
        {
            foreach (var (y, height) in all) pen.Box(bands[i].From, i + 1 < bands.Count ? bands[i + 1].From : 100, y, y + height);
            pen.Ink($"rasp-profile__band rasp-profile__band--{Shade(i, bands.Count)}");
        }
    }

    /// <summary>0, where each band begins, and 100.</summary>
    public void Figures(Svg svg, int y) => svg.Group("rasp-profile__scale", g =>
    {
        g.Text(0, y, "0");
        foreach (var band in bands.Where(b => b.From is > 4 and < 90)) g.CentredText(band.From, y, Shown.Score(band.From));
        g.TextUpTo(100, y, "100");
    });

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

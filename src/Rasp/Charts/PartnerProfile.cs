using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Charts;

/// <summary>
/// Areas one below the other on one scale, over the bands: where each partner's score is, as a dot with the partner's letter, and
/// where the floor of all lies. Dots that would touch stand below each other.
/// </summary>
public static class PartnerProfile
{
    private const int Radius = 11;
    private const int LaneHeight = (2 * Radius) + 2;
    private const int Gap = 12;
    private const int RoomForFloor = 72;

    /// <summary>How far apart dots must be (0–100) not to touch in the narrowest picture.</summary>
    private const double Apart = 100.0 * (2 * Radius) / BandScale.Narrow;

    /// <summary>A dot at the very end would stick out by half.</summary>
    private const double Edge = 1.5;

    /// <summary>Draws partners of whom at least one shows areas.</summary>
    /// <param name="shared">Whose partners.</param>
    /// <param name="areas">Which of the instrument's areas, in order.</param>
    /// <param name="letter">A partner's letter, by its place.</param>
    /// <param name="called">What an organisation is called in words.</param>
    public static Svg Of(SharedComparison shared, IReadOnlyList<Area> areas, Func<int, string> letter, Func<string, string> called)
    {
        var scale = new BandScale(shared.Instrument.Bands);
        var strips = new List<Strip>();
        var y = scale.Header;
        foreach (var area in areas)
        {
            var name = TextWidth.Wrap(area.Name, BandScale.Narrow - RoomForFloor);
            var dots = Place([.. shared.Partners.Select((p, i) => (Letter: letter(i), p.Area(area.Key)?.Result.Score)).Where(p => p.Score is { Value: not null } score && !score.IsTooEarly()).Select(p => (p.Letter, p.Score!.Value.Value!.Value))]);
            y += Gap + (name.Count * BandScale.LineHeight);
            strips.Add(new(area, name, y, (dots.Count == 0 ? 1 : dots.Max(d => d.Lane) + 1) * LaneHeight, dots, shared.Questions?.Floors.FirstOrDefault(f => f.Area == area)?.Score));
            y += strips[^1].Height;
        }
        var height = y + BandScale.LineHeight + 4;

        var svg = new Svg("rasp-profile", "partners", "The partners on one scale from 0 to 100, area by area", string.Join(" ", strips.Select(s => InWords(shared, s, called))), height);
        svg.Draw(pen =>
        {
            scale.Strips(pen, strips.Select(s => (s.Y, s.Height)));
            foreach (var strip in strips)
            {
                if (strip.Floor is { } floor) pen.Down(floor, strip.Y - 4, strip.Y + strip.Height + 4);
            }
            pen.Ink("rasp-profile__floor");
        });
        scale.Names(svg);
        svg.Group("rasp-profile__areas", g =>
        {
            foreach (var strip in strips)
            {
                for (var line = 0; line < strip.Name.Count; line++) g.Text(0, strip.Y - 6 - ((strip.Name.Count - 1 - line) * BandScale.LineHeight), strip.Name[line]);
                if (strip.Floor is { } floor) g.TextUpTo(100, strip.Y - 6, $"floor {Shown.Score(floor)}");
            }
        });
        foreach (var strip in strips)
        {
            foreach (var dot in strip.Dots) svg.Dot("rasp-profile__dot", dot.X, strip.Y + dot.Down, Radius);
        }
        svg.Group("rasp-profile__letters", g =>
        {
            foreach (var strip in strips)
            {
                foreach (var dot in strip.Dots) g.CentredText(dot.X, strip.Y + dot.Down + 5, dot.Letter);
            }
        });
        scale.Figures(svg, height - 6);
        return svg;
    }

    /// <summary>From the lowest score up, each on the first line where it touches nobody.</summary>
    private static List<Dot> Place(IReadOnlyList<(string Letter, double Score)> scores)
    {
        var (ends, placed) = (new List<double>(), new List<Dot>());
        foreach (var (letter, score) in scores.OrderBy(s => s.Score))
        {
            var x = Math.Clamp(score, Edge, 100 - Edge);
            var lane = ends.FindIndex(end => end + Apart <= x);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }
            ends[lane] = x;
            placed.Add(new(letter, x, lane));
        }
        return placed;
    }

    private static string InWords(SharedComparison shared, Strip strip, Func<string, string> called)
    {
        var scores = shared.Partners.Where(p => p.Area(strip.Area.Key) is not null).Select(p => p.Area(strip.Area.Key)!.Result.Score switch
        {
            { Value: null } => $"{called(p.Organisation)} has no score",
            var score when score.IsTooEarly() => $"{called(p.Organisation)} too early to say",
            var score => $"{called(p.Organisation)} {Shown.Score(score.Value!.Value)}",
        });
        return $"{strip.Area.Name}: {Shown.List([.. scores])}{(strip.Floor is { } floor ? $"; our floor {Shown.Score(floor)}" : "")}.";
    }

    private sealed record Strip(Area Area, IReadOnlyList<string> Name, int Y, int Height, IReadOnlyList<Dot> Dots, double? Floor);

    private sealed record Dot(string Letter, double X, int Lane)
    {
        public int Down => (Lane * LaneHeight) + (LaneHeight / 2);
    }
}

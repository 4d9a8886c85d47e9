using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Charts;

/// <summary>
/// Areas one below the other on one scale, over the bands: the members' floor as a ring, and where it would be with a candidate as a dot, with a line
/// from one to the other. Where nothing changes, the dot stands in the ring.
/// </summary>
public static class FloorProfile
{
    private const int StripHeight = 26;
    private const int Gap = 12;
    private const int RoomForNumbers = 96;

    /// <param name="bands">The scale's.</param>
    /// <param name="areas">Those with a floor, in order.</param>
    public static Svg Of(IReadOnlyList<Band> bands, IReadOnlyList<AreaFit> areas)
    {
        var scale = new BandScale(bands);
        var strips = new List<(AreaFit Area, IReadOnlyList<string> Name, int Y)>();
        var y = scale.Header;
        foreach (var area in areas)
        {
            var name = TextWidth.Wrap(area.Area.Name, BandScale.Narrow - RoomForNumbers);
            y += Gap + (name.Count * BandScale.LineHeight);
            strips.Add((area, name, y));
            y += StripHeight;
        }
        var height = y + BandScale.LineHeight + 4;
        var words = string.Join(" ", areas.Select(a => $"{a.Area.Name}: {Numbers(a)}."));
        var svg = new Svg("rasp-profile", "floors", "The members’ floor before and after, from 0 to 100, area by area", words, height);
        svg.Draw(pen =>
        {
            scale.Strips(pen, strips.Select(s => (s.Y, StripHeight)));
            foreach (var strip in strips) pen.Across(strip.Area.FloorAfter!.Value, strip.Area.FloorBefore!.Value, strip.Y + (StripHeight / 2));
            pen.Ink("rasp-profile__whisker");
        });
        scale.Names(svg);
        svg.Group("rasp-profile__areas", g =>
        {
            foreach (var (area, name, top) in strips)
            {
                for (var line = 0; line < name.Count; line++) g.Text(0, top - 6 - ((name.Count - 1 - line) * BandScale.LineHeight), name[line]);
                g.TextUpTo(100, top - 6, Numbers(area));
            }
        });
        foreach (var (area, _, top) in strips)
        {
            svg.Dot("rasp-profile__dot rasp-profile__dot--held", area.FloorBefore!.Value, top + (StripHeight / 2), 10).Dot("rasp-profile__dot", area.FloorAfter!.Value, top + (StripHeight / 2), 7);
        }
        scale.Figures(svg, height - 6);
        return svg;
    }

    private static string Numbers(AreaFit area)
    {
        var (before, after) = (Shown.Score(area.FloorBefore!.Value), Shown.Score(area.FloorAfter!.Value));
        return before == after ? $"stays {before}" : $"{before}, then {after}";
    }
}

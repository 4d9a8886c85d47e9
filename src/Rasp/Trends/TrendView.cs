using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Trends;

/// <summary>How one organisation, or the partnership as its floor, moved over rounds: all that the page and its pictures draw from.</summary>
public sealed class TrendView
{
    public const string WhoField = "who";
    public const string FromField = "from";
    public const string ToField = "to";

    /// <summary>What the partnership as a whole goes by in addresses. No organisation is called that.</summary>
    public const string Partnership = "*";

    private TrendView(OpenTrend open, string who, IReadOnlyList<TrendPoint> points)
    {
        (Open, Who, Points) = (open, who, points);
        Steps = [.. points.Zip(points.Skip(1), (a, b) => a.Result is not null && b.Result is not null ? Trend.Of(a.Result, b.Result) : null)];
        Instrument = points.Select(p => p.Result?.Instrument).LastOrDefault(i => i is not null);
    }

    public OpenTrend Open { get; }

    /// <summary>An organisation's name, or <see cref="Partnership"/>.</summary>
    public string Who { get; }

    public bool IsPartnership => Who == Partnership;

    public string WhoInWords => IsPartnership ? "The partnership" : Who;

    /// <summary>The rounds in which whoever it is shows something, the oldest first.</summary>
    public IReadOnlyList<TrendPoint> Points { get; }

    /// <summary>From each point to the next; null where one of the two shows no questions.</summary>
    public IReadOnlyList<Trend?> Steps { get; }

    /// <summary>What was asked last, of those rounds that show questions; null where none does.</summary>
    public Instrument? Instrument { get; }

    /// <summary>Beside a partnership, each partner's own points at its rounds, null where it shows nothing there; empty for an organisation.</summary>
    public IReadOnlyList<(string Partner, IReadOnlyList<TrendPoint?> Points)> Beside { get; private init; } = [];

    /// <summary>Everybody of whom something is shown in some round, in ordinal order.</summary>
    public static IReadOnlyList<string> Everybody(OpenTrend open) =>
        [.. open.Rounds.SelectMany(r => r.Releases).Where(r => r.Depth != Depth.Nothing).Select(r => r.Organisation).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Of whoever is asked for; of the viewer's own organisation, else of the partnership, where nobody is, or nobody of that name.</summary>
    public static TrendView Of(OpenTrend open, string? who)
    {
        var everybody = Everybody(open);
        var own = open.Rounds.SelectMany(r => r.Releases).FirstOrDefault(r => r.IsOwn)?.Organisation;
        var asked = who == Partnership || (who is not null && everybody.Contains(who, StringComparer.Ordinal)) ? who : own ?? Partnership;
        if (asked != Partnership) return new(open, asked, [.. open.Rounds.Select(r => PointOf(r, asked)).OfType<TrendPoint>()]);
        var floors = open.Rounds.Select(FloorOf).OfType<TrendPoint>().ToList();
        return new(open, asked, floors) { Beside = [.. everybody.Select(name => (name, (IReadOnlyList<TrendPoint?>)[.. floors.Select(f => PointOf(f.Round, name))]))] };
    }

    /// <summary>The areas of all rounds in the newest order, those that are gone last.</summary>
    public IReadOnlyList<Area> Areas
    {
        get
        {
            var latest = Open.Rounds.SelectMany(r => r.Releases).SelectMany(r => r.Areas).Select(a => a.Area);
            return [.. latest.Reverse().DistinctBy(a => a.Key).Reverse()];
        }
    }

    /// <summary>Whether questions changed from a point to the next, so that an area's scores there do not compare as they stand.</summary>
    public bool IsBroken(int step, string area)
    {
        if (Points[step].Result is not { } before || Points[step + 1].Result is not { } after) return false;
        var asked = before.Questions.Where(q => q.Question.Area == area).ToDictionary(q => q.Question.Key, q => q.Question.Revision, StringComparer.Ordinal);
        var now = after.Questions.Where(q => q.Question.Area == area).ToList();
        return now.Count != asked.Count || now.Any(q => asked.GetValueOrDefault(q.Question.Key) != q.Question.Revision);
    }

    /// <summary>Whom a floor rests on that it did not rest on at the point before, or no longer does; null where they are the same.</summary>
    public string? Others(int step)
    {
        var (before, after) = (Points[step].RestsOn, Points[step + 1].RestsOn);
        var (came, went) = (after.Except(before).ToList(), before.Except(after).ToList());
        return (came.Count, went.Count) switch
        {
            (0, 0) => null,
            (_, 0) => $"with {Readiness.Shown.List(came)}, who {(came.Count == 1 ? "was" : "were")} not in it before",
            (0, _) => $"without {Readiness.Shown.List(went)}",
            _ => $"with {Readiness.Shown.List(came)} and without {Readiness.Shown.List(went)}",
        };
    }

    private static TrendPoint? PointOf(RoundInTime round, string who) =>
        round.Releases.FirstOrDefault(r => r.Organisation == who) is { Depth: not Depth.Nothing } release
            ? new(round, release.Areas.ToDictionary(a => a.Area.Key, a => a.Result, StringComparer.Ordinal), release.Result, release.Notes, [])
            : null;

    /// <summary>The floor of those who show questions in a round; null where fewer than two do, as one is no partnership.</summary>
    private static TrendPoint? FloorOf(RoundInTime round)
    {
        if (!round.IsRevealed || round.Releases.Where(r => r.Result is not null).ToList() is not { Count: >= 2 } shown) return null;
        var floor = PartnershipFloor.Of("The partnership", [.. shown.Select(r => r.Result!)]);
        return new(
            round, floor.Areas.ToDictionary(a => a.Area.Key, a => new ReleasedScore(a.Score, a.Band, a.IsProvisional), StringComparer.Ordinal), floor,
            new Dictionary<string, ReleasedNote>(), [.. shown.Select(r => r.Organisation)]);
    }
}

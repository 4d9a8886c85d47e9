namespace Rasp.Readiness.Anonymity;

/// <summary>
/// When anonymous answers to one question may be shown (sharing.md 5): only as the spread of five or more, and never so that views, taken
/// from each other in whatever way, leave fewer than five people. What is opened stays as it is until enough people have answered or changed
/// since; then it can be opened once more, and never a third time. Of two views, whoever adds and subtracts them is left with all of either
/// or with those who changed between them. Of three, one person can remain: all who answered first, less all in the middle, plus all in the
/// end, is whoever was there throughout where the first have gone and others come.
/// </summary>
public static class Opening
{
    /// <summary>So many people stand behind whatever is shown.</summary>
    public const int Fewest = 5;

    /// <summary>So often a question's answers can be opened.</summary>
    public const int MostViews = 2;

    /// <summary>What is opened next of a question.</summary>
    /// <param name="opened">All that was ever opened of it, the oldest first.</param>
    /// <param name="now">What is answered now.</param>
    /// <returns>The next view; null where what was opened last, or nothing, goes on to be shown.</returns>
    public static OpenedView? Next(IReadOnlyList<OpenedView> opened, IReadOnlyList<CountedAnswer> now)
    {
        if (opened.Count >= MostViews) return null;
        // Whoever was counted on a side stays there: else moving people between sides, one by one, would tell.
        var sides = opened.SelectMany(v => v.Answers).Where(a => a.Respondent is not null).ToLookup(a => a.Respondent!, a => a.IsLeadership);
        var counted = now.Select(a => a.Respondent is { } id && sides.Contains(id) ? a with { IsLeadership = sides[id].First() } : a).ToList();
        // Decided once: a total from one time less a side from another would tell of whoever changed between.
        var isBySide = opened.Count > 0 ? opened[0].IsBySide : Cells(counted, isBySide: true).All(IsEnough);
        var next = new OpenedView(isBySide, [.. counted.OrderBy(a => a.Respondent, StringComparer.Ordinal)]);
        return MayShow(opened, next) && !(opened.Count > 0 && IsSame(opened[^1], next)) ? next : null;
    }

    /// <summary>Whether a view may be shown after others of the same question, which have the same sides: it has five people in each of its cells, and tells of five or of nobody when it is compared with any of them.</summary>
    public static bool MayShow(IReadOnlyList<OpenedView> opened, OpenedView next) =>
        Cells(next.Answers, next.IsBySide).All(IsEnough) && opened.All(before => IsFarEnough(before, next))
        && (opened.Count < MostViews || opened.Any(before => IsSame(before, next)));

    private static IEnumerable<List<CountedAnswer>> Cells(IReadOnlyList<CountedAnswer> answers, bool isBySide) =>
        isBySide ? [[.. answers.Where(a => a.IsLeadership)], [.. answers.Where(a => !a.IsLeadership)]] : [[.. answers]];

    private static bool IsEnough(List<CountedAnswer> cell) => cell.Count(a => !a.IsKnown) >= Fewest;

    /// <summary>Whether in each cell nobody, or at least five, said something else than before.</summary>
    private static bool IsFarEnough(OpenedView before, OpenedView next) =>
        Cells(before.Answers, next.IsBySide).Zip(Cells(next.Answers, next.IsBySide)).All(cell => Changed(cell.First, cell.Second) is 0 or >= Fewest);

    /// <summary>How many people answered, changed what they said, or are gone; those known anyway do not count.</summary>
    private static int Changed(List<CountedAnswer> before, List<CountedAnswer> next)
    {
        var then = Unknown(before);
        var since = Unknown(next);
        var gone = before.Count(a => !a.IsKnown && a.Respondent is null);
        return gone + then.Count(a => !since.TryGetValue(a.Key, out var later) || !later.SaysTheSameAs(a.Value)) + since.Keys.Count(id => !then.ContainsKey(id));
    }

    private static Dictionary<string, CountedAnswer> Unknown(List<CountedAnswer> cell) =>
        cell.Where(a => a is { IsKnown: false, Respondent: not null }).ToDictionary(a => a.Respondent!, StringComparer.Ordinal);

    private static bool IsSame(OpenedView before, OpenedView next) =>
        before.Answers.Count == next.Answers.Count && before.Answers.ToHashSet().SetEquals(next.Answers);
}

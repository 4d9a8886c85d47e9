namespace Rasp.Readiness.Instruments;

/// <summary>A question that is in both of two question sets, and not the same in both.</summary>
/// <param name="Before">As it was asked.</param>
/// <param name="After">As it is asked now.</param>
public sealed record ChangedQuestion(Question Before, Question After)
{
    /// <summary>Whether it means something else: its revision or its number of levels differs, and an answer to one is none to the other.</summary>
    public bool IsRevised => Before.Revision != After.Revision || Before.Levels.Count != After.Levels.Count;

    /// <summary>Whether what people read to answer it differs: its text or what is true at a level.</summary>
    public bool IsReworded => Before.Text != After.Text || !Before.Levels.SequenceEqual(After.Levels, StringComparer.Ordinal);

    /// <summary>Whether it counts differently: its weight, its gate or what it asks about.</summary>
    public bool IsRescored => Before.Weight != After.Weight || Before.Gate != After.Gate || Before.About != After.About;
}

/// <summary>
/// What changes for those who answered one question set at one stage and would answer another next, question by question. An answer holds
/// on where the question is in both at the same revision (scoring.md § 7).
/// </summary>
/// <param name="New">Asked now and not then, in the new order.</param>
/// <param name="Revised">Asked both times and meaning something else now: to be answered anew.</param>
/// <param name="Reworded">Said differently, and meaning the same.</param>
/// <param name="Rescored">Counting differently, and meaning the same; can be reworded too.</param>
/// <param name="Gone">Asked then and not now, in the old order.</param>
/// <param name="Same">How many are asked both times and mean the same, reworded or re-scored ones too: their answers can be carried forward.</param>
/// <param name="AreasReweighted">Areas whose weight in the whole differs, as they are now.</param>
/// <param name="BandsChanged">Whether the bands, the thresholds of findings or the number of levels differ.</param>
public sealed record InstrumentDiff(
    IReadOnlyList<Question> New,
    IReadOnlyList<ChangedQuestion> Revised,
    IReadOnlyList<ChangedQuestion> Reworded,
    IReadOnlyList<ChangedQuestion> Rescored,
    IReadOnlyList<Question> Gone,
    int Same,
    IReadOnlyList<Area> AreasReweighted,
    bool BandsChanged)
{
    /// <summary>Whether nothing at all differs.</summary>
    public bool IsNothing => New.Count + Revised.Count + Reworded.Count + Rescored.Count + Gone.Count + AreasReweighted.Count == 0 && !BandsChanged;

    /// <summary>Sets what was asked beside what is asked now. The same instrument twice tells what a change of stage does.</summary>
    /// <param name="before">What was answered.</param>
    /// <param name="stageBefore">At which stage; null for all questions.</param>
    /// <param name="after">What would be answered next.</param>
    /// <param name="stageAfter">At which stage; null for all questions.</param>
    public static InstrumentDiff Between(Instrument before, string? stageBefore, Instrument after, string? stageAfter)
    {
        var asked = before.InScope(stageBefore).ToDictionary(q => q.Key, StringComparer.Ordinal);
        var now = after.InScope(stageAfter).ToList();
        var kept = now.Where(q => asked.ContainsKey(q.Key)).Select(q => new ChangedQuestion(asked[q.Key], q)).ToList();
        var same = kept.Where(q => !q.IsRevised).ToList();
        var weights = before.Areas.ToDictionary(a => a.Key, a => a.Weight, StringComparer.Ordinal);
        return new(
            [.. now.Where(q => !asked.ContainsKey(q.Key))],
            [.. kept.Where(q => q.IsRevised)],
            [.. same.Where(q => q.IsReworded)],
            [.. same.Where(q => q.IsRescored)],
            [.. asked.Values.ExceptBy(now.Select(q => q.Key), q => q.Key)],
            same.Count,
            [.. after.Areas.Where(a => weights.TryGetValue(a.Key, out var weight) && weight != a.Weight)],
            before.Levels.Count != after.Levels.Count || before.Thresholds != after.Thresholds || !before.Bands.SequenceEqual(after.Bands));
    }
}

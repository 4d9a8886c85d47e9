using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp.Rounds;

/// <summary>What changes from one question set to the next, in a sentence.</summary>
public static class DiffWords
{
    public static string Of(InstrumentDiff diff) => diff.New.Count + diff.Revised.Count + diff.Gone.Count == 0
        ? $"The same {Shown.Count(diff.Same, "question")}."
        : $"{diff.Same + diff.New.Count + diff.Revised.Count} questions: {diff.Same} as last time{Part(diff.New.Count, "new")}{Part(diff.Revised.Count, "with a new meaning")}{Part(diff.Gone.Count, "no longer asked")}.";

    private static string Part(int count, string what) => count == 0 ? "" : $", {count} {what}";
}

using Rasp.Readiness;

namespace Rasp.Assessments;

/// <summary>How long answering takes, as told to people.</summary>
internal static class Durations
{
    /// <summary>Of so many questions.</summary>
    public static string Of(int questions) => InWords(questions * QuestionOrder.MinutesAQuestion);

    public static string InWords(int minutes)
    {
        if (minutes < 60) return Shown.Count(minutes, "minute");
        var halves = (int)Math.Round(minutes / 30.0, MidpointRounding.AwayFromZero);
        return halves == 2 ? "1 hour" : halves % 2 == 0 ? $"{halves / 2} hours" : $"{halves / 2}½ hours";
    }
}

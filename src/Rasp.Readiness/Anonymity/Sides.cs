using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Anonymity;

/// <summary>How those who lead an organisation and everybody else in it see the same questions: each side scored by itself, and the two compared as two organisations are.</summary>
/// <param name="Leadership">The result of those whose role leads the organisation.</param>
/// <param name="Others">The result of everybody else.</param>
/// <param name="Comparison">The two side by side.</param>
public sealed record Sides(AssessmentResult Leadership, AssessmentResult Others, Comparison Comparison)
{
    /// <summary>What the side of those who lead is called in the comparison.</summary>
    public const string LeadershipName = "Leadership";

    /// <summary>What the side of everybody else is called in the comparison.</summary>
    public const string OthersName = "Others";

    /// <summary>The sides of a sheet that says who answered what; null where one of them has answered nothing.</summary>
    public static Sides? Of(Instrument instrument, string? stage, AnswerSheet sheet)
    {
        var leading = instrument.Roles.Where(r => r.IsLeadership).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        return Of(instrument, stage, Side(LeadershipName, isLeadership: true), Side(OthersName, isLeadership: false));

        AnswerSheet Side(string name, bool isLeadership) =>
            new(name, sheet.Round, [.. sheet.Respondents.Where(r => (r.Role is not null && leading.Contains(r.Role)) == isLeadership)], new Dictionary<string, Answer>());
    }

    /// <summary>The sides of what was opened of anonymous answers, of those questions of which sides may be shown; null where there are none.</summary>
    public static Sides? Of(Instrument instrument, string? stage, string round, IReadOnlyDictionary<string, OpenedView> opened)
    {
        return Of(instrument, stage, Side(LeadershipName, isLeadership: true), Side(OthersName, isLeadership: false));

        AnswerSheet Side(string name, bool isLeadership) => AnonymousSheet.Of(
            name, round,
            opened.Where(o => o.Value.IsBySide).ToDictionary(o => o.Key, o => new OpenedView(false, [.. o.Value.Answers.Where(a => a.IsLeadership == isLeadership)]), StringComparer.Ordinal),
            new Dictionary<string, Answer>());
    }

    private static Sides? Of(Instrument instrument, string? stage, AnswerSheet leadership, AnswerSheet others)
    {
        if (leadership.Respondents.Count == 0 || others.Respondents.Count == 0) return null;
        var (first, second) = (Scorer.Score(instrument, stage, leadership), Scorer.Score(instrument, stage, others));
        return new(first, second, Comparison.Of([first, second]));
    }
}

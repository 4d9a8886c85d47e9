using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>What is worth talking about in one organisation's answers (scoring.md § 5).</summary>
internal static class Findings
{
    private const int FewestForASplit = 3;

    private static readonly FindingKind[] Kinds = Enum.GetValues<FindingKind>();

    public static IReadOnlyList<Finding> Of(IReadOnlyList<QuestionResult> questions, Thresholds thresholds) =>
        [.. Kinds.SelectMany(kind => questions.Where(q => Holds(kind, q, thresholds)).Select(q => new Finding(kind, q)))];

    private static bool Holds(FindingKind kind, QuestionResult question, Thresholds thresholds) => kind switch
    {
        FindingKind.ShowStopper => question.Gate == GateState.Unmet,
        FindingKind.UnknownShowStopper => question.Gate == GateState.Unknown,
        FindingKind.WeakPoint => question.Level <= thresholds.WeakAtMost && question.Gate != GateState.Unmet,
        FindingKind.BlindSpot => question.Gate != GateState.Unknown && (question.Answer.Choice is { IsDontKnow: true } || AThirdDoesNotKnow(question)),
        FindingKind.Split => !question.Answer.IsAgreed && question.Answer.LevelsGiven.Count >= FewestForASplit
            && !question.Agreement.Consensus!.Value.Reaches(thresholds.SplitBelowConsensus),
        FindingKind.Claimed => question.Level >= thresholds.StrongAtLeast && !question.Answer.HasEvidence,
        FindingKind.Strength => question.Level >= thresholds.StrongAtLeast && question.Gate != GateState.Unmet,
    };

    private static bool AThirdDoesNotKnow(QuestionResult question) =>
        !question.Answer.IsAgreed && question.Answer.DontKnow > 0 && 3 * question.Answer.DontKnow >= question.Answer.Answered;
}

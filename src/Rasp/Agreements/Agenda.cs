using Rasp.Data.Agreements;
using Rasp.Readiness.Scoring;

namespace Rasp.Agreements;

/// <summary>The questions in the order in which an organisation settles them: what divides it first, then what it does not know, then the rest.</summary>
public sealed class Agenda
{
    private Agenda(SeenAgreement seen)
    {
        var talk = new[] { FindingKind.Split, FindingKind.UnknownShowStopper, FindingKind.BlindSpot }
            .SelectMany(kind => seen.Result.Findings.Where(f => f.Kind == kind && !f.Result.Answer.IsAgreed && f.Result.Answer.Answered > 0)).ToList();
        Talk = [.. talk.DistinctBy(f => f.Result.Question.Key).OrderBy(f => f.Kind == FindingKind.Split ? 0 : f.Kind == FindingKind.UnknownShowStopper ? 1 : 2)
            .ThenBy(f => f.Kind == FindingKind.Split ? f.Result.Agreement.Consensus : 0)];
        Acceptable = [.. Agreeing.Acceptable(seen.Result)];
        var first = Talk.Select(f => f.Result.Question.Key).ToHashSet(StringComparer.Ordinal);
        Questions = [.. Talk.Select(f => f.Result), .. seen.Result.Questions.Where(q => !first.Contains(q.Question.Key))];
    }

    /// <summary>What has to be talked about: splits, those with the least consensus first, then possible show-stoppers not known, then blind spots.</summary>
    public IReadOnlyList<Finding> Talk { get; }

    /// <summary>What can be accepted in one go.</summary>
    public IReadOnlyList<QuestionResult> Acceptable { get; }

    /// <summary>All questions, in the order of the agenda.</summary>
    public IReadOnlyList<QuestionResult> Questions { get; }

    public static Agenda Of(SeenAgreement seen) => new(seen);
}

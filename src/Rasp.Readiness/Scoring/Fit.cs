using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>
/// A candidate against the members of a service (scoring.md § 8). Where they answered in different rounds, with versions of the instrument that may
/// differ, a question counts where both have its key at the same revision, as in a trend.
/// </summary>
/// <param name="Candidate">The candidate's result.</param>
/// <param name="Members">The members' results, in ordinal order of their names.</param>
/// <param name="Areas">Every area of the instrument.</param>
/// <param name="Questions">Those rated by the candidate and at least one member, in instrument order.</param>
/// <param name="CandidateGates">The candidate's unmet gates: what it must mend before joining.</param>
/// <param name="MemberGates">Unmet gates of any member, also on questions that the candidate is not asked: what it should ask the partnership about.</param>
public sealed record Fit(
    AssessmentResult Candidate,
    IReadOnlyList<AssessmentResult> Members,
    IReadOnlyList<AreaFit> Areas,
    IReadOnlyList<QuestionFit> Questions,
    IReadOnlyList<Question> CandidateGates,
    IReadOnlyList<Question> MemberGates)
{
    /// <summary>Fits a candidate to the members.</summary>
    /// <exception cref="ArgumentException">There is no member.</exception>
    public static Fit Of(AssessmentResult candidate, IReadOnlyList<AssessmentResult> members)
    {
        if (members.Count == 0) throw new ArgumentException("A fit takes at least one member.", nameof(members));
        var ordered = members.OrderBy(m => m.Organisation, StringComparer.Ordinal).ToList();
        var questions = candidate.Questions.Select(q => QuestionFit.Of(q, ordered)).OfType<QuestionFit>().ToList();
        var byArea = questions.ToLookup(q => q.Question.Area);
        return new(
            candidate,
            ordered,
            [.. candidate.Instrument.Areas.Select(a => new AreaFit(
                a,
                Floor.Score(candidate.Instrument, byArea[a.Key].Select(q => (q.Question, (int?)q.Floor))),
                Floor.Score(candidate.Instrument, byArea[a.Key].Select(q => (q.Question, (int?)Math.Min(q.Floor, q.Candidate))))))],
            questions,
            [.. candidate.Questions.Where(q => q.Gate == GateState.Unmet).Select(q => q.Question)],
            [.. ordered.SelectMany(m => m.Questions).Where(q => q.Gate == GateState.Unmet).Select(q => q.Question).DistinctBy(q => (q.Key, q.Revision))
                .OrderBy(q => candidate.Instrument.Find(q.Key)?.Index ?? q.Index).ThenBy(q => q.Revision)]);
    }

    /// <summary>What an organisation answered to a question; null where it was not asked that, or something else by the same key.</summary>
    internal static QuestionResult? Match(AssessmentResult organisation, Question question) =>
        organisation.Find(question.Key) is { } found && found.Question.Revision == question.Revision && found.Question.Levels.Count == question.Levels.Count ? found : null;
}

/// <summary>The floor of an area (0–100) before and after the candidate joins; null where no question is rated on both sides.</summary>
public sealed record AreaFit(Area Area, double? FloorBefore, double? FloorAfter);

/// <summary>Where a candidate stands to the members on a question.</summary>
public enum FitKind
{
    /// <summary>Below the lowest member.</summary>
    Below,

    /// <summary>Between the lowest and the highest member.</summary>
    Within,

    /// <summary>Above the highest member.</summary>
    Above,
}

/// <summary>One question rated by the candidate and at least one member.</summary>
/// <param name="Question">Which.</param>
/// <param name="Candidate">The candidate's level.</param>
/// <param name="Floor">The lowest member level.</param>
/// <param name="Ceiling">The highest member level.</param>
public sealed record QuestionFit(Question Question, int Candidate, int Floor, int Ceiling)
{
    /// <summary>Where the candidate stands.</summary>
    public FitKind Kind => Candidate < Floor ? FitKind.Below : Candidate > Ceiling ? FitKind.Above : FitKind.Within;

    internal static QuestionFit? Of(QuestionResult candidate, IReadOnlyList<AssessmentResult> members)
    {
        var levels = members.Select(m => Fit.Match(m, candidate.Question)?.Level).OfType<int>().ToList();
        return candidate.Level is { } level && levels.Count > 0 ? new(candidate.Question, level, levels.Min(), levels.Max()) : null;
    }
}

using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Sharing;

/// <summary>A candidate against the members, as one viewer may see them: made from what each released to that viewer and from nothing else.</summary>
public sealed record SharedFit
{
    private SharedFit()
    {
    }

    /// <summary>What the candidate was asked.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>What the candidate shows to this viewer; at depth nothing where it shows nothing, or has withdrawn it.</summary>
    public required Release Candidate { get; init; }

    /// <summary>In ordinal order of names, those that show nothing too.</summary>
    public required IReadOnlyList<Release> Members { get; init; }

    /// <summary>Question by question, over the members who show questions; null where the candidate or all members show less.</summary>
    public required Fit? Fit { get; init; }

    /// <summary>Where somebody's red line would meet the other side: both sides' first, then in instrument order.</summary>
    public required IReadOnlyList<MeetingRedLine> RedLines { get; init; }

    /// <summary>Names of the members whom <see cref="Fit"/> rests on.</summary>
    public IReadOnlyList<string> RestsOn => [.. Members.Where(p => p.Result is not null).Select(p => p.Organisation)];

    /// <summary>The members who show less than <see cref="Depth.Questions"/>.</summary>
    public IReadOnlyList<Release> Withheld => [.. Members.Where(p => p.Result is null)];

    /// <summary>Puts releases to one viewer beside each other.</summary>
    public static SharedFit Of(Instrument instrument, Release candidate, IEnumerable<Release> members)
    {
        var ordered = members.OrderBy(m => m.Organisation, StringComparer.Ordinal).ToList();
        var results = ordered.Select(m => m.Result).OfType<AssessmentResult>().ToList();
        var fit = candidate.Result is { } result && results.Count > 0 ? Fit.Of(result, results) : null;
        return new()
        {
            Instrument = instrument,
            Candidate = candidate,
            Members = ordered,
            Fit = fit,
            RedLines = fit is null ? [] : [.. fit.Candidate.Questions.Select(q => MeetingRedLine.Of(q, fit.Members)).OfType<MeetingRedLine>().OrderByDescending(r => r.IsOnBothSides)],
        };
    }
}

/// <summary>A question on which a red line of one side would meet the other: one of its own there, or another level.</summary>
/// <param name="Question">Which.</param>
/// <param name="IsCandidates">Whether the candidate's stance is fixed.</param>
/// <param name="Members">Members whose stance is fixed, in ordinal order.</param>
/// <param name="Against">Where one side alone is fixed: those of the other whose level differs from it, in ordinal order.</param>
public sealed record MeetingRedLine(Question Question, bool IsCandidates, IReadOnlyList<string> Members, IReadOnlyList<string> Against)
{
    /// <summary>Whether both sides call it fixed.</summary>
    public bool IsOnBothSides => IsCandidates && Members.Count > 0;

    internal static MeetingRedLine? Of(QuestionResult candidate, IReadOnlyList<AssessmentResult> members)
    {
        var asked = members.Select(m => (m.Organisation, Result: Fit.Match(m, candidate.Question)!)).Where(m => m.Result is { IsApplicable: true }).ToList();
        if (!candidate.IsApplicable || asked.Count == 0) return null;
        var isCandidates = candidate.Answer.Stance == Stance.Fixed;
        var fixedMembers = asked.Where(m => m.Result.Answer.Stance == Stance.Fixed).ToList();
        if (isCandidates && fixedMembers.Count > 0) return new(candidate.Question, true, [.. fixedMembers.Select(m => m.Organisation)], []);
        // A stance holds no position: where one side alone is fixed, it is worth talking about where the levels differ.
        if (!isCandidates && fixedMembers.Count == 0) return null;
        var differing = (isCandidates ? asked : fixedMembers).Where(m => m.Result.Level is { } level && candidate.Level is { } own && level != own).Select(m => m.Organisation).ToList();
        return differing.Count == 0 ? null
            : isCandidates ? new(candidate.Question, true, [], differing)
            : new(candidate.Question, false, differing, []);
    }
}

using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Sharing;

/// <summary>What one organisation shows to one viewer of its part in a round. It holds nothing beyond its depth.</summary>
public sealed record Release
{
    /// <summary>Its name.</summary>
    public required string Organisation { get; init; }

    /// <summary>How deep this viewer sees.</summary>
    public required Depth Depth { get; init; }

    /// <summary>Whether it is the viewer's own organisation, which sees itself whole.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether it was shown once, and then withdrawn: its depth is nothing.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The whole; null at depth nothing.</summary>
    public ReleasedScore? Overall { get; init; }

    /// <summary>Every area in the instrument's order; empty at depth nothing.</summary>
    public IReadOnlyList<ReleasedArea> Areas { get; init; } = [];

    /// <summary>Its result over collective answers and stances; null above depth questions. Its findings are those that were sealed.</summary>
    public AssessmentResult? Result { get; init; }

    /// <summary>Agreed notes and evidence, by the question's key in full; empty above depth everything.</summary>
    public IReadOnlyDictionary<string, ReleasedNote> Notes { get; init; } = new Dictionary<string, ReleasedNote>();

    /// <summary>The area of a key; null at depth nothing.</summary>
    public ReleasedArea? Area(string key) => Areas.FirstOrDefault(a => a.Area.Key == key);

    /// <summary>What a result shows at a depth: the lens cuts here, and compares afterwards (sharing.md 8).</summary>
    /// <param name="result">The organisation's own result.</param>
    /// <param name="sheet">What the result was made from.</param>
    /// <param name="depth">The lesser of what it shows and what the viewer's own organisation does.</param>
    public static Release Of(AssessmentResult result, AnswerSheet sheet, Depth depth)
    {
        var release = new Release { Organisation = result.Organisation, Depth = depth };
        if (depth == Depth.Nothing) return release;
        release = release with
        {
            Overall = new(result.Overall.Score, result.Overall.Band, result.Overall.IsProvisional),
            Areas = [.. result.Areas.Select(a => new ReleasedArea(a.Area, new(a.Score, a.Band, a.IsProvisional)))],
        };
        if (depth == Depth.Areas) return release;
        var settled = Settled(result, sheet, depth);
        return release.With(Scorer.Score(result.Instrument, result.Stage, settled), result.Findings.Select(f => (f.Kind, f.Result.Question.Key)), settled);
    }

    /// <summary>Adds what depths from questions on show.</summary>
    /// <param name="result">Of the settled answers.</param>
    /// <param name="findings">Those of the organisation's own result: some rest on what respondents gave, which is shown to nobody outside.</param>
    /// <param name="settled">What stands, with what was written beside it where that is shown.</param>
    internal Release With(AssessmentResult result, IEnumerable<(FindingKind Kind, string Question)> findings, AnswerSheet settled) => this with
    {
        Result = result with { Findings = [.. findings.Select(f => new Finding(f.Kind, result.Find(f.Question) ?? throw new FormatException($"There is no question {f.Question}.")))] },
        Notes = settled.Agreed.Where(a => a.Value.Note is not null || a.Value.Evidence is not null)
            .ToDictionary(a => a.Key, a => new ReleasedNote(a.Value.Note, a.Value.Evidence), StringComparer.Ordinal),
    };

    /// <summary>A sheet of collective answers alone, agreed by the organisation: what stands at depth questions, and with notes at depth everything.</summary>
    internal static AnswerSheet Settled(AssessmentResult result, AnswerSheet sheet, Depth depth)
    {
        var agreed = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var question in result.Questions)
        {
            if (question.Answer.Choice is not { } choice) continue;
            // Where one person alone answered, what they wrote is what the organisation agreed on (sharing.md 5).
            var said = sheet.Agreed.GetValueOrDefault(question.Question.Key)
                ?? (sheet.Respondents is [var one] ? one.Answers.GetValueOrDefault(question.Question.Key) : null);
            agreed.Add(question.Question.Key, depth == Depth.Everything
                ? new(choice, question.Answer.Stance, said?.Note, said?.Evidence)
                : new(choice, question.Answer.Stance));
        }
        return new(result.Organisation, result.Round, [], agreed);
    }
}

/// <summary>A score as partners see it.</summary>
/// <param name="Score">With its interval and coverage.</param>
/// <param name="Band">Null where there is no score.</param>
/// <param name="IsProvisional">Whether it may still move much.</param>
public sealed record ReleasedScore(Score Score, Band? Band, bool IsProvisional);

/// <summary>An area as partners see it.</summary>
public sealed record ReleasedArea(Area Area, ReleasedScore Result);

/// <summary>What was written beside an answer; one of the two is not null.</summary>
public sealed record ReleasedNote(string? Note, string? Evidence);

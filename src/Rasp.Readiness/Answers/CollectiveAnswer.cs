namespace Rasp.Readiness.Answers;

/// <summary>The answer of an organisation to one question, and what it was made from (scoring.md § 1).</summary>
public sealed record CollectiveAnswer
{
    /// <summary>The agreed answer's choice where one is recorded; else the lower median of the levels given; else don't know, else not applicable, where anybody said so; null where nobody answered.</summary>
    public required Choice? Choice { get; init; }

    /// <summary>The agreed answer's stance where it has one, else the most restrictive that a respondent gave; null where none was given.</summary>
    public required Stance? Stance { get; init; }

    /// <summary>Whether an agreed answer is recorded.</summary>
    public required bool IsAgreed { get; init; }

    /// <summary>The levels that respondents gave, ascending; the agreed answer is not among them.</summary>
    public required IReadOnlyList<int> LevelsGiven { get; init; }

    /// <summary>How many respondents said don't know.</summary>
    public required int DontKnow { get; init; }

    /// <summary>How many respondents answered at all.</summary>
    public required int Answered { get; init; }

    /// <summary>Whether the agreed answer or any respondent's answer names evidence.</summary>
    public required bool HasEvidence { get; init; }

    /// <summary>Makes the collective answer to one question.</summary>
    public static CollectiveAnswer Of(AnswerSheet sheet, string question)
    {
        var agreed = sheet.Agreed.GetValueOrDefault(question);
        var levels = new List<int>();
        var (dontKnow, notApplicable) = (0, 0);
        var stance = default(Stance?);
        var hasEvidence = agreed?.Evidence is not null;
        foreach (var respondent in sheet.Respondents)
        {
            if (!respondent.Answers.TryGetValue(question, out var answer)) continue;
            if (answer.Choice.Level is { } level) levels.Add(level);
            else if (answer.Choice.IsDontKnow) dontKnow++;
            else notApplicable++;
            if (answer.Stance is { } given && (stance is null || given > stance)) stance = given;
            hasEvidence |= answer.Evidence is not null;
        }
        levels.Sort();
        return new()
        {
            Choice = agreed?.Choice ?? Collected(levels, dontKnow, notApplicable),
            Stance = agreed?.Stance ?? stance,
            IsAgreed = agreed is not null,
            LevelsGiven = levels,
            DontKnow = dontKnow,
            Answered = levels.Count + dontKnow + notApplicable,
            HasEvidence = hasEvidence,
        };
    }

    private static Choice? Collected(List<int> levels, int dontKnow, int notApplicable) =>
        levels.Count > 0 ? Answers.Choice.OfLevel(levels[(levels.Count - 1) / 2])
        : dontKnow > 0 ? Answers.Choice.DontKnow
        : notApplicable > 0 ? Answers.Choice.NotApplicable
        : null;
}

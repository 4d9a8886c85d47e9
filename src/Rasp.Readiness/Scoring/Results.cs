using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Scoring;

/// <summary>What one organisation's answers in one round come to. Numbers are never rounded here.</summary>
public sealed record AssessmentResult
{
    /// <summary>Its name.</summary>
    public required string Organisation { get; init; }

    /// <summary>The round's name.</summary>
    public required string Round { get; init; }

    /// <summary>What was asked.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The key of the round's stage; null where none is given, and then all questions are in scope.</summary>
    public required string? Stage { get; init; }

    /// <summary>The whole.</summary>
    public required OverallResult Overall { get; init; }

    /// <summary>Krippendorff's alpha among the respondents (at most 1); null where undefined (scoring.md § 4).</summary>
    public required double? Alpha { get; init; }

    /// <summary>Every area of the instrument, in order.</summary>
    public required IReadOnlyList<AreaResult> Areas { get; init; }

    /// <summary>Every question in scope, in order.</summary>
    public required IReadOnlyList<QuestionResult> Questions { get; init; }

    /// <summary>By kind, then in instrument order.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The result of a question in scope; null where it is not.</summary>
    public QuestionResult? Find(string question) => ByKey.GetValueOrDefault(question);

    internal Dictionary<string, QuestionResult> ByKey { get; private init; } = [];

    internal AssessmentResult WithIndex() => this with { ByKey = Questions.ToDictionary(q => q.Question.Key, StringComparer.Ordinal) };
}

/// <summary>A score and what not knowing costs (scoring.md § 2).</summary>
/// <param name="Value">0–100, over what is rated; null where nothing is.</param>
/// <param name="Low">0–100, what is not rated counting as 0; null where nothing is applicable.</param>
/// <param name="High">0–100, what is not rated counting as 100; null where nothing is applicable.</param>
/// <param name="Coverage">0–1, the share by weight that is rated; null where nothing is applicable.</param>
public readonly record struct Score(double? Value, double? Low, double? High, double? Coverage);

/// <summary>The whole assessment (scoring.md §§ 2 and 3).</summary>
/// <param name="Score">Over the areas, by their weights.</param>
/// <param name="Band">The lowest of the areas' bands; null where no area has one.</param>
/// <param name="IsProvisional">Whether any area is provisional or has no band.</param>
public sealed record OverallResult(Score Score, Band? Band, bool IsProvisional);

/// <summary>One area (scoring.md §§ 2 and 3).</summary>
/// <param name="Area">Which.</param>
/// <param name="Score">Over its questions, not over its themes.</param>
/// <param name="UncappedBand">The band of its score; null where there is none.</param>
/// <param name="Band">The lower of that and its cap; null where there is no score.</param>
/// <param name="CapReason">Why it is capped, given even where the cap changes nothing; null where it is not.</param>
/// <param name="IsProvisional">Whether its coverage is null or below the threshold.</param>
/// <param name="Themes">Every theme, in order.</param>
public sealed record AreaResult(
    Area Area, Score Score, Band? UncappedBand, Band? Band, CapReason? CapReason, bool IsProvisional, IReadOnlyList<ThemeResult> Themes);

/// <summary>One theme's score.</summary>
public sealed record ThemeResult(Theme Theme, Score Score);

/// <summary>Why an area's band is capped.</summary>
public enum CapReason
{
    /// <summary>A question is rated below its gate: the cap is the lowest band.</summary>
    GateUnmet,

    /// <summary>A question with a gate is applicable but not rated: the cap is the band below the top one.</summary>
    GateUnknown,
}

/// <summary>How a question stands to its gate.</summary>
public enum GateState
{
    /// <summary>It has no gate, or is not applicable.</summary>
    None,

    /// <summary>Rated at the gate or above.</summary>
    Met,

    /// <summary>Rated below the gate.</summary>
    Unmet,

    /// <summary>Applicable, but not rated.</summary>
    Unknown,
}

/// <summary>One question in scope.</summary>
public sealed record QuestionResult
{
    /// <summary>Which.</summary>
    public required Question Question { get; init; }

    /// <summary>The collective answer and what it was made from.</summary>
    public required CollectiveAnswer Answer { get; init; }

    /// <summary>Among respondents' levels; each null with fewer than two.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>How it stands to its gate.</summary>
    public required GateState Gate { get; init; }

    /// <summary>In scope and not answered "not applicable".</summary>
    public bool IsApplicable => Answer.Choice is not { IsNotApplicable: true };

    /// <summary>The level, where applicable and answered by one; else null: not rated.</summary>
    public int? Level => Answer.Choice?.Level;
}

/// <summary>How far respondents agree on one question (scoring.md § 4).</summary>
/// <param name="Mean">The mean level.</param>
/// <param name="Consensus">0–1; 1 is unanimous, 0 evenly split between the extremes.</param>
/// <param name="AverageDeviation">In levels.</param>
public readonly record struct Agreement(double? Mean, double? Consensus, double? AverageDeviation);

/// <summary>Kinds of finding, in the order in which they are listed (scoring.md § 5).</summary>
public enum FindingKind
{
    /// <summary>A gate is unmet.</summary>
    ShowStopper,

    /// <summary>A gate is unknown.</summary>
    UnknownShowStopper,

    /// <summary>A low level.</summary>
    WeakPoint,

    /// <summary>The organisation does not know, or a third of those who answered does not.</summary>
    BlindSpot,

    /// <summary>Respondents are of two minds.</summary>
    Split,

    /// <summary>A high level without evidence.</summary>
    Claimed,

    /// <summary>A high level.</summary>
    Strength,
}

/// <summary>Something worth talking about.</summary>
public sealed record Finding(FindingKind Kind, QuestionResult Result);

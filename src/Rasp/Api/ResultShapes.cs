namespace Rasp.Api;

// What contract.md calls results as JSON, for the description alone: ResultsJson writes it. A test holds the one to the other.

/// <summary>Results, comparisons, trends and fits: the same document from the shell, the download buttons and the API. What an organisation withholds is left out, never null.</summary>
/// <param name="Assessments">In order of round, then organisation.</param>
/// <param name="Comparisons">One for each round in which two or more show questions.</param>
/// <param name="Trends">One for each pair of neighbouring rounds of an organisation that shows questions in both.</param>
/// <param name="Fits">One for each round that a candidate and at least one member show questions of.</param>
public sealed record ResultsShape(IReadOnlyList<ResultShape> Assessments, IReadOnlyList<ComparisonShape> Comparisons, IReadOnlyList<TrendShape> Trends, IReadOnlyList<FitShape> Fits);

/// <summary>What one organisation's answers come to in one round: its own whole, another's as deep as the depth says.</summary>
/// <param name="Organisation">Whose.</param>
/// <param name="Round">Which round; null where nothing that is shown tells it.</param>
/// <param name="Instrument">What was asked.</param>
/// <param name="Stage">The key of the stage at which it was asked; null where all questions were.</param>
/// <param name="Depth">nothing, areas, questions or everything: how much of it is here.</param>
public sealed record ResultShape(string Organisation, string? Round, InstrumentItem? Instrument, string? Stage, string Depth)
{
    /// <summary>True where it was shown, and then withdrawn; else left out.</summary>
    public bool? Withdrawn { get; init; }

    /// <summary>From depth areas on.</summary>
    public OverallShape? Overall { get; init; }

    /// <summary>How far respondents agree, from below 0 to 1; null where that says nothing. Of one's own results alone.</summary>
    public double? Alpha { get; init; }

    /// <summary>From depth areas on: all areas, in the instrument's order.</summary>
    public IReadOnlyList<AreaResultShape>? Areas { get; init; }

    /// <summary>From depth questions on: those in scope.</summary>
    public IReadOnlyList<QuestionResultShape>? Questions { get; init; }

    /// <summary>From depth questions on.</summary>
    public IReadOnlyList<FindingShape>? Findings { get; init; }
}

/// <summary>A score over all areas. Scores run from 0 to 100.</summary>
/// <param name="Score">Null where nothing is answered.</param>
/// <param name="Low">What it would be if all that is not known were at the lowest level.</param>
/// <param name="High">What it would be if all that is not known were at the highest.</param>
/// <param name="Coverage">The share that is answered, from 0 to 1.</param>
/// <param name="Band">The key of its band; null where there is no score.</param>
/// <param name="Provisional">Whether it may still move much.</param>
public sealed record OverallShape(double? Score, double? Low, double? High, double? Coverage, string? Band, bool Provisional);

/// <summary>A score of an area.</summary>
/// <param name="Area">Its key.</param>
/// <param name="Score">Null where nothing is answered.</param>
/// <param name="Low">As overall.</param>
/// <param name="High">As overall.</param>
/// <param name="Coverage">As overall.</param>
/// <param name="Band">The key of its band; null where there is no score.</param>
/// <param name="Provisional">Whether it may still move much.</param>
public sealed record AreaResultShape(string Area, double? Score, double? Low, double? High, double? Coverage, string? Band, bool Provisional)
{
    /// <summary>From depth questions on: the band without a show-stopper.</summary>
    public string? UncappedBand { get; init; }

    /// <summary>From depth questions on: gate-unmet or gate-unknown where a show-stopper caps the band.</summary>
    public string? CapReason { get; init; }

    /// <summary>From depth questions on.</summary>
    public IReadOnlyList<ThemeResultShape>? Themes { get; init; }
}

/// <summary>A score of a theme.</summary>
/// <param name="Theme">Its key.</param>
/// <param name="Score">Null where nothing is answered.</param>
/// <param name="Low">As overall.</param>
/// <param name="High">As overall.</param>
/// <param name="Coverage">As overall.</param>
public sealed record ThemeResultShape(string Theme, double? Score, double? Low, double? High, double? Coverage);

/// <summary>What an organisation answers to a question.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="Answer">A level, dk or na; null where nothing is answered.</param>
/// <param name="Stance">fixed, negotiable or open; null where nothing was said.</param>
public sealed record QuestionResultShape(string Question, AnswerValue? Answer, string? Stance)
{
    /// <summary>Of one's own results alone, as what follows: whether it is what the organisation settled on.</summary>
    public bool? Agreed { get; init; }

    /// <summary>What respondents gave, ascending.</summary>
    public IReadOnlyList<int>? LevelsGiven { get; init; }

    /// <summary>How many don't know.</summary>
    public int? DontKnow { get; init; }

    /// <summary>Of the levels given; null where there is none.</summary>
    public double? Mean { get; init; }

    /// <summary>From 0 to 1; null where fewer than two gave a level.</summary>
    public double? Consensus { get; init; }

    /// <summary>Of the levels given; null where fewer than two gave one.</summary>
    public double? AverageDeviation { get; init; }
}

/// <summary>Something worth talking about.</summary>
/// <param name="Kind">show-stopper, unknown-show-stopper, weak-point, blind-spot, split, claimed or strength.</param>
/// <param name="Question">About which question.</param>
public sealed record FindingShape(string Kind, string Question);

/// <summary>Those who show questions, side by side.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Organisations">Whom it rests on, in ordinal order.</param>
/// <param name="Questions">By priority.</param>
public sealed record ComparisonShape(string Round, IReadOnlyList<string> Organisations, IReadOnlyList<ComparedShape> Questions);

/// <summary>A question, side by side.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="Levels">By the organisation's name: a level, dk, or null.</param>
/// <param name="Spread">Between the highest and the lowest level; null where fewer than two are known.</param>
/// <param name="Category">show-stopper, blind-spot, difference, shared-weakness, shared-strength or mixed.</param>
/// <param name="Priority">The higher, the sooner to be talked about.</param>
/// <param name="RedLines">Whose stance is fixed.</param>
public sealed record ComparedShape(string Question, IReadOnlyDictionary<string, AnswerValue?> Levels, double? Spread, string Category, double Priority, IReadOnlyList<string> RedLines);

/// <summary>How an organisation moved from one round to the next, over the questions that both asked alike.</summary>
/// <param name="Organisation">Whose.</param>
/// <param name="From">The earlier round.</param>
/// <param name="To">The later.</param>
/// <param name="Areas">All areas.</param>
/// <param name="Questions">Those with a level in both.</param>
/// <param name="GatesCleared">Show-stoppers that are none any more.</param>
/// <param name="GatesBroken">Show-stoppers that were none before.</param>
public sealed record TrendShape(
    string Organisation, string From, string To, IReadOnlyList<AreaTrendShape> Areas, IReadOnlyList<QuestionTrendShape> Questions, IReadOnlyList<string> GatesCleared, IReadOnlyList<string> GatesBroken);

/// <summary>How an area moved.</summary>
/// <param name="Area">Its key.</param>
/// <param name="Matched">How many questions can be set beside each other.</param>
/// <param name="Change">Of the score over these; null where there is none.</param>
/// <param name="RawChange">Of the score over all questions, which may not be the same ones; null where there is none.</param>
public sealed record AreaTrendShape(string Area, int Matched, double? Change, double? RawChange);

/// <summary>How a question moved.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="From">The earlier level.</param>
/// <param name="To">The later.</param>
/// <param name="Change">The difference.</param>
public sealed record QuestionTrendShape(string Question, int From, int To, int Change);

/// <summary>A candidate against the members.</summary>
/// <param name="Round">The candidate's round.</param>
/// <param name="Candidate">Which organisation.</param>
/// <param name="Members">On whom it rests.</param>
/// <param name="Areas">All areas.</param>
/// <param name="Questions">Those with a level on both sides.</param>
/// <param name="CandidateGates">Show-stoppers of the candidate.</param>
/// <param name="MemberGates">Show-stoppers of the members.</param>
public sealed record FitShape(
    string Round, string Candidate, IReadOnlyList<string> Members, IReadOnlyList<AreaFitShape> Areas, IReadOnlyList<QuestionFitShape> Questions, IReadOnlyList<string> CandidateGates, IReadOnlyList<string> MemberGates);

/// <summary>What a candidate does to an area.</summary>
/// <param name="Area">Its key.</param>
/// <param name="FloorBefore">The lowest score of a member; null where there is none.</param>
/// <param name="FloorAfter">With the candidate.</param>
public sealed record AreaFitShape(string Area, double? FloorBefore, double? FloorAfter);

/// <summary>A candidate's level against the members'.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="Candidate">The candidate's level.</param>
/// <param name="Floor">The members' lowest.</param>
/// <param name="Ceiling">The members' highest.</param>
/// <param name="Kind">below, within or above.</param>
public sealed record QuestionFitShape(string Question, int Candidate, int Floor, int Ceiling, string Kind);

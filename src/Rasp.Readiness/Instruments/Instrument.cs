namespace Rasp.Readiness.Instruments;

/// <summary>
/// A versioned question set. Only <see cref="InstrumentYaml"/> makes one, so one that exists is valid: keys are unique,
/// weights are above 0, every question has a description for each level, gates are levels, bands ascend from 0.
/// </summary>
public sealed class Instrument
{
    private readonly Dictionary<string, Question> byKey;

    internal Instrument(IReadOnlyList<Area> areas)
    {
        Areas = areas;
        Questions = [.. areas.SelectMany(a => a.Themes).SelectMany(t => t.Questions)];
        byKey = Questions.ToDictionary(q => q.Key, StringComparer.Ordinal);
    }

    /// <summary>Lower-case letters, digits and hyphens; RASP's own is <c>rasp</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As the file writes it; once used by a round, a version never changes.</summary>
    public required string Version { get; init; }

    /// <summary>The name that people see.</summary>
    public required string Title { get; init; }

    /// <summary>The names of the levels, lowest first; 2 to 10 of them.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>Lowest first; the first is from 0.</summary>
    public required IReadOnlyList<Band> Bands { get; init; }

    /// <summary>Where findings and categories begin.</summary>
    public required Thresholds Thresholds { get; init; }

    /// <summary>From which people answer; may be empty.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>Where a programme can be; may be empty.</summary>
    public required IReadOnlyList<Named> Stages { get; init; }

    /// <summary>What can lie behind several weak points at once; may be empty.</summary>
    public required IReadOnlyList<Cause> Causes { get; init; }

    /// <summary>What the questions' reasons rest on; may be empty.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>The top-level headings, in order.</summary>
    public IReadOnlyList<Area> Areas { get; }

    /// <summary>All questions, in the order of the instrument.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The question with this key in full (<c>area.theme.question</c>); null where there is none.</summary>
    public Question? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The questions asked at a stage, in order; all of them where the stage is null.</summary>
    public IEnumerable<Question> InScope(string? stage) => Questions.Where(q => q.IsAskedAt(stage));

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}

/// <summary>Something with a key for files and a name for people: a stage.</summary>
public sealed record Named(string Key, string Name);

/// <summary>From where somebody answers. <paramref name="IsLeadership"/>: whether it leads the organisation, so that its answers can be set beside those of everybody else.</summary>
public sealed record Role(string Key, string Name, bool IsLeadership);

/// <summary>A span of scores with a name, from <paramref name="From"/> (0–100) up to the next band's.</summary>
public sealed record Band(string Key, string Name, double From);

/// <summary>What can lie behind several weak points at once, and what to <paramref name="Do"/> about it first.</summary>
public sealed record Cause(string Key, string Name, string Do);

/// <summary>What a question's reason rests on; <paramref name="Url"/> is null where it stands in no public place.</summary>
public sealed record Source(string Key, string Name, string? Url);

/// <summary>Where findings and categories begin (scoring.md, introduction). A threshold above the highest level is never reached.</summary>
/// <param name="WeakAtMost">A level up to this is weak.</param>
/// <param name="StrongAtLeast">A level from this up is strong.</param>
/// <param name="ProvisionalBelowCoverage">A coverage (0–1) below this makes a result provisional.</param>
/// <param name="SplitBelowConsensus">A consensus (0–1) below this makes a split.</param>
/// <param name="DifferenceAtLeast">A spread of levels between organisations from this up is a difference.</param>
public sealed record Thresholds(
    double WeakAtMost = 2,
    double StrongAtLeast = 4,
    double ProvisionalBelowCoverage = 0.8,
    double SplitBelowConsensus = 0.6,
    double DifferenceAtLeast = 2);

/// <summary>One of an instrument's top-level headings, with its weight (above 0) in the overall score.</summary>
public sealed record Area(string Key, string Name, string? Summary, double Weight, IReadOnlyList<Theme> Themes)
{
    /// <summary>The area's questions, in order.</summary>
    public IEnumerable<Question> Questions => Themes.SelectMany(t => t.Questions);
}

/// <summary>A sub-heading of an area: questions that belong together.</summary>
public sealed record Theme(string Key, string Name, IReadOnlyList<Question> Questions);

/// <summary>Whether a question asks about the answering organisation, or about the partnership as that organisation sees it.</summary>
public enum About
{
    /// <summary>A fact about the answering organisation: partners who differ are unequally ready.</summary>
    Organisation,

    /// <summary>A fact about the partnership: partners who differ do not have the agreement that they think they have.</summary>
    Partnership,
}

/// <summary>One diagnostic question with a description of what is observably true at each level.</summary>
public sealed record Question
{
    /// <summary>In full, <c>area.theme.question</c>: stable for ever.</summary>
    public required string Key { get; init; }

    /// <summary>The key of its area.</summary>
    public required string Area { get; init; }

    /// <summary>The key of its theme, within the area.</summary>
    public required string Theme { get; init; }

    /// <summary>Its place in the instrument, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What is asked.</summary>
    public required string Text { get; init; }

    /// <summary>Why it matters; null where the instrument does not say.</summary>
    public required string? Why { get; init; }

    /// <summary>What the reason rests on; may be empty.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>What it asks about.</summary>
    public required About About { get; init; }

    /// <summary>Keys of the stages at which it is asked; empty means all.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>Keys of the roles that can answer it; empty means all.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>What usually lies behind a low level; null where the instrument does not say.</summary>
    public required Cause? Cause { get; init; }

    /// <summary>How much it counts; above 0.</summary>
    public required double Weight { get; init; }

    /// <summary>The level below which it is a show-stopper; null where it has no gate.</summary>
    public required int? Gate { get; init; }

    /// <summary>Goes up when the question's meaning changes; from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>What is true at each level, lowest first.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>What would prove a level; may be empty.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>What to do at low levels; may be empty.</summary>
    public required IReadOnlyList<SuggestedAction> Actions { get; init; }

    /// <summary>Whether it is asked at a stage; every question is where the stage is null.</summary>
    public bool IsAskedAt(string? stage) => stage is null || Stages.Count == 0 || Stages.Contains(stage, StringComparer.Ordinal);
}

/// <summary>A piece of work offered where the level is <paramref name="UpTo"/> or lower.</summary>
public sealed record SuggestedAction(int UpTo, string Do);

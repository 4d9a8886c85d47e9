using System.Globalization;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;

namespace Rasp.Readiness.Scoring;

/// <summary>Why a number, band, finding, category or priority is as it is, in words, from the same values that produced it (scoring.md § 9).</summary>
public static class Because
{
    /// <summary>Below this coverage (0–1) a result reads "too early to say" (scoring.md § 9).</summary>
    public const double TooEarlyBelowCoverage = 0.2;

    /// <summary>Whether an area's result is too early to say anything by: its numbers stand behind that.</summary>
    public static bool IsTooEarly(this Score score) => score.Coverage is { } coverage && !coverage.Reaches(TooEarlyBelowCoverage);

    /// <summary>The sentence that explains the overall band.</summary>
    public static string Overall(AssessmentResult result)
    {
        if (result.Overall.Band is not { } band) return "There is no result yet: no question has been answered with a level.";
        var lowest = result.Areas.Where(a => a.Band == band).ToList();
        var held = lowest.Where(a => a.Band != a.UncappedBand).ToList();
        if (held.Count == 0)
        {
            return lowest.Count == result.Areas.Count
                ? $"{band.Name}: every area is in this band."
                : $"{band.Name}, because a programme is as ready as its weakest area: {Shown.List([.. lowest.Select(a => a.Area.Name)])} {(lowest.Count == 1 ? "is" : "are")} {band.Name}.";
        }
        var gates = result.Questions.Where(q => q.Gate == GateOf(held[0].CapReason) && held.Any(a => a.Area.Key == q.Question.Area)).ToList();
        var state = held[0].CapReason == CapReason.GateUnmet ? "is not met" : "is not known";
        var reason = gates.Count == 1
            ? $"a show-stopper there {state}: “{gates[0].Question.Text}”"
            : $"{Shown.Count(gates.Count, "show-stopper")} there {(held[0].CapReason == CapReason.GateUnmet ? "are not met" : "are not known")}, “{gates[0].Question.Text}” first";
        return $"Held at {band.Name} by {Shown.List([.. held.Select(a => a.Area.Name)])}, because {reason}.";
    }

    /// <summary>How the whole came by its band.</summary>
    public static IReadOnlyList<string> OverallBand(AssessmentResult result)
    {
        if (result.Overall.Band is null) return [Overall(result)];
        var bands = result.Areas.Where(a => a.Band is not null).Select(a => $"{a.Area.Name} is {a.Band!.Name}").ToList();
        var reasons = new List<string> { $"A programme is as ready as its weakest area, whatever the average is: {Shown.List(bands)}." };
        if (Provisional(result) is { } provisional) reasons.Add(provisional);
        return reasons;
    }

    /// <summary>Why the whole is provisional; null where it is not.</summary>
    public static string? Provisional(AssessmentResult result)
    {
        if (!result.Overall.IsProvisional) return null;
        var moving = result.Areas.Where(a => a.IsProvisional || a.Band is null).Select(a => a.Area.Name).ToList();
        var covered = Shown.Percent(result.Instrument.Thresholds.ProvisionalBelowCoverage);
        return moving.Count == result.Areas.Count && moving.Count > 1
            ? $"It is provisional: in no area have {covered} of what applies a level yet, so it may still move."
            : $"It is provisional: in {Shown.List(moving)} less than {covered} of what applies has a level, so it may still move.";
    }

    /// <summary>How the whole came by its score.</summary>
    public static string OverallScore(AssessmentResult result)
    {
        if (result.Overall.Score.Value is not { } value) return "No score yet: no question has been answered with a level.";
        var scored = result.Areas.Where(a => a.Score.Value is not null).ToList();
        var weights = scored.Any(a => a.Area.Weight != scored[0].Area.Weight) ? ", each by its weight" : "";
        var mean = scored.Count == 1
            ? $"{Shown.Score(value)} is the score of the one area that has any, {scored[0].Area.Name}."
            : $"{Shown.Score(value)} is the mean of the areas’ scores{weights}: {Shown.List([.. scored.Select(a => $"{a.Area.Name} {Shown.Score(a.Score.Value!.Value)}")])}.";
        var unscored = result.Areas.Where(a => a.Score.Value is null && a.Score.Coverage is not null).Select(a => a.Area.Name).ToList();
        if (unscored.Count > 0) mean += $" {Shown.List(unscored)} {(unscored.Count == 1 ? "has" : "have")} none yet.";
        return $"{mean} {Interval(result.Overall.Score, result.Questions)}";
    }

    /// <summary>How much of what applies has been answered with a level, over the areas.</summary>
    public static string OverallCoverage(AssessmentResult result)
    {
        var applicable = result.Questions.Count(q => q.IsApplicable);
        var rated = result.Questions.Count(q => q.Level is not null);
        return result.Overall.Score.Coverage is { } coverage
            ? $"{rated.ToString(CultureInfo.InvariantCulture)} of {Shown.Count(applicable, "question")} that {(applicable == 1 ? "applies" : "apply")} {(rated == 1 ? "has" : "have")} a level. The mean of the areas’ coverage is {Shown.Percent(coverage)}."
            : "No question applies.";
    }

    /// <summary>What caps an area's band, in a few words; null where nothing does.</summary>
    public static string? Cap(AreaResult area, IReadOnlyList<QuestionResult> questionsOfArea)
    {
        if (area.CapReason is not { } reason) return null;
        var gates = questionsOfArea.Count(q => q.Gate == GateOf(reason));
        var named = Shown.Count(gates, "show-stopper") + (reason == CapReason.GateUnknown ? " not known" : "");
        return area.Band is { } band && band != area.UncappedBand ? $"Held at {band.Name} by {named}" : named;
    }

    /// <summary>How an area came by its band.</summary>
    public static IReadOnlyList<string> Band(Instrument instrument, AreaResult area, IReadOnlyList<QuestionResult> questionsOfArea)
    {
        if (area.Score.Value is not { } score || area.UncappedBand is not { } uncapped || area.Band is not { } band) return ["No band yet: nothing here has been answered with a level."];
        var index = instrument.Bands.ToList().IndexOf(uncapped);
        var upTo = index + 1 < instrument.Bands.Count ? $"up to {Number(instrument.Bands[index + 1].From)}" : "up to 100";
        var reasons = new List<string> { $"A score of {Shown.Score(score)} is {uncapped.Name} (from {Number(uncapped.From)} {upTo})." };
        if (area.CapReason is { } reason)
        {
            var gates = questionsOfArea.Where(q => q.Gate == GateOf(reason)).Select(q => q.Question).ToList();
            var named = string.Join(" ", gates.Select(q => $"“{q.Text}” needs level {q.Gate!.Value.ToString(CultureInfo.InvariantCulture)}."));
            reasons.Add(reason == CapReason.GateUnmet
                ? $"{Changes("not met")} {instrument.Bands[0].Name}: {named}"
                : $"{Changes("not known")} {instrument.Bands[Math.Max(0, instrument.Bands.Count - 2)].Name}: {named}");
            string Changes(string state) => $"{Shown.Count(gates.Count, "show-stopper")} here {(gates.Count == 1 ? "is" : "are")} {state}, so the band {(band == uncapped ? "can be no higher than" : "is held at")}";
        }
        if (area.IsProvisional) reasons.Add($"It is provisional: {Coverage(area.Score, questionsOfArea)} Below {Shown.Percent(instrument.Thresholds.ProvisionalBelowCoverage)} a result may still move.");
        return reasons;
    }

    /// <summary>How a score came about.</summary>
    /// <param name="instrument">Whose levels were given.</param>
    /// <param name="score">Over those questions.</param>
    /// <param name="questions">All questions in scope that it is over.</param>
    public static string Score(Instrument instrument, Score score, IReadOnlyList<QuestionResult> questions)
    {
        var rated = questions.Count(q => q.Level is not null);
        if (score.Value is not { } value) return "No score yet: nothing here has been answered with a level.";
        var top = instrument.Levels.Count.ToString(CultureInfo.InvariantCulture);
        var weights = questions.Any(q => q.Question.Weight != 1) ? ", each by its weight" : "";
        var mean = rated == 1
            ? $"{Shown.Score(value)} is what the one answered question comes to"
            : $"{Shown.Score(value)} is the mean of {Shown.Count(rated, "answered question")}{weights}";
        return $"{mean}, where level 1 counts 0 and level {top} counts 100. {Interval(score, questions)}";
    }

    /// <summary>What not knowing costs.</summary>
    public static string Interval(Score score, IReadOnlyList<QuestionResult> questions)
    {
        var unrated = questions.Count(q => q.IsApplicable && q.Level is null);
        if (unrated == 0 || score is not { Low: { } low, High: { } high }) return "Nothing is left open.";
        return $"{Shown.Count(unrated, "question")} {(unrated == 1 ? "is" : "are")} unanswered or not known: with the lowest level there it would be {Shown.Score(low)}, with the highest {Shown.Score(high)}.";
    }

    /// <summary>How much of what applies has been answered with a level.</summary>
    public static string Coverage(Score score, IReadOnlyList<QuestionResult> questions)
    {
        var applicable = questions.Count(q => q.IsApplicable);
        var rated = questions.Count(q => q.Level is not null);
        return score.Coverage is { } coverage
            ? $"{rated.ToString(CultureInfo.InvariantCulture)} of {Shown.Count(applicable, "question")} that {(applicable == 1 ? "applies" : "apply")} {(rated == 1 ? "has" : "have")} a level ({Shown.Percent(coverage)})."
            : "No question here applies.";
    }

    /// <summary>The heading of a kind of finding.</summary>
    public static string Heading(FindingKind kind) => kind switch
    {
        FindingKind.ShowStopper => "Show-stoppers",
        FindingKind.UnknownShowStopper => "Show-stoppers not known",
        FindingKind.WeakPoint => "Weak points",
        FindingKind.BlindSpot => "Blind spots",
        FindingKind.Split => "Of two minds",
        FindingKind.Claimed => "Claimed, not yet shown",
        FindingKind.Strength => "Strengths",
    };

    /// <summary>What so many findings of a kind are called, without the number.</summary>
    public static string Noun(FindingKind kind, int count) => kind switch
    {
        FindingKind.ShowStopper => count == 1 ? "show-stopper" : "show-stoppers",
        FindingKind.UnknownShowStopper => count == 1 ? "show-stopper not known" : "show-stoppers not known",
        FindingKind.WeakPoint => count == 1 ? "weak point" : "weak points",
        FindingKind.BlindSpot => count == 1 ? "blind spot" : "blind spots",
        FindingKind.Split => count == 1 ? "question of two minds" : "questions of two minds",
        FindingKind.Claimed => count == 1 ? "claim not yet shown" : "claims not yet shown",
        FindingKind.Strength => count == 1 ? "strength" : "strengths",
    };

    /// <summary>What a kind of finding means.</summary>
    public static string Meaning(FindingKind kind) => kind switch
    {
        FindingKind.ShowStopper => "Below the level without which a programme should not go on, whatever the rest says.",
        FindingKind.UnknownShowStopper => "Nobody knows yet whether the level is reached without which a programme should not go on.",
        FindingKind.WeakPoint => "Low levels: what to work on.",
        FindingKind.BlindSpot => "What the organisation, or a third of those who answered, does not know.",
        FindingKind.Split => "Where those who answered see different facts.",
        FindingKind.Claimed => "High levels for which no evidence is named: said, not yet shown.",
        FindingKind.Strength => "High levels: what to build on.",
    };

    /// <summary>Why a finding was made.</summary>
    public static string Finding(Instrument instrument, Finding finding)
    {
        var (question, answer) = (finding.Result.Question, finding.Result.Answer);
        var level = finding.Result.Level?.ToString(CultureInfo.InvariantCulture);
        return finding.Kind switch
        {
            FindingKind.ShowStopper => $"Level {level}; the programme should not go on below level {question.Gate}.",
            FindingKind.UnknownShowStopper => answer.Choice is null
                ? $"Not answered; the programme should not go on below level {question.Gate}."
                : $"Answered “don't know”; the programme should not go on below level {question.Gate}.",
            FindingKind.WeakPoint => $"Level {level}; up to level {Number(instrument.Thresholds.WeakAtMost)} counts as weak.",
            FindingKind.BlindSpot => answer.Choice is { IsDontKnow: true }
                ? "The answer is “don't know”."
                : $"{answer.DontKnow} of {answer.Answered} who answered said “don't know”.",
            FindingKind.Split => string.Create(CultureInfo.InvariantCulture, $"Levels from {answer.LevelsGiven[0]} to {answer.LevelsGiven[^1]} were given: consensus is {finding.Result.Agreement.Consensus:0.00}, below {instrument.Thresholds.SplitBelowConsensus:0.##}."),
            FindingKind.Claimed => $"Level {level}, and no evidence is named.",
            FindingKind.Strength => $"Level {level}; from level {Number(instrument.Thresholds.StrongAtLeast)} up counts as strong.",
        };
    }

    /// <summary>Krippendorff's alpha in words; null where it is null. The limits 0.8 and 0.667 are Krippendorff's own (2004, "Content analysis", p. 241).</summary>
    public static string? Alpha(double? alpha) => alpha switch
    {
        null => null,
        _ when alpha.Value.Reaches(0.8) => "Your respondents read the questions alike.",
        _ when alpha.Value.Reaches(0.667) => "Your respondents largely read the questions alike.",
        _ when alpha.Value.Reaches(0) => "Your respondents often chose different levels for the same question: compare what they had in mind.",
        _ => "Your respondents differ more than chance would make them: they may be speaking of different things.",
    };

    /// <summary>How alpha is to be read; null where it is null.</summary>
    public static string? AlphaScale(double? alpha) => alpha is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"Krippendorff’s alpha is {value:0.00}, where 1 is full agreement and 0 is what chance alone would bring.")
        : null;

    /// <summary>The heading of a category.</summary>
    public static string Heading(Category category) => category switch
    {
        Scoring.Category.ShowStopper => "One of us has a show-stopper",
        Scoring.Category.BlindSpot => "We don't know",
        Scoring.Category.Difference => "We differ",
        Scoring.Category.SharedWeakness => "None of us is ready",
        Scoring.Category.SharedStrength => "All of us are strong",
        Scoring.Category.Mixed => "We are close to each other",
    };

    /// <summary>The heading of a compared question's category: a difference in readiness is another talk than one about what was agreed.</summary>
    public static string Heading(ComparedQuestion question) => question.Category switch
    {
        Scoring.Category.Difference => question.Question.About == About.Organisation ? "We differ in readiness" : "We describe the same agreement differently",
        Scoring.Category.ShowStopper when question.Answers.Count(a => a.Result.Gate == GateState.Unmet) > 1 => "Some of us have a show-stopper",
        var category => Heading(category),
    };

    /// <summary>How far the levels lie together and how far apart, over compared questions.</summary>
    public static string Together(Instrument instrument, IReadOnlyCollection<ComparedQuestion> questions)
    {
        if (questions.Count == 0) return "No question is compared.";
        var close = questions.Count(q => q.Spread is { } spread && !((double)spread).Reaches(instrument.Thresholds.DifferenceAtLeast));
        var unknown = questions.Count(q => q.Spread is null);
        var apart = questions.Count - close - unknown;
        var strong = questions.Count(q => q.Category == Scoring.Category.SharedStrength);
        var weak = questions.Count(q => q.Category == Scoring.Category.SharedWeakness);
        string[] among = [.. strong > 0 ? [$"{strong.ToString(CultureInfo.InvariantCulture)} where all of us are strong"] : Array.Empty<string>(), .. weak > 0 ? [$"{weak.ToString(CultureInfo.InvariantCulture)} where none of us is ready"] : Array.Empty<string>()];
        var sentence = $"On {(close == 0 ? "none" : close.ToString(CultureInfo.InvariantCulture))} of {Shown.Count(questions.Count, "question")} our levels lie close together{(among.Length > 0 ? $", among them {Shown.List(among)}" : "")}.";
        if (apart > 0) sentence += $" On {apart.ToString(CultureInfo.InvariantCulture)} they lie {Number(instrument.Thresholds.DifferenceAtLeast)} or more apart.";
        if (unknown > 0) sentence += $" On {unknown.ToString(CultureInfo.InvariantCulture)} fewer than two of us know our level.";
        return sentence;
    }

    /// <summary>What the partnership's floors say, area by area; null where there is none.</summary>
    public static string? Floors(IReadOnlyList<AreaFloor> floors)
    {
        var known = floors.Where(f => f.Score is not null).OrderBy(f => f.Score).ToList();
        if (known.Count == 0) return null;
        var (lowest, highest) = (Shown.Score(known[0].Score!.Value), Shown.Score(known[^1].Score!.Value));
        var where = known.Count == 1 ? $"That floor is {lowest} in {known[0].Area.Name}."
            : lowest == highest ? $"That floor is {lowest} in every area."
            : $"That floor is lowest in {In(lowest)} and highest in {In(highest)}.";
        return $"On each question, the least ready of us sets the pace. {where}";

        string In(string score) => $"{Shown.List([.. known.Where(f => Shown.Score(f.Score!.Value) == score).Select(f => f.Area.Name)])} ({score})";
    }

    /// <summary>On whom statements about questions rest, and what the others show; null where everybody shows questions.</summary>
    public static string? RestsOn(SharedComparison shared)
    {
        if (shared.Withheld.Count == 0) return null;
        var sentences = new List<string>();
        if (shared.Questions is not null) sentences.Add($"What is said about questions rests on {Shown.List(shared.RestsOn)}.");
        Add([.. shared.Withheld.Where(p => p.IsWithdrawn)], "has withdrawn what it showed", "have withdrawn what they showed");
        Add([.. shared.Withheld.Where(p => p is { IsWithdrawn: false, Depth: Depth.Nothing })], "shows nothing here", "show nothing here");
        Add([.. shared.Withheld.Where(p => p is { IsWithdrawn: false, Depth: Depth.Areas })], "shows areas alone here", "show areas alone here");
        return string.Join(" ", sentences);

        void Add(List<Release> those, string one, string many)
        {
            if (those.Count > 0) sentences.Add($"{Shown.List([.. those.Select(p => p.Organisation)])} {(those.Count == 1 ? one : many)}.");
        }
    }

    /// <summary>Why a compared question is in its category.</summary>
    /// <param name="instrument">Whose thresholds apply.</param>
    /// <param name="question">Which.</param>
    /// <param name="called">What an organisation is called where its name in full is too long; null where it is not.</param>
    public static string Category(Instrument instrument, ComparedQuestion question, Func<string, string>? called = null)
    {
        var unrated = question.Answers.Where(a => a.Result.Level is null).ToList();
        var below = question.Answers.Where(a => a.Result.Gate == GateState.Unmet).ToList();
        return question.Category switch
        {
            Scoring.Category.ShowStopper =>
                $"{Names(below)} {(below.Count == 1 ? "is" : "are")} below level {question.Question.Gate}, where the programme should stop.",
            Scoring.Category.BlindSpot => $"{Names(unrated)} {(unrated.Count == 1 ? "has" : "have")} no level here.",
            Scoring.Category.Difference => question.Question.About == About.Organisation
                ? $"We differ in readiness: our levels lie {question.Spread} apart."
                : $"We describe the same agreement differently: our levels lie {question.Spread} apart.",
            Scoring.Category.SharedWeakness => $"All levels are {Number(instrument.Thresholds.WeakAtMost)} or lower.",
            Scoring.Category.SharedStrength => $"All levels are {Number(instrument.Thresholds.StrongAtLeast)} or higher.",
            Scoring.Category.Mixed => $"Levels lie less than {Number(instrument.Thresholds.DifferenceAtLeast)} apart, and are neither all weak nor all strong.",
        };

        string Names(IEnumerable<(string Organisation, QuestionResult)> those) => Shown.List([.. those.Select(a => called is null ? a.Organisation : called(a.Organisation))]);
    }

    /// <summary>How a compared question came by its priority, part by part.</summary>
    public static string Priority(Instrument instrument, ComparedQuestion question)
    {
        var weight = question.Question.Weight;
        var lowest = question.Floor ?? 1;
        var parts = new List<string>();
        Add(weight * Math.Max(0, instrument.Thresholds.StrongAtLeast - lowest), $"the lowest level is {lowest}");
        Add(weight * (question.Spread ?? 0), $"levels lie {question.Spread} apart");
        Add(question.Category == Scoring.Category.ShowStopper ? instrument.Levels.Count : 0, "a show-stopper is unmet");
        Add(0.5 * weight * question.Answers.Count(a => a.Result.Level is null), $"{Shown.Count(question.Answers.Count(a => a.Result.Level is null), "organisation")} without a level");
        Add(question.RedLinesClash ? 2 * weight : 0, "red lines meet");
        return parts.Count == 0 ? "Nothing makes this urgent: all are strong and alike." : $"{Number(question.Priority)}: {Shown.List(parts)}.";

        void Add(double points, string reason)
        {
            if (points > 0) parts.Add($"{Number(points)} because {reason}");
        }
    }

    private static GateState GateOf(CapReason? reason) => reason == CapReason.GateUnmet ? GateState.Unmet : GateState.Unknown;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

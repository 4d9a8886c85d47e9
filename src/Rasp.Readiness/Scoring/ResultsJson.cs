using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;

namespace Rasp.Readiness.Scoring;

/// <summary>Results as JSON (contract.md, "Results as JSON"): the same document from the shell, the download button and the API.</summary>
public static class ResultsJson
{
    /// <summary>The words of findings, in files and everywhere a key is wanted.</summary>
    public static string Word(this FindingKind kind) => kind switch
    {
        FindingKind.ShowStopper => "show-stopper",
        FindingKind.UnknownShowStopper => "unknown-show-stopper",
        FindingKind.WeakPoint => "weak-point",
        FindingKind.BlindSpot => "blind-spot",
        FindingKind.Split => "split",
        FindingKind.Claimed => "claimed",
        FindingKind.Strength => "strength",
    };

    /// <summary>The words of categories.</summary>
    public static string Word(this Category category) => category switch
    {
        Category.ShowStopper => "show-stopper",
        Category.BlindSpot => "blind-spot",
        Category.Difference => "difference",
        Category.SharedWeakness => "shared-weakness",
        Category.SharedStrength => "shared-strength",
        Category.Mixed => "mixed",
    };

    /// <summary>The words of cap reasons.</summary>
    public static string Word(this CapReason reason) => reason switch
    {
        CapReason.GateUnmet => "gate-unmet",
        CapReason.GateUnknown => "gate-unknown",
    };

    /// <summary>The words of fits.</summary>
    public static string Word(this FitKind kind) => kind switch
    {
        FitKind.Below => "below",
        FitKind.Within => "within",
        FitKind.Above => "above",
    };

    /// <summary>Writes the document, in UTF-8, numbers unrounded.</summary>
    public static void Write(Stream to, ResultSet results)
    {
        using var json = new Utf8JsonWriter(to, new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        json.WriteStartObject();
        json.Array("assessments", results.Assessments, Assessment);
        json.Array("comparisons", results.Comparisons, Comparison);
        json.Array("trends", results.Trends, Trend);
        json.Array("fits", results.Fits, Fit);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes partners as one viewer may see them. Each says its depth, and what is withheld is left out, never null: what
    /// respondents gave is nobody else's at any depth.
    /// </summary>
    public static void Write(Stream to, SharedComparison shared)
    {
        using var json = new Utf8JsonWriter(to, new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        json.WriteStartObject();
        json.Array("assessments", shared.Partners.Select(p => new ReleasedPart(shared.Round, shared.Instrument, shared.Stage, p)), Released);
        json.Array<Comparison>("comparisons", shared.Questions is { } compared ? [compared] : [], Comparison);
        json.Array<Trend>("trends", [], Trend);
        json.Array<Fit>("fits", [], Fit);
        json.WriteEndObject();
    }

    /// <summary>Writes rounds as one viewer may see them, and what moved from one to another, by the rules of a comparison.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="parts">What each organisation released of each round, in order of round, then organisation.</param>
    /// <param name="trends">In order of organisation, then round; each under the name that the organisation has now.</param>
    public static void Write(Stream to, IEnumerable<ReleasedPart> parts, IEnumerable<(string Organisation, Trend Trend)> trends)
    {
        using var json = new Utf8JsonWriter(to, new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        json.WriteStartObject();
        json.Array("assessments", parts, Released);
        json.Array<Comparison>("comparisons", [], Comparison);
        json.Array("trends", trends, (j, t) => Trend(j, t.Organisation, t.Trend));
        json.Array<Fit>("fits", [], Fit);
        json.WriteEndObject();
    }

    /// <summary>Writes a candidate and the members as one viewer may see them, by the rules of a comparison.</summary>
    public static void Write(Stream to, SharedFit shared)
    {
        using var json = new Utf8JsonWriter(to, new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        // The members are of a round of their own, which those tell that show more than areas.
        var members = shared.Members.Select(m => m.Result).FirstOrDefault(r => r is not null);
        json.WriteStartObject();
        json.Array("assessments", shared.Members.Select(m => (Result: m.Result ?? members, Release: m)).Select(m => new ReleasedPart(m.Result?.Round, m.Result?.Instrument, m.Result?.Stage, m.Release))
            .Append(new(shared.Candidate.Result?.Round, shared.Instrument, shared.Candidate.Result?.Stage, shared.Candidate)).OrderBy(p => p.Round, StringComparer.Ordinal).ThenBy(p => p.Release.Organisation, StringComparer.Ordinal), Released);
        json.Array<Comparison>("comparisons", [], Comparison);
        json.Array<Trend>("trends", [], Trend);
        json.Array<Fit>("fits", shared.Fit is { } fit ? [fit] : [], Fit);
        json.WriteEndObject();
    }

    private static void Assessment(Utf8JsonWriter json, AssessmentResult result)
    {
        json.Whose(result.Organisation, result.Round, result.Instrument, result.Stage, Depth.Everything);
        json.Overall(result.Overall.Score, result.Overall.Band, result.Overall.IsProvisional);
        json.Number("alpha", result.Alpha);
        json.Array("areas", result.Areas, Area);
        json.Array("questions", result.Questions, (j, question) =>
        {
            j.WriteString("question", question.Question.Key);
            j.Choice("answer", question.Answer.Choice);
            j.WriteString("stance", question.Answer.Stance?.Word());
            j.WriteBoolean("agreed", question.Answer.IsAgreed);
            j.WriteStartArray("levelsGiven");
            foreach (var level in question.Answer.LevelsGiven) j.WriteNumberValue(level);
            j.WriteEndArray();
            j.WriteNumber("dontKnow", question.Answer.DontKnow);
            j.Number("mean", question.Agreement.Mean);
            j.Number("consensus", question.Agreement.Consensus);
            j.Number("averageDeviation", question.Agreement.AverageDeviation);
        });
        json.Array("findings", result.Findings, Finding);
    }

    private static void Released(Utf8JsonWriter json, ReleasedPart part)
    {
        var partner = part.Release;
        json.Whose(partner.Organisation, part.Round, part.Instrument, part.Stage, partner.Depth);
        if (partner.IsWithdrawn) json.WriteBoolean("withdrawn", true);
        if (partner.Overall is not { } overall) return;
        json.Overall(overall.Score, overall.Band, overall.IsProvisional);
        if (partner.Result is not { } result)
        {
            json.Array("areas", partner.Areas, (j, area) =>
            {
                j.WriteString("area", area.Area.Key);
                j.Score(area.Result.Score);
                j.WriteString("band", area.Result.Band?.Key);
                j.WriteBoolean("provisional", area.Result.IsProvisional);
            });
            return;
        }
        json.Array("areas", result.Areas, Area);
        json.Array("questions", result.Questions, (j, question) =>
        {
            j.WriteString("question", question.Question.Key);
            j.Choice("answer", question.Answer.Choice);
            j.WriteString("stance", question.Answer.Stance?.Word());
        });
        json.Array("findings", result.Findings, Finding);
    }

    private static void Area(Utf8JsonWriter json, AreaResult area)
    {
        json.WriteString("area", area.Area.Key);
        json.Score(area.Score);
        json.WriteString("band", area.Band?.Key);
        json.WriteString("uncappedBand", area.UncappedBand?.Key);
        json.WriteString("capReason", area.CapReason?.Word());
        json.WriteBoolean("provisional", area.IsProvisional);
        json.Array("themes", area.Themes, (j, theme) =>
        {
            j.WriteString("theme", theme.Theme.Key);
            j.Score(theme.Score);
        });
    }

    private static void Finding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("kind", finding.Kind.Word());
        json.WriteString("question", finding.Result.Question.Key);
    }

    private static void Comparison(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteString("round", comparison.Round);
        json.Texts("organisations", comparison.Organisations);
        json.Array("questions", comparison.Questions, (j, question) =>
        {
            j.WriteString("question", question.Question.Key);
            j.WriteStartObject("levels");
            foreach (var (organisation, result) in question.Answers) j.Choice(organisation, result.Answer.Choice);
            j.WriteEndObject();
            j.Number("spread", question.Spread);
            j.WriteString("category", question.Category.Word());
            j.WriteNumber("priority", question.Priority);
            j.Texts("redLines", question.RedLines);
        });
    }

    private static void Trend(Utf8JsonWriter json, Trend trend) => Trend(json, trend.Later.Organisation, trend);

    private static void Trend(Utf8JsonWriter json, string organisation, Trend trend)
    {
        json.WriteString("organisation", organisation);
        json.WriteString("from", trend.Earlier.Round);
        json.WriteString("to", trend.Later.Round);
        json.Array("areas", trend.Areas, (j, area) =>
        {
            j.WriteString("area", area.Area.Key);
            j.WriteNumber("matched", area.Matched);
            j.Number("change", area.Change);
            j.Number("rawChange", area.RawChange);
        });
        json.Array("questions", trend.Questions, (j, question) =>
        {
            j.WriteString("question", question.Question.Key);
            j.WriteNumber("from", question.From);
            j.WriteNumber("to", question.To);
            j.WriteNumber("change", question.Change);
        });
        json.Keys("gatesCleared", trend.GatesCleared);
        json.Keys("gatesBroken", trend.GatesBroken);
    }

    private static void Fit(Utf8JsonWriter json, Fit fit)
    {
        json.WriteString("round", fit.Candidate.Round);
        json.WriteString("candidate", fit.Candidate.Organisation);
        json.Texts("members", fit.Members.Select(m => m.Organisation));
        json.Array("areas", fit.Areas, (j, area) =>
        {
            j.WriteString("area", area.Area.Key);
            j.Number("floorBefore", area.FloorBefore);
            j.Number("floorAfter", area.FloorAfter);
        });
        json.Array("questions", fit.Questions, (j, question) =>
        {
            j.WriteString("question", question.Question.Key);
            j.WriteNumber("candidate", question.Candidate);
            j.WriteNumber("floor", question.Floor);
            j.WriteNumber("ceiling", question.Ceiling);
            j.WriteString("kind", question.Kind.Word());
        });
        json.Keys("candidateGates", fit.CandidateGates);
        json.Keys("memberGates", fit.MemberGates);
    }

    private static void Whose(this Utf8JsonWriter json, string organisation, string? round, Instrument? instrument, string? stage, Depth depth)
    {
        json.WriteString("organisation", organisation);
        if (round is not null) json.WriteString("round", round);
        if (instrument is not null)
        {
            json.WriteStartObject("instrument");
            json.WriteString("id", instrument.Id);
            json.WriteString("version", instrument.Version);
            json.WriteEndObject();
            json.WriteString("stage", stage);
        }
        json.WriteString("depth", depth.Word());
    }

    private static void Overall(this Utf8JsonWriter json, Score score, Band? band, bool isProvisional)
    {
        json.WriteStartObject("overall");
        json.Score(score);
        json.WriteString("band", band?.Key);
        json.WriteBoolean("provisional", isProvisional);
        json.WriteEndObject();
    }

    private static void Score(this Utf8JsonWriter json, Score score)
    {
        json.Number("score", score.Value);
        json.Number("low", score.Low);
        json.Number("high", score.High);
        json.Number("coverage", score.Coverage);
    }

    private static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Keys(this Utf8JsonWriter json, string name, IEnumerable<Question> questions) => json.Texts(name, questions.Select(q => q.Key));

    private static void Number(this Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static void Choice(this Utf8JsonWriter json, string name, Choice? choice)
    {
        if (choice?.Level is { } level) json.WriteNumber(name, level);
        else json.WriteString(name, choice?.ToString());
    }
}

using System.Globalization;
using System.Text;

namespace Rasp.Readiness.Tests;

/// <summary>Random instruments and answers, and the texts in which people would hand them in.</summary>
internal static class Generated
{
    private static readonly string[] Rounds = ["2025-12", "2026-01", "2026-07", "B", "a round, \"so\" called"];
    private static readonly string[] Organisations =
        ["Powys", "powys", "Ynys Môn", "Torfaen, \"the\" county", "=Sum", "'Quoted", "two\nlines", "@"];
    private static readonly string[] Respondents = ["p1", "p2", "p3", "P1", "-p", "p,6", "ä", "p8", "p9", "p10", "p11", "p12"];
    private static readonly string[] Stages = ["explore", "deliver", "run"];
    private static readonly string[] Notes =
        ["", "", "plain", "a, b", "she said \"no\"", "two\r\nlines", "two\nlines", "old\rMac", "=1+1", "+1", "-1", "@x", "'quoted'", "\"", "'", "ŵ 🙂"];

    /// <summary>A whole call of the scorer.</summary>
    public static Drawn<PlainCase> Cases { get; } = new(Case);

    /// <summary>One organisation in one round.</summary>
    public static Drawn<PlainCase> Single { get; } = new(d => Case(d, mostRounds: 1, mostOrganisations: 1));

    /// <summary>Trimmed texts, the awkward ones above all.</summary>
    public static Drawn<string> Texts { get; } = new(d =>
    {
        var text = new StringBuilder();
        for (var count = d.Int(0, 6); count > 0; count--)
        {
            text.Append(d.Of("a", "é", "🙂", "=", "+", "-", "@", "'", "\"", ",", ";", "\n", "\r", "\r\n", "\t", " ", "''", "0"));
        }
        // Cells are trimmed, so what begins or ends with white space can't come back; only a first tab or CR has a guard of its own.
        var trimmed = text.ToString().Trim();
        return trimmed.Length > 0 && d.Chance(20) ? d.Of("\t", "\r") + trimmed : trimmed;
    });

    private static PlainCase Case(Draw d) => Case(d, mostRounds: 4, mostOrganisations: 5);

    private static PlainCase Case(Draw d, int mostRounds, int mostOrganisations)
    {
        var levels = d.Of(5, 5, d.Int(2, 10));
        var instruments = Enumerable.Range(1, d.Of(1, 1, 2, 3)).Select(version => Instrument(d, $"1.{version}", d.Chance(90) ? levels : d.Int(2, 10))).ToList();
        var rounds = new Dictionary<string, PlainRound>();
        var organisations = d.Some(Organisations, d.Of(1, Math.Min(2, mostOrganisations)), Math.Min(mostOrganisations, d.Of(2, 3, 5)));
        var answers = new List<PlainAnswer>();
        foreach (var name in d.Some(Rounds, 1, Math.Min(mostRounds, d.Of(1, 2, 2, 4))))
        {
            var instrument = instruments[d.Int(0, instruments.Count - 1)];
            rounds[name] = new(instrument, instrument.Stages.Count > 0 && d.Chance(60) ? instrument.Stages[d.Int(0, instrument.Stages.Count - 1)] : null);
            foreach (var organisation in organisations.Where(_ => d.Chance(92))) answers.AddRange(Answers(d, instrument, organisation, name));
        }
        return new(rounds, answers, d.Chance(50) ? organisations[0] : null);
    }

    private static PlainInstrument Instrument(Draw d, string version, int levels)
    {
        var stages = d.Some(Stages, 0);
        var froms = Enumerable.Range(0, d.Int(0, 5))
            .Select(_ => d.Of(25.0, 50, 75, 100, 33.3, d.Int(1, 100), 100.0 * d.Int(1, 9) / 9, 12.5)).Append(0).Distinct().Order();
        return new(
            d.Of("rasp", "other-2"),
            version,
            levels,
            [.. froms.Select((from, i) => new PlainBand($"band-{i}", from))],
            new(
                d.Of(2, 2, 1.0, 0, 2.5, 11),
                d.Of(4, 4, 3.0, 5, 3.5, 12),
                d.Of(0.8, 0.5, 1, 0, 0.75),
                d.Of(0.6, 0.6, 1, 0, 0.434),
                d.Of(2, 2, 1.0, 3, 0, 10)),
            stages,
            [.. d.Some(["a", "b", "c-1", "4"], 1, d.Of(2, 3, 4)).Select(area => new PlainArea(
                area,
                Weight(d),
                [.. d.Some(["t", "u", "v"], d.Of(0, 1, 1), d.Of(1, 2, 3)).Select(theme => new PlainTheme(
                    theme,
                    [.. d.Some(["q1", "q2", "q3"], d.Of(0, 1, 1, 2)).Select(question => new PlainQuestion(
                        question,
                        Weight(d),
                        d.Chance(35) ? d.Int(1, levels) : null,
                        d.Of(1, 1, 1, 2),
                        stages.Count > 0 && d.Chance(40) ? d.Some(stages, 1) : []))]))]))]);
    }

    private static double Weight(Draw d) => d.Of(1, 1, 1, 0.1, 1e-3, 7.25, 2, 3, 0.3, 0.35);

    private static IEnumerable<PlainAnswer> Answers(Draw d, PlainInstrument instrument, string organisation, string round)
    {
        var questions = Keys(instrument).ToList();
        var (skips, dontKnows, notApplicables) = (d.Of(0, 10, 60), d.Of(0, 10, 40), d.Of(0, 10, 40));
        var respondents = d.Some(Respondents, d.Of(0, 1, 1, 3), d.Of(3, 3, 5, 12));
        if (d.Chance(40)) respondents.Add("agreed");
        foreach (var respondent in respondents)
        {
            foreach (var question in questions)
            {
                if (d.Chance(respondent == "agreed" ? 60 : skips)) continue;
                var answer = d.Chance(dontKnows) ? "dk" : d.Chance(notApplicables) ? "na" : d.Int(1, instrument.Levels).ToString(CultureInfo.InvariantCulture);
                var stance = d.Of("", "", "open", "negotiable", "fixed");
                yield return new(organisation, round, respondent, question, answer, stance, d.Of<string>(Notes), d.Of("", "", "minutes", "=A1", "a\nb"));
            }
        }
    }

    public static IEnumerable<string> Keys(PlainInstrument instrument) =>
        from area in instrument.Areas from theme in area.Themes from question in theme.Questions select $"{area.Key}.{theme.Key}.{question.Key}";

    // Texts. The style in which a text is written is drawn from a random generator of its own: it must not change what is read.

    /// <summary>The instrument's files by name; <c>instrument.yaml</c> is among them.</summary>
    public static Dictionary<string, string> Yaml(PlainInstrument i, Random style)
    {
        var files = new Dictionary<string, string>();
        var main = new StringBuilder();
        var t = i.Thresholds;
        main.Append(CultureInfo.InvariantCulture, $"""
            # An instrument that nobody wrote.
            id: {i.Id}
            version: {(style.Next(2) == 0 ? i.Version : $"'{i.Version}'")}
            title: "Generated: with a colon"
            levels: [{string.Join(", ", Enumerable.Range(1, i.Levels).Select(l => $"Level {l}"))}]
            bands:

            """);
        foreach (var band in i.Bands)
        {
            main.Append(style.Next(2) == 0
                ? $"  - {{ key: {band.Key}, name: Band, from: {Number(band.From, style)} }}\n"
                : $"  - from: {Number(band.From, style)}\n    key: {band.Key}\n    name: Band\n");
        }
        if (t != new PlainThresholds() || style.Next(2) == 0)
        {
            main.Append(CultureInfo.InvariantCulture, $"thresholds: {{ weakAtMost: {t.WeakAtMost}, splitBelowConsensus: {t.SplitBelowConsensus}, ");
            if (t.DifferenceAtLeast != 2 || style.Next(2) == 0) main.Append(CultureInfo.InvariantCulture, $"differenceAtLeast: {t.DifferenceAtLeast}, ");
            main.Append(CultureInfo.InvariantCulture, $"provisionalBelowCoverage: {t.ProvisionalBelowCoverage}, strongAtLeast: {t.StrongAtLeast} }}\n");
        }
        if (i.Stages.Count > 0 || style.Next(2) == 0) main.Append($"stages: [{string.Join(", ", i.Stages.Select(s => $"{{ key: {s}, name: Stage }}"))}]\n");
        main.Append("areas:\n");
        foreach (var area in i.Areas)
        {
            var text = Yaml(area, i, style);
            if (style.Next(3) == 0)
            {
                files[$"{area.Key}.yaml"] = text;
                main.Append($"  - {area.Key}.yaml\n");
            }
            else
            {
                main.Append("  - " + text.TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal) + "\n");
            }
        }
        files["instrument.yaml"] = main.ToString();
        foreach (var (name, text) in files)
        {
            var ended = style.Next(3) == 0 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
            files[name] = style.Next(4) == 0 ? "\uFEFF" + ended : ended;
        }
        return files;
    }

    private static string Yaml(PlainArea area, PlainInstrument i, Random style)
    {
        var yaml = new StringBuilder($"key: {Key(area.Key)}\nname: Area\n");
        if (area.Weight != 1 || style.Next(2) == 0) yaml.Append($"weight: {Number(area.Weight, style)}\n");
        if (style.Next(2) == 0) yaml.Append("summary: >\n  Folded\n  text\n");
        yaml.Append(area.Themes.Count == 0 ? "themes: []\n" : "themes:\n");
        foreach (var theme in area.Themes)
        {
            yaml.Append($"  - key: {Key(theme.Key)}\n    name: Theme\n    questions:{(theme.Questions.Count == 0 ? " []" : "")}\n");
            foreach (var q in theme.Questions)
            {
                yaml.Append($"      - key: {q.Key}\n        text: \"{q.Key}?\"\n        about: {(style.Next(2) == 0 ? "organisation" : "partnership")}\n");
                if (q.Weight != 1 || style.Next(2) == 0) yaml.Append($"        weight: {Number(q.Weight, style)}\n");
                if (q.Gate is { } gate) yaml.Append(CultureInfo.InvariantCulture, $"        gate: {gate}\n");
                if (q.Revision != 1 || style.Next(2) == 0) yaml.Append(CultureInfo.InvariantCulture, $"        revision: {q.Revision}\n");
                if (q.Stages is { Count: > 0 }) yaml.Append($"        stages: [{string.Join(", ", q.Stages)}]\n");
                yaml.Append("        levels:\n");
                for (var level = 1; level <= i.Levels; level++) yaml.Append(CultureInfo.InvariantCulture, $"          - It is so at {level}.\n");
                if (style.Next(3) == 0) yaml.Append("        actions: [{ upTo: 1, do: Something }]\n        evidence: [Minutes]\n");
            }
        }
        return yaml.ToString();

        // A key such as 4 is a text, in quotes or without.
        string Key(string key) => style.Next(2) == 0 ? key : $"\"{key}\"";
    }

    private static string Number(double number, Random style)
    {
        var plain = number.ToString("0.##################", CultureInfo.InvariantCulture);
        if (double.Parse(plain, CultureInfo.InvariantCulture) != number) return number.ToString("R", CultureInfo.InvariantCulture);
        return style.Next(4) == 0 ? number.ToString("E16", CultureInfo.InvariantCulture) : plain;
    }

    /// <summary>The answers in one to three files.</summary>
    public static List<string> Csv(IReadOnlyList<PlainAnswer> answers, Random style)
    {
        var files = new List<StringBuilder>();
        var columnsOf = new List<string[]>();
        for (var f = style.Next(3); f >= 0; f--)
        {
            var columns = new List<string> { "organisation", "round", "respondent", "question", "answer" };
            if (answers.Any(a => a.Stance.Length > 0)) columns.Add("stance");
            if (answers.Any(a => a.Evidence.Length > 0)) columns.Add("evidence");
            if (style.Next(3) > 0) columns.AddRange(["note", "role"]);
            columnsOf.Add([.. columns.OrderBy(_ => style.Next())]);
            files.Add(new(string.Join(',', columnsOf[^1])));
        }
        foreach (var a in answers)
        {
            var f = style.Next(files.Count);
            files[f].Append(LineEnd()).Append(string.Join(',', columnsOf[f].Select(c => Cell(c switch
            {
                "organisation" => a.Organisation,
                "round" => a.Round,
                "respondent" => a.Respondent,
                "question" => a.Question,
                "answer" => a.Answer,
                "stance" => a.Stance,
                "evidence" => a.Evidence,
                "note" => a.Note,
                _ => "finance",
            }))));
        }
        return [.. files.Select(f => (style.Next(3) == 0 ? "\uFEFF" : "") + f + (style.Next(2) == 0 ? LineEnd() : ""))];

        string LineEnd() => style.Next(6) switch { 0 => "\n", 1 => "\r\n\r\n", 2 => "\r", _ => "\r\n" };
        string Cell(string text)
        {
            var isFormula = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal);
            var guarded = text.StartsWith('\'') || (isFormula && style.Next(2) == 0) ? "'" + text : text;
            var padded = style.Next(8) == 0 ? $" {guarded} " : guarded;
            return padded.AsSpan().IndexOfAny("\",\r\n") >= 0 || style.Next(8) == 0 ? $"\"{padded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : padded;
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Rasp.Readiness.Tests;

/// <summary>
/// A second, naive scorer, written from scoring.md and contract.md alone, sentence by sentence and without a thought for speed.
/// It shares nothing with the core: where the two disagree, one of them has misread the pages.
/// </summary>
internal static class Reference
{
    /// <summary>"It counts as having reached it from 1e-9 below."</summary>
    private const double Below = 1e-9;

    private static readonly string[] FindingKinds =
        ["show-stopper", "unknown-show-stopper", "weak-point", "blind-spot", "split", "claimed", "strength"];

    public static JsonObject Document(PlainCase given)
    {
        var assessments = given.Answers
            .GroupBy(a => (a.Round, a.Organisation))
            .OrderBy(g => g.Key.Round, StringComparer.Ordinal).ThenBy(g => g.Key.Organisation, StringComparer.Ordinal)
            .Select(g => new Assessment(g.Key.Organisation, g.Key.Round, given.Rounds[g.Key.Round], [.. g]))
            .ToList();
        return new JsonObject
        {
            ["assessments"] = List(assessments, AssessmentDocument),
            ["comparisons"] = List(assessments.GroupBy(a => a.Round).Where(g => g.Count() >= 2), g => ComparisonDocument([.. g])),
            ["trends"] = List(
                assessments.GroupBy(a => a.Organisation).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g.Zip(g.Skip(1))),
                pair => TrendDocument(pair.First, pair.Second)),
            ["fits"] = List(
                assessments.GroupBy(a => a.Round).Where(g => g.Any(a => a.Organisation == given.Candidate) && g.Count() >= 2),
                g => FitDocument(g.Single(a => a.Organisation == given.Candidate), [.. g.Where(a => a.Organisation != given.Candidate)])),
        };
    }

    /// <summary>Krippendorff's alpha, ordinal: one less the mean difference of pairs within units over that of pairs of any values.</summary>
    public static double? Alpha(IEnumerable<IReadOnlyList<int>> levelsByUnit)
    {
        var units = levelsByUnit.Where(u => u.Count >= 2).ToList();
        var values = units.SelectMany(u => u).ToList();
        var number = values.CountBy(v => v).ToDictionary();
        double n = values.Count;
        var observed = units.Sum(u => Pairs(u).Sum(p => Difference(p.A, p.B)) / (u.Count - 1)) / n;
        var expected = number.Sum(c => number.Sum(k => c.Value * k.Value * Difference(c.Key, k.Key))) / (n * (n - 1));
        return values.Count == 0 || expected == 0 ? null : 1 - (observed / expected);

        double Difference(int c, int k)
        {
            var between = Enumerable.Range(Math.Min(c, k), Math.Abs(c - k) + 1).Sum(g => number.GetValueOrDefault(g));
            return Math.Pow(between - ((number[c] + number[k]) / 2.0), 2);
        }

        static IEnumerable<(int A, int B)> Pairs(IReadOnlyList<int> of) =>
            from i in Enumerable.Range(0, of.Count) from j in Enumerable.Range(0, of.Count) where i != j select (of[i], of[j]);
    }

    // § 1

    /// <summary>Level, "dk", "na" or null for unanswered.</summary>
    private static object? Collective(Assessment a, Asked q) => a.Once(("collective", q.Key), () => CollectiveOf(a, q));

    private static object? CollectiveOf(Assessment a, Asked q)
    {
        if (a.AgreedAnswer(q) is { } agreed) return Value(agreed);
        var answers = a.RespondentsAnswers(q).Select(Value).ToList();
        var levels = answers.OfType<int>().Order().ToList();
        if (levels.Count > 0) return levels[(int)Math.Floor((levels.Count - 1) / 2.0)];
        if (answers.Contains("dk")) return "dk";
        if (answers.Contains("na")) return "na";
        return null;
    }

    private static string? CollectiveStance(Assessment a, Asked q)
    {
        if (a.AgreedAnswer(q) is { Stance: not "" } agreed) return agreed.Stance;
        var given = a.RespondentsAnswers(q).Select(r => r.Stance).ToList();
        return new[] { "fixed", "negotiable", "open" }.FirstOrDefault(given.Contains);
    }

    private static bool IsInScope(Assessment a, Asked q) =>
        a.Stage == null || q.Question.Stages is not { Count: > 0 } stages || stages.Contains(a.Stage);

    private static bool IsApplicable(Assessment a, Asked q) => IsInScope(a, q) && Collective(a, q) is not "na";

    private static bool IsRated(Assessment a, Asked q) => IsApplicable(a, q) && Collective(a, q) is int;

    private static int Level(Assessment a, Asked q) => (int)Collective(a, q)!;

    private static object Value(PlainAnswer answer) =>
        answer.Answer is "dk" or "na" ? answer.Answer : int.Parse(answer.Answer, CultureInfo.InvariantCulture);

    // § 2

    private static double Points(int level, int levels) => 100.0 * (level - 1) / (levels - 1);

    private static Numbers Score(Assessment a, IReadOnlyList<Asked> questions)
    {
        double Sum(Func<Asked, bool> over, Func<Asked, double> what) => questions.Where(over).Sum(what);
        bool Rated(Asked q) => IsRated(a, q);
        bool Applicable(Asked q) => IsApplicable(a, q);
        double W(Asked q) => q.Question.Weight;
        double S(Asked q, double otherwise) => IsRated(a, q) ? Points(Level(a, q), a.Levels) : otherwise;
        var anyRated = questions.Any(Rated);
        var anyApplicable = questions.Any(Applicable);
        return new(
            anyRated ? Sum(Rated, q => W(q) * S(q, 0)) / Sum(Rated, W) : null,
            anyApplicable ? Sum(Applicable, q => W(q) * S(q, 0)) / Sum(Applicable, W) : null,
            anyApplicable ? Sum(Applicable, q => W(q) * S(q, 100)) / Sum(Applicable, W) : null,
            anyApplicable ? Sum(Rated, W) / Sum(Applicable, W) : null);
    }

    private static Numbers ThemeScore(Assessment a, PlainArea area, PlainTheme theme) =>
        Score(a, [.. a.Questions.Where(q => q.Area == area.Key && q.Theme == theme.Key)]);

    private static Numbers AreaScore(Assessment a, PlainArea area) =>
        (Numbers)a.Once(("area", area.Key), () => Score(a, [.. a.Questions.Where(q => q.Area == area.Key)]))!;

    private static Numbers OverallScore(Assessment a)
    {
        return new(Mean(n => n.Score), Mean(n => n.Low), Mean(n => n.High), Mean(n => n.Coverage));

        double? Mean(Func<Numbers, double?> of)
        {
            var those = a.Instrument.Areas.Where(area => of(AreaScore(a, area)) != null).ToList();
            return those.Count == 0 ? null : those.Sum(area => area.Weight * of(AreaScore(a, area))!.Value) / those.Sum(area => area.Weight);
        }
    }

    // § 3

    private static bool GateUnmet(Assessment a, Asked q) => q.Question.Gate is { } gate && IsRated(a, q) && Level(a, q) < gate;

    private static bool GateUnknown(Assessment a, Asked q) => q.Question.Gate != null && IsApplicable(a, q) && !IsRated(a, q);

    /// <summary>The area's bands as places in the instrument's list.</summary>
    private static (int? Band, int? Uncapped, string? Reason) Bands(Assessment a, PlainArea area)
    {
        var bands = a.Instrument.Bands;
        var questions = a.Questions.Where(q => q.Area == area.Key).ToList();
        int? cap = null;
        string? reason = null;
        if (questions.Any(q => GateUnmet(a, q))) (cap, reason) = (0, "gate-unmet");
        else if (questions.Any(q => GateUnknown(a, q))) (cap, reason) = (Math.Max(0, bands.Count - 2), "gate-unknown");
        if (AreaScore(a, area).Score is not { } score) return (null, null, reason);
        var uncapped = Enumerable.Range(0, bands.Count).Last(i => i == 0 || bands[i].From - Below <= score);
        return (cap is { } c && c < uncapped ? c : uncapped, uncapped, reason);
    }

    private static bool IsProvisional(Assessment a, PlainArea area) =>
        AreaScore(a, area).Coverage is not { } coverage || coverage < a.Thresholds.ProvisionalBelowCoverage - Below;

    // § 4

    private static List<int> LevelsGiven(Assessment a, Asked q) => [.. a.RespondentsAnswers(q).Select(Value).OfType<int>().Order()];

    private static (double? Mean, double? Consensus, double? AverageDeviation) Agreement(Assessment a, Asked q)
    {
        var levels = LevelsGiven(a, q);
        double n = levels.Count;
        if (n < 2) return (null, null, null);
        var mean = levels.Sum() / n;
        var consensus = 1.0;
        for (var x = 1; x <= a.Levels; x++)
        {
            var share = levels.Count(l => l == x) / n;
            if (share > 0) consensus += share * Math.Log2(1 - (Math.Abs(x - mean) / (a.Levels - 1)));
        }
        return (mean, consensus, levels.Sum(l => Math.Abs(l - mean)) / n);
    }

    private static double? Alpha(Assessment a) => Alpha(a.Questions.Where(q => IsInScope(a, q)).Select(q => LevelsGiven(a, q)));

    // § 5

    private static bool Has(Assessment a, Asked q, string kind)
    {
        var t = a.Thresholds;
        var respondents = a.RespondentsAnswers(q);
        var isAgreed = a.AgreedAnswer(q) != null;
        return kind switch
        {
            "show-stopper" => GateUnmet(a, q),
            "unknown-show-stopper" => GateUnknown(a, q),
            "weak-point" => IsRated(a, q) && Level(a, q) <= t.WeakAtMost && !GateUnmet(a, q),
            "blind-spot" => (Collective(a, q) is "dk"
                    || (!isAgreed && respondents.Count > 0 && 3 * respondents.Count(r => r.Answer == "dk") >= respondents.Count))
                && !GateUnknown(a, q),
            "split" => !isAgreed && LevelsGiven(a, q).Count >= 3 && Agreement(a, q).Consensus < t.SplitBelowConsensus - Below,
            "claimed" => IsRated(a, q) && Level(a, q) >= t.StrongAtLeast
                && respondents.All(r => r.Evidence.Length == 0) && (a.AgreedAnswer(q)?.Evidence ?? "").Length == 0,
            "strength" => IsRated(a, q) && Level(a, q) >= t.StrongAtLeast && !GateUnmet(a, q),
            _ => throw new ArgumentException(kind),
        };
    }

    private static JsonObject AssessmentDocument(Assessment a)
    {
        var overall = OverallScore(a);
        var areaBands = a.Instrument.Areas.Select(area => Bands(a, area).Band).ToList();
        var inScope = a.Questions.Where(q => IsInScope(a, q)).ToList();
        return new JsonObject
        {
            ["organisation"] = a.Organisation,
            ["round"] = a.Round,
            ["instrument"] = new JsonObject { ["id"] = a.Instrument.Id, ["version"] = a.Instrument.Version },
            ["stage"] = a.Stage,
            ["depth"] = "everything",
            ["overall"] = new JsonObject
            {
                ["score"] = overall.Score,
                ["low"] = overall.Low,
                ["high"] = overall.High,
                ["coverage"] = overall.Coverage,
                ["band"] = BandKey(a, areaBands.Min()),
                ["provisional"] = a.Instrument.Areas.Any(area => IsProvisional(a, area)) || areaBands.Any(b => b == null),
            },
            ["alpha"] = Alpha(a),
            ["areas"] = List(a.Instrument.Areas, area =>
            {
                var score = AreaScore(a, area);
                var (band, uncapped, reason) = Bands(a, area);
                return new JsonObject
                {
                    ["area"] = area.Key,
                    ["score"] = score.Score,
                    ["low"] = score.Low,
                    ["high"] = score.High,
                    ["coverage"] = score.Coverage,
                    ["band"] = BandKey(a, band),
                    ["uncappedBand"] = BandKey(a, uncapped),
                    ["capReason"] = reason,
                    ["provisional"] = IsProvisional(a, area),
                    ["themes"] = List(area.Themes, theme =>
                    {
                        var themeScore = ThemeScore(a, area, theme);
                        return new JsonObject
                        {
                            ["theme"] = theme.Key,
                            ["score"] = themeScore.Score,
                            ["low"] = themeScore.Low,
                            ["high"] = themeScore.High,
                            ["coverage"] = themeScore.Coverage,
                        };
                    }),
                };
            }),
            ["questions"] = List(inScope, q =>
            {
                var (mean, consensus, averageDeviation) = Agreement(a, q);
                return new JsonObject
                {
                    ["question"] = q.Key,
                    ["answer"] = AnswerNode(Collective(a, q)),
                    ["stance"] = CollectiveStance(a, q),
                    ["agreed"] = a.AgreedAnswer(q) != null,
                    ["levelsGiven"] = List(LevelsGiven(a, q), l => JsonValue.Create(l)),
                    ["dontKnow"] = a.RespondentsAnswers(q).Count(r => r.Answer == "dk"),
                    ["mean"] = mean,
                    ["consensus"] = consensus,
                    ["averageDeviation"] = averageDeviation,
                };
            }),
            ["findings"] = List(
                FindingKinds.SelectMany(kind => inScope.Where(q => Has(a, q, kind)).Select(q => (kind, q))),
                f => new JsonObject { ["kind"] = f.kind, ["question"] = f.q.Key }),
        };

        static string? BandKey(Assessment a, int? place) => place is { } i ? a.Instrument.Bands[i].Key : null;
    }

    // § 6

    private static JsonObject ComparisonDocument(IReadOnlyList<Assessment> all)
    {
        var compared = all[0].Questions
            .Where(q => all.Count(a => IsApplicable(a, q)) >= 2)
            .Select(q => (Exactly: PriorityExactly(q), Document: Compare(q)))
            .OrderByDescending(c => c.Exactly); // stable: equal priorities stay in the instrument's order
        return new JsonObject
        {
            ["round"] = all[0].Round,
            ["organisations"] = List(all, a => JsonValue.Create(a.Organisation)),
            ["questions"] = List(compared, c => c.Document),
        };

        IEnumerable<Assessment> Applicable(Asked q) => all.Where(a => IsApplicable(a, q));
        List<int> Levels(Asked q) => [.. Applicable(q).Where(a => IsRated(a, q)).Select(a => Level(a, q))];
        int? Spread(Asked q) => Levels(q) is { Count: >= 2 } levels ? levels.Max() - levels.Min() : null;
        IEnumerable<Assessment> RedLines(Asked q) => Applicable(q).Where(a => CollectiveStance(a, q) == "fixed");

        string Category(Asked q)
        {
            var levels = Levels(q);
            var t = all[0].Thresholds;
            if (all.Any(a => GateUnmet(a, q))) return "show-stopper";
            if (levels.Count < 2) return "blind-spot";
            if (Spread(q) >= t.DifferenceAtLeast) return "difference";
            if (levels.All(l => l <= t.WeakAtMost)) return "shared-weakness";
            if (Applicable(q).Any(a => !IsRated(a, q))) return "blind-spot";
            if (levels.All(l => l >= t.StrongAtLeast)) return "shared-strength";
            return "mixed";
        }

        double Priority(Asked q)
        {
            var w = q.Question.Weight;
            var m = Levels(q).DefaultIfEmpty(1).Min();
            var u = Applicable(q).Count(a => !IsRated(a, q));
            return (w * (Math.Max(0, all[0].Thresholds.StrongAtLeast - m) + (Spread(q) ?? 0)))
                + (Category(q) == "show-stopper" ? all[0].Levels : 0)
                + (0.5 * w * u)
                + (RedLines(q).Count() >= 2 ? 2 * w : 0);
        }

        // 0.1 * 3 and 0.3 * 1 are equal priorities, though not as doubles. Decimals tell what is equal, and so what the order is.
        decimal PriorityExactly(Asked q)
        {
            var w = (decimal)q.Question.Weight;
            var m = Levels(q).DefaultIfEmpty(1).Min();
            var u = Applicable(q).Count(a => !IsRated(a, q));
            return (w * (Math.Max(0, (decimal)all[0].Thresholds.StrongAtLeast - m) + (Spread(q) ?? 0)))
                + (Category(q) == "show-stopper" ? all[0].Levels : 0)
                + (0.5m * w * u)
                + (RedLines(q).Count() >= 2 ? 2 * w : 0);
        }

        JsonObject Compare(Asked q)
        {
            var levels = new JsonObject();
            foreach (var a in Applicable(q)) levels[a.Organisation] = AnswerNode(Collective(a, q));
            return new JsonObject
            {
                ["question"] = q.Key,
                ["levels"] = levels,
                ["spread"] = Spread(q),
                ["category"] = Category(q),
                ["priority"] = Priority(q),
                ["redLines"] = List(RedLines(q), a => JsonValue.Create(a.Organisation)),
            };
        }
    }

    // § 7

    private static JsonObject TrendDocument(Assessment earlier, Assessment later)
    {
        // A question is taken with the later instrument's weight and gate, its earlier level is read from the earlier assessment.
        var matched = (
            from after in later.Questions
            from before in earlier.Questions
            where before.Key == after.Key && before.Question.Revision == after.Question.Revision
            where IsRated(earlier, before) && IsRated(later, after)
            select (After: after, From: Level(earlier, before), To: Level(later, after))).ToList();
        return new JsonObject
        {
            ["organisation"] = later.Organisation,
            ["from"] = earlier.Round,
            ["to"] = later.Round,
            ["areas"] = List(later.Instrument.Areas, area =>
            {
                var those = matched.Where(m => m.After.Area == area.Key).ToList();
                var scoreBefore = earlier.Instrument.Areas.Where(x => x.Key == area.Key).Select(x => AreaScore(earlier, x).Score).SingleOrDefault();
                return new JsonObject
                {
                    ["area"] = area.Key,
                    ["matched"] = those.Count,
                    ["change"] = those.Count == 0 ? null : Weighted(those, m => Points(m.To, later.Levels)) - Weighted(those, m => Points(m.From, earlier.Levels)),
                    ["rawChange"] = AreaScore(later, area).Score - scoreBefore,
                };
            }),
            ["questions"] = List(matched, m => new JsonObject
            {
                ["question"] = m.After.Key,
                ["from"] = m.From,
                ["to"] = m.To,
                ["change"] = m.To - m.From,
            }),
            ["gatesCleared"] = List(
                matched.Where(m => m.From < m.After.Question.Gate && m.To >= m.After.Question.Gate), m => JsonValue.Create(m.After.Key)),
            ["gatesBroken"] = List(
                matched.Where(m => m.From >= m.After.Question.Gate && m.To < m.After.Question.Gate), m => JsonValue.Create(m.After.Key)),
        };

        static double Weighted(List<(Asked After, int From, int To)> of, Func<(Asked After, int From, int To), double> what) =>
            of.Sum(m => m.After.Question.Weight * what(m)) / of.Sum(m => m.After.Question.Weight);
    }

    // § 8

    private static JsonObject FitDocument(Assessment candidate, IReadOnlyList<Assessment> members)
    {
        var questions = candidate.Questions
            .Where(q => IsRated(candidate, q) && members.Any(m => IsRated(m, q)))
            .Select(q =>
            {
                var levels = members.Where(m => IsRated(m, q)).Select(m => Level(m, q)).ToList();
                return (Asked: q, Candidate: Level(candidate, q), Floor: levels.Min(), Ceiling: levels.Max());
            }).ToList();
        return new JsonObject
        {
            ["round"] = candidate.Round,
            ["candidate"] = candidate.Organisation,
            ["members"] = List(members, m => JsonValue.Create(m.Organisation)),
            ["areas"] = List(candidate.Instrument.Areas, area =>
            {
                var those = questions.Where(q => q.Asked.Area == area.Key).ToList();
                double? Floor(Func<(Asked Asked, int Candidate, int Floor, int Ceiling), int> level) => those.Count == 0
                    ? null
                    : those.Sum(q => q.Asked.Question.Weight * Points(level(q), candidate.Levels)) / those.Sum(q => q.Asked.Question.Weight);
                return new JsonObject
                {
                    ["area"] = area.Key,
                    ["floorBefore"] = Floor(q => q.Floor),
                    ["floorAfter"] = Floor(q => Math.Min(q.Floor, q.Candidate)),
                };
            }),
            ["questions"] = List(questions, q => new JsonObject
            {
                ["question"] = q.Asked.Key,
                ["candidate"] = q.Candidate,
                ["floor"] = q.Floor,
                ["ceiling"] = q.Ceiling,
                ["kind"] = q.Candidate < q.Floor ? "below" : q.Candidate > q.Ceiling ? "above" : "within",
            }),
            ["candidateGates"] = List(candidate.Questions.Where(q => GateUnmet(candidate, q)), q => JsonValue.Create(q.Key)),
            ["memberGates"] = List(candidate.Questions.Where(q => members.Any(m => GateUnmet(m, q))), q => JsonValue.Create(q.Key)),
        };
    }

    private static JsonNode? AnswerNode(object? answer) => answer switch
    {
        int level => JsonValue.Create(level),
        string word => JsonValue.Create(word),
        _ => null,
    };

    private static JsonArray List<T>(IEnumerable<T> of, Func<T, JsonNode?> document) => [.. of.Select(document)];

    private sealed record Numbers(double? Score, double? Low, double? High, double? Coverage);

    /// <summary>A question with its place.</summary>
    private sealed record Asked(string Area, string Theme, PlainQuestion Question)
    {
        public string Key { get; } = $"{Area}.{Theme}.{Question.Key}";
    }

    private sealed record Assessment(string Organisation, string Round, PlainRound Call, IReadOnlyList<PlainAnswer> Answers)
    {
        private readonly ILookup<string, PlainAnswer> byQuestion = Answers.ToLookup(a => a.Question);

        private readonly Dictionary<(string, string), object?> known = [];

        public PlainInstrument Instrument => Call.Instrument;

        public string? Stage => Call.Stage;

        public int Levels => Instrument.Levels;

        public PlainThresholds Thresholds => Instrument.Thresholds;

        public IReadOnlyList<Asked> Questions { get; } =
            [.. from area in Call.Instrument.Areas from theme in area.Themes from q in theme.Questions select new Asked(area.Key, theme.Key, q)];

        /// <summary>What was worked out once need not be worked out again: the samples' time is better spent on more of them.</summary>
        public object? Once((string, string) what, Func<object?> work) => known.TryGetValue(what, out var value) ? value : known[what] = work();

        public PlainAnswer? AgreedAnswer(Asked q) => byQuestion[q.Key].SingleOrDefault(a => a.Respondent == "agreed");

        public IReadOnlyList<PlainAnswer> RespondentsAnswers(Asked q) => [.. byQuestion[q.Key].Where(a => a.Respondent != "agreed")];
    }
}

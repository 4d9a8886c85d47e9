using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Tests;

/// <summary>What holds for every instrument and every answer file. A law that fails prints its seed and the smallest case found.</summary>
public sealed class Laws
{
    private const double Hair = 1e-9;

    [Fact]
    public void The_core_and_the_reference_give_the_same_document() =>
        Gen.Select(Generated.Cases, Gen.Int[0, 1_000_000]).Sample(
            (given, style) => Documents.AssertSame(Reference.Document(given), Core.Document(given, style)), iter: 800,
            print: p => Core.Print(p.Item1));

    [Fact]
    public void The_generator_reaches_every_word_of_the_document()
    {
        var documents = new StringBuilder();
        var random = new PCG(1, 1);
        for (var i = 0; i < 250; i++) documents.Append(Reference.Document(Generated.Cases.Generate(random, null, out _)).ToJsonString());
        var all = documents.ToString();
        Assert.All(
            [
                .. Enum.GetValues<FindingKind>().Select(k => $"\"kind\":\"{k.Word()}\""), .. Enum.GetValues<Category>().Select(c => $"\"category\":\"{c.Word()}\""),
                .. Enum.GetValues<CapReason>().Select(r => $"\"capReason\":\"{r.Word()}\""), .. Enum.GetValues<FitKind>().Select(k => $"\"kind\":\"{k.Word()}\""),
                "\"gatesCleared\":[\"", "\"gatesBroken\":[\"", "\"candidateGates\":[\"", "\"memberGates\":[\"", "\"overall\":{\"score\":null", "\"change\":null",
                "\"rawChange\":null", "\"floorBefore\":null", "\"spread\":null", "\"alpha\":null", "\"stage\":null", "\"stage\":\"run\"", "\"assessments\":[]",
            ],
            word => Assert.Contains(word, all, StringComparison.Ordinal));
    }

    [Fact]
    public void Low_is_at_most_the_score_and_the_score_at_most_high() => ForEveryScore(s =>
        s.Value is not { } value || (s.Low <= value + Hair && value <= s.High + Hair));

    [Fact]
    public void Scores_are_between_0_and_100_and_coverage_between_0_and_1() => ForEveryScore(s =>
        new[] { s.Value, s.Low, s.High, s.Coverage * 100 }.All(n => n is null or (>= 0 and <= 100 + Hair)));

    [Fact]
    public void Where_coverage_is_1_low_score_and_high_are_one() => ForEveryScore(s =>
        s.Coverage != 1 || (Math.Abs(s.Low!.Value - s.High!.Value) <= Hair && Math.Abs(s.Low.Value - s.Value!.Value) <= Hair));

    [Fact]
    public void Where_anything_is_applicable_there_is_an_interval_and_where_anything_is_rated_a_score() => ForEveryScore(s =>
        s.Low.HasValue == s.High.HasValue && s.Low.HasValue == s.Coverage.HasValue && s.Value.HasValue == (s.Coverage > 0));

    [Fact]
    public void A_partnerships_floor_has_the_areas_scores_of_the_comparison_and_its_gates_are_met_where_all_partners_meet_theirs() => ForEvery(Generated.Cases, given =>
    {
        var results = Core.Score(given);
        return results.Comparisons.All(c =>
        {
            var partners = results.Assessments.Where(a => a.Round == c.Round).ToList();
            var floor = PartnershipFloor.Of("All", partners);
            return floor.Areas.Zip(c.Floors).All(f => f.First.Score.Value.HasValue == f.Second.Score.HasValue && Math.Abs((f.First.Score.Value - f.Second.Score) ?? 0) <= Hair)
                && floor.Questions.All(q => (q.Gate == GateState.Unmet) == partners.Any(p => p.Find(q.Question.Key)!.Gate == GateState.Unmet));
        });
    });

    [Fact]
    public void What_changes_between_question_sets_accounts_for_every_question_once() => ForEvery(Generated.Cases, given =>
    {
        var rounds = Core.Score(given).Assessments.DistinctBy(a => a.Round).ToList();
        return rounds.Zip(rounds.Skip(1)).All(r =>
        {
            var diff = InstrumentDiff.Between(r.First.Instrument, r.First.Stage, r.Second.Instrument, r.Second.Stage);
            var back = InstrumentDiff.Between(r.Second.Instrument, r.Second.Stage, r.First.Instrument, r.First.Stage);
            return diff.New.Count + diff.Revised.Count + diff.Same == r.Second.Questions.Count
                && diff.Gone.Count + diff.Revised.Count + diff.Same == r.First.Questions.Count
                && (diff.New.Count, diff.Gone.Count, diff.Rescored.Count, diff.Reworded.Count) == (back.Gone.Count, back.New.Count, back.Rescored.Count, back.Reworded.Count)
                && InstrumentDiff.Between(r.First.Instrument, r.First.Stage, r.First.Instrument, r.First.Stage).IsNothing;
        });
    });

    [Fact]
    public void Consensus_is_between_0_and_1_and_alpha_at_most_1() => ForEvery(Generated.Single, given =>
        Core.Score(given).Assessments.All(a => a.Alpha is null or <= 1 + Hair
            && a.Questions.All(q => q.Agreement.Consensus is null or (>= -Hair and <= 1 + Hair))));

    [Fact]
    public void The_order_of_lines_changes_nothing() =>
        Gen.Select(Generated.Cases, Gen.Int).Sample((given, seed) =>
        {
            var shuffled = given.Answers.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Core.Document(given).ToJsonString() == Core.Document(given with { Answers = shuffled }, seed).ToJsonString();
        }, iter: 200, print: p => Core.Print(p.Item1));

    [Fact]
    public void Who_said_what_changes_nothing_as_long_as_the_same_is_said() => ForEvery(Generated.Cases, given =>
    {
        // Respondents are renamed backwards: the order in which they come in turns round.
        var renamed = given.Answers.Reverse()
            .Select(a => a.Respondent == "agreed" ? a : a with { Respondent = new string([.. a.Respondent.Reverse()]) + "!" }).ToList();
        return Core.Document(given).ToJsonString() == Core.Document(given with { Answers = renamed }).ToJsonString();
    });

    [Theory]
    [InlineData(3)]
    [InlineData(0.1)]
    [InlineData(1000)]
    public void Scaling_all_weights_changes_no_score(double factor) => ForEvery(Generated.Cases, given =>
    {
        var (before, after) = (Core.Document(given), Core.Document(With(given, i => Questions(i with
        {
            Areas = [.. i.Areas.Select(a => a with { Weight = a.Weight * factor * 2 })],
        }, q => q with { Weight = q.Weight * factor }))));
        foreach (var part in new[] { "assessments", "trends", "fits" }) Documents.AssertSame(before[part], after[part]);
        return true;
    });

    [Fact]
    public void Raising_an_answer_lowers_no_score_and_no_band() =>
        Gen.Select(Generated.Single, Gen.Int[0, 1000]).Sample((given, which) =>
        {
            var levels = given.Rounds.Values.First().Instrument.Levels;
            var raisable = given.Answers.Where(a => int.TryParse(a.Answer, out var l) && l < levels).ToList();
            if (raisable.Count == 0) return true;
            var raised = raisable[which % raisable.Count];
            var higher = raised with { Answer = (int.Parse(raised.Answer, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) };
            var before = Core.Score(given).Assessments[0];
            var after = Core.Score(given with { Answers = [.. given.Answers.Select(a => a == raised ? higher : a)] }).Assessments[0];
            return AllScores(before).Zip(AllScores(after)).All(s => !(s.Second.Value < s.First.Value - Hair) && !(s.Second.Low < s.First.Low - Hair))
                && before.Areas.Zip(after.Areas).All(a => !(a.Second.Band?.From < a.First.Band?.From))
                && !(after.Overall.Band?.From < before.Overall.Band?.From);
        }, iter: 300, print: p => Core.Print(p.Item1));

    [Fact]
    public void A_gate_can_only_lower_a_band_and_moves_no_score() => ForEvery(Generated.Single, given =>
    {
        var with = Core.Score(given).Assessments.SingleOrDefault();
        var without = Core.Score(With(given, i => Questions(i, q => q with { Gate = null }))).Assessments.SingleOrDefault();
        return with is null || without is null || (AllScores(with).SequenceEqual(AllScores(without))
            && with.Areas.Zip(without.Areas).All(a => a.First.UncappedBand?.Key == a.Second.Band?.Key && !(a.First.Band?.From > a.Second.Band?.From)));
    });

    [Fact]
    public void Not_applicable_in_place_of_unanswered_moves_no_score_and_only_raises_coverage() => ForEvery(Generated.Single, given =>
    {
        if (Core.Score(given).Assessments.SingleOrDefault() is not { } before) return true;
        var settled = before.Questions.Where(q => q.Answer.Choice is null)
            .Select(q => new PlainAnswer(before.Organisation, before.Round, "agreed", q.Question.Key, "na"));
        var after = Core.Score(given with { Answers = [.. given.Answers, .. settled] }).Assessments[0];
        return before.Areas.Zip(after.Areas).All(a => Same(a.First.Score.Value, a.Second.Score.Value) && !(a.Second.Score.Coverage < a.First.Score.Coverage - Hair));
    });

    [Fact]
    public void Answers_out_of_scope_change_nothing() => ForEvery(Generated.Cases, given =>
    {
        var results = Core.Score(given);
        var byWhom = results.Assessments.ToDictionary(r => (r.Organisation, r.Round));
        var inScope = given.Answers.Where(a => byWhom[(a.Organisation, a.Round)].Find(a.Question) is not null).ToList();
        var still = inScope.Select(a => (a.Organisation, a.Round)).Distinct().Count();
        // Who answered only what is out of scope still took part, so must stay.
        return still < results.Assessments.Count
            || Core.Document(results).ToJsonString() == Core.Document(given with { Answers = inScope }).ToJsonString();
    });

    [Fact]
    public void A_candidate_that_is_within_or_above_leaves_the_floor_unchanged() => ForEvery(Generated.Cases, given =>
        Core.Score(given).Fits.All(fit => fit.Areas.All(a => a.FloorBefore.HasValue == a.FloorAfter.HasValue && !(a.FloorAfter > a.FloorBefore)
            && (fit.Questions.Any(q => q.Question.Area == a.Area.Key && q.Kind == FitKind.Below) || a.FloorAfter == a.FloorBefore))));

    [Fact]
    public void A_candidate_adds_fits_and_changes_nothing_else() => ForEvery(Generated.Cases, given =>
    {
        var (with, without) = (Core.Document(given).AsObject(), Core.Document(given with { Candidate = null }).AsObject());
        with["fits"] = new JsonArray();
        return with.ToJsonString() == without.ToJsonString();
    });

    [Fact]
    public void Written_answers_are_read_back_unchanged()
    {
        var instrument = Core.Read(Generated.Yaml(Given.Instrument(Given.Q("q1"), Given.Q("q2")), new(0))).Value();
        Gen.Select(Generated.Texts.Array[8], Gen.Int[1, 5]).Sample((t, level) =>
        {
            var name = t[2] is "" or "agreed" ? "p" : t[2];
            var answers = new Dictionary<string, Answer>
            {
                ["a.t.q1"] = new(Choice.OfLevel(level), Stance.Fixed, OrNull(t[4]), OrNull(t[5])),
                ["a.t.q2"] = new(Choice.DontKnow, null, OrNull(t[6]), null),
            };
            var agreed = new Dictionary<string, Answer> { ["a.t.q2"] = new(Choice.NotApplicable, null, OrNull(t[7])) };
            var sheet = new AnswerSheet("o" + t[0], "r" + t[1], [new(name, OrNull(t[3]), answers)], agreed);
            if (t[0].Length > 0 && t[1].Length > 0) sheet = sheet with { Organisation = t[0], Round = t[1] };
            var written = AnswerCsv.Write([sheet]);
            var read = Assert.Single(Core.Sheets(instrument, written).Value());
            Assert.Equal(Flat(sheet), Flat(read));
            Assert.Equal(written, AnswerCsv.Write([read]));
        }, iter: 1000, print: p => string.Join(" | ", p.Item1.Select(x => JsonValue.Create(x)!.ToJsonString())));

        static string? OrNull(string text) => text.Length == 0 ? null : text;
        static IEnumerable<object?> Flat(AnswerSheet s) => [s.Organisation, s.Round, .. s.Respondents.SelectMany(Said), .. s.Agreed.Select(a => (object)a)];
        static IEnumerable<object?> Said(Respondent r) => [r.Name, r.Role, .. r.Answers.OrderBy(a => a.Key).Select(a => (object)a)];
    }

    [Fact]
    public void No_cell_that_is_written_can_run_as_a_formula()
    {
        Generated.Texts.Sample(text =>
        {
            if (text.Length == 0) return true;
            var answers = new Dictionary<string, Answer> { ["a.t.q1"] = new(Choice.DontKnow, null, text, text) };
            var sheet = new AnswerSheet(text, text, [new(text, text, answers)], new Dictionary<string, Answer>());
            var line = AnswerCsv.Write([sheet])["organisation,round,respondent,question,answer,role,stance,note,evidence\r\n".Length..];
            return !"=+-@\t\r".Contains(line[0] == '"' ? line[1] : line[0], StringComparison.Ordinal);
        }, iter: 300);
    }

    /// <summary>However broken a file is: a value or faults, each at a place in the file, never an exception.</summary>
    [Fact]
    public void Damaged_instruments_are_read_or_faulted() =>
        Gen.Select(Generated.Single, Gen.Int).Sample((given, seed) =>
        {
            var random = new Random(seed);
            var yaml = Damaged(Generated.Yaml(given.Rounds.Values.First().Instrument, random)["instrument.yaml"], random);
            AssertWellFormed(yaml, InstrumentYaml.Read(new("instrument.yaml", yaml), _ => null));
        }, iter: 400);

    [Fact]
    public void Damaged_answers_are_read_or_faulted() =>
        Gen.Select(Generated.Single, Gen.Int).Sample((given, seed) =>
        {
            var random = new Random(seed);
            var (round, call) = given.Rounds.First();
            var instrument = Core.Read(Generated.Yaml(call.Instrument, random)).Value();
            var csv = Damaged(Generated.Csv(given.Answers, random)[0], random);
            AssertWellFormed(csv, AnswerCsv.Parse([new("answers.csv", csv)]).Sheets(_ => instrument));
        }, iter: 400);

    private static byte[] Damaged(string text, Random random)
    {
        string[] bits =
        [
            "\"", "'", "[", "]", "{", "}", ":", ": ", "- ", "#", "\t", "\n", "\r", " ", ",", ";", "&a", "*a", "!", "!!int", "|", ">", "%", "@", "`",
            "---", "...", "?", "~", "\0", "\u2028", "🙂", "\uFEFF", "\u0085", "<<", "0x", ".inf", "\\",
        ];
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0: bytes.InsertRange(at, Encoding.UTF8.GetBytes(bits[random.Next(bits.Length)])); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at)); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }

    private static void AssertWellFormed<T>(byte[] bytes, Reading<T> reading)
        where T : class
    {
        Assert.Equal(reading.Value is null, reading.Faults.Count > 0);
        var lines = bytes.Count(b => b is (byte)'\n' or (byte)'\r') + Encoding.UTF8.GetString(bytes).Count(c => c is '\u0085' or '\u2028' or '\u2029') + 1;
        Assert.All(reading.Faults, fault =>
        {
            Assert.InRange(fault.Line, 1, lines);
            Assert.InRange(fault.Column, 1, bytes.Length + 1);
            Assert.NotEqual("", fault.Message);
            Assert.DoesNotContain(fault.ToString(), char.IsControl);
        });
    }

    private static void ForEvery(Gen<PlainCase> cases, Func<PlainCase, bool> holds) => cases.Sample(holds, iter: 150, print: Core.Print);

    private static void ForEveryScore(Func<Score, bool> holds) => ForEvery(Generated.Single, given => Core.Score(given).Assessments.All(a => AllScores(a).All(holds)));

    private static IEnumerable<Score> AllScores(AssessmentResult result) =>
        [result.Overall.Score, .. result.Areas.SelectMany(a => a.Themes.Select(t => t.Score).Prepend(a.Score))];

    private static bool Same(double? one, double? other) => one.HasValue == other.HasValue && !(Math.Abs((one - other) ?? 0) > Hair);

    private static PlainCase With(PlainCase given, Func<PlainInstrument, PlainInstrument> change) =>
        given with { Rounds = given.Rounds.ToDictionary(r => r.Key, r => r.Value with { Instrument = change(r.Value.Instrument) }) };

    private static PlainInstrument Questions(PlainInstrument instrument, Func<PlainQuestion, PlainQuestion> change) => instrument with
    {
        Areas = [.. instrument.Areas.Select(a => a with { Themes = [.. a.Themes.Select(t => t with { Questions = [.. t.Questions.Select(change)] })] })],
    };
}

using CsCheck;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Tests.Anonymity;

/// <summary>That opened spreads score as the answers behind them do, and that leadership and the others are told apart only where that may be shown.</summary>
public sealed class AnonymousSheetTests
{
    private const string Yaml = """
        id: small
        version: 1.0.0
        title: Small
        levels: [One, Two, Three, Four, Five]
        bands: [{ key: low, name: Low, from: 0 }, { key: middle, name: Middle, from: 40 }, { key: high, name: High, from: 70 }]
        roles: [{ key: chief, name: Chief, leadership: true }, { key: finance, name: Finance }]
        areas:
          - key: a
            name: A
            themes:
              - key: t
                name: T
                questions:
                  - { key: q1, text: One?, about: organisation, gate: 3, levels: [a, b, c, d, e] }
                  - { key: q2, text: Two?, about: organisation, weight: 2, levels: [a, b, c, d, e] }
                  - { key: q3, text: Three?, about: partnership, levels: [a, b, c, d, e] }
        """;

    private static readonly Instrument Instrument = Core.Read(Yaml).Value();

    private static readonly Gen<AnswerSheet> Sheets = new Drawn<AnswerSheet>(draw => new(
        "Powys", "2026-01",
        [.. Enumerable.Range(0, draw.Int(5, 9)).Select(i => new Respondent($"p{i}", draw.Of("chief", "finance", null), Instrument.Questions.ToDictionary(q => q.Key, _ => Answer(draw), StringComparer.Ordinal)))],
        Instrument.Questions.Where(_ => draw.Chance(20)).ToDictionary(q => q.Key, _ => Answer(draw), StringComparer.Ordinal)));

    [Fact]
    public void Opened_spreads_score_as_the_answers_do() => Sheets.Sample(sheet =>
    {
        var (named, anonymous) = (Scorer.Score(Instrument, null, sheet), Scorer.Score(Instrument, null, AnonymousSheet.Of("Powys", "2026-01", Open(sheet), sheet.Agreed)));
        Documents.AssertSame(Core.Document(ResultSet.Of([named])), Core.Document(ResultSet.Of([anonymous])));
    });

    [Fact]
    public void An_anonymous_sheet_holds_no_note_no_role_and_no_evidence_that_somebody_wrote() => Sheets.Sample(sheet =>
    {
        var answers = AnonymousSheet.Of("Powys", "2026-01", Open(sheet), new Dictionary<string, Answer>()).Respondents.SelectMany(r => r.Answers.Values.Append(new(Choice.DontKnow, null, r.Role))).ToList();
        Assert.All(answers, a => Assert.Null(a.Note));
        Assert.All(answers, a => Assert.DoesNotContain("minutes", a.Evidence ?? "", StringComparison.Ordinal));
    });

    [Fact]
    public void Sides_are_scored_apart_and_compared()
    {
        var sheet = Sheet(("chief", 5), ("chief", 4), ("finance", 1), (null, 2));
        var sides = Sides.Of(Instrument, null, sheet)!;
        Assert.Equal((4, 1), (sides.Leadership.Questions[0].Level, sides.Others.Questions[0].Level));
        Assert.Equal(3, sides.Comparison.Find("a.t.q1")!.Spread);
        Assert.Null(Sides.Of(Instrument, null, Sheet(("finance", 1), (null, 2))));
    }

    [Fact]
    public void Sides_of_anonymous_answers_take_five_on_each()
    {
        var five = Enumerable.Repeat("chief", 5).Select(r => ((string?)r, 5)).ToArray();
        Assert.Null(Sides.Of(Instrument, null, "2026-01", Open(Sheet([.. five, .. Enumerable.Repeat(((string?)"finance", 1), 4)]))));
        var sides = Sides.Of(Instrument, null, "2026-01", Open(Sheet([.. five, .. Enumerable.Repeat(((string?)"finance", 1), 5)])))!;
        Assert.Equal((5, 1), (sides.Leadership.Questions[0].Level, sides.Others.Questions[0].Level));
    }

    [Fact]
    public void A_role_says_whether_it_leads() => Assert.Equal([true, false], Instrument.Roles.Select(r => r.IsLeadership));

    [Fact]
    public void A_role_that_says_so_wrongly_is_told() => Assert.Equal(
        "instrument.yaml:6:48: error: leadership must be true or false, not 'yes'", Assert.Single(Core.Read(Yaml.Replace("leadership: true", "leadership: yes", StringComparison.Ordinal)).Faults).ToString());

    private static AnswerSheet Sheet(params (string? Role, int Level)[] people) => new(
        "Powys", "2026-01",
        [.. people.Select((p, i) => new Respondent($"p{i}", p.Role, Instrument.Questions.ToDictionary(q => q.Key, _ => new Answer(Choice.OfLevel(p.Level)), StringComparer.Ordinal)))],
        new Dictionary<string, Answer>());

    private static Dictionary<string, OpenedView> Open(AnswerSheet sheet) => Instrument.Questions.ToDictionary(
        q => q.Key,
        q => Opening.Next([], [.. sheet.Respondents.Select(r => (r, a: r.Answers[q.Key])).Select(x => new CountedAnswer(x.r.Name, false, x.r.Role == "chief", x.a.Choice, x.a.Stance, x.a.Evidence is not null))])!,
        StringComparer.Ordinal);

    private static Answer Answer(Draw draw) => new(
        draw.Chance(15) ? Choice.DontKnow : draw.Chance(10) ? Choice.NotApplicable : Choice.OfLevel(draw.Int(1, 5)),
        draw.Of<Stance?>(null, Stance.Fixed, Stance.Negotiable, Stance.Open), draw.Chance(30) ? "I would not say so" : null, draw.Chance(20) ? "minutes" : null);
}

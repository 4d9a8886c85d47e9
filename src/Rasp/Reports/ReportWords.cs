using System.Globalization;
using Rasp.Charts;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Reports;

/// <summary>What reports say alike.</summary>
internal static class ReportWords
{
    /// <summary>Level 2 of 5, Talked about; or what stands in a level's place.</summary>
    public static string Of(Instrument instrument, Choice? choice) => choice is { Level: { } level }
        ? string.Create(CultureInfo.InvariantCulture, $"Level {level} of {instrument.Levels.Count}, {instrument.Levels[level - 1]}")
        : Tile.Of(instrument, choice).Words;

    public static string Of(Stance stance) => stance switch
    {
        Stance.Fixed => "Fixed: a red line",
        Stance.Negotiable => "Negotiable",
        Stance.Open => "Open",
    };

    /// <summary>The band, or why there is none.</summary>
    public static string Band(Score score, Band? band, bool isProvisional) =>
        score.Coverage is null ? "Does not apply"
        : score.IsTooEarly() ? "Too early to say"
        : band is null ? "No result"
        : isProvisional ? $"{band.Name}, provisional" : band.Name;

    /// <summary>What a score could become; one number where nothing is open.</summary>
    public static string Range(Score score) => score is not { Low: { } low, High: { } high } ? "–"
        : Shown.Score(low) == Shown.Score(high) ? Shown.Score(low) : $"{Shown.Score(low)} to {Shown.Score(high)}";

    /// <summary>A score as a sentence, for whoever sees no bar.</summary>
    public static string InWords(string name, Score score) => score.Value is { } value
        ? $"{name}: {Shown.Score(value)}, could become {Range(score)}."
        : $"{name}: no score yet.";

    public const string Withheld = "Withheld";

    /// <summary>The columns of <see cref="Cells"/>.</summary>
    public static readonly (string Name, double Width)[] Scores = [("Score", 10), ("Lowest", 10), ("Highest", 10), ("Coverage", 10), ("Band", 24)];

    /// <summary>A score as partners see it, in a row.</summary>
    public static IReadOnlyList<ReportCell> Cells(ReleasedScore released) =>
    [
        ReportCell.Score(released.Score.Value), ReportCell.Score(released.Score.Low), ReportCell.Score(released.Score.High), ReportCell.Share(released.Score.Coverage),
        Band(released.Score, released.Band, released.IsProvisional),
    ];

    /// <summary>A score as partners see it, in a cell.</summary>
    public static string InWords(ReleasedScore released) => released.Score.Value is { } value
        ? $"{Shown.Score(value)}{(Range(released.Score) is var range && range != Shown.Score(value) ? $" ({range})" : "")}. {Band(released.Score, released.Band, released.IsProvisional)}"
        : Band(released.Score, released.Band, released.IsProvisional);

    /// <summary>What stands for somebody who shows nothing.</summary>
    public static string Nothing(Release partner) => partner.IsWithdrawn ? "Withdrawn" : Withheld;

    /// <summary>How deep each shows itself here.</summary>
    public static string WhoShowsWhat(IEnumerable<Release> partners)
    {
        return string.Join(" ", partners.GroupBy(Depth).Select(d => $"{Shown.List([.. d.Select(p => p.Organisation)])}: {d.Key}."));

        static string Depth(Release partner) => partner.IsWithdrawn ? "withdrawn" : partner.Depth switch
        {
            Readiness.Sharing.Depth.Nothing => "nothing",
            Readiness.Sharing.Depth.Areas => "areas alone",
            Readiness.Sharing.Depth.Questions => "questions, no notes",
            Readiness.Sharing.Depth.Everything => "everything",
        };
    }

    /// <summary>What somebody showed of a question, as cells: answer, in words, stance, note, evidence.</summary>
    public static IReadOnlyList<ReportCell> Shows(Release partner, Question question)
    {
        if (partner.Result?.Find(question.Key) is not { } answered) return [Nothing(partner), Nothing(partner), Nothing(partner), Nothing(partner), Nothing(partner)];
        var isNoted = partner.Depth == Readiness.Sharing.Depth.Everything || partner.IsOwn;
        var said = partner.Notes.GetValueOrDefault(question.Key);
        return
        [
            Answer(answered.Answer.Choice), answered.Level is { } level ? answered.Question.Levels[level - 1] : Of(partner.Result.Instrument, answered.Answer.Choice), answered.Answer.Stance?.Word(),
            isNoted ? said?.Note : Withheld, isNoted ? said?.Evidence : Withheld,
        ];
    }

    /// <summary>The columns of <see cref="Shows"/>.</summary>
    public static readonly (string Name, double Width)[] Answers = [("Answer", 12), ("In words", 60), ("Stance", 12), ("Note", 80), ("Evidence", 60)];

    /// <summary>Area and theme.</summary>
    public static string Where(Instrument instrument, Question question)
    {
        var area = instrument.Areas.First(a => a.Key == question.Area);
        return $"{area.Name}: {area.Themes.First(t => t.Key == question.Theme).Name}";
    }

    public static string AreaOf(Instrument instrument, Question question) => instrument.Areas.First(a => a.Key == question.Area).Name;

    public static string ThemeOf(Instrument instrument, Question question) => instrument.Areas.First(a => a.Key == question.Area).Themes.First(t => t.Key == question.Theme).Name;

    /// <summary>What a sheet writes for an answer in a level's place.</summary>
    public static ReportCell Answer(Choice? choice) => choice is { Level: { } level } ? (ReportCell)(int?)level : choice?.ToString() ?? "";

    public static string Stage(Instrument instrument, string? stage) => instrument.Stages.FirstOrDefault(s => s.Key == stage)?.Name ?? "All";

    /// <summary>The areas in which something is asked.</summary>
    public static IReadOnlyList<Area> Areas(Instrument instrument, string? stage) => [.. instrument.Areas.Where(a => a.Questions.Any(q => q.IsAskedAt(stage)))];

    /// <summary>What a board's page says, no longer than a page has room for, however long names are: the full report has the rest.</summary>
    public static IReadOnlyList<Block> InBrief(IReadOnlyList<Block> blocks)
    {
        const int Cell = 60, Sentence = 320;
        return [.. blocks.Select(b => b switch
        {
            Block.Paragraph paragraph => paragraph with { Text = Shown.Start(paragraph.Text, Sentence)! },
            Block.Bullets bullets => new Block.Bullets([.. bullets.Items.Select(i => Shown.Start(i, Sentence)!)]),
            Block.Tabular { Table: var table } => new Block.Tabular(table with
            {
                Columns = [.. table.Columns.Select(c => (Shown.Start(c.Name, Cell)!, c.Width))],
                Rows = [.. table.Rows.Select(r => (IReadOnlyList<ReportCell>)[.. r.Select(c => c.Text is { Length: > Cell } text ? Shown.Start(text, Cell) : c)])],
            }),
            _ => b,
        })];
    }

    /// <summary>What a board's page rests on, in a line or two.</summary>
    public static string InBrief(IReadOnlyList<(string Name, string Value)> facts) => string.Join(" · ", facts.Select(f => $"{f.Name}: {Shown.Start(f.Value, 150)!.TrimEnd('.')}"));

    /// <summary>The facts of a report as a sheet, with how to read it.</summary>
    public static ReportTable About(string title, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<string> reading) =>
        new("About", "What this report rests on, and how to read it", [("What", 30), ("Says", 110)],
            [["Report", title], .. facts.Select(f => (IReadOnlyList<ReportCell>)[f.Name, f.Value]), .. reading.Select(r => (IReadOnlyList<ReportCell>)["How to read this", r])]);
}

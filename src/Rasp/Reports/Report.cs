using System.Globalization;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;
using Rasp.Signing;

namespace Rasp.Reports;

/// <summary>How much of a report somebody wants.</summary>
public enum ReportKind
{
    /// <summary>Everything, with every note.</summary>
    Full,

    /// <summary>One page for a board.</summary>
    Board,
}

/// <summary>
/// What a report says, whatever it is written as: made from what its reader may see, once, and then written by one writer a format. So no format
/// can say more, or less, than another.
/// </summary>
internal sealed record Report
{
    public required string Title { get; init; }

    /// <summary>What kind of report it is.</summary>
    public required string Subtitle { get; init; }

    public required ReportKind Kind { get; init; }

    /// <summary>What it rests on: instrument, round, who answered, what is withheld, when it was made.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>Whose questions it rests on; null where on none, or on several.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>Null where it belongs to none, or to several.</summary>
    public string? Round { get; init; }

    /// <summary>To be read from beginning to end.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>Headings down to this level stand in its contents.</summary>
    public required int ContentsDepth { get; init; }

    /// <summary>How to read it, a sentence each.</summary>
    public required IReadOnlyList<string> Reading { get; init; }

    /// <summary>The same in tidy tables, one thing a row, for a workbook.</summary>
    public required IReadOnlyList<ReportTable> Sheets { get; init; }

    /// <summary>The table for a file that holds but one: unless another is chosen, the one with what people typed.</summary>
    public required ReportTable Flat { get; init; }

    /// <summary>Writes what it rests on for programs, unrounded (contract.md, "Results as JSON"); all of it, whatever is chosen.</summary>
    public required Action<Stream> WriteData { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Signs the digest of what a writer has written; null where nobody signs.</summary>
    public Func<byte[], string>? Sign { get; init; }

    /// <summary>What an installation says of it that signs it.</summary>
    public SignedReport Said(Uri installation) => new(Subtitle, Title, Instrument is { } questions ? (questions.Id, questions.Version) : null, Round, MadeAt, installation);
}

/// <summary>A part of a report that is read.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    /// <param name="Level">1 to 4.</param>
    /// <param name="Text">What it says.</param>
    public sealed record Heading(int Level, string Text) : Block;

    /// <param name="Text">A paragraph.</param>
    /// <param name="Lead">What stands before it in bold; null where nothing does.</param>
    public sealed record Paragraph(string Text, string? Lead = null) : Block;

    /// <summary>What somebody typed, whole.</summary>
    /// <param name="By">What it is, or whose.</param>
    /// <param name="Text">As it was typed.</param>
    public sealed record Typed(string By, string Text) : Block;

    public sealed record Bullets(IReadOnlyList<string> Items) : Block;

    public sealed record Tabular(ReportTable Table) : Block;

    /// <summary>Scores from 0 to 100 as bars.</summary>
    /// <param name="Name">What the bars show.</param>
    /// <param name="Words">The same in words, for whoever does not see them.</param>
    /// <param name="Categories">What stands beside the bars.</param>
    /// <param name="Series">For each of whom there are bars, a value for each category; null where there is none.</param>
    public sealed record Bars(string Name, string Words, IReadOnlyList<string> Categories, IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> Series) : Block;
}

/// <summary>A table: its first column says what each row is about.</summary>
/// <param name="Name">Short: a sheet is called so.</param>
/// <param name="Words">What it shows, for whoever does not see it.</param>
/// <param name="Columns">Their names, each with its width in characters.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
internal sealed record ReportTable(string Name, string Words, IReadOnlyList<(string Name, double Width)> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>As it stands in addresses.</summary>
    public string Key => Name.ToLowerInvariant().Replace(' ', '-');
}

/// <summary>What a number in a report is.</summary>
internal enum NumberKind
{
    /// <summary>A level, a count, a priority: shown as it is.</summary>
    Plain,

    /// <summary>0 to 100, shown as a whole number.</summary>
    Score,

    /// <summary>0 to 1, shown in per cent.</summary>
    Share,

    /// <summary>A day, as days since that which Excel counts from.</summary>
    Day,
}

/// <summary>A cell is text or a number, and says what its number is.</summary>
internal readonly record struct ReportCell
{
    private ReportCell(string? text, double? number, NumberKind kind) => (Text, Number, Kind) = (text, number, kind);

    /// <summary>Null for a number.</summary>
    public string? Text { get; }

    /// <summary>Not rounded; null for text.</summary>
    public double? Number { get; }

    public NumberKind Kind { get; }

    public static implicit operator ReportCell(string? text) => new(text ?? "", null, NumberKind.Plain);

    public static implicit operator ReportCell(int? number) => Of(number, NumberKind.Plain);

    public static ReportCell Plain(double? number) => Of(number, NumberKind.Plain);

    public static ReportCell Score(double? score) => Of(score, NumberKind.Score);

    public static ReportCell Share(double? share) => Of(share, NumberKind.Share);

    public static ReportCell Day(DateOnly? day) => Of(day?.ToDateTime(TimeOnly.MinValue).ToOADate(), NumberKind.Day);

    /// <summary>As programs read it: not rounded, a day as 2027-03-31.</summary>
    public string InFull() => Number is not { } number ? Text! : Kind == NumberKind.Day ? DateTime.FromOADate(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Exact(number);

    /// <summary>Not rounded.</summary>
    public static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As people read it.</summary>
    public string InWords() => Number is not { } number ? Text! : Kind switch
    {
        NumberKind.Plain => number.ToString("0.##", CultureInfo.InvariantCulture),
        NumberKind.Score => Shown.Score(number),
        NumberKind.Share => Shown.Percent(number),
        NumberKind.Day => DateOnly.FromDateTime(DateTime.FromOADate(number)).InWords(),
    };

    /// <summary>Empty where there is no number.</summary>
    private static ReportCell Of(double? number, NumberKind kind) => number is { } n ? new ReportCell(null, n, kind) : "";
}

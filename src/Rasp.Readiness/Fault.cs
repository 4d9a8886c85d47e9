using System.Globalization;

namespace Rasp.Readiness;

/// <summary>Something wrong with a file that somebody handed in: where it is, what is wrong and what would be right.</summary>
/// <param name="Path">The file, as the person who handed it in would name it.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in characters.</param>
/// <param name="Message">One sentence on one line, in the words of whoever wrote the file.</param>
public sealed record Fault(string Path, int Line, int Column, string Message)
{
    /// <summary>The name of the sheet in a workbook, whose row and column these are; null in a text.</summary>
    public string? Sheet { get; init; }

    /// <summary>Where it is, in words: <c>line 3, column 5</c>, or <c>sheet Governance, cell E14</c>.</summary>
    public string Where => Sheet is null ? string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}") : Places.InSheet(Sheet, Line, Column);

    /// <summary><c>PATH:LINE:COLUMN: error: message</c>, always a single line; in a workbook, the message begins with the sheet and the cell.</summary>
    public override string ToString() => $"{Quoting.OneLine(Path)}:{Line}:{Column}: error: {Quoting.OneLine(Sheet is null ? Message : $"{Where}: {Message}")}";
}

/// <summary>Places in a workbook as spreadsheets name them.</summary>
internal static class Places
{
    public static string InSheet(string sheet, int row, int column) => string.Create(CultureInfo.InvariantCulture, $"sheet {sheet}, cell {Letters(column)}{row}");

    /// <summary>A, B, … Z, AA, AB, …, counted from 1.</summary>
    private static string Letters(int column) => column <= 26 ? $"{(char)('A' + column - 1)}" : Letters((column - 1) / 26) + Letters(((column - 1) % 26) + 1);
}

/// <summary>What came of reading something: a whole value, or every fault found, never half of either.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public sealed record Reading<T>
    where T : class
{
    private Reading(T? value, IReadOnlyList<Fault> faults) => (Value, Faults) = (value, faults);

    /// <summary>The value; null where there are faults.</summary>
    public T? Value { get; }

    /// <summary>Every fault, in order of file, line and column (in a workbook, as they were found); empty where there is a value.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    internal static Reading<T> Of(Func<T> value, List<Fault> faults) =>
        faults.Count == 0
            ? new(value(), [])
            : new(null, [.. faults.Distinct().OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Sheet is null ? f.Line : 0).ThenBy(f => f.Sheet is null ? f.Column : 0)]);
}

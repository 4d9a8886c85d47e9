namespace Rasp.Readiness;

/// <summary>Something wrong with a file that somebody handed in: where it is, what is wrong and what would be right.</summary>
/// <param name="Path">The file, as the person who handed it in would name it.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in characters.</param>
/// <param name="Message">One sentence on one line, in the words of whoever wrote the file.</param>
public sealed record Fault(string Path, int Line, int Column, string Message)
{
    /// <summary><c>PATH:LINE:COLUMN: error: message</c>, always a single line.</summary>
    public override string ToString() => $"{Quoting.OneLine(Path)}:{Line}:{Column}: error: {Quoting.OneLine(Message)}";
}

/// <summary>What came of reading something: a whole value, or every fault found, never half of either.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public sealed record Reading<T>
    where T : class
{
    private Reading(T? value, IReadOnlyList<Fault> faults) => (Value, Faults) = (value, faults);

    /// <summary>The value; null where there are faults.</summary>
    public T? Value { get; }

    /// <summary>Every fault, in order of file, line and column; empty where there is a value.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    internal static Reading<T> Of(Func<T> value, List<Fault> faults) =>
        faults.Count == 0
            ? new(value(), [])
            : new(null, [.. faults.Distinct().OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)]);
}

using System.Text;

namespace Rasp.Bench;

/// <summary>How a figure is written.</summary>
internal enum Unit
{
    RequestsASecond,
    Share,
    Milliseconds,
    Microseconds,
    Megabytes,
    Kilobytes,
    Count,
}

/// <summary>What must be reached: at least, or at most, so much.</summary>
internal sealed record Aim(double Value, bool IsLeast)
{
    public static Aim AtLeast(double value) => new(value, true);

    public static Aim Below(double value) => new(value, false);

    public bool IsMet(double value) => IsLeast ? value >= Value : value < Value;
}

/// <summary>The figures as a Markdown table: a median with the least and the greatest.</summary>
internal sealed class Report(string machine, Effort effort)
{
    private readonly List<string> rows = [];
    private readonly List<string> failures = [];

    /// <summary>Whether everything that was measured did what it should: a fast error is no result.</summary>
    public bool IsSound => failures.Count == 0;

    public void Add(string name, string what, Unit unit, IReadOnlyList<double> values, Aim? aim = null)
    {
        var median = values.Median();
        var verdict = aim is null || effort == Effort.Smoke ? "" : $"{(aim.IsLeast ? "≥" : "<")} {Text(aim.Value, unit)}: {(aim.IsMet(median) ? "met" : "missed")}";
        var bold = aim is null ? "" : "**";
        rows.Add($"| {name} | {what} | {bold}{Text(median, unit)}{bold} | {(values.Count > 1 ? $"{Text(values.Min(), unit)} – {Text(values.Max(), unit)}" : "")} | {verdict} |");
    }

    public void Require(bool holds, string what)
    {
        if (!holds) failures.Add(what);
    }

    public string Write()
    {
        var text = new StringBuilder();
        if (effort == Effort.Smoke) text.AppendLine("A smoke run: these figures mean nothing.").AppendLine();
        text.AppendLine(machine).AppendLine().AppendLine("| Case | What | Median | Least – greatest | Aim |").AppendLine("| --- | --- | ---: | --- | --- |");
        foreach (var row in rows) text.AppendLine(row);
        foreach (var failure in failures) text.AppendLine().AppendLine($"NOT SOUND: {failure}.");
        return text.ToString();
    }

    private static string Text(double value, Unit unit) => unit switch
    {
        Unit.RequestsASecond => $"{value:N0} req/s",
        Unit.Share => $"{value * 100:0.0} %",
        Unit.Milliseconds => $"{value:N1} ms",
        Unit.Microseconds => $"{value:N0} µs",
        Unit.Megabytes => $"{value:N0} MB",
        Unit.Kilobytes => $"{value:N1} KB",
        Unit.Count => $"{value:0.#}",
    };
}

internal static class Statistics
{
    public static double Median(this IReadOnlyCollection<double> values)
    {
        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }
}

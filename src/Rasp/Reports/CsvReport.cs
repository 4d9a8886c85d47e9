using System.Text;
using Rasp.Readiness.Answers;

namespace Rasp.Reports;

/// <summary>One table of a report as CSV (RFC 4180): UTF-8 with a byte order mark, as Excel wants it, numbers unrounded, and no formula.</summary>
internal static class CsvReport
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static void Write(Report report, Stream to)
    {
        using var csv = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        var table = report.Flat;
        Line(csv, table.Columns.Select(c => GuardedText.Guard(c.Name)));
        foreach (var row in table.Rows) Line(csv, row.Select(c => c.Text is { } text ? GuardedText.Guard(text) : c.InFull()));
    }

    private static void Line(StreamWriter csv, IEnumerable<string> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst) csv.Write(',');
            isFirst = false;
            if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0)
            {
                csv.Write(cell);
                continue;
            }
            csv.Write('"');
            csv.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
            csv.Write('"');
        }
        csv.WriteLine();
    }
}

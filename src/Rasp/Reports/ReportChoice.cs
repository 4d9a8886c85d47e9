using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Rasp.Readiness;
using Rasp.Trends;

namespace Rasp.Reports;

/// <summary>How much of a report somebody wants. It stands in the address, so that the same can be asked for again.</summary>
public sealed record ReportChoice
{
    public const string KindField = "kind";
    public const string SectionField = "section";
    public const string TableField = "table";

    /// <summary>All of it.</summary>
    public static readonly ReportChoice Full = new();

    /// <summary>A page for a board.</summary>
    public static readonly ReportChoice Board = new() { Kind = ReportKind.Board };

    /// <summary>So much of what somebody typed into an address is said back.</summary>
    private const int MostSaidBack = 60;

    public ReportKind Kind { get; init; }

    /// <summary>Keys of sections; empty for all of them.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Which table a file has that holds but one; null for the one that says most.</summary>
    public string? Table { get; init; }

    /// <summary>Whose trend, as the trend's page says it; null for whoever that page would show.</summary>
    public string? Who { get; init; }

    /// <summary>From which round a trend tells what moved; null for the last but one.</summary>
    public string? From { get; init; }

    /// <summary>To which round; null for the last.</summary>
    public string? To { get; init; }

    [JsonIgnore]
    public bool IsBoard => Kind == ReportKind.Board;

    /// <summary>Whether a section is wanted.</summary>
    public bool Has(string section) => Sections.Count == 0 || Sections.Contains(section, StringComparer.Ordinal);

    /// <summary>Of these tables, those whose section is wanted.</summary>
    internal IEnumerable<ReportTable> Pick(params IEnumerable<(string Section, Func<ReportTable> Table)> tables) => tables.Where(t => Has(t.Section)).Select(t => t.Table());

    /// <summary>As an address says it; what is wrong there is added to the faults, by field.</summary>
    public static ReportChoice Read(ReportSubject subject, IQueryCollection query, ICollection<(string Field, string Says)> faults)
    {
        var kind = $"{query[KindField]}";
        if (kind is not ("" or Words.Full or Words.Board)) faults.Add((KindField, $"There is no kind of report called “{Shown.Start(kind, MostSaidBack)}”. It is {Words.Full} or {Words.Board}"));
        var sections = ReportSection.Of(subject);
        var wanted = query[SectionField].OfType<string>().Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        foreach (var unknown in wanted.Where(w => sections.All(s => s.Key != w))) faults.Add((SectionField, $"There is no section “{Shown.Start(unknown, MostSaidBack)}” in this report. There are {Shown.List([.. sections.Select(s => s.Key)])}"));
        var choice = new ReportChoice
        {
            Kind = kind == Words.Board ? ReportKind.Board : ReportKind.Full,
            Sections = [.. sections.Select(s => s.Key).Where(wanted.Contains)],
            Table = Text(TableField),
            Who = subject == ReportSubject.Trend ? Text(TrendView.WhoField) : null,
            From = subject == ReportSubject.Trend ? Text(TrendView.FromField) : null,
            To = subject == ReportSubject.Trend ? Text(TrendView.ToField) : null,
        };
        if (choice.IsBoard && !sections.Any(s => s.IsForBoard && choice.Has(s.Key)))
        {
            faults.Add((SectionField, $"A summary for a board has none of these sections. It has {Shown.List([.. sections.Where(s => s.IsForBoard).Select(s => s.Name)])}"));
        }
        return choice;

        string? Text(string field) => $"{query[field]}" is { Length: > 0 } text ? text : null;
    }

    /// <summary>An address with this choice.</summary>
    public string On(string path) => QueryHelpers.AddQueryString(path, Parts());

    private IEnumerable<KeyValuePair<string, string?>> Parts()
    {
        if (IsBoard) yield return new(KindField, Words.Board);
        foreach (var section in Sections) yield return new(SectionField, section);
        if (Table is not null) yield return new(TableField, Table);
        if (Who is not null) yield return new(TrendView.WhoField, Who);
        if (From is not null) yield return new(TrendView.FromField, From);
        if (To is not null) yield return new(TrendView.ToField, To);
    }

    /// <summary>What kinds of report are called in addresses.</summary>
    public static class Words
    {
        public const string Full = "full";
        public const string Board = "board";
    }
}

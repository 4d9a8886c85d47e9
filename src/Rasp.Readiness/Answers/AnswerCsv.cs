using System.Text;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Answers;

/// <summary>Answers as CSV (contract.md, "Answers as CSV"), in and out.</summary>
public sealed class AnswerCsv
{
    private static readonly string[] Required = ["organisation", "round", "respondent", "question", "answer"];
    private static readonly string[] Columns = [.. Required, "role", "stance", "note", "evidence"];

    private readonly List<Fault> faults = [];
    private readonly List<AnswerEntry> entries = [];

    /// <summary>For each unknown question, what is wrong with it: thousands of lines may name the same one.</summary>
    private readonly Dictionary<(Instrument, string), string> unknown = [];

    private AnswerCsv()
    {
    }

    /// <summary>The rounds that the files name, in order.</summary>
    public IReadOnlyList<string> Rounds => [.. entries.Select(e => e.Round.Text).Where(r => r.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The organisations that the files name, in order.</summary>
    public IReadOnlyList<string> Organisations => [.. entries.Select(e => e.Organisation.Text).Where(o => o.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What the files hold, one answer after the other, as they have it.</summary>
    public IReadOnlyList<AnswerEntry> Entries => entries;

    /// <summary>What is wrong with the files, whatever the instrument.</summary>
    public IReadOnlyList<Fault> Faults => faults;

    /// <summary>Takes files apart. What is wrong with them is told by <see cref="Sheets"/>, together with what the instruments show to be wrong.</summary>
    public static AnswerCsv Parse(IEnumerable<SourceFile> files)
    {
        var csv = new AnswerCsv();
        foreach (var file in files) csv.ParseFile(file);
        return csv;
    }

    /// <summary>These and what other kinds of files hold, to be judged together.</summary>
    public AnswerCsv With(IEnumerable<AnswerEntry> others)
    {
        var all = new AnswerCsv();
        all.faults.AddRange(faults);
        all.entries.AddRange([.. entries, .. others]);
        return all;
    }

    /// <summary>The answers, by round and then organisation, or every fault.</summary>
    /// <param name="instrumentOf">The instrument of a round; null where it is at fault itself, and then only what does not depend on it is told.</param>
    public Reading<IReadOnlyList<AnswerSheet>> Sheets(Func<string, Instrument?> instrumentOf)
    {
        var found = new List<Fault>(faults);
        var instruments = Rounds.ToDictionary(r => r, instrumentOf);
        var firstAt = new Dictionary<(string, string, string, string), AnswerEntry>();
        var sheets = new Dictionary<(string Round, string Organisation), SheetBuilder>();
        foreach (var entry in entries)
        {
            if (entry.Read(instruments.GetValueOrDefault(entry.Round.Text), found, Unknown) is not { } answer) continue;
            var key = (entry.Organisation.Text, entry.Round.Text, entry.Respondent.Text, entry.Question.Text);
            if (!firstAt.TryAdd(key, entry))
            {
                var first = firstAt[key];
                var where = first.Path == entry.Path ? first.Question.Where : $"{first.Path}, {first.Question.Where}";
                found.Add(entry.FaultAt(entry.Question, $"{Quoting.Quote(entry.Respondent.Text)} of {Quoting.Quote(entry.Organisation.Text)} has already answered this question in this round ({where}); keep one of the two"));
                continue;
            }
            var sheetKey = (entry.Round.Text, entry.Organisation.Text);
            if (!sheets.TryGetValue(sheetKey, out var sheet)) sheets[sheetKey] = sheet = new();
            sheet.Add(entry.Respondent.Text, entry.Role.Text, entry.Question.Text, answer);
        }
        return Reading<IReadOnlyList<AnswerSheet>>.Of(
            () => [.. sheets
                .OrderBy(s => s.Key.Round, StringComparer.Ordinal).ThenBy(s => s.Key.Organisation, StringComparer.Ordinal)
                .Select(s => s.Value.Build(s.Key.Organisation, s.Key.Round))],
            found);
    }

    /// <summary>Writes sheets so that <see cref="Parse"/> reads the same from it: RFC 4180, no cell that a spreadsheet would run as a formula.</summary>
    public static string Write(IEnumerable<AnswerSheet> sheets)
    {
        var csv = new StringBuilder();
        Record(csv, Columns);
        foreach (var sheet in sheets)
        {
            foreach (var respondent in sheet.Respondents) Answers(sheet, respondent.Name, respondent.Role, respondent.Answers);
            Answers(sheet, AnswerSheet.AgreedName, null, sheet.Agreed);
        }
        return csv.ToString();

        void Answers(AnswerSheet sheet, string respondent, string? role, IReadOnlyDictionary<string, Answer> answers)
        {
            foreach (var (question, answer) in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                Record(csv, [sheet.Organisation, sheet.Round, respondent, question, answer.Choice.ToString(), role ?? "", answer.Stance?.Word() ?? "", answer.Note ?? "", answer.Evidence ?? ""]);
            }
        }
    }

    private static void Record(StringBuilder csv, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) csv.Append(',');
            var cell = GuardedText.Guard(cells[i]);
            if (cell.AsSpan().ContainsAny(",\"\r\n")) csv.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else csv.Append(cell);
        }
        csv.Append("\r\n");
    }

    private void ParseFile(SourceFile file)
    {
        if (file.Text(faults, "save the answers as CSV in UTF-8 (in Excel: Save As, CSV UTF-8)") is not { } text) return;
        var before = faults.Count;
        IReadOnlyList<CsvCell>? header = null;
        Dictionary<string, int>? columns = null;
        foreach (var record in new CsvRecords(file.Path, text, faults).All())
        {
            if (header is null)
            {
                header = record;
                if (!IsHeader(file.Path, record)) return; // nothing below it can be judged
                columns = ColumnsOf(file.Path, record);
            }
            else if (record.All(c => string.IsNullOrWhiteSpace(c.Text)))
            {
                continue;
            }
            else if (record.Count != header.Count)
            {
                var right = record.Count > header.Count ? "put cells that hold a comma in quotes" : "write a comma for each cell, empty ones too";
                faults.Add(new(file.Path, record[0].Line, record[0].Column,
                    $"this line has {record.Count} {(record.Count == 1 ? "cell" : "cells")} where the header has {header.Count}; {right}"));
            }
            else if (columns is not null)
            {
                entries.Add(Entry(file.Path, record, columns));
            }
        }
        if (header is null && faults.Count == before) faults.Add(new(file.Path, 1, 1, $"the file is empty; its first line must name the columns {string.Join(",", Columns)}"));
    }

    private bool IsHeader(string path, IReadOnlyList<CsvCell> header)
    {
        if (header.Count == 1 && header[0].Text.AsSpan().ContainsAny(';', '\t'))
        {
            faults.Add(new(path, header[0].Line, header[0].Column, "the columns here are not separated by commas; save the answers with commas between the cells"));
            return false;
        }
        if (!header.Any(c => Columns.Contains(Name(c))))
        {
            faults.Add(new(path, header[0].Line, header[0].Column, $"the first line names none of the columns; it must name {string.Join(",", Required)}"));
            return false;
        }
        return true;
    }

    /// <summary>Where each column is; null where anything is wrong with them.</summary>
    private Dictionary<string, int>? ColumnsOf(string path, IReadOnlyList<CsvCell> header)
    {
        var before = faults.Count;
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var name = Name(header[i]);
            if (name.Length == 0)
            {
                faults.Add(new(path, header[i].Line, header[i].Column, "a column without a name stands here; name it, or take it out"));
            }
            else if (!Columns.Contains(name))
            {
                faults.Add(new(path, header[i].Line, header[i].Column, $"there is no column {Quoting.Quote(name)}; {Quoting.DidYouMean(name, Columns)}"));
            }
            else if (!columns.TryAdd(name, i))
            {
                faults.Add(new(path, header[i].Line, header[i].Column, $"the column {name} stands here a second time; keep one of them"));
            }
        }
        foreach (var missing in Required.Where(r => !columns.ContainsKey(r)))
        {
            faults.Add(new(path, header[0].Line, header[0].Column, $"the column {missing} is missing; the first line must name {string.Join(",", Required)}"));
        }
        return faults.Count == before ? columns : null;
    }

    private static string Name(CsvCell cell) => AnswerCell.Clean(cell.Text).ToLowerInvariant();

    private string Unknown(Instrument instrument, string question)
    {
        if (!unknown.TryGetValue((instrument, question), out var message))
        {
            message = AnswerEntry.Unknown(instrument, question);
            unknown.Add((instrument, question), message);
        }
        return message;
    }

    private static AnswerEntry Entry(string path, IReadOnlyList<CsvCell> record, Dictionary<string, int> columns)
    {
        return new(path, Cell("organisation"), Cell("round"), Cell("respondent"), Cell("question"), Cell("answer"), Cell("role"), Cell("stance"), Cell("note"), Cell("evidence"));

        AnswerCell Cell(string column) => columns.TryGetValue(column, out var i) ? new(AnswerCell.Clean(record[i].Text), record[i].Line, record[i].Column) : new("", record[0].Line, record[0].Column);
    }

    private sealed class SheetBuilder
    {
        private readonly Dictionary<string, Answer> agreed = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (string? Role, Dictionary<string, Answer> Answers)> respondents = new(StringComparer.Ordinal);
        private readonly List<string> order = [];

        public void Add(string respondent, string role, string question, Answer answer)
        {
            if (respondent == AnswerSheet.AgreedName)
            {
                agreed.Add(question, answer);
                return;
            }
            if (!respondents.TryGetValue(respondent, out var known))
            {
                known = (null, new(StringComparer.Ordinal));
                order.Add(respondent);
            }
            known.Answers.Add(question, answer);
            respondents[respondent] = (known.Role ?? (role.Length == 0 ? null : role), known.Answers);
        }

        public AnswerSheet Build(string organisation, string round) =>
            new(organisation, round, [.. order.Select(name => new Respondent(name, respondents[name].Role, respondents[name].Answers))], agreed);
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Answers;

/// <summary>Answers as CSV (contract.md, "Answers as CSV"), in and out.</summary>
public sealed partial class AnswerCsv
{
    private static readonly string[] Required = ["organisation", "round", "respondent", "question", "answer"];
    private static readonly string[] Columns = [.. Required, "role", "stance", "note", "evidence"];

    private readonly List<Fault> faults = [];
    private readonly List<Row> rows = [];

    /// <summary>For each unknown question, what is wrong with it: thousands of lines may name the same one.</summary>
    private readonly Dictionary<(Instrument, string), string> unknown = [];

    private AnswerCsv()
    {
    }

    /// <summary>The rounds that the files name, in order.</summary>
    public IReadOnlyList<string> Rounds => [.. rows.Select(r => r.Round.Text).Where(r => r.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The organisations that the files name, in order.</summary>
    public IReadOnlyList<string> Organisations => [.. rows.Select(r => r.Organisation.Text).Where(o => o.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Takes files apart. What is wrong with them is told by <see cref="Sheets"/>, together with what the instruments show to be wrong.</summary>
    public static AnswerCsv Parse(IEnumerable<SourceFile> files)
    {
        var csv = new AnswerCsv();
        foreach (var file in files) csv.ParseFile(file);
        return csv;
    }

    /// <summary>The answers, by round and then organisation, or every fault.</summary>
    /// <param name="instrumentOf">The instrument of a round; null where it is at fault itself, and then only what does not depend on it is told.</param>
    public Reading<IReadOnlyList<AnswerSheet>> Sheets(Func<string, Instrument?> instrumentOf)
    {
        var found = new List<Fault>(faults);
        var instruments = Rounds.ToDictionary(r => r, instrumentOf);
        var firstAt = new Dictionary<(string, string, string, string), Row>();
        var sheets = new Dictionary<(string Round, string Organisation), SheetBuilder>();
        foreach (var row in rows)
        {
            if (row.Answer(instruments.GetValueOrDefault(row.Round.Text), found, Unknown) is not { } answer) continue;
            var key = (row.Organisation.Text, row.Round.Text, row.Respondent.Text, row.Question.Text);
            if (!firstAt.TryAdd(key, row))
            {
                var first = firstAt[key];
                var where = first.Path == row.Path ? $"line {first.Question.Line}" : $"{first.Path}, line {first.Question.Line}";
                found.Add(row.Fault(row.Question, $"{Quoting.Quote(row.Respondent.Text)} of {Quoting.Quote(row.Organisation.Text)} has already answered this question in this round ({where}); keep one of the two"));
                continue;
            }
            var sheetKey = (row.Round.Text, row.Organisation.Text);
            if (!sheets.TryGetValue(sheetKey, out var sheet)) sheets[sheetKey] = sheet = new();
            sheet.Add(row.Respondent.Text, row.Role.Text, row.Question.Text, answer);
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
                rows.Add(Row.Of(file.Path, record, columns));
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

    private static string Name(CsvCell cell) => Row.Clean(cell.Text).ToLowerInvariant();

    private string Unknown(Instrument instrument, string question)
    {
        if (!unknown.TryGetValue((instrument, question), out var message))
        {
            message = $"{instrument} has no question {Quoting.Quote(question)}; {Quoting.DidYouMean(question, [.. instrument.Questions.Select(q => q.Key)])}";
            unknown.Add((instrument, question), message);
        }
        return message;
    }

    /// <summary>A date or a time as spreadsheets write it.</summary>
    [GeneratedRegex("^([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}-[a-z]{3}|[a-z]{3}[- ][0-9]{4}|.* 00:00(:00)?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpreadsheetDate();

    /// <summary>Month and year as spreadsheets write what they take for a date: Jan-26.</summary>
    [GeneratedRegex("^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-([0-9]{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpreadsheetMonth();

    private sealed record Row(string Path, CsvCell Organisation, CsvCell Round, CsvCell Respondent, CsvCell Question, CsvCell Given, CsvCell Role, CsvCell Stance, CsvCell Note, CsvCell Evidence)
    {
        public static Row Of(string path, IReadOnlyList<CsvCell> record, Dictionary<string, int> columns)
        {
            return new(path, Cell("organisation"), Cell("round"), Cell("respondent"), Cell("question"), Cell("answer"), Cell("role"), Cell("stance"), Cell("note"), Cell("evidence"));

            CsvCell Cell(string column) => columns.TryGetValue(column, out var i) ? record[i] with { Text = Clean(record[i].Text) } : new("", record[0].Line, record[0].Column);
        }

        /// <summary>A cell's text without white space around it, and without the guard that writing puts before what looks like a formula.</summary>
        public static string Clean(string cell)
        {
            var text = cell.Trim();
            return text.StartsWith('\'') ? text[1..] : text;
        }

        public Fault Fault(CsvCell at, string message) => new(Path, at.Line, at.Column, message);

        /// <summary>The row's answer; null, and faults added, where anything about the row is wrong. The instrument is null where the row names no round, or is at fault itself.</summary>
        public Answer? Answer(Instrument? instrument, List<Fault> faults, Func<Instrument, string, string> unknown)
        {
            var before = faults.Count;
            if (Organisation.Text.Length == 0) faults.Add(Fault(Organisation, "the organisation is empty; write whose answer this is"));
            if (Round.Text.Length == 0) faults.Add(Fault(Round, "the round is empty; write when this was answered, such as 2026-01"));
            if (SpreadsheetMonth().Match(Round.Text) is { Success: true } month)
            {
                faults.Add(Fault(Round, $"a spreadsheet seems to have turned the round into {Quoting.Quote(Round.Text)}; write {YearAndMonth(month)} and give the column the format Text first"));
            }
            else if (SpreadsheetDate().IsMatch(Round.Text))
            {
                faults.Add(Fault(Round, $"a spreadsheet seems to have turned the round into {Quoting.Quote(Round.Text)}; write a name such as 2026-01 and give the column the format Text first"));
            }
            if (Respondent.Text.Length == 0) faults.Add(Fault(Respondent, "the respondent is empty; write who answered, or agreed"));
            if (Question.Text.Length == 0) faults.Add(Fault(Question, "the question is empty; write its key in full, as area.theme.question"));
            var stance = Stances.Parse(Stance.Text);
            if (stance is null && Stance.Text.Length > 0)
            {
                faults.Add(Fault(Stance, $"{Quoting.Quote(Stance.Text)} is no stance; write fixed, negotiable, open, or nothing"));
            }
            if (instrument is null) return null;
            if (Question.Text.Length > 0 && instrument.Find(Question.Text) is null)
            {
                faults.Add(Fault(Question, unknown(instrument, Question.Text)));
            }
            var choice = Choice.Parse(Given.Text, instrument.Levels.Count);
            if (choice is null) faults.Add(Fault(Given, WrongAnswer(instrument)));
            return faults.Count == before ? new(choice!.Value, stance, OrNull(Note.Text), OrNull(Evidence.Text)) : null;
        }

        private string WrongAnswer(Instrument instrument)
        {
            var right = $"write a level from 1 to {instrument.Levels.Count}, dk for don't know, or na for not applicable";
            return Given.Text.Length == 0 ? $"the answer is empty; {right}, or leave the line out"
                : Given.Text.All(char.IsAsciiDigit) ? $"the level {Quoting.Quote(Given.Text)} is out of range; {right}"
                : $"{Quoting.Quote(Given.Text)} is no answer; {right}";
        }

        private static string YearAndMonth(Match month)
        {
            var number = DateTime.ParseExact(month.Groups[1].Value, "MMM", CultureInfo.InvariantCulture).Month;
            return $"20{month.Groups[2].Value}-{number.ToString("00", CultureInfo.InvariantCulture)}";
        }

        private static string? OrNull(string text) => text.Length == 0 ? null : text;
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

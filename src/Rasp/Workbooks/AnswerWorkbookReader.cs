using System.Globalization;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Workbooks;

/// <summary>An answer workbook as it came back.</summary>
/// <param name="Path">The file, as the person who handed it in would name it.</param>
/// <param name="InstrumentId">Of the questions that it holds.</param>
/// <param name="InstrumentVersion">Of these.</param>
/// <param name="Stage">The key of the stage that it was made for; empty for all.</param>
/// <param name="Of">Whose answers it was made with; null where it was made from no assessment.</param>
/// <param name="Organisation">As it stands on the first sheet, as what follows.</param>
/// <param name="Round">When it was answered.</param>
/// <param name="Role">The name of the role, or its key.</param>
/// <param name="Respondent">What tells several people of one role apart.</param>
/// <param name="Rows">One a question.</param>
internal sealed record ReadWorkbook(
    string Path, string InstrumentId, string InstrumentVersion, string Stage, Guid? Of, AnswerCell Organisation, AnswerCell Round, AnswerCell Role, AnswerCell Respondent, IReadOnlyList<ReadRow> Rows)
{
    public Fault FaultAt(AnswerCell at, string message) => new(Path, at.Line, at.Column, message) { Sheet = at.Sheet };
}

/// <summary>A question's row.</summary>
/// <param name="Entry">What stands in it, as it was chosen or typed.</param>
/// <param name="Revision">Of the question; null where that can't be read.</param>
/// <param name="Version">Of the answer that it was made with; null where there was none, or where that can't be read.</param>
/// <param name="Digest">Of that answer.</param>
internal sealed record ReadRow(AnswerEntry Entry, int? Revision, int? Version, string Digest)
{
    public bool IsEmpty => Entry is { Given.Text.Length: 0, Stance.Text.Length: 0, Note.Text.Length: 0, Evidence.Text.Length: 0 };

    /// <summary>In the words of files, as an instrument has them: a level, <c>dk</c> or <c>na</c>, and a stance. What is none of these stays as it was typed.</summary>
    public AnswerEntry In(Instrument instrument) => Entry with
    {
        Given = Entry.Given with { Text = AnswerWords.ToFile(Entry.Given.Text, instrument) },
        Stance = Entry.Stance with { Text = AnswerWords.StanceToFile(Entry.Stance.Text) },
    };

    /// <summary>Whether a cell of it could not be read, and a fault says so.</summary>
    public bool IsFaulty { get; init; }
}

/// <summary>Reads answer workbooks.</summary>
internal static class AnswerWorkbookReader
{
    /// <summary>What is looked for in the columns of an area's sheet.</summary>
    private static readonly string[] Wanted =
        [AnswerWorkbookWriter.Key, AnswerWorkbookWriter.Revision, AnswerWorkbookWriter.Version, AnswerWorkbookWriter.Digest, AnswerWorkbookWriter.Answer, AnswerWorkbookWriter.Compromise, AnswerWorkbookWriter.Note, AnswerWorkbookWriter.Evidence];

    private const string TakeNew = "take a new workbook and copy your answers into it";

    /// <summary>The workbook; null, and faults added, where it is none of ours. Cells that can't be read are told too, and leave out their rows alone.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static ReadWorkbook? Read(SourceFile file, List<Fault> faults)
    {
        if (Spreadsheet.Read(file, faults) is not { } sheets) return null;
        if (sheets.FirstOrDefault(s => s.At(1, 1).Text == AnswerWorkbook.Mark) is not { } hidden) return Refuse("this workbook is not one to answer in that Rasp made; take one from an assessment’s page “Take it away”, or with rasp template");
        var format = hidden.At(1, 2).Text;
        if (format != AnswerWorkbook.Format) return Refuse($"this workbook is of format {format}, which this version of Rasp does not know; {TakeNew}");
        var (id, version, stage) = (Fact("instrument"), Fact("instrument version"), Fact("stage"));

        var start = sheets.FirstOrDefault(s => s.Name == AnswerWorkbook.Start) ?? new(AnswerWorkbook.Start, new Dictionary<(int, int), SheetCell>());
        var (organisation, round, role, respondent) = (Typed("Organisation"), Typed("Round"), Typed("Your role"), Typed("Who answers"));
        var rows = new List<ReadRow>();
        foreach (var sheet in sheets.Where(s => s != hidden && s.Name != AnswerWorkbook.Start))
        {
            if (HeaderOf(sheet, faults) is not var (header, columns)) continue;
            foreach (var row in sheet.Cells.Keys.Where(c => c.Row > header && c.Column == columns[AnswerWorkbookWriter.Key]).Select(c => c.Row).Order().ToList()) rows.Add(RowOf(sheet, row, columns));
        }
        return new(file.Path, id, version, stage, Guid.TryParseExact(Fact("answers of"), "N", out var of) ? of : null, organisation, round, role, respondent, rows);

        ReadWorkbook? Refuse(string message)
        {
            faults.Add(new(file.Path, 1, 1, message));
            return null;
        }

        string Fact(string name) => hidden.Cells.Where(c => c.Key.Column == 1 && c.Value.Text == name).Select(c => hidden.At(c.Key.Row, 2).Text).FirstOrDefault() ?? "";

        AnswerCell Typed(string label)
        {
            var row = start.Cells.Where(c => c.Key.Column == 1 && c.Value.Text == label).Select(c => c.Key.Row).FirstOrDefault(1);
            return new(AnswerCell.Clean(start.At(row, 2).Text), row, 2, start.Name);
        }

        ReadRow RowOf(ReadSheet sheet, int row, Dictionary<string, int> columns)
        {
            var before = faults.Count;
            var key = Cell(AnswerWorkbookWriter.Key);
            var entry = new AnswerEntry(
                file.Path, organisation, round, respondent, key, Entered(AnswerWorkbookWriter.Answer), role,
                Entered(AnswerWorkbookWriter.Compromise), Entered(AnswerWorkbookWriter.Note), Entered(AnswerWorkbookWriter.Evidence));
            return new(entry, Number(AnswerWorkbookWriter.Revision), Number(AnswerWorkbookWriter.Version), Cell(AnswerWorkbookWriter.Digest).Text) { IsFaulty = faults.Count > before };

            AnswerCell Cell(string column) => new(AnswerCell.Clean(sheet.At(row, columns[column]).Text), row, columns[column], sheet.Name);

            AnswerCell Entered(string column)
            {
                var (cell, at) = (sheet.At(row, columns[column]), Cell(column));
                if (cell.IsError) faults.Add(new(file.Path, row, at.Column, $"an error stands here, {cell.Text}; write the text itself") { Sheet = sheet.Name });
                else if (cell.IsFormula) faults.Add(new(file.Path, row, at.Column, "a formula stands here; write the text itself, or put ' in front") { Sheet = sheet.Name });
                return at;
            }

            int? Number(string column) => int.TryParse(Cell(column).Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        (int Row, Dictionary<string, int> Columns)? HeaderOf(ReadSheet sheet, List<Fault> told)
        {
            var header = sheet.Cells.Where(c => c.Value.Text == AnswerWorkbookWriter.Key).Select(c => c.Key.Row).Order().FirstOrDefault();
            if (header == 0)
            {
                // A sheet that somebody added is theirs. One of ours without its hidden columns can't be told from it but for its questions.
                if (sheet.Cells.FirstOrDefault(c => c.Value.Text == AnswerWorkbookWriter.Compromise) is { Value.Text.Length: > 0 } left) told.Add(new(file.Path, left.Key.Row, left.Key.Column, $"the hidden columns of this sheet are gone; {TakeNew}") { Sheet = sheet.Name });
                return null;
            }
            var columns = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var ((row, column), cell) in sheet.Cells.Where(c => c.Key.Row == header).OrderBy(c => c.Key.Column))
            {
                if (Wanted.Contains(cell.Text)) columns.TryAdd(cell.Text, column);
            }
            if (Wanted.FirstOrDefault(w => !columns.ContainsKey(w)) is not { } missing) return (header, columns);
            told.Add(new(file.Path, header, 1, $"the column “{missing}” is gone; {TakeNew}") { Sheet = sheet.Name });
            return null;
        }
    }

    /// <summary>What a workbook holds to be scored; what nobody filled in is no answer.</summary>
    public static IEnumerable<AnswerEntry> Entries(ReadWorkbook workbook, Instrument instrument, List<Fault> faults)
    {
        if (workbook.InstrumentId != instrument.Id)
        {
            faults.Add(new(workbook.Path, 1, 1, $"this workbook holds the questions of {workbook.InstrumentId} {workbook.InstrumentVersion}, and is to be scored as {instrument}; name its instrument with --instrument"));
            yield break;
        }
        var role = workbook.Role.Text.Length == 0 ? "" : instrument.Roles.FirstOrDefault(r => r.Key == workbook.Role.Text || string.Equals(r.Name, workbook.Role.Text, StringComparison.OrdinalIgnoreCase))?.Key;
        if (role is null) faults.Add(workbook.FaultAt(workbook.Role, $"there is no role “{workbook.Role.Text}”; choose one from the list"));
        var filled = workbook.Rows.Where(r => !r.IsEmpty).ToList();
        if (filled.Count == 0) faults.Add(new(workbook.Path, 1, 1, "nothing is answered in this workbook; choose the one that you filled in"));
        var respondent = workbook.Respondent.Text.Length > 0 || role is null ? workbook.Respondent : workbook.Role with { Text = role };
        foreach (var row in filled.Where(r => !r.IsFaulty))
        {
            if (instrument.Find(row.Entry.Question.Text) is { } question && row.Revision != question.Revision)
            {
                faults.Add(workbook.FaultAt(row.Entry.Question, $"this question means something else in {instrument} than in {workbook.InstrumentId} {workbook.InstrumentVersion}, for which the workbook was made; answer it in a new one"));
                continue;
            }
            yield return row.In(instrument) with { Respondent = respondent, Role = workbook.Role with { Text = role ?? "" } };
        }
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Rasp.Data;
using Rasp.Readiness.Instruments;
using Rasp.Reports;

namespace Rasp.Workbooks;

/// <summary>Writes a workbook to answer in: a sheet an area, nothing to change but the answers, and no formula but those that count. The same content is the same file, byte for byte.</summary>
internal sealed class AnswerWorkbookWriter
{
    /// <summary>The columns of an area's sheet, in order. Reading finds them by these names; the last four are hidden.</summary>
    public static readonly IReadOnlyList<string> Columns =
        [Number, Question, Levels, Answer, Compromise, Note, Evidence, Key, Revision, Version, Digest];

    public const string Answer = "Answer";
    public const string Compromise = "Could you compromise?";
    public const string Note = "Note";
    public const string Evidence = "Evidence";
    public const string Key = "question key";
    public const string Revision = "revision";
    public const string Version = "version";
    public const string Digest = "as it was";

    private const string Number = "No.";
    private const string Question = "Question";
    private const string Levels = "What is true at each level";

    private const uint HeaderRow = 4;
    private const string AnswersName = "RaspAnswers";
    private const string StancesName = "RaspStances";
    private const string RolesName = "RaspRoles";

    private static readonly double[] Widths = [6, 38, 66, 21, 19, 46, 32];

    private readonly AnswerWorkbook content;
    private readonly WorkbookPart workbook;
    private readonly List<(Area Area, string Sheet, uint First, uint Last, int Questions, int Answered)> areas = [];

    private AnswerWorkbookWriter(AnswerWorkbook content, WorkbookPart workbook) => (this.content, this.workbook) = (content, workbook);

    public static byte[] Write(AnswerWorkbook content)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            document.ChangeIdOfPart(workbook, "workbook");
            workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = WorkbookLooks.Styles();
            var core = document.AddCoreFilePropertiesPart();
            document.ChangeIdOfPart(core, "core");
            using (var facts = new MemoryStream(Encoding.UTF8.GetBytes(WordParts.Core("Answer workbook", content.Instrument.Title, content.MadeAt).Trim()))) core.FeedData(facts);
            new AnswerWorkbookWriter(content, workbook).Write();
        }
        using (var parts = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            StoreAsItIs(parts, HiddenPart(parts));
            // The moment at which it was packed says nothing.
            foreach (var part in parts.Entries) part.LastWriteTime = new(content.MadeAt.UtcDateTime.Date, TimeSpan.Zero);
        }
        return bytes.ToArray();
    }

    /// <summary>The hidden sheet, which is the last.</summary>
    private static ZipArchiveEntry HiddenPart(ZipArchive parts) =>
        parts.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).MaxBy(e => (e.FullName.Length, e.FullName))!;

    /// <summary>Not compressed: the id in it is random, and the size of the file must not be.</summary>
    private static void StoreAsItIs(ZipArchive parts, ZipArchiveEntry part)
    {
        using var content = new MemoryStream();
        using (var compressed = part.Open()) compressed.CopyTo(content);
        var name = part.FullName;
        part.Delete();
        using var stored = parts.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stored.Write(content.ToArray());
    }

    private void Write()
    {
        var (sheets, names) = (new Sheets(), new DefinedNames());
        workbook.Workbook = new Workbook(
            new WorkbookProtection { LockStructure = true }, new BookViews(new WorkbookView { ActiveTab = 0 }), sheets, names, new CalculationProperties { CalculationId = 191029, FullCalculationOnLoad = true });
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { AnswerWorkbook.Start, AnswerWorkbook.Hidden, "History" };
        foreach (var area in content.Instrument.Areas)
        {
            var asked = content.Questions.Where(q => q.Area == area.Key).ToList();
            if (asked.Count == 0) continue;
            // A heading above each theme, and the questions.
            var rows = (uint)(asked.Count + asked.Select(q => q.Theme).Distinct().Count());
            areas.Add((area, SheetName(area.Name, taken), HeaderRow + 1, HeaderRow + rows, asked.Count, asked.Count(q => content.Answers.GetValueOrDefault(q.Key)?.Answer.Choice is not null)));
        }
        Add(AnswerWorkbook.Start, StartSheet());
        for (var i = 0; i < areas.Count; i++)
        {
            Add(areas[i].Sheet, AreaSheet(i));
            names.Append(new DefinedName(string.Create(CultureInfo.InvariantCulture, $"{Quoted(areas[i].Sheet)}!${HeaderRow}:${HeaderRow}")) { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i + 1 });
        }
        var (hidden, lists) = HiddenSheet();
        Add(AnswerWorkbook.Hidden, hidden).State = SheetStateValues.Hidden;
        foreach (var (name, column, count) in lists.Where(l => l.Count > 0))
        {
            names.Append(new DefinedName(string.Create(CultureInfo.InvariantCulture, $"{AnswerWorkbook.Hidden}!${column}$1:${column}${count}")) { Name = name });
        }

        Sheet Add(string name, Worksheet worksheet)
        {
            var number = (uint)sheets.ChildElements.Count + 1;
            var part = workbook.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"sheet{number}"));
            part.Worksheet = worksheet;
            return sheets.AppendChild(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = number, Name = name });
        }
    }

    private Worksheet StartSheet()
    {
        var (rows, links) = (new RowsOfCells(), new Hyperlinks());
        var instrument = content.Instrument;
        rows.Add(30, ("A", "Answer workbook", WorkbookLooks.Title));
        rows.Add(null, ("A", instrument.Title, WorkbookLooks.Subtitle));
        rows.Skip();
        Typed("Organisation", content.Organisation, "");
        Typed("Round", content.Round, "When this is answered, year and month, such as 2026-01.");
        var role = Typed("Your role", instrument.Roles.FirstOrDefault(r => r.Key == content.Role)?.Name ?? content.Role, instrument.Roles.Count > 0 ? "From which you answer. Choose it from the list." : "From which you answer.");
        Typed("Who answers", content.Respondent, "Leave it empty. Only where several people of one role answer: what tells you apart.");
        rows.Add(null, ("A", "Stage", WorkbookLooks.Label), ("B", instrument.Stages.FirstOrDefault(s => s.Key == content.Stage)?.Name ?? "All stages", WorkbookLooks.Text));
        rows.Add(null, ("A", "Questions", WorkbookLooks.Label), ("B", $"{instrument.Id} {instrument.Version}", WorkbookLooks.Text));
        rows.Add(null, ("A", "Made on", WorkbookLooks.Label), ("B", content.MadeAt.InWords(), WorkbookLooks.Text));
        rows.Skip();
        rows.Add(22, ("A", "How far you are", WorkbookLooks.Heading));
        foreach (var (area, sheet, first, last, questions, answered) in areas)
        {
            links.Append(new Hyperlink { Reference = $"A{rows.Next}", Location = $"{Quoted(sheet)}!A1", Display = area.Name });
            rows.Add(null, ("A", area.Name, WorkbookLooks.Link));
            rows.Formula("B", string.Create(CultureInfo.InvariantCulture, $"{Counted(sheet, first, last)}&\" of {questions} answered\""), string.Create(CultureInfo.InvariantCulture, $"{answered} of {questions} answered"), WorkbookLooks.Text);
        }
        rows.Add(null, ("A", "All", WorkbookLooks.Label));
        rows.Formula(
            "B",
            string.Create(CultureInfo.InvariantCulture, $"SUM({string.Join(',', areas.Select(a => Counted(a.Sheet, a.First, a.Last)).DefaultIfEmpty("0"))})&\" of {content.Questions.Count} answered\""),
            string.Create(CultureInfo.InvariantCulture, $"{areas.Sum(a => a.Answered)} of {content.Questions.Count} answered"),
            WorkbookLooks.Label);
        rows.Skip();
        rows.Add(22, ("A", "How to fill it in", WorkbookLooks.Heading));
        foreach (var line in Instructions()) rows.Add(null, ("A", line, WorkbookLooks.Line));
        return Sheet(
            [("A", 26), ("B", 58), ("C", 78)], rows, null, links.HasChildren ? links : null,
            instrument.Roles.Count > 0 ? [List($"B{role}", RolesName, "Choose a role from the list.")] : [], AnswerWorkbook.Start);

        uint Typed(string label, string value, string hint)
        {
            rows.Add(null, ("A", label, WorkbookLooks.Label), ("B", value, WorkbookLooks.Input), ("C", hint, WorkbookLooks.Hint));
            return rows.Next - 1;
        }
    }

    private List<string> Instructions() =>
    [
        "1. Each area has a sheet: choose it at the foot of the window. Only the coloured cells can be changed.",
        "2. Read what is true at each level, and choose the highest description that is true today, all of it.",
        "3. “Don’t know” is an honest answer, and shows what to find out. Where a question does not apply, say why in the note.",
        "4. A note says what is behind the answer, evidence what proves it: a document and its date. A note has at most 10,000 characters.",
        "5. “Could you compromise?” can stay empty. If something is a red line, say in the note what exactly is fixed.",
        "6. What councils write down may have to be disclosed under freedom of information: name no one, and nothing secret.",
        content.Of is null
            ? "7. Save it as an Excel workbook (.xlsx). Upload it on an assessment’s page “Take it away”, or score it with rasp score."
            : "7. Save it as an Excel workbook (.xlsx), and upload it where you got it: the assessment’s page “Take it away”. First you see what would change.",
    ];

    private Worksheet AreaSheet(int index)
    {
        var (area, _, first, last, questions, answered) = areas[index];
        var rows = new RowsOfCells();
        rows.Add(30, ("A", area.Name, WorkbookLooks.Title));
        rows.Add(null);
        rows.Formula("A", string.Create(CultureInfo.InvariantCulture, $"\"Answered \"&COUNTA(D{first}:D{last})&\" of {questions}\""), string.Create(CultureInfo.InvariantCulture, $"Answered {answered} of {questions}"), WorkbookLooks.Line);
        rows.Add(null, ("A", "Choose the highest description that is true today, all of it.", WorkbookLooks.Line));
        rows.Add(34, [.. Columns.Select((c, i) => (Letter(i), c, WorkbookLooks.Header))]);
        string? theme = null;
        foreach (var (question, number) in content.Questions.Select((q, i) => (Question: q, Number: i + 1)).Where(q => q.Question.Area == area.Key))
        {
            if (question.Theme != theme)
            {
                theme = question.Theme;
                rows.Add(20, [("A", area.Themes.First(t => t.Key == theme).Name, WorkbookLooks.Theme), .. "BCDEFG".Select(c => ($"{c}", "", WorkbookLooks.Theme))]);
            }
            var (answer, version) = content.Answers.GetValueOrDefault(question.Key) ?? VersionedAnswer.None;
            var levels = string.Join('\n', question.Levels.Select((l, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}  {l}")));
            rows.Add(
                HeightOf(question, levels),
                ("A", number.ToString(CultureInfo.InvariantCulture), WorkbookLooks.Text), ("B", question.Text, WorkbookLooks.Strong), ("C", levels, WorkbookLooks.Text),
                ("D", answer.Choice is { } choice ? AnswerWords.Of(choice, content.Instrument) : "", WorkbookLooks.Input), ("E", answer.Stance is { } stance ? AnswerWords.Of(stance) : "", WorkbookLooks.Input),
                ("F", answer.Note ?? "", WorkbookLooks.Input), ("G", answer.Evidence ?? "", WorkbookLooks.Input),
                ("H", question.Key, WorkbookLooks.Plain), ("I", question.Revision.ToString(CultureInfo.InvariantCulture), WorkbookLooks.Plain),
                ("J", content.Of is null ? "" : version.ToString(CultureInfo.InvariantCulture), WorkbookLooks.Plain), ("K", content.Of is null ? "" : AnswerWorkbook.Digest(answer), WorkbookLooks.Plain));
        }
        var pane = new Pane { HorizontalSplit = 2, VerticalSplit = HeaderRow, TopLeftCell = string.Create(CultureInfo.InvariantCulture, $"C{first}"), ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen };
        return Sheet(
            [.. Widths.Select((w, i) => (Letter(i), w)), .. Columns.Skip(Widths.Length).Select((_, i) => (Letter(Widths.Length + i), 0d))], rows, pane, null,
            [
                List(Range("D"), AnswersName, "Choose a level, don’t know or does not apply from the list."),
                List(Range("E"), StancesName, "Choose fixed, negotiable or open from the list, or leave it empty."),
                new(new Formula1("10000"))
                {
                    Type = DataValidationValues.TextLength, Operator = DataValidationOperatorValues.LessThanOrEqual, AllowBlank = true, ShowErrorMessage = true,
                    ErrorTitle = "Too long", Error = "A note, or evidence, has at most 10,000 characters.",
                    SequenceOfReferences = new() { InnerText = string.Create(CultureInfo.InvariantCulture, $"F{first}:G{last}") },
                },
            ],
            area.Name, string.Create(CultureInfo.InvariantCulture, $"D{first}:D{last}"));

        string Range(string column) => string.Create(CultureInfo.InvariantCulture, $"{column}{first}:{column}{last}");
    }

    private (Worksheet Sheet, IReadOnlyList<(string Name, string Column, int Count)> Lists) HiddenSheet()
    {
        (string, string)[] facts =
        [
            (AnswerWorkbook.Mark, AnswerWorkbook.Format), ("instrument", content.Instrument.Id), ("instrument version", content.Instrument.Version), ("stage", content.Stage ?? ""),
            ("answers of", content.Of?.ToString("N") ?? ""), ("made at", content.MadeAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        ];
        (string Name, string Column, IReadOnlyList<string> Items)[] lists =
            [(AnswersName, "D", AnswerWords.Choices(content.Instrument)), (StancesName, "E", AnswerWords.StanceChoices), (RolesName, "F", [.. content.Instrument.Roles.Select(r => r.Name)])];
        var rows = new RowsOfCells();
        for (var i = 0; i < Math.Max(facts.Length, lists.Max(l => l.Items.Count)); i++)
        {
            var row = i < facts.Length ? new List<(string, string, uint)> { ("A", facts[i].Item1, WorkbookLooks.Plain), ("B", facts[i].Item2, WorkbookLooks.Plain) } : [];
            row.AddRange(lists.Where(l => i < l.Items.Count).Select(l => (l.Column, l.Items[i], WorkbookLooks.Plain)));
            rows.Add(null, [.. row]);
        }
        return (new(new SheetViews(new SheetView { WorkbookViewId = 0 }), rows.Data, Protection()), [.. lists.Select(l => (l.Name, l.Column, l.Items.Count))]);
    }

    private static Worksheet Sheet(
        IReadOnlyList<(string Column, double Width)> widths, RowsOfCells rows, Pane? pane, Hyperlinks? links, IReadOnlyList<DataValidation> lists, string name, string? filled = null)
    {
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = false };
        if (pane is null) view.TabSelected = true;
        else view.Append(pane, new Selection { Pane = PaneValues.BottomRight, ActiveCell = "D6", SequenceOfReferences = new() { InnerText = "D6" } });
        var sheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(view),
            new SheetFormatProperties { DefaultRowHeight = 15 },
            new Columns(widths.Select((w, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w.Width, CustomWidth = true, Hidden = w.Width == 0 ? true : null })),
            rows.Data,
            Protection());
        if (filled is not null)
        {
            sheet.Append(new ConditionalFormatting(
                new ConditionalFormattingRule(new Formula($"LEN({filled.Split(':')[0]})>0")) { Type = ConditionalFormatValues.Expression, FormatId = 0, Priority = 1 })
            { SequenceOfReferences = new() { InnerText = filled } });
        }
        if (lists.Count > 0) sheet.Append(new DataValidations(lists) { Count = (uint)lists.Count });
        if (links is not null) sheet.Append(links);
        sheet.Append(
            new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.6, Header = 0.3, Footer = 0.3 },
            new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 },
            new HeaderFooter(new OddFooter($"&L{FileText.ForXml(name).Replace("&", "&&", StringComparison.Ordinal)}&RPage &P of &N")));
        return sheet;
    }

    /// <summary>Without a password: it keeps from slips, not from people. Rows can be made taller for long notes.</summary>
    private static SheetProtection Protection() => new() { Sheet = true, Objects = true, Scenarios = true, FormatRows = false, FormatColumns = false };

    private static DataValidation List(string cells, string name, string fault) => new(new Formula1(name))
    {
        Type = DataValidationValues.List,
        AllowBlank = true,
        ShowErrorMessage = true,
        ErrorTitle = "Not in the list",
        Error = fault,
        SequenceOfReferences = new() { InnerText = cells },
    };

    private static string Counted(string sheet, uint first, uint last) => string.Create(CultureInfo.InvariantCulture, $"COUNTA({Quoted(sheet)}!D{first}:D{last})");

    private static string Quoted(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Letter(int column) => $"{(char)('A' + column)}";

    /// <summary>High enough for what is asked; whoever types a long note can make it higher. Excel allows no more than 409.</summary>
    private static double HeightOf(Question question, string levels)
    {
        var lines = Math.Max(levels.Split('\n').Sum(l => Lines(l.Length, Widths[2])), Lines(question.Text.Length, Widths[1] - 4));
        return Math.Min(409, (lines * 14.5) + 8);

        static int Lines(int length, double width) => Math.Max(1, (int)Math.Ceiling(length / (width * 1.12)));
    }

    /// <summary>An area's name as a sheet may be called: 31 characters, none that Excel forbids, none twice.</summary>
    private static string SheetName(string name, HashSet<string> taken)
    {
        var fit = string.Concat(FileText.ForXml(name).Where(c => c is not ('[' or ']' or ':' or '*' or '?' or '/' or '\\') && !char.IsControl(c) && !char.IsSurrogate(c))).Trim(' ', '\'');
        for (var i = 1; ; i++)
        {
            var end = i == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {i}");
            var candidate = (fit.Length == 0 ? "Area" : fit)[..Math.Min(Math.Max(fit.Length, fit.Length == 0 ? 4 : 0), 31 - end.Length)].TrimEnd(' ', '\'') + end;
            if (taken.Add(candidate)) return candidate;
        }
    }
}

/// <summary>Rows of a sheet, one below the other.</summary>
internal sealed class RowsOfCells
{
    public SheetData Data { get; } = new();

    /// <summary>The number of the row that comes next.</summary>
    public uint Next { get; private set; } = 1;

    /// <param name="height">In points; null for the usual.</param>
    /// <param name="cells">Column, text and looks, in the order of the columns.</param>
    public void Add(double? height, params (string Column, string Text, uint Looks)[] cells)
    {
        var row = new Row(cells.Select(c => Cell(c.Column, c.Text, c.Looks))) { RowIndex = Next };
        if (height is { } points) (row.Height, row.CustomHeight) = (points, true);
        Data.Append(row);
        Next++;
    }

    public void Skip() => Next++;

    /// <summary>A formula of ours at the end of the row that was added last, with what it comes to as it is written.</summary>
    public void Formula(string column, string formula, string comesTo, uint looks) =>
        Data.LastChild!.Append(new Cell(new CellFormula(formula), new CellValue(comesTo)) { CellReference = $"{column}{Next - 1}", DataType = CellValues.String, StyleIndex = looks });

    private Cell Cell(string column, string text, uint looks)
    {
        var cell = new Cell { CellReference = $"{column}{Next}", StyleIndex = looks };
        if (text.Length == 0) return cell;
        cell.DataType = CellValues.InlineString;
        cell.Append(new InlineString(new Text(FileText.ForCell(text)) { Space = SpaceProcessingModeValues.Preserve }));
        return cell;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Answers;

/// <summary>A cell of a file of answers.</summary>
/// <param name="Text">Without white space around it and without the guard that writing puts before what looks like a formula; empty where nothing stands there.</param>
/// <param name="Line">Its line, or its row in a sheet, counted from 1.</param>
/// <param name="Column">The character of its line at which it begins, or its column in a sheet, counted from 1.</param>
/// <param name="Sheet">The name of its sheet in a workbook; null in a text.</param>
public readonly record struct AnswerCell(string Text, int Line, int Column, string? Sheet = null)
{
    /// <summary>Where it is, in words.</summary>
    internal string Where => Sheet is null ? $"line {Line.ToString(CultureInfo.InvariantCulture)}" : Places.InSheet(Sheet, Line, Column);

    /// <summary>A cell's text as people mean it: trimmed, and one ' taken off that guards it against being run as a formula.</summary>
    public static string Clean(string cell)
    {
        var text = cell.Trim();
        return text.StartsWith('\'') ? text[1..] : text;
    }
}

/// <summary>One answer as a file has it, cell by cell: a line of a CSV, or a row of an answer workbook. Nothing about it is checked yet.</summary>
/// <param name="Path">The file, as the person who handed it in would name it.</param>
/// <param name="Organisation">Whose answer it is.</param>
/// <param name="Round">When it was given.</param>
/// <param name="Respondent">Who gave it; <c>agreed</c> for the organisation's agreed answer.</param>
/// <param name="Question">The key in full.</param>
/// <param name="Given">A level, <c>dk</c> or <c>na</c>.</param>
/// <param name="Role">The key of the role; may be empty.</param>
/// <param name="Stance"><c>fixed</c>, <c>negotiable</c> or <c>open</c>; may be empty.</param>
/// <param name="Note">May be empty.</param>
/// <param name="Evidence">May be empty.</param>
public sealed partial record AnswerEntry(
    string Path, AnswerCell Organisation, AnswerCell Round, AnswerCell Respondent, AnswerCell Question, AnswerCell Given, AnswerCell Role, AnswerCell Stance, AnswerCell Note, AnswerCell Evidence)
{
    /// <summary>Something wrong with one of its cells.</summary>
    public Fault FaultAt(AnswerCell at, string message) => new(Path, at.Line, at.Column, message) { Sheet = at.Sheet };

    /// <summary>What was chosen; null, and a fault added, where that is no answer of this instrument.</summary>
    public Choice? ReadChoice(Instrument instrument, List<Fault> faults)
    {
        var choice = Choice.Parse(Given.Text, instrument.Levels.Count);
        if (choice is null) faults.Add(FaultAt(Given, WrongAnswer(instrument)));
        return choice;
    }

    /// <summary>The stance; null where none is given, or where it is none, and then a fault is added.</summary>
    public Stance? ReadStance(List<Fault> faults)
    {
        var stance = Stances.Parse(Stance.Text);
        if (stance is null && Stance.Text.Length > 0) faults.Add(FaultAt(Stance, $"{Quoting.Quote(Stance.Text)} is no stance; write fixed, negotiable, open, or nothing"));
        return stance;
    }

    /// <summary>The question; null, and a fault added, where the instrument has none of this key.</summary>
    public Question? ReadQuestion(Instrument instrument, List<Fault> faults)
    {
        var question = instrument.Find(Question.Text);
        if (question is null) faults.Add(FaultAt(Question, Question.Text.Length == 0 ? NoQuestion : Unknown(instrument, Question.Text)));
        return question;
    }

    /// <summary>What is wrong with a question that the instrument does not have.</summary>
    internal static string Unknown(Instrument instrument, string question) =>
        $"{instrument} has no question {Quoting.Quote(question)}; {Quoting.DidYouMean(question, [.. instrument.Questions.Select(q => q.Key)])}";

    /// <summary>The answer; null, and faults added, where anything about the entry is wrong. The instrument is null where the entry names no round, or is at fault itself.</summary>
    /// <param name="instrument">What is asked.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="unknown">As <see cref="Unknown"/>, which thousands of entries may need for the same question.</param>
    internal Answer? Read(Instrument? instrument, List<Fault> faults, Func<Instrument, string, string> unknown)
    {
        var before = faults.Count;
        if (Organisation.Text.Length == 0) faults.Add(FaultAt(Organisation, "the organisation is empty; write whose answer this is"));
        if (Round.Text.Length == 0) faults.Add(FaultAt(Round, "the round is empty; write when this was answered, such as 2026-01"));
        if (SpreadsheetMonth().Match(Round.Text) is { Success: true } month)
        {
            faults.Add(FaultAt(Round, $"a spreadsheet seems to have turned the round into {Quoting.Quote(Round.Text)}; write {YearAndMonth(month)} and give the column the format Text first"));
        }
        else if (SpreadsheetDate().IsMatch(Round.Text))
        {
            faults.Add(FaultAt(Round, $"a spreadsheet seems to have turned the round into {Quoting.Quote(Round.Text)}; write a name such as 2026-01 and give the column the format Text first"));
        }
        if (Respondent.Text.Length == 0) faults.Add(FaultAt(Respondent, "the respondent is empty; write who answered, or agreed"));
        if (Question.Text.Length == 0) faults.Add(FaultAt(Question, NoQuestion));
        var stance = ReadStance(faults);
        if (instrument is null) return null;
        if (Question.Text.Length > 0 && instrument.Find(Question.Text) is null) faults.Add(FaultAt(Question, unknown(instrument, Question.Text)));
        var choice = ReadChoice(instrument, faults);
        return faults.Count == before ? new(choice!.Value, stance, OrNull(Note.Text), OrNull(Evidence.Text)) : null;
    }

    private const string NoQuestion = "the question is empty; write its key in full, as area.theme.question";

    private string WrongAnswer(Instrument instrument)
    {
        var right = $"write a level from 1 to {instrument.Levels.Count}, dk for don't know, or na for not applicable";
        return Given.Text.Length == 0 ? $"the answer is empty; {right}, or {(Given.Sheet is null ? "leave the line out" : "clear what stands beside it")}"
            : Given.Text.All(char.IsAsciiDigit) ? $"the level {Quoting.Quote(Given.Text)} is out of range; {right}"
            : $"{Quoting.Quote(Given.Text)} is no answer; {right}";
    }

    private static string YearAndMonth(Match month)
    {
        var number = DateTime.ParseExact(month.Groups[1].Value, "MMM", CultureInfo.InvariantCulture).Month;
        return $"20{month.Groups[2].Value}-{number.ToString("00", CultureInfo.InvariantCulture)}";
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>A date or a time as spreadsheets write it.</summary>
    [GeneratedRegex("^([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}-[a-z]{3}|[a-z]{3}[- ][0-9]{4}|.* 00:00(:00)?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpreadsheetDate();

    /// <summary>Month and year as spreadsheets write what they take for a date: Jan-26.</summary>
    [GeneratedRegex("^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-([0-9]{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpreadsheetMonth();
}

using System.Globalization;
using Rasp.Data;
using Rasp.Data.Uploads;
using Rasp.Forms;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Workbooks;

/// <summary>What an uploaded file would change of somebody's answers.</summary>
internal sealed class UploadReading
{
    /// <summary>A file with more faults than this is another file than its reader means.</summary>
    private const int MostFaults = 1000;

    private readonly TakenAnswers taken;
    private readonly Instrument instrument;
    private readonly HashSet<string> asked;
    private readonly Dictionary<string, string> firstAt = new(StringComparer.Ordinal);
    private readonly List<Fault> faults = [];
    private readonly List<string> remarks = [];
    private readonly List<UploadedAnswer> answers = [];
    private int unchanged;
    private int newer;

    private UploadReading(TakenAnswers taken)
    {
        this.taken = taken;
        instrument = taken.Open.Seen.Instrument;
        asked = taken.Open.Order.Questions.Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What it comes to; null, and why told, where the file as a whole is none that can be read.</summary>
    public static (UploadedContent? Content, IReadOnlyList<string> WhyNot) Read(SourceFile file, TakenAnswers taken)
    {
        var reading = new UploadReading(taken);
        var isRead = FileKinds.IsMeantAsWorkbook(file.Path, file.Bytes.Span) ? reading.ReadWorkbook(file) : reading.ReadText(file);
        if (!isRead) return (null, [.. reading.faults.Select(f => f is { Line: 1, Column: 1, Sheet: null } ? Sentence(f.Message) : $"{Sentence(f.Where)}: {f.Message}")]);
        var order = taken.Open.Order.Questions.Select((q, i) => (q.Key, i)).ToDictionary(q => q.Key, q => q.i, StringComparer.Ordinal);
        return (new()
        {
            File = Shown.Start(Path.GetFileName(file.Path), 100)!,
            Remarks = reading.remarks,
            Faults = [.. reading.faults.Select(f => new UploadFault(Sentence(f.Where), f.Message))],
            Answers = [.. reading.answers.OrderBy(a => order[a.Question])],
            Unchanged = reading.unchanged,
            Newer = reading.newer,
        }, []);
    }

    private bool ReadWorkbook(SourceFile file)
    {
        if (AnswerWorkbookReader.Read(file, faults) is not { } workbook) return false;
        var facts = taken.Open.Seen.Facts;
        if (workbook.InstrumentId != instrument.Id)
        {
            faults.Clear();
            faults.Add(new(file.Path, 1, 1, $"this workbook holds the questions of {workbook.InstrumentId} {workbook.InstrumentVersion}, and here those of {instrument} are asked; take a workbook from this assessment"));
            return false;
        }
        var isOurs = workbook.Of is { } of && of == taken.Of;
        if (!isOurs)
        {
            remarks.Add("This workbook was not made with these answers, so it can’t tell what has changed since. Cells that are empty in it change nothing.");
            if (workbook.Organisation.Text.Length > 0 && workbook.Organisation.Text != facts.OrganisationOrOurs) remarks.Add($"It names the organisation {Shown.Start(workbook.Organisation.Text, 100)}. These are the answers of {facts.OrganisationOrOurs}.");
        }
        if (workbook.InstrumentVersion != instrument.Version) remarks.Add($"It holds the questions of version {workbook.InstrumentVersion}. Here those of version {instrument.Version} are asked.");
        if (workbook.Stage != facts.Stage) remarks.Add($"It was made for {StageName(workbook.Stage)}. Here the questions of {StageName(facts.Stage)} are asked.");
        foreach (var row in workbook.Rows.Where(r => !r.IsFaulty && (isOurs || !r.IsEmpty)))
        {
            if (HasTooMany(file)) return false;
            var entry = row.In(instrument);
            var wrong = new List<Fault>();
            var entered = Entered(entry, wrong);
            if (isOurs && entered is not null && AnswerWorkbook.Digest(entered) == row.Digest)
            {
                // Nobody has changed this row: whatever is stored by now stays.
                if (instrument.Find(entry.Question.Text) is not { } known || !asked.Contains(known.Key)) continue;
                if (taken.For(known).Version != row.Version) newer++;
                else if (!row.IsEmpty) unchanged++;
                continue;
            }
            if (QuestionOf(entry, wrong) is not { } question) continue;
            if (row.Revision != question.Revision) wrong.Add(entry.FaultAt(entry.Question, "this question means something else by now than when the workbook was made; answer it here"));
            Take(entry, question, entered, wrong, isOurs ? row.Version ?? -1 : null);
        }
        return true;
    }

    private bool ReadText(SourceFile file)
    {
        var csv = AnswerCsv.Parse([file]);
        faults.AddRange(csv.Faults);
        if (HasTooMany(file)) return false;
        if (csv.Entries.Count == 0)
        {
            if (faults.Count == 0) faults.Add(new(file.Path, 1, 1, "the file holds no answer below its first line; choose the one that you filled in"));
            return false;
        }
        var whose = csv.Entries.Select(e => (e.Organisation.Text, e.Round.Text, e.Respondent.Text)).Distinct().Select(w => $"{w.Item3} of {w.Item1} in {w.Item2}").ToList();
        if (whose.Count > 1)
        {
            faults.Clear();
            faults.Add(new(file.Path, 1, 1, $"this file holds answers of several: {Shown.Start(Shown.List([.. whose.Take(5)]), 400)}; leave one person’s in it"));
            return false;
        }
        remarks.Add("A CSV can’t tell what has changed here since it was made. Cells that are empty in it change nothing.");
        foreach (var entry in csv.Entries)
        {
            if (HasTooMany(file)) return false;
            var wrong = new List<Fault>();
            if (QuestionOf(entry, wrong) is { } question) Take(entry, question, Entered(entry, wrong), wrong, null);
        }
        return true;
    }

    /// <summary>Whether so much is wrong that one sentence says more than a list.</summary>
    private bool HasTooMany(SourceFile file)
    {
        if (faults.Count <= MostFaults) return false;
        faults.Clear();
        faults.Add(new(file.Path, 1, 1, "far too much in this file can’t be read; choose the workbook or the CSV that you filled in"));
        return true;
    }

    /// <summary>The question, where it is asked and has come only once; null, and faults told, where not.</summary>
    private Question? QuestionOf(AnswerEntry entry, List<Fault> wrong)
    {
        if (entry.ReadQuestion(instrument, wrong) is { } question)
        {
            if (!asked.Contains(question.Key))
            {
                wrong.Add(entry.FaultAt(entry.Question, question.IsAskedAt(taken.Open.Seen.Facts.Stage)
                    ? $"you are not asked {question.Key}; clear its answer"
                    : $"{question.Key} is not asked at the stage of this assessment; clear its answer"));
            }
            else if (firstAt.TryGetValue(question.Key, out var first)) wrong.Add(entry.FaultAt(entry.Question, $"{question.Key} stands in the file twice, first in {first}; keep one of the two"));
            else
            {
                firstAt.Add(question.Key, entry.FaultAt(entry.Question, "").Where);
                return question;
            }
        }
        faults.AddRange(wrong);
        return null;
    }

    /// <summary>Notes what an entry changes.</summary>
    /// <param name="entry">As the file has it.</param>
    /// <param name="question">What it answers.</param>
    /// <param name="entered">What it says; null where something is wrong with it.</param>
    /// <param name="wrong">What is wrong with it.</param>
    /// <param name="version">The version that the file was made with; null where it does not say, and empty cells then change nothing.</param>
    private void Take(AnswerEntry entry, Question question, StoredAnswer? entered, List<Fault> wrong, int? version)
    {
        var (before, current) = taken.For(question);
        var answer = entered is null || version is not null ? entered
            : new(entered.Choice ?? before.Choice, entered.Stance ?? before.Stance, entered.Note ?? before.Note, entered.Evidence ?? before.Evidence);
        if (taken.IsAgreed && answer is { Choice: null } && answer != StoredAnswer.Nothing) wrong.Add(entry.FaultAt(entry.Given, "what is agreed needs an answer; choose one, or clear what stands beside it"));
        if (taken.IsAgreed && answer is { Choice.IsNotApplicable: true, Note: null } && question.Gate is not null) wrong.Add(entry.FaultAt(entry.Note, "say why this does not apply: it is a possible show-stopper, and the results list it with your reason"));
        if (answer is null || wrong.Count > 0) faults.AddRange(wrong);
        else if (answer == before) unchanged++;
        else answers.Add(UploadedAnswer.Of(question.Key, answer, version ?? current));
    }

    /// <summary>What an entry says; null, and faults told, where something is wrong with it.</summary>
    private StoredAnswer? Entered(AnswerEntry entry, List<Fault> wrong)
    {
        var before = wrong.Count;
        var choice = entry.Given.Text.Length == 0 ? null : entry.ReadChoice(instrument, wrong);
        var stance = entry.ReadStance(wrong);
        var (note, evidence) = (Text("note", entry.Note), Text("evidence", entry.Evidence));
        return wrong.Count == before ? new(choice, stance, note, evidence) : null;

        string? Text(string name, AnswerCell cell)
        {
            var text = Typed.Clean(cell.Text);
            if (text?.Length > StoredAnswer.TextMaxLength) wrong.Add(entry.FaultAt(cell, string.Create(CultureInfo.InvariantCulture, $"the {name} has {text.Length:N0} characters; it must have {StoredAnswer.TextMaxLength:N0} or fewer")));
            return text;
        }
    }

    private string StageName(string stage) => stage.Length == 0 ? "all stages" : $"the stage “{instrument.Stages.FirstOrDefault(s => s.Key == stage)?.Name.Split(':')[0] ?? stage}”";

    private static string Sentence(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}

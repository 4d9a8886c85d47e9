using System.CommandLine;
using System.Globalization;
using System.Text;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Reports;
using Rasp.Workbooks;

namespace Rasp.Verbs;

/// <summary><c>rasp score ANSWERS…</c>: scores answer files without a database.</summary>
internal static class ScoreVerb
{
    public static Command Command()
    {
        var answers = InputFiles.Argument("ANSWERS", "Answer files: CSV in UTF-8, or workbooks that rasp template made.");
        var instrument = new Option<string[]>("--instrument") { HelpName = "[ROUND=]ID|PATH", Description = "The instrument, of all rounds or of one. Default: rasp, the built-in one." };
        var stage = new Option<string[]>("--stage") { HelpName = "[ROUND=]STAGE", Description = "The stage, of all rounds or of one. Without it every question is in scope." };
        var candidate = new Option<string?>("--candidate") { HelpName = "ORGANISATION", Description = "The organisation that would join: the others are the members, and fit is reported." };
        var format = new Option<string>("--format") { HelpName = "table|json|html|docx|xlsx", Description = "How to write the results.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "html", "docx", "xlsx");
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write them. Default: standard output." };
        var command = new Command("score", "Scores answer files without a database. Several rounds or organisations in them give trends and comparisons.")
        {
            answers, instrument, stage, candidate, format, output,
        };
        command.SetAction(call => Score(
            call.GetRequiredValue(answers), call.GetValue(instrument) ?? [], call.GetValue(stage) ?? [], call.GetValue(candidate), call.GetRequiredValue(format), call.GetValue(output)));
        return command;
    }

    private static int Score(string[] answers, string[] instrumentOptions, string[] stageOptions, string? candidate, string format, string? output)
    {
        var faults = new List<Fault>();
        var files = answers.Select(path => InputFiles.Read(path, InputFiles.LargestAnswers, faults)).OfType<SourceFile>().ToLookup(f => FileKinds.IsMeantAsWorkbook(f.Path, f.Bytes.Span));
        var texts = AnswerCsv.Parse(files[false]);
        var workbooks = files[true].Select(f => AnswerWorkbookReader.Read(f, faults)).OfType<ReadWorkbook>().ToList();
        string[] rounds = [.. texts.Rounds.Concat(workbooks.Select(w => w.Round.Text)).Where(r => r.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        var instruments = PerRound<Instrument>.Of("--instrument", instrumentOptions, rounds, value => InputFiles.FindInstrument(value, faults), Instruments.BuiltIn);
        var csv = texts.With(workbooks.SelectMany(w => instruments.For(w.Round.Text) is { } instrument ? AnswerWorkbookReader.Entries(w, instrument, faults) : []));
        var sheets = csv.Sheets(instruments.For);
        if (faults.Count > 0 || sheets.Value is null) return Faults.Tell([.. faults, .. sheets.Faults]);

        if (csv.Rounds.Count > 0) instruments.RefuseUnknownRounds();
        var stages = PerRound<string>.Of("--stage", stageOptions, csv.Rounds, value => value, null);
        if (csv.Rounds.Count > 0) stages.RefuseUnknownRounds();
        foreach (var round in csv.Rounds) InputFiles.RefuseUnknownStage(instruments.For(round)!, stages.For(round));
        if (candidate is not null && !csv.Organisations.Contains(candidate))
        {
            throw new CallFaultException($"--candidate: no answer file names the organisation '{candidate}'; they name {string.Join(", ", csv.Organisations)}");
        }
        var results = ResultSet.Of(sheets.Value.Select(s => Scorer.Score(instruments.For(s.Round)!, stages.For(s.Round), s)), candidate);
        Write(results, [.. sheets.Value], format, output, [.. answers, .. instrumentOptions.Select(o => o[(o.IndexOf('=', StringComparison.Ordinal) + 1)..])]);
        return Exit.Done;
    }

    private static void Write(ResultSet results, AnswerSheet[] sheets, string format, string? output, string[] inputs)
    {
        // Made whole before anything is written: nothing partial is left behind.
        using var whole = new MemoryStream();
        if (format == "json")
        {
            ResultsJson.Write(whole, results);
            whole.WriteByte((byte)'\n');
        }
        else if (format == "table" || results.Assessments.Count == 0)
        {
            whole.Write(Encoding.UTF8.GetBytes(ResultsTable.Write(results)));
        }
        else
        {
            var report = SetReport.Of(results, sheets, TimeProvider.System.GetUtcNow());
            ReportFormat.Find(format)!.Write(report, whole);
        }
        whole.Position = 0;
        if (output is null)
        {
            using var standardOutput = Console.OpenStandardOutput();
            whole.CopyTo(standardOutput);
            return;
        }
        OutputFile.Write(whole, output, inputs);
    }

    /// <summary>An option that can be given for all rounds, for some, or both.</summary>
    private sealed record PerRound<T>(string Option, Dictionary<string, T?> ByRound, T? ForOthers, IReadOnlyList<string> Rounds)
        where T : class
    {
        public static PerRound<T> Of(string option, string[] given, IReadOnlyList<string> rounds, Func<string, T?> find, T? byDefault)
        {
            var byRound = new Dictionary<string, T?>(StringComparer.Ordinal);
            var (forOthers, isGiven) = (byDefault, false);
            foreach (var value in given)
            {
                // A path may hold an equals sign itself: what stands before the first one is a round only where the files name it, or where the whole is no file.
                var at = value.IndexOf('=', StringComparison.Ordinal);
                if (at >= 0 && !rounds.Contains(value[..at]) && (File.Exists(value) || Directory.Exists(value))) at = -1;
                if (at < 0)
                {
                    if (isGiven) throw new CallFaultException($"{option} is given twice for all rounds; give it once, or as {option} ROUND=…");
                    (forOthers, isGiven) = (find(value), true);
                }
                else if (!byRound.TryAdd(value[..at], find(value[(at + 1)..])))
                {
                    throw new CallFaultException($"{option} is given twice for the round '{value[..at]}'; give it once");
                }
            }
            return new(option, byRound, forOthers, rounds);
        }

        public T? For(string round) => ByRound.TryGetValue(round, out var own) ? own : ForOthers;

        public void RefuseUnknownRounds()
        {
            if (ByRound.Keys.FirstOrDefault(r => !Rounds.Contains(r)) is { } unknown)
            {
                throw new CallFaultException(string.Create(CultureInfo.InvariantCulture, $"{Option}: no answer file has the round '{unknown}'; they have {string.Join(", ", Rounds)}"));
            }
        }
    }
}

using System.CommandLine;
using Rasp.Readiness;
using Rasp.Workbooks;

namespace Rasp.Verbs;

/// <summary><c>rasp template --output FILE.xlsx</c>: a workbook to answer in off line.</summary>
internal static class TemplateVerb
{
    public static Command Command()
    {
        var instrument = new Option<string?>("--instrument") { HelpName = "ID|PATH", Description = "The instrument. Default: rasp, the built-in one." };
        var stage = new Option<string?>("--stage") { HelpName = "STAGE", Description = "The stage whose questions it holds. Without it, it holds them all." };
        var output = new Option<string>("--output") { HelpName = "FILE.xlsx", Description = "Where to write it.", Required = true };
        var command = new Command("template", "Writes a workbook to answer in off line: rasp score reads it, and an assessment takes it as an upload.") { instrument, stage, output };
        command.SetAction(call => Write(call.GetValue(instrument), call.GetValue(stage), call.GetRequiredValue(output)));
        return command;
    }

    private static int Write(string? named, string? stage, string output)
    {
        if (!output.EndsWith("." + AnswerWorkbook.Extension, StringComparison.OrdinalIgnoreCase)) throw new CallFaultException($"--output: '{output}' must end in .{AnswerWorkbook.Extension}: it is an Excel workbook");
        var faults = new List<Fault>();
        var instrument = named is null ? Instruments.BuiltIn : InputFiles.FindInstrument(named, faults);
        if (instrument is null) return Faults.Tell(faults);
        InputFiles.RefuseUnknownStage(instrument, stage);
        using var whole = new MemoryStream(AnswerWorkbookWriter.Write(new()
        {
            Instrument = instrument,
            Stage = stage,
            Questions = [.. instrument.InScope(stage)],
            MadeAt = TimeProvider.System.GetUtcNow(),
        }));
        OutputFile.Write(whole, output, named is null ? [] : [named]);
        return Exit.Done;
    }
}

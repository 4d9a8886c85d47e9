using System.CommandLine;
using Rasp.Readiness;
using Rasp.Readiness.Instruments;

namespace Rasp.Verbs;

/// <summary><c>rasp check PATH…</c></summary>
internal static class CheckVerb
{
    public static Command Command()
    {
        var paths = InputFiles.Argument("PATH", "An instrument: a folder with instrument.yaml, or one YAML file.");
        var command = new Command("check", "Validates instruments, and says of every fault where it is, what is wrong and what would be right.") { paths };
        command.SetAction(call => Check(call.GetRequiredValue(paths)));
        return command;
    }

    private static int Check(string[] paths)
    {
        var faults = new List<Fault>();
        var sound = new List<string>();
        foreach (var path in paths)
        {
            if (InputFiles.ReadInstrument(path, faults) is not { } instrument) continue;
            foreach (var translation in InputFiles.TranslationsBeside(path))
            {
                if (InputFiles.Read(translation, InputFiles.LargestInstrument, faults) is { } file) faults.AddRange(Translation.Check(instrument, file));
            }
            sound.Add($"{path}: {instrument}, {instrument.Areas.Count} areas, {instrument.Areas.Sum(a => a.Themes.Count)} themes, "
                + $"{instrument.Questions.Count} questions, {instrument.Questions.Count(q => q.Gate is not null)} gates: no fault.");
        }
        if (faults.Count > 0) return Faults.Tell(faults);
        foreach (var line in sound) Console.Out.WriteLine(line);
        return Exit.Done;
    }
}

internal static class Faults
{
    /// <summary>Each fault on a line of standard error.</summary>
    public static int Tell(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        return Exit.InputAtFault;
    }
}

using System.CommandLine;
using Rasp.Readiness;
using Rasp.Readiness.Sharing;

namespace Rasp.Verbs;

/// <summary><c>rasp verify FILE…</c></summary>
internal static class VerifyVerb
{
    private const int HexadecimalDigits = 64;

    public static Command Command()
    {
        var files = InputFiles.Argument("FILE", "Seals as Rasp gives them, JSON.");
        var seals = new Option<string[]>("--seal") { HelpName = "HEX", Description = "A seal that you noted before the reveal, 64 hexadecimal digits; one for each file." };
        seals.Validators.Add(given =>
        {
            foreach (var wrong in given.Tokens.Where(t => !IsSeal(t.Value))) given.AddError($"--seal: '{wrong.Value}' is not {HexadecimalDigits} hexadecimal digits");
        });
        var command = new Command("verify", "Verifies that what partners showed is what they had sealed. Needs no database.") { files, seals };
        command.SetAction(call => Verify(call.GetRequiredValue(files), call.GetValue(seals) ?? []));
        return command;
    }

    private static int Verify(string[] paths, string[] noted)
    {
        var faults = new List<Fault>();
        var sound = new List<string>();
        foreach (var path in paths)
        {
            if (InputFiles.Read(path, InputFiles.LargestAnswers, faults) is not { } source) continue;
            var reading = SealFile.Read(source);
            faults.AddRange(reading.Faults);
            if (reading.Value is not { } file) continue;
            if (noted.Length > 0 && !noted.Contains(file.Commitment, StringComparer.OrdinalIgnoreCase)) faults.Add(new(path, 1, 1, $"its seal is {file.Commitment}, which is not a seal that you noted"));
            sound.Add($"{path}: it holds. This is {file.InWords}, "
                + (noted.Length > 0 ? $"exactly as it was when you noted its seal {file.Commitment}." : $"exactly as it was sealed under {file.Commitment}. Compare that with the seal that was shown before the reveal."));
        }
        if (faults.Count > 0) return Faults.Tell(faults);
        foreach (var line in sound) Console.Out.WriteLine(line);
        return Exit.Done;
    }

    private static bool IsSeal(string text) => text.Length == HexadecimalDigits && text.All(char.IsAsciiHexDigit);
}

using System.CommandLine;
using Rasp.Data.Exchanges;
using Rasp.Readiness;

namespace Rasp.Verbs;

/// <summary><c>rasp verify FILE…</c></summary>
internal static class VerifyVerb
{
    private const int HexadecimalDigits = 64;

    /// <summary>Each kind of file that can be verified; what none of the others knows for its own is read as a seal.</summary>
    private static readonly VerifiedKind[] Kinds = [VerifiedReports.Office, VerifiedReports.Pdf, VerifiedExchanges.Kind, VerifiedSeals.Kind];

    public static Command Command()
    {
        var files = InputFiles.Argument("FILE", "Reports as Rasp gives them, for Word, for Excel or as PDF; seals, JSON; what partners on different servers give each other.");
        var seals = new Option<string[]>("--seal") { HelpName = "HEX", Description = "A seal that you noted before the reveal, 64 hexadecimal digits; one for each file." };
        seals.Validators.Add(given =>
        {
            foreach (var wrong in given.Tokens.Where(t => !IsSeal(t.Value))) given.AddError($"--seal: '{wrong.Value}' is not {HexadecimalDigits} hexadecimal digits");
        });
        var keys = new Option<string[]>("--key")
        {
            HelpName = "KEY",
            Description = $"A key that may have signed, as you know it by another way than the file: its thumbprint, as the page {Links.Keys} of the installation shows it, or as a partner on another server reads it out (64 hexadecimal digits), or a file that was saved from {Links.KeysJson}.",
        };
        var opens = new Option<string?>("--open-with") { HelpName = "FILE", Description = "A file with the private key that an encrypted bundle is for: all that is your organisation’s, as Rasp gives it, or a JSON Web Key." };
        var command = new Command("verify", "Verifies that a report is as it was made, and that what partners showed is what they had sealed. Needs no database and asks no server.") { files, seals, keys, opens };
        command.SetAction(call => Verify(call.GetRequiredValue(files), new(call.GetValue(seals) ?? [], PinnedKeys.Read(call.GetValue(keys) ?? []), call.GetValue(opens) is { } path ? VerifiedExchanges.ReadKeys(path) : [])));
        return command;
    }

    private static int Verify(string[] paths, Noted noted)
    {
        var faults = new List<Fault>();
        var sound = new List<string>();
        foreach (var path in paths)
        {
            if (InputFiles.Read(path, InputFiles.LargestAnswers, faults) is not { } source) continue;
            if (Kinds.First(k => k.IsOne(source)).Verify(source, noted, faults) is { } holds) sound.Add($"{path}: {holds}");
        }
        if (faults.Count > 0) return Faults.Tell(faults);
        foreach (var line in sound) Console.Out.WriteLine(line);
        return Exit.Done;
    }

    private static bool IsSeal(string text) => text.Length == HexadecimalDigits && text.All(char.IsAsciiHexDigit);
}

/// <summary>What whoever calls knows already, by another way than the files.</summary>
/// <param name="Seals">Seals that they noted before the reveal; none where they noted none.</param>
/// <param name="Keys">Keys that may have signed; null where they named none.</param>
/// <param name="Opens">Private keys to decrypt with.</param>
internal sealed record Noted(string[] Seals, PinnedKeys? Keys, IReadOnlyList<SecretKey> Opens);

/// <summary>A kind of file that can be verified.</summary>
/// <param name="IsOne">Whether a file is of this kind, by its content.</param>
/// <param name="Verify">What to say of one that holds, in sentences on one line, the first of which says whether all of it does; null, and faults added, where it does not.</param>
internal sealed record VerifiedKind(Func<SourceFile, bool> IsOne, Func<SourceFile, Noted, List<Fault>, string?> Verify)
{
    /// <summary>How it is said that all of a file holds.</summary>
    public const string Holds = "it holds. ";
}

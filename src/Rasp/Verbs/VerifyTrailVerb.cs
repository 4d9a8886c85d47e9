using System.CommandLine;
using Rasp.Data.Trails;

namespace Rasp.Verbs;

/// <summary><c>rasp verify-trail</c></summary>
internal static class VerifyTrailVerb
{
    public static Command Command()
    {
        var noted = new Option<string?>("--hash") { HelpName = "HEX", Description = "A hash that this verb printed before and you noted elsewhere: the trail must still lead through it." };
        noted.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => t.Value.Length != 64 || !t.Value.All(char.IsAsciiHexDigit))) given.AddError("--hash takes 64 hexadecimal digits, as this verb prints them");
        });
        var command = new Command("verify-trail", "Follows the record of who did what from its beginning, and tells where it was changed.") { noted };
        command.SetAction((call, cancellation) => VerifyAsync(call.GetValue(noted), cancellation));
        return command;
    }

    private static async Task<int> VerifyAsync(string? noted, CancellationToken cancellation)
    {
        var settings = Settings.Read(Settings.Configuration());
        await using var database = settings.OpenDatabase();
        return await DatabaseFaults.ToldAsync(settings, async () =>
        {
            await using var db = database.Open();
            var check = await Trail.VerifyAsync(db, noted is null ? null : Convert.FromHexString(noted), cancellation);
            if (check.Fault is { } fault)
            {
                await Console.Error.WriteLineAsync($"rasp: {fault}");
                return Exit.InputAtFault;
            }
            await Console.Out.WriteLineAsync($"{check.Lines} lines, unbroken. Note the last hash elsewhere: {check.Hash}");
            return Exit.Done;
        });
    }
}

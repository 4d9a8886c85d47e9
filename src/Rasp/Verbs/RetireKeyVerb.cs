using System.CommandLine;
using Rasp.Data.Signing;
using Rasp.Data.Trails;

namespace Rasp.Verbs;

/// <summary><c>rasp retire-key</c></summary>
internal static class RetireKeyVerb
{
    public static Command Command()
    {
        var command = new Command("retire-key", "Retires the key that this installation signs with, for good: the server makes another when it next signs. What was signed before still verifies.");
        command.SetAction((_, cancellation) => RetireAsync(cancellation));
        return command;
    }

    private static async Task<int> RetireAsync(CancellationToken cancellation)
    {
        var settings = Settings.Read(Settings.Configuration());
        await using var database = settings.OpenDatabase();
        return await DatabaseFaults.ToldAsync(settings, async () =>
        {
            await database.MigrateAsync(cancellation);
            await using var db = database.Open();
            await Console.Out.WriteLineAsync(await SigningKeys.RetireAsync(db, new Trail(TimeProvider.System), TimeProvider.System, cancellation) is { } retired
                ? $"The key {retired} is retired. It stays listed on {Links.Absolute(settings.Url, Links.Keys)}, so that what it signed can be verified."
                : "There is no key to retire: the server makes one at its start.");
            return Exit.Done;
        });
    }
}

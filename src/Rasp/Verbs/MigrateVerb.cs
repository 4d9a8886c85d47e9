using System.CommandLine;

namespace Rasp.Verbs;

/// <summary><c>rasp migrate</c></summary>
internal static class MigrateVerb
{
    public static Command Command()
    {
        var command = new Command("migrate", "Makes the database where it is missing, and brings its tables up to date. Serving does the same at its start.");
        command.SetAction(async (_, cancellation) =>
        {
            var settings = Settings.Read(Settings.Configuration());
            await using var database = settings.OpenDatabase();
            return await DatabaseFaults.ToldAsync(settings, async () =>
            {
                await database.MigrateAsync(cancellation);
                await Console.Out.WriteLineAsync($"The database {settings.DatabaseInWords} is up to date.");
                return Exit.Done;
            });
        });
        return command;
    }
}

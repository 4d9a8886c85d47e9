using System.CommandLine;
using Rasp.Accounts;
using Rasp.Pdfs;

namespace Rasp.Verbs;

/// <summary><c>rasp serve</c>, and what happens without a verb.</summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var urls = Urls();
        var command = new Command("serve", Description()) { urls };
        command.SetAction((call, cancellation) => ServeAsync(call.GetValue(urls), cancellation));
        return command;
    }

    public static void MakeDefaultOf(RootCommand root)
    {
        var urls = Urls();
        root.Add(urls);
        root.SetAction((call, cancellation) => ServeAsync(call.GetValue(urls), cancellation));
    }

    private static Option<string?> Urls() => new("--urls") { Description = $"Where to listen. Else ASPNETCORE_URLS says, else it is {Settings.DefaultUrl}.", HelpName = "URLS" };

    private static string Description() =>
        "Serves the web application. Its settings are environment variables, or keys of appsettings.json beside the program:" + Environment.NewLine
        + string.Join(Environment.NewLine, Settings.Described.Select(s => $"  {s.Name,-16} {s.Meaning}"));

    private static async Task<int> ServeAsync(string? urls, CancellationToken cancellation)
    {
        var configuration = Settings.Configuration();
        var listen = urls ?? configuration["ASPNETCORE_URLS"] ?? Settings.DefaultUrl;
        var settings = Settings.Read(configuration, listen);
        if (settings.Chromium is { } chromium && await Chromium.WhyNotAsync(chromium, cancellation) is { } wrong) throw new CallFaultException($"these settings are wrong:{Environment.NewLine}  {wrong}");
        await using var site = await DatabaseFaults.ToldAsync(settings, () => Site.CreateAsync(settings, builder => builder.WebHost.UseUrls(listen)));
        try
        {
            await site.StartAsync(cancellation);
        }
        catch (IOException refused)
        {
            throw new CallFaultException($"can't listen on {listen}: {refused.Message}");
        }
        if (await FirstAdministrator.InviteAsync(site.Services, settings) is { } invitation) await Console.Out.WriteLineAsync(invitation);
        await site.WaitForShutdownAsync(cancellation);
        return Exit.Done;
    }
}

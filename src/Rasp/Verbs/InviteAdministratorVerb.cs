using System.CommandLine;
using Rasp.Accounts;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Mails;

namespace Rasp.Verbs;

/// <summary><c>rasp invite-administrator EMAIL</c></summary>
internal static class InviteAdministratorVerb
{
    public static Command Command()
    {
        var email = new Argument<string>("EMAIL") { Description = "The address of whoever is to administer this installation." };
        var command = new Command("invite-administrator", "Prints a link with which the owner of an address becomes an administrator, and mails it where mail is set up. It works once, for a week.") { email };
        command.SetAction((call, cancellation) => InviteAsync(call.GetRequiredValue(email), cancellation));
        return command;
    }

    private static async Task<int> InviteAsync(string typed, CancellationToken cancellation)
    {
        var email = TypedEmail.Read(typed) ?? throw new CallFaultException($"EMAIL must be an e-mail address, such as name@example.gov.uk, not '{typed}'");
        var settings = Settings.Read(Settings.Configuration());
        await using var database = settings.OpenDatabase();
        return await DatabaseFaults.ToldAsync(settings, async () =>
        {
            await database.MigrateAsync(cancellation);
            await using var db = database.Open();
            var secret = await new SignIns(db, TimeProvider.System).InviteAdministratorAsync(email, cancellation);
            var link = Links.Absolute(settings.Url, Links.SignInLink(secret));
            if (settings.Smtp is not null)
            {
                await new Outbox(database, TimeProvider.System).WriteAsync(Letters.Invitation(email, link), TimeProvider.System.GetUtcNow() + SignIns.InvitationIsGoodFor, cancellation);
            }
            await Console.Out.WriteLineAsync(link);
            await Console.Error.WriteLineAsync(
                $"With this link {email} becomes an administrator. It works once, for {SignIns.InvitationIsGoodFor.Days} days."
                + (settings.Smtp is null ? " No mail is set up: pass it on yourself." : " It is also mailed, as soon as the server runs."));
            return Exit.Done;
        });
    }
}

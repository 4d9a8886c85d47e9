using MimeKit;
using Rasp.Data;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Teams;

/// <summary>What tests about those who answer do again and again, through the pages.</summary>
internal static class Asked
{
    public const string Alder = "Aldermere Borough Council";
    public const string Brook = "Brookfield District Council";

    /// <summary>Two councils with an open round, on a host that sends mail to this server.</summary>
    public static async Task<Partnership> RoundAsync(MailServer mail, Engine engine)
    {
        var two = await Partnership.StartAsync(await HostAsync(engine, mail), mail, Alder, Brook);
        await two.OpenRoundAsync();
        return two;
    }

    public static Task<RaspHost> HostAsync(Engine engine, MailServer? mail = null) => RaspHost.StartAsync(engine, s => s with
    {
        Smtp = mail?.Url,
        MailFrom = mail is null ? null : "rasp@example.gov.uk",
        Limits = new() { StartsAnHour = 1000, LinksTriedAMinute = 1000, MailsAnHour = 1000, InvitationsAnHour = 1000, SignInMailsAnHour = 1000, SignInTriesAMinute = 1000 },
    });

    /// <summary>Reads who sees what, and begins.</summary>
    public static async Task<Visited> BeginAsync(this Visitor visitor, string part) => await visitor.SubmitAsync(await visitor.GetAsync(part), "I have read this: begin");

    /// <summary>Answers the first questions that whoever looks is asked.</summary>
    public static async Task AnswerAsync(this Visitor visitor, string part, IEnumerable<Question> questions, Func<int, string> answer, string? note = null)
    {
        var i = 0;
        foreach (var question in questions)
        {
            var page = await visitor.GetAsync(Links.Question(part.Split('/')[^1], question));
            await visitor.SubmitAsync(page, "Save and continue", ("Answer", answer(i++)), ("Note", note), ("Evidence", note));
        }
    }

    /// <summary>The page of one of those who answer.</summary>
    public static async Task<Visited> PersonAsync(this Visitor lead, string part, string name) => await lead.GetAsync((await lead.GetAsync(part + "/team")).Link($"Change {name}"));

    /// <summary>What stands beside somebody's name among those who answer.</summary>
    public static async Task<string> StateAsync(this Visitor lead, string part, string name)
    {
        var page = await lead.GetAsync(part + "/team");
        var row = page.Document.QuerySelectorAll(".rasp-team .govuk-summary-list__row").SingleOrDefault(r => r.QuerySelector("dt")!.TextContent.Contains(name, StringComparison.Ordinal));
        return row is null ? "nowhere" : string.Join(' ', $"{row.QuerySelector(".govuk-tag")!.TextContent}, {row.QuerySelector(".rasp-team__progress")!.TextContent}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static async Task<MimeMessage> MailAsync(this MailServer mail, string to, string subject)
    {
        MimeMessage? found = null;
        await Until.TrueAsync(() => Task.FromResult((found = Received(mail).LastOrDefault(m => m.To.ToString() == to && m.Subject!.Contains(subject, StringComparison.Ordinal))) is not null));
        return found!;
    }

    public static List<MimeMessage> Received(MailServer mail)
    {
        lock (mail.Received) return [.. mail.Received];
    }

    /// <summary>Until nothing waits to be sent.</summary>
    public static Task SentAsync(RaspHost host) => Until.TrueAsync(async () => (await host.QueryAsync<long>($"SELECT count(*) FROM \"Mails\" WHERE \"State\" = {(int)MailState.Waiting}")).Single() == 0);
}

using Microsoft.Extensions.DependencyInjection;
using Rasp.Data.Programmes;
using Rasp.Mails;

namespace Rasp.Tests.Teams;

/// <summary>Those who are asked are reminded by mail: not too often, not once they are done, and not where they want none. No mail holds an answer.</summary>
public sealed class TeamMailTests
{
    private const string Finance = "finance@example.gov.uk";
    private const string Legal = "legal@example.gov.uk";
    private const string Done = "hr@example.gov.uk";
    private const string Quiet = "it@example.gov.uk";

    [Theory, Engines]
    public async Task A_lead_reminds_those_who_are_not_done_once_a_day(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        await two.StartTeamAsync(Asked.Alder, "named");
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));
        var finance = await two.AskAsync(Asked.Alder, Finance);
        await two.AskAsync(Asked.Alder, Legal);
        var done = await two.AskAsync(Asked.Alder, Done);
        await done.BeginAsync(part);
        await done.SubmitAsync(await done.GetAsync(part), "I am done");
        var quiet = await two.AskAsync(Asked.Alder, Quiet);
        await quiet.SubmitAsync(await quiet.GetAsync(Links.AccountMails), "Save", ("Reminders", "no"));
        await finance.BeginAsync(part);
        await finance.AnswerAsync(part, host.Instrument.InScope("explore").Take(1), _ => "3", "A word that no mail may hold");

        var reminded = await lead.SubmitAsync(await lead.GetAsync(part + "/team"), "Remind those who are not done");
        Assert.Contains("2 people reminded", reminded.Words, StringComparison.Ordinal);
        Assert.Contains("Nobody was reminded", (await lead.SubmitAsync(reminded, "Remind those who are not done")).Words, StringComparison.Ordinal);
        Assert.Contains("Not reminded", (await lead.SubmitAsync(await lead.PersonAsync(part, Finance), "Remind by mail")).Words, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Contains("Reminded.", (await lead.SubmitAsync(await lead.PersonAsync(part, Finance), "Remind by mail")).Words, StringComparison.Ordinal);
        await Asked.SentAsync(host);
        var received = Asked.Received(mail).Where(m => m.Subject!.Contains("waits for your answers", StringComparison.Ordinal)).Select(m => m.To.ToString()).Order().ToList();
        Assert.Equal([Finance, Finance, Legal], received);
        Assert.All(Asked.Received(mail), m => Assert.DoesNotContain("no mail may hold", m.ToString(), StringComparison.Ordinal));

        // Its link leads to the questions, whoever is signed out by signing in.
        var body = (await mail.MailAsync(Finance, "waits for your answers")).TextBody!;
        var link = System.Text.RegularExpressions.Regex.Match(body, @"/sign-in\?return=\S+").Value;
        Assert.Equal(part, (await finance.GetAsync(link)).Path);
        Assert.StartsWith(Links.SignIn, (await host.NewVisitor().GetAsync(link)).Path, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Before_the_closing_date_those_who_are_not_done_are_reminded_once(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        await two.StartTeamAsync(Asked.Alder, "anonymous");
        var part = await two.PartAsync(Asked.Alder);
        await two.AskAsync(Asked.Alder, Finance);
        var done = await two.AskAsync(Asked.Alder, Done);
        await done.BeginAsync(part);
        await done.SubmitAsync(await done.GetAsync(part), "I am done");
        var quiet = await two.AskAsync(Asked.Alder, Quiet);
        await quiet.SubmitAsync(await quiet.GetAsync(Links.AccountMails), "Save", ("Reminders", "no"));

        await TellAsync(host);
        await Asked.SentAsync(host);
        Assert.DoesNotContain(Asked.Received(mail), m => m.To.ToString() == Finance && !m.Subject!.Contains("asks what you know", StringComparison.Ordinal));
        var closes = DateOnly.Parse((await host.QueryAsync<string>(host.Engine == Engine.Postgres ? "SELECT \"ClosesOn\"::text FROM \"Rounds\"" : "SELECT \"ClosesOn\" FROM \"Rounds\"")).Single(), System.Globalization.CultureInfo.InvariantCulture);
        host.Clock.Advance(closes.AddDays(-3).ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc) - host.Clock.GetUtcNow().UtcDateTime);
        await TellAsync(host);
        await TellAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await TellAsync(host);
        await Asked.SentAsync(host);
        var told = Asked.Received(mail).Where(m => m.Subject!.StartsWith("Your answers are asked for by", StringComparison.Ordinal)).ToList();
        Assert.Equal([Finance], told.Select(m => m.To.ToString()));
        Assert.Contains(Uri.EscapeDataString(part), told[0].TextBody, StringComparison.Ordinal);
        // The lead is told as a lead.
        Assert.Contains(Asked.Received(mail), m => m.Subject!.StartsWith("To be sealed by", StringComparison.Ordinal));
    }

    private static Task TellAsync(RaspHost host) => host.Services.GetRequiredService<Notices>().WriteDueAsync(host.Services.GetRequiredService<LetterBox>().Of, default);
}

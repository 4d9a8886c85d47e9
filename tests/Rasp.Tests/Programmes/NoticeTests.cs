using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rasp.Data;
using Rasp.Data.Programmes;
using Rasp.Mails;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;

namespace Rasp.Tests.Programmes;

/// <summary>People are told what a round asks of them: each thing once, without a word of what anybody answered, and nothing that they don't want.</summary>
public sealed class NoticeTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";

    [Theory, Engines]
    public async Task Each_lead_is_told_once_whatever_runs_at_the_same_time(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, engine);
        // A second server on the same database tells of the same things.
        await using var second = await RaspHost.StartAsync(engine, _ => host.Settings);
        var two = await Partnership.StartAsync(host, mail, Alder, Brook);
        await two.OpenRoundAsync();
        await TellAsync(host, second);
        await MailsAsync(mail, "A round is open", 2);

        await two.AnswerAsync(Alder, (_, _) => ("3", "fixed", "A word that no mail may hold"), 5);
        await two.SealAsync(Alder, Depth.Everything);
        await AdvanceAsync(host, second, TimeSpan.FromDays(21));
        await MailsAsync(mail, "To be sealed by", 1);
        await AdvanceAsync(host, second, TimeSpan.FromDays(6));
        await MailsAsync(mail, "Closing date near", 1);
        await AdvanceAsync(host, second, TimeSpan.FromDays(2));
        await MailsAsync(mail, "Closing date passed", 1);

        await two[Brook].SignInAsync(host, Partnership.Email(Brook));
        await two.AnswerAsync(Brook, (_, _) => ("2", null, "A word that no mail may hold"), 5);
        await two.SealAsync(Brook, Depth.Areas);
        await TellAsync(host, second);
        await MailsAsync(mail, "The round is open to all", 2);
        await TellAsync(host, second);

        var received = Received(mail);
        Assert.Equal(received.Count, received.DistinctBy(m => (m.To.ToString(), m.Subject)).Count());
        Assert.All(received, m => Assert.DoesNotContain("no mail may hold", m.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(received, m => m.Subject!.StartsWith("To be sealed", StringComparison.Ordinal) && m.To.ToString() == Partnership.Email(Alder));
    }

    [Fact]
    public async Task A_round_that_opens_by_itself_is_told_and_reminded_of_like_any_other()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var two = await Partnership.StartAsync(host, mail, Alder, Brook);
        await two.OpenRoundAsync();
        foreach (var council in two.Councils)
        {
            await two.AnswerAsync(council, (_, _) => ("3", null, null), 1);
            await two.SealAsync(council, Depth.Areas);
        }
        await TellAsync(host);
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(two.Path + "/schedule"), "Save", ("On", "1 March 2027"));
        var before = Received(mail).Count(m => m.Subject!.StartsWith("A round is open", StringComparison.Ordinal));
        host.Clock.SetUtcNow(new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await Until.TrueAsync(async () =>
        {
            // As the hours go by: the background looks, and then tells.
            host.Clock.Advance(TimeSpan.FromMinutes(16));
            await TellAsync(host);
            return Received(mail).Count(m => m.Subject!.StartsWith("A round is open", StringComparison.Ordinal)) == before + 2;
        });
        await AdvanceAsync(host, host, TimeSpan.FromDays(21));
        await MailsAsync(mail, "To be sealed by", 2);
    }

    [Fact]
    public async Task A_partner_can_ask_the_others_to_go_on_once_a_day()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var two = await Partnership.StartAsync(host, mail, Alder, Brook);
        await two.OpenRoundAsync();
        var asked = await AskAsync(two);
        Assert.Contains("1 lead asked", asked.Words, StringComparison.Ordinal);
        Assert.Contains("Nobody was asked", (await AskAsync(two)).Words, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Contains("1 lead asked", (await AskAsync(two)).Words, StringComparison.Ordinal);
        await MailsAsync(mail, "Your partners are waiting", 2);
        Assert.All(Received(mail).Where(m => m.Subject!.StartsWith("Your partners", StringComparison.Ordinal)), m => Assert.Equal(Partnership.Email(Brook), m.To.ToString()));
    }

    [Fact]
    public async Task Who_wants_no_reminders_gets_none_and_is_still_told_of_the_reveal()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var two = await Partnership.StartAsync(host, mail, Alder, Brook);
        await two[Brook].SubmitAsync(await two[Brook].GetAsync(Links.AccountMails), "Save", ("Reminders", "no"));
        await two.OpenRoundAsync();
        await TellAsync(host);
        await MailsAsync(mail, "A round is open", 1);
        foreach (var council in two.Councils)
        {
            await two.AnswerAsync(council, (_, _) => ("3", null, null), 1);
            await two.SealAsync(council, Depth.Areas);
        }
        await TellAsync(host);
        await MailsAsync(mail, "The round is open to all", 2);
    }

    private static Task<RaspHost> StartAsync(MailServer mail, Engine engine = Engine.Sqlite) => RaspHost.StartAsync(engine, s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });

    private static async Task<Visited> AskAsync(Partnership two) => await two[Alder].SubmitAsync(await two[Alder].GetAsync(two.Path), "Ask those who have not sealed to go on");

    private static async Task AdvanceAsync(RaspHost host, RaspHost second, TimeSpan by)
    {
        // The two clocks don't move at the same instant: a mail under way would look forgotten to the server that is ahead.
        await Until.TrueAsync(async () => (await host.QueryAsync<long>($"SELECT count(*) FROM \"Mails\" WHERE \"State\" = {(int)MailState.Waiting}")).Single() == 0);
        second.Clock.Advance(by);
        host.Clock.Advance(by);
        await TellAsync(host, second);
    }

    /// <summary>What is due is written by all servers at once.</summary>
    private static Task TellAsync(params RaspHost[] hosts) => Task.WhenAll(hosts.SelectMany(h => Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        await h.Services.GetRequiredService<Notices>().WriteDueAsync(h.Services.GetRequiredService<LetterBox>().Of, default)))));

    private static async Task MailsAsync(MailServer mail, string subject, int count)
    {
        await Until.TrueAsync(() => Task.FromResult(Received(mail).Count(m => m.Subject!.StartsWith(subject, StringComparison.Ordinal)) >= count));
        Assert.Equal(count, Received(mail).Count(m => m.Subject!.StartsWith(subject, StringComparison.Ordinal)));
    }

    private static List<MimeMessage> Received(MailServer mail)
    {
        lock (mail.Received) return [.. mail.Received];
    }
}

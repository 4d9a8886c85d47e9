using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Rasp.Data;
using Rasp.Data.Plans;
using Rasp.Mails;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Plans;

/// <summary>Who is to do something is reminded of it, each time once, without a word of what it is.</summary>
public sealed class PlanReminderTests
{
    private const string Secret = "Mend what nobody is to know";

    [Theory, Engines]
    public async Task A_week_before_on_the_day_and_once_when_it_is_overdue(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await RaspHost.StartAsync(engine, s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Questions));
        var (powys, torfaen) = (consortium[0], consortium[1]);
        var second = await consortium.MemberAsync(powys, "second@powys.gov.uk");
        var own = new PlanAddress((await consortium.OwnAsync(powys)).Assessment, IsJoint: false);
        var joint = new PlanAddress(consortium.Programme, IsJoint: true);
        var due = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(10);
        // One for whoever was chosen, one for the leads of who took it on, one that is done.
        await AddAsync(host, own, powys.Lead, new() { What = Secret, Why = Secret, Due = due, Reminded = second });
        await AddAsync(host, joint, powys.Lead, new() { What = Secret, Due = due, Owners = [torfaen.Id] });
        await AddAsync(host, own, powys.Lead, new() { What = Secret, Due = due, State = ActionState.Done });

        await AtAsync(host, mail, 0, []);
        await AtAsync(host, mail, 3, [("lead@torfaen.gov.uk", "Something planned is due on 4 December 2026"), ("second@powys.gov.uk", "Something planned is due on 4 December 2026")]);
        await AtAsync(host, mail, 1, []);
        await AtAsync(host, mail, 6, [("lead@torfaen.gov.uk", "Something planned is due today"), ("second@powys.gov.uk", "Something planned is due today")]);
        await host.AskAsync((Rasp.Data.Accounts.People p) => WantNoneAsync(p, torfaen.Lead));
        await AtAsync(host, mail, 1, [("second@powys.gov.uk", "Something planned is overdue")]);
        await AtAsync(host, mail, 2, []);

        var told = Received(mail).Where(m => m.Subject!.StartsWith("Something planned", StringComparison.Ordinal)).ToList();
        Assert.All(told, m => Assert.DoesNotContain(Secret, m.ToString(), StringComparison.Ordinal));
        Assert.Contains(told, m => m.TextBody!.Contains($"/sign-in?return={Uri.EscapeDataString(Links.Plan(own))}", StringComparison.Ordinal));

        // Who is chosen and leads no more is not written to: the leads are.
        await host.AskAsync((Rasp.Data.Programmes.OrganisationDesk d) => d.RemoveAsync(powys.Id, powys.Lead, second, default));
        var moved = (await host.AskAsync((PlanLens l) => l.FindAsync(own, new(null, powys.Lead), default)))!.Actions.First(a => a.IsOpen);
        await host.AskAsync((PlanDesk d) => d.ChangeAsync(own, new(null, powys.Lead), moved.Id, new() { What = Secret, Due = due.AddDays(10), Reminded = second }, moved.Version, default));
        await AtAsync(host, mail, 7, [("lead@powys.gov.uk", "Something planned is due today")]);
    }

    [Fact]
    public async Task In_confidence_only_an_account_is_reminded()
    {
        await using var mail = new MailServer();
        await using var host = await RaspHost.StartAsync(with: s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        var due = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        for (var i = 0; i < 2; i++)
        {
            var (id, secret) = await host.AskAsync((AssessmentDesk d) => d.StartAsync("Powys", "explore", "finance", default));
            var holder = new Holder(PrivateLink.Hash(secret), null);
            if (i == 0) await host.AskAsync(async (AssessmentDesk d) => await d.ClaimAsync(id, holder, await host.PersonAsync("jo@example.gov.uk"), default));
            Assert.NotNull(await host.AskAsync((PlanDesk d) => d.AddAsync(new(id, IsJoint: false), holder, new ActionWords { What = Secret, Due = due }, default)));
        }
        await AtAsync(host, mail, 0, [("jo@example.gov.uk", "Something planned is due today: Powys")]);
    }

    private static async Task<bool> WantNoneAsync(Rasp.Data.Accounts.People people, Guid person)
    {
        await people.WantRemindersAsync(person, wants: false, default);
        return true;
    }

    private static async Task AddAsync(RaspHost host, PlanAddress address, Guid person, ActionWords words) =>
        Assert.NotNull(await host.AskAsync((PlanDesk d) => d.AddAsync(address, new(null, person), words, default)));

    /// <summary>So many days later, with several servers writing what is due at once, exactly these more have come.</summary>
    private static async Task AtAsync(RaspHost host, MailServer mail, int days, (string To, string Subject)[] more)
    {
        var before = Reminders(mail).Count;
        host.Clock.Advance(TimeSpan.FromDays(days));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () => await host.Services.GetRequiredService<PlanReminders>().WriteDueAsync(host.Services.GetRequiredService<LetterBox>().Of, default))));
        await Until.TrueAsync(async () => (await host.QueryAsync<long>($"SELECT count(*) FROM \"Mails\" WHERE \"State\" = {(int)MailState.Waiting}")).Single() == 0);
        var now = Reminders(mail)[before..].OrderBy(m => m.To, StringComparer.Ordinal).ToList();
        Assert.True(now.Count == more.Length && now.Zip(more).All(p => p.First.To == p.Second.To && p.First.Subject.StartsWith(p.Second.Subject, StringComparison.Ordinal)), string.Join("; ", now));
    }

    private static List<(string To, string Subject)> Reminders(MailServer mail) =>
        Received(mail).Where(m => m.Subject!.StartsWith("Something planned", StringComparison.Ordinal)).Select(m => (m.To.ToString(), m.Subject!)).ToList();

    private static List<MimeMessage> Received(MailServer mail)
    {
        lock (mail.Received) return [.. mail.Received];
    }
}

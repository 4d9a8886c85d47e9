using System.Text.RegularExpressions;
using MimeKit;
using Rasp.Data.Accounts;

namespace Rasp.Tests.Accounts;

/// <summary>Signing in by mail, from the address to the account, and everything that must not let anybody else in.</summary>
public sealed partial class SignInTests
{
    [Theory, Engines]
    public async Task The_link_of_a_mail_signs_in_once_and_makes_the_account(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, engine);
        var visitor = host.NewVisitor();
        var waiting = await AskAsync(visitor, "Jo.O'Neil@example.gov.uk");
        Assert.Equal("Check your mail", waiting.Heading);
        Assert.Contains("Jo.O'Neil@example.gov.uk", waiting.Words, StringComparison.Ordinal);

        var (link, _) = await ReadAsync(mail);
        var other = host.NewVisitor();
        for (var looks = 0; looks < 3; looks++) Assert.Contains("Jo.O'Neil@example.gov.uk", (await other.GetAsync(link)).Words, StringComparison.Ordinal);
        Assert.Empty(await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));

        var account = await other.SubmitAsync(await other.GetAsync(link), "Sign in");
        Assert.Equal((Links.Account, "Your account"), (account.Path, account.Heading));
        Assert.Equal(["Jo.O'Neil@example.gov.uk"], await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));
        Assert.Equal((404, "This link is good no more"), ((await other.GetAsync(link)).Status, (await host.NewVisitor().GetAsync(link)).Heading));

        // In other letters it is the same account.
        Assert.Equal("Your account", (await host.NewVisitor().SignInAsync(host, "jo.o'neil@EXAMPLE.gov.uk")).Heading);
        Assert.Single(await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));
    }

    [Theory, Engines]
    public async Task The_code_signs_in_where_it_was_asked_for_and_the_link_is_used_with_it(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, engine);
        var visitor = host.NewVisitor();
        var waiting = await AskAsync(visitor, "jo@example.gov.uk");
        var (link, code) = await ReadAsync(mail);

        Assert.Equal(Links.SignIn, (await host.NewVisitor().GetAsync(Links.SignInCode)).Path);
        Assert.Equal("Your account", (await visitor.SubmitAsync(waiting, "Sign in", ("Code", $" {code[..3]} {code[3..]} "))).Heading);
        Assert.Equal(404, (await visitor.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Five_wrong_codes_close_the_code_and_leave_the_link()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var visitor = host.NewVisitor();
        var page = await AskAsync(visitor, "jo@example.gov.uk");
        var (link, code) = await ReadAsync(mail);
        var wrong = code == "000000" ? "000001" : "000000";

        foreach (var left in (string[])["4 times", "3 times", "2 times", "once"])
        {
            page = await visitor.SubmitAsync(page, "Sign in", ("Code", wrong));
            Assert.Equal((400, $"This is not the code of the newest mail. You can try {left} more"), (page.Status, Assert.Single(page.Faults)));
            Assert.Equal(wrong, page.Field("Code"));
        }
        page = await visitor.SubmitAsync(page, "Sign in", ("Code", wrong));
        Assert.Contains("tried too often", Assert.Single(page.Faults), StringComparison.Ordinal);
        Assert.Contains("tried too often", Assert.Single((await visitor.SubmitAsync(page, "Sign in", ("Code", code))).Faults), StringComparison.Ordinal);
        Assert.Equal("Your account", (await visitor.SubmitAsync(await visitor.GetAsync(link), "Sign in")).Heading);
    }

    [Theory, InlineData(""), InlineData("12345"), InlineData("1234567"), InlineData("12345a"), InlineData("१२३४५६")]
    public async Task What_is_no_code_costs_no_try(string typed)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var visitor = host.NewVisitor();
        var page = await AskAsync(visitor, "jo@example.gov.uk");
        Assert.Equal((400, "Enter the six digits of the code in the mail"), ((page = await visitor.SubmitAsync(page, "Sign in", ("Code", typed))).Status, Assert.Single(page.Faults)));
        Assert.Equal([0], await host.QueryAsync<int>("SELECT \"Tries\" FROM \"SignInOffers\""));
    }

    [Theory, Engines]
    public async Task After_a_quarter_of_an_hour_neither_signs_in(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, engine);
        var visitor = host.NewVisitor();
        var waiting = await AskAsync(visitor, "jo@example.gov.uk");
        var (link, code) = await ReadAsync(mail);
        var opened = await visitor.GetAsync(link);

        host.Clock.Advance(SignIns.MailIsGoodFor);
        Assert.Contains("its time is over", Assert.Single((await visitor.SubmitAsync(waiting, "Sign in", ("Code", code))).Faults), StringComparison.Ordinal);
        Assert.Equal((404, "This link is good no more"), ((await visitor.SubmitAsync(opened, "Sign in")).Status, (await visitor.GetAsync(link)).Heading));
        Assert.Empty(await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));
    }

    [Fact]
    public async Task No_answer_tells_whether_an_address_has_an_account()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        await host.NewVisitor().SignInAsync(host, "known@example.gov.uk");

        var (known, unknown) = (await AskAsync(host.NewVisitor(), "known@example.gov.uk"), await AskAsync(host.NewVisitor(), "other@example.gov.uk"));
        Assert.Equal(Masked(known.Body), Masked(unknown.Body.Replace("other@", "known@", StringComparison.Ordinal)));
        await Until.TrueAsync(() => Task.FromResult(mail.Received.Count == 2));
        Assert.Equal(Masked(mail.Received[0].TextBody!), Masked(mail.Received[1].TextBody!));
    }

    [Theory, Engines]
    public async Task Nobody_can_flood_a_mailbox_nor_lock_its_owner_out_by_trying(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, engine);
        var attacker = host.NewVisitor();
        for (var asked = 0; asked < SignIns.MailsAtATime; asked++)
        {
            var page = await AskAsync(attacker, "jo@example.gov.uk");
            for (var tried = 0; tried < SignIns.TriesOfACode; tried++) page = await attacker.SubmitAsync(page, "Sign in", ("Code", "000000"));
        }
        var refused = await AskAsync(attacker, "JO@example.gov.uk");
        Assert.Equal(400, refused.Status);
        Assert.Contains("Use the link in any of them", Assert.Single(refused.Faults), StringComparison.Ordinal);

        await Until.TrueAsync(() => Task.FromResult(mail.Received.Count == SignIns.MailsAtATime));
        var owner = host.NewVisitor();
        Assert.Equal("Your account", (await owner.SubmitAsync(await owner.GetAsync(LinkIn(mail.Received[^1])), "Sign in")).Heading);

        // For the rest of the day codes are closed to guessing, and links still sign in.
        host.Clock.Advance(SignIns.MailIsGoodFor);
        var again = host.NewVisitor();
        var waiting = await AskAsync(again, "jo@example.gov.uk");
        await Until.TrueAsync(() => Task.FromResult(mail.Received.Count == SignIns.MailsAtATime + 1));
        Assert.Contains("tried too often", Assert.Single((await again.SubmitAsync(waiting, "Sign in", ("Code", CodeIn(mail.Received[^1])))).Faults), StringComparison.Ordinal);
        Assert.Equal("Your account", (await again.SubmitAsync(await again.GetAsync(LinkIn(mail.Received[^1])), "Sign in")).Heading);
    }

    [Theory, InlineData(""), InlineData("jo"), InlineData("Jo <jo@example.gov.uk>"), InlineData("\"jo@home\"@example.gov.uk"), InlineData("jo@\u212Aent.gov.uk"), InlineData("jo@example.gov.uk\r\nBcc: all@example.gov.uk")]
    public async Task What_is_no_address_comes_back_as_it_was_typed(string typed)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var refused = await AskAsync(host.NewVisitor(), typed);
        Assert.Equal((400, "Enter an e-mail address in the correct format, like name@example.gov.uk"), (refused.Status, Assert.Single(refused.Faults)));
        Assert.Empty(await host.QueryAsync<string>("SELECT \"Recipient\" FROM \"Mails\""));
    }

    [Theory]
    [InlineData("/help", "/help")]
    [InlineData("https://elsewhere.example/", "/account")]
    [InlineData("//elsewhere.example/", "/account")]
    [InlineData("/\\elsewhere.example/", "/account")]
    [InlineData("help", "/account")]
    public async Task Whoever_signs_in_goes_on_to_a_page_of_ours_and_nowhere_else(string asked, string reached)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        var visitor = host.NewVisitor();
        await visitor.SubmitAsync(await visitor.GetAsync(Links.SignInFor(asked)), "Send me a link", ("Email", "jo@example.gov.uk"));
        var (link, _) = await ReadAsync(mail);
        Assert.Equal(reached, (await visitor.SubmitAsync(await visitor.GetAsync(link), "Sign in")).Path);
        Assert.Equal(reached, (await visitor.GetAsync(Links.SignInFor(asked))).Path);
    }

    [Theory, Engines]
    public async Task Nothing_that_signs_in_is_stored_readably_once_the_mail_is_sent(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, engine);
        var visitor = host.NewVisitor();
        await AskAsync(visitor, "jo@example.gov.uk");
        var (link, code) = await ReadAsync(mail);
        await Until.TrueAsync(async () => (await host.QueryAsync<int>("SELECT \"State\" FROM \"Mails\"")).Single() == 1);
        Assert.Equal(1, (await host.QueryAsync<long>("SELECT count(*) FROM \"Mails\" WHERE \"Text\" IS NULL AND \"Html\" IS NULL")).Single());

        var secrets = visitor.Cookies.Where(c => c.Name is "rasp-waiting").Select(c => c.Value).Append(link[(link.LastIndexOf('/') + 1)..]);
        foreach (var secret in secrets)
        {
            Assert.Equal(0, (await host.QueryAsync<long>($"SELECT count(*) FROM \"SignInOffers\" WHERE \"LinkHash\" = {Bytes(host, secret)} OR \"WaitingHash\" = {Bytes(host, secret)}")).Single());
            Assert.DoesNotContain(secret, host.Log.ToString(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(code, host.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_is_plain_text_and_html_and_links_to_the_public_address()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail);
        await AskAsync(host.NewVisitor(), "jo@example.gov.uk");
        var (link, code) = await ReadAsync(mail);
        var message = mail.Received.Single();
        Assert.Equal(["jo@example.gov.uk"], message.To.Mailboxes.Select(m => m.Address));
        foreach (var body in (string[])[message.TextBody!, message.HtmlBody!])
        {
            Assert.Contains(new Uri(RaspHost.PublicUrl, link).ToString(), body, StringComparison.Ordinal);
            Assert.Contains($"{code[..3]} {code[3..]}", body, StringComparison.Ordinal);
            Assert.Contains("15 minutes", body, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(code, message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_visitor_can_not_send_mails_to_everybody()
    {
        await using var mail = new MailServer();
        await using var host = await RaspHost.StartAsync(with: s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk", Limits = new() { SignInMailsAnHour = 2 } });
        var visitor = host.NewVisitor();
        for (var sent = 0; sent < 2; sent++) Assert.Equal(200, (await AskAsync(visitor, $"{sent}@example.gov.uk")).Status);
        Assert.Equal((429, "Too many tries"), ((await AskAsync(visitor, "2@example.gov.uk")).Status, (await AskAsync(visitor, "3@example.gov.uk")).Heading));
        Assert.Equal(200, (await visitor.GetAsync(Links.SignIn)).Status);
    }

    [Fact]
    public async Task Without_a_mail_server_the_page_says_so_and_what_works_instead()
    {
        await using var host = await RaspHost.StartAsync();
        var page = await host.NewVisitor().GetAsync(Links.SignIn);
        Assert.Contains("no mail server, so nobody can sign in by e-mail", page.Words, StringComparison.Ordinal);
        Assert.Contains("invite-administrator", page.Words, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#Email"));
    }

    [Fact]
    public async Task Only_whoever_develops_sees_what_mails_say()
    {
        await using var host = await RaspHost.StartAsync();
        Assert.Equal(404, (await host.NewVisitor().GetAsync(Links.DevelopmentMails)).Status);
    }

    private static Task<RaspHost> StartAsync(MailServer mail, Engine engine = Engine.Sqlite) =>
        RaspHost.StartAsync(engine, s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });

    private static async Task<Visited> AskAsync(Visitor visitor, string email) => await visitor.SubmitAsync(await visitor.GetAsync(Links.SignIn), "Send me a link", ("Email", email));

    private static async Task<(string Link, string Code)> ReadAsync(MailServer mail)
    {
        await Until.TrueAsync(() => Task.FromResult(mail.Received.Count > 0));
        return (LinkIn(mail.Received[^1]), CodeIn(mail.Received[^1]));
    }

    private static string LinkIn(MimeMessage message) => new Uri(Regex.Match(message.TextBody!, @"http\S+").Value).AbsolutePath;

    private static string CodeIn(MimeMessage message) => Regex.Match(message.TextBody!, @": (\d{3}) (\d{3})").Result("$1$2");

    private static string Bytes(RaspHost host, string secret)
    {
        var hex = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(secret));
        return host.Engine == Engine.Postgres ? $"decode('{hex}', 'hex')" : $"x'{hex}'";
    }

    private static string Masked(string text) => Secrets().Replace(text, "…");

    [GeneratedRegex(@"value=""CfDJ8[^""]+""|/sign-in/[\w-]{32}|\d{3} \d{3}")]
    private static partial Regex Secrets();
}

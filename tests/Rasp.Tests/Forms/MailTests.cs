using MimeKit;

namespace Rasp.Tests.Forms;

/// <summary>The private link by mail: through a real conversation with a mail server, and to nobody who does not have it already.</summary>
public sealed class MailTests
{
    private const string Button = "Send me the link";

    [Fact]
    public async Task The_link_arrives_in_a_plain_mail_and_the_page_says_so()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url);
        var visitor = host.NewVisitor();
        var (assessment, page) = await LinkPageAsync(visitor);

        var sent = await visitor.SubmitAsync(page, Button, ("Email", " jo.o'neil@example.gov.uk "));

        Assert.Contains("The link is on its way to jo.o'neil@example.gov.uk.", sent.Words, StringComparison.Ordinal);
        Assert.Equal($"{RaspHost.PublicUrl}open/{assessment.Secret}", sent.Document.QuerySelector("#link")!.GetAttribute("value"));
        var message = Assert.Single(mail.Received);
        Assert.Equal(["jo.o'neil@example.gov.uk"], message.To.Mailboxes.Select(m => m.Address));
        Assert.Equal(["rasp@example.gov.uk"], message.From.Mailboxes.Select(m => m.Address));
        Assert.Contains($"\n{RaspHost.PublicUrl}open/{assessment.Secret}\n", Assert.IsType<TextPart>(message.Body).Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain(assessment.Secret, message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_and_a_password_for_the_server_are_used()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(new($"smtp://user%40example:p%3Ass@127.0.0.1:{mail.Url.Port}"));
        var visitor = host.NewVisitor();
        var (_, page) = await LinkPageAsync(visitor);
        await visitor.SubmitAsync(page, Button, ("Email", "jo@example.gov.uk"));

        Assert.Single(mail.Received);
        Assert.Contains($"AUTH PLAIN {Convert.ToBase64String("\0user@example\0p:ss"u8)}", mail.Heard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("Jo <jo@example.gov.uk>")]
    [InlineData("jo@example.gov.uk, all@example.gov.uk")]
    [InlineData("jo@example.gov.uk\r\nBcc: all@example.gov.uk")]
    public async Task What_is_no_address_is_refused_and_stays_on_the_page_with_the_link(string typed)
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url);
        var visitor = host.NewVisitor();
        var (assessment, page) = await LinkPageAsync(visitor);

        var refused = await visitor.SubmitAsync(page, Button, ("Email", typed));

        Assert.Equal((400, "Enter an e-mail address in the correct format, like name@example.gov.uk"), (refused.Status, Assert.Single(refused.Faults)));
        Assert.Equal($"{RaspHost.PublicUrl}open/{assessment.Secret}", refused.Document.QuerySelector("#link")!.GetAttribute("value"));
        Assert.Empty(mail.Received);
        Assert.Equal("Sent", (await visitor.SubmitAsync(refused, Button, ("Email", "jo@example.gov.uk"))).Document.QuerySelector("#sent-title")!.TextContent);
    }

    [Fact]
    public async Task A_server_that_refuses_or_is_down_is_told_the_link_stays_and_the_log_does_not_hold_it()
    {
        var mail = new MailServer();
        mail.Unknown.Add("gone@example.gov.uk");
        await using var host = await StartAsync(mail.Url);
        var visitor = host.NewVisitor();
        var (assessment, page) = await LinkPageAsync(visitor);

        var refused = await visitor.SubmitAsync(page, Button, ("Email", "gone@example.gov.uk"));
        await mail.DisposeAsync();
        var down = await visitor.SubmitAsync(refused, Button, ("Email", "jo@example.gov.uk"));

        foreach (var told in (Visited[])[refused, down])
        {
            Assert.Equal((400, "The mail could not be sent. Copy the link instead, or try again later"), (told.Status, Assert.Single(told.Faults)));
            Assert.Equal($"{RaspHost.PublicUrl}open/{assessment.Secret}", told.Document.QuerySelector("#link")!.GetAttribute("value"));
        }
        Assert.Equal(2, host.Log.Lines.Count(l => l.Contains("A mail could not be sent", StringComparison.Ordinal)));
        Assert.DoesNotContain(assessment.Secret, host.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_token_the_form_is_refused_and_shows_link_and_address_again()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url);
        var visitor = host.NewVisitor();
        var (assessment, page) = await LinkPageAsync(visitor);
        visitor.Forget("rasp-form");

        var refused = await visitor.SubmitAsync(page, Button, ("Email", "jo@example.gov.uk"));
        Assert.Equal((400, "jo@example.gov.uk"), (refused.Status, refused.Field("Email")));
        Assert.Equal($"{RaspHost.PublicUrl}open/{assessment.Secret}", refused.Document.QuerySelector("#link")!.GetAttribute("value"));
        Assert.Empty(mail.Received);

        await visitor.SubmitAsync(refused, Button);
        Assert.Single(mail.Received);
    }

    [Fact]
    public async Task No_link_is_mailed_that_this_browser_does_not_hold()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url);
        var (mine, theirs) = (host.NewVisitor(), host.NewVisitor());
        var (assessment, page) = await LinkPageAsync(mine);
        var (other, _) = await LinkPageAsync(theirs);

        Assert.Equal(404, (await mine.ForgeAsync(page, Button, ("Secret", other.Secret), ("Email", "jo@example.gov.uk"))).Status);
        Assert.Equal(404, (await mine.ForgeAsync(page, Button, ("Secret", "https://phish.example"), ("Email", "jo@example.gov.uk"))).Status);
        Assert.Equal(404, (await mine.ForgeAsync(page, Button, ("Secret", null), ("Email", "jo@example.gov.uk"))).Status);
        mine.Forget("rasp-link");
        Assert.Equal(404, (await mine.ForgeAsync(page, Button, ("Secret", assessment.Secret), ("Email", "jo@example.gov.uk"))).Status);
        Assert.Empty(mail.Received);
        Assert.Empty(mail.Heard);
    }

    [Fact]
    public async Task Sending_too_often_is_refused_with_a_page()
    {
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail.Url, s => s with { Limits = new() { MailsAnHour = 2 } });
        var visitor = host.NewVisitor();
        var (_, page) = await LinkPageAsync(visitor);
        for (var i = 0; i < 2; i++) await visitor.SubmitAsync(page, Button, ("Email", "jo@example.gov.uk"));
        Assert.Equal(429, (await visitor.SubmitAsync(page, Button, ("Email", "jo@example.gov.uk"))).Status);
        Assert.Equal(2, mail.Received.Count);
    }

    [Fact]
    public async Task Where_no_mail_is_set_up_the_page_offers_none_and_sends_none()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var (assessment, page) = await LinkPageAsync(visitor);
        Assert.Null(page.Document.QuerySelector("#Email"));
        var token = (await visitor.GetAsync(Links.Start)).Field("__RequestVerificationToken");
        Assert.Equal(404, (await visitor.PostAsync(Links.PrivateLink(assessment.Reference) + "?handler=Mail", ("__RequestVerificationToken", token), ("Secret", assessment.Secret), ("Email", "jo@example.gov.uk"))).Status);
    }

    private static Task<RaspHost> StartAsync(Uri smtp, Func<Settings, Settings>? with = null) =>
        RaspHost.StartAsync(with: s => (with ?? (x => x))(s with { Smtp = smtp, MailFrom = "rasp@example.gov.uk" }));

    /// <summary>The page that shows the new link; it shows it once, so the visit is made here.</summary>
    private static async Task<(Started Assessment, Visited Page)> LinkPageAsync(Visitor visitor)
    {
        var page = await visitor.SubmitAsync(await visitor.GetAsync(Links.Start), "Start", ("Details.Stage", "deliver"), ("Details.Role", "finance"));
        var link = page.Document.QuerySelector("#link")!.GetAttribute("value")!;
        return (new(page.Path.Split('/')[2], link[(link.LastIndexOf('/') + 1)..]), page);
    }
}

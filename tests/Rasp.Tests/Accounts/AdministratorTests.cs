using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Tests.Verbs;

namespace Rasp.Tests.Accounts;

/// <summary>How somebody becomes an administrator, and what one sees: accounts and mails, and nobody's answers.</summary>
public sealed class AdministratorTests
{
    [Theory, Engines]
    public async Task The_link_of_the_first_start_makes_the_first_administrator_once(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        Assert.True(await NeedsAdministratorAsync(host));
        var link = Links.SignInLink(await host.InviteAsync(null));
        Assert.False(await NeedsAdministratorAsync(host));
        var visitor = host.NewVisitor();

        var refused = await visitor.SubmitAsync(await visitor.GetAsync(link), "Become an administrator", ("Email", "nobody"));
        Assert.Equal((400, "nobody"), (refused.Status, refused.Field("Email")));
        var account = await visitor.SubmitAsync(refused, "Become an administrator", ("Email", "admin@example.gov.uk"));
        Assert.Contains("Administration", account.Words, StringComparison.Ordinal);
        Assert.Equal("Accounts", (await visitor.GetAsync(Links.Accounts)).Heading);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(link)).Status);
        Assert.False(await NeedsAdministratorAsync(host));
    }

    [Fact]
    public async Task The_first_link_opens_no_account_of_others()
    {
        await using var host = await RaspHost.StartAsync();
        await host.NewVisitor().SignInAsync(host, "jo@example.gov.uk");
        var link = Links.SignInLink(await host.InviteAsync(null));
        var visitor = host.NewVisitor();
        var refused = await visitor.SubmitAsync(await visitor.GetAsync(link), "Become an administrator", ("Email", "jo@example.gov.uk"));
        Assert.Contains("This address has an account", Assert.Single(refused.Faults), StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());

        await visitor.SignInAsync(host, "jo@example.gov.uk");
        Assert.Contains("Administration", (await visitor.SubmitAsync(await visitor.GetAsync(link), "Become an administrator")).Words, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task An_administrator_ends_sessions_and_deletes_an_account_and_its_assessments_stay_by_their_links(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (administrator, visitor) = (host.NewVisitor(), host.NewVisitor());
        await administrator.AdministrateAsync(host);
        await visitor.SignInAsync(host);
        var assessment = await visitor.StartAssessmentAsync();
        await visitor.SubmitAsync(await visitor.GetAsync(Links.Claim(assessment.Reference)), "Keep it in my account");

        var accounts = await administrator.GetAsync(Links.Accounts);
        Assert.DoesNotContain("Testshire", accounts.Body, StringComparison.Ordinal);
        var account = await administrator.GetAsync(accounts.Link("jo@example.gov.uk"));
        Assert.DoesNotContain("Testshire", account.Body, StringComparison.Ordinal);
        account = await administrator.SubmitAsync(account, "End all sessions");
        Assert.Contains("signed out everywhere", account.Words, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());

        Assert.Equal(404, (await administrator.GetAsync(assessment.Overview)).Status);
        account = await administrator.SubmitAsync(account, "Delete the account");
        Assert.Equal("Tick the box to confirm that the account should be deleted", Assert.Single(account.Faults));
        await administrator.SubmitAsync(account, "Delete the account", ("IsSure", "true"));
        Assert.Equal(["admin@example.gov.uk"], await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));
        Assert.Equal("Testshire Council", (await host.NewVisitor().OpenAsync(assessment)).Heading);
    }

    [Fact]
    public async Task An_administrator_sees_of_mails_whom_they_went_to_and_not_what_they_said()
    {
        await using var host = await RaspHost.StartAsync();
        await host.Services.GetRequiredService<Outbox>().WriteAsync(new("jo@example.gov.uk", "A subject", "A secret", "A secret"), host.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var administrator = host.NewVisitor();
        await administrator.AdministrateAsync(host);
        var mails = await administrator.GetAsync(Links.Mails);
        Assert.Contains("jo@example.gov.uk A subject 24 November 2026, 9:30 (UTC) Waiting", mails.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("A secret", mails.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_everybody_else_there_is_no_administration()
    {
        await using var host = await RaspHost.StartAsync();
        var (nobody, somebody, administrator) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await somebody.SignInAsync(host);
        await administrator.AdministrateAsync(host);
        var account = (await administrator.GetAsync(Links.Accounts)).Link("jo@example.gov.uk");
        foreach (var path in (string[])[Links.Accounts, Links.Mails, account])
        {
            Assert.Equal("Sign in", (await nobody.GetAsync(path)).Heading);
            Assert.Equal(404, (await somebody.GetAsync(path)).Status);
            Assert.Equal(200, (await administrator.GetAsync(path)).Status);
        }
        Assert.Equal(404, (await administrator.GetAsync($"{Links.Accounts}/{Guid.NewGuid():N}")).Status);
    }

    [Fact]
    public async Task The_first_start_prints_a_link_and_the_shell_makes_others()
    {
        using var folder = new TemporaryFolder();
        using (var serving = RaspProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], ("RASP_URL", "https://rasp.example.gov.uk")))
        {
            var link = "";
            while (await serving.StandardOutput.ReadLineAsync() is { } line && !(link = line.Trim()).StartsWith("https://rasp.example.gov.uk/sign-in/", StringComparison.Ordinal)) link = "";
            serving.Kill(entireProcessTree: true);
            Assert.NotEqual("", link);
        }
        var invited = await RaspProcess.RunAsync(folder.Path, ["invite-administrator", "admin@example.gov.uk"], ("RASP_URL", "https://rasp.example.gov.uk"));
        Assert.Equal(0, invited.Status);
        Assert.StartsWith("https://rasp.example.gov.uk/sign-in/", invited.Output, StringComparison.Ordinal);
        Assert.Contains("pass it on yourself", invited.Error, StringComparison.Ordinal);
        var refused = await RaspProcess.RunAsync(folder.Path, ["invite-administrator", "nobody"]);
        Assert.Equal((2, "", "rasp: EMAIL must be an e-mail address, such as name@example.gov.uk, not 'nobody'"), (refused.Status, refused.Output, refused.Error.Trim()));
        var wrong = await RaspProcess.RunAsync(folder.Path, [], ("RASP_OIDC_ISSUER", "http://login.example.org"), ("RASP_OIDC_CLIENT", "rasp"));
        Assert.Equal(2, wrong.Status);
        Assert.Contains("must begin with https://", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("are needed together", wrong.Error, StringComparison.Ordinal);

        await using var host = await RaspHost.StartAsync(with: s => s with { Data = Path.Combine(folder.Path, "data") });
        var account = await host.NewVisitor().GetAsync(new Uri(invited.Output.Trim()).AbsolutePath);
        Assert.Contains("admin@example.gov.uk", account.Words, StringComparison.Ordinal);
    }

    private static async Task<bool> NeedsAdministratorAsync(RaspHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignIns>().NeedsAdministratorAsync();
    }
}

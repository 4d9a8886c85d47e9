using System.Diagnostics;
using Npgsql;
using Rasp.Data.Accounts;

namespace Rasp.Tests.Accounts;

/// <summary>Sessions: one for each sign-in, seen and ended by their owner, and worth nothing after that.</summary>
public sealed class SessionTests
{
    [Theory, Engines]
    public async Task A_person_sees_their_sessions_and_ends_one(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (here, there, other) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await there.SignInAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        await here.SignInAsync(host);
        await other.SignInAsync(host, "other@example.gov.uk");

        var page = await here.GetAsync(Links.Sessions);
        Assert.Equal(2, page.Document.QuerySelectorAll(".govuk-summary-list__row").Length);
        Assert.Contains("24 November 2026, 9:33 (UTC)", page.Words, StringComparison.Ordinal);
        var theirs = page.Document.QuerySelectorAll(".govuk-summary-list__row").Single(r => !r.TextContent.Contains("This one", StringComparison.Ordinal));
        var id = theirs.QuerySelector("input[name=Session]")!.GetAttribute("value")!;
        var token = theirs.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        page = await here.PostAsync($"{Links.Sessions}?handler=End", ("Session", id), ("__RequestVerificationToken", token));

        Assert.Single(page.Document.QuerySelectorAll(".govuk-summary-list__row"));
        Assert.Equal((true, false, true), (await here.IsSignedInAsync(), await there.IsSignedInAsync(), await other.IsSignedInAsync()));
    }

    [Theory, Engines]
    public async Task Signing_out_everywhere_ends_all_of_ones_own_sessions(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var (here, there, other) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await there.SignInAsync(host);
        await here.SignInAsync(host);
        await other.SignInAsync(host, "other@example.gov.uk");

        Assert.Contains("You are signed out.", (await here.SubmitAsync(await here.GetAsync(Links.Sessions), "Sign out everywhere")).Words, StringComparison.Ordinal);
        Assert.Equal((false, false, true), (await here.IsSignedInAsync(), await there.IsSignedInAsync(), await other.IsSignedInAsync()));
    }

    [Fact]
    public async Task Another_persons_session_can_not_be_ended()
    {
        await using var host = await RaspHost.StartAsync();
        var (mine, theirs) = (host.NewVisitor(), host.NewVisitor());
        await mine.SignInAsync(host);
        await theirs.SignInAsync(host, "other@example.gov.uk");
        var id = (await theirs.GetAsync(Links.Sessions)).Field("Session")!;
        var token = (await mine.GetAsync(Links.Sessions)).Field("__RequestVerificationToken");
        await mine.PostAsync($"{Links.Sessions}?handler=End", ("Session", id), ("__RequestVerificationToken", token));
        Assert.True(await theirs.IsSignedInAsync());
    }

    [Fact]
    public async Task A_cookie_kept_from_before_signing_out_opens_nothing()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        var cookie = visitor.Cookies.Single(c => c.Name == "rasp-session");
        Assert.Equal((true, "/"), (cookie.HttpOnly, cookie.Path));
        Assert.Equal(DateTime.MinValue, cookie.Expires);

        Assert.Equal("Your account", (await visitor.GetAsync(Links.SignOut)).Heading);
        await visitor.SubmitAsync(await visitor.GetAsync(Links.Account), "Sign out");
        using var request = new HttpRequestMessage(HttpMethod.Get, Links.Account);
        request.Headers.Add("Cookie", $"rasp-session={cookie.Value}");
        using var response = await host.NewVisitor().SendAsync(request);
        Assert.Equal(Links.SignInFor(Links.Account), response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_session_that_is_used_goes_on_and_one_that_is_not_ends()
    {
        await using var host = await RaspHost.StartAsync();
        var (used, unused) = (host.NewVisitor(), host.NewVisitor());
        await used.SignInAsync(host);
        await unused.SignInAsync(host, "other@example.gov.uk");
        for (var days = 0; days < Sessions.KeptFor.TotalDays; days += 7)
        {
            host.Clock.Advance(TimeSpan.FromDays(7));
            Assert.True(await used.IsSignedInAsync());
            await Until.TrueAsync(async () => (await host.QueryAsync<long>("SELECT \"LastSeenAt\" FROM \"Sessions\"")).Max() == host.Clock.GetUtcNow().UtcTicks);
        }
        Assert.False(await unused.IsSignedInAsync());
    }

    /// <summary>Npgsql reports each command as an activity, EF Core's and those made by hand alike.</summary>
    [Fact]
    public async Task An_account_costs_others_nothing_and_whoever_is_signed_in_one_command()
    {
        await using var host = await RaspHost.StartAsync(Engine.Postgres);
        var (without, with) = (host.NewVisitor(), host.NewVisitor());
        var assessment = await without.StartAssessmentAsync();
        await with.SignInAsync(host);
        await with.OpenAsync(assessment);
        var database = new NpgsqlConnectionStringBuilder(host.Settings.Database).Database!;
        var commands = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(t => t.Value is string value && value == database)) Interlocked.Increment(ref commands);
            },
        };
        ActivitySource.AddActivityListener(listener);

        foreach (var (path, expected) in ((string, int)[])[(Links.Home, 0), (Links.Help, 0), (assessment.Overview, 1), ("/favicon.svg", 0)])
        {
            Interlocked.Exchange(ref commands, 0);
            await without.GetAsync(path);
            Assert.Equal((path, expected), (path, Interlocked.Exchange(ref commands, 0)));
            await with.GetAsync(path);
            Assert.Equal((path, path == "/favicon.svg" ? 0 : expected + 1), (path, Interlocked.Exchange(ref commands, 0)));
        }
    }
}

using System.Web;

namespace Rasp.Tests.Accounts;

/// <summary>Signing in with an account of an OpenID Connect issuer: a real one, with codes, keys and secrets.</summary>
public sealed class OidcTests
{
    [Theory, Engines]
    public async Task An_address_that_the_issuer_has_verified_signs_in_and_makes_the_account(Engine engine)
    {
        await using var issuer = await Issuer.StartAsync("jo@example.gov.uk", isVerified: true);
        await using var host = await StartAsync(issuer, engine);
        var visitor = host.NewVisitor();
        Assert.Equal(Links.SignInOidcFor(Links.Help), (await visitor.GetAsync(Links.SignInFor(Links.Help))).Link("Sign in with the county’s account"));

        Assert.Equal(Links.Help, (await SignInAsync(visitor, Links.SignInOidcFor(Links.Help))).Path);
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal(["jo@example.gov.uk"], await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));

        // The same person by mail is the same account, and so is a second sign-in.
        await host.NewVisitor().SignInAsync(host, "jo@example.gov.uk");
        await SignInAsync(host.NewVisitor(), Links.SignInOidc);
        Assert.Single(await host.QueryAsync<string>("SELECT \"Email\" FROM \"People\""));
    }

    [Theory, InlineData(false), InlineData(null)]
    public async Task An_address_that_it_has_not_verified_opens_nothing(bool? isVerified)
    {
        await using var issuer = await Issuer.StartAsync("jo@example.gov.uk", isVerified);
        await using var host = await StartAsync(issuer);
        await host.NewVisitor().SignInAsync(host, "jo@example.gov.uk");
        var visitor = host.NewVisitor();
        Assert.Contains("did not say that your e-mail address was checked", (await SignInAsync(visitor, Links.SignInOidc)).Words, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task A_wrong_secret_a_changed_state_and_another_browser_are_refused_with_an_explanation()
    {
        await using var issuer = await Issuer.StartAsync("jo@example.gov.uk", isVerified: true);
        await using var host = await StartAsync(issuer);
        var (visitor, other) = (host.NewVisitor(), host.NewVisitor());
        var callback = await CallbackAsync(visitor, Links.SignInOidc);
        foreach (var refused in (Visited[])[await visitor.GetAsync(callback.Replace("state=", "state=A", StringComparison.Ordinal)), await other.GetAsync(callback)])
        {
            Assert.Contains("You could not be signed in with the county’s account.", refused.Words, StringComparison.Ordinal);
        }
        Assert.False(await other.IsSignedInAsync());

        await using var mistaken = await StartAsync(issuer, secret: "another");
        visitor = mistaken.NewVisitor();
        Assert.Contains("You could not be signed in", (await SignInAsync(visitor, Links.SignInOidc)).Words, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
        Assert.DoesNotContain("another", mistaken.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_can_not_be_reached_is_said_to_be_so()
    {
        var issuer = await Issuer.StartAsync("jo@example.gov.uk", isVerified: true);
        await using var host = await StartAsync(issuer);
        await issuer.DisposeAsync();
        Assert.Contains("it can’t be reached just now", (await host.NewVisitor().GetAsync(Links.SignInOidc)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_none_is_set_up_there_is_no_such_door()
    {
        await using var host = await RaspHost.StartAsync();
        Assert.Equal(404, (await host.NewVisitor().GetAsync(Links.SignInOidc)).Status);
        Assert.Equal(404, (await host.NewVisitor().GetAsync(Links.OidcCallback)).Status);
    }

    private static async Task<RaspHost> StartAsync(Issuer issuer, Engine engine = Engine.Sqlite, string secret = Issuer.Secret)
    {
        var host = await RaspHost.StartAsync(engine, s => s with { Oidc = new(issuer.Url, Issuer.Client, secret, "the county’s account") });
        // Cookies for the way there expire, and a browser's clock is the world's.
        if (DateTimeOffset.UtcNow > host.Clock.GetUtcNow()) host.Clock.SetUtcNow(DateTimeOffset.UtcNow);
        return host;
    }

    private static async Task<Visited> SignInAsync(Visitor visitor, string from) => await visitor.GetAsync(await CallbackAsync(visitor, from));

    /// <summary>To the issuer and back: the address at which it sends the browser back to Rasp.</summary>
    private static async Task<string> CallbackAsync(Visitor visitor, string from)
    {
        using var challenge = await visitor.SendAsync(new(HttpMethod.Get, from));
        var there = challenge.Headers.Location!;
        Assert.Equal($"{RaspHost.PublicUrl}sign-in/oidc/callback", HttpUtility.ParseQueryString(there.Query)["redirect_uri"]);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var back = await browser.GetAsync(there);
        Assert.True(back.Headers.Location is not null, await back.Content.ReadAsStringAsync());
        return back.Headers.Location!.PathAndQuery;
    }
}

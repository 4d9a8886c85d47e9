using System.Text.Json;
using Rasp.Data.Tokens;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Tokens;

/// <summary>Tokens on the pages of those whose they are: made, shown once, told of, listed and revoked.</summary>
public sealed class TokenTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";

    [Theory, Engines]
    public async Task A_token_is_shown_once_and_stored_as_a_hash_alone(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        var page = await visitor.MakeTokenAsync(Links.NewToken, "Power BI", scopes: "Plan");
        var token = page.Token();

        Assert.Matches("^rasp_[A-Za-z0-9]{40}$", token);
        Assert.Contains("Reads and changes plans", page.Words, StringComparison.Ordinal);
        Assert.Contains("Made 24 November 2026, good until 22 February 2027", page.Words, StringComparison.Ordinal);
        Assert.Contains("Never used", page.Words, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await visitor.GetAsync(Links.Tokens)).Body, StringComparison.Ordinal);
        var dump = await host.DumpAsync();
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(TokenSecret.Hash(token)!), dump, StringComparison.Ordinal);
        Assert.Contains("TokenMade", dump, StringComparison.Ordinal);

        page = await visitor.SubmitAsync(await visitor.GetAsync(Links.Tokens), "Revoke the token Power BI");
        Assert.Contains("There are none yet", page.Words, StringComparison.Ordinal);
        dump = await host.DumpAsync();
        Assert.DoesNotContain(Convert.ToHexString(TokenSecret.Hash(token)!), dump, StringComparison.Ordinal);
        Assert.Contains("TokenRevoked", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_form_says_what_is_missing_and_keeps_what_was_typed()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        var page = await visitor.SubmitAsync(await visitor.GetAsync(Links.NewToken), "Make the token", ("Form.Scopes", "Answer"));
        Assert.Equal(400, page.Status);
        Assert.Equal(["Say what the token is for, so that you know it again", "Select for how long the token is to be good"], page.Faults);
        Assert.Equal("Answer", page.Field("Form.Scopes"));
        page = await visitor.SubmitAsync(page, "Make the token", ("Form.Name", new('n', 101)), ("Form.Days", "90"));
        Assert.Equal(["What it is for must be 100 characters or fewer"], page.Faults);
        page = await visitor.ForgeAsync(page, "Make the token", ("Form.Name", "Mine"), ("Form.Programme", Guid.NewGuid().ToString("N")), ("Form.Days", "3650"));
        Assert.Equal(["Select for how long the token is to be good"], page.Faults.Where(f => f.StartsWith("Select", StringComparison.Ordinal)));
        Assert.Contains("Choose one of the programmes in the list", page.Faults);
    }

    [Fact]
    public async Task Nobody_has_more_than_they_keep_in_mind()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        for (var i = 0; i < TokenDesk.Most; i++) await visitor.MakeTokenAsync(Links.NewToken, $"Number {i}");
        Assert.Contains("You have 20 tokens", Assert.Single((await visitor.MakeTokenAsync(Links.NewToken, "One more")).Faults), StringComparison.Ordinal);
        await visitor.SubmitAsync(await visitor.GetAsync(Links.Tokens), "Revoke the token Number 3");
        Assert.NotNull((await visitor.MakeTokenAsync(Links.NewToken, "One more")).Token());
    }

    [Theory, Engines]
    public async Task An_organisations_tokens_are_its_leads_and_end_with_the_part_of_whoever_made_them(Engine engine)
    {
        await using var mail = new MailServer();
        await using var host = await RaspHost.StartAsync(engine, s => s with { Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        var two = await Partnership.StartAsync(host, mail, Alder, Brook);
        var second = await two.ColleagueAsync(Alder, "second@example.gov.uk");
        var organisation = (await two[Alder].GetAsync(Links.Account)).Link(Alder);
        var tokens = organisation + "/tokens";
        await second.MakeTokenAsync(tokens + "/new", "Made by the second", programme: Partnership.Name);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await two[Alder].MakeTokenAsync(tokens + "/new", "Made by the first");

        // Both see both, and are told of each.
        var page = await two[Alder].GetAsync(tokens);
        Assert.Contains("Made 24 November 2026 by second@example.gov.uk", page.Words, StringComparison.Ordinal);
        Assert.Contains($"Reads, in {Partnership.Name} only", page.Words, StringComparison.Ordinal);
        await Until.TrueAsync(() => Task.FromResult(Told(mail, "second@example.gov.uk") == 2 && Told(mail, Partnership.Email(Alder)) == 2));
        Assert.Equal(404, (await two[Brook].GetAsync(tokens)).Status);
        Assert.Equal(404, (await two[Brook].GetAsync(tokens + "/new")).Status);
        var file = (await two[Alder].GetAsync(organisation + "/everything.json")).Body;
        using (var json = JsonDocument.Parse(file))
        {
            Assert.Equal(["Made by the second", "Made by the first"], json.RootElement.GetProperty("tokens").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
            Assert.DoesNotContain("ash", string.Join(' ', json.RootElement.GetProperty("tokens")[0].EnumerateObject().Select(p => p.Name)), StringComparison.Ordinal);
        }
        var words = (await two[Alder].GetAsync(organisation + "/trail")).Words;
        Assert.Contains("second@example.gov.uk made the token “Made by the second”", words, StringComparison.Ordinal);

        var place = (await two[Alder].GetAsync(organisation)).Link("Change second@example.gov.uk");
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(place), "Make a contributor");
        Assert.Equal(404, (await second.GetAsync(tokens)).Status);
        page = await two[Alder].GetAsync(tokens);
        Assert.DoesNotContain("Made by the second", page.Words, StringComparison.Ordinal);
        Assert.Contains("Made by the first", page.Words, StringComparison.Ordinal);
        Assert.Contains("ended a token", (await two[Alder].GetAsync(organisation + "/trail")).Words, StringComparison.Ordinal);

        await two[Alder].SubmitAsync(await two[Alder].GetAsync(organisation + "/data"), "Erase the organisation", ("IsSure", "true"));
        Assert.Equal(0, (await host.RowsByTableAsync())["Tokens"]);
    }

    [Fact]
    public async Task A_deleted_account_takes_its_tokens_along()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        await visitor.MakeTokenAsync(Links.NewToken, "Excel");
        await visitor.SubmitAsync(await visitor.GetAsync(Links.DeleteAccount), "Delete my account", ("IsSure", "true"));
        Assert.Equal(0, (await host.RowsByTableAsync())["Tokens"]);
    }

    [Fact]
    public async Task One_that_has_ended_stays_on_the_list_for_a_while()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        await visitor.SignInAsync(host);
        await visitor.MakeTokenAsync(Links.NewToken, "Excel", days: "30");
        host.Clock.Advance(TimeSpan.FromDays(31));
        await visitor.SignInAsync(host);
        Assert.Contains("Excel Ended", (await visitor.GetAsync(Links.Tokens)).Words, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(90));
        await Until.TrueAsync(async () => (await host.RowsByTableAsync())["Tokens"] == 0);
    }

    [Fact]
    public async Task Nobody_revokes_anothers()
    {
        await using var host = await RaspHost.StartAsync();
        var (mine, theirs) = (host.NewVisitor(), host.NewVisitor());
        await mine.SignInAsync(host);
        await theirs.SignInAsync(host, "other@example.gov.uk");
        await mine.MakeTokenAsync(Links.NewToken, "Mine");
        var page = await theirs.MakeTokenAsync(Links.NewToken, "Theirs");
        await mine.ForgeAsync(await mine.GetAsync(Links.Tokens), "Revoke the token Mine", ("Token", page.Field("Token")));
        Assert.Contains("Theirs", (await theirs.GetAsync(Links.Tokens)).Words, StringComparison.Ordinal);
    }

    private static int Told(MailServer mail, string email)
    {
        lock (mail.Received) return mail.Received.Count(m => m.To.ToString() == email && m.Subject == $"A token was made for {Alder}");
    }
}

/// <summary>Making tokens through the pages.</summary>
internal static class TokenMaking
{
    public static async Task<Visited> MakeTokenAsync(this Visitor visitor, string path, string name, string? scopes = null, string? programme = null, string days = "90")
    {
        var page = await visitor.GetAsync(path);
        var chosen = programme is null ? null : page.Document.QuerySelectorAll("option").Single(o => o.TextContent == programme).GetAttribute("value");
        (string, string?)[] values = [("Form.Name", name), ("Form.Days", days), .. chosen is null ? Array.Empty<(string, string?)>() : [("Form.Programme", chosen)], .. scopes is null ? Array.Empty<(string, string?)>() : [("Form.Scopes", scopes)]];
        return await visitor.SubmitAsync(page, "Make the token", values);
    }

    /// <summary>What a page shows this once.</summary>
    public static string Token(this Visited page) => page.Document.QuerySelector("#link")?.GetAttribute("value") ?? throw new InvalidOperationException($"{page.Path} ({page.Status}) shows no token: {page.Words}");
}

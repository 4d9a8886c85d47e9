using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data.Signing;
using Rasp.Tests.Verbs;

namespace Rasp.Tests.Signing;

/// <summary>The keys of an installation: made once, shown to everybody, retired by whoever hosts it.</summary>
public sealed class SigningKeyTests
{
    [Theory, Engines]
    public async Task Servers_that_start_at_the_same_time_on_one_database_make_one_key_and_all_can_sign_with_it(Engine engine)
    {
        await using var first = await RaspHost.StartAsync(engine);
        await first.ExecuteAsync("""DELETE FROM "SigningKeys";""");
        await first.ExecuteAsync("""DELETE FROM "DataProtectionKeys";""");
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RaspHost.StartAsync(engine, _ => first.Settings))));
        try
        {
            var signing = await Task.WhenAll(hosts.SelectMany(h => Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                using var key = await h.Services.GetRequiredService<SigningKeys>().OpenAsync();
                Assert.Equal(64, key.SignData([1, 2, 3], System.Security.Cryptography.HashAlgorithmName.SHA256).Length);
                return PublicKey.Of(key).Thumbprint;
            }))));
            Assert.Single(signing.Distinct());
            Assert.Equal([signing[0]], await first.QueryAsync<string>("""SELECT "Id" FROM "SigningKeys" """));
            Assert.All(hosts, h => Assert.Empty(h.Log.Lines));
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
        }
    }

    [Theory, Engines]
    public async Task A_retired_key_signs_nothing_more_is_still_shown_and_its_private_half_is_gone(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var visitor = host.NewVisitor();
        var before = await KeysAsync(visitor);
        var old = Assert.Single(before);
        // The private half is stored in no form that anything but this installation reads.
        using (var key = await host.Services.GetRequiredService<SigningKeys>().OpenAsync())
        {
            var secret = key.ExportParameters(includePrivateParameters: true).D!;
            Assert.DoesNotContain(Convert.ToHexString(secret), await host.DumpAsync(), StringComparison.Ordinal);
        }

        (string, string)[] settings = host.Settings.Database is { } connection ? [("RASP_DATABASE", connection)] : [("RASP_DATA", host.Settings.Data)];
        var ran = await RaspProcess.RunAsync(host.Settings.Data, ["retire-key"], settings);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Contains(Text(old, "kid"), ran.Output, StringComparison.Ordinal);
        Assert.Equal("SigningKeyRetired", (await host.QueryAsync<string>("""SELECT "Kind" FROM "Trail" ORDER BY "Number" """))[^1]);

        var after = await KeysAsync(visitor);
        Assert.Equal(2, after.Count);
        Assert.Null(after[0]["retiredAt"]);
        Assert.NotEqual(Text(old, "kid"), Text(after[0], "kid"));
        Assert.Equal((Text(old, "kid"), Text(old, "x"), Text(old, "y")), (Text(after[1], "kid"), Text(after[1], "x"), Text(after[1], "y")));
        Assert.NotNull(after[1]["retiredAt"]);
        Assert.Single(await host.QueryAsync<int>("""SELECT "Number" FROM "SigningKeys" WHERE "PrivateKey" IS NULL"""));

        var page = await visitor.GetAsync(Links.Keys);
        Assert.Equal("Keys", page.Heading);
        Assert.All(after, k => Assert.Contains(Text(k, "kid"), page.Words, StringComparison.Ordinal));

        ran = await RaspProcess.RunAsync(host.Settings.Data, ["retire-key"], settings);
        Assert.Contains(Text(after[0], "kid"), ran.Output, StringComparison.Ordinal);
        ran = await RaspProcess.RunAsync(host.Settings.Data, ["retire-key"], settings);
        Assert.Equal((0, "There is no key to retire: the server makes one at its start.\n"), (ran.Status, ran.Output));
    }

    [Fact]
    public async Task A_key_that_nobody_can_open_any_more_is_retired_and_another_signs()
    {
        await using var first = await RaspHost.StartAsync();
        await first.ExecuteAsync("""DELETE FROM "DataProtectionKeys";""");
        await using var second = await RaspHost.StartAsync(with: _ => first.Settings);
        var keys = await KeysAsync(second.NewVisitor());
        Assert.Equal(2, keys.Count);
        Assert.NotNull(keys[1]["retiredAt"]);
        Assert.Contains(Text(keys[1], "kid"), Assert.Single(second.Log.Lines), StringComparison.Ordinal);
    }

    private static async Task<List<JsonNode>> KeysAsync(Visitor visitor) => [.. JsonNode.Parse((await visitor.GetAsync(Links.KeysJson)).Body)!["keys"]!.AsArray().Select(k => k!)];

    private static string Text(JsonNode key, string name) => key[name]!.GetValue<string>();
}

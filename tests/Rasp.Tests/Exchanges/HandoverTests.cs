using System.Text.Json.Nodes;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;
using Base64Url = System.Buffers.Text.Base64Url;

namespace Rasp.Tests.Exchanges;

/// <summary>Councils on servers of their own take part in one round: what passes between the servers is files, and nothing else.</summary>
public sealed class HandoverTests
{
    private const string Alder = Scene.Alder;
    private const string Brook = Scene.Brook;
    private const string Crag = Scene.Crag;
    private const string Dene = Scene.Dene;

    private static readonly Dictionary<string, (int Seed, Depth Depth)> Answers = new(StringComparer.Ordinal)
    {
        [Alder] = (1, Depth.Everything),
        [Brook] = (3, Depth.Questions),
        [Crag] = (5, Depth.Areas),
        [Dene] = (2, Depth.Everything),
    };

    [Theory, InlineData(Engine.Sqlite, Engine.Postgres), InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task Two_servers_show_each_partner_what_one_server_would(Engine one, Engine other)
    {
        await using var first = await RaspHost.StartAsync(one);
        await using var second = await RaspHost.StartAsync(other);
        await using var alone = await RaspHost.StartAsync();
        var (here, there) = (await Server.StartAsync(first, Alder), await Server.StartAsync(second, Dene));
        await HandOverAsync(here, there);

        var together = await TogetherAsync(alone, Alder, Dene);
        Assert.Equal(await together.ComparisonAsync(Alder), await here.ComparisonAsync(Alder));
        Assert.Equal(await together.ComparisonAsync(Dene), await there.ComparisonAsync(Dene));
        Assert.Contains("\"stance\":\"fixed\"", Others(await here.ComparisonAsync(Alder), Alder), StringComparison.Ordinal);
        Assert.Null((await first.VerifyTrailAsync()).Fault);
        Assert.Equal(
            ["ExchangeKeysMade", "PartnerElsewhereIntroduced", "PartnerElsewhereConfirmed", "SealForElsewhere", "SealFromElsewhere", "BundleReleased", "BundleTaken", "BundleReceived", "ElsewhereRead"],
            (await first.TrailAsync()).Where(k => k.Contains("Elsewhere", StringComparison.Ordinal) || k.StartsWith("Exchange", StringComparison.Ordinal) || k.StartsWith("Bundle", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Three_servers_with_four_partners_show_each_as_deep_as_both_allow()
    {
        await using var first = await RaspHost.StartAsync(Engine.Postgres);
        await using var second = await RaspHost.StartAsync();
        await using var third = await RaspHost.StartAsync();
        await using var alone = await RaspHost.StartAsync();
        Server[] servers = [await Server.StartAsync(first, Alder), await Server.StartAsync(second, Brook, Crag), await Server.StartAsync(third, Dene)];
        await HandOverAsync(servers);

        var together = await TogetherAsync(alone, Alder, Brook, Crag, Dene);
        foreach (var server in servers)
        {
            foreach (var council in server.Councils)
            {
                Assert.Equal(await together.ComparisonAsync(council), await server.ComparisonAsync(council));
                // Every seal that they see holds, and is the one that was noted before.
                var seals = await server.Partnership[council].GetAsync($"/rounds/{server.Round}/seals");
                Assert.Equal(4, seals.Document.QuerySelectorAll(".govuk-tag--green").Length);
            }
        }
    }

    [Fact]
    public async Task Nothing_is_taken_before_its_time_and_each_refusal_says_why()
    {
        await using var first = await RaspHost.StartAsync();
        await using var second = await RaspHost.StartAsync();
        var (here, there) = (await Server.StartAsync(first, Alder), await Server.StartAsync(second, Dene));
        var (mine, theirs) = (await here.IntroduceAsync(Alder), await there.IntroduceAsync(Dene));
        await RefusedAsync(here, mine, "made here");
        await there.MeetAsync(mine, await here.KeyAsync(Alder));
        foreach (var (server, council) in new[] { (here, Alder), (there, Dene) }) await AnswerAndSealAsync(server, council);

        var seal = await there.SealFileAsync(Dene);
        await RefusedAsync(here, seal, "signed by a key that nobody in this round has");
        var partner = await here.BringAsync(Alder, theirs);
        await RefusedAsync(here, seal, "is not confirmed yet");
        Assert.Contains("ick the box", Assert.Single((await here.Partnership[Alder].SubmitAsync(partner, "Confirm the key")).Faults), StringComparison.Ordinal);
        await here.MeetAsync(theirs, await there.KeyAsync(Dene));

        // Dene's server has all seals first, and releases: the other server is not open yet.
        await there.BringAsync(Dene, await here.SealFileAsync(Alder), opens: true);
        var bundle = (await there.ReleaseAsync(Dene, Alder)).Single();
        await RefusedAsync(here, bundle, "not open here yet");
        Assert.Contains("opens the round", Assert.Single((await here.BringAsync(Alder, seal)).Faults), StringComparison.Ordinal);
        Assert.Contains("the round is open here", (await here.BringAsync(Alder, seal, opens: true)).Words, StringComparison.Ordinal);
        await RefusedAsync(here, seal, "you have it already");
        await RefusedAsync(here, bundle, "release yours first");
        await here.ReleaseAsync(Alder, Dene);
        Assert.Contains("It fits its seal", (await here.BringAsync(Alder, bundle)).Words, StringComparison.Ordinal);
        await RefusedAsync(here, bundle, "you have it already");
        await RefusedAsync(here, (await here.ReceivedAsync(Alder, Dene)).Single(), "somebody has decrypted");
        await RefusedAsync(there, bundle, "not encrypted to a key of an organisation that you lead");
    }

    [Fact]
    public async Task A_seal_can_be_replaced_until_somebody_has_released_and_never_after()
    {
        await using var first = await RaspHost.StartAsync();
        await using var second = await RaspHost.StartAsync();
        var (here, there) = (await Server.StartAsync(first, Alder), await Server.StartAsync(second, Dene));
        await IntroduceAsync(here, there);
        foreach (var (server, council) in new[] { (here, Alder), (there, Dene) }) await AnswerAndSealAsync(server, council);
        var old = await there.SealFileAsync(Dene);
        await here.BringAsync(Alder, old, opens: true);

        await AgainAsync(there, Dene, 4);
        Assert.Contains("is in", (await here.BringAsync(Alder, await there.SealFileAsync(Dene))).Words, StringComparison.Ordinal);
        await RefusedAsync(here, old, "older than the seal that you have");
        var board = await here.LookAsync(Alder);
        Assert.Contains("it opened its seal, and this is number 2", board.Words, StringComparison.Ordinal);

        var bundle = (await here.ReleaseAsync(Alder, Dene)).Single();
        await AgainAsync(there, Dene, 6);
        await RefusedAsync(here, await there.SealFileAsync(Dene), "after somebody here released");
        // It opens there with what was sealed here, and what it releases of the third seal is not what was sealed.
        await there.BringAsync(Dene, await here.SealFileAsync(Alder), opens: true);
        await RefusedAsync(here, (await there.ReleaseAsync(Dene, Alder)).Single(), "not what Deneside Council sealed");
        Assert.Contains("It fits its seal", (await there.BringAsync(Dene, bundle)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deepened_corrected_or_withdrawn_afterwards_reaches_the_other_server_by_another_file()
    {
        await using var first = await RaspHost.StartAsync();
        await using var second = await RaspHost.StartAsync();
        await using var alone = await RaspHost.StartAsync();
        var (here, there) = (await Server.StartAsync(first, Alder), await Server.StartAsync(second, Brook));
        await HandOverAsync(here, there);
        Assert.Contains("\"depth\": \"questions\"", Indented(await here.ComparisonAsync(Alder)), StringComparison.Ordinal);

        // Deeper.
        var sharing = await there.Partnership[Brook].GetAsync(await there.Partnership.PartAsync(Brook) + "/sharing");
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        await there.Partnership[Brook].SubmitAsync(sharing, "Show more", ("Depth", "everything"));
        await here.BringAsync(Alder, await there.SealFileAsync(Brook));
        var deeper = (await there.ReleaseAsync(Brook, Alder))[^1];
        // You see as much as you show: what is deeper than one released oneself waits.
        await RefusedAsync(here, deeper, "has not released as much");
        await here.ReleaseAsync(Alder, Brook);
        Assert.Contains("It fits its seal", (await here.BringAsync(Alder, deeper)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("\"depth\": \"questions\"", Indented(await here.ComparisonAsync(Alder)), StringComparison.Ordinal);

        // Corrected: beside the old.
        var before = await here.ComparisonAsync(Alder);
        sharing = await there.Partnership[Brook].GetAsync(await there.Partnership.PartAsync(Brook) + "/sharing");
        var correction = await there.Partnership[Brook].SubmitAsync(sharing, "Start a correction");
        var question = await there.Partnership[Brook].GetAsync($"{correction.Path}/questions/{second.Instrument.InScope("explore").First().Key.Replace('.', '/')}");
        await there.Partnership[Brook].SubmitAsync(question, "Save and continue", ("Answer", "1"));
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        var board = await there.Partnership[Brook].SubmitAsync(await there.Partnership[Brook].GetAsync(correction.Path + "/sharing"), "Release version 2");
        Assert.Equal(200, board.Status);
        var second2 = (await there.ReleaseAsync(Brook, Alder))[^1];
        await RefusedAsync(here, second2, "you have no seal of that");
        await here.BringAsync(Alder, await there.SealFileAsync(Brook));
        await here.BringAsync(Alder, second2);
        Assert.NotEqual(before, await here.ComparisonAsync(Alder));
        Assert.Equal(before, (await here.Partnership[Alder].GetFileAsync($"/comparisons/{here.Round}-1/results.json")).Text);

        // Withdrawn: for good, and in both directions.
        sharing = await there.Partnership[Brook].GetAsync(await there.Partnership.PartAsync(Brook) + "/sharing");
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        await there.Partnership[Brook].SubmitAsync(sharing, "Withdraw", ("IsSure", "true"));
        Assert.DoesNotContain("stance", Others(await there.ComparisonAsync(Brook), Brook), StringComparison.Ordinal);
        await here.BringAsync(Alder, await there.SealFileAsync(Brook));
        Assert.Contains("withdrawn", (await here.Partnership[Alder].GetAsync($"/comparisons/{here.Round}")).Words, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await here.ReceivedAsync(Alder, Brook));
        await RefusedAsync(here, deeper, "has withdrawn");
    }

    [Fact]
    public async Task Nothing_that_leaves_before_the_release_depends_on_an_answer()
    {
        var told = new List<string>();
        foreach (var seed in new[] { 1, 4 })
        {
            await using var host = await RaspHost.StartAsync();
            var server = await Server.StartAsync(host, Alder);
            var introduction = await server.IntroduceAsync(Alder);
            await server.AnswerAsync(Alder, seed, most: seed * 4);
            await server.SealAsync(Alder, Depth.Everything);
            var seal = await server.SealFileAsync(Alder);
            told.Add($"{introduction.Length} {seal.Length}\n{Said(introduction, "signingKey", "encryptionKey")}\n{Said(seal, "commitments")}\n{Masked((await server.LookAsync(Alder)).Words)}");
        }
        Assert.Equal(told[0], told[1]);
    }

    [Fact]
    public async Task Who_was_taken_out_is_waited_for_no_more_and_who_is_erased_leaves_nothing_of_the_exchange()
    {
        await using var first = await RaspHost.StartAsync();
        await using var second = await RaspHost.StartAsync();
        await using var third = await RaspHost.StartAsync();
        var (here, there, gone) = (await Server.StartAsync(first, Alder), await Server.StartAsync(second, Dene), await Server.StartAsync(third, Crag));
        await IntroduceAsync(here, there);
        await here.MeetAsync(await gone.IntroduceAsync(Crag), await gone.KeyAsync(Crag));
        foreach (var (server, council) in new[] { (here, Alder), (there, Dene) }) await AnswerAndSealAsync(server, council);
        await here.BringAsync(Alder, await there.SealFileAsync(Dene));
        Assert.False((await here.LookAsync(Alder)).Has("Open the round"));

        var board = await here.Partnership[Alder].SubmitAsync(await here.PartnerAsync(Alder, Crag), "Take it out of this round");
        Assert.Contains($"{Crag} is out of this round", board.Words, StringComparison.Ordinal);
        Assert.Contains("ick the box", string.Join(' ', (await here.Partnership[Alder].SubmitAsync(board, "Open the round")).Faults), StringComparison.Ordinal);
        Assert.Contains("The round is open here", (await here.Partnership[Alder].SubmitAsync(board, "Open the round", ("KnowsItReveals", "true"))).Words, StringComparison.Ordinal);
        Assert.Equal("RoundOpenedToPartners", (await first.TrailAsync())[^1]);
        var bundle = (await here.ReleaseAsync(Alder, Dene)).Single();
        await there.BringAsync(Dene, await here.SealFileAsync(Alder), opens: true);
        await here.BringAsync(Alder, (await there.ReleaseAsync(Dene, Alder)).Single());
        await there.BringAsync(Dene, bundle);

        var lead = here.Partnership[Alder];
        var organisation = (await lead.GetAsync(Links.Account)).Link(Alder);
        var all = JsonNode.Parse((await lead.GetFileAsync($"{organisation}/everything.json")).Text)!["elsewhere"]!.AsArray().Single()!;
        Assert.NotNull(all["encryptionKey"]!["d"]);
        Assert.Null(all["signingKey"]!["d"]);
        Assert.Equal(bundle.Trim(), (string?)all["released"]![0]!["file"]);
        Assert.Equal(Dene, (string?)all["received"]![0]!["from"]);

        var data = await lead.GetAsync($"{organisation}/data");
        await lead.SubmitAsync(data, "Erase the organisation", data.Document.QuerySelectorAll("form [name]").Select(f => f.GetAttribute("name")).Where(n => n == "IsSure").Select(n => (n!, (string?)"true")).ToArray());
        var rows = await first.RowsByTableAsync();
        Assert.All(new[] { "ExchangeKeys", "PartnersElsewhere", "SealsElsewhere", "ReleasedBundles", "ReceivedBundles" }, t => Assert.Equal(0, rows[t]));
    }

    /// <summary>The whole story: everybody meets everybody, answers, seals, and releases to everybody elsewhere.</summary>
    private static async Task HandOverAsync(params Server[] servers)
    {
        await IntroduceAsync(servers);
        foreach (var (server, council) in Each(servers)) await AnswerAndSealAsync(server, council);
        var seals = new List<(Server Of, string File)>();
        foreach (var (server, council) in Each(servers)) seals.Add((server, await server.SealFileAsync(council)));
        foreach (var server in servers)
        {
            foreach (var (of, file) in seals.Where(s => s.Of != server)) Assert.Empty((await server.BringAsync(server.Councils[^1], file, opens: true)).Faults);
        }
        var bundles = new List<(Server To, string Council, string File)>();
        foreach (var (from, council) in Each(servers))
        {
            foreach (var (to, partner) in Each(servers).Where(e => e.Server != from)) bundles.Add((to, partner, (await from.ReleaseAsync(council, partner)).Single()));
        }
        foreach (var (to, council, file) in bundles) Assert.Contains("It fits its seal", (await to.BringAsync(council, file)).Words, StringComparison.Ordinal);
    }

    private static async Task IntroduceAsync(params Server[] servers)
    {
        var introductions = new List<(Server Of, string File, string Key)>();
        foreach (var (server, council) in Each(servers)) introductions.Add((server, await server.IntroduceAsync(council), await server.KeyAsync(council)));
        foreach (var server in servers)
        {
            foreach (var (of, file, key) in introductions.Where(i => i.Of != server)) await server.MeetAsync(file, key);
        }
    }

    private static async Task AnswerAndSealAsync(Server server, string council)
    {
        var (seed, depth) = Answers[council];
        await server.AnswerAsync(council, seed);
        await server.SealAsync(council, depth);
    }

    /// <summary>Opens the seal, changes an answer and seals again.</summary>
    private static async Task AgainAsync(Server server, string council, int seed)
    {
        var lead = server.Partnership[council];
        await lead.SubmitAsync(await lead.GetAsync(await server.Partnership.PartAsync(council) + "/sharing"), "Open the seal");
        await server.AnswerAsync(council, seed);
        await server.SealAsync(council, Answers[council].Depth);
    }

    private static async Task<Server> TogetherAsync(RaspHost host, params string[] councils)
    {
        var server = await Server.StartAsync(host, councils);
        foreach (var council in councils) await AnswerAndSealAsync(server, council);
        return server;
    }

    private static async Task RefusedAsync(Server server, string file, string why)
    {
        var before = await server.Partnership.Host.DumpAsync();
        var page = await server.BringAsync(server.Councils[0], file);
        Assert.Equal(400, page.Status);
        Assert.Contains(why, Assert.Single(page.Faults), StringComparison.Ordinal);
        Assert.StartsWith("The file was not taken: ", page.Faults[0], StringComparison.Ordinal);
        Assert.Equal(Still(before), Still(await server.Partnership.Host.DumpAsync()));
    }

    /// <summary>What is stored, but for when somebody was last seen.</summary>
    private static string Still(string dump) => string.Join('\n', dump.Split('\n').Where(l => !l.StartsWith("Sessions|", StringComparison.Ordinal)));

    private static IEnumerable<(Server Server, string Council)> Each(Server[] servers) => servers.SelectMany(s => s.Councils, (s, c) => (s, c));

    private static string Said(string file, params string[] random)
    {
        var said = JsonNode.Parse(Base64Url.DecodeFromChars(file.Trim().Split('.')[1]))!.AsObject();
        foreach (var member in random) Assert.True(said.Remove(member));
        return said.ToJsonString();
    }

    private static string Masked(string words) => System.Text.RegularExpressions.Regex.Replace(words, "([0-9a-f]{4} ){15}[0-9a-f]{4}", "(key)");

    private static string Indented(string json) => JsonNode.Parse(json)!.ToJsonString(new() { WriteIndented = true });

    private static string Others(string json, string own) => string.Concat(JsonNode.Parse(json)!["assessments"]!.AsArray().Where(a => (string?)a!["organisation"] != own).Select(a => a!.ToJsonString()));
}

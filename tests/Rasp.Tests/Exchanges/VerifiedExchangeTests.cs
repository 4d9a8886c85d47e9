using System.Text.Json.Nodes;
using Rasp.Tests.Verbs;

namespace Rasp.Tests.Exchanges;

/// <summary>
/// <c>rasp verify</c> of what partners on different servers give each other, by the worked example of docs/exchange.md: its files were made with
/// another implementation, and its verify.mjs comes to the same expected.json with that.
/// </summary>
public sealed class VerifiedExchangeTests
{
    private static readonly string Example = Path.Combine(Repository.Root, "examples", "exchange");

    private static readonly JsonNode Expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Example, "expected.json")))!;

    private static string Key => (string)Expected["key"]!;

    [Fact]
    public async Task The_worked_example_holds_with_the_key_that_was_compared_and_the_seal_that_was_noted()
    {
        using var folder = await CopiedAsync();
        var ran = await RaspProcess.RunAsync(
            folder.Path,
            ["verify", "powys-introduction.txt", "powys-seal.txt", "bundle-for-torfaen.txt", "--open-with", "torfaen-key.json", "--key", string.Join(' ', Key.Chunk(4).Select(c => new string(c))), "--seal", (string)Expected["commitment"]!]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Equal(
            [
                "powys-introduction.txt: it holds. Powys introduces itself in its round 2026-11.01 of A shared waste service, which asks small 1.0.0 at the stage 'explore'. ",
                $"powys-seal.txt: it holds. Powys sealed on 26 November 2026, 16:05 (UTC), number 1, and shows 'everything'. Its seal is {Expected["commitments"]!["areas"]} (areas), {Expected["commitments"]!["questions"]} (questions), {Expected["commitments"]!["everything"]} (everything). ",
                $"bundle-for-torfaen.txt: it holds. This is what Powys shows Torfaen of its round 2026-11.01 in A shared waste service, at the depth 'questions', exactly as it was when you noted its seal {Expected["commitment"]}. ",
            ],
            ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[..l.IndexOf("It is signed by the key", StringComparison.Ordinal)]));
        Assert.All(ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.EndsWith(", which you gave.", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_recipients_key_it_says_how_far_it_can_tell()
    {
        using var folder = await CopiedAsync();
        var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "bundle-for-torfaen.txt", "powys-introduction.txt"]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Contains("bundle-for-torfaen.txt: it is an encrypted bundle, whole as far as anybody can tell", ran.Output, StringComparison.Ordinal);
        Assert.Contains("That proves this key, and not whose it is", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_was_changed_or_signed_by_another_is_a_fault()
    {
        using var folder = await CopiedAsync();
        var seal = await File.ReadAllTextAsync(Path.Combine(folder.Path, "powys-seal.txt"));
        var at = seal.IndexOf('.', StringComparison.Ordinal) + 20;
        folder.File("changed.txt", $"{seal[..at]}{(seal[at] == 'A' ? 'B' : 'A')}{seal[(at + 1)..]}");
        foreach (var (arguments, why) in new (string[], string)[]
        {
            (["changed.txt"], "its signature does not hold"),
            (["powys-seal.txt", "--key", new('0', 64)], "which is none that you gave with --key"),
            (["bundle-for-torfaen.txt", "--open-with", "torfaen-key.json", "--seal", new('0', 64)], "which is not a seal that you noted"),
        })
        {
            var ran = await RaspProcess.RunAsync(folder.Path, ["verify", .. arguments]);
            Assert.Equal((1, ""), (ran.Status, ran.Output));
            Assert.Contains(why, Assert.Single(ran.Faults), StringComparison.Ordinal);
        }
        Assert.Equal(2, (await RaspProcess.RunAsync(folder.Path, ["verify", "powys-seal.txt", "--open-with", "expected.json"])).Status);
    }

    private static async Task<TemporaryFolder> CopiedAsync()
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Example)) folder.File(Path.GetFileName(file), await File.ReadAllTextAsync(file));
        return folder;
    }
}

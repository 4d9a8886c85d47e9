using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Verbs;

/// <summary><c>rasp verify</c> and <c>rasp verify-trail</c>, as a script sees them.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task A_seal_that_holds_is_said_to_hold_on_one_line_for_each_file()
    {
        using var folder = new TemporaryFolder();
        var (powys, torfaen) = await SealsAsync(folder);

        var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "powys.json", "torfaen.json"]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Equal(
            [
                $"powys.json: it holds. This is what Powys shows of its round 2026-11.01 in One waste service, at the depth 'questions', exactly as it was sealed under {powys.Commitment}. Compare that with the seal that was shown before the reveal.",
                $"torfaen.json: it holds. This is what Torfaen shows of its round 2026-11.01 in One waste service, at the depth 'everything', exactly as it was sealed under {torfaen.Commitment}. Compare that with the seal that was shown before the reveal.",
            ],
            ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var noted = await RaspProcess.RunAsync(folder.Path, ["verify", "powys.json", "--seal", powys.Commitment.ToUpperInvariant()]);
        Assert.Equal((0, ""), (noted.Status, noted.Error));
        Assert.EndsWith($"exactly as it was when you noted its seal {powys.Commitment}.\n", noted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_was_changed_is_a_fault_of_the_input_and_nothing_is_said_to_hold()
    {
        using var folder = new TemporaryFolder();
        var (powys, torfaen) = await SealsAsync(folder);
        folder.File("answer.json", (powys with { Document = powys.Document.Replace("\"answer\":\"1\"", "\"answer\":\"5\"", StringComparison.Ordinal) }).Write());
        folder.File("name.json", (powys with { Organisation = "Torfaen" }).Write());
        folder.File("text.json", "{\n  seal");
        string[] files = ["answer.json", "name.json", "text.json", "missing.json"];

        var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "powys.json", .. files]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.All(files, f => Assert.Single(ran.Faults, l => l.StartsWith($"{f}:", StringComparison.Ordinal)));
        Assert.Contains(ran.Faults, f => f.StartsWith("answer.json:1:1: error: this is not what was sealed", StringComparison.Ordinal));
        Assert.Contains(ran.Faults, f => f.StartsWith("text.json:2:", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);

        var other = await RaspProcess.RunAsync(folder.Path, ["verify", "powys.json", "--seal", torfaen.Commitment]);
        Assert.Equal((1, ""), (other.Status, other.Output));
        Assert.Equal($"powys.json:1:1: error: its seal is {powys.Commitment}, which is not a seal that you noted", Assert.Single(other.Faults));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", "a.json", "--seal", "abc")]
    [InlineData("verify", "a.json", "--salt", "abc")]
    [InlineData("verify-trail", "--hash", "abc")]
    [InlineData("verify-trail", "a.json")]
    [InlineData("verify-trail")]
    public async Task A_wrong_call_is_a_fault_of_the_call(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var ran = await RaspProcess.RunAsync(folder.Path, arguments);
        Assert.Equal((2, ""), (ran.Status, ran.Output));
        Assert.StartsWith("rasp: ", ran.Error, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task The_trail_is_followed_in_the_database_that_the_settings_name(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        await Consortium.StartAsync(host, "Powys", "Torfaen");
        (string, string)[] settings = host.Settings.Database is { } connection ? [("RASP_DATABASE", connection)] : [("RASP_DATA", host.Settings.Data)];
        var check = await host.VerifyTrailAsync();

        var ran = await RaspProcess.RunAsync(host.Settings.Data, ["verify-trail"], settings);
        Assert.Equal((0, $"{check.Lines} lines, unbroken. Note the last hash elsewhere: {check.Hash}\n", ""), (ran.Status, ran.Output, ran.Error));
        Assert.Equal(0, (await RaspProcess.RunAsync(host.Settings.Data, ["verify-trail", "--hash", check.Hash], settings)).Status);

        await host.QueryAsync<int>("""UPDATE "Trail" SET "Kind" = 'Unsealed' WHERE "Number" = 2""");
        var broken = await RaspProcess.RunAsync(host.Settings.Data, ["verify-trail"], settings);
        Assert.Equal((1, ""), (broken.Status, broken.Output));
        Assert.StartsWith("rasp: Line 2 (2026-11-24 09:30:00Z, Unsealed) was changed", broken.Error, StringComparison.Ordinal);
    }

    /// <summary>Two partners' seals as the lens gives them, in files.</summary>
    private static async Task<(SealFile Powys, SealFile Torfaen)> SealsAsync(TemporaryFolder folder)
    {
        await using var host = await RaspHost.StartAsync();
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Everything));
        var seals = (await consortium.SealsAsync(await consortium.FacilitatorAsync()))!.Seals.Select(s => s.File!).ToList();
        foreach (var seal in seals) folder.File($"{seal.Organisation.ToLowerInvariant()}.json", seal.Write());
        return (seals[0], seals[1]);
    }
}

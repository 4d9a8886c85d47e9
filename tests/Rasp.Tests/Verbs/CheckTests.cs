namespace Rasp.Tests.Verbs;

/// <summary><c>rasp check</c>, as a script sees it.</summary>
public sealed class CheckTests
{
    private const string Small = """
        id: small
        version: 1.0.0
        title: Small
        levels: [Low, High]
        bands: [{ key: none, name: None, from: 0 }]
        areas:
          - key: a
            name: A
            themes:
              - key: t
                name: T
                questions:
                  - { key: q, text: Is it?, about: organisation, levels: [no, yes] }
        """;

    [Fact]
    public async Task The_built_in_instrument_has_no_fault()
    {
        var ran = await RaspProcess.RunAsync(Repository.Root, ["check", "instruments/rasp"]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Matches(@"^instruments/rasp: rasp \S+, 5 areas, \d+ themes, \d+ questions, \d+ gates: no fault\.\n$", ran.Output);
    }

    [Fact]
    public async Task Every_fault_of_every_file_stands_on_a_line_of_standard_error_and_nothing_on_standard_output()
    {
        using var folder = new TemporaryFolder();
        folder.File("sound.yaml", Small);
        folder.File("broken.yaml", Small.Replace("[no, yes]", "[no, maybe, yes], gate: 9, colour: red", StringComparison.Ordinal));
        folder.File("worse.yaml", Small.Replace("title: Small", "title: ''", StringComparison.Ordinal).Replace("from: 0", "from: 5", StringComparison.Ordinal));

        var ran = await RaspProcess.RunAsync(folder.Path, ["check", "sound.yaml", "broken.yaml", "worse.yaml"]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.All(ran.Faults, f => Assert.Matches(@"^(broken|worse)\.yaml:\d+:\d+: error: .+", f));
        Assert.Equal(3, ran.Faults.Count(f => f.StartsWith("broken.yaml:13:", StringComparison.Ordinal)));
        Assert.Contains(ran.Faults, f => f.StartsWith("worse.yaml:3:8:", StringComparison.Ordinal));
        Assert.Contains(ran.Faults, f => f.StartsWith("worse.yaml:5:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_instrument_at_all_is_a_fault_of_the_input()
    {
        using var folder = new TemporaryFolder();
        folder.File("empty.yaml", "");
        folder.File("not-yaml.yaml", "a: [1, 2\nb: }");
        folder.File("latin.yaml", "x");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "latin.yaml"), [.. "title: "u8, 0xE9, (byte)'\n']);
        Directory.CreateDirectory(Path.Combine(folder.Path, "folder"));
        string[] paths = ["empty.yaml", "not-yaml.yaml", "latin.yaml", "folder", "missing.yaml"];

        var ran = await RaspProcess.RunAsync(folder.Path, ["check", .. paths]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.All(paths, p => Assert.Contains(ran.Faults, f => f.StartsWith($"{p}:", StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_would_become_so_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        await using (var large = File.Create(Path.Combine(folder.Path, "large.yaml"))) large.SetLength(100_000_000);
        var laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        folder.File("laughs.yaml", laughs);
        folder.File("deep.yaml", new string('[', 50_000));

        var ran = await RaspProcess.RunAsync(folder.Path, ["check", "large.yaml", "laughs.yaml", "deep.yaml"]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        foreach (var path in (string[])["large.yaml", "laughs.yaml", "deep.yaml"]) Assert.Contains(ran.Faults, f => f.StartsWith($"{path}:", StringComparison.Ordinal));
        Assert.Contains(ran.Faults, f => f.Contains("100 MB", StringComparison.Ordinal));
        Assert.InRange(ran.Faults.Length, 3, 100);
    }

    [Fact]
    public async Task A_translation_beside_an_instrument_is_checked_with_it()
    {
        using var folder = new TemporaryFolder();
        folder.File("small/instrument.yaml", Small);
        folder.File("small/instrument.cy.yaml", "title: Bach\nareas:\n  - key: nowhere\n    name: Dim\n");
        var ran = await RaspProcess.RunAsync(folder.Path, ["check", "small"]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.Contains(ran.Faults, f => f.StartsWith("small/instrument.cy.yaml:3:", StringComparison.Ordinal));
    }
}

namespace Rasp.Tests;

/// <summary>Compares with a file that somebody has read and approved. Where they differ, what came is written beside it, to compare and to move over it.</summary>
internal static class Approved
{
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "Rasp.Tests", "Approved", name);
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved == actual) return;
        var received = Path.ChangeExtension(path, $".received{Path.GetExtension(path)}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(received, actual);
        var (before, now) = (approved.Split('\n'), actual.Split('\n'));
        Assert.Fail($"""
            {name} is not as approved. If it is meant to change, move {received} over {path}.
            Gone: {string.Join(", ", before.Except(now))}
            New: {string.Join(", ", now.Except(before))}
            """);
    }
}

namespace Rasp.Tests;

/// <summary>Files of the repository that the tests read, and places for what they write.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string BuiltInInstrument => Path.Combine(Root, "instruments", "rasp");

    public static string WorkedExample => Path.Combine(Root, "examples", "shared-ict.csv");

    /// <summary>The built program: it stands beside the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "rasp.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rasp.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Rasp.slnx stands above {AppContext.BaseDirectory}.");
    }
}

/// <summary>A folder that goes with the test that made it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rasp-test-").FullName;

    /// <summary>Writes a file, and says where.</summary>
    public string File(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

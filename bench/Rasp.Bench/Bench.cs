using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rasp.Bench;

/// <summary>How long to measure.</summary>
/// <param name="Rounds">Of each thing, in turns: A B A B …, so that a slow phase of the machine meets both.</param>
/// <param name="Round">How long a round under load lasts.</param>
/// <param name="WarmUp">How long the same load runs first, unmeasured: until then the runtime is still compiling.</param>
/// <param name="Journeys">In a round.</param>
/// <param name="JourneyQuestions">Of one journey.</param>
/// <param name="CoreRuns">Of scoring; as many again run first.</param>
/// <param name="Starts">With a fresh folder, and as many with an existing one.</param>
/// <param name="IsPublished">Whether to publish the program and measure that, or to take it as it was built.</param>
internal sealed record Effort(int Rounds, TimeSpan Round, TimeSpan WarmUp, int Journeys, int JourneyQuestions, int CoreRuns, int Starts, bool IsPublished)
{
    public static Effort Full { get; } = new(5, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8), 5, 80, 60, 8, true);

    /// <summary>Enough to see that everything works; its figures mean nothing.</summary>
    public static Effort Smoke { get; } = new(1, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.2), 1, 5, 2, 1, false);
}

/// <summary>One run of the benchmarks: its folder, its effort, what it found.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly string folder;
    private string? program;
    private int folders;

    private Bench(Effort effort, string folder, Report report) => (Effort, this.folder, Report) = (effort, folder, report);

    public Effort Effort { get; }

    public Report Report { get; }

    public static async Task<Bench> MakeAsync(Effort effort)
    {
        // Under the repository, not in the system's folder for temporary files: that is in memory on many machines, where waiting for the disk costs nothing.
        var folder = Path.Combine(Repository(), "artifacts", "bench", Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(folder);
        return new(effort, folder, new(await Machine.DescribeAsync(folder) + (Wrk.IsInstalled ? " Pages were read by wrk." : ""), effort));
    }

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(folder, $"{++folders}")).FullName;

    /// <summary>The program as it would be deployed, on a data folder.</summary>
    public async Task<ServerProcess> StartProgramAsync(string data)
    {
        var port = ServerProcess.FreePort();
        return await ServerProcess.StartAsync(await ProgramAsync(), ["serve", "--urls", $"http://127.0.0.1:{port}"], port, ("RASP_DATA", data));
    }

    /// <summary>Where the program is; published on first use.</summary>
    public async Task<string> ProgramAsync() => program ??= Effort.IsPublished ? await PublishAsync() : Path.Combine(AppContext.BaseDirectory, "rasp");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> PublishAsync()
    {
        Console.Error.WriteLine("bench: publishing …");
        var published = NewFolder();
        // With build output, and the lock files that a runtime identifier changes, apart from the repository's own.
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Repository(), "src", "Rasp"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-p:NuGetLockFilePath=obj/published.lock.json", "-p:RestoreLockedMode=false", "--artifacts-path", NewFolder(), "-o", published,
        ])
        { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(published, "rasp") : throw new InvalidOperationException(said);
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Rasp.slnx"))) at = at.Parent ?? throw new InvalidOperationException("Run this inside the repository.");
        return at.FullName;
    }
}

using System.Diagnostics;
using System.Text;

namespace Rasp.Tests.Verbs;

/// <summary>The built program, as a process of its own.</summary>
internal static class RaspProcess
{
    /// <summary>Runs it to its end, in a folder, with these settings and no others.</summary>
    public static async Task<Ran> RunAsync(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        using var process = Start(folder, arguments, settings);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"rasp {string.Join(' ', arguments)} did not end. It said: {await output} {await error}");
        }
        return new(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("RASP_", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>What came of it.</summary>
internal sealed record Ran(int Status, string Output, string Error)
{
    public string[] Faults => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

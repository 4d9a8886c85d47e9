using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rasp.Bench;

/// <summary>wrk, which asks for less of the processors that it shares with the server than <see cref="Load"/> does: used for reading where it is installed.</summary>
internal static class Wrk
{
    public static bool IsInstalled { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    public static Outcome Run(ServerProcess server, string path, IReadOnlyList<string> headers, int clients, TimeSpan time)
    {
        var seconds = (int)Math.Ceiling(time.TotalSeconds);
        string[] arguments = ["-t2", $"-c{clients}", $"-d{seconds}s", "--latency", .. headers.SelectMany(h => new[] { "-H", h }), $"http://{server.Address}{path}"];
        var before = server.ProcessorTime;
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var said = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        var requests = Number(@"(\d+) requests in");
        return new(
            (int)requests,
            (int)(Number(@"Non-2xx or 3xx responses: (\d+)") + Number(@"Socket errors:.*timeout (\d+)")),
            TimeSpan.FromSeconds(requests / Number(@"Requests/sec:\s+([\d.]+)")),
            server.ProcessorTime - before,
            Milliseconds(50),
            Milliseconds(99));

        double Number(string pattern) => Regex.Match(said, pattern) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

        double Milliseconds(int percentile)
        {
            var match = Regex.Match(said, $@"\s{percentile}%\s+([\d.]+)(us|ms|s)");
            return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };
        }
    }
}

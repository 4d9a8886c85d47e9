using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rasp.Bench;

/// <summary>What the figures were measured on. Linux only, as what asks /proc is.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(string folder)
    {
        var processor = (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        return $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} × {processor}; {RuntimeInformation.OSDescription}; .NET {Environment.Version}; "
            + $"{new DriveInfo(folder).DriveFormat}, {SyncMicroseconds(folder):N0} µs for the disk to confirm 4 KB; load {load} before the run.";
    }

    /// <summary>The median time to write 4 KB and have the disk confirm it: what a durable commit costs at least.</summary>
    private static double SyncMicroseconds(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, "sync"), FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        var times = new List<double>();
        for (var i = 0; i < 100; i++)
        {
            var before = Stopwatch.GetTimestamp();
            file.Write(block);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMicroseconds);
        }
        return times.Median();
    }
}

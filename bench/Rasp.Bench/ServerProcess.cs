using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rasp.Bench;

/// <summary>A server in a process of its own, so that its time and memory are its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder complaints = new();

    private ServerProcess(Process process, IPEndPoint address) => (this.process, Address) = (process, address);

    public IPEndPoint Address { get; }

    /// <summary>From starting the process to its first page.</summary>
    public TimeSpan ToFirstPage { get; private set; }

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>This program, started again with a hidden verb.</summary>
    public static Task<ServerProcess> StartSelfAsync(Func<int, string[]> arguments)
    {
        var port = FreePort();
        return StartAsync(Path.Combine(AppContext.BaseDirectory, "Rasp.Bench"), arguments(port), port);
    }

    /// <summary>Starts a program and waits for its first page.</summary>
    public static async Task<ServerProcess> StartAsync(string program, string[] arguments, int port, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var before = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(start)!, new(IPAddress.Loopback, port));
        server.process.OutputDataReceived += (_, line) => server.complaints.AppendLine(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.complaints.AppendLine(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        while (!server.HasPage())
        {
            if (server.process.HasExited || Stopwatch.GetElapsedTime(before) > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not start.{Environment.NewLine}{server.complaints}");
            }
            await Task.Delay(2);
        }
        server.ToFirstPage = Stopwatch.GetElapsedTime(before);
        return server;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Resident memory now, and the most that it has been, in MB.</summary>
    public (double Now, double Most) ResidentMegabytes()
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        return (Of("VmRSS:"), Of("VmHWM:"));

        double Of(string name) => double.Parse(status.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private bool HasPage()
    {
        try
        {
            using var connection = new Connection(Address);
            return connection.Exchange("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray()).Status == 200;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Rasp.Tests.Verbs;

/// <summary>A server as a process, on a free port, with its data in a folder.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly Regex Listening = new(@"Now listening on: (http://\S+)");

    private readonly Process process;

    private Server(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<Server> StartAsync(string folder, string urls = "http://127.0.0.1:0")
    {
        var process = RaspProcess.Start(folder, ["serve", "--urls", urls], ("RASP_DATA", Path.Combine(folder, "data")));
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            said.AppendLine(line);
            if (Listening.Match(line) is not { Success: true } match) continue;
            // Reading on keeps the pipe from filling up.
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            return new(process, new(match.Groups[1].Value));
        }
        throw new InvalidOperationException($"The server did not start. It said: {said} {await process.StandardError.ReadToEndAsync()}");
    }

    public Visitor NewVisitor() => new(Url, () => "(it is a process of its own)");

    /// <summary>SIGKILL: it can't prepare for it.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Rasp.Tests;

/// <summary>A mail server that holds the conversation of RFC 5321 and keeps what it was given.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly Task serving;

    public MailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Url => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public List<MimeMessage> Received { get; } = [];

    /// <summary>Every line that the other side said.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>Recipients that it does not know.</summary>
    public HashSet<string> Unknown { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Stop();
        await serving;
        stopped.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopped.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is SocketException or IOException || stopped.IsCancellationRequested)
        {
            // The test is over: stopped while waiting, or before it began to.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.test ready");
        while (await reader.ReadLineAsync(stopped.Token) is { } line)
        {
            Heard.Add(line);
            var answer = line.Split(' ', ':')[0].ToUpperInvariant() switch
            {
                "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                "AUTH" => "235 welcome",
                "MAIL" or "RSET" or "NOOP" => "250 ok",
                "RCPT" => Unknown.Any(u => line.Contains($"<{u}>", StringComparison.Ordinal)) ? "550 no such mailbox" : "250 ok",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "502 not known here",
            };
            await writer.WriteLineAsync(answer);
            if (answer.StartsWith("354", StringComparison.Ordinal))
            {
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(stopped.Token) is { } part && part != ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                using var message = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
                var mail = await MimeMessage.LoadAsync(message);
                lock (Received) Received.Add(mail);
                await writer.WriteLineAsync("250 kept");
            }
            if (answer.StartsWith("221", StringComparison.Ordinal)) return;
        }
    }
}

using System.Net;
using System.Text;

namespace Rasp.Tests.Workshops;

/// <summary>Somebody who listens to a workshop's stream, and keeps all that comes.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly CancellationTokenSource over = new();
    private readonly StringBuilder said = new();
    private readonly Task reading;

    private EventStream(HttpClient http, Stream stream)
    {
        this.http = http;
        reading = ReadAsync(stream);
    }

    /// <summary>All that came so far.</summary>
    public string Said
    {
        get
        {
            lock (said) return said.ToString();
        }
    }

    /// <summary>Whether the server has ended it.</summary>
    public bool IsOver => reading.IsCompleted;

    public static async Task<EventStream> ListenAsync(Uri host, Guid workshop, string cookie)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = host };
        var request = new HttpRequestMessage(HttpMethod.Get, Links.WorkshopEvents(workshop));
        request.Headers.Add("Cookie", cookie);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var stream = new EventStream(http, await response.Content.ReadAsStreamAsync());
        await Until.TrueAsync(() => Task.FromResult(stream.Said.Contains("event: room", StringComparison.Ordinal)));
        return stream;
    }

    /// <summary>Waits until this came.</summary>
    public Task SaysAsync(string words) => Until.TrueAsync(() => Task.FromResult(Said.Contains(words, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await reading;
        http.Dispose();
        over.Dispose();
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, over.Token) is > 0 and var read)
            {
                lock (said) said.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or HttpRequestException)
        {
            // By us, or by a server that is gone.
        }
    }
}

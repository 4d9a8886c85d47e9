using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Rasp.Tests.Tokens;

namespace Rasp.Tests.Api;

/// <summary>A program that calls with a token, or without one.</summary>
internal sealed class Calls : IDisposable
{
    private readonly HttpClient http;

    /// <param name="host">Whom it calls.</param>
    /// <param name="token">What it sends as Bearer; null for nothing.</param>
    /// <param name="from">The address that it comes from, one of this machine's.</param>
    public Calls(RaspHost host, string? token, string from = "127.0.0.1")
    {
        http = new(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = host.Url };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    /// <summary>One with a token that somebody makes on a page.</summary>
    public static async Task<Calls> OfAsync(RaspHost host, Visitor visitor, string path = Links.NewToken, string? scopes = null, string? programme = null) =>
        new(host, (await visitor.MakeTokenAsync(path, "A program", scopes, programme)).Token());

    public Task<Called> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Called> PutAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, JsonSerializer.Serialize(body), headers);

    public Task<Called> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body));

    /// <summary>Sends a call; a path that begins with no slash is one of the API.</summary>
    public async Task<Called> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"{Links.ApiRoot}/{path}");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type") request.Content!.Headers.ContentType = new(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, all, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();
}

/// <summary>What came back.</summary>
internal sealed record Called(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Tag => Headers["ETag"];

    /// <summary>The values of one property of every item of a list.</summary>
    public IReadOnlyList<string?> Each(string list, string property) => [.. Json.GetProperty(list).EnumerateArray().Select(i => i.GetProperty(property).ToString())];

    /// <summary>What is wrong with the call, by where.</summary>
    public string Fault(string where) => Json.GetProperty("errors").GetProperty(where)[0].GetString()!;

    /// <summary>That it is a problem as RFC 9457 has it.</summary>
    public Called IsProblem(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Body}");
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        Assert.NotEmpty(Json.GetProperty("detail").GetString()!);
        return this;
    }

    public Called Is(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Body}");
        return this;
    }
}

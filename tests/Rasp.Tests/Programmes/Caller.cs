using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rasp.Tests.Reports;

namespace Rasp.Tests.Programmes;

/// <summary>Somebody who asks for addresses that no page of theirs leads to: signed in or not, with the form token of their own session; of the API, with a token of theirs.</summary>
internal sealed partial class Caller(HttpClient http, string name, string? session, string? bearer = null)
{
    private string? cookies = session;
    private string? token;

    public string Name => name;

    /// <summary>A client that follows nothing and keeps nothing: each caller brings its own cookies.</summary>
    public static HttpClient Client(Uri url) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = url };

    public Task<Reply> GetAsync(string path, string encoding = "identity") => SendAsync(HttpMethod.Get, path, null, encoding);

    public Task<Reply> HeadAsync(string path) => SendAsync(HttpMethod.Head, path, null);

    /// <summary>Sends a form with a token that is good for this caller.</summary>
    public async Task<Reply> PostAsync(string path, IEnumerable<(string Field, string Value)> fields)
    {
        token ??= await TokenAsync();
        return await SendAsync(HttpMethod.Post, path, fields.Append(("__RequestVerificationToken", token)));
    }

    /// <summary>Sends JSON, as a program does.</summary>
    public Task<Reply> ChangeAsync(HttpMethod method, string path, string json, params (string Name, string Value)[] headers) => SendAsync(method, path, null, "identity", json, headers);

    private async Task<string> TokenAsync()
    {
        var page = await GetAsync(Links.Account);
        if (page.Status != 200) page = await GetAsync(Links.Start);
        var set = page.Headers.Select(h => FormCookie().Match(h)).FirstOrDefault(m => m.Success);
        if (set is not null) cookies = $"{cookies}; {set.Groups[1].Value}".TrimStart(';', ' ');
        return Token().Match(page.Body).Groups[1].Value;
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, IEnumerable<(string Field, string Value)>? fields, string encoding = "identity", string? json = null, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Accept-Encoding", encoding);
        if (!path.StartsWith(Links.ApiRoot, StringComparison.Ordinal))
        {
            if (cookies is not null) request.Headers.Add("Cookie", cookies);
        }
        else if (bearer is not null)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (header, value) in more) request.Headers.TryAddWithoutValidation(header, value);
        if (fields is not null) request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Field, f.Value)));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(h => h.Key != "Date").SelectMany(h => h.Value.Select(v => $"{h.Key}: {v}"));
        if (response.Content.Headers.ContentType?.MediaType?.StartsWith("application/vnd.openxmlformats", StringComparison.Ordinal) == true && method == HttpMethod.Get && response.Content.Headers.ContentEncoding.Count == 0)
        {
            return new((int)response.StatusCode, [.. headers.Order(StringComparer.Ordinal)], OfficeFile.Unsigned(await response.Content.ReadAsByteArrayAsync()));
        }
        await using var bytes = await response.Content.ReadAsStreamAsync();
        await using var plain = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var body = new StreamReader(plain, Encoding.UTF8);
        return new((int)response.StatusCode, [.. headers.Order(StringComparer.Ordinal)], response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? await FirstEventAsync(body) : await body.ReadToEndAsync());
    }

    /// <summary>A stream does not end by itself.</summary>
    private static async Task<string> FirstEventAsync(StreamReader stream)
    {
        var said = new StringBuilder();
        while (await stream.ReadLineAsync() is { Length: > 0 } line) said.Append(line).Append('\n');
        return said.ToString();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("^Set-Cookie: (rasp-form=[^;]+)")]
    private static partial Regex FormCookie();
}

/// <summary>All that comes back, but for the date.</summary>
internal sealed record Reply(int Status, IReadOnlyList<string> Headers, string Body)
{
    public string? Location => Headers.FirstOrDefault(h => h.StartsWith("Location: ", StringComparison.Ordinal))?[10..];

    public override string ToString() => $"{Status}\n{string.Join('\n', Headers)}\n\n{Body}";
}

using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rasp.Data;
using Rasp.Readiness.Instruments;

namespace Rasp.Bench;

/// <summary>Assessments that were started, and what they ask.</summary>
internal sealed record Started(IReadOnlyList<(string Reference, string Secret)> Assessments, IReadOnlyList<Question> Questions)
{
    /// <summary>Starts assessments in a data folder that no server has open yet: over the web, starting is limited by visitor.</summary>
    public static async Task<Started> InAsync(string data, int count)
    {
        await using var site = await Site.CreateAsync(new() { Data = data });
        var started = new List<(string, string)>();
        var instrument = site.Services.GetRequiredService<InstrumentLibrary>().Current;
        var stage = LongestStage(instrument);
        await using var scope = site.Services.CreateAsyncScope();
        for (var i = 0; i < count; i++)
        {
            var (id, secret) = await scope.ServiceProvider.GetRequiredService<AssessmentDesk>().StartAsync($"Council {i + 1}", stage, instrument.Roles[0].Key, CancellationToken.None);
            started.Add((id.ToString("N"), secret));
        }
        return new(started, [.. instrument.InScope(stage)]);
    }

    /// <summary>The stage that asks the most.</summary>
    public static string LongestStage(Instrument instrument) => instrument.Stages.MaxBy(s => instrument.InScope(s.Key).Count())!.Key;
}

/// <summary>A browser without script that holds an assessment's private link, and has a form's token.</summary>
internal sealed partial class Visitor
{
    private readonly HttpClient http;

    private Visitor(HttpClient http, string reference, string cookie) => (this.http, Reference, Cookie) = (http, reference, cookie);

    public string Reference { get; }

    public string Cookie { get; private set; }

    /// <summary>The token that this browser's forms hold.</summary>
    public string Token { get; private set; } = "";

    /// <summary>As long as what people type.</summary>
    public static IReadOnlyDictionary<string, string> Typed { get; } = new Dictionary<string, string>
    {
        ["Answer"] = "3",
        ["Stance"] = "negotiable",
        ["Note"] = "The cabinet agreed the outline case in March; the full case comes back in the autumn, with the unions' view.",
        ["Evidence"] = "Cabinet minutes, 12 March 2026, item 7",
    };

    /// <summary>Opens an assessment on its first question.</summary>
    public static async Task<Visitor> ArriveAsync(IPEndPoint server, (string Reference, string Secret) assessment, Question first)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All };
        var visitor = new Visitor(new(handler) { BaseAddress = new($"http://{server}") }, assessment.Reference, $"rasp-link={assessment.Secret}");
        var path = Links.Question(assessment.Reference, first);
        using (var response = await visitor.http.SendAsync(visitor.Request(HttpMethod.Get, path)))
        {
            visitor.Cookie += "; " + response.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("rasp-form=", StringComparison.Ordinal)).Split(';')[0];
        }
        visitor.Token = (await visitor.OpenAsync(path)).Field("__RequestVerificationToken");
        return visitor;
    }

    public async Task<Form> OpenAsync(string path)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Get, path));
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"GET {path}: {response.StatusCode}.");
        return new(path, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a question's form as a browser does; where the reply leads.</summary>
    public async Task<string> AnswerAsync(Form form)
    {
        var request = Request(HttpMethod.Post, form.Path);
        request.Content = new FormUrlEncodedContent(Typed.Concat(new[] { "Version", "PageId", "PageSave", "__RequestVerificationToken" }.Select(f => KeyValuePair.Create(f, form.Field(f)))));
        using var response = await http.SendAsync(request);
        return response.StatusCode == HttpStatusCode.Found ? response.Headers.Location!.ToString() : throw new InvalidOperationException($"POST {form.Path}: {response.StatusCode}.");
    }

    /// <summary>What comes for a path, as it is sent.</summary>
    public async Task<Recorded> RecordAsync(string path, string? encoding)
    {
        using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var request = Request(HttpMethod.Get, new Uri(http.BaseAddress!, path).ToString());
        if (encoding is not null) request.Headers.Add("Accept-Encoding", encoding);
        using var response = await plain.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "Transfer-Encoding" or "Content-Length"));
        return new([.. headers.Select(h => KeyValuePair.Create(h.Key, string.Join(", ", h.Value)))], await response.Content.ReadAsByteArrayAsync());
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", Cookie);
        return request;
    }
}

/// <summary>A page with a form.</summary>
internal sealed partial record Form(string Path, string Html)
{
    /// <summary>What a hidden field holds.</summary>
    public string Field(string name) =>
        Inputs().Matches(Html).Select(m => m.Value).Where(i => i.Contains($"name=\"{name}\"", StringComparison.Ordinal)).Select(i => Value().Match(i).Groups[1].Value).First();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();
}

/// <summary>Asks for one page again and again.</summary>
internal sealed class Reader(string path, IReadOnlyList<string> headers) : ICaller
{
    private readonly byte[] request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    public ReadOnlySpan<byte> Next() => request;

    public bool Took(Reply reply) => reply.Status == 200;

    /// <summary>Has clients read one page for a time.</summary>
    public static Outcome Run(ServerProcess server, string path, IReadOnlyList<string> headers, int clients, TimeSpan time) =>
        Wrk.IsInstalled ? Wrk.Run(server, path, headers, clients, time) : Load.Run(server, [.. Enumerable.Range(0, clients).Select(_ => new Reader(path, headers))], time);
}

/// <summary>Goes round an assessment's questions and saves an answer to each, as the page's script does, naming the version it was told.</summary>
internal sealed class Saver : ICaller
{
    private readonly string[] heads;
    private readonly string fields;
    private readonly int[] versions;
    private byte[] request = new byte[4096];
    private int at = -1;
    private int saves;

    public Saver(Visitor visitor, IReadOnlyList<Question> questions)
    {
        heads = [.. questions.Select(q =>
            $"POST {Links.Question(visitor.Reference, q)} HTTP/1.1\r\nHost: localhost\r\nCookie: {visitor.Cookie}\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n")];
        fields = string.Join('&', Visitor.Typed.Select(f => $"{f.Key}={WebUtility.UrlEncode(f.Value)}")) + $"&__RequestVerificationToken={visitor.Token}&PageId={Guid.NewGuid()}";
        versions = new int[questions.Count];
    }

    /// <summary>How many saves were confirmed to it.</summary>
    public int Confirmed => versions.Sum();

    public ReadOnlySpan<byte> Next()
    {
        at = (at + 1) % heads.Length;
        var body = $"{fields}&PageSave={saves++}&Version={versions[at]}";
        return request.AsSpan(0, Encoding.ASCII.GetBytes($"{heads[at]}Content-Length: {body.Length}\r\n\r\n{body}", request));
    }

    public bool Took(Reply reply)
    {
        var name = "\"version\":"u8;
        var found = reply.Body.IndexOf(name);
        return reply.Status == 200 && found >= 0 && System.Buffers.Text.Utf8Parser.TryParse(reply.Body[(found + name.Length)..], out versions[at], out _);
    }
}

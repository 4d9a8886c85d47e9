using System.Net;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Rasp.Tests.Pages;

namespace Rasp.Tests;

/// <summary>
/// Somebody who reads pages and sends the forms that stand on them, as a browser without JavaScript does: own cookies, real tokens,
/// redirects followed by hand. Whatever page comes is held to <see cref="PageRules"/>.
/// </summary>
public sealed class Visitor : IDisposable
{
    private readonly Func<string> log;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    /// <param name="url">Where the server listens.</param>
    /// <param name="log">What the server logged, to say so where it fails.</param>
    /// <param name="from">The address that the visitor comes from, one of this machine's.</param>
    public Visitor(Uri url, Func<string> log, string from = "127.0.0.1")
    {
        this.log = log;
        http = new(new SocketsHttpHandler
        {
            CookieContainer = cookies,
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
        { BaseAddress = url };
    }

    /// <summary>The cookies that this browser holds, wherever they are sent.</summary>
    public IReadOnlyCollection<Cookie> Cookies => [.. cookies.GetAllCookies().Where(c => !c.Expired)];

    public Task<Visited> GetAsync(string path) => FollowAsync(new(HttpMethod.Get, path));

    /// <summary>Presses a button of a page: sends its form as the page has it, with these fields filled in; null empties one.</summary>
    /// <param name="page">Where the form stands.</param>
    /// <param name="button">What the button says.</param>
    /// <param name="values">By the field's name, which the form must have, as it must have the choice.</param>
    public Task<Visited> SubmitAsync(Visited page, string button, params (string Field, string? Value)[] values)
    {
        var content = new FormUrlEncodedContent(Filled(page.Form(button), values));
        return FollowAsync(new(HttpMethod.Post, page.ActionOf(button)) { Content = content });
    }

    /// <summary>As <see cref="SubmitAsync"/>, with values that the page does not offer.</summary>
    public Task<Visited> ForgeAsync(Visited page, string button, params (string Field, string? Value)[] values)
    {
        var form = page.Form(button);
        var names = values.Select(v => v.Field).ToHashSet();
        return PostAsync(
            page.ActionOf(button),
            [.. Filled(form).Where(f => !names.Contains(f.Key)).Select(f => (f.Key, (string?)f.Value)), .. values]);
    }

    /// <summary>As <see cref="SubmitAsync"/>, with a file chosen; with one without a name, as browsers send it, if none is.</summary>
    public Task<Visited> UploadAsync(Visited page, string button, string field, string name, byte[] bytes)
    {
        var content = new MultipartFormDataContent();
        foreach (var (hidden, value) in Filled(page.Form(button))) if (hidden != field) content.Add(new StringContent(value), hidden);
        var file = new ByteArrayContent(bytes);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{name}\"");
        content.Add(file);
        return FollowAsync(new(HttpMethod.Post, page.ActionOf(button)) { Content = content });
    }

    /// <summary>Sends a form that no page has given: without its token, or with anything else.</summary>
    public Task<Visited> PostAsync(string path, params IEnumerable<(string Field, string? Value)> values) =>
        FollowAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Field, v.Value))) });

    /// <summary>Sends a form with a file in it.</summary>
    public Task<Visited> SendFormAsync(string path, MultipartFormDataContent form) => FollowAsync(new(HttpMethod.Post, path) { Content = form });

    /// <summary>Downloads what a link leads to, which is no page.</summary>
    public async Task<(string Text, string? Name, string? Type)> GetFileAsync(string path)
    {
        using var response = await http.GetAsync(path);
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}.");
        return (await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentDisposition?.FileNameStar ?? response.Content.Headers.ContentDisposition?.FileName, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>One request and its answer, whatever it is.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    /// <summary>What a form sends as it stands on its page, with these fields filled in.</summary>
    public static List<KeyValuePair<string, string>> Filled(IHtmlFormElement form, params (string Field, string? Value)[] values)
    {
        var filled = new List<KeyValuePair<string, string>>();
        foreach (var field in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (values.Any(v => v.Field == name)) continue;
            var value = field switch
            {
                IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } => null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value,
                _ => null,
            };
            if (value is not null) filled.Add(new(name, value));
        }
        foreach (var (name, value) in values)
        {
            var fields = form.QuerySelectorAll("[name]").Where(f => f.GetAttribute("name") == name).ToList();
            if (fields.Count == 0) throw new ArgumentException($"The form has no field {name}; it has {string.Join(", ", form.QuerySelectorAll("[name]").Select(f => f.GetAttribute("name")).Distinct())}.");
            if (value is null) continue;
            var choices = fields.OfType<IHtmlInputElement>().Where(f => f.Type is "radio" or "checkbox").Select(f => f.GetAttribute("value") ?? "").ToList();
            if (choices.Count > 0 && !choices.Contains(value)) throw new ArgumentException($"{name} offers {string.Join(", ", choices)}, not {value}.");
            filled.Add(new(name, value));
        }
        return filled;
    }

    /// <summary>Loses a cookie, as a browser does that was closed.</summary>
    public void Forget(string cookie)
    {
        foreach (Cookie held in cookies.GetAllCookies())
        {
            if (held.Name == cookie) held.Expired = true;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Visited> FollowAsync(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 5; hops++)
        {
            using var response = await http.SendAsync(request);
            var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.PathAndQuery : request.RequestUri.OriginalString;
            if (response.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.MovedPermanently or HttpStatusCode.SeeOther))
            {
                var page = await Visited.ReadAsync(path, response);
                if (page.Status >= 500) throw new InvalidOperationException($"{request.Method} {path} answered {page.Status}. The log has: {log()}");
                PageRules.Check(page);
                return page;
            }
            // Never to another address, whatever the request's Host header was.
            var location = response.Headers.Location!;
            if (location.IsAbsoluteUri && location.Scheme != Uri.UriSchemeFile) throw new InvalidOperationException($"{request.Method} {path} leads away, to {location}.");
            request = new(HttpMethod.Get, location.OriginalString);
        }
        throw new InvalidOperationException($"{request.RequestUri} leads round in circles.");
    }
}

/// <summary>A page as it came.</summary>
public sealed class Visited
{
    private Visited(string path, int status, string body, IReadOnlyDictionary<string, string> headers)
    {
        (Path, Status, Body, Headers) = (path, status, body, headers);
        Document = new HtmlParser().ParseDocument(body);
    }

    /// <summary>Where it stands, after all redirects, with its query.</summary>
    public string Path { get; }

    public int Status { get; }

    public string Body { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public IHtmlDocument Document { get; }

    public string Heading => Text(Document.QuerySelector("h1"));

    /// <summary>What the page says is wrong, fault by fault.</summary>
    public IReadOnlyList<string> Faults => [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(Text)];

    /// <summary>All that a reader sees, with single spaces.</summary>
    public string Words => Text(Document.Body);

    public static async Task<Visited> ReadAsync(string path, HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(path, (int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    /// <summary>The form whose button says this.</summary>
    public IHtmlFormElement Form(string button) => Button(button).Form!;

    public bool Has(string button) => Document.QuerySelectorAll("form button").Any(b => Text(b) == button);

    /// <summary>Where a button sends its form.</summary>
    public string ActionOf(string button) => Button(button).GetAttribute("formaction") ?? (Form(button).GetAttribute("action") is { Length: > 0 } given ? given : Path);

    private IHtmlButtonElement Button(string words)
    {
        var buttons = Document.QuerySelectorAll("form button").OfType<IHtmlButtonElement>().ToList();
        return buttons.FirstOrDefault(b => Text(b) == words)
            ?? throw new ArgumentException($"{Path} ({Status}, “{Heading}”) has no button “{words}”; it has {string.Join(", ", buttons.Select(Text))}.");
    }

    /// <summary>What stands in a field: of radios and checkboxes the chosen value, null where none is.</summary>
    public string? Field(string name)
    {
        var fields = Document.QuerySelectorAll("input[name], textarea[name], select[name]").Where(f => f.GetAttribute("name") == name).ToList();
        return fields switch
        {
            [] => throw new ArgumentException($"{Path} has no field {name}."),
            [IHtmlTextAreaElement area] => area.Value,
            [IHtmlSelectElement select] => select.Value,
            [IHtmlInputElement { Type: not ("radio" or "checkbox") } input] => input.Value,
            _ => fields.OfType<IHtmlInputElement>().FirstOrDefault(f => f.IsChecked)?.GetAttribute("value"),
        };
    }

    /// <summary>Where the link that says this leads.</summary>
    public string Link(string words) =>
        Document.QuerySelectorAll("a[href]").FirstOrDefault(a => Text(a) == words)?.GetAttribute("href")
        ?? throw new ArgumentException($"{Path} ({Status}, “{Heading}”) has no link “{words}”.");

    private static string Text(IElement? element) => string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

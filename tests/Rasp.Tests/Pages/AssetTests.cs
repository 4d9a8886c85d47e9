using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Rasp.Tests.Pages;

/// <summary>How bytes travel: small, and no oftener than they must.</summary>
public sealed partial class AssetTests(ServedSite site)
{
    private const string AYear = "public, max-age=31536000, immutable";

    [Fact]
    public async Task Styles_and_scripts_have_addresses_that_change_with_their_content_and_are_kept_for_a_year()
    {
        var page = await site.Visitor.GetAsync(Links.Home);
        var assets = page.Document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToList();
        Assert.Equal(4, assets.Count);
        foreach (var path in assets)
        {
            Assert.Matches(Fingerprint(), path);
            foreach (var encoding in (string?[])[null, "gzip", "br"]) await FetchAsync(path, encoding);
        }
    }

    [Fact]
    public async Task Fonts_are_there_wherever_pages_and_styles_name_them_and_are_kept_for_a_year()
    {
        var page = await site.Visitor.GetAsync(Links.Home);
        var css = page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var fonts = InCss().Matches(await FetchAsync(css, null)).Select(m => m.Groups[1].Value).Select(u => u.StartsWith('/') ? u : "/" + u).Where(u => !u.StartsWith("/data:", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(fonts);
        var preloaded = page.Document.QuerySelectorAll("link[rel=preload]").Select(l => l.GetAttribute("href")!).ToList();
        Assert.Equal(2, preloaded.Count);
        Assert.Subset(fonts.ToHashSet(), preloaded.ToHashSet());
        foreach (var font in fonts) await FetchAsync(font, null);
    }

    [Theory, InlineData("br"), InlineData("gzip")]
    public async Task Pages_come_compressed_to_whoever_takes_them_so(string encoding)
    {
        var path = site.Fill("/assessments/{full}/results");
        var plain = (await site.Visitor.GetAsync(path)).Body;
        using var response = await SendAsync(path, encoding);
        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.True(bytes.Length * 3 < plain.Length, $"{bytes.Length} of {plain.Length} bytes");
        Assert.Equal(plain, await TextAsync(bytes, encoding));
    }

    private async Task<string> FetchAsync(string path, string? encoding)
    {
        using var response = await SendAsync(path, encoding);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(AYear, string.Join(", ", response.Headers.GetValues("Cache-Control")));
        PageRules.CheckHeaders(response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase), path);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.NotEmpty(bytes);
        return await TextAsync(bytes, response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding is not null) request.Headers.Add("Accept-Encoding", encoding);
        return await site.Visitor.SendAsync(request);
    }

    private static async Task<string> TextAsync(byte[] bytes, string? encoding)
    {
        using var packed = new MemoryStream(bytes);
        await using Stream open = encoding switch { "br" => new BrotliStream(packed, CompressionMode.Decompress), "gzip" => new GZipStream(packed, CompressionMode.Decompress), _ => packed };
        using var reader = new StreamReader(open);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex(@"^/[a-z-]+\.[a-z0-9]{8,}\.(css|js|svg)$")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"url\([""']?([^)""']+)[""']?\)")]
    private static partial Regex InCss();
}

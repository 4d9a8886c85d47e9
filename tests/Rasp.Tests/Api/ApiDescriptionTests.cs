using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Rasp.Tests.Pages;

namespace Rasp.Tests.Api;

/// <summary>The description of the API: for programs as OpenAPI 3.1, for people as a page; true to what there is.</summary>
public sealed partial class ApiDescriptionTests
{
    [Fact]
    public async Task Browsers_get_a_page_and_programs_the_document_and_both_have_addresses_of_their_own()
    {
        await using var host = await RaspHost.StartAsync();
        using var calls = new Calls(host, null);
        foreach (var (path, accept, type) in new[]
        {
            (Links.Api, "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"), (Links.Api, "application/json", "application/vnd.oai.openapi+json"), (Links.Api, "*/*", "application/vnd.oai.openapi+json"),
            (Links.ApiReference, "*/*", "text/html; charset=utf-8"), (Links.ApiDescription, "*/*", "application/json"),
        })
        {
            Assert.Equal(type, (await calls.GetAsync(path, ("Accept", accept))).Is(200).Headers["Content-Type"]);
        }
        Assert.Equal("3.1", (await calls.GetAsync(Links.Api)).Json.GetProperty("openapi").GetString()![..3]);
    }

    [Fact]
    public async Task Every_call_that_there_is_stands_in_the_description_with_all_that_it_takes_and_gives()
    {
        await using var host = await RaspHost.StartAsync();
        using var calls = new Calls(host, null);
        var document = (await calls.GetAsync(Links.ApiDescription)).Json;
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject(), (p, c) => (Call: $"{c.Name.ToUpperInvariant()} {p.Name}", p.Name, c.Value)).ToList();
        var there = (await Doors.OfAsync(host)).Where(d => d.IsOfApi).SelectMany(d => d.Endpoints).SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m != "HEAD").Select(m => $"{m} {e.RoutePattern.RawText}"));
        Assert.Equal(there.Order(StringComparer.Ordinal), described.Select(d => d.Call).Order(StringComparer.Ordinal));
        Assert.Equal(described.Count, described.Select(d => d.Value.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (call, path, operation) in described)
        {
            var named = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()!) : [];
            Assert.Equal(Place().Matches(path).Select(m => m.Groups[1].Value), named);
            foreach (var status in new[] { "401", "406", "429" }) Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), $"{call} does not tell of {status}");
            var done = operation.GetProperty("responses").EnumerateObject().Single(r => r.Name is "200" or "201").Value.GetProperty("content").EnumerateObject().Single().Value;
            Assert.True(done.TryGetProperty("example", out _), $"{call} has no example");
        }
        // Examples speak of what there is.
        var text = document.GetRawText();
        Assert.Contains(host.Instrument.Questions[0].Key, text, StringComparison.Ordinal);
        Assert.Contains($"\"{host.Instrument.Version}\"", text, StringComparison.Ordinal);
        // Whatever it points to is there, and says what it is.
        foreach (var name in Reference().Matches(text).Select(m => m.Groups[1].Value.Split('/')).Distinct())
        {
            Assert.True(document.GetProperty("components").GetProperty(name[0]).TryGetProperty(name[1], out _), $"There is no {name[0]} {name[1]}.");
        }
        var silent = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(s => s.Value.TryGetProperty("properties", out _) && !s.Value.TryGetProperty("description", out _)).Select(s => s.Name);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task The_page_says_all_of_it_within_what_a_page_may_weigh()
    {
        await using var host = await RaspHost.StartAsync();
        var page = await host.NewVisitor().GetAsync(Links.ApiReference);
        Assert.Equal("For programs: the API", page.Heading);
        Assert.InRange(page.Body.Length, 20_000, 100_000);
        foreach (var words in new[] { "/api/v1/programmes/{programme}/rounds", "PUT", "If-Match", "/api/v1/table.csv", "What a change must name" }) Assert.Contains(words, page.Body, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();

    [GeneratedRegex("\"#/components/([^\"]+)\"")]
    private static partial Regex Reference();
}

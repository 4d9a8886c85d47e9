using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Rasp.Tests.Pages;

/// <summary>A way in that the application has: an address with places to fill, and what it answers to.</summary>
/// <param name="Pattern">Such as /programmes/{reference}.</param>
/// <param name="Handlers">GET first; then what forms are sent to: null for the page's one handler, else its name.</param>
/// <param name="IsForAnybody">Whether it asks nobody to sign in, and nothing in its address tells one visitor's from another's.</param>
/// <param name="Endpoint">As the framework has it.</param>
internal sealed record Door(string Pattern, IReadOnlyList<string?> Handlers, bool IsForAnybody, RouteEndpoint Endpoint)
{
    /// <summary>All that answers there: of the API, one for each way of asking.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints { get; init; } = [Endpoint];

    /// <summary>Whether it takes a token, and no cookie.</summary>
    public bool IsOfApi => Pattern.StartsWith(Links.ApiRoot, StringComparison.Ordinal);

    /// <summary>How programs change something there.</summary>
    public IEnumerable<HttpMethod> Changes => !IsOfApi ? [] : Endpoints.SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods).Except(["GET", "HEAD"]).Order(StringComparer.Ordinal).Select(m => new HttpMethod(m));

    /// <summary>
    /// Every address that these values make of the pattern. They are given by the part of the pattern that they fill, in order, such as
    /// /programmes/{reference}; what is before its first brace is kept. A place that nothing fills is a new door that a test has to learn about.
    /// </summary>
    public IEnumerable<string> Paths(IEnumerable<(string Place, string[] Values)> values)
    {
        IEnumerable<string> paths = [Pattern];
        foreach (var (place, fills) in values)
        {
            if (!Pattern.Contains(place, StringComparison.Ordinal)) continue;
            var kept = place[..place.IndexOf('{', StringComparison.Ordinal)];
            paths = paths.SelectMany(p => fills.Select(v => p.Replace(place, kept + v, StringComparison.Ordinal)));
        }
        return paths.Select(p => p.Contains('{', StringComparison.Ordinal) ? throw new InvalidOperationException($"Nothing fills {p}: say what its place holds.") : p);
    }

    /// <summary>Where the form of a handler is sent.</summary>
    public static string Address(string path, string? handler) => handler is null ? path : $"{path}?handler={handler}";
}

internal static class Doors
{
    /// <summary>
    /// All but the files of wwwroot, whose names change with their content and which hold nothing that anybody stored, and what serves these
    /// from the source folder where the build was not published.
    /// </summary>
    public static async Task<IReadOnlyList<Door>> OfAsync(RaspHost host)
    {
        var doors = new List<Door>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>())
        {
            var pattern = "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/');
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || pattern == "/{**path:file}")
            {
                Assert.Subset(new HashSet<string> { "GET", "HEAD" }, endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.ToHashSet());
                continue;
            }
            var handlers = new List<string?>();
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await host.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
                handlers.AddRange(compiled.HandlerMethods.Where(h => h.HttpMethod.Equals("POST", StringComparison.OrdinalIgnoreCase)).Select(h => h.Name));
            }
            var isForAnybody = endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.RoutePattern.Parameters.Count == 0;
            doors.Add(new(pattern, handlers, isForAnybody, endpoint));
        }
        return [.. doors.GroupBy(d => d.Pattern).Select(d => d.First() with { Endpoints = [.. d.Select(x => x.Endpoint)] }).OrderBy(d => d.Pattern, StringComparer.Ordinal)];
    }
}

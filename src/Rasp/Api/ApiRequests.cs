using Microsoft.Net.Http.Headers;
using Rasp.Accounts;
using Rasp.Data;
using Rasp.Data.Tokens;

namespace Rasp.Api;

/// <summary>What an endpoint answers with, where all goes well.</summary>
internal sealed record Offers(params string[] MediaTypes);

internal static class ApiRequests
{
    /// <summary>Whether somebody asks with a token, or would have to: to no such call does a cookie open anything.</summary>
    public static bool IsOfApi(this HttpRequest request) => request.Path.StartsWithSegments(Links.ApiRoot);

    /// <summary>As whom a call sees; only where it is let in.</summary>
    public static Viewer Caller(this HttpContext context) => context.Viewer() ?? throw new InvalidOperationException("This endpoint is open to those with a token.");

    public static Guid? Id(string reference) => Guid.TryParseExact(reference, "N", out var id) ? id : null;

    /// <summary>Refuses, before anything is read, those who would take nothing that the endpoint answers with.</summary>
    public static async ValueTask<object?> NegotiateAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var (request, offered) = (call.HttpContext.Request, call.HttpContext.GetEndpoint()!.Metadata.GetMetadata<Offers>()?.MediaTypes ?? ["application/json"]);
        if (request.Headers.Accept.Count == 0) return await next(call);
        if (MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            && offered.Select(o => new MediaTypeHeaderValue(o)).Any(o => accepted.Any(a => a.Quality != 0 && o.IsSubsetOf(WithoutParameters(a))))) return await next(call);
        return Problems.Of(StatusCodes.Status406NotAcceptable, "Not in that form", $"This can be had as {string.Join(" or ", offered)}. Ask for that in the header Accept, or leave it out.");
    }

    /// <summary>Lets through tokens that may do this, and no others.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, TokenScopes scope) => endpoint.WithMetadata(new NeedsScope(scope)).AddEndpointFilter(async (call, next) =>
        call.HttpContext.Features.Get<Bearer>()!.Scopes.HasFlag(scope) ? await next(call) : Problems.Lacks(call.HttpContext, scope));

    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue accepted) => new(accepted.MediaType);
}

/// <summary>What a token must be good for, to say so in the description.</summary>
internal sealed record NeedsScope(TokenScopes Scope);

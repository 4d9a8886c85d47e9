namespace Rasp.Api;

/// <summary>All that programs can ask for, with a token: through the same doors as pages, so that they get what its owner would see there.</summary>
internal static class ApiRoutes
{
    /// <summary>What is to be read is asked for by GET, and by HEAD without its content.</summary>
    public static readonly IReadOnlyList<string> Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Links.ApiRoot).RequireAuthorization(TokenHandler.Token).RequireRateLimiting(RateLimits.Api).AddEndpointFilter(ApiRequests.NegotiateAsync);
        ApiDescription.Map(endpoints);
        ProgrammeCalls.Map(api);
        AssessmentCalls.Map(api);
        PlanCalls.Map(api);
        InstrumentCalls.Map(api);
        FlatTable.Map(api);
    }

    /// <summary>What one gets to read, for the description.</summary>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder endpoint, string tag, string summary, string description) =>
        endpoint.Produces<T>(StatusCodes.Status200OK, Documents.Json).WithTags(tag).WithSummary(summary).WithDescription(description);

    /// <summary>That its content is no JSON.</summary>
    public static RouteHandlerBuilder ProducesInstead(this RouteHandlerBuilder endpoint, string mediaType) => endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [mediaType]));

    /// <summary>That it comes in pieces, to say so in the description.</summary>
    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ComesInPieces());
}

internal sealed record ComesInPieces;

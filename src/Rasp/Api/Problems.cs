using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Rasp.Data.Tokens;

namespace Rasp.Api;

/// <summary>What is wrong with a call, as problem details (RFC 9457): what, and what would be right.</summary>
internal static partial class Problems
{
    public const string MediaType = "application/problem+json";

    /// <summary>The same whether there is no such thing, or not for this token.</summary>
    public static ProblemHttpResult NotFound => Of(StatusCodes.Status404NotFound, "Not found", "There is no such thing, or not for this token.");

    public static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);

    /// <summary>A call that says something that can't be: by the name of each part that is wrong, what would be right.</summary>
    public static ProblemHttpResult Invalid(params IEnumerable<(string Where, string Right)> faults)
    {
        var errors = faults.GroupBy(f => f.Where, StringComparer.Ordinal).ToDictionary(f => f.Key, f => f.Select(x => x.Right).ToArray(), StringComparer.Ordinal);
        return TypedResults.Problem(
            "Mend what stands in errors, and send it again. Nothing was changed.", statusCode: StatusCodes.Status400BadRequest, title: "The call is at fault",
            extensions: new Dictionary<string, object?> { ["errors"] = errors });
    }

    /// <summary>A token that may not do this.</summary>
    public static ProblemHttpResult Lacks(HttpContext context, TokenScopes scope)
    {
        var word = scope.Words().Single();
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"Rasp\", error=\"insufficient_scope\", scope=\"{word}\"";
        return Of(StatusCodes.Status403Forbidden, "The token may not do this", $"It takes a token with the scope {word}. What a token may do is chosen when it is made.");
    }

    /// <summary>Says in words what a call got as a bare status, and what went wrong with it on our side. Placed where the pages' own pages for that can't answer instead.</summary>
    public static void ExplainProblemsOfApi(this IApplicationBuilder site) => site.UseWhen(c => c.Request.IsOfApi(), api => api.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = refused.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception bug) when (!context.Response.HasStarted)
        {
            Failed(context.RequestServices.GetRequiredService<ILogger<TokenHandler>>(), bug, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null }) await Explain(context).ExecuteAsync(context);
    }));

    private static ProblemHttpResult Explain(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => Of(401, "A token is needed", "Send a token that is good, as Authorization: Bearer rasp_…, or as the password of Basic with any name. Tokens are made in your account, or on your organisation's page."),
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => Of(405, "Not this way", $"{context.Request.Method} is nothing that can be done here. What can be stands in the header Allow."),
        StatusCodes.Status413PayloadTooLarge => Of(413, "Too much", "What was sent is larger than anything that belongs here."),
        StatusCodes.Status415UnsupportedMediaType => Of(415, "Not in this form", "Send JSON, with Content-Type: application/json."),
        StatusCodes.Status429TooManyRequests => Of(429, "Too many calls", string.Create(CultureInfo.InvariantCulture, $"Wait for as many seconds as stand in the header Retry-After: {context.Response.Headers.RetryAfter}.")),
        StatusCodes.Status500InternalServerError => Of(500, "Something went wrong here", "It is no fault of the call. Try again; where it stays, tell whoever runs this installation, with the time."),
        var status => TypedResults.Problem(statusCode: status),
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private static partial void Failed(ILogger log, Exception bug, string method, string path);
}

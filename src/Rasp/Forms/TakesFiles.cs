using Microsoft.AspNetCore.Http.Features;

namespace Rasp.Forms;

/// <summary>A page whose form holds a file, and how large such a form may be. Other forms are held to much less.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesFilesAttribute(long largest) : Attribute
{
    public long Largest => largest;
}

internal static class LargeForms
{
    /// <summary>A browser shows an answer only once it could send all: what is too large is taken in, up to here, and thrown away.</summary>
    private const long LargestDrained = 160_000_000;

    private static readonly TimeSpan LongestDrained = TimeSpan.FromMinutes(2);

    /// <summary>Lets pages that take files have larger forms, and refuses those that are too large before anything of them is kept.</summary>
    public static void RefuseLargeForms(this IApplicationBuilder site) => site.Use(async (context, next) =>
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is not { } takes)
        {
            await next(context);
            return;
        }
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength is not { } length || length <= takes.Largest)
        {
            if (limit is { IsReadOnly: false }) limit.MaxRequestBodySize = takes.Largest;
            await next(context);
            return;
        }
        if (length <= LargestDrained && limit is { IsReadOnly: false })
        {
            limit.MaxRequestBodySize = LargestDrained;
            await DrainAsync(context);
        }
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    });

    private static async Task DrainAsync(HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(LongestDrained);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Too slow to wait for, or gone: the answer is the same.
        }
    }
}

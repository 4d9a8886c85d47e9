namespace Rasp.Forms;

/// <summary>A form that can't be read, being too large or damaged, is refused with a page that says so; it is no fault of ours to log.</summary>
internal static class UnreadableForms
{
    /// <summary>An id in an address has one spelling: .NET reads it with blanks around it too, and what is made of such an address can be none.</summary>
    public static void RefusePaddedIds(this IApplicationBuilder site) => site.Use((context, next) =>
    {
        if (!context.Request.RouteValues.Values.OfType<string>().Any(v => v.Length != v.AsSpan().Trim().Length)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    public static void RefuseUnreadableForms(this IApplicationBuilder site) => site.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = refused.StatusCode;
        }
        catch (InvalidDataException) when (!context.Response.HasStarted && context.Request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    });
}

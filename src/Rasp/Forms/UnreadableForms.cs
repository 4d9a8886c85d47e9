namespace Rasp.Forms;

/// <summary>A form that can't be read, being too large or damaged, is refused with a page that says so; it is no fault of ours to log.</summary>
internal static class UnreadableForms
{
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

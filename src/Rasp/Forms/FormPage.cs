using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rasp.Forms;

/// <summary>A page with a form that is never lost: whatever is wrong with it, it is shown again with what was typed.</summary>
public abstract class FormPage : PageModel
{
    /// <summary>The form again, with what was typed, and what is wrong with it in <see cref="PageModel.ModelState"/>.</summary>
    public abstract Task<IActionResult> ShowAgainAsync(CancellationToken cancellation);

    /// <summary>The page with status 400.</summary>
    protected IActionResult Faulty()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}

/// <summary>
/// Checks the token of every form that is sent. An expired one is no reason to lose what was typed: the form comes again, with a
/// fresh token.
/// </summary>
internal sealed class FormFilter(IAntiforgery antiforgery) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || IsAboutAFailure(http))
        {
            await next();
        }
        else if (context.HandlerMethod is null)
        {
            // The framework would show the page without having run anything for it.
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
        else if (await antiforgery.IsRequestValidAsync(http))
        {
            await next();
        }
        else if (http.Request.WantsJson())
        {
            context.Result = new JsonResult(new { token = antiforgery.GetAndStoreTokens(http).RequestToken }) { StatusCode = StatusCodes.Status400BadRequest };
        }
        else if (context.HandlerInstance is FormPage page)
        {
            page.ModelState.AddModelError("", "This page had been open for too long. Nothing that you entered is lost: check it and press the button again");
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Result = await page.ShowAgainAsync(http.RequestAborted);
        }
        else
        {
            context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>The page that explains why a form was refused is run with the form's own method; it changes nothing.</summary>
    private static bool IsAboutAFailure(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
}

internal static class Requests
{
    /// <summary>Whether a script of ours asks, which wants to know what became of it and not a page.</summary>
    public static bool WantsJson(this HttpRequest request) => request.Headers.Accept == "application/json";
}

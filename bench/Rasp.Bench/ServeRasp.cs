using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Rasp.Assessments;
using Rasp.Pages.Assessments;

namespace Rasp.Bench;

/// <summary>How much of saving an answer is done.</summary>
internal enum Saving
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The assessment is looked up; nothing is written.</summary>
    WithoutWriting,

    /// <summary>The database is not touched: routing, limits, form, token and reply are all there is.</summary>
    WithoutStorage,
}

/// <summary>Hidden verb: Rasp itself, saving less than it should.</summary>
internal static class ServeRasp
{
    public const string Verb = "serve-rasp";

    public static Task<ServerProcess> StartAsync(string data, Saving saving) => ServerProcess.StartSelfAsync(port => [Verb, $"{port}", data, $"{saving}"]);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var saving = Enum.Parse<Saving>(arguments[2]);
        await using var site = await Site.CreateAsync(new() { Data = arguments[1] }, builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{arguments[0]}");
            // Filters run in the order in which they were added: the form's token is checked before.
            if (saving != Saving.Whole) builder.Services.Configure<MvcOptions>(o => o.Filters.Add(new InsteadOfSaving(saving)));
        });
        await site.RunAsync();
        return 0;
    }

    private sealed class InsteadOfSaving(Saving saving) : IAsyncPageFilter
    {
        public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

        public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
        {
            var http = context.HttpContext;
            if (context.HandlerInstance is not QuestionModel page || !HttpMethods.IsPost(http.Request.Method))
            {
                await next();
                return;
            }
            if (saving == Saving.WithoutWriting)
            {
                var door = http.RequestServices.GetRequiredService<AssessmentDoor>();
                if (await door.OpenQuestionAsync(http, page.Reference, $"{page.RouteData.Values["areaKey"]}.{page.RouteData.Values["theme"]}.{page.RouteData.Values["key"]}") is null)
                {
                    context.Result = new NotFoundResult();
                    return;
                }
            }
            context.Result = new JsonResult(new { version = page.Version + 1, next = Links.Results(page.Reference) });
        }
    }
}

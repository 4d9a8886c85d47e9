using System.Globalization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Rasp.Data.Plans;

namespace Rasp.Plans;

/// <summary>Joint plans and own ones have the same pages, at programmes and at assessments: the private link’s cookie is sent to its assessment’s pages alone.</summary>
internal static class PlanRoutes
{
    private static readonly (string Page, string Path)[] Pages =
    [
        ("/Plans/Index", "plan"), ("/Plans/New", "plan/new"), ("/Plans/Action", "plan/actions/{item}"), ("/Plans/Milestones", "plan/milestones"), ("/Plans/Milestone", "plan/milestones/{item}"), ("/Plans/Print", "plan/print"),
    ];

    public static PageConventionCollection AddPlanRoutes(this PageConventionCollection conventions)
    {
        foreach (var (page, path) in Pages) conventions.AddPageRoute(page, $"/assessments/{{reference}}/{path}");
        return conventions;
    }

    /// <summary>Plans as calendars.</summary>
    public static void MapPlanDownloads(this IEndpointRouteBuilder endpoints)
    {
        foreach (var root in new[] { "/programmes", "/assessments" })
        {
            endpoints.MapGet($"{root}/{{reference}}/plan/plan.ics", (HttpContext context, PlanDoor door, Settings settings, string reference) => DownloadAsync(context, door, reference, plan =>
                Task.FromResult(Results.File(System.Text.Encoding.UTF8.GetBytes(PlanCalendar.Write(plan, settings.Url)), "text/calendar; charset=utf-8", NameOf(plan, "ics")))));
        }
    }

    private static async Task<IResult> DownloadAsync(HttpContext context, PlanDoor door, string reference, Func<SeenPlan, Task<IResult>> write)
    {
        if (await door.OpenAsync(context, reference, isExport: true) is { } plan) return await write(plan);
        return PlanDoor.Closed(context) is Microsoft.AspNetCore.Mvc.RedirectResult signIn ? Results.Redirect(signIn.Url) : Results.NotFound();
    }

    private static string NameOf(SeenPlan plan, string extension) => string.Create(CultureInfo.InvariantCulture, $"rasp-plan-{plan.Today:yyyy-MM-dd}.{extension}");
}

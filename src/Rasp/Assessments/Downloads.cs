using System.Net.Mime;
using System.Text;
using Rasp.Comparisons;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;

namespace Rasp.Assessments;

/// <summary>What can be taken away as a file: the same that the shell reads and writes.</summary>
internal static class Downloads
{
    public static void MapDownloads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Links.AnswersCsv("{reference}"), async (HttpContext context, AssessmentDoor door, string reference) =>
            await door.OpenAsync(context, reference) is { } open
                ? Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(AnswerCsv.Write([open.Seen.Sheet]))], "text/csv; charset=utf-8", $"rasp-answers-{open.Seen.Sheet.Round}.csv")
                : Results.NotFound());

        endpoints.MapGet(Links.ResultsJson("{reference}"), async (HttpContext context, AssessmentDoor door, string reference) =>
        {
            if (await door.OpenAsync(context, reference) is not { } open) return Results.NotFound();
            using var json = new MemoryStream();
            ResultsJson.Write(json, ResultSet.Of([open.Seen.Result]));
            return Results.File(json.ToArray(), MediaTypeNames.Application.Json, $"rasp-results-{open.Seen.Sheet.Round}.json");
        });

        endpoints.MapGet(Links.ComparisonJson("{reference}"), async (HttpContext context, ComparisonDoor door, string reference) =>
        {
            if (await door.OpenAsync(context, reference, isExport: true) is not { } open) return Results.NotFound();
            using var json = new MemoryStream();
            ResultsJson.Write(json, open.Shared);
            return Results.File(json.ToArray(), MediaTypeNames.Application.Json, $"rasp-comparison-{open.Shared.Round}.json");
        });
    }
}

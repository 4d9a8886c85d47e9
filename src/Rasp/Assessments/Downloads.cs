using System.Text;
using Rasp.Readiness.Answers;

namespace Rasp.Assessments;

/// <summary>Answers as a file: the same that the shell reads and writes.</summary>
internal static class Downloads
{
    public static void MapDownloads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Links.AnswersCsv("{reference}"), async (HttpContext context, AssessmentDoor door, string reference) =>
            await door.OpenAsync(context, reference) is { } open
                ? Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(AnswerCsv.Write([open.Seen.Sheet]))], "text/csv; charset=utf-8", $"rasp-answers-{open.Seen.Sheet.Round}.csv")
                : Results.NotFound());
    }
}

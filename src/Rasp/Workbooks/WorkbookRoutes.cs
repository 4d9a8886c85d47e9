using Rasp.Assessments;
using Rasp.Data.Agreements;
using Rasp.Reports;

namespace Rasp.Workbooks;

/// <summary>Answer workbooks to take away.</summary>
internal static class WorkbookRoutes
{
    public static void MapWorkbooks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Links.Workbook("{reference}"), async (HttpContext context, AssessmentDoor door, AgreementLens lens, TimeProvider clock, string reference) =>
            await door.OpenAsync(context, reference) is { } open
                ? Results.File(AnswerWorkbookWriter.Write((await TakenAnswers.OfAsync(context, open, lens)).Workbook(clock.GetUtcNow())), WorkbookReport.MediaType, $"rasp-answer-workbook-{open.Seen.Sheet.Round}.{AnswerWorkbook.Extension}")
                : Results.NotFound());
}

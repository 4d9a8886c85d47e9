using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;
using Rasp.Data.Plans;

namespace Rasp.Plans;

/// <summary>A plan as a workbook: real dates, a header row that stays, columns wide enough to read.</summary>
internal static class PlanWorkbook
{
    private const string Date = "yyyy\\-mm\\-dd";

    /// <summary>What a cell of Excel holds.</summary>
    private const int CellMaxLength = 32_767;

    public static byte[] Write(SeenPlan plan, IReadOnlyList<SeenNote> notes)
    {
        var (notesOf, milestones) = (notes.ToLookup(n => n.Action), plan.Milestones.ToDictionary(m => m.Id, m => m.Name));
        var actions = plan.Actions.Select(a =>
        {
            var row = new Dictionary<string, object?>
            {
                ["What"] = Text(a.What),
                ["Why"] = Text(a.Why),
                ["State"] = a.State.Name(),
                ["Due"] = a.Due is { } due ? due.ToDateTime(TimeOnly.MinValue) : null,
                ["Overdue"] = a.IsOverdue ? "Overdue" : null,
            };
            if (plan.IsJoint) row["Owners"] = Text(PlanWords.Owners(a));
            row["Person"] = Text(a.Person);
            row["Milestone"] = a.Milestone is { } milestone ? Text(milestones.GetValueOrDefault(milestone)) : null;
            row["Area"] = plan.Instrument.Areas.FirstOrDefault(x => x.Key == a.Area)?.Name;
            row["Question"] = a.Question;
            row["Found in"] = a.FoundIn;
            row["Did the answer move?"] = PlanWords.Judged(plan, a);
            row["Notes"] = Text(string.Join("\n", notesOf[a.Id].Select(n => $"{Day(n.At)}{(n.By is null ? null : $" {n.By}")}: {n.Text}")));
            row["Added"] = a.AddedAt.UtcDateTime.Date;
            return row;
        }).ToList();
        var days = plan.Milestones.Select(m => new Dictionary<string, object?> { ["Milestone"] = Text(m.Name), ["On"] = m.On.ToDateTime(TimeOnly.MinValue), ["Done"] = m.IsDone ? "Done" : null }).ToList();
        using var workbook = new MemoryStream();
        MiniExcel.SaveAs(workbook, new Dictionary<string, object> { ["Actions"] = Filled(actions, "What"), ["Milestones"] = Filled(days, "Milestone") }, configuration: new OpenXmlConfiguration
        {
            FreezeRowCount = 1,
            DynamicColumns =
            [
                Wide("What", 50), Wide("Why", 50), Wide("State", 12), Wide("Due", 12, Date), Wide("Overdue", 10), Wide("Owners", 30), Wide("Person", 24), Wide("Milestone", 30), Wide("Area", 24),
                Wide("Question", 30), Wide("Found in", 14), Wide("Did the answer move?", 40), Wide("Notes", 60), Wide("Added", 12, Date), Wide("On", 12, Date), Wide("Done", 10),
            ],
        });
        return workbook.ToArray();
    }

    private static DynamicExcelColumn Wide(string name, double width, string? format = null) => new(name) { Width = width, Format = format };

    /// <summary>A sheet without a row would have no header either.</summary>
    private static List<Dictionary<string, object?>> Filled(List<Dictionary<string, object?>> rows, string first) => rows.Count > 0 ? rows : [new() { [first] = null }];

    /// <summary>A formula that somebody typed stays text, in Excel and in whatever it is saved as: one ' in front, as in every file of Rasp.</summary>
    private static string? Text(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' ? "'" + text : text;
        return safe.Length <= CellMaxLength ? safe : safe[..(CellMaxLength - 1)] + "…";
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

namespace Rasp.Reports;

/// <summary>A part of a report that can be left out. What it rests on and how to read it always stand there.</summary>
/// <param name="Key">As it stands in addresses.</param>
/// <param name="Name">As people call it.</param>
/// <param name="IsForBoard">Whether a summary for a board has it too, in short.</param>
internal sealed record ReportSection(string Key, string Name, bool IsForBoard)
{
    /// <summary>Those of a report, in its order.</summary>
    public static IReadOnlyList<ReportSection> Of(ReportSubject subject) => subject switch
    {
        ReportSubject.Results => ResultsReport.Sections,
        ReportSubject.Comparison => ComparisonReport.Sections,
        ReportSubject.Trend => TrendReport.Sections,
        ReportSubject.Fit => FitReport.Sections,
        ReportSubject.OwnPlan or ReportSubject.JointPlan => PlanReport.Sections,
    };
}

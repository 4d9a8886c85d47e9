using System.Net.Mime;

namespace Rasp.Reports;

/// <summary>What a report can be written as.</summary>
/// <param name="Extension">What its files and addresses end in.</param>
/// <param name="Name">As people call it.</param>
/// <param name="What">What it is good for.</param>
/// <param name="MediaType">Of its files.</param>
/// <param name="IsToRead">Whether it is read from beginning to end; else it is data, and always the whole.</param>
/// <param name="Write">Its writer.</param>
internal sealed record ReportFormat(string Extension, string Name, string What, string MediaType, bool IsToRead, Action<Report, Stream> Write)
{
    public static readonly IReadOnlyList<ReportFormat> All =
    [
        new("docx", "Word", "A document to edit and to attach to committee papers, with charts.", WordReport.MediaType, IsToRead: true, WordReport.Write),
        new("xlsx", "Excel", "A sheet for each table, with numbers that are numbers, and filters.", WorkbookReport.MediaType, IsToRead: false, WorkbookReport.Write),
        new("csv", "CSV", "One table, for any program.", CsvReport.MediaType, IsToRead: false, CsvReport.Write),
        new("json", "JSON", "Everything unrounded, for programs.", MediaTypeNames.Application.Json, IsToRead: false, (report, to) => report.WriteData(to)),
        new("html", "Web page", "One file to read, send or keep.", HtmlReport.MediaType, IsToRead: true, HtmlReport.Write),
    ];

    public static ReportFormat? Find(string? extension) => All.FirstOrDefault(f => f.Extension == extension);
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Rasp.Reports;

/// <summary>A report as one page that needs nothing else: to read, to print, to send.</summary>
internal static class HtmlReport
{
    private const string Style = "body{font:1rem/1.5 Arial,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold}th,td{text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6;padding:.3rem .6rem .3rem 0}blockquote{margin:.5rem 0;padding-left:1rem;border-left:4px solid #b1b4b6;white-space:pre-wrap;overflow-wrap:anywhere}";

    public static byte[] Write(Report report)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{Safe(report.Title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n<h1>{Safe(report.Title)}</h1>\n<p>{Safe(report.Subtitle)}</p>\n");
        foreach (var (name, value) in report.Facts) Led(html, $"{name}:", value);
        foreach (var block in report.Blocks) Add(html, block);
        Add(html, new Block.Heading(1, "How to read this"));
        Add(html, new Block.Bullets(report.Reading));
        return Encoding.UTF8.GetBytes(html.Append("</main>\n</body>\n</html>\n").ToString());
    }

    private static void Add(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Block.Heading heading: html.Append(CultureInfo.InvariantCulture, $"<h{heading.Level + 1}>{Safe(heading.Text)}</h{heading.Level + 1}>\n"); break;
            case Block.Paragraph { Lead: null } paragraph: html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(paragraph.Text)}</p>\n"); break;
            case Block.Paragraph paragraph: Led(html, paragraph.Lead, paragraph.Text); break;
            case Block.Typed typed: html.Append(CultureInfo.InvariantCulture, $"<p><strong>{Safe(typed.By)}:</strong></p>\n<blockquote dir=\"auto\">{Safe(typed.Text)}</blockquote>\n"); break;
            case Block.Bullets bullets: html.Append("<ul>\n").AppendJoin('\n', bullets.Items.Select(i => $"<li>{Safe(i)}</li>")).Append("\n</ul>\n"); break;
            case Block.Tabular tabular: Table(html, tabular.Table); break;
            // The table below them holds the same numbers.
            case Block.Bars: break;
        }
    }

    private static void Led(StringBuilder html, string lead, string text) => html.Append(CultureInfo.InvariantCulture, $"<p><strong>{Safe(lead)}</strong> {Safe(text)}</p>\n");

    private static void Table(StringBuilder html, ReportTable table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table>\n<caption>{Safe(table.Words)}</caption>\n<thead><tr>").AppendJoin("", table.Columns.Select(c => $"<th scope=\"col\">{Safe(c.Name)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select((c, i) => i == 0 ? $"<th scope=\"row\">{Safe(c.InWords())}</th>" : $"<td>{Safe(c.InWords())}</td>")).Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n");
    }

    private static string Safe(string text) => HtmlEncoder.Default.Encode(FileText.ForXml(text));
}

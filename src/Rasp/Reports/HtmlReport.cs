using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rasp.Reports;

/// <summary>A report as one page that needs nothing else: to read, to print, to send.</summary>
internal sealed class HtmlReport
{
    public const string MediaType = "text/html; charset=utf-8";

    private const string Reading = "How to read this";

    /// <summary>Small enough to stand in each page. On paper, headings stay with what follows, and the header of a table that breaks is repeated.</summary>
    private const string Style = """
        body{font:1rem/1.5 Arial,sans-serif;margin:0;color:#0b0c0c;background:#fff;overflow-wrap:break-word}main,.back{max-width:60rem;margin:0 auto;padding:1rem}
        h1{font-size:2rem;line-height:1.2;margin:1rem 0 .25rem}h2{font-size:1.5rem;line-height:1.25;margin:2rem 0 .5rem}h3{font-size:1.2rem;line-height:1.3;margin:1.5rem 0 .4rem}h4,h5{font-size:1rem;margin:1.2rem 0 .3rem}
        p{margin:.4rem 0}a{color:#1a65a6}a:focus{outline:3px solid #fd0;background:#fd0;color:#0b0c0c}.kind,figcaption{color:#505a5f}dl{margin:0}dt{font-weight:bold}dd{margin:0 0 .4rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-size:.9rem}caption{text-align:left;font-weight:bold;padding-bottom:.3rem}th,td{text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6;padding:.3rem .6rem .3rem 0}thead th{border-bottom:2px solid #0b0c0c}
        .scroll{overflow-x:auto}.scroll:focus{outline:3px solid #fd0}blockquote{margin:.4rem 0;padding-left:1rem;border-left:4px solid #b1b4b6;white-space:pre-wrap;overflow-wrap:anywhere}
        figure{margin:1rem 0}svg{display:block;width:100%;max-width:46rem;height:auto}figcaption ul{list-style:none;margin:.2rem 0;padding:0}.key{display:inline-block;width:1em;height:1em;vertical-align:-.12em;margin-right:.4em}nav ol{margin:.2rem 0;padding-left:1.4rem}
        @media print{@page{size:A4;margin:18mm;@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt Arial,sans-serif;color:#505a5f}}body{font-size:10.5pt;line-height:1.4}main{max-width:none;padding:0}.back{display:none}a{color:#0b0c0c;text-decoration:none}h1,h2,h3,h4,h5{break-after:avoid}tr,figure,li{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}table{font-size:8.5pt}.board{font-size:9.5pt}.board h1{font-size:18pt}.board h2{font-size:12pt;margin:.8rem 0 .3rem}}
        """;

    /// <summary>What lets pages have this style within, and no other.</summary>
    public static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    private readonly Report report;
    private readonly TextWriter html;
    private int headings;
    private int charts;

    private HtmlReport(Report report, TextWriter html) => (this.report, this.html) = (report, html);

    /// <summary>As a file.</summary>
    public static void Write(Report report, Stream to) => Write(report, to, back: null);

    /// <param name="report">What it says.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="back">Where a link at its top leads, that is not printed; null for none.</param>
    public static void Write(Report report, Stream to, string? back)
    {
        using var html = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        new HtmlReport(report, html).Page(back);
    }

    private void Page(string? back)
    {
        html.Write($"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{StyleHash}'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{Safe(back is null ? report.Title : $"{report.Title} – Rasp")}</title>\n<style>{Style}</style>\n</head>\n<body{(report.Kind == ReportKind.Board ? " class=\"board\"" : "")}>\n");
        if (back is not null) html.Write($"<nav class=\"back\" aria-label=\"Back\"><a href=\"{Safe(back)}\">Choose something else</a></nav>\n");
        html.Write($"<main>\n<h1>{Safe(report.Title)}</h1>\n<p class=\"kind\">{Safe(report.Subtitle)}</p>\n");
        if (report.Kind == ReportKind.Board)
        {
            html.Write($"<p>{Safe(ReportWords.InBrief(report.Facts))}</p>\n");
        }
        else
        {
            Heading(1, "What this report rests on");
            html.Write("<dl>\n");
            foreach (var (name, value) in report.Facts) html.Write($"<dt>{Safe(name)}</dt><dd>{Safe(value)}</dd>\n");
            html.Write("</dl>\n");
            Contents();
        }
        foreach (var block in report.Blocks) Add(block);
        Heading(1, Reading);
        Bullets(report.Reading);
        html.Write("</main>\n</body>\n</html>\n");
    }

    /// <summary>Every heading that follows has the next id; those that lead on stand here too.</summary>
    private void Contents()
    {
        html.Write("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ol>\n");
        foreach (var (heading, id) in report.Blocks.OfType<Block.Heading>().Append(new(1, Reading)).Select((h, i) => (h, headings + 1 + i)).Where(h => h.h.Level == 1)) html.Write($"<li><a href=\"#{Id(id)}\">{Safe(heading.Text)}</a></li>\n");
        html.Write("</ol>\n</nav>\n");
    }

    private void Add(Block block)
    {
        switch (block)
        {
            case Block.Heading heading: Heading(heading.Level, heading.Text); break;
            case Block.Paragraph { Lead: null } paragraph: html.Write($"<p dir=\"auto\">{Safe(paragraph.Text)}</p>\n"); break;
            case Block.Paragraph paragraph: html.Write($"<p><strong>{Safe(paragraph.Lead)}</strong> {Safe(paragraph.Text)}</p>\n"); break;
            case Block.Typed typed: html.Write($"<p><strong>{Safe(typed.By)}:</strong></p>\n<blockquote dir=\"auto\">{Safe(typed.Text)}</blockquote>\n"); break;
            case Block.Bullets bullets: Bullets(bullets.Items); break;
            case Block.Tabular tabular: Table(tabular.Table); break;
            case Block.Bars bars: Bars(bars); break;
        }
    }

    private void Heading(int level, string text) => html.Write($"<h{Digits(level + 1)} id=\"{Id(++headings)}\">{Safe(text)}</h{Digits(level + 1)}>\n");

    private void Bullets(IReadOnlyList<string> items)
    {
        html.Write("<ul>\n");
        foreach (var item in items) html.Write($"<li>{Safe(item)}</li>\n");
        html.Write("</ul>\n");
    }

    private void Table(ReportTable table)
    {
        html.Write($"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{Safe(table.Words)}\"><table>\n<caption>{Safe(table.Words)}</caption>\n<thead><tr>");
        foreach (var (name, _) in table.Columns) html.Write($"<th scope=\"col\">{Safe(name)}</th>");
        html.Write("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Write($"<tr><th scope=\"row\">{Safe(row[0].InWords())}</th>");
            foreach (var cell in row.Skip(1)) html.Write($"<td>{Safe(cell.InWords() is { Length: > 0 } words ? words : "–")}</td>");
            html.Write("</tr>\n");
        }
        html.Write("</tbody>\n</table></div>\n");
    }

    /// <summary>A picture of what the table below says in numbers too.</summary>
    private void Bars(Block.Bars bars)
    {
        const int Left = 230, Full = 400, Tall = 16, Between = 12;
        var id = $"chart-{Digits(++charts)}";
        var row = (Tall * bars.Series.Count) + Between;
        html.Write($"<figure>\n<svg viewBox=\"0 0 {Digits(Left + Full + 50)} {Digits((row * bars.Categories.Count) + 4)}\" role=\"img\" aria-labelledby=\"{id}\" font-family=\"Arial,sans-serif\" font-size=\"13\"><title id=\"{id}\">{Safe(bars.Name)}. {Safe(bars.Words)}</title>\n");
        for (var at = 0; at <= 100; at += 25) html.Write($"<path d=\"M{Digits(Left + (Full * at / 100))} 0v{Digits(row * bars.Categories.Count)}\" stroke=\"#b1b4b6\" fill=\"none\"/>");
        for (var i = 0; i < bars.Categories.Count; i++)
        {
            var top = (i * row) + (Between / 2);
            html.Write($"\n<text x=\"{Digits(Left - 8)}\" y=\"{Digits(top + (row - Between) / 2 + 5)}\" text-anchor=\"end\">{Safe(Readiness.Shown.Start(bars.Categories[i], 34)!)}</text>");
            for (var x = 0; x < bars.Series.Count; x++)
            {
                if (bars.Series[x].Values[i] is not { } value) continue;
                var (y, width) = (top + (x * Tall), (Full * value / 100).ToString("0.##", CultureInfo.InvariantCulture));
                html.Write($"<rect x=\"{Digits(Left)}\" y=\"{Digits(y)}\" width=\"{width}\" height=\"{Digits(Tall - 2)}\" fill=\"#{WordParts.Colour(x)}\"/><text x=\"{((Full * value / 100) + Left + 6).ToString("0.##", CultureInfo.InvariantCulture)}\" y=\"{Digits(y + 12)}\">{Readiness.Shown.Score(value)}</text>");
            }
        }
        html.Write($"\n</svg>\n<figcaption>{Safe(bars.Name)}");
        if (bars.Series.Count > 1)
        {
            html.Write("<ul>");
            for (var x = 0; x < bars.Series.Count; x++) html.Write($"<li><svg class=\"key\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" fill=\"#{WordParts.Colour(x)}\"/></svg>{Safe(bars.Series[x].Name)}</li>");
            html.Write("</ul>");
        }
        html.Write("</figcaption>\n</figure>\n");
    }

    private static string Id(int number) => $"part-{Digits(number)}";

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Safe(string text) => HtmlText.Encoder.Encode(FileText.ForXml(text));
}

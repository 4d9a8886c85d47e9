using System.Text;
using System.Text.RegularExpressions;

namespace Rasp.Tests.Pages;

/// <summary>What holds for every page, whatever its state: every test that sees one checks it.</summary>
internal static partial class PageRules
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-(of the style that reports have)'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const int LargestPage = 100 * 1024;

    public static void Check(Visited page)
    {
        CheckHeaders(page.Headers, page.Path);
        if (!page.Headers.GetValueOrDefault("Content-Type", "").StartsWith("text/html", StringComparison.Ordinal)) return;
        var broken = Broken(page).ToList();
        Assert.True(broken.Count == 0, $"{page.Path} ({page.Status}): {string.Join("; ", broken)}.");
    }

    public static void CheckHeaders(IReadOnlyDictionary<string, string> headers, string path)
    {
        var expected = new Dictionary<string, string>
        {
            ["Content-Security-Policy"] = ContentSecurityPolicy,
            ["X-Content-Type-Options"] = "nosniff",
            ["X-Frame-Options"] = "DENY",
            ["Referrer-Policy"] = "no-referrer",
            ["Cross-Origin-Opener-Policy"] = "same-origin",
            ["Cross-Origin-Resource-Policy"] = "same-origin",
        };
        foreach (var (name, value) in expected)
        {
            var said = OneStyle().Replace(headers.GetValueOrDefault(name) ?? "", "'sha256-(of the style that reports have)'", 1);
            Assert.True(said == value, $"{path}: {name} should be “{value}”, is “{said}”.");
        }
        Assert.False(headers.ContainsKey("Server") || headers.ContainsKey("X-Powered-By"), $"{path} tells what serves it.");
    }

    private static IEnumerable<string> Broken(Visited page)
    {
        var document = page.Document;
        var isAtFault = document.QuerySelector(".govuk-error-summary") is not null;
        // What is made for paper may be longer.
        if (Encoding.UTF8.GetByteCount(page.Body) is var size and > LargestPage && !page.Path.Split('?')[0].EndsWith("/print", StringComparison.Ordinal)) yield return $"it has {size} bytes";
        if (document.DocumentElement.GetAttribute("lang") is not ("en" or "en-GB")) yield return "it says no language";
        if (document.Doctype is null) yield return "it has no doctype";
        var title = document.Title ?? "";
        if (!title.EndsWith(" – Rasp", StringComparison.Ordinal) && title != "Rasp: readiness for shared services" && title != "Error: Rasp: readiness for shared services") yield return $"its title is “{title}”";
        if (title.StartsWith("Error: ", StringComparison.Ordinal) != isAtFault) yield return $"its title is “{title}”, and it {(isAtFault ? "has" : "has no")} error summary";
        if (document.QuerySelectorAll("h1") is var headings && (headings.Length != 1 || page.Heading.Length == 0)) yield return $"it has {headings.Length} first headings, “{page.Heading}”";
        if (document.QuerySelectorAll("main").Length != 1) yield return "it has not one main part";

        var ids = document.All.Select(e => e.GetAttribute("id")).OfType<string>().ToList();
        foreach (var twice in ids.GroupBy(i => i).Where(g => g.Count() > 1)) yield return $"the id {twice.Key} stands {twice.Count()} times";
        var known = ids.ToHashSet();
        foreach (var element in document.All)
        {
            foreach (var name in (string[])["for", "aria-describedby", "aria-labelledby", "aria-controls"])
            {
                foreach (var id in (element.GetAttribute(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (!known.Contains(id)) yield return $"{name} of a {element.LocalName} names {id}, which is not there";
                }
            }
            if (element.LocalName == "a" && element.GetAttribute("href") is ['#', .. var fragment] && !known.Contains(fragment)) yield return $"a link leads to #{fragment}, which is not there";
            if (element.Attributes.Any(a => a.Name == "style" || a.Name.StartsWith("on", StringComparison.Ordinal))) yield return $"a {element.LocalName} has a style or a script of its own";
            // A report on paper is the file that can be sent: it has its style within, which the policy names by its hash.
            if ((element.LocalName == "style" && !page.Path.Split('?')[0].EndsWith("/report/print", StringComparison.Ordinal)) || (element.LocalName == "script" && !element.HasAttribute("src"))) yield return $"a {element.LocalName} stands in the page";
            if (element.LocalName is "input" or "select" or "textarea" && element.GetAttribute("type") != "hidden" && document.QuerySelector($"label[for='{element.Id}']") is null) yield return $"the field {element.GetAttribute("name")} has no label";
            if (element.LocalName is "link" or "script" or "img" && (element.GetAttribute("href") ?? element.GetAttribute("src") ?? "").Contains("//", StringComparison.Ordinal)) yield return $"a {element.LocalName} comes from another host";
        }
        foreach (var form in document.QuerySelectorAll("form[method=post]"))
        {
            if (form.QuerySelectorAll("input[name=__RequestVerificationToken]").Length != 1) yield return "a form has no token";
        }
    }

    [GeneratedRegex("'sha256-[A-Za-z0-9+/]{43}='")]
    private static partial Regex OneStyle();
}

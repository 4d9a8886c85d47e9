namespace Rasp.Tests.Pages;

/// <summary>Goes wherever a link leads, from the front page and from three open assessments on.</summary>
public sealed class LinkTests(ServedSite site)
{
    [Fact]
    public async Task Every_link_leads_somewhere_and_every_page_on_the_way_is_sound()
    {
        var pages = new Dictionary<string, Visited>();
        var waiting = new Queue<(string Path, string From)>();
        var seen = new HashSet<string>();
        var fragments = new List<(string Path, string Fragment, string From)>();
        foreach (var path in (string[])["/", site.Empty.Overview, site.Begun.Overview, site.Full.Overview]) Meet(path, "/");

        while (waiting.TryDequeue(out var next))
        {
            var page = await site.Visitor.GetAsync(next.Path);
            Assert.True(page.Status == 200, $"{next.Path} answers {page.Status}; {next.From} links there.");
            pages[next.Path] = page;
            foreach (var element in page.Document.QuerySelectorAll("a[href], link[href], script[src], img[src], form:not([method=post])[action]"))
            {
                Meet(element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action")!, next.Path);
            }
        }

        foreach (var (path, fragment, from) in fragments) Assert.True(pages[path].Document.GetElementById(fragment) is not null, $"{from} links to #{fragment} of {path}, which is not there.");
        var asked = site.Host.Instrument.InScope("deliver").Count();
        Assert.InRange(pages.Count, 3 * asked, 2000);

        void Meet(string link, string from)
        {
            if (link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith("http://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal)) return;
            if (link[0] is '#') return;
            link = new Uri(new Uri(site.Host.Url, from), link) is var absolute && absolute.Authority == site.Host.Url.Authority ? absolute.PathAndQuery + absolute.Fragment : throw new InvalidOperationException($"{from} links to {link}.");
            var (path, fragment) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, "");
            if (fragment.Length > 0) fragments.Add((path, fragment, from));
            if (seen.Add(path)) waiting.Enqueue((path, from));
        }
    }

    [Fact]
    public async Task Every_page_by_name_is_reached_by_the_links_that_code_uses()
    {
        string[] paths =
        [
            Links.Home, Links.Start, Links.Example, Links.OpenForm, Links.Help, Links.Privacy, Links.Accessibility, Links.Contact, Links.Open(site.Full.Secret),
            .. new Func<string, string>[] { Links.Assessment, Links.PrivateLink, Links.Details, Links.Results, Links.TakeAway, Links.Workbook, Links.Upload, Links.Questionnaire, Links.AnswersCsv, Links.ResultsJson, Links.Delete, Links.Close }.Select(l => l(site.Full.Reference)),
            Links.Question(site.Full.Reference, site.Host.Instrument.InScope("deliver").First()),
            .. new Func<string, string>[] { Links.Comparison, Links.ComparisonPrint, Links.ComparisonJson }.Select(l => l("example-2026-07")),
            Links.ComparedQuestion("example-2026-07", site.Host.Instrument.InScope("deliver").First()),
        ];
        foreach (var path in paths) Assert.Equal(200, (await site.Visitor.GetAsync(path)).Status);
    }
}

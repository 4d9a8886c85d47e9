using System.Net;

namespace Rasp.Tests.Pages;

/// <summary>Every page, in every state that a look can find it in. What holds for all of them is in <see cref="PageRules"/>, which each visit checks.</summary>
public sealed class PageTests(ServedSite site)
{
    public static readonly TheoryData<string, int, string> Pages = new()
    {
        { "/", 200, "How ready are you to share a service?" },
        { "/start", 200, "Start an assessment in confidence" },
        { "/open", 200, "Return by your private link" },
        { "/open?closed=true", 200, "Return by your private link" },
        { "/open/{secret}", 200, "Open your assessment" },
        { "/open/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 404, "This link opens nothing" },
        { "/open/short", 404, "This link opens nothing" },
        { "/example", 200, "Worked example" },
        { "/privacy", 200, "Privacy" },
        { "/accessibility", 200, "Accessibility" },
        { "/help", 200, "Help" },
        { "/contact", 200, "Contact" },
        { "/deleted", 200, "Everything is deleted" },
        { "/error", 200, "Sorry, something went wrong" },
        { "/status/400", 400, "Your form was not accepted" },
        { "/status/403", 403, "That did not work" },
        { "/status/404", 404, "Page not found" },
        { "/status/410", 410, "This assessment is no longer here" },
        { "/status/413", 413, "That was too much at once" },
        { "/status/429", 429, "Too many tries" },
        { "/status/200", 404, "Page not found" },
        { "/no-such-page", 404, "Page not found" },
        { "/assessments/nonsense", 404, "Page not found" },
        { "/assessments/{empty}", 200, "Our organisation" },
        { "/assessments/{begun}", 200, "Testshire Council" },
        { "/assessments/{full}", 200, "*" },
        { "/assessments/{empty}/link", 200, "*" },
        { "/assessments/{empty}/details", 200, "Change name, stage or role" },
        { "/assessments/{full}/details", 200, "Change name, stage or role" },
        { "/assessments/{empty}/questions/{first}", 200, "*" },
        { "/assessments/{full}/questions/{first}", 200, "*" },
        { "/assessments/{full}/questions/{last}", 200, "*" },
        { "/assessments/{full}/questions/a/b/c", 404, "Page not found" },
        { "/assessments/{empty}/results", 200, "Our organisation" },
        { "/assessments/{begun}/results", 200, "Testshire Council" },
        { "/assessments/{full}/results", 200, "*" },
        { "/assessments/{empty}/take-away", 200, "Take it away" },
        { "/assessments/{begun}/take-away", 200, "Take it away" },
        { "/assessments/{full}/take-away", 200, "Take it away" },
        { "/assessments/{empty}/delete", 200, "Delete everything" },
        { "/assessments/{full}/delete", 200, "Delete everything" },
        { "/assessments/{full}/close", 200, "*" },
        { "/assessments/example-aldermere-borough-council-2026-01", 200, "Aldermere Borough Council" },
        { "/assessments/example-aldermere-borough-council-2026-01/results", 200, "Aldermere Borough Council" },
        { "/assessments/example-draymouth-borough-council-2026-07/results", 200, "Draymouth Borough Council" },
        { "/assessments/example-brantlow-district-council-2026-07/questions/{first}", 200, "*" },
        { "/assessments/example-brantlow-district-council-2026-07/take-away", 200, "Take it away" },
        { "/assessments/example-brantlow-district-council-2026-07/details", 404, "Page not found" },
        { "/assessments/example-brantlow-district-council-2026-07/delete", 404, "Page not found" },
        { "/assessments/example-brantlow-district-council-2026-07/link", 404, "Page not found" },
        { "/assessments/example-no-such-council-2026-01", 404, "Page not found" },
        { "/comparisons/example-2026-01", 200, "Shared ICT service, January 2026" },
        { "/comparisons/example-2026-07", 200, "Shared ICT service, July 2026" },
        { "/comparisons/example-2026-07?page=2&in=governance", 200, "Shared ICT service, July 2026" },
        { "/comparisons/example-2026-07-as-calvershire", 200, "Shared ICT service, July 2026" },
        { "/comparisons/example-2026-07/print", 200, "Shared ICT service, July 2026" },
        { "/comparisons/example-2026-07-as-calvershire/print", 200, "Shared ICT service, July 2026" },
        { "/comparisons/example-2026-07/questions/{first}", 200, "*" },
        { "/comparisons/example-2026-07-as-brantlow/questions/{last}", 200, "*" },
    };

    public static readonly TheoryData<string> PrivatePaths =
        [.. Pages.Select(p => p.Data.Item1).Where(p => p.StartsWith("/open", StringComparison.Ordinal) || (p.Contains("/{", StringComparison.Ordinal) && !p.Contains("example", StringComparison.Ordinal))),
         "/assessments/{full}/answers.csv", "/assessments/{full}/results.json", "/assessments/{full}/report.docx", "/assessments/{full}/report.docx?kind=board"];

    [Theory, MemberData(nameof(Pages))]
    public async Task Each_page_comes_with_the_right_status_and_heading(string path, int status, string heading)
    {
        var page = await site.Visitor.GetAsync(site.Fill(path));
        Assert.Equal(status, page.Status);
        if (heading != "*") Assert.Equal(heading, page.Heading);
    }

    [Theory, MemberData(nameof(PrivatePaths))]
    public async Task A_page_that_only_its_holder_may_see_is_kept_nowhere(string path)
    {
        var page = await site.Visitor.GetAsync(site.Fill(path));
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("noindex, nofollow", page.Headers["X-Robots-Tag"]);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
    }

    [Fact]
    public async Task A_question_that_the_stage_does_not_ask_is_not_there()
    {
        var question = site.Host.Instrument.Questions.First(q => !q.IsAskedAt("deliver"));
        Assert.Equal(404, (await site.Visitor.GetAsync(site.Full.Question(question))).Status);
    }

    [Fact]
    public async Task A_page_can_be_asked_for_without_its_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/privacy");
        using var response = await site.Visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Without_an_address_to_ask_the_contact_page_says_so_and_with_one_it_links_to_it()
    {
        Assert.Equal("mailto:rasp@example.gov.uk", (await site.Visitor.GetAsync(Links.Contact)).Link("rasp@example.gov.uk"));

        await using var silent = await RaspHost.StartAsync();
        var page = await silent.NewVisitor().GetAsync(Links.Contact);
        Assert.Contains("has not given an address", page.Words, StringComparison.Ordinal);
        Assert.Contains("RASP_CONTACT", page.Words, StringComparison.Ordinal);

        await using var web = await RaspHost.StartAsync(with: s => s with { Contact = "https://example.gov.uk/rasp?a=1&b=2" });
        Assert.Equal("https://example.gov.uk/rasp?a=1&b=2", (await web.NewVisitor().GetAsync(Links.Contact)).Link("https://example.gov.uk/rasp?a=1&b=2"));
    }

    [Fact]
    public async Task Links_begin_with_the_public_address_whatever_host_the_request_named()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/start");
        request.Headers.Host = "evil.example.com";
        using var form = await site.Visitor.SendAsync(request);
        Assert.DoesNotContain("evil", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var visitor = site.Host.NewVisitor();
        var start = await visitor.GetAsync(Links.Start);
        using var post = new HttpRequestMessage(HttpMethod.Post, Links.Start)
        {
            Content = new FormUrlEncodedContent(Visitor.Filled(start.Form("Start"), ("Details.Stage", "run"), ("Details.Role", "legal"))),
        };
        post.Headers.Host = "evil.example.com";
        using var started = await visitor.SendAsync(post);
        Assert.False(started.Headers.Location!.IsAbsoluteUri && started.Headers.Location.Scheme == "http");
        var link = await visitor.GetAsync(started.Headers.Location.OriginalString);
        Assert.StartsWith($"{RaspHost.PublicUrl}open/", link.Document.QuerySelector("#link")!.GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Served_under_https_cookies_are_secure_and_the_browser_is_told_to_stay_there()
    {
        await using var host = await RaspHost.StartAsync(with: s => s with { Url = new("https://rasp.example.gov.uk") });
        using var request = new HttpRequestMessage(HttpMethod.Get, Links.Start);
        request.Headers.Host = "rasp.example.gov.uk"; // as a proxy passes it on, over plain HTTP
        using var response = await host.NewVisitor().SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("max-age=", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.All(response.Headers.GetValues("Set-Cookie"), c => Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_of_other_sites_and_go_with_the_browser()
    {
        var visitor = site.Host.NewVisitor();
        var start = await visitor.GetAsync(Links.Start);
        using var post = new HttpRequestMessage(HttpMethod.Post, Links.Start)
        {
            Content = new FormUrlEncodedContent(Visitor.Filled(start.Form("Start"), ("Details.Stage", "run"), ("Details.Role", "legal"))),
        };
        using var started = await visitor.SendAsync(post);
        var set = started.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(["rasp-link", "rasp-once"], set.Select(c => c.Split('=')[0]).Order());
        Assert.All(set, c => Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(set, c => Assert.Matches("; samesite=(lax|strict)", c.ToLowerInvariant()));
        Assert.All(set, c => Assert.DoesNotContain("expires", c, StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"; path={started.Headers.Location!.OriginalString[..^"/link".Length]};", set.Single(c => c.StartsWith("rasp-link=", StringComparison.Ordinal)) + ";", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_private_link_is_shown_once()
    {
        var visitor = site.Host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var again = await visitor.GetAsync(Links.PrivateLink(assessment.Reference));
        Assert.Equal("Your private link", again.Heading);
        Assert.DoesNotContain(assessment.Secret, again.Body, StringComparison.Ordinal);
    }
}

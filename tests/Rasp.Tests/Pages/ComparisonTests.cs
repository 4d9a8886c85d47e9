using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Rasp.Comparisons;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Pages;

/// <summary>Partners side by side: what the pages say against what the core says, and nothing of what is withheld.</summary>
public sealed class ComparisonTests(ServedSite site)
{
    private const string July = "example-2026-07";
    private const string Mixed = "example-2026-07-as-brantlow";

    private Comparison Compared => Example(July).Shared.Questions!;

    [Fact]
    public async Task Questions_stand_by_priority_with_their_category_and_each_partners_level()
    {
        var page = await site.Visitor.GetAsync(Links.Comparison(July));
        var rows = page.Document.QuerySelectorAll(".rasp-talk__item");
        var expected = Compared.Questions.Take(rows.Length).ToList();
        Assert.Equal(15, rows.Length);
        Assert.Equal(expected.Select(q => q.Question.Text), rows.Select(r => r.QuerySelector("h3 a")!.TextContent));
        Assert.Equal(expected.Select(Because.Heading), rows.Select(r => r.QuerySelector(".rasp-kind")!.TextContent));
        Assert.Equal(
            expected.Select(q => string.Join(' ', q.Answers.Select(a => $"{a.Result.Answer.Choice}".Replace("dk", "?", StringComparison.Ordinal)))),
            rows.Select(r => string.Join(' ', r.QuerySelectorAll(".rasp-tile").Select(t => t.FirstChild!.TextContent))));
        Assert.Equal(expected.Select(q => q.RedLinesClash), rows.Select(r => r.QuerySelector(".rasp-kind--clash") is not null));
    }

    [Fact]
    public async Task Every_compared_question_is_on_one_of_the_pages_and_leads_to_its_own()
    {
        var (found, path) = (new List<string>(), Links.Comparison(July));
        while (true)
        {
            var page = await site.Visitor.GetAsync(path);
            found.AddRange(page.Document.QuerySelectorAll(".rasp-talk__item h3 a").Select(a => a.GetAttribute("href")!));
            if (page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href") is not { } next) break;
            path = next.Split('#')[0];
        }
        Assert.Equal(Compared.Questions.Select(q => Links.ComparedQuestion(July, q.Question)), found);
        foreach (var (link, question) in found.Zip(Compared.Questions)) Assert.Equal(question.Question.Text, (await site.Visitor.GetAsync(link)).Heading);
    }

    [Fact]
    public async Task The_grid_has_each_partners_score_and_band_in_each_area_and_the_floor_of_all()
    {
        var shared = Example(July).Shared;
        var rows = (await site.Visitor.GetAsync(Links.Comparison(July))).Document.QuerySelectorAll(".rasp-grid tbody tr");
        Assert.Equal(shared.Partners.Count + 1, rows.Length);
        foreach (var (partner, row) in shared.Partners.Zip(rows))
        {
            Assert.Contains(partner.Organisation, row.TextContent, StringComparison.Ordinal);
            Assert.Equal(
                partner.Areas.Select(a => $"{Readiness.Shown.Score(a.Result.Score.Value!.Value)} {a.Result.Band!.Name}"),
                row.QuerySelectorAll("td").Select(c => $"{c.QuerySelector(".rasp-grid__score")!.TextContent} {c.QuerySelector(".rasp-band")!.TextContent}"));
        }
        Assert.Equal(shared.Questions!.Floors.Select(f => Readiness.Shown.Score(f.Score!.Value)), rows[^1].QuerySelectorAll(".rasp-grid__score").Select(s => s.TextContent));
    }

    [Theory]
    [InlineData("category=difference")]
    [InlineData("category=show-stopper")]
    [InlineData("in=governance")]
    [InlineData("in=governance.legal-basis")]
    [InlineData("role=finance")]
    [InlineData("in=shared-vision&category=difference&role=programme-manager")]
    [InlineData("in=nowhere&category=none&role=nobody")]
    public async Task A_filter_stands_in_the_address_and_lets_through_what_it_says(string query)
    {
        var parts = query.Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        bool Is(string part, Func<string, bool> holds) => !parts.TryGetValue(part, out var value) || value is "nowhere" or "none" or "nobody" || holds(value);
        var expected = Compared.Questions.Where(q =>
            Is("in", i => $"{q.Question.Key}.".StartsWith($"{i}.", StringComparison.Ordinal))
            && Is("category", c => q.Category.Word() == c)
            && Is("role", r => q.Question.Roles.Count == 0 || q.Question.Roles.Contains(r))).ToList();
        Assert.NotEmpty(expected);

        var page = await site.Visitor.GetAsync($"{Links.Comparison(July)}?{query}");
        var links = page.Document.QuerySelectorAll(".rasp-talk__item h3 a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(expected.Take(15).Select(q => Links.ComparedQuestion(July, q.Question)), links.Select(l => l.Split('?')[0]));
        if (expected.Count == Compared.Questions.Count) return;
        Assert.Contains($"{expected.Count} question{(expected.Count == 1 ? "" : "s")} of {Compared.Questions.Count}", page.Words, StringComparison.Ordinal);

        // From question to question within the filter, and back to it.
        var question = await site.Visitor.GetAsync(links[0]);
        Assert.Equal(links.ElementAtOrDefault(1), question.Document.QuerySelector("a[rel=next]")?.GetAttribute("href"));
        Assert.Null(question.Document.QuerySelector("a[rel=prev]"));
        Assert.Equal($"{Links.Comparison(July)}?{query}#talk", question.Link("Back to the comparison"));
    }

    [Fact]
    public async Task The_form_sends_what_the_filter_reads()
    {
        var page = await site.Visitor.GetAsync($"{Links.Comparison(July)}?in=governance.legal-basis&category=mixed&role=legal");
        Assert.Equal(("governance.legal-basis", "mixed", "legal"), (page.Field("in"), page.Field("category"), page.Field("role")));
        Assert.Equal("get", page.Form("Show these").Method);
    }

    [Fact]
    public async Task A_filter_that_lets_nothing_through_says_so_and_leads_back()
    {
        var page = await site.Visitor.GetAsync($"{Links.Comparison(July)}?in=shared-vision&category=show-stopper");
        Assert.Contains("No question is like that", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll(".rasp-talk__item"));
        Assert.Equal($"{Links.Comparison(July)}#talk", page.Link("Show all of them"));
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("-1", 1)]
    [InlineData("x", 1)]
    [InlineData("2", 16)]
    [InlineData("999999999999", 1)]
    [InlineData("99", 76)]
    public async Task A_part_that_is_not_there_is_the_nearest_one(string part, int first)
    {
        var page = await site.Visitor.GetAsync($"{Links.Comparison(July)}?page={part}");
        Assert.Equal(first.ToString(CultureInfo.InvariantCulture), page.Document.QuerySelector(".rasp-talk__number")!.TextContent);
    }

    [Fact]
    public async Task A_question_shows_the_level_of_each_the_words_where_red_lines_meet_and_what_to_do()
    {
        var clash = Compared.Questions.Single(q => q.RedLinesClash);
        var page = await site.Visitor.GetAsync(Links.ComparedQuestion(July, clash.Question));
        foreach (var (organisation, result) in clash.Answers)
        {
            Assert.Contains(page.Document.QuerySelectorAll(".rasp-levels__item--taken"), l =>
                l.TextContent.Contains(organisation, StringComparison.Ordinal) && l.TextContent.Contains(clash.Question.Levels[result.Level!.Value - 1], StringComparison.Ordinal));
        }
        Assert.Contains("Where red lines meet", page.Words, StringComparison.Ordinal);
        Assert.Contains("Still a red line, but on 24 June", page.Words, StringComparison.Ordinal);
        Assert.Contains("The new cabinet has taken over the pledge", page.Words, StringComparison.Ordinal);
        Assert.Contains(clash.Question.Why!, page.Words, StringComparison.Ordinal);
        Assert.Contains(Suggestions.For(clash.Answers[0].Result)[0].Do, page.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/comparisons/nonsense")]
    [InlineData("/comparisons/example-2026-02")]
    [InlineData("/comparisons/example-2026-07-as-draymouth")]
    [InlineData("/comparisons/nonsense/print")]
    [InlineData("/comparisons/nonsense/results.json")]
    [InlineData("/comparisons/nonsense/report.docx")]
    [InlineData("/comparisons/nonsense/questions/shared-vision/buy-in/staff-know-why")]
    [InlineData("/comparisons/example-2026-07/questions/a/b/c")]
    [InlineData("/comparisons/example-2026-07-as-calvershire/questions/shared-vision/buy-in/staff-know-why")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.Equal(404, (await site.Visitor.GetAsync(path)).Status);

    [Fact]
    public async Task A_question_that_the_rounds_stage_does_not_ask_is_not_found()
    {
        var question = site.Host.Instrument.Questions.First(q => !q.IsAskedAt("deliver"));
        Assert.Equal(404, (await site.Visitor.GetAsync(Links.ComparedQuestion(July, question))).Status);
    }

    [Fact]
    public async Task A_partner_that_shows_areas_alone_is_withheld_beyond_them_and_the_page_says_on_whom_it_rests()
    {
        var page = await site.Visitor.GetAsync(Links.Comparison(Mixed));
        Assert.Contains("rests on Aldermere Borough Council and Brantlow District Council", page.Words, StringComparison.Ordinal);
        Assert.Contains("Calvershire Council shows areas alone here", page.Words, StringComparison.Ordinal);
        Assert.All(page.Document.QuerySelectorAll(".rasp-levels-of"), l => Assert.Equal("× Withheld Calvershire", Words(l.Children[^1])));
        var question = await site.Visitor.GetAsync(page.Document.QuerySelector(".rasp-talk__item h3 a")!.GetAttribute("href")!);
        Assert.Equal("× Calvershire Council Withheld", Words(question.Document.QuerySelector(".rasp-said__one:last-child")!));
    }

    [Fact]
    public async Task Whoever_shows_areas_alone_sees_areas_alone_and_is_told_why()
    {
        var page = await site.Visitor.GetAsync(Links.Comparison("example-2026-07-as-calvershire"));
        Assert.Contains("Why there are no questions here", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll(".rasp-talk__item, form"));
        Assert.Equal(3, page.Document.QuerySelectorAll(".rasp-grid tbody tr").Length);
    }

    [Fact]
    public async Task Nothing_that_pages_or_files_say_depends_on_what_is_withheld()
    {
        // At depth areas, two answers change places that count alike; at depth nothing, everything is another.
        var calver = MadeUpPartners.Sheet("Calver", 3);
        var (one, other) = TwoThatCountAlike(calver);
        var swapped = calver with { Agreed = new Dictionary<string, Answer>(calver.Agreed) { [one] = calver.Agreed[other], [other] = calver.Agreed[one] } };
        Assert.Equal(await AllAsync(calver, 4), await AllAsync(swapped, 5));

        static async Task<string> AllAsync(AnswerSheet atAreas, int seedOfSealed)
        {
            var open = MadeUpPartners.Open(
                "round", MadeUpPartners.Release("Alder", 1), MadeUpPartners.Release("Brant", 2, Depth.Questions), MadeUpPartners.Release(atAreas, Depth.Areas),
                MadeUpPartners.Release("Dray", seedOfSealed, Depth.Nothing), MadeUpPartners.Release("Else", seedOfSealed + 10, Depth.Nothing) with { IsWithdrawn = true });
            await using var host = await RaspHost.StartAsync(comparisons: [open]);
            var visitor = host.NewVisitor();
            var all = new StringBuilder();
            foreach (var path in (string[])
                [
                    Links.Comparison("round"), Links.Comparison("round") + "?page=2", Links.Comparison("round") + "?category=difference", Links.ComparisonPrint("round"), Links.ComparisonJson("round"),
                    .. MadeUpPartners.Asked.Select(q => Links.ComparedQuestion("round", q)),
                ])
            {
                var page = await visitor.GetAsync(path);
                all.AppendLine(CultureInfo.InvariantCulture, $"{page.Status} {path}").AppendLine(page.Body);
            }
            var said = all.ToString();
            Assert.DoesNotContain("of Calver on", said, StringComparison.Ordinal);
            Assert.DoesNotContain("of Brant on", said, StringComparison.Ordinal);
            Assert.DoesNotContain("of Dray on", said, StringComparison.Ordinal);
            Assert.Contains("of Alder on", said, StringComparison.Ordinal);
            Assert.Contains("Withdrawn", said, StringComparison.Ordinal);
            return said;
        }
    }

    [Fact]
    public async Task Where_everything_is_withheld_there_is_a_page_that_says_so()
    {
        await using var host = await RaspHost.StartAsync(comparisons:
            [MadeUpPartners.Open("round", MadeUpPartners.Release("Alder", 1, Depth.Nothing), MadeUpPartners.Release("Brant", 2, Depth.Nothing) with { IsWithdrawn = true })]);
        var page = await host.NewVisitor().GetAsync(Links.Comparison("round"));
        Assert.Equal(200, page.Status);
        Assert.Contains("There is nothing to lay side by side yet", page.Words, StringComparison.Ordinal);
        Assert.Contains("Brant has withdrawn what it showed", page.Words, StringComparison.Ordinal);
        Assert.Equal(200, (await host.NewVisitor().GetAsync(Links.ComparisonPrint("round"))).Status);
    }

    [Fact]
    public async Task Twelve_partners_with_long_names_fit_in_a_page()
    {
        await using var host = await RaspHost.StartAsync(comparisons: [MadeUpPartners.OfTwelve("round")]);
        var visitor = host.NewVisitor();
        // Each visit checks the size.
        var page = await visitor.GetAsync(Links.Comparison("round"));
        Assert.Equal(12, page.Document.QuerySelectorAll(".rasp-talk__item:first-child .rasp-tile").Length);
        Assert.Equal(12, page.Document.QuerySelectorAll(".rasp-letters li").Length);
        Assert.Equal(200, (await visitor.GetAsync(Links.Comparison("round") + "?page=2")).Status);
        foreach (var question in MadeUpPartners.Asked.Take(5)) Assert.Equal(200, (await visitor.GetAsync(Links.ComparedQuestion("round", question))).Status);
        Assert.Equal(200, (await visitor.GetAsync(Links.ComparisonPrint("round"))).Status);
    }

    [Fact]
    public async Task Paper_has_every_compared_question_and_the_words_beside_those_worth_talking_about()
    {
        var page = await site.Visitor.GetAsync(Links.ComparisonPrint(July));
        Assert.Equal(
            Compared.Questions.Select(q => q.Question.Text).Order(StringComparer.Ordinal),
            page.Document.QuerySelectorAll(".rasp-talk .rasp-talk__title").Select(t => t.LastChild!.TextContent.Trim()).Order(StringComparer.Ordinal));
        var shared = Example(July).Shared;
        foreach (var one in Compared.Questions.Where(ComparisonView.IsToTalkAbout))
        {
            foreach (var note in shared.Partners.Select(p => p.Notes.GetValueOrDefault(one.Question.Key)?.Note).OfType<string>()) Assert.Contains(note, page.Words, StringComparison.Ordinal);
        }
        Assert.Contains("Calvershire", (await site.Visitor.GetAsync(Links.ComparisonPrint(July) + "?in=governance")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_says_each_depth_and_leaves_out_what_is_withheld()
    {
        using var response = await site.Visitor.SendAsync(new(HttpMethod.Get, Links.ComparisonJson(Mixed)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var assessments = document["assessments"]!.AsArray();
        Assert.Equal(["questions", "everything", "areas"], assessments.Select(a => (string)a!["depth"]!));
        Assert.Null(assessments[2]!["questions"]);
        Assert.Equal(["Aldermere Borough Council", "Brantlow District Council"], document["comparisons"]![0]!["organisations"]!.AsArray().Select(o => (string)o!));
    }

    [Fact]
    public async Task The_example_leads_to_its_comparisons_and_each_view_to_the_others()
    {
        var example = await site.Visitor.GetAsync(Links.Example);
        Assert.Equal(Links.Comparison("example-2026-01"), example.Link("Compare the three councils in 2026-01"));
        Assert.Equal(Links.Comparison(July), example.Link("Compare the three councils in 2026-07"));
        var views = (await site.Visitor.GetAsync(Links.Comparison(Mixed))).Document.QuerySelectorAll(".rasp-views__link").ToList();
        Assert.Equal([July, "example-2026-07-as-aldermere", Mixed, "example-2026-07-as-calvershire"], views.Select(v => v.GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal("page", views[2].GetAttribute("aria-current"));
    }

    private OpenComparison Example(string reference) => ((ComparedExamples)site.Host.Services.GetService(typeof(ComparedExamples))!).Find(reference)!;

    /// <summary>Two questions of one area with the same weight and no gate, differently answered.</summary>
    private static (string One, string Other) TwoThatCountAlike(AnswerSheet sheet)
    {
        foreach (var one in MadeUpPartners.Asked)
        {
            var other = MadeUpPartners.Asked.FirstOrDefault(q => q.Area == one.Area && q.Weight.Equals(one.Weight) && q.Gate is null && one.Gate is null
                && sheet.Agreed[q.Key].Choice.Level is { } level && sheet.Agreed[one.Key].Choice.Level is { } first && first != level);
            if (other is not null) return (one.Key, other.Key);
        }
        throw new InvalidOperationException("There are none.");
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data.Joinings;
using Rasp.Joinings;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Joinings;

/// <summary>What the pages of joining say, and to whom they are not there.</summary>
public sealed class FitPageTests
{
    [Fact]
    public async Task The_examples_fit_is_reached_from_the_example_and_says_what_the_core_says()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var example = await visitor.GetAsync(Links.Example);
        var page = await visitor.GetAsync(example.Link("See how Draymouth Borough Council would fit"));
        var fit = host.Services.GetRequiredService<FittedExamples>().Find("example-2026-07")!.Fit.Fit!;
        Assert.Equal(fit.CandidateGates.Select(q => q.Text), page.Document.QuerySelectorAll(".rasp-talk__title").Take(fit.CandidateGates.Count).Select(t => t.TextContent.Trim()));
        foreach (var question in fit.MemberGates) Assert.Contains(question.Text, page.Words, StringComparison.Ordinal);
        Assert.Equal(fit.Questions.Count, page.Document.QuerySelectorAll("#questions ~ table tbody tr").Length);
        foreach (var area in fit.Areas.Where(a => a.FloorAfter is not null)) Assert.Contains(Readiness.Shown.Score(area.FloorAfter!.Value), page.Words, StringComparison.Ordinal);
        var below = await visitor.GetAsync(Links.Fit("example-2026-07") + "?kind=below&in=nonsense");
        Assert.Equal(fit.Questions.Count(q => q.Kind == Readiness.Scoring.FitKind.Below), below.Document.QuerySelectorAll("#questions ~ table tbody tr").Length);
        Assert.Equal(404, (await visitor.GetAsync(Links.Fit("example-2026-01"))).Status);
        Assert.Equal(404, (await visitor.GetAsync(Links.Fit("nonsense"))).Status);
    }

    /// <summary>Protects a large partnership: its fit fits in a page, and does not keep people waiting.</summary>
    [Fact]
    public async Task Twelve_members_with_long_names_fit_in_a_page_within_150_ms()
    {
        await using var host = await RaspHost.StartAsync();
        var members = await Consortium.RevealedAsync(host, [.. Enumerable.Range(1, 12).Select(i => ($"Llanfair{i.ToString(CultureInfo.InvariantCulture)}MetropolitanBoroughWithTheTownsAndParishes", Depth.Everything))]);
        var candidate = await Candidacy.BeginAsync(members, "Dyfed");
        await candidate.AnswerAsync(2, most: 90);
        await candidate.SealAsync(Depth.Everything);
        foreach (var member in members.Councils.Take(12)) await candidate.ChooseAsync(member, Depth.Everything);
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@dyfed.gov.uk");
        var path = Links.Fit($"{candidate.Round:N}");
        // Each visit checks the size.
        Assert.Equal(200, (await lead.GetAsync(path)).Status);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            var begun = Stopwatch.GetTimestamp();
            using var response = await lead.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            var took = Stopwatch.GetElapsedTime(begun);
            if (took < best) best = took;
        }
        Assert.True(best < TimeSpan.FromMilliseconds(150), $"It took {best.TotalMilliseconds:0} ms.");
    }

    /// <summary>Protects depth: where areas alone are shown, the page says so and holds no question; and everybody's reading stands in the trail of those who were read.</summary>
    [Theory, Engines]
    public async Task At_areas_there_is_no_question_and_the_page_says_what_is_withheld(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything));
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        await dyfed.AnswerAsync(2, most: 90);
        await dyfed.SealAsync(Depth.Questions);
        await dyfed.ChooseAsync(members[0], Depth.Areas);
        await dyfed.ChooseAsync(members[1], Depth.Nothing);
        var (candidate, powys, stranger) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await candidate.SignInAsync(host, "lead@dyfed.gov.uk");
        await powys.SignInAsync(host, "lead@powys.gov.uk");
        await stranger.SignInAsync(host, "stranger@example.org");
        var path = Links.Fit($"{dyfed.Round:N}");
        var page = await candidate.GetAsync(path);
        Assert.Contains("Powys shows areas alone here. Torfaen shows nothing here.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Why there are no questions here", page.Words, StringComparison.Ordinal);
        foreach (var question in host.Instrument.Questions) Assert.DoesNotContain(question.Text, page.Words, StringComparison.Ordinal);
        Assert.Contains("Dyfed shows areas alone here", (await powys.GetAsync(path)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await stranger.GetAsync(path)).Status);
        Assert.Equal(404, (await candidate.GetAsync(Links.Candidates(members.Programme))).Status);
        foreach (var closed in new[] { Links.ProgrammeClose(members.Programme), Links.ProgrammeRound(members.Programme), Links.ProgrammeInvite(members.Programme), Links.CandidateInvite(members.Programme), Links.Comparison($"{members.Round:N}"), Links.RoundSeals(members.Round), Links.JoiningMember(dyfed.Round, members[0].Id) })
        {
            Assert.Equal(404, (await candidate.GetAsync(closed)).Status);
        }
        // Dyfed was shown Powys; Powys was shown Dyfed, and Torfaen as in their own round.
        Assert.Equal(3, (await host.TrailAsync()).Count(k => k == "FitRead"));
        Assert.Contains("Somebody of Dyfed was shown how an organisation would fit", (await powys.GetAsync(Links.OrganisationTrail(members[0].Id))).Words, StringComparison.Ordinal);
    }

    /// <summary>Protects what was typed, and the record from what can't be.</summary>
    [Theory, Engines]
    public async Task What_is_wrong_with_a_record_is_said_and_nothing_is_lost(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var members = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything));
        var dyfed = await Candidacy.BeginAsync(members, "Dyfed");
        var (powys, candidate) = (host.NewVisitor(), host.NewVisitor());
        await powys.SignInAsync(host, "lead@powys.gov.uk");
        await candidate.SignInAsync(host, "lead@dyfed.gov.uk");
        var page = await powys.GetAsync(Links.JoiningOutcome(dyfed.Round));
        Assert.DoesNotContain("It has joined", page.Words, StringComparison.Ordinal);
        var note = new StringBuilder().Insert(0, "We ask again. ", 100).ToString();
        page = await powys.SubmitAsync(page, "Record it", ("Note", note));
        Assert.Equal(400, page.Status);
        Assert.Contains("Select how it ends", page.Words, StringComparison.Ordinal);
        Assert.Contains("must be 1,000 characters or fewer", page.Words, StringComparison.Ordinal);
        Assert.Equal(note.Trim(), page.Field("Note")!.Trim());
        Assert.Equal(400, (await powys.ForgeAsync(page, "Record it", ("End", "joined"), ("Note", "x"))).Status);
        Assert.Equal(400, (await powys.ForgeAsync(page, "Record it", ("End", "withdrawn"), ("Note", "x"))).Status);
        page = await candidate.SubmitAsync(await candidate.GetAsync(Links.JoiningOutcome(dyfed.Round)), "Record it", ("End", "withdrawn"), ("Note", "Too soon"));
        Assert.Contains("Dyfed no longer asks to join", page.Words, StringComparison.Ordinal);
        Assert.Contains("Too soon", (await powys.GetAsync(Links.Joining(dyfed.Round))).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await powys.GetAsync(Links.JoiningOutcome(dyfed.Round))).Status);
        Assert.Equal(JoiningEnd.Withdrawn, (await dyfed.ViewAsync(members[0].Lead))!.Joining!.Outcome!.End);
        Assert.Equal(404, (await candidate.GetAsync(Links.Fit($"{dyfed.Round:N}"))).Status);
        foreach (var (reader, of) in new[] { (powys, members[0]), (candidate, dyfed.Council) })
        {
            Assert.Contains("recorded that an organisation no longer asks to join", (await reader.GetAsync(Links.OrganisationTrail(of.Id))).Words, StringComparison.Ordinal);
        }
    }
}

using System.Diagnostics;
using Rasp.Data.Programmes;
using Rasp.Readiness;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Trails;

/// <summary>What leads and facilitators read of seals and of the trail, and that nobody else does.</summary>
public sealed class SealAndTrailPageTests
{
    [Theory, Engines]
    public async Task Seals_are_verified_and_downloaded_by_those_who_took_part_and_by_nobody_else(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Everything));
        var path = Links.RoundSeals(consortium.Round);
        var (lead, stranger, nobody) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await lead.SignInAsync(host, "lead@powys.gov.uk");
        await stranger.SignInAsync(host, "stranger@example.org");

        var seals = await lead.GetAsync(path);
        Assert.Equal(("Seals", 200), (seals.Heading, seals.Status));
        Assert.Contains("Torfaen Seal 1, of 24 November 2026", seals.Words, StringComparison.Ordinal);
        Assert.Contains("Holds What you see is what was sealed. You see its areas, levels, stances and findings.", seals.Words, StringComparison.Ordinal);
        Assert.Contains("since it is your own", seals.Words, StringComparison.Ordinal);
        var commitments = (await consortium.RoundAsync()).Parts.Single(p => p.Name == "Torfaen").Commitments!;
        Assert.All([commitments.Areas, commitments.Questions, commitments.Everything], c => Assert.Contains(c, seals.Body, StringComparison.Ordinal));

        var link = seals.Link("Download the seal number 1 of Torfaen");
        var downloaded = await lead.GetAsync(link);
        var file = SealFile.Read(new SourceFile("seal.json", System.Text.Encoding.UTF8.GetBytes(downloaded.Body))).Value!;
        Assert.Equal(("Torfaen", Depth.Questions, commitments.Questions), (file.Organisation, file.Depth, file.Commitment));
        Assert.DoesNotContain("note of Torfaen", downloaded.Body, StringComparison.Ordinal);
        Assert.Contains("no-store", downloaded.Headers["Cache-Control"], StringComparison.Ordinal);

        foreach (var door in (string[])[path, link])
        {
            Assert.Equal(404, (await stranger.GetAsync(door)).Status);
            Assert.Equal("Sign in", (await nobody.GetAsync(door)).Heading);
        }
        Assert.Equal(404, (await lead.GetAsync(Links.SealFile(consortium.Round, consortium[1].Id, 2))).Status);
        Assert.Equal(404, (await lead.GetAsync(Links.RoundSeals(Guid.NewGuid()))).Status);
        await consortium.WithdrawAsync(consortium[1]);
        Assert.Equal(404, (await lead.GetAsync(link)).Status);
        Assert.Contains("It shows you nothing, so there is nothing to verify.", (await lead.GetAsync(path)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_reveal_there_are_no_seals_to_verify_and_what_was_changed_is_broken_after_it()
    {
        await using var host = await RaspHost.StartAsync();
        var consortium = await Consortium.WithRoundAsync(host, "Powys", "Torfaen");
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");
        await consortium.AnswerAsync(consortium[0], 3);
        await consortium.SealAsync(consortium[0], Depth.Everything);
        Assert.Equal(404, (await lead.GetAsync(Links.RoundSeals(consortium.Round))).Status);
        Assert.Equal(404, (await lead.GetAsync(Links.SealFile(consortium.Round, consortium[0].Id, 1))).Status);
        await consortium.AnswerAsync(consortium[1], 3);
        await consortium.SealAsync(consortium[1], Depth.Everything);

        await host.QueryAsync<int>("""UPDATE "Seals" SET "EverythingDocument" = replace("EverythingDocument", '"answer":"3"', '"answer":"4"')""");
        Assert.Contains("Broken What is stored is not what was sealed.", (await lead.GetAsync(Links.RoundSeals(consortium.Round))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_downloaded_seal_is_checked_by_hand_as_the_page_says()
    {
        await using var host = await RaspHost.StartAsync();
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything));
        var file = (await consortium.SealsAsync(consortium[0].Lead))!.Seals[1].File!;
        // What the page's line does with jq, xxd and sha256sum; sha256sum alone is everywhere.
        using var folder = new TemporaryFolder();
        var bytes = Path.Combine(folder.Path, "bytes");
        await File.WriteAllBytesAsync(bytes, [.. Convert.FromHexString(file.Salt), .. System.Text.Encoding.UTF8.GetBytes(file.Document)]);
        using var process = Process.Start(new ProcessStartInfo("sha256sum", [bytes]) { RedirectStandardOutput = true })!;
        Assert.StartsWith(file.Commitment, await process.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task A_lead_reads_in_the_trail_who_was_shown_what_once_an_hour(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Areas));
        await consortium.FacilitatorAsync("adviser@example.org");
        var (powys, torfaen, adviser) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await powys.SignInAsync(host, "lead@powys.gov.uk");
        await torfaen.SignInAsync(host, "lead@torfaen.gov.uk");
        await adviser.SignInAsync(host, "adviser@example.org");
        var round = consortium.Round.ToString("N");

        for (var i = 0; i < 3; i++)
        {
            await torfaen.GetAsync(Links.Comparison(round));
            await torfaen.GetAsync(Links.RoundSeals(consortium.Round));
            await torfaen.GetAsync(Links.ComparisonJson(round));
            await adviser.GetAsync(Links.Comparison(round));
        }
        Assert.Equal(
            [
                "adviser@example.org was shown the comparison of One waste service, with what this organisation shows",
                "Somebody of Torfaen downloaded the comparison of One waste service, with what this organisation shows",
                "Somebody of Torfaen was shown the seals of One waste service, with what this organisation shows",
                "Somebody of Torfaen was shown the comparison of One waste service, with what this organisation shows",
                "adviser@example.org became facilitator of One waste service",
            ],
            (await LinesAsync()).Take(5));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await torfaen.GetAsync(Links.Comparison(round));
        Assert.Equal(2, (await LinesAsync()).Count(l => l.Contains("Torfaen was shown the comparison", StringComparison.Ordinal)));
        // What one looks at of one's own is nobody's reading; partners' people stay without a name.
        Assert.DoesNotContain(await LinesAsync(), l => l.Contains("lead@torfaen", StringComparison.Ordinal) || l.StartsWith("lead@powys.gov.uk was shown", StringComparison.Ordinal));
        Assert.Contains(await LinesAsync(), l => l.StartsWith("lead@powys.gov.uk sealed what the organisation answered in One waste service, to show its areas, levels, stances and findings. Seal: ", StringComparison.Ordinal));
        Assert.Contains("Rasp opened the round of One waste service: partners see its areas, levels, stances and findings, as far as they show it themselves", await LinesAsync());
        Assert.Null((await host.VerifyTrailAsync()).Fault);

        async Task<List<string>> LinesAsync() => [.. (await powys.GetAsync(Links.OrganisationTrail(consortium[0].Id))).Document.QuerySelectorAll("dd").Select(d => d.TextContent)];
    }

    [Theory, Engines]
    public async Task The_trail_is_read_by_leads_alone_page_by_page_and_erased_names_are_gone(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var consortium = await Consortium.StartAsync(host, "Powys", "Torfaen");
        await consortium.MemberAsync(consortium[0], "finance@powys.gov.uk", MemberRole.Contributor);
        var second = await consortium.MemberAsync(consortium[0], "second@powys.gov.uk");
        var (lead, contributor, other, nobody) = (host.NewVisitor(), host.NewVisitor(), host.NewVisitor(), host.NewVisitor());
        await lead.SignInAsync(host, "lead@powys.gov.uk");
        await contributor.SignInAsync(host, "finance@powys.gov.uk");
        await other.SignInAsync(host, "lead@torfaen.gov.uk");
        var path = Links.OrganisationTrail(consortium[0].Id);
        Assert.Equal(404, (await contributor.GetAsync(path)).Status);
        Assert.Equal(404, (await other.GetAsync(path)).Status);
        Assert.Equal("Sign in", (await nobody.GetAsync(path)).Heading);

        Assert.Contains("second@powys.gov.uk joined as lead", (await lead.GetAsync(path)).Words, StringComparison.Ordinal);
        await host.AskAsync((OrganisationDesk d) => d.ChangeRoleAsync(consortium[0].Id, consortium[0].Lead, second, MemberRole.Contributor, default));
        Assert.Contains("lead@powys.gov.uk made second@powys.gov.uk a contributor", (await lead.GetAsync(path)).Words, StringComparison.Ordinal);
        await host.AskAsync((Data.Accounts.People p) => p.DeleteAsync(second, second, false, default));
        var words = (await lead.GetAsync(path)).Words;
        Assert.Contains("Somebody whose name was erased left the organisation", words, StringComparison.Ordinal);
        Assert.Contains("lead@powys.gov.uk made Somebody whose name was erased a contributor", words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("second@powys.gov.uk joined", words, StringComparison.Ordinal);

        for (var i = 0; i < 120; i++) await host.AskAsync((OrganisationDesk d) => d.RenameAsync(consortium[0].Id, consortium[0].Lead, $"Powys {i}", default));
        var newest = await lead.GetAsync(path);
        Assert.Equal(100, newest.Document.QuerySelectorAll("dd").Length);
        var older = await lead.GetAsync(newest.Link("Older"));
        Assert.EndsWith("lead@powys.gov.uk started the organisation", older.Document.QuerySelectorAll("dd")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(path, older.Link("Newest"));
        // Not the number in the whole trail, which would tell how much others do.
        Assert.EndsWith($"before={older.Document.QuerySelectorAll("dd").Length + 1}", newest.Link("Older"), StringComparison.Ordinal);
    }
}

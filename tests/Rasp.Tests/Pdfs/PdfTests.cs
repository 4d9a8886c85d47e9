using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Data.Pdfs;
using Rasp.Readiness.Sharing;
using Rasp.Reports;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Rasp.Tests.Verbs;

namespace Rasp.Tests.Pdfs;

/// <summary>PDFs by a real Chromium, or by programs that behave as one does that hangs, dies or counts: made once, in the background, for who asked, for a while.</summary>
public sealed class PdfTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Brantlow = "example-brantlow-district-council-2026-07";

    [Theory, Engines]
    public async Task A_PDF_is_made_in_the_background_tagged_titled_and_signed_and_is_erased_after_a_while(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine, s => s with { Chromium = Chromium });
        using var folder = new TemporaryFolder();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync("Testshire <script>alert(1)</script>");
        await visitor.AnswerAsync(assessment, host.Instrument.InScope("deliver").First(), ("Answer", "2"), ("Note", "שלום <img src=http://127.0.0.1/x> 🏛"));

        var asked = await AskAsync(visitor, ReportSubject.Results, assessment.Reference);
        // Pressed twice, it is the same.
        Assert.Equal(asked.Path, (await AskAsync(visitor, ReportSubject.Results, assessment.Reference)).Path);
        var ready = await ReadyAsync(visitor, asked.Path);
        var file = ready.Link("Download the PDF");
        var pdf = await DownloadAsync(visitor, file);
        var said = Encoding.Latin1.GetString(pdf);
        foreach (var part in (string[])["/StructTreeRoot", "/Lang (en-GB)", "/DisplayDocTitle true", "/Outlines", "/S /H1", "/S /H2", "/S /Table", "/S /TH", "/Alt"]) Assert.Contains(part, said, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "report.pdf"), pdf);
        var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "report.pdf"]);
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.StartsWith("report.pdf: it holds. This is “Results of Testshire <script>alert(1)</script>” (Report of results), made on 24 November 2026, 9:30 (UTC) by http://rasp.example.gov.uk/", ran.Output, StringComparison.Ordinal);
        var end = said[..said.LastIndexOf("%Rasp-Signature ", StringComparison.Ordinal)];
        (string What, byte[] Pdf, string Fault)[] wrong =
        [
            ("one byte", [.. pdf[..2000], (byte)(pdf[2000] ^ 1), .. pdf[2001..]], "it was changed since it was signed"),
            ("something behind it", [.. pdf, .. "1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"u8], "it was changed since it was signed: its end is another"),
            ("another table", Encoding.Latin1.GetBytes(said[..^12] + "9\n%%EOF\n"), "it was changed since it was signed"),
            ("cut off", pdf[..(end.Length + 100)], "it was changed since it was signed: its signature is cut off"),
            ("no signature", pdf[..end.Length], "it bears no signature of Rasp"),
        ];
        foreach (var (what, changed, fault) in wrong)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "changed.pdf"), changed);
            var told = await RaspProcess.RunAsync(folder.Path, ["verify", "changed.pdf"]);
            Assert.Equal((what, 1, ""), (what, told.Status, told.Output));
            Assert.StartsWith($"changed.pdf:1:1: error: {fault}", Assert.Single(told.Faults), StringComparison.Ordinal);
        }

        // Whoever does not hold the link has nothing of it.
        var other = host.NewVisitor();
        foreach (var path in (string[])[asked.Path, file]) Assert.Equal(404, (await other.GetAsync(path)).Status);

        host.Clock.Advance(PdfDesk.KeptFor);
        Assert.Equal(404, (await visitor.GetAsync(asked.Path)).Status);
        await Until.TrueAsync(async () => (await host.RowsByTableAsync())["Pdfs"] == 0);
    }

    [Theory, Engines]
    public async Task What_is_withdrawn_or_changed_meanwhile_is_in_no_PDF_that_is_handed_out_and_nobody_else_gets_one(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine, s => s with { Chromium = Chromium });
        var consortium = await Consortium.RevealedAsync(host, ("Powys", Depth.Everything), ("Torfaen", Depth.Everything));
        var reference = $"{consortium.Round:N}";
        var (powys, torfaen) = (host.NewVisitor(), host.NewVisitor());
        await powys.SignInAsync(host, "lead@powys.gov.uk");
        await torfaen.SignInAsync(host, "lead@torfaen.gov.uk");

        var asked = await AskAsync(powys, ReportSubject.Comparison, reference, ReportChoice.Board);
        Assert.Equal("ComparisonExported", (await host.TrailAsync())[^1]);
        var file = (await ReadyAsync(powys, asked.Path)).Link("Download the PDF");
        await DownloadAsync(powys, file);
        // Their partner sees the same comparison, and nothing of who else takes it away.
        foreach (var path in (string[])[asked.Path, file]) Assert.Equal(404, (await torfaen.GetAsync(path)).Status);
        Assert.Equal("Sign in", (await host.NewVisitor().GetAsync(asked.Path)).Heading);

        await consortium.WithdrawAsync(consortium[1]);
        Assert.Equal(0, await host.AskAsync((RaspDb db) => db.Database.SqlQuery<int>($"""SELECT COUNT(*) AS "Value" FROM "Pdfs" WHERE "File" IS NOT NULL OR "Html" IS NOT NULL""").SingleAsync()));
        await ToldAsync(await powys.GetAsync(file));
        await ToldAsync(await powys.GetAsync(asked.Path));

        asked = await AskAsync(powys, ReportSubject.Comparison, reference);
        await consortium.WithdrawAsync(consortium[0]);
        await ToldAsync(await powys.GetAsync(asked.Path));

        // With an assessment goes what was asked for of it.
        await AskAsync(torfaen, ReportSubject.Comparison, reference);
        await torfaen.SubmitAsync(await torfaen.GetAsync(Links.Account), "Sign out");
        var inConfidence = await torfaen.StartAssessmentAsync();
        await AskAsync(torfaen, ReportSubject.Results, inConfidence.Reference);
        Assert.Equal(4, (await host.RowsByTableAsync())["Pdfs"]);
        await torfaen.SubmitAsync(await torfaen.GetAsync(Links.Delete(inConfidence.Reference)), "Delete everything", ("IsSure", "true"));
        Assert.Equal(3, (await host.RowsByTableAsync())["Pdfs"]);

        async Task ToldAsync(Visited page)
        {
            Assert.Equal((200, "There is no PDF"), (page.Status, page.Heading));
            Assert.Contains("shows something else now", page.Words, StringComparison.Ordinal);
            Assert.Empty(await host.QueryAsync<int>("""SELECT "State" FROM "Pdfs" WHERE "Html" IS NOT NULL OR "File" IS NOT NULL"""));
        }
    }

    [Theory, Engines]
    public async Task What_a_server_did_not_get_to_print_is_printed_by_the_next_and_nobody_asks_for_too_many(Engine engine)
    {
        using var folder = new TemporaryFolder();
        await using var first = await RaspHost.StartAsync(engine);
        var asked = new List<string>();
        await using (var hanging = await RaspHost.StartAsync(engine, _ => first.Settings with { Chromium = Program(folder, "hangs", "sleep 600 & wait") }))
        {
            var visitor = hanging.NewVisitor();
            foreach (var section in ReportSection(3)) asked.Add((await AskAsync(visitor, ReportSubject.Results, Brantlow, new() { Sections = [section] })).Path);
            await Until.TrueAsync(async () => (await first.QueryAsync<int>("""SELECT "State" FROM "Pdfs" """)).Count(s => s == (int)PdfState.Printing) == 1);
            Assert.Equal("Your PDF is being made", (await visitor.GetAsync(asked[0])).Heading);

            var refused = await AskAsync(visitor, ReportSubject.Results, Brantlow, ReportChoice.Board);
            Assert.Equal(400, refused.Status);
            Assert.Contains("Wait until one of them is ready", Assert.Single(refused.Faults), StringComparison.Ordinal);
            // Others are not held up by that.
            asked.Add((await AskAsync(visitor, ReportSubject.Comparison, "example-2026-07", ReportChoice.Board)).Path);
        }
        Assert.Equal([0, 0, 0, 0], await first.QueryAsync<int>("""SELECT "State" FROM "Pdfs" """));
        Assert.Empty(Processes(folder));

        await using var next = await RaspHost.StartAsync(engine, _ => first.Settings with { Chromium = Chromium });
        foreach (var path in asked) await DownloadAsync(next.NewVisitor(), (await ReadyAsync(next.NewVisitor(), path)).Link("Download the PDF"));
    }

    [Theory, Engines]
    public async Task Several_servers_on_one_database_print_each_PDF_once(Engine engine)
    {
        using var folder = new TemporaryFolder();
        var counts = Program(folder, "counts", $$"""
            for a in "$@"; do case "$a" in --print-to-pdf=*) printf '%%PDF-1.4\nstartxref\n0\n%%%%EOF\n' > "${a#--print-to-pdf=}"; echo "$a" >> '{{folder.Path}}/printed';; esac; done
            """);
        await using var first = await RaspHost.StartAsync(engine, s => s with { Chromium = counts });
        await using var second = await RaspHost.StartAsync(engine, _ => first.Settings);
        var asked = new List<string>();
        foreach (var reference in (string[])["example-aldermere-borough-council-2026-01", Brantlow, "example-calvershire-council-2026-07", "example-aldermere-borough-council-2026-07"])
        {
            foreach (var choice in (ReportChoice[])[ReportChoice.Full, ReportChoice.Board])
            {
                if ((await first.NewVisitor().GetAsync(Links.Results(reference))).Status == 200) asked.Add((await AskAsync((asked.Count % 2 == 0 ? first : second).NewVisitor(), ReportSubject.Results, reference, choice)).Path);
            }
        }
        Assert.True(asked.Count >= 4);
        foreach (var path in asked) await ReadyAsync(second.NewVisitor(), path);
        Assert.Equal(asked.Count, (await File.ReadAllLinesAsync(Path.Combine(folder.Path, "printed"))).Length);
    }

    [Fact]
    public async Task What_can_not_be_printed_is_told_and_print_is_offered()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RaspHost.StartAsync(with: s => s with { Chromium = Program(folder, "fails", "echo no display >&2; exit 3") });
        var visitor = host.NewVisitor();
        var asked = await AskAsync(visitor, ReportSubject.Comparison, "example-2026-07");
        await Until.TrueAsync(async () => (await visitor.GetAsync(asked.Path)).Heading == "There is no PDF");
        var failed = await visitor.GetAsync(asked.Path);
        Assert.Equal(Links.ReportOnPaper(ReportSubject.Comparison, "example-2026-07"), failed.Link("Print the report"));
        Assert.Contains("ended with status 3, and said: no display", host.Log.ToString(), StringComparison.Ordinal);
        Assert.Equal(asked.Path, (await visitor.GetAsync(asked.Path + "/report.pdf")).Path);

        // A server died twice over one: nobody tries a third time.
        await host.ExecuteAsync($"""UPDATE "Pdfs" SET "State" = {(int)PdfState.Printing}, "Tries" = 2, "ClaimedUntil" = 0, "Html" = 'x' """);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(async () => (await host.QueryAsync<int>("""SELECT "State" FROM "Pdfs" """)).Single() == (int)PdfState.Failed);
        Assert.Empty(await host.QueryAsync<int>("""SELECT "State" FROM "Pdfs" WHERE "Html" IS NOT NULL"""));
    }

    [Fact]
    public async Task Without_Chromium_print_is_offered_instead()
    {
        await using var host = await RaspHost.StartAsync();
        var visitor = host.NewVisitor();
        var page = await visitor.GetAsync(ReportChoice.Board.On(Links.NewPdf(ReportSubject.Results, Brantlow)));
        Assert.Contains("This installation makes no PDFs", page.Words, StringComparison.Ordinal);
        Assert.False(page.Has("Make the PDF"));
        Assert.Equal(Links.ReportOnPaper(ReportSubject.Results, Brantlow, ReportChoice.Board), page.Link("Print the report"));
        Assert.Equal(400, (await visitor.GetAsync(Links.NewPdf(ReportSubject.Results, Brantlow) + "?kind=large")).Status);
        Assert.Equal(404, (await visitor.GetAsync(Links.NewPdf(ReportSubject.Results, new string('0', 32)))).Status);
    }

    private static async Task<Visited> AskAsync(Visitor visitor, ReportSubject subject, string reference, ReportChoice? choice = null) =>
        await visitor.SubmitAsync(await visitor.GetAsync((choice ?? ReportChoice.Full).On(Links.NewPdf(subject, reference))), "Make the PDF");

    private static async Task<Visited> ReadyAsync(Visitor visitor, string path)
    {
        await Until.TrueAsync(async () => (await visitor.GetAsync(path)).Heading == "Your PDF is ready");
        return await visitor.GetAsync(path);
    }

    private static async Task<byte[]> DownloadAsync(Visitor visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await visitor.SendAsync(request);
        Assert.Equal((200, "application/pdf", "attachment"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Contains("no-store", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        var pdf = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("%PDF-1.4", Encoding.ASCII.GetString(pdf, 0, 8));
        return pdf;
    }

    /// <summary>A program in Chromium's place.</summary>
    private static string Program(TemporaryFolder folder, string name, string script)
    {
        var path = folder.File(name, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>What still runs of programs in a folder.</summary>
    private static List<string> Processes(TemporaryFolder folder) =>
        [.. Directory.GetDirectories("/proc").Select(p => Path.Combine(p, "cmdline")).Where(File.Exists).Select(p =>
        {
            try
            {
                return File.ReadAllText(p);
            }
            catch (IOException)
            {
                return "";
            }
        }).Where(c => c.Contains(folder.Path, StringComparison.Ordinal))];

    private static IEnumerable<string> ReportSection(int most) => ((string[])["areas", "findings", "questions", "result"]).Take(most);
}

using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Exchanges;

/// <summary>A server with its own programme and round, whose leads hand files to those of other servers: everything goes through the pages.</summary>
internal sealed class Server(Partnership partnership, string round)
{
    public Partnership Partnership => partnership;

    /// <summary>The id of its round.</summary>
    public string Round => round;

    public string Path => $"/rounds/{round}/elsewhere";

    public IReadOnlyList<string> Councils => partnership.Councils;

    /// <summary>Councils on a server of their own, with an open round.</summary>
    public static async Task<Server> StartAsync(RaspHost host, params string[] councils)
    {
        var partnership = await Partnership.StartAsync(host, councils);
        await partnership.OpenRoundAsync();
        var board = await partnership[councils[0]].GetAsync(partnership.Path);
        return new(partnership, board.Link("Partners on other servers").Split('/')[2]);
    }

    /// <summary>The same server, at the round that is open now.</summary>
    public async Task<Server> NextAsync() => new(partnership, (await partnership[Councils[0]].GetAsync(partnership.Path)).Link("Partners on other servers").Split('/')[2]);

    public Task<Visited> LookAsync(string council) => partnership[council].GetAsync(Path);

    /// <summary>Makes the introduction of a council, and downloads it.</summary>
    public async Task<string> IntroduceAsync(string council)
    {
        var page = await partnership[council].SubmitAsync(await LookAsync(council), $"Make the introduction of {council}");
        return await DownloadAsync(council, page, $"Download the introduction of {council}");
    }

    public async Task<string> SealFileAsync(string council) => await DownloadAsync(council, await LookAsync(council), $"Download the seal of {council}");

    /// <summary>The key of a council, as its own page shows it.</summary>
    public async Task<string> KeyAsync(string council) => (await LookAsync(council)).Document.QuerySelectorAll(".rasp-own-part").Single(p => p.QuerySelector("h3")!.TextContent.Trim() == council).QuerySelector("code")!.TextContent;

    /// <summary>Brings in a file, as a lead of a council.</summary>
    public async Task<Visited> BringAsync(string council, string file, bool opens = false, string name = "file.txt") => await BringAsync(council, Encoding.UTF8.GetBytes(file), opens, name);

    public async Task<Visited> BringAsync(string council, byte[] file, bool opens = false, string name = "file.txt")
    {
        var page = await LookAsync(council);
        var content = new MultipartFormDataContent();
        foreach (var (field, value) in Visitor.Filled(page.Form("Bring it in")).Where(f => f.Key != "Upload")) content.Add(new StringContent(value), field);
        if (opens) content.Add(new StringContent("true"), "KnowsItReveals");
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        content.Add(part, "Upload", name);
        return await partnership[council].SendFormAsync(page.ActionOf("Bring it in"), content);
    }

    /// <summary>Brings in an introduction, compares the key with what the other reads from its own page, and confirms it.</summary>
    public async Task MeetAsync(string introduction, string key)
    {
        var (starter, partner) = (Councils[0], await BringAsync(Councils[0], introduction));
        Assert.Equal(key, partner.Document.QuerySelector("code")!.TextContent);
        var page = await partnership[starter].SubmitAsync(partner, "Confirm the key", ("IsSame", "true"));
        Assert.Contains("is confirmed", page.Words, StringComparison.Ordinal);
    }

    public async Task<Visited> PartnerAsync(string council, string partner)
    {
        var page = await LookAsync(council);
        var row = page.Document.QuerySelectorAll(".govuk-summary-list__row").Single(r => r.QuerySelector("dt")!.TextContent.Trim() == partner);
        return await partnership[council].GetAsync(((IHtmlAnchorElement)row.QuerySelector("a")!).GetAttribute("href")!);
    }

    /// <summary>Releases what a council shows to a partner elsewhere; the files, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> ReleaseAsync(string council, string partner)
    {
        var page = await partnership[council].SubmitAsync(await PartnerAsync(council, partner), $"Release what {council} shows", ("IsSure", "true"));
        Assert.Contains("It is released.", page.Words, StringComparison.Ordinal);
        return await ReleasedAsync(council, partner);
    }

    public async Task<IReadOnlyList<string>> ReleasedAsync(string council, string partner)
    {
        var files = new List<string>();
        foreach (var link in (await PartnerAsync(council, partner)).Document.QuerySelectorAll("a[href*='/released/']")) files.Add((await partnership[council].GetFileAsync(link.GetAttribute("href")!)).Text);
        return files;
    }

    /// <summary>What a council got of a partner, decrypted and signed.</summary>
    public async Task<IReadOnlyList<string>> ReceivedAsync(string council, string partner)
    {
        var files = new List<string>();
        foreach (var link in (await PartnerAsync(council, partner)).Document.QuerySelectorAll("a[href*='/received/']")) files.Add((await partnership[council].GetFileAsync(link.GetAttribute("href")!)).Text);
        return files;
    }

    public async Task<string> ComparisonAsync(string council) => (await partnership[council].GetFileAsync($"/comparisons/{round}/results.json")).Text;

    /// <summary>Answers, differently for each council, with a note and a stance here and there.</summary>
    public Task AnswerAsync(string council, int seed, int most = 12) => partnership.AnswerAsync(council, (q, i) => Answer(q, i, seed), most);

    /// <summary>Seals at a depth.</summary>
    public Task SealAsync(string council, Depth depth)
    {
        partnership.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        return partnership.SealAsync(council, depth);
    }

    private async Task<string> DownloadAsync(string council, Visited page, string link) => (await partnership[council].GetFileAsync(page.Link(link))).Text;

    private static (string Answer, string? Stance, string? Note)? Answer(Question question, int i, int seed) =>
        ((i + seed) % 7) switch
        {
            0 => ("dk", null, null),
            1 => ("5", "fixed", $"“As it is” <{seed}> 🙂"),
            var n => (Math.Min(5, n).ToString(System.Globalization.CultureInfo.InvariantCulture), (i % 3) switch { 0 => "open", 1 => "negotiable", _ => "fixed" }, question.Gate is null ? null : $"=1+{seed}"),
        };
}

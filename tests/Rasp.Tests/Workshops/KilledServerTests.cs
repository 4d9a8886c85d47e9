using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Rasp.Tests.Browsing;
using Rasp.Tests.Verbs;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Workshops;

/// <summary>A server that is killed in mid-vote: what was confirmed is there, and phones come back by themselves.</summary>
public sealed class KilledServerTests : BrowserTest
{
    private const int Voters = 6;
    private const int EnoughBeforeTheKill = 60;

    [Fact]
    public async Task Confirmed_votes_outlast_it_and_phones_come_back_by_themselves()
    {
        using var folder = new TemporaryFolder();
        var url = $"http://127.0.0.1:{FreePort()}";
        var invited = await RaspProcess.RunAsync(folder.Path, ["invite-administrator", "lead@example.gov.uk"], ("RASP_DATA", Path.Combine(folder.Path, "data")), ("RASP_URL", url));
        Visitor lead;
        Visited workshop;
        IPage phone;
        var voters = new List<Voter>();
        await using (var server = await Server.StartAsync(folder.Path, url))
        {
            lead = server.NewVisitor();
            await lead.SubmitAsync(await lead.GetAsync(new Uri(invited.Output.Trim()).PathAndQuery), "Become an administrator");
            var assessment = await lead.StartAssessmentAsync();
            await lead.SubmitAsync(await lead.GetAsync(Links.Claim(assessment.Reference)), "Keep it in my account");
            workshop = await lead.SubmitAsync(await lead.GetAsync(Links.AssessmentWorkshop(assessment.Reference)), "Open a workshop");
            var code = workshop.Document.QuerySelector(".rasp-run__code")!.TextContent.Replace(" ", "", StringComparison.Ordinal).Trim();
            workshop = await lead.SubmitAsync(workshop, "Begin with the first question");
            workshop = await lead.SubmitAsync(workshop, "Open the vote");

            var person = await NewPersonAsync(server.Url);
            person.ExpectLostConnection();
            phone = await person.NewPageAsync();
            await phone.GotoAsync(Links.JoinBy(code));
            await phone.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
            await phone.Locator("#vote-5").ClickAsync();
            await Expect(phone.GetByText("Your vote is in: level 5.")).ToBeVisibleAsync();

            for (var i = 0; i < Voters; i++) voters.Add(await Voter.JoinAsync(server.NewVisitor(), code));
            var (confirmed, enough) = (0, new TaskCompletionSource());
            var voting = voters.Select(v => Task.Run(() => v.VoteOnAsync(() =>
            {
                if (Interlocked.Increment(ref confirmed) == EnoughBeforeTheKill) enough.SetResult();
            }))).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            server.Kill();
            await Task.WhenAll(voting);
        }
        await Expect(phone.Locator("#live-lost")).ToBeVisibleAsync();

        await using var again = await Server.StartAsync(folder.Path, url);
        await Expect(phone.Locator("#live-lost")).ToBeHiddenAsync();
        foreach (var voter in voters)
        {
            // What was on its way when the server died may be there too.
            Assert.Contains(await voter.StoredAsync(), new[] { voter.Confirmed, voter.Sent });
            Assert.NotNull(voter.Confirmed);
        }
        await lead.SubmitAsync(workshop, "Reveal the votes");
        await Expect(phone.GetByText($"{Voters + 1} votes: ").First).ToBeVisibleAsync();
        await Expect(phone.Locator(".rasp-spread__row--own")).ToContainTextAsync("Your vote");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Somebody who changes their vote again and again, and remembers what was confirmed.</summary>
    private sealed class Voter(Visitor visitor, Visited page)
    {
        private static readonly string[] Levels = ["1", "2", "3", "4", "5"];

        public string? Confirmed { get; private set; }

        public string? Sent { get; private set; }

        public static async Task<Voter> JoinAsync(Visitor visitor, string code) => new(visitor, await visitor.SubmitAsync(await visitor.GetAsync(Links.JoinBy(code)), "Join"));

        public async Task VoteOnAsync(Action confirmed)
        {
            var form = page.Document.QuerySelectorAll("form").OfType<AngleSharp.Html.Dom.IHtmlFormElement>().First(f => f.QuerySelector("[name=Ballot]") is not null);
            try
            {
                for (var i = 0; ; i++)
                {
                    using var vote = new HttpRequestMessage(HttpMethod.Post, page.Path) { Content = new FormUrlEncodedContent(Visitor.Filled(form, ("Answer", Levels[i % 5]))) };
                    Sent = Levels[i % 5];
                    using var response = await visitor.SendAsync(vote);
                    Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
                    Confirmed = Sent;
                    confirmed();
                }
            }
            catch (HttpRequestException)
            {
                // The server is dead: that is what this is about.
            }
        }

        public async Task<string?> StoredAsync() => (await visitor.GetAsync(page.Path)).Document.QuerySelector(".rasp-ballot__choice[aria-pressed=true]")?.GetAttribute("value");
    }
}

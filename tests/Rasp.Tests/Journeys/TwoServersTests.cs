using Microsoft.Playwright;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Exchanges;
using Rasp.Tests.Programmes;
using static Microsoft.Playwright.Assertions;

namespace Rasp.Tests.Browsing;

/// <summary>Two councils, each with its own server, from the introduction to the comparison: all that passes between them are files that people download and bring in.</summary>
public sealed class TwoServersTests : BrowserTest
{
    private const string Alder = "Aldermere & “Sons” Borough Council";
    private const string Dene = "Royal Borough of Deneside and Upper Wharfedale";

    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.MouseWithoutJavaScript)]
    public async Task They_meet_seal_release_and_compare(By way)
    {
        var (alder, dene) = (await ArriveAsync(way, Alder), await ArriveAsync(way, Dene));

        var (one, other) = (await alder.IntroduceAsync(), await dene.IntroduceAsync());
        await alder.MeetAsync(other, await dene.KeyAsync());
        await dene.MeetAsync(one, await alder.KeyAsync());

        await alder.Server.AnswerAsync(Alder, 0);
        await alder.Server.SealAsync(Alder, Depth.Everything);
        await dene.Server.AnswerAsync(Dene, 2);
        await dene.Server.SealAsync(Dene, Depth.Questions);
        (one, other) = (await alder.DownloadSealAsync(), await dene.DownloadSealAsync());
        await alder.OpenAsync(other);
        await dene.OpenAsync(one);

        (one, other) = (await alder.ReleaseAsync(Dene), await dene.ReleaseAsync(Alder));
        await alder.ReceiveAsync(other);
        await dene.ReceiveAsync(one);
        await alder.CompareAsync(Dene);
        await dene.CompareAsync(Alder);
    }

    private async Task<Manager> ArriveAsync(By way, string council)
    {
        var host = await ServeAsync();
        var server = await Server.StartAsync(host, council);
        var person = await NewPersonAsync(host, new() { JavaScriptEnabled = way != By.MouseWithoutJavaScript, AcceptDownloads = true });
        person.Expect(400);
        var page = await person.NewPageAsync();
        var manager = new Manager(server, council, page, Hands.Of(page, way), looks: way == By.Mouse);
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync(Partnership.Email(council))).LinkSecret));
        await manager.PressAsync("Sign in");
        await page.GotoAsync(server.Path);
        return manager;
    }

    /// <summary>A programme manager at work. One who looks has every page looked at, wide and narrow.</summary>
    private sealed class Manager(Server server, string council, IPage page, Hands hands, bool looks)
    {
        public Server Server => server;

        public Task PressAsync(string button) => hands.FollowButtonAsync(button);

        public async Task<byte[]> IntroduceAsync()
        {
            await LookAsync();
            await PressAsync($"Make the introduction of {council}");
            await LookAsync();
            return await DownloadAsync("Download the introduction");
        }

        public Task<string> KeyAsync() => page.Locator(".rasp-own-part code").InnerTextAsync();

        /// <summary>Brings in an introduction and confirms its key, not without having said that it was compared.</summary>
        public async Task MeetAsync(byte[] introduction, string key)
        {
            await BringAsync(introduction);
            Assert.Equal(key, await page.Locator("code").First.InnerTextAsync());
            await LookAsync();
            await PressAsync("Confirm the key");
            await ExpectAProblemAsync();
            await hands.ChooseAsync(page.GetByRole(AriaRole.Checkbox));
            await PressAsync("Confirm the key");
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("is confirmed");
            await LookAsync();
        }

        public async Task<byte[]> DownloadSealAsync()
        {
            await page.GotoAsync(server.Path);
            return await DownloadAsync("Download the seal");
        }

        /// <summary>Brings in the last seal, which opens the round, not without knowing that.</summary>
        public async Task OpenAsync(byte[] seal)
        {
            await BringAsync(seal);
            await ExpectAProblemAsync();
            await hands.ChooseAsync(page.GetByRole(AriaRole.Checkbox));
            await BringHereAsync(seal);
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("the round is open here");
            await LookAsync();
        }

        public async Task<byte[]> ReleaseAsync(string partner)
        {
            await page.GotoAsync(server.Path);
            await LookAsync();
            await hands.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = $"Release, and see of {partner}" }));
            await LookAsync();
            await hands.ChooseAsync(page.GetByRole(AriaRole.Checkbox));
            await PressAsync($"Release what {council} shows");
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("It is released.");
            await LookAsync();
            return await DownloadAsync("Download the bundle");
        }

        public async Task ReceiveAsync(byte[] bundle)
        {
            await BringAsync(bundle);
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("It fits its seal");
            await LookAsync();
        }

        public async Task CompareAsync(string partner)
        {
            await page.GotoAsync(server.Path);
            await hands.FollowLinkAsync("See the comparison");
            await Expect(page.GetByText(partner).First).ToBeVisibleAsync();
            await LookAsync();
        }

        private async Task BringAsync(byte[] file)
        {
            await page.GotoAsync(server.Path);
            await BringHereAsync(file);
        }

        private async Task BringHereAsync(byte[] file)
        {
            await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "from-partner.txt", MimeType = "text/plain", Buffer = file });
            await PressAsync("Bring it in");
        }

        private async Task ExpectAProblemAsync()
        {
            await Expect(page.GetByText("There is a problem")).ToBeVisibleAsync();
            await LookAsync();
        }

        private async Task<byte[]> DownloadAsync(string link)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => hands.PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{link}") })));
            return await File.ReadAllBytesAsync((await download.PathAsync())!);
        }

        private async Task LookAsync()
        {
            if (looks) await LookedAt.AssertSoundAsync(page);
        }
    }
}

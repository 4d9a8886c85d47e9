using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Rasp.Tests.Accounts;

/// <summary>Accounts in Chromium: passkeys with a virtual authenticator, the keyboard alone, no script, and axe on every page.</summary>
public sealed class BrowserTests
{
    /// <summary>Where browsers let pages use passkeys over plain HTTP.</summary>
    private static readonly Uri Url = new("http://rasp.localhost");

    [Fact]
    public async Task A_passkey_is_added_with_a_name_signs_in_and_is_removed()
    {
        await using var host = await RaspHost.StartAsync(with: s => s with { Url = Url });
        await using var chromium = await Chromium.StartAsync(host);
        var page = await chromium.NewPageAsync();
        await AddAuthenticatorAsync(page);
        await SignInAsync(page, host);

        await page.GotoAsync(Links.Passkeys);
        await page.GetByLabel("What to call it").FillAsync("My laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("My laptop", new() { Exact = true }).WaitForAsync();

        // The same device twice is told so.
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("This device has a passkey for your account already.").WaitForAsync();

        await page.GotoAsync(Links.Account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync(Links.SignInFor(Links.Sessions));
        Assert.Equal(400, await PostCredentialAsync(page, "{}", asks: false));
        Assert.Equal(400, await PostCredentialAsync(page, "{}", asks: true));
        Assert.Equal(400, await PostCredentialAsync(page, "no JSON", asks: true));
        await page.ReloadAsync();
        var asked = page.WaitForRequestAsync(r => r.Method == "POST" && r.PostData?.Contains("clientDataJSON", StringComparison.Ordinal) == true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await IsAtAsync(page, Links.Sessions);
        var used = await asked;

        // What signed in once does not sign in again, neither by itself nor when something else is asked.
        var credential = System.Web.HttpUtility.ParseQueryString(used.PostData!)["Credential"]!;
        await page.GotoAsync(Links.Account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Equal(400, await PostCredentialAsync(page, credential, asks: false));
        Assert.Equal(400, await PostCredentialAsync(page, credential, asks: true));
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await IsAtAsync(page, Links.Account);

        await page.GotoAsync(Links.Passkeys);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey My laptop" }).ClickAsync();
        await page.GetByText("You have none yet.").WaitForAsync();
        await page.GotoAsync(Links.Account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("This passkey opens no account here.").WaitForAsync();
    }

    [Fact]
    public async Task By_the_keyboard_alone_somebody_signs_in_and_out()
    {
        await using var mail = new MailServer();
        await using var host = await RaspHost.StartAsync(with: s => s with { Url = Url, Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        await using var chromium = await Chromium.StartAsync(host);
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(Links.SignIn);
        await TabToAsync(page, "Email");
        await page.Keyboard.TypeAsync("jo@example.gov.uk");
        await page.Keyboard.PressAsync("Enter");
        await IsAtAsync(page, Links.SignInCode);
        await Until.TrueAsync(() => Task.FromResult(mail.Received.Count == 1));
        await TabToAsync(page, "Code");
        await page.Keyboard.TypeAsync(System.Text.RegularExpressions.Regex.Match(mail.Received[0].TextBody!, @": (\d{3} \d{3})").Groups[1].Value);
        await page.Keyboard.PressAsync("Enter");
        await IsAtAsync(page, Links.Account);
        await TabToAsync(page, "Sign out");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("You are signed out.").WaitForAsync();
    }

    [Fact]
    public async Task Without_a_script_passkeys_are_not_offered_and_mail_still_signs_in()
    {
        await using var host = await RaspHost.StartAsync(with: s => s with { Url = Url });
        await using var chromium = await Chromium.StartAsync(host);
        var page = await chromium.NewPageAsync(javaScript: false);
        await page.GotoAsync(Links.SignIn);
        Assert.False(await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).IsVisibleAsync());
        await SignInAsync(page, host);
        await page.GotoAsync(Links.Passkeys);
        Assert.True(await page.GetByText("This needs JavaScript").IsVisibleAsync());
        Assert.False(await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).IsVisibleAsync());
    }

    [Fact]
    public async Task Axe_finds_no_fault_in_any_page_of_accounts_and_none_is_wider_than_320_pixels()
    {
        await using var mail = new MailServer();
        await using var host = await RaspHost.StartAsync(with: s => s with { Url = Url, Smtp = mail.Url, MailFrom = "rasp@example.gov.uk" });
        await using var chromium = await Chromium.StartAsync(host);
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(Links.SignIn);
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await CheckAsync(page);
        await page.GetByLabel("Your e-mail address").FillAsync("jo@example.gov.uk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await CheckAsync(page);
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync("jo@example.gov.uk")).LinkSecret));
        await CheckAsync(page);
        await page.GotoAsync(Links.SignInLink(await host.InviteAsync(null)));
        await CheckAsync(page);
        await page.GetByLabel("Your e-mail address").FillAsync("admin@example.gov.uk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Become an administrator" }).ClickAsync();

        var other = host.NewVisitor();
        await other.SignInAsync(host, "jo@example.gov.uk");
        await page.GotoAsync(Links.Start);
        await page.Locator("#Details_Stage").CheckAsync();
        await page.Locator("#Details_Role").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.GetByText("I have kept it").ClickAsync();
        await CheckAsync(page);
        await page.GetByText("Keep it in your account").ClickAsync();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it in my account" }).ClickAsync();
        foreach (var path in (string[])[Links.Account, Links.Sessions, Links.Passkeys, Links.DeleteAccount, Links.Accounts, Links.Mails, "/account-deleted", Links.SignIn + "/passkey"])
        {
            await page.GotoAsync(path);
            await CheckAsync(page);
        }
        await page.GotoAsync(Links.Accounts);
        await page.GetByText("jo@example.gov.uk").ClickAsync();
        await CheckAsync(page);
        await page.GotoAsync(Links.DeleteAccount);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        await CheckAsync(page);
    }

    private static async Task CheckAsync(IPage page)
    {
        await page.Locator("h1").WaitForAsync();
        Assert.NotEqual("rgba(0, 0, 0, 0)", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.rasp-header')).backgroundColor"));
        var violations = (await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") })).Violations;
        Assert.True(violations.Length == 0, $"{page.Url}: {string.Join("; ", violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Select(n => n.Html))})"))}");
        await page.SetViewportSizeAsync(320, 640);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320"), $"{page.Url} is wider than 320 pixels.");
        await page.SetViewportSizeAsync(1280, 900);
    }

    /// <summary>Sends a credential with the form of the sign-in page, having asked the server for something to sign or not.</summary>
    private static Task<int> PostCredentialAsync(IPage page, string credential, bool asks) => page.EvaluateAsync<int>(
        """
        async ([credential, asks]) => {
          const form = document.querySelector('form[data-passkey]')
          const send = address => fetch(address, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
          if (asks) await send(form.dataset.options)
          form.elements.Credential.value = credential
          return (await send(form.action)).status
        }
        """,
        new object[] { credential, asks });

    /// <summary>Playwright’s own waiting for an address waits for the page’s load too, which it can miss on a busy machine.</summary>
    private static Task IsAtAsync(IPage page, string path) => Assertions.Expect(page).ToHaveURLAsync(path, new() { Timeout = 30_000 });

    private static async Task SignInAsync(IPage page, RaspHost host)
    {
        await page.GotoAsync(Links.SignInLink((await host.OfferSignInAsync("jo@example.gov.uk")).LinkSecret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await IsAtAsync(page, Links.Account);
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("WebAuthn.enable");
        await chromium.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task TabToAsync(IPage page, string idOrWords)
    {
        for (var tabs = 0; tabs < 40; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("wanted => document.activeElement.id === wanted || document.activeElement.textContent.trim() === wanted", idOrWords)) return;
        }
        Assert.Fail($"The keyboard does not reach {idOrWords} on {page.Url}.");
    }

    /// <summary>A Chromium that finds the host at its public address.</summary>
    private sealed class Chromium(IPlaywright playwright, IBrowser browser, RaspHost host) : IAsyncDisposable
    {
        public static async Task<Chromium> StartAsync(RaspHost host)
        {
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Browsing.Browser.Chromium,
                Args = ["--no-sandbox", "--disable-background-networking", $"--host-resolver-rules=MAP {Url.Host}:80 127.0.0.1:{host.Url.Port}"],
            });
            return new(playwright, browser, host);
        }

        public async Task<IPage> NewPageAsync(bool javaScript = true)
        {
            var context = await browser.NewContextAsync(new() { BaseURL = host.Settings.Url.ToString(), JavaScriptEnabled = javaScript });
            context.SetDefaultTimeout(30_000);
            return await context.NewPageAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }
}

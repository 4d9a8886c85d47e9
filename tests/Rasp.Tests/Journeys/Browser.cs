using System.Collections.Concurrent;
using Microsoft.Playwright;
using Rasp.Comparisons;
using Rasp.Tests.Browsing;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Rasp.Tests.Browsing;

/// <summary>
/// The Chromium of this test run, launched when a test first needs it. It can reach nothing but this machine.
/// A missing Chromium is a failure: nobody should believe that pages were looked at in a browser when they were not.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Chromium without a window and what belongs to one: the pages are the same, and take half of the time.</summary>
    public const string Chromium = "/usr/bin/chromium-headless-shell";

    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Launched = new(LaunchAsync);

    public static async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        await (await Launched.Value).Browser.NewContextAsync(options);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!Launched.IsValueCreated || !Launched.Value.IsCompletedSuccessfully) return;
        var (driver, browser) = await Launched.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> LaunchAsync()
    {
        if (!File.Exists(Chromium))
        {
            throw new InvalidOperationException($"There is no {Chromium}. The tests look at the pages in it: ./test.sh installs it, or apt-get install chromium chromium-headless-shell.");
        }
        // The machine may be busy with other things too: what is waited for comes, or is wrong.
        Assertions.SetDefaultExpectTimeout((float)Person.Patience.TotalMilliseconds);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-gpu",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        });
        return (driver, browser);
    }
}

/// <summary>
/// Somebody with a browser of their own. All its pages are watched: an error in the console (which is where violations of the
/// content security policy show), an exception in a script, a request that fails or goes to another host, and an answer that nobody
/// expected are faults.
/// </summary>
public sealed class Person
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>With a picture of the page's elements after each step, which costs a third of the time.</summary>
    private static readonly bool KeepsTraces = Environment.GetEnvironmentVariable("RASP_TEST_TRACES") == "1";

    private const string LostConnection = "net::ERR_";

    private readonly ConcurrentDictionary<string, bool> hosts = new();
    private readonly Uri host;
    private readonly ConcurrentQueue<string> console = new();
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentDictionary<int, bool> expected = new();
    private volatile bool expectsLostConnection;

    private Person(Uri host, IBrowserContext context)
    {
        (this.host, Context) = (host, context);
        AlsoVisits(host);
        context.Console += (_, said) =>
        {
            console.Enqueue($"{said.Type}: {said.Text} ({said.Location})");
            // The answers and failures that these are about are watched themselves.
            if (said.Type != "error" || said.Text.StartsWith("Failed to load resource: ", StringComparison.Ordinal)) return;
            faults.Enqueue($"The console of {said.Page?.Url} has an error: {said.Text}");
        };
        context.WebError += (_, error) => faults.Enqueue($"A script of {error.Page?.Url} broke: {error.Error}");
        context.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is "http" or "https" or "ws" or "wss" && !hosts.ContainsKey(url.Authority)) faults.Enqueue($"A page asked another host: {url}");
        };
        context.RequestFailed += (_, request) =>
        {
            // A download, or a page left before it came: the browser gives the navigation up.
            if (request.IsNavigationRequest && request.Failure == "net::ERR_ABORTED") return;
            // A stream that the page has closed.
            if (request.ResourceType == "eventsource" && request.Failure == "net::ERR_ABORTED") return;
            if (expectsLostConnection && request.Failure?.StartsWith(LostConnection, StringComparison.Ordinal) == true) return;
            faults.Enqueue($"{request.Method} {request.Url} failed: {request.Failure}");
        };
        context.Response += (_, response) =>
        {
            if (response.Status < 400 || expected.ContainsKey(response.Status)) return;
            faults.Enqueue($"{response.Request.Method} {response.Url} answered {response.Status}");
        };
    }

    public IBrowserContext Context { get; }

    public IReadOnlyCollection<string> Faults => faults;

    public static async Task<Person> ArriveAsync(Uri host, BrowserNewContextOptions options)
    {
        options.BaseURL = host.ToString();
        options.Locale = "en-GB";
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        var context = await Browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        if (KeepsTraces) await context.Tracing.StartAsync(new() { Snapshots = true });
        return new(host, context);
    }

    public Task<IPage> NewPageAsync() => Context.NewPageAsync();

    /// <summary>This test is about answers with these statuses.</summary>
    public void Expect(params int[] statuses)
    {
        foreach (var status in statuses) expected[status] = true;
    }

    /// <summary>This test is about more than one server.</summary>
    public void AlsoVisits(Uri other) => hosts[other.Authority] = true;

    /// <summary>This test is about a connection that is lost.</summary>
    public void ExpectLostConnection() => expectsLostConnection = true;

    /// <summary>Has this browser hold an assessment, as if its link had been opened here.</summary>
    public Task HoldAsync(Started assessment) =>
        Context.AddCookiesAsync(
        [
            new()
            {
                Name = "rasp-link", Value = assessment.Secret, Domain = host.Host, Path = assessment.Overview, HttpOnly = true, SameSite = SameSiteAttribute.Lax,
            },
        ]);

    /// <summary>Keeps what tells why a test failed: a picture of every page, the console, and with RASP_TEST_TRACES=1 what was done and requested.</summary>
    public async Task KeepEvidenceAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < Context.Pages.Count; i++)
        {
            try
            {
                await Context.Pages[i].ScreenshotAsync(new() { Path = Path.Combine(folder, $"page-{i + 1}.png"), FullPage = true, Timeout = 5000 });
            }
            catch (Exception lost) when (lost is PlaywrightException or TimeoutException)
            {
                console.Enqueue($"There is no picture of page {i + 1}, {Context.Pages[i].Url}: {lost.Message}");
            }
        }
        if (KeepsTraces) await Context.Tracing.StopAsync(new() { Path = Path.Combine(folder, "trace.zip") });
        await File.WriteAllLinesAsync(Path.Combine(folder, "console.txt"), console);
    }

    public Task LeaveAsync() => Context.CloseAsync();
}

/// <summary>A test with people and their browsers. Whatever it does, no page may complain.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly List<Person> people = [];
    private readonly List<RaspHost> hosts = [];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var faults = people.SelectMany(p => p.Faults).ToList();
        if (faults.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed) await KeepEvidenceAsync();
        foreach (var person in people) await person.LeaveAsync();
        foreach (var host in hosts) await host.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    protected async Task<RaspHost> ServeAsync(Func<Settings, Settings>? with = null, IReadOnlyList<OpenComparison>? comparisons = null)
    {
        var host = await RaspHost.StartAsync(with: with, comparisons: comparisons);
        hosts.Add(host);
        return host;
    }

    protected Task<Person> NewPersonAsync(RaspHost host, BrowserNewContextOptions? options = null) => NewPersonAsync(host.Url, options);

    protected async Task<Person> NewPersonAsync(Uri host, BrowserNewContextOptions? options = null)
    {
        var person = await Person.ArriveAsync(host, options ?? new());
        people.Add(person);
        return person;
    }

    private async Task KeepEvidenceAsync()
    {
        var name = string.Concat(TestContext.Current.Test!.TestDisplayName.Select(c => char.IsLetterOrDigit(c) ? c : '-'));
        var folder = Path.Combine(Repository.Root, "TestResults", "browser", name[^Math.Min(name.Length, 120)..]);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        for (var i = 0; i < people.Count; i++)
        {
            await people[i].KeepEvidenceAsync(people.Count == 1 ? folder : Path.Combine(folder, $"person-{i + 1}"));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"What the browser saw is kept in {folder}");
    }
}

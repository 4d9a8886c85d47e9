using System.Diagnostics;
using System.Net;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Workshops;
using Rasp.Workshops;

namespace Rasp.Bench.Cases;

/// <summary>
/// A hall of voters, each with a stream: how long from the press of the button until each has fetched what was revealed. With
/// RASP_BENCH_POSTGRES (a connection string of an empty database) also with two servers on one PostgreSQL, half of the hall at each.
/// </summary>
internal static class WorkshopCase
{
    private const int Voters = 200;
    private const int RevealsARound = 4;

    /// <summary>Until the runtime has compiled what is hot.</summary>
    private const int RevealsBefore = 12;

    public static async Task RunAsync(Bench bench)
    {
        var data = bench.NewFolder();
        var hall = await Hall.SetAsync(new() { Data = data });
        await using (var rasp = await bench.StartProgramAsync(data)) await MeasureAsync(bench, "one server, SQLite", hall, [rasp]);

        if (Environment.GetEnvironmentVariable("RASP_BENCH_POSTGRES") is not { Length: > 0 } postgres) return;
        hall = await Hall.SetAsync(new() { Data = data, Database = postgres });
        await using var one = await StartAsync(bench, postgres);
        await using var other = await StartAsync(bench, postgres);
        await MeasureAsync(bench, "two servers, one PostgreSQL", hall, [one, other]);
    }

    private static async Task<ServerProcess> StartAsync(Bench bench, string postgres)
    {
        var port = ServerProcess.FreePort();
        return await ServerProcess.StartAsync(await bench.ProgramAsync(), ["serve", "--urls", $"http://127.0.0.1:{port}"], port, ("RASP_DATABASE", postgres));
    }

    private static async Task MeasureAsync(Bench bench, string where, Hall hall, IReadOnlyList<ServerProcess> servers)
    {
        var effort = bench.Effort;
        using var over = new CancellationTokenSource();
        var voters = hall.Secrets.Take(effort == Effort.Smoke ? 10 : Voters).Select((s, i) => new Voter(servers[i % servers.Count].Address, hall.Workshop, s)).ToList();
        var listening = voters.Select(v => v.ListenAsync(over.Token)).ToList();
        await Task.WhenAll(voters.Select(v => v.Connected));
        var lead = await Lead.ArriveAsync(servers[0].Address, hall.Workshop, hall.Session);
        var (p95, last, cpu, refused) = (new List<double>(), new List<double>(), new List<double>(), new List<HttpStatusCode>());
        for (var reveal = effort == Effort.Smoke ? 0 : -RevealsBefore; reveal < effort.Rounds * RevealsARound; reveal++)
        {
            await lead.PressAsync("Open", voters);
            refused.AddRange((await Task.WhenAll(voters.Select(v => v.VoteAsync()))).Where(s => s != HttpStatusCode.Found));
            var before = servers.Sum(s => s.ProcessorTime.TotalMilliseconds);
            var times = await lead.PressAsync("Reveal", voters);
            if (reveal < 0) continue;
            p95.Add(times[(int)Math.Ceiling(times.Count * 0.95) - 1]);
            last.Add(times[^1]);
            cpu.Add(servers.Sum(s => s.ProcessorTime.TotalMilliseconds) - before);
        }
        bench.Report.Add("workshop", $"{where}: from pressing reveal until 95 % of {voters.Count} voters have fetched it", Unit.Milliseconds, p95, Aim.Below(500));
        bench.Report.Add("workshop", $"{where}: until the last has", Unit.Milliseconds, last);
        bench.Report.Add("workshop", $"{where}: processor time of the server for one reveal", Unit.Milliseconds, cpu);
        bench.Report.Require(refused.Count == 0, $"workshop, {where}: votes were refused: {string.Join(", ", refused.GroupBy(r => r).Select(r => $"{r.Count()} × {r.Key}"))}");
        await over.CancelAsync();
        await Task.WhenAll(listening);
    }

    private static HttpClient Client(IPEndPoint server) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new($"http://{server}") };

    private static string Token(string page) => new Form("", page).Field("__RequestVerificationToken");

    private static async Task<(string Body, string? Cookie)> GetAsync(HttpClient http, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        using var response = await http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"GET {path}: {response.StatusCode}.");
        var made = response.Headers.TryGetValues("Set-Cookie", out var set) ? set.FirstOrDefault(c => c.StartsWith("rasp-form=", StringComparison.Ordinal))?.Split(';')[0] : null;
        return (await response.Content.ReadAsStringAsync(), made);
    }

    /// <summary>A workshop with its seats, its first question chosen.</summary>
    private sealed record Hall(Guid Workshop, string Session, IReadOnlyList<string> Secrets)
    {
        public static async Task<Hall> SetAsync(Settings settings)
        {
            await using var site = await Site.CreateAsync(settings);
            await using var scope = site.Services.CreateAsyncScope();
            T Get<T>()
                where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
            var none = CancellationToken.None;
            var lead = (await Get<People>().FindOrMakeAsync("lead@example.gov.uk")).Id;
            var (assessment, secret) = await Get<AssessmentDesk>().StartAsync("Testshire Council", Started.LongestStage(Get<InstrumentLibrary>().Current), Get<InstrumentLibrary>().Current.Roles[0].Key, none);
            await Get<AssessmentDesk>().ClaimAsync(assessment, new(PrivateLink.Hash(secret), null), lead, none);
            var workshop = (await Get<WorkshopDesk>().OpenAsync(assessment, lead, none))!.Value;
            var room = (await Get<WorkshopLens>().FindAsync(workshop, new(null, lead), none))!;
            var seats = new List<string>();
            for (var i = 0; i < Voters; i++) seats.Add((await Get<WorkshopDesk>().JoinAsync(room.Code, none)).Secret!);
            // As another request.
            await using var later = site.Services.CreateAsyncScope();
            await later.ServiceProvider.GetRequiredService<Voting>().ChooseAsync(room, new(null, lead), room.Version, room.Instrument.InScope(room.Stage).First().Key, none);
            return new(workshop, await Get<Sessions>().BeginAsync(lead, "Firefox on Linux"), seats);
        }
    }

    /// <summary>Whoever runs the workshop.</summary>
    private sealed class Lead(HttpClient http, Guid workshop, string cookie)
    {
        public static async Task<Lead> ArriveAsync(IPEndPoint server, Guid workshop, string session)
        {
            var http = Client(server);
            var cookie = $"rasp-session={session}";
            var (_, form) = await GetAsync(http, Links.Workshop(workshop), cookie);
            return new(http, workshop, $"{cookie}; {form}");
        }

        /// <summary>Presses a button; how long each voter took to see what came of it, in milliseconds, the quickest first.</summary>
        public async Task<List<double>> PressAsync(string handler, IReadOnlyList<Voter> voters)
        {
            var page = (await GetAsync(http, Links.Workshop(workshop), cookie)).Body;
            var version = int.Parse(new Form("", page).Field("Version"));
            var seen = voters.Select(v => v.SeesAsync(version + 1)).ToList();
            var pressed = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Links.Workshop(workshop)}?handler={handler}")
            {
                Content = new FormUrlEncodedContent([new("Version", $"{version}"), new("__RequestVerificationToken", Token(page))]),
            };
            request.Headers.Add("Cookie", cookie);
            using var response = await http.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.Found) throw new InvalidOperationException($"{handler}: {response.StatusCode}.");
            var at = await Task.WhenAll(seen).WaitAsync(TimeSpan.FromSeconds(30));
            return [.. at.Select(a => Stopwatch.GetElapsedTime(pressed, a).TotalMilliseconds).Order()];
        }
    }

    /// <summary>Somebody who votes: hears that the room has changed, and fetches the page's live part, as the page's script does.</summary>
    private sealed class Voter(IPEndPoint server, Guid workshop, string secret)
    {
        private readonly HttpClient http = Client(server);
        private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock gate = new();
        private string cookie = $"{SeatCookie.Name}={secret}";
        private string page = "";
        private (int Version, TaskCompletionSource<long> Seen)? awaited;

        public Task Connected => connected.Task;

        public Task<long> SeesAsync(int version)
        {
            lock (gate)
            {
                awaited = (version, new(TaskCreationOptions.RunContinuationsAsynchronously));
                return awaited.Value.Seen.Task;
            }
        }

        public async Task<HttpStatusCode> VoteAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Links.WorkshopVote(workshop))
            {
                Content = new FormUrlEncodedContent([new("Ballot", new Form("", page).Field("Ballot")), new("Answer", "3"), new("__RequestVerificationToken", Token(page))]),
            };
            request.Headers.Add("Cookie", cookie);
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }

        public async Task ListenAsync(CancellationToken over)
        {
            var (_, form) = await GetAsync(http, Links.WorkshopVote(workshop), cookie);
            cookie = $"{cookie}; {form}";
            using var request = new HttpRequestMessage(HttpMethod.Get, Links.WorkshopEvents(workshop));
            request.Headers.Add("Cookie", cookie);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over);
            using var stream = new StreamReader(await response.Content.ReadAsStreamAsync(over));
            try
            {
                while (await stream.ReadLineAsync(over) is { } line)
                {
                    if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                    page = (await GetAsync(http, Links.WorkshopVote(workshop) + "?part=live", cookie)).Body;
                    var now = Stopwatch.GetTimestamp();
                    connected.TrySetResult();
                    lock (gate)
                    {
                        if (awaited is { } some && page.Contains($"data-version=\"{some.Version}\"", StringComparison.Ordinal)) some.Seen.TrySetResult(now);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
        }
    }
}

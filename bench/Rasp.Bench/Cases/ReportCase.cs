using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Joinings;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;
using Rasp.Reports;

namespace Rasp.Bench.Cases;

/// <summary>
/// Twelve partners over five rounds, everything answered, noted and shown, with plans and a candidate: every report in every format, in time, size and
/// in the most memory that the server has held.
/// </summary>
internal static class ReportCase
{
    private const int Rounds = 5;
    private const int Actions = 40;
    private const int NotesOfAction = 3;

    /// <summary>As long as a paragraph: people who write a note write one.</summary>
    private static readonly string Note = string.Join(' ', Enumerable.Repeat("As the board agreed on 3 March, with the paper before it & the “advice” of counsel.", 4));

    public static async Task RunAsync(Bench bench)
    {
        var (rounds, runs) = bench.Effort == Effort.Smoke ? (2, 1) : (Rounds, 9);
        var data = bench.NewFolder();
        var (programme, session, part, round, candidates) = await SetAsync(data, rounds);
        await using var rasp = await bench.StartProgramAsync(data);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new($"http://{rasp.Address}") };
        var before = rasp.ResidentMegabytes().Now;
        foreach (var (what, subject, reference, choice) in new (string, ReportSubject, Guid, ReportChoice)[]
        {
            ("results", ReportSubject.Results, part, ReportChoice.Full), ("comparison", ReportSubject.Comparison, round, ReportChoice.Full), ("trend of an organisation", ReportSubject.Trend, programme, ReportChoice.Full),
            ("trend of the partnership", ReportSubject.Trend, programme, new() { Who = "*" }), ("fit", ReportSubject.Fit, candidates, ReportChoice.Full), ("own plan", ReportSubject.OwnPlan, part, ReportChoice.Full),
            ("joint plan", ReportSubject.JointPlan, programme, ReportChoice.Full),
        })
        {
            foreach (var format in (string[])["docx", "xlsx", "csv", "json", "html"])
            {
                var (times, size, path) = (new List<double>(), 0L, Links.Report(subject, reference.ToString("N"), format, choice));
                for (var i = 0; i <= runs; i++)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, path);
                    request.Headers.Add("Cookie", $"rasp-session={session}");
                    var begun = Stopwatch.GetTimestamp();
                    using var response = await http.SendAsync(request);
                    size = (await response.Content.ReadAsByteArrayAsync()).Length;
                    // The first one waits for the runtime to compile what makes it.
                    if (i > 0) times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                    bench.Report.Require(response.StatusCode == HttpStatusCode.OK, $"report: {path} answered {(int)response.StatusCode}");
                }
                bench.Report.Add("report", $"{what}, {format}, {TrendCase.Partners} partners × {rounds} rounds, asked for by one client", Unit.Milliseconds, times, Aim.Below(3000));
                bench.Report.Add("report", $"{what}, {format}", Unit.Kilobytes, [size / 1024.0]);
            }
        }
        bench.Report.Add("report", "resident before the first report", Unit.Megabytes, [before]);
        bench.Report.Add("report", "the most that was resident through all of them", Unit.Megabytes, [rasp.ResidentMegabytes().Most], Aim.Below(400));
    }

    /// <summary>A database with all of that, whose server has ended: what is measured is one that only makes reports.</summary>
    private static async Task<(Guid Programme, string Session, Guid Part, Guid Round, Guid Candidate)> SetAsync(string data, int rounds)
    {
        var none = CancellationToken.None;
        await using var site = await Site.CreateAsync(new() { Data = data }, builder =>
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{ServerProcess.FreePort()}");
            builder.Logging.ClearProviders();
        });
        await site.StartAsync();
        var services = site.Services;
        var (programme, session, councils) = await TrendCase.SetAsync(services, rounds, Note);
        var first = councils[0];
        var round = await AskAsync((RaspDb db) => db.Rounds.Where(r => r.ProgrammeId == programme && r.CandidateId == null).OrderByDescending(r => r.Number).Select(r => r.Id).FirstAsync());
        var part = (await AskAsync((ProgrammeBoard b) => b.FindByRoundAsync(round, first.Lead, none)))!.Value.Round.Parts.Single(p => p.Organisation == first.Id).Own!.Assessment;
        foreach (var plan in new PlanAddress[] { new(part, IsJoint: false), new(programme, IsJoint: true) })
        {
            var holder = new Holder(null, first.Lead);
            for (var i = 0; i < Actions; i++)
            {
                var action = await AskAsync((PlanDesk d) => d.AddAsync(plan, holder, new ActionWords { What = $"{i}: {Note}", Why = Note, Person = "A. Officer", Due = new(2030, 1, 1), Owners = plan.IsJoint ? [first.Id] : [] }, none));
                for (var n = 0; n < NotesOfAction; n++) await AskAsync((PlanDesk d) => d.NoteAsync(plan, holder, action!.Value, Note, none));
            }
        }
        var candidate = await JoinAsync();
        await site.StopAsync();
        return (programme, session, part, round, candidate);

        async Task<Guid> JoinAsync()
        {
            var lead = (await AskAsync((People p) => p.FindOrMakeAsync("candidate@example.gov.uk"))).Id;
            var council = await AskAsync((OrganisationDesk d) => d.StartAsync("The candidate", lead, none));
            var (_, secret) = (await AskAsync((InvitationDesk d) => d.InviteCandidateAsync(programme, first.Lead, "candidate@example.gov.uk", "The candidate", null, none)))!.Value;
            await AskAsync((InvitationDesk d) => d.AcceptAsync(secret, lead, council, null, none));
            var asked = await AskAsync((RaspDb db) => db.Rounds.Where(r => r.CandidateId == council).Select(r => new { r.Id, Held = db.Rounds.Where(b => b.Id == r.BaseRoundId).Select(b => b.Number).First() }).SingleAsync());
            var own = (await AskAsync((ProgrammeBoard b) => b.FindByRoundAsync(asked.Id, lead, none)))!.Value.Round.Parts.Single().Own!.Assessment;
            var holder = new Holder(null, lead);
            await Task.WhenAll(services.GetRequiredService<InstrumentLibrary>().Current.InScope(JoiningDesk.Stage).Select(async (q, i) =>
            {
                var seen = (await services.GetRequiredService<Seen>().ForSavingAsync(own, holder, q.Key))!;
                return await services.GetRequiredService<Answering>().SaveAsync(new(seen.Facts.Answering!.Id, holder, JoiningDesk.Stage, q.Key, new(Choice.OfLevel(1 + (i % 5)), null, Note, null), 0, Guid.NewGuid(), 1, DateTimeOffset.UtcNow));
            }));
            await AskAsync((Sealing s) => s.SealAsync(own, lead, Depth.Everything, "bench/1", true, none));
            foreach (var (id, member) in councils) await AskAsync((JoiningDesk d) => d.ChooseAsync(asked.Id, member, id, Depth.Everything, asked.Held, "bench/1", true, none));
            return asked.Id;
        }

        Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask)
            where TService : notnull => TrendCase.AskAsync(services, ask);
    }
}

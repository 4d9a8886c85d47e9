using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Agreements;
using Rasp.Data.Exchanges;
using Rasp.Data.Joinings;
using Rasp.Data.Pdfs;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Data.Uploads;
using Rasp.Data.Workshops;
using Rasp.Mails;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Plans;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using Rasp.Reports;
using Rasp.Tests.Workshops;

namespace Rasp.Tests.Programmes;

/// <summary>
/// A programme with an open round, and people of every kind in and around it, made through the desks that the pages use, which takes a
/// fraction of the time. The clock goes on a little with each step, so that what is ordered by time has an order.
/// </summary>
internal sealed class Scene
{
    /// <summary>Starts the programme.</summary>
    public const string Alder = "Aldermere Borough Council";

    /// <summary>A partner, with a lead and a contributor, each of whom answers under their name.</summary>
    public const string Brook = "Brookfield District Council";

    public const string Crag = "Cragside Council";

    /// <summary>Left the programme while its round was open.</summary>
    public const string Dene = "Deneside Council";

    /// <summary>Asks to join, in those stories in which somebody does.</summary>
    public const string Heath = "Heathfield Council";

    /// <summary>Takes part from another server, in those stories in which somebody does.</summary>
    public const string Fell = "Fellside Council";

    /// <summary>In no programme.</summary>
    public const string Elm = "Elmstead Council";

    /// <summary>Not a council's: the assessment in the account of <see cref="Crag"/>'s lead.</summary>
    public const string InConfidence = "in confidence";

    public const string Nobody = "nobody";
    public const string Stranger = "stranger";
    public const string Contributor = "contributor";
    public const string Lead = "lead";
    public const string Starter = "starter";
    public const string Facilitator = "facilitator";
    public const string Administrator = "administrator";
    public const string Former = "former";
    public const string Removed = "removed";
    public const string Deleted = "deleted";

    /// <summary>The lead of <see cref="Heath"/>, from when it asks to join.</summary>
    public const string Candidate = "candidate";

    /// <summary>A token of <see cref="Brook"/>, which opens nothing but the API.</summary>
    public const string Program = "program";

    private readonly Dictionary<string, Guid> people = [];
    private readonly Dictionary<string, Guid> organisations = [];
    private readonly Dictionary<string, Guid> parts = [];
    private readonly Dictionary<string, Guid> workshops = [];
    private readonly Dictionary<string, Guid> actions = [];
    private readonly Dictionary<string, Guid> milestones = [];
    private readonly Dictionary<string, Guid> uploads = [];
    private readonly Dictionary<string, SecretKeys> keys = [];
    private readonly Dictionary<string, string> names = [];
    private readonly List<Caller> callers = [];
    private readonly HttpClient http;
    private readonly int number;
    private Guid joining;
    private Guid elsewhere;
    private Guid released;
    private Guid received;
    private Guid claimed;
    private Guid respondent;
    private Guid respondentOfLead;
    private Guid pdf;

    private Scene(RaspHost host, HttpClient http, int number) => (Host, this.http, this.number) = (host, http, number);

    public RaspHost Host { get; }

    public Guid Programme { get; private set; }

    /// <summary>The newest.</summary>
    public Guid Round { get; private set; }

    public List<Guid> Rounds { get; } = [];

    /// <summary>Not answered yet: one of a colleague of <see cref="Brook"/>'s, one of a partner.</summary>
    public List<(Guid Id, string Secret)> Invitations { get; } = [];

    /// <summary>
    /// Nobody; the lead of an organisation that is in no programme; <see cref="Brook"/>'s contributor and its lead; <see cref="Alder"/>'s
    /// lead; the facilitator; the administrator; the lead of <see cref="Dene"/>, which has left; somebody whom Brook and Crag have removed,
    /// and somebody who was there too and has deleted their account, with the cookies that they had.
    /// </summary>
    public IReadOnlyList<Caller> Callers => callers;

    /// <summary>Those that ask the API alone.</summary>
    public IReadOnlyList<Caller> Programs { get; private set; } = [];

    /// <summary>What ids are called: those that are there before anybody asks for anything.</summary>
    public IReadOnlyDictionary<string, string> Names => names;

    public IReadOnlyList<Question> Questions => [.. Host.Instrument.InScope("explore")];

    private Seen Seen => Host.Services.GetRequiredService<Seen>();

    public Guid Person(string who) => people[who];

    public Guid Organisation(string council) => organisations[council];

    /// <summary>A council's part in the newest round.</summary>
    public Guid Part(string council) => parts[council];

    /// <summary>Sets one of several scenes on a host: each has people of its own.</summary>
    public static async Task<Scene> SetAsync(RaspHost host, HttpClient http, int number)
    {
        var scene = new Scene(host, http, number);
        await scene.SetAsync();
        return scene;
    }

    /// <summary>A host that limits nobody, and logs all that it would by default.</summary>
    public static Task<RaspHost> StartHostAsync(MailServer mail, Engine engine = Engine.Sqlite) => RaspHost.StartAsync(
        engine,
        s => s with
        {
            Smtp = mail.Url,
            MailFrom = "rasp@example.gov.uk",
            Limits = new() { StartsAnHour = 10_000, LinksTriedAMinute = 10_000, MailsAnHour = 10_000, PdfsAnHour = 10_000, InvitationsAnHour = 10_000, SignInMailsAnHour = 10_000, SignInTriesAMinute = 10_000, UploadsAnHour = 10_000, CallsAMinute = 100_000, CallsWithoutTokenAMinute = 100_000 },
        },
        logs: LogLevel.Information);

    /// <summary>Somebody who belongs to a council, by its first lead.</summary>
    public async Task<Caller> LeadOfAsync(string council) => await CallerAsync(council, people[council]);

    public Task AnswerAsync(string council, IEnumerable<(Question Question, StoredAnswer Answer)> answers, bool inConfidence = false) =>
        AnswerAsync(inConfidence ? claimed : parts[council], people[council], answers);

    /// <summary>As one of those whom the council's lead has asked.</summary>
    public Task AnswerAsync(string council, int who, IEnumerable<(Question Question, StoredAnswer Answer)> answers) => AnswerAsync(parts[council], people[Asked(council, who)], answers);

    /// <summary>Has a council's lead, who answers nothing, ask so many people, and all of them read who sees what.</summary>
    public async Task AskAsync(string council, Attribution attribution, int many)
    {
        await AtAsync<TeamDesk, TeamOutcome>(d => d.StartAsync(parts[council], people[council], attribution, null, default));
        for (var i = 0; i < many; i++)
        {
            var who = Asked(council, i);
            people[who] = (await AtAsync<People, Person>(p => p.FindOrMakeAsync(Email(who)))).Id;
            names[Id(people[who])] = $"person {who}";
            await AcceptAsync((await AtAsync<InvitationDesk, (Guid, string Secret)?>(d => d.InviteToTeamAsync(parts[council], people[council], Email(who), "finance", null, null, default)))!.Value.Secret, people[who]);
            await AtAsync<TeamDesk, bool>(d => d.BeginAsync(parts[council], people[who], default));
        }
    }

    /// <summary>Has all of those whom a council's lead has asked say that they are done, and opens what they answered.</summary>
    public async Task OpenAnswersAsync(string council, int many)
    {
        for (var i = 0; i < many; i++) await AtAsync<TeamDesk, bool>(d => d.DoneAsync(parts[council], people[Asked(council, i)], default));
        await AtAsync<Openings, OpeningOutcome?>(o => o.OpenAsync(parts[council], people[council], default));
    }

    public async Task AgreeAsync(string council, Question question, Agreed agreed) =>
        Assert.Equal(AgreeOutcome.Done, await AtAsync<Agreeing, AgreeOutcome>(a => a.RecordAsync(parts[council], people[council], question.Key, agreed, 0, default)));

    /// <summary>Has a council plan for itself what to do about questions, each from a level, of which something is due soon.</summary>
    public async Task PlanAsync(string council, IEnumerable<(Question Question, int Level)> findings, string note, DateOnly due)
    {
        // One step, however much is planned: the clock is not to tell.
        Tick();
        var (address, holder) = (new PlanAddress(parts[council], IsJoint: false), new Holder(null, people[council]));
        foreach (var (question, level) in findings)
        {
            var (id, _) = (await Host.AskAsync((PlanDesk d) => d.AddAsync(address, holder, new(question, $"Mend it from level {level}", question.Text, level), null, default)))!.Value;
            Assert.True(await Host.AskAsync((PlanDesk d) => d.NoteAsync(address, holder, id, note, default)));
            Assert.Equal(PlanOutcome.Done, await Host.AskAsync((PlanDesk d) => d.ChangeAsync(address, holder, id, new() { What = $"Mend it soon from level {level}", Due = due, State = level > 2 ? ActionState.Done : ActionState.Doing }, 1, default)));
        }
        Assert.True(await Host.AskAsync((PlanDesk d) => d.AddMilestoneAsync(address, holder, note, due, default)));
    }

    /// <summary>Puts what all can see of a question into the joint plan.</summary>
    public async Task PlanTogetherAsync(string council, Question question)
    {
        var holder = new Holder(null, people[council]);
        var ground = await AtAsync<RoundLens, CommonGround?>(l => l.CommonGroundAsync(Round, people[council], default));
        if (ground?.Compared?.Find(question.Key) is not { } compared) return;
        actions[Programme.ToString()] = (await AtAsync<PlanDesk, (Guid Action, bool)?>(d => d.AddAsync(new(Programme, IsJoint: true), holder, Draft.Of(compared), Round, default)))!.Value.Action;
        names[Id(actions[Programme.ToString()])] = "joint action";
    }

    /// <summary>The council's workshop, at its first question.</summary>
    public async Task<Meeting> MeetAsync(string council)
    {
        Tick();
        return await Meeting.AtAsync(Host, workshops[council], people[council]);
    }

    private async Task AnswerAsync(Guid assessment, Guid person, IEnumerable<(Question Question, StoredAnswer Answer)> answers)
    {
        Tick();
        var holder = new Holder(null, person);
        var saves = new List<Save>();
        foreach (var (question, answer) in answers)
        {
            var before = (await Seen.AnswerAsync(assessment, holder, question.Key))!;
            saves.Add(new(before.Facts.Answering!.Id, holder, before.Facts.Stage, question.Key, answer, before.Version, Guid.NewGuid(), 1, Host.Clock.GetUtcNow()));
        }
        Assert.All(await Task.WhenAll(saves.Select(Host.Services.GetRequiredService<Answering>().SaveAsync)), s => Assert.IsType<SaveOutcome.Saved>(s));
    }

    public Task SealAsync(string council, Depth depth) => SealingAsync(s => s.SealAsync(parts[council], people[council], depth, "2026-11", true, default));

    public Task UnsealAsync(string council) => SealingAsync(s => s.UnsealAsync(parts[council], people[council], default));

    public Task ChooseDepthAsync(string council, Depth depth) => SealingAsync(s => s.ChooseDepthAsync(parts[council], people[council], depth, "2026-11", true, default));

    public Task ProposeToCloseAsync() => SealingAsync(s => s.ProposeToCloseAsync(Round, people[Alder], default));

    public Task ConfirmCloseAsync(string council) => SealingAsync(s => s.ConfirmCloseAsync(parts[council], people[council], true, default));

    public Task WithdrawAsync(string council) => SealingAsync(s => s.WithdrawAsync(parts[council], people[council], default));

    /// <summary>Starts a correction of a council's part, which stands for its part from then on.</summary>
    public async Task CorrectAsync(string council) => parts[council] = await AtAsync<Sealing, Guid?>(s => s.CorrectAsync(parts[council], people[council], default)) ?? throw new InvalidOperationException("No correction could be started.");

    public Task LeaveAsync(string council) => AtAsync<ProgrammeDesk, RemoveOutcome>(d => d.RemovePartnerAsync(Programme, people[council], organisations[council], default));

    public Task EraseAsync(string council) => AtAsync<OrganisationDesk, bool>(d => d.EraseAsync(organisations[council], people[council], default));

    /// <summary>What stands in the places of addresses: of these councils, and of one person where that has to be a member or an account.</summary>
    public IReadOnlyList<(string Place, string[] Values)> Places(string person, string[] councils)
    {
        string[] those = [.. councils.Where(organisations.ContainsKey).Select(c => Id(organisations[c]))];
        string[] rounds = [.. Rounds.Select(Id)];
        return
        [
            ("/assessments/{reference}", [.. councils.Select(c => c == InConfidence ? Id(claimed) : Id(parts[c]))]),
            ("/team/{respondent}", [Id(respondent)]),
            ("/upload/{upload}", [.. councils.Where(uploads.ContainsKey).Select(c => Id(uploads[c])).DefaultIfEmpty(Id(Guid.Empty))]),
            ("/questionnaire/{stage}", ["explore"]),
            ("/agreement/{areaKey}/{theme}/{key}", [Questions[0].Key.Replace('.', '/')]),
            ("/questions/{areaKey}/{theme}/{key}", [Questions[0].Key.Replace('.', '/')]),
            ("/comparisons/{reference}", rounds),
            ("/trends/{reference}", [Id(Programme)]),
            ("/rounds/{reference}", rounds),
            ("/joining/{reference}", [Id(joining)]),
            ("/members/{organisation}", [.. those.DefaultIfEmpty(Id(Guid.Empty))]),
            ("/fits/{reference}", [Id(joining)]),
            ("/workshops/{reference}", [.. councils.Where(workshops.ContainsKey).Select(c => Id(workshops[c])).DefaultIfEmpty(Id(Guid.Empty))]),
            ("/actions/{item}", [.. councils.Append(Programme.ToString()).Where(actions.ContainsKey).Select(c => Id(actions[c])).DefaultIfEmpty(Id(Guid.Empty))]),
            ("/milestones/{item}", [.. councils.Where(milestones.ContainsKey).Select(c => Id(milestones[c])).DefaultIfEmpty(Id(Guid.Empty))]),
            ("/pdfs/{item}", [Id(pdf)]),
            ("/facilitate/{secret}", [new('s', PrivateLink.Length)]),
            ("/join/{code?}", ["", "BCDFGH"]),
            ("/elsewhere/{partner}", [Id(elsewhere)]),
            ("/introductions/{organisation}.txt", [.. those.Select(o => $"{o}.txt").DefaultIfEmpty($"{Id(Guid.Empty)}.txt")]),
            ("/seals/{organisation}.txt", [.. those.Select(o => $"{o}.txt").DefaultIfEmpty($"{Id(Guid.Empty)}.txt")]),
            ("/released/{bundle}.txt", [$"{Id(released)}.txt"]),
            ("/received/{bundle}.txt", [$"{Id(received)}.txt"]),
            ("/seals/{organisation}/{number:int}", [.. those.Select(o => $"{o}/1")]),
            ("/programmes/{programme}", [Id(Programme)]),
            ("/rounds/{round}", [.. rounds, Id(joining)]),
            ("/assessments/{assessment}", [.. councils.Select(c => c == InConfidence ? Id(claimed) : Id(parts[c]))]),
            ("/answers/{question}", [Questions[0].Key]),
            ("/actions/{action}", [.. councils.Append(Programme.ToString()).Where(actions.ContainsKey).Select(c => Id(actions[c])).DefaultIfEmpty(Id(Guid.Empty))]),
            ("/instruments/{instrument}/{version}", [$"{Host.Instrument.Id}/{Host.Instrument.Version}"]),
            ("/programmes/{reference}", [Id(Programme)]),
            ("/partners/{organisation}", those),
            ("/facilitators/{person}", [Id(people[Facilitator])]),
            ("/organisations/{reference}", those),
            ("/people/{person}", [Id(people[person])]),
            ("/administration/accounts/{reference}", [Id(people[person])]),
            ("/sent-invitations/{reference}", [.. Invitations.Select(i => Id(i.Id))]),
            ("/invitations/{secret}", [.. Invitations.Select(i => i.Secret)]),
            ("/open/{secret?}", ["", new('s', PrivateLink.Length)]),
            ("/sign-in/{secret:length(32)}", [new('s', PrivateLink.Length)]),
            ("/status/{code:int}", ["404"]),
        ];
    }

    /// <summary>
    /// A form that any handler takes, for a council. Nothing is ticked that a person has to be sure of: without that, nothing is deleted and
    /// no round is opened.
    /// </summary>
    public IReadOnlyList<(string Field, string Value)> Fields(string address, string council) =>
    [
        ("Answer", "3"), ("Stance", "open"), ("Note", "A note"), ("Evidence", "A paper"), ("PageId", Id(Guid.Empty)), ("PageSave", "1"), ("Version", "1"), ("Depth", "everything"),
        ("Email", "new@example.org"), ("Role", "lead"), ("Name", "Gorse Council"), ("NewOrganisation", "Gorse Council"), ("OrganisationsName", "Gorse Council"),
        // An id, a name, or what the address says already.
        .. address.Contains("/partners/", StringComparison.Ordinal) ? [] : new[] { ("Organisation", address.EndsWith("/invite", StringComparison.Ordinal) ? "Gorse Council" : address.Contains("/elsewhere", StringComparison.Ordinal) ? Id(organisations[council]) : "new") },
        ("Form.Name", "Shared post room"), ("Form.What", "Letters"), ("Form.Stage", "explore"), ("ClosesOn", "2026-12-30"), ("Reminders", "no"), ("Part", Id(parts[council])), ("Source", Id(claimed)),
        ("Stage", "explore"), ("Questions", "last"), ("Every", "6"), ("On", "2027-06-01"), ("Ticked", Questions[0].Key),
        ("Details.Stage", "explore"), ("Details.Role", "legal"), ("End", "not-now"), ("Id", "AAAA"), ("Session", Id(Guid.Empty)), ("Code", "123456"), ("Assessments", "keep"),
        .. address.Contains("/plan/new", StringComparison.Ordinal) ? new[] { ("Question", Questions[0].Key), ("Round", Id(Round)) } : [],
        ("Form.On", "2027-01-20"), ("Form.State", "doing"), ("Form.Owners", Id(organisations[council])), ("Form.Days", "90"), ("Token", Id(Guid.Empty)), ("Move", $"{Id(actions.GetValueOrDefault(council))}.1.doing"),
    ];

    /// <summary>What a program sends to be stored somewhere, for a council.</summary>
    public string Body(string path, string council) =>
        path.EndsWith("/assessments", StringComparison.Ordinal) ? """{"stage":"explore","role":"legal"}"""
        : path.Contains("/answers/", StringComparison.Ordinal) ? """{"answer":3,"stance":"open","note":"A note","evidence":"A paper"}"""
        : path.Contains("/programmes/", StringComparison.Ordinal) ? $$"""{"what":"Letters","owners":["{{Id(organisations[council])}}"],"due":"2027-01-20","state":"doing"}"""
        : """{"what":"Letters","due":"2027-01-20","state":"doing"}""";

    public async Task OpenRoundAsync()
    {
        Round = (await AtAsync<ProgrammeDesk, Guid?>(d => d.OpenRoundAsync(Programme, people[Alder], new(2026, 12, 18), default)))!.Value;
        Rounds.Add(Round);
        names[Id(Round)] = $"round {Rounds.Count}";
        foreach (var (council, lead) in people.Where(p => organisations.ContainsKey(p.Key)).ToList())
        {
            var board = await AtAsync<ProgrammeBoard, ProgrammeView?>(b => b.FindAsync(Programme, lead, default));
            if (board?.OpenRound?.Parts.FirstOrDefault(p => p.Own is not null) is not { Own: { } own }) continue;
            parts[council] = own.Assessment;
            names[Id(own.Assessment)] = $"part of {council} in round {Rounds.Count}";
        }
    }

    /// <summary>Has <see cref="Heath"/> ask to join; its part stands among the others, and its lead among the callers.</summary>
    public async Task AskToJoinAsync()
    {
        people[Heath] = (await AtAsync<People, Person>(p => p.FindOrMakeAsync(Email(Heath)))).Id;
        names[Id(people[Heath])] = $"person {Heath}";
        var (_, secret) = (await AtAsync<InvitationDesk, (Guid, string)?>(d => d.InviteCandidateAsync(
            Programme, people[Alder], Email(Heath), Heath, Letters.Inviting(InvitedAs.Candidate, Email(Heath), Alder, Partnership.Name), default)))!.Value;
        await AcceptAsync(secret, people[Heath], Heath);
        Organise(Heath, (await AtAsync<OrganisationDesk, IReadOnlyList<MyOrganisation>>(d => d.OfAsync(people[Heath], default)))[0].Id);
        var round = (await AtAsync<ProgrammeBoard, ProgrammeView?>(b => b.FindAsync(Programme, people[Heath], default)))!.Joinings.Single();
        (joining, parts[Heath]) = (round.Id, round.Parts.Single().Own!.Assessment);
        names[Id(joining)] = "joining";
        names[Id(parts[Heath])] = $"part of {Heath}";
        callers.Add(await CallerAsync(Candidate, people[Heath]));
    }

    /// <summary>
    /// Has <see cref="Fell"/> take part from another server: it is introduced and its key confirmed; each partner here that is there makes its own.
    /// What a desk gets was verified before.
    /// </summary>
    public async Task MeetElsewhereAsync()
    {
        foreach (var council in new[] { Alder, Brook, Crag }) Assert.Equal(ExchangeEnd.Done, (await AtAsync<ExchangeDesk, ExchangeOutcome>(d => d.MakeKeysAsync(Round, organisations[council], people[council], KeysOf(council), default))).End);
        var fell = KeysOf(Fell);
        var asked = await Host.Services.GetRequiredService<InstrumentLibrary>().AskedAsync(Host.Instrument.Id, Host.Instrument.Version);
        var introduction = new Introduction(Fell, "Ours", "2026-11.01", "explore", asked, Host.Clock.GetUtcNow(), fell.Signing.Public, fell.Encryption.Public);
        elsewhere = (await AtAsync<ExchangeDesk, ExchangeOutcome>(d => d.IntroduceAsync(Round, people[Alder], introduction, default))).Partner!.Value;
        names[Id(elsewhere)] = "partner elsewhere";
        Assert.Equal(ExchangeEnd.Done, (await AtAsync<ExchangeDesk, ExchangeOutcome>(d => d.ConfirmAsync(Round, elsewhere, people[Alder], default))).End);
    }

    /// <summary>Brings in the seal of <see cref="Fell"/>, which shows everything.</summary>
    public async Task SealElsewhereAsync() =>
        Assert.Contains((await AtAsync<ExchangeDesk, ExchangeOutcome>(d => d.TakeSealAsync(Round, elsewhere, people[Alder], FellSeal(), true, default))).End, new[] { ExchangeEnd.Done, ExchangeEnd.Revealed });

    /// <summary>Releases what a council shows to <see cref="Fell"/>, and brings in what that shows the council.</summary>
    public async Task HandOverAsync(string council, Depth depth)
    {
        Assert.Equal(ExchangeEnd.Done, (await AtAsync<ExchangeDesk, ExchangeOutcome>(d => d.ReleaseAsync(Round, organisations[council], elsewhere, people[council], depth, (_, _, _) => "eyJ", 1000, default))).End);
        var asked = await Host.Services.GetRequiredService<InstrumentLibrary>().AskedAsync(Host.Instrument.Id, Host.Instrument.Version);
        var bundle = new Bundle(Fell, council, KeysOf(council).Signing.Public.Thumbprint, asked, "explore", 1, 1, depth, FellSalt, FellDocument(depth), Host.Clock.GetUtcNow());
        var outcome = await AtAsync<ExchangeDesk, ExchangeOutcome>(d => d.ReceiveAsync(Round, organisations[council], elsewhere, people[council], bundle, "eyJ", default));
        Assert.True(outcome.End == ExchangeEnd.Done, outcome.Why);
        var there = (await AtAsync<ExchangeBoard, ExchangeView?>(b => b.FindAsync(Round, people[council], default)))!.Elsewhere.Single();
        if (council != Brook) return;
        (released, received) = (there.Released.Single(r => r.Organisation == organisations[council]).Id, there.Received.Single(r => r.Organisation == organisations[council]).Id);
        (names[Id(released)], names[Id(received)]) = ("released bundle", "received bundle");
    }

    /// <summary>Chooses what <see cref="Heath"/> may see of a member.</summary>
    public async Task ShowAsync(string council, Depth depth) => Assert.Contains(
        await AtAsync<JoiningDesk, SealOutcome>(d => d.ChooseAsync(joining, people[council], organisations[council], depth, 1, "2026-11-member", true, default)), new[] { SealOutcome.Done, SealOutcome.Revealed });

    /// <summary>Writes the mails that are due, and waits until all are sent.</summary>
    public async Task SettleAsync()
    {
        await Host.Services.GetRequiredService<Notices>().WriteDueAsync(Host.Services.GetRequiredService<LetterBox>().Of, default);
        await Until.TrueAsync(async () => (await Host.Services.GetRequiredService<Outbox>().NewestAsync(500, default)).All(m => m.State != MailState.Waiting));
    }

    /// <summary>Asks a desk for something, as a page would.</summary>
    public async Task<T> AtAsync<TDesk, T>(Func<TDesk, Task<T>> act)
        where TDesk : notnull
    {
        Tick();
        await using var scope = Host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TDesk>());
    }

    public static string Id(Guid id) => id.ToString("N");

    private async Task SetAsync()
    {
        foreach (var who in new[] { Alder, Brook, Crag, Dene, Elm, Contributor, Facilitator, Administrator, Removed, Deleted })
        {
            people[who] = (await AtAsync<People, Person>(p => p.FindOrMakeAsync(Email(who)))).Id;
            names[Id(people[who])] = $"person {who}";
        }
        await AtAsync<People, bool>(async p =>
        {
            await p.MakeAdministratorAsync(people[Administrator], default);
            return true;
        });
        foreach (var council in new[] { Alder, Elm }) Organise(council, await AtAsync<OrganisationDesk, Guid>(d => d.StartAsync(council, people[council], default)));
        Programme = (await AtAsync<ProgrammeDesk, Guid?>(d => d.StartAsync(organisations[Alder], people[Alder], Partnership.Name, "Litigation & advice", null, "explore", default)))!.Value;
        names[Id(Programme)] = "programme";
        foreach (var council in new[] { Brook, Crag, Dene })
        {
            await AcceptAsync((await InviteAsync(InvitedAs.Partner, council, council)).Secret, people[council], council);
            Organise(council, (await AtAsync<OrganisationDesk, IReadOnlyList<MyOrganisation>>(d => d.OfAsync(people[council], default)))[0].Id);
        }
        await AcceptAsync((await InviteAsync(InvitedAs.Facilitator, Facilitator)).Secret, people[Facilitator]);
        foreach (var who in new[] { Removed, Deleted })
        {
            foreach (var council in new[] { Brook, Crag }) await JoinAsync(council, who);
        }
        await OpenRoundAsync();
        await AskAsync();
        foreach (var council in new[] { Brook, Crag })
        {
            workshops[council] = await AtAsync<WorkshopDesk, Guid?>(d => d.OpenAsync(parts[council], people[council], default)) ?? throw new InvalidOperationException("No workshop could be opened.");
            names[Id(workshops[council])] = $"workshop of {council}";
        }

        foreach (var council in new[] { Brook, Crag })
        {
            var (address, holder) = (new PlanAddress(parts[council], IsJoint: false), new Holder(null, people[council]));
            actions[council] = (await AtAsync<PlanDesk, Guid?>(d => d.AddAsync(address, holder, new ActionWords { What = "Ask the unions" }, default)))!.Value;
            await AtAsync<PlanDesk, bool>(d => d.AddMilestoneAsync(address, holder, "The board decides", new(2027, 1, 15), default));
            milestones[council] = (await AtAsync<PlanLens, SeenPlan?>(l => l.FindAsync(address, holder, default)))!.Milestones[0].Id;
            names[Id(actions[council])] = $"action of {council}";
            names[Id(milestones[council])] = $"milestone of {council}";
        }

        // Of the target, by its lead as one; Brook's lead answers as one of several.
        foreach (var (council, who) in new[] { (Brook, (Guid?)respondentOfLead), (Crag, null) })
        {
            var answering = who ?? (await Host.Services.GetRequiredService<Seen>().AssessmentAsync(parts[council], new(null, people[council])))!.Facts.Answering!.Id;
            uploads[council] = await AtAsync<UploadDesk, Guid>(d => d.AddAsync(
                new(parts[council], answering, people[council]), new() { File = "answers.xlsx", Answers = [UploadedAnswer.Of(Questions[^1].Key, new(Choice.OfLevel(2), null, "A note", null), 0)] }, default));
            names[Id(uploads[council])] = $"upload of {council}";
        }
        pdf = (await AtAsync<PdfDesk, Guid?>(d => d.AskAsync(people[Brook], new(nameof(ReportSubject.Results), Id(parts[Brook]), ""), Host.Clock.GetUtcNow(), "As it was once"u8.ToArray(), default)))!.Value;
        names[Id(pdf)] = $"PDF of {Brook}";

        // They sign in while they are there.
        callers.Add(new(http, Nobody, null));
        foreach (var (kind, who) in new[]
        {
            (Stranger, Elm), (Contributor, Contributor), (Lead, Brook), (Starter, Alder), (Facilitator, Facilitator), (Administrator, Administrator), (Former, Dene), (Removed, Removed), (Deleted, Deleted),
        })
        {
            callers.Add(await CallerAsync(kind, people[who]));
        }
        Programs = [new(http, Program, null, await TokenAsync(people[Brook], organisations[Brook]))];
        foreach (var council in new[] { Brook, Crag }) await AtAsync<OrganisationDesk, MemberOutcome>(d => d.RemoveAsync(organisations[council], people[council], people[Removed], default));
        await AtAsync<People, IReadOnlyList<string>>(p => p.DeleteAsync(people[Deleted], people[Deleted], withAssessments: false, default));
        await LeaveAsync(Dene);

        Invitations.Add(await AtAsync<InvitationDesk, (Guid, string)?>(d => d.InviteToOrganisationAsync(
            organisations[Brook], people[Brook], Email("colleague"), Letters.Inviting(InvitedAs.Lead, Email("colleague"), Brook, null), default)) ?? default);
        Invitations.Add(await InviteAsync(InvitedAs.Partner, "Fenwick Council", "Fenwick Council"));
        foreach (var (id, _) in Invitations) names[Id(id)] = "invitation";
        (claimed, var secret) = await AtAsync<AssessmentDesk, (Guid, string)>(d => d.StartAsync(null, "explore", "finance", default));
        await AtAsync<AssessmentDesk, bool>(d => d.ClaimAsync(claimed, new(PrivateLink.Hash(secret), null), people[Crag], default));
        names[Id(claimed)] = InConfidence;
    }

    private static string FellSalt => new('f', 64);

    private SecretKeys KeysOf(string council)
    {
        if (!keys.TryGetValue(council, out var known)) keys[council] = known = new(Key(), Key());
        return known;

        static SecretKey Key()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var whole = key.ExportParameters(includePrivateParameters: true);
            return new(new(Base64Url.EncodeToString(whole.Q.X), Base64Url.EncodeToString(whole.Q.Y)), Base64Url.EncodeToString(whole.D));
        }
    }

    private string FellDocument(Depth depth)
    {
        var sheet = new AnswerSheet(Fell, "2026-11.01", [], Questions.Take(20).ToDictionary(q => q.Key, _ => new Answer(Choice.OfLevel(4), Stance.Open, "From elsewhere"), StringComparer.Ordinal));
        return SealedDocument.Write("Ours", Scorer.Score(Host.Instrument, "explore", sheet), sheet, depth);
    }

    private SealNotice FellSeal()
    {
        var now = Host.Clock.GetUtcNow();
        return new(Fell, 1, 1, now, now, Depth.Everything, new(Of(Depth.Areas), Of(Depth.Questions), Of(Depth.Everything)), null);

        string Of(Depth depth) => Convert.ToHexStringLower(SealedDocument.Commit(Convert.FromHexString(FellSalt), FellDocument(depth)));
    }

    private LetterBox Letters => Host.Services.GetRequiredService<LetterBox>();

    private static string Asked(string council, int who) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"asked{who}of{council}");

    private string Email(string who) => $"{who.Split(' ')[0].ToLowerInvariant()}.{number}@example.gov.uk";

    private async Task<(Guid Id, string Secret)> InviteAsync(InvitedAs invitedAs, string who, string? council = null) =>
        (await AtAsync<InvitationDesk, (Guid, string)?>(d => d.InviteToProgrammeAsync(
            Programme, people[Alder], invitedAs, Email(who), council, Letters.Inviting(invitedAs, Email(who), Alder, Partnership.Name), default)))!.Value;

    /// <summary>Has <see cref="Brook"/>'s lead ask the contributor, who has read who sees what.</summary>
    private async Task AskAsync()
    {
        await AtAsync<TeamDesk, TeamOutcome>(d => d.StartAsync(parts[Brook], people[Brook], Attribution.Named, "programme-manager", default));
        await AcceptAsync((await AtAsync<InvitationDesk, (Guid, string Secret)?>(d => d.InviteToTeamAsync(parts[Brook], people[Brook], Email(Contributor), "finance", null, null, default)))!.Value.Secret, people[Contributor]);
        await AtAsync<TeamDesk, bool>(d => d.BeginAsync(parts[Brook], people[Contributor], default));
        var team = (await AtAsync<TeamBoard, TeamView?>(b => b.FindAsync(parts[Brook], people[Brook], default)))!;
        respondent = team.People.Single(p => !p.IsMe).Id;
        respondentOfLead = team.People.Single(p => p.IsMe).Id;
        foreach (var row in team.People) names[Id(row.Id)] = $"respondent {(row.IsMe ? Brook : Contributor)}";
    }

    private async Task JoinAsync(string council, string who)
    {
        var (_, secret) = (await AtAsync<InvitationDesk, (Guid, string)?>(d => d.InviteToOrganisationAsync(organisations[council], people[council], Email(who), null, default)))!.Value;
        await AcceptAsync(secret, people[who]);
        // Who was invited to lead, and then leads no more, belongs to the organisation as somebody who is only asked to answer does.
        await AtAsync<OrganisationDesk, MemberOutcome>(d => d.ChangeRoleAsync(organisations[council], people[council], people[who], MemberRole.Contributor, default));
    }

    private async Task AcceptAsync(string secret, Guid person, string? council = null) =>
        Assert.Equal(AcceptOutcome.Done, await AtAsync<InvitationDesk, AcceptOutcome>(d => d.AcceptAsync(secret, person, null, council, default)));

    private void Organise(string council, Guid id)
    {
        organisations[council] = id;
        names[Id(id)] = $"organisation {council}";
    }

    private async Task SealingAsync(Func<Sealing, Task<SealOutcome>> act) => Assert.Contains(await AtAsync(act), new[] { SealOutcome.Done, SealOutcome.Revealed });

    private async Task<Caller> CallerAsync(string name, Guid person) =>
        new(http, name, "rasp-session=" + await AtAsync<Sessions, string>(s => s.BeginAsync(person, "Firefox on Linux")), await TokenAsync(person, null));

    private Task<string> TokenAsync(Guid person, Guid? organisation) =>
        AtAsync<TokenDesk, string>(async d => (await d.MakeAsync(person, organisation, new("A program", TokenScopes.Answer | TokenScopes.Plan, null, 90), null, default))!);

    /// <summary>Lets as much time pass as a step takes.</summary>
    public void Tick() => Host.Clock.Advance(TimeSpan.FromMilliseconds(10));
}

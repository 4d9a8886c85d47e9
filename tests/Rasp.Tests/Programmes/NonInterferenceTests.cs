using System.Text;
using System.Text.RegularExpressions;
using Rasp.Data;
using Rasp.Data.Teams;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Pages;

namespace Rasp.Tests.Programmes;

/// <summary>
/// Trust is the product (sharing.md): nothing that anybody outside an organisation can obtain depends on what it answered before the
/// reveal, or after it on what lies deeper than it consented to. Each case is played twice, on hosts of their own with the same clock, where
/// that organisation answered differently and nothing else differs; then everybody else goes through every door, and all that they get is to be the same.
/// </summary>
public sealed partial class NonInterferenceTests(NonInterferenceTests.Pairs pairs) : IClassFixture<NonInterferenceTests.Pairs>
{
    private const string Target = Scene.Crag;

    /// <summary>What happens, one thing after the other; and who may, by what they were shown, see a difference.</summary>
    private static readonly Dictionary<string, Story> Stories = new(StringComparer.Ordinal)
    {
        ["answered, and sealed"] = new(
            ("answered in confidence", (s, v) => s.AnswerAsync(Target, v.Far(s), inConfidence: true)),
            ("in progress", (s, v) => s.AnswerAsync(Target, v.Far(s))),
            ("planned for itself", (s, v) => s.PlanAsync(Target, s.Questions.Skip(v.IsOther ? 4 : 0).Take(v.IsOther ? 6 : 3).Select((q, i) => (q, 1 + (i % 4))), v.IsOther ? "Nobody is to know" : "Short", v.IsOther ? new(2027, 3, 1) : new(2027, 2, 1))),
            ("sealed alone", (s, v) => SealAsync(s, v)),
            ("all but one sealed", async (s, v) =>
            {
                await SealOthersAsync(s, Scene.Alder);
                await s.AnswerAsync(Scene.Brook, Same(s));
            }
        )),
        ["close proposed"] = new(
            ("partly confirmed", async (s, v) =>
            {
                await s.AnswerAsync(Target, v.Far(s));
                await SealAsync(s, v);
                await SealOthersAsync(s, Scene.Alder);
                await s.ProposeToCloseAsync();
                await s.ConfirmCloseAsync(Target);
            }
        )),
        ["opened without another"] = new(
            ("revealed", async (s, v) =>
            {
                await s.AnswerAsync(Target, v.Far(s));
                await SealAsync(s, v);
                await SealOthersAsync(s, Scene.Alder);
                await s.AnswerAsync(Scene.Brook, Same(s));
                await CloseAsync(s, Scene.Alder, Target);
            }
        ))
        { MayDiffer = [Scene.Starter, Scene.Facilitator] },
        ["opened without it"] = new(
            ("all sealed but itself", async (s, v) =>
            {
                await SealOthersAsync(s, Scene.Alder, Scene.Brook);
                await s.AnswerAsync(Target, v.Far(s));
            }
        ),
            ("sealed and not sharing", (s, v) => s.SealAsync(Target, Depth.Nothing)),
            ("left out", (s, v) => CloseAsync(s, Scene.Alder, Scene.Brook))),
        ["opened its seal"] = new(
            ("unsealed", async (s, v) =>
            {
                await s.AnswerAsync(Target, v.Far(s));
                await SealAsync(s, v);
                await s.UnsealAsync(Target);
                await s.AnswerAsync(Target, v.Far(s, 40));
            }
        ),
            ("sealed again", (s, v) => SealAsync(s, v)),
            ("left the programme", (s, v) => s.LeaveAsync(Target)),
            ("erased", (s, v) => s.EraseAsync(Target))),
        ["asked many"] = new(
            ("answered by many", async (s, v) =>
            {
                await s.AskAsync(Target, Attribution.Anonymous, 5);
                for (var i = 0; i < 5; i++) await s.AnswerAsync(Target, i, v.Far(s));
            }
        ),
            ("opened and agreed", async (s, v) =>
            {
                await s.OpenAnswersAsync(Target, 5);
                await s.AgreeAsync(Target, s.Questions[v.IsOther ? 3 : 4], new(v.IsOther ? Choice.DontKnow : Choice.OfLevel(1), Stance.Fixed, "Nobody is to know", null, v.IsOther ? "Nor why" : null, null));
            }
        ),
            ("met", async (s, v) =>
            {
                var meeting = await s.MeetAsync(Target);
                var people = await meeting.JoinAsync(5);
                await meeting.BallotAsync(people.Select((p, i) => (p, v.IsOther ? 1 + i : 5)));
                await meeting.RecordAsync(v.IsOther ? 2 : 5);
                await meeting.OpenVoteAsync();
                await meeting.VoteAsync(people[0], v.IsOther ? 1 : 4);
            }
        ),
            ("all but one sealed", async (s, v) =>
            {
                await SealAsync(s, v);
                await SealOthersAsync(s, Scene.Alder);
                await s.AnswerAsync(Scene.Brook, Same(s));
            }
        )),
        // The same collective answers of other people's: who answered what, and how they are spread, is shown to nobody outside.
        ["asked many, and showed everything"] = new(
            ("revealed", async (s, v) =>
            {
                await s.AskAsync(Target, Attribution.Named, 3);
                for (var i = 0; i < 3; i++) await s.AnswerAsync(Target, i, v.SameMiddle(s, i));
                await s.AgreeAsync(Target, s.Questions[0], new(Choice.OfLevel(3), null, "For all", null, v.IsOther ? "Nobody is to know" : null, v.IsOther ? null : "Nor this"));
                await s.SealAsync(Target, Depth.Everything);
                await SealOthersAsync(s, Scene.Alder);
                await s.AnswerAsync(Scene.Brook, Same(s));
                await s.SealAsync(Scene.Brook, Depth.Everything);
            }
        )),
        ["showed areas"] = new(
            ("revealed", (s, v) => RevealAsync(s, v.SameAreas(s), Depth.Areas, Depth.Everything)),
            ("withdrawn", (s, v) => s.WithdrawAsync(Target))),
        ["showed questions"] = new(
            ("revealed", (s, v) => RevealAsync(s, v.SameLevels(s), Depth.Questions, Depth.Everything)),
            ("planned together", async (s, v) =>
            {
                await s.PlanTogetherAsync(Scene.Alder, s.Questions[0]);
                await s.PlanAsync(Target, s.Questions.Skip(v.IsOther ? 2 : 0).Take(v.IsOther ? 5 : 1).Select(q => (q, v.IsOther ? 3 : 1)), v.IsOther ? "Nobody is to know" : "Short", new(2027, 2, 1));
            }
        ),
            ("the next round sealed", async (s, v) =>
            {
                await s.OpenRoundAsync();
                await s.AnswerAsync(Target, v.Far(s));
                await SealAsync(s, v);
            }
        )),
        ["showed everything, seen by who shows areas"] = new(
            ("revealed", (s, v) => RevealAsync(s, v.SameAreas(s), v.Depth, Depth.Areas)))
        { MayDiffer = [Scene.Starter, Scene.Facilitator] },
        ["showed everything, seen by who shows questions"] = new(
            ("revealed", (s, v) => RevealAsync(s, v.SameLevels(s), v.IsOther ? Depth.Everything : Depth.Questions, Depth.Questions)),
            ("planned together", (s, v) => s.PlanTogetherAsync(Scene.Brook, s.Questions[1])),
            ("by who has withdrawn", (s, v) => s.WithdrawAsync(Scene.Brook)))
        { MayDiffer = [Scene.Starter, Scene.Facilitator] },
        ["corrected itself"] = new(
            ("not released", async (s, v) =>
            {
                await RevealAsync(s, Same(s), Depth.Everything, Depth.Everything);
                await s.CorrectAsync(Target);
                await s.AnswerAsync(Target, v.Far(s));
            }
        )),
        ["asks to join"] = new(
            ("answered", async (s, v) =>
            {
                await RevealAsync(s, Same(s), Depth.Everything, Depth.Everything);
                await s.AskToJoinAsync();
                await s.AnswerAsync(Scene.Heath, v.Far(s).Where(AskedToJoin));
            }
        ),
            ("sealed, and some have chosen", async (s, v) =>
            {
                await s.ShowAsync(Scene.Alder, Depth.Everything);
                await s.SealAsync(Scene.Heath, v.Depth);
            }
        ))
        { Who = Scene.Heath },
        ["asks to join, and shows areas"] = new(
            ("seen by the members", async (s, v) =>
            {
                await RevealAsync(s, Same(s), Depth.Everything, Depth.Everything);
                await s.AskToJoinAsync();
                await s.AnswerAsync(Scene.Heath, v.SameAreas(s.Questions.Where(q => q.IsAskedAt("join"))));
                await s.SealAsync(Scene.Heath, Depth.Areas);
                foreach (var council in new[] { Scene.Alder, Scene.Brook, Target }) await s.ShowAsync(council, Depth.Everything);
            }
        ))
        { Who = Scene.Heath },
        ["took part with a partner elsewhere"] = new(
            ("sealed before the other", async (s, v) =>
            {
                await s.MeetElsewhereAsync();
                await s.AnswerAsync(Target, v.SameAreas(s));
                await s.SealAsync(Target, Depth.Areas);
                await SealOthersAsync(s, Scene.Alder);
                await s.AnswerAsync(Scene.Brook, Same(s));
                await s.SealAsync(Scene.Brook, Depth.Everything);
            }
        ),
            ("open, and handed over", async (s, v) =>
            {
                await s.SealElsewhereAsync();
                await s.HandOverAsync(Target, Depth.Areas);
                await s.HandOverAsync(Scene.Brook, Depth.Everything);
            }
        )),
        // What a member shows its partners, a candidate sees nothing of, and later only as deep as the member shows it to the candidate.
        ["shown to partners, not to a candidate"] = new(
            ("not seen yet", async (s, v) =>
            {
                await RevealAsync(s, v.SameAreas(s), Depth.Everything, Depth.Everything);
                await s.AskToJoinAsync();
                await s.AnswerAsync(Scene.Heath, Same(s).Where(AskedToJoin));
                await s.SealAsync(Scene.Heath, Depth.Everything);
                await s.ShowAsync(Target, v.IsOther ? Depth.Questions : Depth.Areas);
            }
        ),
            ("its areas seen", async (s, v) =>
            {
                await s.ShowAsync(Target, Depth.Areas);
                foreach (var council in new[] { Scene.Alder, Scene.Brook }) await s.ShowAsync(council, Depth.Everything);
            }
        ))
        { MayDiffer = [Scene.Starter, Scene.Lead, Scene.Contributor, Scene.Program, Scene.Facilitator] },
        ["took back what it showed"] = new(
            ("withdrawn", async (s, v) =>
            {
                await RevealAsync(s, v.Far(s), v.Depth, Depth.Everything);
                await s.WithdrawAsync(Target);
            }
        ),
            ("erased", (s, v) => s.EraseAsync(Target))),
    };

    public static IEnumerable<TheoryDataRow<Engine, string>> Each => Stories.Keys.SelectMany(c => Enum.GetValues<Engine>().Select(e => new TheoryDataRow<Engine, string>(e, c)));

    [Theory, MemberData(nameof(Each))]
    public async Task Nobody_outside_can_tell_what_an_organisation_answered(Engine engine, string story)
    {
        var (first, second) = await pairs.OfAsync(engine);
        var played = await Task.WhenAll(PlayAsync(first, story, new(false)), PlayAsync(second, story, new(true)));
        var (one, other) = (played[0], played[1]);
        // What is compared is not the same by chance, nor nothing: its own lead sees the difference.
        Assert.NotEqual(one.Own, other.Own);
        Assert.True(one.Told.Count(t => t.Reply.StartsWith("200", StringComparison.Ordinal)) > 40);

        var differences = one.Told.Zip(other.Told).Where(p => p.First != p.Second).Select(p => p.First.Against(p.Second)).ToList();
        if (one.Told.Count != other.Told.Count) differences.Add($"{one.Told.Count} against {other.Told.Count} answers");
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join("\n\n", differences.Take(8))}");
    }

    private static async Task<(List<Told> Told, string Own)> PlayAsync(Stage stage, string name, Variant variant)
    {
        var (mailsBefore, linesBefore) = (stage.Mail.Received.Count, stage.Host.Log.Lines.Count);
        var story = Stories[name];
        var number = Stories.Keys.ToList().IndexOf(name);
        var scene = await Scene.SetAsync(stage.Host, stage.Http, number);
        var masks = new Masks(scene.Names);
        var told = new List<Told>();
        var own = new StringBuilder();
        var doors = await Doors.OfAsync(scene.Host);
        var target = default(Caller);
        var (now, steps, isEnd) = ("", 0, false);
        foreach (var (step, play) in story.Steps)
        {
            (now, steps) = (step, steps + 1);
            await play(scene, variant);
            await scene.SettleAsync();
            isEnd = step == story.Steps[^1].Name;
            await LookAsync();
            target ??= await scene.LeadOfAsync(story.Who);
            own.Append((await target.GetAsync(Links.Results(Scene.Id(scene.Part(story.Who))))).Body);
        }
        // Forms are tried once in each story, in turn on one database and on the other.
        if (number % 2 == (int)stage.Host.Engine) await TryAllAsync();
        told.AddRange(stage.Mail.Received.Skip(mailsBefore).Select(m => new Told($"mail to {m.To}", "", masks.Hide($"{string.Join(", ", m.Headers.Select(h => h.Field).Order(StringComparer.Ordinal))}\n{m.From} {m.Subject}\n{m.TextBody}\n{m.HtmlBody}")))
            .OrderBy(t => (t.Who, t.Reply)));
        told.AddRange(scene.Host.Log.Lines.Skip(linesBefore).Select(l => new Told("log", "", masks.Hide(l.Replace(scene.Host.Url.ToString().TrimEnd('/'), "", StringComparison.Ordinal)))).OrderBy(t => t.Reply, StringComparer.Ordinal));
        return (told, own.ToString());

        List<Caller> Outside() => [.. scene.Callers.Concat(scene.Programs).Where(c => c.Name != Scene.Deleted && !story.MayDiffer.Contains(c.Name) && (c.Name != Scene.Candidate || story.Who != Scene.Heath))];

        async Task LookAsync()
        {
            // On one database, a partner and a candidate look at each step, and everybody at the end; on the other, some at the end.
            // Of those whose views are much alike, one looks at what all would take too long to look at: a different one each time.
            var (isSqlite, all) = (stage.Host.Engine == Engine.Sqlite, isEnd && stage.Host.Engine == Engine.Sqlite);
            foreach (var caller in Outside().Where(Looks))
            {
                foreach (var path in doors.Where(d => d.IsOfApi || caller.Name != Scene.Program).Where(d => !d.IsForAnybody || (all && caller.Name is Scene.Nobody or Scene.Lead)).SelectMany(d => d.Paths(Places(scene, caller, story.Who))))
                {
                    var reply = await caller.GetAsync(path);
                    Add(caller, "GET", path, reply);
                    if (!all || caller.Name is not (Scene.Lead or Scene.Program) || reply.Status != 200) continue;
                    // The size of what is compressed is that of a text: where that is the same, so is this.
                    Add(caller, "HEAD", path, await caller.HeadAsync(path));
                    foreach (var encoding in new[] { "br", "gzip" }) Add(caller, $"GET {encoding}", path, await caller.GetAsync(path, encoding));
                }
            }

            bool Looks(Caller caller) => caller.Name switch
            {
                Scene.Lead or Scene.Candidate => isSqlite || isEnd,
                Scene.Program or Scene.Starter or Scene.Facilitator => all || ((isSqlite || isEnd) && IsTurnOf(caller, Scene.Program, Scene.Starter, Scene.Facilitator)),
                // Whatever happens, every door is closed to them as if there were nothing behind it: AuthorisationTests.
                Scene.Nobody or Scene.Stranger or Scene.Former or Scene.Removed => all && IsTurnOf(caller, Scene.Nobody, Scene.Stranger, Scene.Former, Scene.Removed),
                _ => all,
            };

            bool IsTurnOf(Caller caller, params string[] ofThese) => caller.Name == ofThese[(number + steps) % ofThese.Length];
        }

        // Those who have deleted their account are nobody, and for others a door is closed as if there were nothing behind it: AuthorisationTests.
        async Task TryAllAsync()
        {
            foreach (var (caller, address) in from caller in Outside()
                                              where caller.Name is Scene.Stranger or Scene.Lead or Scene.Starter or Scene.Facilitator or Scene.Candidate
                                              from door in doors
                                              where caller.Name != Scene.Stranger || door.Pattern.StartsWith("/invitations/", StringComparison.Ordinal)
                                              from path in door.Paths(Places(scene, caller, story.Who))
                                              from handler in door.Handlers
                                              let address = Door.Address(path, handler)
                                              orderby TakesAway().IsMatch(address)
                                              select (caller, address))
            {
                // What is made one after the other has an order.
                scene.Tick();
                var reply = await caller.PostAsync(address, scene.Fields(address, caller.Name switch { Scene.Starter => Scene.Alder, Scene.Candidate => Scene.Heath, _ => Scene.Brook }));
                Add(caller, "POST", address, reply);
                // What is due follows from what is stored: a state that passes is to be noticed in both.
                if (reply.Status == 302 && ChangesRounds().IsMatch(address)) await scene.SettleAsync();
            }
            foreach (var (caller, path, method) in from caller in Outside()
                                                   where caller.Name is Scene.Lead or Scene.Starter or Scene.Facilitator or Scene.Candidate or Scene.Program
                                                   from door in doors
                                                   from method in door.Changes
                                                   from path in door.Paths(Places(scene, caller, story.Who))
                                                   select (caller, path, method))
            {
                scene.Tick();
                var council = caller.Name switch { Scene.Starter => Scene.Alder, Scene.Candidate => Scene.Heath, _ => Scene.Brook };
                foreach (var seen in new[] { "\"0\"", "\"1\"" }) Add(caller, $"{method} {seen}", path, await caller.ChangeAsync(method, path, scene.Body(path, council), ("If-Match", seen)));
            }
        }

        void Add(Caller caller, string how, string path, Reply reply) => told.Add(new(caller.Name, $"{now}: {how} {masks.Hide(path)}", masks.Hide(reply.ToString())));
    }

    [GeneratedRegex("^/(programmes/|joining/|invitations/|assessments/.*/sharing)")]
    private static partial Regex ChangesRounds();

    /// <summary>What takes somebody's place, seal or session away comes last: first, everything is tried while all is there. So does showing more, after which one sees more.</summary>
    [GeneratedRegex("/(people|partners|facilitators)/|/outcome|handler=(Withdraw|Unseal|Decline|Depth)|/sessions|/sign-out")]
    private static partial Regex TakesAway();

    /// <summary>What is the target's, and the caller's own.</summary>
    private static IReadOnlyList<(string Place, string[] Values)> Places(Scene scene, Caller caller, string who) => scene.Places(
        who,
        caller.Name switch { Scene.Lead or Scene.Contributor or Scene.Program => [who, Scene.Brook], Scene.Starter => [who, Scene.Alder], Scene.Former => [who, Scene.Dene], Scene.Stranger => [who, Scene.InConfidence], Scene.Candidate => [who, Scene.Heath], _ => [who] });

    private static bool AskedToJoin((Question Question, StoredAnswer) answer) => answer.Question.IsAskedAt("join");

    private static async Task SealAsync(Scene scene, Variant variant)
    {
        await scene.SealAsync(Target, Depth.Areas);
        // How deep, and that somebody thought again, is nobody else's business before the reveal.
        if (variant.IsOther) await scene.ChooseDepthAsync(Target, variant.Depth);
        else scene.Tick();
    }

    private static async Task SealOthersAsync(Scene scene, params string[] councils)
    {
        foreach (var council in councils)
        {
            await scene.AnswerAsync(council, Same(scene));
            await scene.SealAsync(council, Depth.Everything);
        }
    }

    private static async Task CloseAsync(Scene scene, params string[] councils)
    {
        await scene.ProposeToCloseAsync();
        foreach (var council in councils) await scene.ConfirmCloseAsync(council);
    }

    private static async Task RevealAsync(Scene scene, IEnumerable<(Question, StoredAnswer)> answers, Depth depth, Depth brook)
    {
        await scene.AnswerAsync(Target, answers);
        await scene.SealAsync(Target, depth);
        await SealOthersAsync(scene, Scene.Alder);
        await scene.AnswerAsync(Scene.Brook, Same(scene));
        await scene.SealAsync(Scene.Brook, brook);
    }

    private static IEnumerable<(Question, StoredAnswer)> Same(Scene scene) => scene.Questions.Take(20).Select((q, i) => (q, new StoredAnswer(Choice.OfLevel(1 + (i % 5)), Stance.Negotiable, "As it is", null)));

    /// <summary>For each database, two hosts on which the same stories are told: they start once, since that costs more than a story.</summary>
    public sealed class Pairs : IAsyncLifetime
    {
        private readonly Dictionary<Engine, (Stage, Stage)> pairs = [];

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            foreach (var (one, other) in pairs.Values)
            {
                await one.DisposeAsync();
                await other.DisposeAsync();
            }
        }

        internal async Task<(Stage One, Stage Other)> OfAsync(Engine engine) =>
            pairs.TryGetValue(engine, out var known) ? known : pairs[engine] = (await Stage.StartAsync(engine), await Stage.StartAsync(engine));
    }

    /// <summary>A host with its mail server and a client.</summary>
    internal sealed record Stage(RaspHost Host, MailServer Mail, HttpClient Http) : IAsyncDisposable
    {
        public static async Task<Stage> StartAsync(Engine engine)
        {
            var mail = new MailServer();
            var host = await Scene.StartHostAsync(mail, engine);
            return new(host, mail, Caller.Client(host.Url));
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await Host.DisposeAsync();
            await Mail.DisposeAsync();
        }
    }

    private sealed record Story(params (string Name, Func<Scene, Variant, Task> Play)[] Steps)
    {
        public string[] MayDiffer { get; init; } = [];

        /// <summary>Who answers in two ways.</summary>
        public string Who { get; init; } = Target;
    }

    /// <summary>What the target answers, in one of two ways.</summary>
    private sealed record Variant(bool IsOther)
    {
        public Depth Depth => IsOther ? Depth.Everything : Depth.Areas;

        /// <summary>As different as can be: others, and more, questions; levels, don't know and not applicable; stances; much text or none.</summary>
        public IEnumerable<(Question, StoredAnswer)> Far(Scene scene, int from = 0) => scene.Questions.Skip(from).Where((_, i) => IsOther ? i % 2 == 1 : i % 2 == 0 && i < 12).Select((q, i) => (q, IsOther
            ? new StoredAnswer(i % 3 == 0 ? Choice.DontKnow : i % 3 == 1 ? Choice.NotApplicable : Choice.OfLevel(5), Stance.Fixed, $"Nobody is to know {new string('é', 300 + i)}", "Minutes of 3 March")
            : new StoredAnswer(Choice.OfLevel(1), null, null, null)));

        /// <summary>The same scores of areas from other levels: in each theme, two questions of the same weight change places.</summary>
        public IEnumerable<(Question, StoredAnswer)> SameAreas(Scene scene) => SameAreas(scene.Questions);

        public IEnumerable<(Question, StoredAnswer)> SameAreas(IEnumerable<Question> questions) =>
            from theme in questions.Where(q => q.Gate is null).GroupBy(q => (q.Area, q.Theme, q.Weight))
            where theme.Count() > 1
            from q in theme.Take(2).Select((q, i) => (q, new StoredAnswer(Choice.OfLevel((i == 0) == IsOther ? 2 : 4), IsOther ? Stance.Fixed : Stance.Open, IsOther ? "Nobody is to know" : null, null)))
            select q;

        /// <summary>What one of three answers, so that the middle is the same, and nothing divides them.</summary>
        public IEnumerable<(Question, StoredAnswer)> SameMiddle(Scene scene, int who) =>
            scene.Questions.Take(30).Select(q => (q, new StoredAnswer(Choice.OfLevel(IsOther ? 2 + who : 3), Stance.Open, IsOther ? $"Nobody is to know {who}" : null, null)));

        /// <summary>The same but for notes and evidence.</summary>
        public IEnumerable<(Question, StoredAnswer)> SameLevels(Scene scene) =>
            scene.Questions.Take(30).Select((q, i) => (q, new StoredAnswer(Choice.OfLevel(1 + (i % 5)), (Stance)(i % 3), IsOther ? $"Nobody is to know {i}" : "Short", IsOther ? "Minutes of 3 March" : "Plan")));
    }

    /// <summary>What somebody got.</summary>
    private sealed record Told(string Who, string What, string Reply)
    {
        public string Against(Told other)
        {
            if ((Who, What) != (other.Who, other.What)) return $"{Who} {What} against {other.Who} {other.What}";
            var (mine, theirs) = (Reply.Split('\n'), other.Reply.Split('\n'));
            var line = Enumerable.Range(0, Math.Max(mine.Length, theirs.Length)).First(i => mine.ElementAtOrDefault(i) != theirs.ElementAtOrDefault(i));
            return $"{Who} {What}, line {line + 1}:\n  {Cut(mine.ElementAtOrDefault(line))}\n  {Cut(theirs.ElementAtOrDefault(line))}";
        }

        private static string Cut(string? line) => line is null ? "(none)" : line.Length > 300 ? line[..300] + "…" : line;
    }

    /// <summary>Hides what is random by design, and nothing else.</summary>
    private sealed partial class Masks(IReadOnlyDictionary<string, string> names)
    {
        private readonly Dictionary<string, string> ids = [];

        public string Hide(string text) => Id().Replace(Marked().Replace(text, Hide), m => m.Groups["id"] is { Success: true } id
            ? names.TryGetValue(id.Value, out var name) ? $"({name})" : NumberOf(id.Value)
            : Hide(m));

        /// <summary>What stands before it stays.</summary>
        private static string Hide(Match match)
        {
            var secret = match.Groups.Values.First(g => g.Success && g.Name != "0");
            return match.Value[..(secret.Index - match.Index)] + (secret.Name is "seal" or "join" ? $"({secret.Name})" : $"({secret.Name} of {secret.Length})");
        }

        /// <summary>What is made later is known by the order in which it appears.</summary>
        private string NumberOf(string id) => ids.TryGetValue(id, out var known) ? known : ids[id] = $"(id {ids.Count + 1})";

        // seal: a commitment or its first digits, salted: it says nothing. page: the id that each opened question has. id: of anything.
        // secret: of a link. trace: of a request. token: against forged forms, new on each page. cookie, challenge: random, or encrypted, or an id in base 64; their length is compared. key: of the installation, and what it is called. elsewhere: a key's thumbprint in groups, and what was signed with it: HandoverTests read that. code: of a mail to sign in with. join: the code of a workshop, and its picture.
        [GeneratedRegex("""
            <code>(?<seal>[0-9a-f]{8})(?=</code>)
            |(/|%2F)(invitations|open|sign-in)(/|%2F)(?![0-9a-f]{32}\b)(?<secret>[\w-]{32})(?![\w-])
            |this\ reference:\ <strong>(?<trace>\w+:\w+)
            |RequestVerificationToken"\ type="hidden"\ value="(?<token>[^"]+)
            |Set-Cookie:\ rasp-\w+=(?<cookie>[^;]+)
            |\b(?<elsewhere>eyJ[\w-]+\.[\w-]+\.[\w-]+)
            |rasp-(introduction|seal|bundle)-(?<elsewhere>[0-9a-f]{8})
            |"challenge":"(?<challenge>[^"]+)
            |"user":\{"id":"(?<challenge>[^"]+)
            |(<code\ class="rasp-hash">|--key\ |"(x|y|d|kid)":\ ")(?<key>[\w-]{43})(?=[<"])
            |asked:\ (?<code>\d{3}\ \d{3})
            |(__(small-)?code">(?<join>[A-Z0-9 ]{6,7})(?=<)|(/join/|code=)(?<join>[A-Z0-9]{6})|rasp-qr__ink"\ d="(?<join>[^"]+))
            """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
        private static partial Regex Marked();

        // The same, known by its form.
        [GeneratedRegex("""
            \b(?<seal>[0-9a-f]{64})\b
            |\b(?<page>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\b
            |(?<=\b|%2F)(?<id>[0-9a-f]{32})\b
            |\b(?<elsewhere>([0-9a-f]{4}\ ){15}[0-9a-f]{4})\b
            """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
        private static partial Regex Id();
    }
}

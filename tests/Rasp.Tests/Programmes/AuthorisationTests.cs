using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Rasp.Data;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Pages;

namespace Rasp.Tests.Programmes;

/// <summary>
/// Who comes in where, door by door and form by form, while a round is open, once the organisation has sealed, while it is proposed to close,
/// once the round is revealed, in the next one, and where it was revealed without the organisation. It is to be as somebody has read and approved: what is not in that list is shut.
/// </summary>
public sealed partial class AuthorisationTests
{
    private static readonly string[] Everybody =
        [Scene.Nobody, Scene.Stranger, Scene.Removed, Scene.Deleted, Scene.Administrator, Scene.Former, Scene.Facilitator, Scene.Candidate, Scene.Starter, Scene.Contributor, Scene.Lead, Scene.Program];

    private static readonly (string Name, Func<Scene, Task> Play)[] States =
    [
        ("open", s => AnswerAsync(s, Scene.Brook)),
        ("sealed", async s =>
        {
            foreach (var council in new[] { Scene.Brook, Scene.Alder }) await SealAsync(s, council);
        }),
        ("close proposed", async s =>
        {
            foreach (var council in new[] { Scene.Brook, Scene.Alder }) await SealAsync(s, council);
            await s.ProposeToCloseAsync();
        }),
        ("revealed", async s =>
        {
            foreach (var council in new[] { Scene.Brook, Scene.Alder, Scene.Crag }) await SealAsync(s, council);
        }),
        ("next round open", async s =>
        {
            foreach (var council in new[] { Scene.Brook, Scene.Alder, Scene.Crag }) await SealAsync(s, council);
            await s.OpenRoundAsync();
        }),
        ("asked by a candidate", async s =>
        {
            foreach (var council in new[] { Scene.Brook, Scene.Alder, Scene.Crag }) await SealAsync(s, council);
            await s.AskToJoinAsync();
            await s.ShowAsync(Scene.Alder, Depth.Areas);
        }),
        ("shown to a candidate", async s =>
        {
            foreach (var council in new[] { Scene.Brook, Scene.Alder, Scene.Crag }) await SealAsync(s, council);
            await s.AskToJoinAsync();
            await s.AnswerAsync(Scene.Heath, s.Host.Instrument.InScope("join").Take(3).Select(q => (q, new StoredAnswer(Choice.OfLevel(3), null, null, null))));
            await s.SealAsync(Scene.Heath, Depth.Questions);
            foreach (var council in new[] { Scene.Brook, Scene.Alder, Scene.Crag }) await s.ShowAsync(council, Depth.Areas);
        }),
        ("with a partner elsewhere", async s =>
        {
            await s.MeetElsewhereAsync();
            foreach (var council in new[] { Scene.Brook, Scene.Alder, Scene.Crag }) await SealAsync(s, council);
            await s.SealElsewhereAsync();
            await s.HandOverAsync(Scene.Brook, Depth.Questions);
        }),
        ("left out", async s =>
        {
            foreach (var council in new[] { Scene.Alder, Scene.Crag }) await SealAsync(s, council);
            await AnswerAsync(s, Scene.Brook);
            await s.ProposeToCloseAsync();
            foreach (var council in new[] { Scene.Alder, Scene.Crag }) await s.ConfirmCloseAsync(council);
        }),
    ];

    [Fact]
    public async Task Each_door_opens_to_whom_it_is_approved_for()
    {
        // By door and form; then what comes of it, by state and by who asks.
        var table = new SortedDictionary<string, Dictionary<(string State, string Who), string>>(StringComparer.Ordinal);
        var telling = new List<string>();
        // What is not there answers the same in every state: asked once, and again only where an answer differs from it.
        var ofNothing = new Dictionary<(string Line, string Who), string>();
        foreach (var (state, play) in States)
        {
            await using var mail = new MailServer();
            await using var host = await Scene.StartHostAsync(mail);
            using var http = Caller.Client(host.Url);
            var scene = await Scene.SetAsync(host, http, 0);
            await play(scene);
            await scene.SettleAsync();
            var places = scene.Places(Scene.Contributor, [Scene.Brook]);
            await using var before = new Snapshot(host.DatabaseFile);
            foreach (var door in await Doors.OfAsync(host))
            {
                foreach (var caller in door.IsOfApi ? [.. scene.Callers, .. scene.Programs] : scene.Callers)
                {
                    var path = door.Paths(places).First();
                    await AskAsync(door.Pattern, "GET", path, caller, () => caller.GetAsync(path), p => caller.GetAsync(p));
                    foreach (var method in door.Changes)
                    {
                        if (await AskAsync(door.Pattern, method.Method, path, caller, () => Send(path), Send) is not ("200" or "201")) continue;
                        await scene.SettleAsync();
                        await before.RestoreAsync();

                        // Stored once, or never.
                        Task<Reply> Send(string to) => caller.ChangeAsync(method, to, scene.Body(to, Scene.Brook), ("If-Match", "\"1\""));
                    }
                    foreach (var handler in door.Handlers)
                    {
                        var name = handler is null ? "POST" : $"POST({handler})";
                        if (await AskAsync(door.Pattern, name, path, caller, () => Post(path), Post) is "404" or "405" or "sign-in" or "404 as missing") continue;
                        await scene.SettleAsync();
                        await before.RestoreAsync();

                        Task<Reply> Post(string to) => caller.PostAsync(Door.Address(to, handler), [.. scene.Fields(to, Scene.Brook), ("IsSure", "true"), ("KnowsItReveals", "true")]);
                    }
                }

                async Task<string> AskAsync(string pattern, string how, string path, Caller caller, Func<Task<Reply>> ask, Func<string, Task<Reply>> askFor)
                {
                    var reply = await ask();
                    var line = $"{pattern} {how}";
                    if (!table.TryGetValue(line, out var row)) table[line] = row = [];
                    var words = InWords(reply);
                    // Whom it is not for, it is as if it were not there: the answer is that of what is not there.
                    var missing = Ids().Replace(path, new string('0', 32));
                    var isSame = missing != path && words != "200" && (Same(reply) == ofNothing.GetValueOrDefault((line, caller.Name)) || Same(reply) == (ofNothing[(line, caller.Name)] = Same(await askFor(missing))));
                    if (missing != path && !isSame && (words is "404" or "sign-in")) telling.Add($"{state}: {line} tells {caller.Name} that there is something");
                    return row[(state, caller.Name)] = isSame && words != "sign-in" ? $"{words} as missing" : words;
                }
            }
        }
        Assert.True(telling.Count == 0, string.Join("\n", telling));
        Approved.Check("authorisation.txt", $"""
            What comes of each door and form (its status; sign-in: sent to sign in; as missing: not a word else than where nothing is) for {string.Join(", ", Everybody)};
            candidate leads the one that asks to join, where it does;
            to what begins with /api/v1 each brings a token of their own, and program one of the lead's organisation;
            of the organisation that contributor and lead belong to, from which removed was removed; former led a partner that has left; starter leads the one that started.
            Where states are not named, it is the same in each: {string.Join(", ", States.Select(s => s.Name))}.

            {string.Concat(table.Select(r => $"{r.Key}:{Line(r.Value)}\n"))}
            """.ReplaceLineEndings("\n"));
    }

    /// <summary>Equal states together, and in these equal answers; the last of these for all others.</summary>
    private static string Line(Dictionary<(string State, string Who), string> row)
    {
        var byState = States.GroupBy(s => string.Join("; ", Everybody.Where(w => row.ContainsKey((s.Name, w))).GroupBy(w => row[(s.Name, w)]).OrderBy(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select((g, i) => g.Count() == Everybody.Count(w => row.ContainsKey((s.Name, w))) ? $"{g.Key} all" : $"{g.Key} {(i > 0 && g.Count() > 4 ? "others" : string.Join(", ", g))}"))).ToList();
        return byState.Count == 1 ? $" {byState[0].Key}" : string.Concat(byState.Select(s => $"\n    {string.Join(", ", s.Select(x => x.Name))}: {s.Key}"));
    }

    private static string InWords(Reply reply) => reply.Location?.StartsWith("/sign-in?return=", StringComparison.Ordinal) == true ? "sign-in" : $"{reply.Status}";

    /// <summary>All that is said, but for the address that was asked for, what is made anew for each page, and what comes only with a form's first token.</summary>
    private static string Same(Reply reply) => Anew().Replace(reply.ToString(), "");

    private static Task AnswerAsync(Scene scene, string council) =>
        scene.AnswerAsync(council, scene.Questions.Take(3).Select(q => (q, new StoredAnswer(Choice.OfLevel(3), null, null, null))));

    private static async Task SealAsync(Scene scene, string council)
    {
        await AnswerAsync(scene, council);
        await scene.SealAsync(council, Depth.Questions);
    }

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex Ids();

    [GeneratedRegex("""(?<=%2F|\b)[0-9a-f]{32}\b|(?<=/invitations/)[\w-]{32}|(?<=RequestVerificationToken" type="hidden" value=")[^"]+|(?<=rasp-\w+=)[^;]+|Pragma: no-cache\n""")]
    private static partial Regex Anew();

    /// <summary>The database as it was, to go back to while it is served.</summary>
    private sealed class Snapshot : IAsyncDisposable
    {
        private readonly SqliteConnection live;
        private readonly SqliteConnection kept = new("Data Source=:memory:");

        public Snapshot(string file)
        {
            live = new($"Data Source={file};Pooling=false");
            live.Open();
            kept.Open();
            live.BackupDatabase(kept);
        }

        /// <summary>Once nobody writes.</summary>
        public Task RestoreAsync() => Until.TrueAsync(() =>
        {
            try
            {
                kept.BackupDatabase(live);
                return Task.FromResult(true);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == 5)
            {
                return Task.FromResult(false);
            }
        });

        public async ValueTask DisposeAsync()
        {
            await live.DisposeAsync();
            await kept.DisposeAsync();
        }
    }
}

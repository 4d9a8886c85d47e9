using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Tests.Verbs;

/// <summary><c>rasp serve</c> and <c>rasp migrate</c>: the real program with a real folder of data, started, refused, killed.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task Settings_that_are_wrong_are_refused_at_the_start_all_of_them()
    {
        using var folder = new TemporaryFolder();
        (string, string)[] wrong =
        [
            ("RASP_URL", "ftp://example"), ("RASP_SMTP", "mail.example.gov.uk"), ("RASP_CONTACT", "ring us"), ("RASP_DATABASE", "data.db"), ("RASP_MAIL_FROM", "nobody"), ("RASP_CHROMIUM", "/no/such/chromium"),
        ];
        foreach (var verb in (string[][])[[], ["serve"], ["migrate"]])
        {
            var ran = await RaspProcess.RunAsync(folder.Path, verb, wrong);
            Assert.Equal((2, ""), (ran.Status, ran.Output));
            Assert.All(wrong, w => Assert.Contains($"  {w.Item1} ", ran.Error, StringComparison.Ordinal));
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
        var noSender = await RaspProcess.RunAsync(folder.Path, ["serve"], ("RASP_SMTP", "smtp://mail.example.gov.uk"));
        Assert.Equal(2, noSender.Status);
        Assert.Contains("RASP_MAIL_FROM", noSender.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/true", "should say which it is")]
    [InlineData("/etc/hostname", "can’t be run")]
    public async Task A_program_that_is_no_Chromium_is_refused_at_the_start(string program, string why)
    {
        using var folder = new TemporaryFolder();
        var ran = await RaspProcess.RunAsync(folder.Path, ["serve"], ("RASP_CHROMIUM", program));
        Assert.Equal((2, ""), (ran.Status, ran.Output));
        Assert.Contains("  RASP_CHROMIUM must be the program of Chromium or Chrome", ran.Error, StringComparison.Ordinal);
        Assert.Contains(why, ran.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_secret_in_a_wrong_setting_is_not_repeated()
    {
        using var folder = new TemporaryFolder();
        var ran = await RaspProcess.RunAsync(folder.Path, ["serve"], ("RASP_SMTP", "smtps//user:hunter2@example"), ("RASP_DATABASE", "Host=;Password=hunter2"));
        Assert.Equal(2, ran.Status);
        Assert.DoesNotContain("hunter2", ran.Output + ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrating_makes_the_database_with_its_folder_and_does_no_harm_twice()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "new", "data");
        for (var i = 0; i < 2; i++)
        {
            var ran = await RaspProcess.RunAsync(folder.Path, ["migrate"], ("RASP_DATA", data));
            Assert.Equal((0, ""), (ran.Status, ran.Error));
            Assert.Contains("up to date", ran.Output, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(Path.Combine(data, "rasp.db")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));

        var byDefault = await RaspProcess.RunAsync(folder.Path, ["migrate"]);
        Assert.Equal(0, byDefault.Status);
        Assert.True(File.Exists(Path.Combine(folder.Path, "data", "rasp.db")));
    }

    [Fact]
    public async Task Migrating_works_on_postgresql_and_its_tables_are_those_that_the_code_expects()
    {
        using var folder = new TemporaryFolder();
        var database = await PostgresServer.NewEmptyDatabaseAsync();
        try
        {
            for (var i = 0; i < 2; i++)
            {
                var ran = await RaspProcess.RunAsync(folder.Path, ["migrate"], ("RASP_DATABASE", database));
                Assert.Equal(0, ran.Status);
                Assert.Contains("PostgreSQL", ran.Output, StringComparison.Ordinal);
            }
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
            await using var host = await RaspHost.StartAsync(Engine.Postgres, s => s with { Database = database });
            await host.NewVisitor().StartAssessmentAsync();
        }
        finally
        {
            await PostgresServer.DropAsync(database);
        }
    }

    [Fact]
    public async Task A_database_that_can_not_be_used_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.File("data/rasp.db", new string('x', 5000));
        foreach (var verb in (string[])["serve", "migrate"])
        {
            var ran = await RaspProcess.RunAsync(folder.Path, [verb]);
            Assert.Equal((2, ""), (ran.Status, ran.Output));
            Assert.StartsWith("rasp: ", ran.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);

            ran = await RaspProcess.RunAsync(folder.Path, [verb], ("RASP_DATABASE", "Host=127.0.0.1;Port=1;Database=rasp;Username=rasp;Password=hunter2"));
            Assert.Equal(2, ran.Status);
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", ran.Output + ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await using var first = await Server.StartAsync(folder.Path);
        var ran = await RaspProcess.RunAsync(folder.Path, ["serve", "--urls", first.Url.ToString()], ("RASP_DATA", Path.Combine(folder.Path, "other")));
        Assert.Equal(2, ran.Status);
        Assert.Contains(first.Url.Port.ToString(), ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_confirmed_answer_survives_kill_9_under_load()
    {
        const int Visitors = 6;
        const int EnoughBeforeTheKill = 300;
        using var folder = new TemporaryFolder();
        var instrument = InstrumentYaml.Read(
            new SourceFile("instrument.yaml", await File.ReadAllBytesAsync(Path.Combine(Repository.BuiltInInstrument, "instrument.yaml"))),
            name => new SourceFile(name, File.ReadAllBytes(Path.Combine(Repository.BuiltInInstrument, name)))).Value!;
        var questions = instrument.InScope("deliver").Take(10).ToList();
        var enough = new TaskCompletionSource();
        var confirmedInAll = 0;
        Load[] loads;

        await using (var server = await Server.StartAsync(folder.Path))
        {
            loads = await Task.WhenAll(Enumerable.Range(0, Visitors).Select(_ => Load.StartAsync(server)));
            var running = loads.Select(l => Task.Run(() => l.RunAsync(questions, () =>
            {
                if (Interlocked.Increment(ref confirmedInAll) == EnoughBeforeTheKill) enough.SetResult();
            }))).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            server.Kill();
            await Task.WhenAll(running);
        }

        await using var again = await Server.StartAsync(folder.Path);
        foreach (var load in loads)
        {
            using var visitor = again.NewVisitor();
            await visitor.OpenAsync(load.Assessment);
            var csv = (await visitor.GetAsync(Links.AnswersCsv(load.Assessment.Reference))).Body;
            var there = AnswerCsv.Parse([new SourceFile("answers.csv", Encoding.UTF8.GetBytes(csv))]).Sheets(_ => instrument).Value!.Single().Respondents.Single().Answers;
            foreach (var (question, confirmed) in load.Confirmed)
            {
                // What was on its way when the server died may be there too.
                var stored = int.Parse(there[question].Note!);
                Assert.InRange(stored, confirmed, load.Sent[question]);
                Assert.Equal(stored % 5 + 1, there[question].Choice.Level);
            }
            Assert.NotEmpty(load.Confirmed);
        }
        Assert.Equal(["ok"], Check(Path.Combine(folder.Path, "data", "rasp.db")));
    }

    private static List<string> Check(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        using var row = command.ExecuteReader();
        var found = new List<string>();
        while (row.Read()) found.Add(row.GetString(0));
        return found;
    }

    /// <summary>Somebody who saves one answer after the other, without a pause, and remembers what was confirmed.</summary>
    private sealed class Load(Visitor visitor, Started assessment)
    {
        public Started Assessment => assessment;

        public Dictionary<string, int> Confirmed { get; } = [];

        public Dictionary<string, int> Sent { get; } = [];

        public static async Task<Load> StartAsync(Server server)
        {
            var visitor = server.NewVisitor();
            return new(visitor, await visitor.StartAssessmentAsync());
        }

        public async Task RunAsync(IReadOnlyList<Question> questions, Action confirmed)
        {
            try
            {
                var pages = new List<(Question Question, Visited Page)>();
                foreach (var question in questions) pages.Add((question, await visitor.GetAsync(assessment.Question(question))));
                for (var number = 1; ; number++)
                {
                    var (question, page) = pages[number % pages.Count];
                    using var save = new HttpRequestMessage(HttpMethod.Post, page.Path)
                    {
                        Content = new FormUrlEncodedContent(Visitor.Filled(page.Form("Save and continue"), ("Answer", $"{number % 5 + 1}"), ("Note", $"{number}"), ("PageSave", $"{number}"))),
                    };
                    save.Headers.Add("Accept", "application/json");
                    Sent[question.Key] = number;
                    using var response = await visitor.SendAsync(save);
                    Assert.Equal(200, (int)response.StatusCode);
                    Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["version"]);
                    Confirmed[question.Key] = number;
                    confirmed();
                }
            }
            catch (HttpRequestException)
            {
                // The server is dead: that is what this is about.
            }
            finally
            {
                visitor.Dispose();
            }
        }
    }
}

using System.Diagnostics;
using Npgsql;

namespace Rasp.Tests.Pages;

/// <summary>
/// How often a request goes to the database. Npgsql reports each command as an activity, EF Core's and those made by hand alike, and
/// the code is the same for both databases.
/// </summary>
public sealed class CommandTests
{
    private const int Most = 10;

    [Fact]
    public async Task No_request_takes_more_than_ten_database_commands()
    {
        await using var host = await RaspHost.StartAsync(Engine.Postgres);
        using var counted = new CommandCount(new NpgsqlConnectionStringBuilder(host.Settings.Database).Database!);
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync();
        var question = host.Instrument.InScope("deliver").First();
        counted.Take();

        string[] looks =
        [
            Links.Home, Links.Start, Links.Example, Links.OpenForm, Links.Help, Links.Privacy, Links.Accessibility, Links.Contact, Links.Open(assessment.Secret),
            .. new Func<string, string>[] { Links.Assessment, Links.PrivateLink, Links.Details, Links.Results, Links.TakeAway, Links.AnswersCsv, Links.ResultsJson, Links.Delete }.Select(l => l(assessment.Reference)),
            assessment.Question(question), "/deleted", "/no-such-page", "/assessments/example-aldermere-borough-council-2026-01/results",
        ];
        var used = new Dictionary<string, int>();
        foreach (var path in looks)
        {
            await visitor.GetAsync(path);
            used[path] = counted.Take();
        }
        await CountAsync("answer", () => visitor.AnswerAsync(assessment, question, ("Answer", "3"), ("Note", "Why")));
        await CountAsync("start", () => visitor.StartAssessmentAsync());
        await CountAsync("details", async () => await visitor.SubmitAsync(await visitor.GetAsync(Links.Details(assessment.Reference)), "Save"));
        await CountAsync("open", () => host.NewVisitor().OpenAsync(assessment));
        await CountAsync("renew", async () => await visitor.SubmitAsync(await visitor.GetAsync(Links.PrivateLink(assessment.Reference)), "Make a new link"));
        await CountAsync("delete", async () => await visitor.SubmitAsync(await visitor.GetAsync(Links.Delete(assessment.Reference)), "Delete everything", ("IsSure", "true")));

        Assert.All(used, u => Assert.True(u.Value <= Most, $"{u.Key} takes {u.Value} commands."));
        Assert.Equal(0, used[Links.Home]);
        Assert.Equal(1, used[assessment.Overview]);
        Assert.InRange(used["answer"], 3, Most);

        async Task CountAsync(string what, Func<Task> act)
        {
            await act();
            used[what] = counted.Take();
        }
    }

    private sealed class CommandCount : IDisposable
    {
        private readonly ActivityListener listener;
        private int count;

        public CommandCount(string database)
        {
            listener = new()
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if (activity.TagObjects.Any(t => t.Value is string value && value == database)) Interlocked.Increment(ref count);
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        /// <summary>How many since it was last asked.</summary>
        public int Take() => Interlocked.Exchange(ref count, 0);

        public void Dispose() => listener.Dispose();
    }
}

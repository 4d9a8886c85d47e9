using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Readiness.Answers;

namespace Rasp.Tests.Storage;

/// <summary>The ways into the database that the pages use, without the pages.</summary>
internal static class Stored
{
    public static readonly StoredAnswer Three = new(Choice.OfLevel(3), null, null, null);

    public static readonly StoredAnswer Four = new(Choice.OfLevel(4), null, "Minutes of 3 March", null);

    public static async Task<Started> StartAsync(this RaspHost host, string? organisation = "Testshire Council") => await host.AtDeskAsync(async desk =>
    {
        var (id, secret) = await desk.StartAsync(organisation, "deliver", "finance", default);
        return new Started(id.ToString("N"), secret);
    });

    public static async Task<T> AtDeskAsync<T>(this RaspHost host, Func<AssessmentDesk, Task<T>> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<AssessmentDesk>());
    }

    public static Task<SeenAssessment?> SeeAsync(this RaspHost host, Started assessment) =>
        host.Services.GetRequiredService<Seen>().AssessmentAsync(assessment.Id, assessment.LinkHash);

    public static Task<SeenAnswer?> SeeAsync(this RaspHost host, Started assessment, string question) =>
        host.Services.GetRequiredService<Seen>().AnswerAsync(assessment.Id, assessment.LinkHash, question);

    public static Task<SaveOutcome> SaveAsync(this RaspHost host, Save save) => host.Services.GetRequiredService<Answering>().SaveAsync(save);

    /// <summary>An opened page on a question: it numbers what it saves.</summary>
    public static async Task<OpenedPage> OpenPageAsync(this RaspHost host, Started assessment, string question = "a.b.c")
    {
        var seen = (await host.SeeAsync(assessment, question))!;
        return new(host, seen.Facts.Answering!.Id, assessment.LinkHash, seen.Facts.Stage, question, seen.Version);
    }
}

internal sealed record OpenedPage(RaspHost Host, Guid Respondent, byte[] LinkHash, string Stage, string Question, int Version)
{
    private readonly Guid id = Guid.NewGuid();

    public Save Save(StoredAnswer answer, int number = 1) => new(Respondent, LinkHash, Stage, Question, answer, Version, id, number, Host.Clock.GetUtcNow());

    public Task<SaveOutcome> SaveAsync(StoredAnswer answer, int number = 1) => Host.SaveAsync(Save(answer, number));
}

using Rasp.Data;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Tests.Storage;

[assembly: AssemblyFixture(typeof(Rasp.Tests.Pages.ServedSite))]

namespace Rasp.Tests.Pages;

/// <summary>One site for all tests that only look: a visitor with three assessments open, one empty, one begun, one with an answer to everything.</summary>
public sealed class ServedSite : IAsyncLifetime
{
    private const string LongName = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and Äöü <b>“Districts”</b> & Boroughs’ Joint Arrangements Committee for the Improvement of Everything, formerly the Improvement Board";

    public RaspHost Host { get; private set; } = null!;

    public Visitor Visitor { get; private set; } = null!;

    public Started Empty { get; private set; } = null!;

    public Started Begun { get; private set; } = null!;

    public Started Full { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await RaspHost.StartAsync(with: s => s with { Contact = "rasp@example.gov.uk", Smtp = new("smtp://127.0.0.1:1"), MailFrom = "rasp@example.gov.uk", Limits = new() { StartsAnHour = 10_000, LinksTriedAMinute = 10_000 } });
        Visitor = Host.NewVisitor();
        Empty = await Visitor.StartAssessmentAsync(organisation: null);
        Begun = await Visitor.StartAssessmentAsync(stage: "explore");
        Full = await Visitor.StartAssessmentAsync(LongName, "deliver");
        var begun = Host.Instrument.InScope("explore").ToList();
        await AnswerAsync(Begun, begun[0], new(Choice.OfLevel(4), null, null, null));
        await AnswerAsync(Begun, begun[3], new(null, null, "Typed, and nothing chosen yet", null));
        foreach (var (question, i) in Host.Instrument.InScope("deliver").Select((q, i) => (q, i))) await AnswerAsync(Full, question, Varied(question, i));
    }

    /// <summary>A path in which <c>{empty}</c>, <c>{begun}</c> and <c>{full}</c> stand for assessments, <c>{secret}</c> for a private link's, <c>{first}</c> and <c>{last}</c> for questions.</summary>
    public string Fill(string path)
    {
        var asked = Host.Instrument.InScope("deliver").ToList();
        return path.Replace("{empty}", Empty.Reference, StringComparison.Ordinal).Replace("{begun}", Begun.Reference, StringComparison.Ordinal).Replace("{full}", Full.Reference, StringComparison.Ordinal)
            .Replace("{secret}", Full.Secret, StringComparison.Ordinal)
            .Replace("{first}", asked[0].Key.Replace('.', '/'), StringComparison.Ordinal).Replace("{last}", asked[^1].Key.Replace('.', '/'), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    private async Task AnswerAsync(Started assessment, Question question, StoredAnswer answer) =>
        Assert.IsType<SaveOutcome.Saved>(await (await Host.OpenPageAsync(assessment, question.Key)).SaveAsync(answer));

    /// <summary>Something of every kind: each level, don't know, not applicable, each stance, notes long and short, with and without evidence.</summary>
    private static StoredAnswer Varied(Question question, int i) => new(
        (i % 7) switch { 5 => Choice.DontKnow, 6 => Choice.NotApplicable, var level => Choice.OfLevel(level + 1) },
        (i % 4) switch { 0 => Stance.Fixed, 1 => Stance.Negotiable, 2 => Stance.Open, _ => null },
        i % 3 == 0 ? $"A note on <{question.Key}> & “more”" : null,
        i % 5 == 0 ? "Cabinet minutes of 3 March, https://example.gov.uk/minutes?a=1&b=2" : null);
}

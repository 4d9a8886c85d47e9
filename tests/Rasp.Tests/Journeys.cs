using Rasp.Data;
using Rasp.Readiness.Instruments;

namespace Rasp.Tests;

/// <summary>An assessment that a visitor has started through the pages.</summary>
/// <param name="Reference">What its addresses hold.</param>
/// <param name="Secret">Of its private link.</param>
public sealed record Started(string Reference, string Secret)
{
    public Guid Id { get; } = Guid.ParseExact(Reference, "N");

    public byte[] LinkHash => PrivateLink.Hash(Secret)!;

    public string Overview => Links.Assessment(Reference);

    public string Question(Question question) => Links.Question(Reference, question);
}

/// <summary>What nearly every test of the pages does first.</summary>
public static class Journeys
{
    /// <summary>Starts an assessment through the pages.</summary>
    public static async Task<Started> StartAssessmentAsync(this Visitor visitor, string? organisation = "Testshire Council", string stage = "deliver", string role = "finance")
    {
        var form = await visitor.GetAsync(Links.Start);
        var link = await visitor.SubmitAsync(form, "Start", ("Details.Organisation", organisation), ("Details.Stage", stage), ("Details.Role", role));
        Assert.Equal(200, link.Status);
        Assert.Equal("Keep your private link", link.Heading);
        var shown = link.Document.QuerySelector("#link")!.GetAttribute("value")!;
        return new(link.Path.Split('/')[2], shown[(shown.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Answers a question through its page, and says where that leads.</summary>
    public static async Task<Visited> AnswerAsync(this Visitor visitor, Started assessment, Question question, params (string Field, string? Value)[] values) =>
        await visitor.SubmitAsync(await visitor.GetAsync(assessment.Question(question)), "Save and continue", values);

    /// <summary>Opens an assessment by its private link, with the button that it takes.</summary>
    public static async Task<Visited> OpenAsync(this Visitor visitor, Started assessment) =>
        await visitor.SubmitAsync(await visitor.GetAsync(Links.Open(assessment.Secret)), "Open the assessment");
}

using System.Globalization;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Data;

/// <summary>What is known of an assessment beside its answers.</summary>
/// <param name="Organisation">Null where no name was given.</param>
/// <param name="Stage">The key of the stage at which it is answered.</param>
/// <param name="Role">The key of the role from which it is answered.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="LastUsedAt">In UTC, to the day.</param>
public sealed record AssessmentFacts(string? Organisation, string Stage, string Role, DateTimeOffset StartedAt, DateTimeOffset LastUsedAt)
{
    /// <summary>Whose account it was claimed into; null where it was not.</summary>
    public Guid? Owner { get; init; }

    /// <summary>The round of which it is a partner's part; null in confidence.</summary>
    public Guid? Round { get; init; }

    /// <summary>Whether answers can be changed: not while it is sealed, nor once its round was revealed.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>1; more for a correction after the reveal.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The organisation's name, or words for it where none was given.</summary>
    public string OrganisationOrOurs => Organisation ?? "Our organisation";
}

/// <summary>What was entered for one question, with what a page needs to show and save it.</summary>
/// <param name="Respondent">Whose answer it is.</param>
/// <param name="Instrument">What is asked.</param>
/// <param name="Facts">Of its assessment.</param>
/// <param name="Answer">What is stored; <see cref="StoredAnswer.Nothing"/> where nothing is.</param>
/// <param name="Version">What a save must name; 0 where nothing is stored.</param>
public sealed record SeenAnswer(Guid Respondent, Instrument Instrument, AssessmentFacts Facts, StoredAnswer Answer, int Version);

/// <summary>An assessment as its viewer may see it, scored when asked for.</summary>
public sealed class SeenAssessment
{
    private readonly Lazy<AssessmentResult> result;

    private SeenAssessment(Instrument instrument, AssessmentFacts facts, AnswerSheet sheet, IReadOnlyDictionary<string, StoredAnswer> entered)
    {
        (Instrument, Facts, Sheet, Entered) = (instrument, facts, sheet, entered);
        result = new(() => Scorer.Score(instrument, facts.Stage, sheet));
    }

    public Instrument Instrument { get; }

    public AssessmentFacts Facts { get; }

    /// <summary>The finished answers, as the core and the files take them.</summary>
    public AnswerSheet Sheet { get; }

    /// <summary>What is entered for each question, by its key in full, unfinished answers too.</summary>
    public IReadOnlyDictionary<string, StoredAnswer> Entered { get; }

    public AssessmentResult Result => result.Value;

    /// <summary>What is entered for a question; <see cref="StoredAnswer.Nothing"/> where nothing is.</summary>
    public StoredAnswer EnteredFor(Question question) => Entered.GetValueOrDefault(question.Key, StoredAnswer.Nothing);

    /// <summary>An organisation's sheet that is public: a worked example. What it settled on stands as entered.</summary>
    public static SeenAssessment OfExample(Instrument instrument, string stage, DateTimeOffset at, AnswerSheet sheet)
    {
        var entered = instrument.InScope(stage)
            .Select(q => (q.Key, Answer: Settled(sheet, q.Key)))
            .Where(q => q.Answer is not null)
            .ToDictionary(q => q.Key, q => q.Answer!, StringComparer.Ordinal);
        return new(instrument, new(sheet.Organisation, stage, sheet.Respondents is [{ Role: { } role }, ..] ? role : "", at, at), sheet, entered);
    }

    internal static SeenAssessment InConfidence(Instrument instrument, AssessmentFacts facts, IReadOnlyDictionary<string, StoredAnswer> entered)
    {
        var finished = entered.Where(e => e.Value.Finished is not null).ToDictionary(e => e.Key, e => e.Value.Finished!, StringComparer.Ordinal);
        var round = facts.StartedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var sheet = new AnswerSheet(facts.OrganisationOrOurs, round, [new(facts.Role, facts.Role, finished)], new Dictionary<string, Answer>());
        return new(instrument, facts, sheet, entered);
    }

    private static StoredAnswer? Settled(AnswerSheet sheet, string question)
    {
        var collective = CollectiveAnswer.Of(sheet, question);
        if (collective.Choice is null) return null;
        var said = sheet.Respondents.Select(r => r.Answers.GetValueOrDefault(question)).OfType<Answer>().ToList();
        if (sheet.Agreed.TryGetValue(question, out var agreed)) said.Insert(0, agreed);
        return new(collective.Choice, collective.Stance, said.Select(a => a.Note).FirstOrDefault(n => n is not null), said.Select(a => a.Evidence).FirstOrDefault(e => e is not null));
    }
}

using System.Globalization;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Data;

/// <summary>What is known of an assessment beside its answers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Organisation">Null where no name was given.</param>
/// <param name="Stage">The key of the stage at which it is answered.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="LastUsedAt">In UTC, to the day.</param>
public sealed record AssessmentFacts(Guid Id, string? Organisation, string Stage, DateTimeOffset StartedAt, DateTimeOffset LastUsedAt)
{
    /// <summary>Whose account it was claimed into; null where it was not.</summary>
    public Guid? Owner { get; init; }

    /// <summary>The round of which it is a partner's part; null in confidence.</summary>
    public Guid? Round { get; init; }

    /// <summary>Whether answers can be changed: not while it is sealed, nor once its round was revealed.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>1; more for a correction after the reveal.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Who sees who answered what; null where nobody else is invited.</summary>
    public Attribution? Attribution { get; init; }

    /// <summary>Whether whoever looks leads it: by its link, its account or its organisation. Others see what they answer themselves.</summary>
    public bool IsLed { get; init; } = true;

    /// <summary>As whom whoever looks answers; null where they do not.</summary>
    public RespondentFacts? Answering { get; init; }

    /// <summary>The organisation's name, or words for it where none was given.</summary>
    public string OrganisationOrOurs => Organisation ?? "Our organisation";

    /// <summary>What files call the round: the month of its start.</summary>
    public string RoundName => StartedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>Somebody who answers, as they see themselves; or, for a lead, somebody on paper.</summary>
/// <param name="Id">Whose answers.</param>
/// <param name="Kind">How they come in.</param>
/// <param name="Role">The key of the role from which they answer.</param>
/// <param name="Name">What a lead calls somebody on paper; else null.</param>
/// <param name="Scope">Keys of the areas and themes that are asked, with spaces between; null for all.</param>
public sealed record RespondentFacts(Guid Id, RespondentKind Kind, string Role, string? Name, string? Scope)
{
    /// <summary>When they had read who sees what they answer, and began; null before.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>When they last said to be done; null while not.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When a lead asked them to look again; null where nobody has.</summary>
    public DateTimeOffset? AskedAgainAt { get; init; }

    /// <summary>What the lead wrote then; null where nothing.</summary>
    public string? AskedAgainNote { get; init; }
}

/// <summary>What was entered for one question, with what a page needs to show and save it.</summary>
/// <param name="Instrument">What is asked.</param>
/// <param name="Facts">Of its assessment.</param>
/// <param name="Answer">What is stored; <see cref="StoredAnswer.Nothing"/> where nothing is.</param>
/// <param name="Version">What a save must name; 0 where nothing is stored.</param>
/// <param name="Agreed">What the organisation has agreed on, for its leads; null where it has not.</param>
public sealed record SeenAnswer(Instrument Instrument, AssessmentFacts Facts, StoredAnswer Answer, int Version, Choice? Agreed = null)
{
    /// <summary>What the organisation answered last time, for whoever answers for it as one; null where it did not, and for all others.</summary>
    public Carried? Carried { get; init; }

    /// <summary>What waits to be confirmed, answered otherwise or left out; null where nothing does.</summary>
    public Carried? Waiting => Carried is { IsRevised: false, IsLeftOut: false } && Agreed is null && Answer.Choice is null ? Carried : null;
}

/// <summary>An assessment as its viewer may see it, scored when asked for.</summary>
public sealed class SeenAssessment
{
    internal static readonly IReadOnlyDictionary<string, Answer> NothingAgreed = new Dictionary<string, Answer>();

    private static readonly IReadOnlyDictionary<string, int> NoVersions = new Dictionary<string, int>();

    private readonly Lazy<AssessmentResult> result;

    private SeenAssessment(Instrument instrument, AssessmentFacts facts, AnswerSheet sheet, IReadOnlyDictionary<string, StoredAnswer> entered, IReadOnlyDictionary<string, int> versions)
    {
        (Instrument, Facts, Sheet, Entered, Versions) = (instrument, facts, sheet, entered, versions);
        result = new(() => Scorer.Score(instrument, facts.Stage, sheet));
    }

    public Instrument Instrument { get; }

    public AssessmentFacts Facts { get; }

    /// <summary>The finished answers, as the core and the files take them.</summary>
    public AnswerSheet Sheet { get; }

    /// <summary>What whoever looks entered for each question, by its key in full, unfinished answers too.</summary>
    public IReadOnlyDictionary<string, StoredAnswer> Entered { get; }

    /// <summary>The version of what is entered, by the question's key in full, for whoever saves.</summary>
    public IReadOnlyDictionary<string, int> Versions { get; }

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
        return new(instrument, new(Guid.Empty, sheet.Organisation, stage, at, at), sheet, entered, NoVersions);
    }

    /// <summary>What one person, or several at one keyboard, answered, and what stands beside it as agreed.</summary>
    internal static SeenAssessment OfOne(
        Instrument instrument, AssessmentFacts facts, IReadOnlyDictionary<string, StoredAnswer> entered, IReadOnlyDictionary<string, int> versions, IReadOnlyDictionary<string, Answer> agreed)
    {
        var finished = entered.Where(e => e.Value.Finished is not null).ToDictionary(e => e.Key, e => e.Value.Finished!, StringComparer.Ordinal);
        var role = facts.Answering!.Role;
        return new(instrument, facts, new(facts.OrganisationOrOurs, facts.RoundName, [new(role, role, finished)], agreed), entered, versions);
    }

    /// <summary>What a lead sees where several people answer.</summary>
    internal static SeenAssessment OfTeam(Instrument instrument, AssessmentFacts facts, IReadOnlyDictionary<string, StoredAnswer> entered, IReadOnlyDictionary<string, int> versions, AnswerSheet sheet) =>
        new(instrument, facts, sheet, entered, versions);

    private static StoredAnswer? Settled(AnswerSheet sheet, string question)
    {
        var collective = CollectiveAnswer.Of(sheet, question);
        if (collective.Choice is null) return null;
        var said = sheet.Respondents.Select(r => r.Answers.GetValueOrDefault(question)).OfType<Answer>().ToList();
        if (sheet.Agreed.TryGetValue(question, out var agreed)) said.Insert(0, agreed);
        return new(collective.Choice, collective.Stance, said.Select(a => a.Note).FirstOrDefault(n => n is not null), said.Select(a => a.Evidence).FirstOrDefault(e => e is not null));
    }
}

using Rasp.Accounts;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Data.Teams;
using Rasp.Data.Uploads;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;

namespace Rasp.Workbooks;

/// <summary>
/// The answers that whoever looks takes off line, and changes by an upload: their own, or those of somebody on paper; of leads who answer nothing
/// themselves, what their organisation has agreed on.
/// </summary>
/// <param name="Open">The assessment as they see it.</param>
/// <param name="Of">Whose they are: a respondent's id, or the assessment's for what was agreed; null for an example's.</param>
/// <param name="IsAgreed">Whether they are what was agreed.</param>
/// <param name="Answers">By the question's key in full.</param>
internal sealed record TakenAnswers(OpenAssessment Open, Guid? Of, bool IsAgreed, IReadOnlyDictionary<string, VersionedAnswer> Answers)
{
    /// <summary>Who uploads: where a private link is all that is needed, whoever holds that.</summary>
    private Guid? Person { get; init; }

    public UploadTarget Target => new(Open.Seen.Facts.Id, IsAgreed ? null : Of, Person);

    /// <summary>Why nothing can be changed by an upload; null where it can.</summary>
    public string? WhyNot => Open switch
    {
        { IsExample: true } => "This is the worked example: nothing in it can be changed.",
        { Seen.Facts.IsOpen: false } => "These answers are sealed, or their round is over: nothing can be changed here now.",
        { Seen.Facts.Answering: { Kind: RespondentKind.Person, BegunAt: null } } => "Read on the overview who sees what you answer, and begin. Then you can upload your answers.",
        { Seen.Facts.Answering: { Kind: RespondentKind.Person, DoneAt: not null } } => "You have said that you are done. To change something after all, say so on the overview first.",
        _ => null,
    };

    public static async Task<TakenAnswers> OfAsync(HttpContext context, OpenAssessment open, AgreementLens lens)
    {
        var (seen, person) = (open.Seen, context.SignedIn()?.Person);
        if (open.IsExample) return new(open, null, IsAgreed: false, seen.Entered.ToDictionary(e => e.Key, e => new VersionedAnswer(e.Value, 0), StringComparer.Ordinal));
        if (seen.Facts.Answering is { } answering)
        {
            return new(open, answering.Id, IsAgreed: false, seen.Entered.ToDictionary(e => e.Key, e => new VersionedAnswer(e.Value, seen.Versions[e.Key]), StringComparer.Ordinal))
            {
                Person = open.IsPart || open.HasTeam || open.IsMine ? person : null,
            };
        }
        var agreed = person is { } lead ? (await lens.FindAsync(seen.Facts.Id, lead, context.RequestAborted))?.Agreed : null;
        return new(open, seen.Facts.Id, IsAgreed: true, agreed?.ToDictionary(a => a.Key, a => new VersionedAnswer(new(a.Value.Agreed.Choice, a.Value.Agreed.Stance, a.Value.Agreed.Note, a.Value.Agreed.Evidence), a.Value.Version), StringComparer.Ordinal) ?? [])
        {
            Person = person,
        };
    }

    public VersionedAnswer For(Question question) => Answers.GetValueOrDefault(question.Key, VersionedAnswer.None);

    /// <summary>A workbook of them.</summary>
    public AnswerWorkbook Workbook(DateTimeOffset madeAt)
    {
        var seen = Open.Seen;
        return new()
        {
            Instrument = seen.Instrument,
            Stage = seen.Facts.Stage,
            Questions = Open.Order.Questions,
            Organisation = seen.Facts.OrganisationOrOurs,
            Round = seen.Sheet.Round,
            Role = seen.Facts.Answering?.Role ?? "",
            Respondent = IsAgreed || Open.IsExample ? AnswerSheet.AgreedName : seen.Facts.Answering?.Name ?? "",
            Of = Of,
            Answers = Answers,
            MadeAt = madeAt,
        };
    }
}

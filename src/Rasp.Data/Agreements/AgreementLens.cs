using Microsoft.EntityFrameworkCore;
using Rasp.Data.Teams;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Data.Agreements;

/// <summary>An agreed answer with how it came about.</summary>
/// <param name="Agreed">What was agreed.</param>
/// <param name="How">How.</param>
/// <param name="At">When.</param>
/// <param name="By">The address of who recorded it; null where that was erased.</param>
/// <param name="Version">What a change must name.</param>
public sealed record AgreedRow(Agreed Agreed, AgreedHow How, DateTimeOffset At, string? By, int Version);

/// <summary>That an area is signed off.</summary>
/// <param name="At">When.</param>
/// <param name="By">The address of who did; null where that was erased.</param>
public sealed record SignedOff(DateTimeOffset At, string? By);

/// <summary>What several people of an organisation answered, and what it has settled on, as one of them may see it.</summary>
public sealed record SeenAgreement
{
    public required Guid Assessment { get; init; }

    public required string Organisation { get; init; }

    public required Instrument Instrument { get; init; }

    public required string Stage { get; init; }

    /// <summary>Null where nobody else was invited to answer.</summary>
    public required Attribution? Attribution { get; init; }

    /// <summary>Whether whoever looks leads the assessment, and it can be changed now.</summary>
    public required bool MayDecide { get; init; }

    /// <summary>Whether whoever looks leads the assessment.</summary>
    public required bool IsLed { get; init; }

    /// <summary>What may be seen of the answers: by name, or as opened spreads.</summary>
    public required AnswerSheet Sheet { get; init; }

    /// <summary>What counts, agreed answers first.</summary>
    public required AssessmentResult Result { get; init; }

    /// <summary>How leadership and everybody else see the same; null where that may not be shown, or there is only one side.</summary>
    public required Sides? Sides { get; init; }

    /// <summary>By the question's key in full.</summary>
    public required IReadOnlyDictionary<string, AgreedRow> Agreed { get; init; }

    /// <summary>By the area's key.</summary>
    public required IReadOnlyDictionary<string, SignedOff> SignOffs { get; init; }

    /// <summary>When anonymous answers were last opened; null where they were not, or they are not anonymous.</summary>
    public required DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Of anonymous answers, when those to a question were opened that are shown; by the question's key in full.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> QuestionsOpenedAt { get; init; }

    /// <summary>What respondents' answers to a question come to, whatever was agreed.</summary>
    public CollectiveAnswer WithoutAgreed(Question question) => CollectiveAnswer.Of(Sheet with { Agreed = new Dictionary<string, Answer>() }, question.Key);

    /// <summary>What was answered to a question, as a spread.</summary>
    public Spread SpreadOf(Question question) => Spread.Of(Sheet.Respondents.Select(r => r.Answers.GetValueOrDefault(question.Key)).OfType<Answer>().Select(a => a.Choice));
}

/// <summary>
/// Shows what several people answered to those who may see it (sharing.md 5): to leads; where answers are named, also to colleagues who are done
/// with their own, so that nobody is swayed before.
/// </summary>
public sealed class AgreementLens(RaspDb db, InstrumentLibrary instruments)
{
    /// <summary>Null for whoever may not see it.</summary>
    public async Task<SeenAgreement?> FindAsync(Guid assessment, Guid person, CancellationToken cancellation)
    {
        var isLed = await db.LedAsync(assessment, person, cancellation) is not null;
        var found = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(
            a => a.Id == assessment && (isLed || (a.Attribution == Attribution.Named && db.Respondents.Any(r => r.AssessmentId == a.Id && r.PersonId == person && r.DoneAt != null))), cancellation);
        if (found is null) return null;
        var attribution = found.Attribution ?? Attribution.Named;
        var instrument = await instruments.GetAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
        var (organisation, round) = (found.Organisation ?? "Our organisation", "");
        var sheet = await TeamSheet.ReadAsync(db, assessment, attribution, organisation, round, cancellation);
        var rows = await db.AgreedAnswers.AsNoTracking().Where(a => a.AssessmentId == assessment).ToListAsync(cancellation);
        var signed = await db.SignOffs.AsNoTracking().Where(s => s.AssessmentId == assessment).ToListAsync(cancellation);
        var people = rows.Select(r => r.By).Concat(signed.Select(s => s.By)).Distinct().ToList();
        var addresses = await db.Users.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email, cancellation);
        var times = attribution == Attribution.Named ? []
            : await db.OpenedAnswers.Where(o => o.AssessmentId == assessment).GroupBy(o => o.Question).Select(q => new { q.Key, At = q.Max(o => o.At) }).ToDictionaryAsync(q => q.Key, q => q.At, cancellation);
        return new()
        {
            Assessment = assessment,
            Organisation = organisation,
            Instrument = instrument,
            Stage = found.Stage,
            Attribution = found.Attribution,
            IsLed = isLed,
            MayDecide = isLed && found.IsOpen,
            Sheet = sheet,
            Result = Scorer.Score(instrument, found.Stage, sheet),
            Sides = attribution == Attribution.Named
                ? Sides.Of(instrument, found.Stage, sheet)
                : Sides.Of(instrument, found.Stage, round, (await TeamSheet.OpenedAsync(db, assessment, cancellation)).ToDictionary(o => o.Key, o => o.Value[^1], StringComparer.Ordinal)),
            Agreed = rows.ToDictionary(r => r.Question, r => new AgreedRow(
                new(r.Answer.Choice, r.Answer.Stance, r.Note, r.Evidence, r.Reason, r.Minority), r.How, r.At, addresses.GetValueOrDefault(r.By), r.Version), StringComparer.Ordinal),
            SignOffs = signed.ToDictionary(s => s.Area, s => new SignedOff(s.At, addresses.GetValueOrDefault(s.By)), StringComparer.Ordinal),
            OpenedAt = times.Count > 0 ? times.Values.Max() : null,
            QuestionsOpenedAt = times,
        };
    }
}

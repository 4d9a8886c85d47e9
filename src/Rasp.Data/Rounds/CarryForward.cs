using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Data.Rounds;

/// <summary>What was answered last time, as a lead sees it in this round.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="Answer">What the organisation answered then.</param>
/// <param name="IsRevised">Whether the question means something else by now: then it is there to be read, and can't be confirmed.</param>
/// <param name="From">When the round that it comes from was opened.</param>
/// <param name="IsLeftOut">Whether it was left out.</param>
public sealed record Carried(string Question, StoredAnswer Answer, bool IsRevised, DateTimeOffset From, bool IsLeftOut);

/// <summary>
/// Carries an organisation's answers into its part of the next round, beside the answers: none counts until a lead confirms it. Where several
/// people answer, it stands with what the organisation agrees on; what each of them answered last time stays theirs.
/// </summary>
public sealed class CarryForward(RaspDb db, InstrumentLibrary instruments, TimeProvider clock)
{
    /// <summary>All that is carried into an assessment, in the order of their keys; empty in confidence, and in a first round.</summary>
    public async Task<IReadOnlyList<Carried>> OfAsync(Guid assessment, CancellationToken cancellation) =>
        [.. (await db.CarriedAnswers.AsNoTracking().Where(c => c.AssessmentId == assessment).OrderBy(c => c.Question).ToListAsync(cancellation)).Select(Shown)];

    /// <summary>What is carried of one question; null where nothing is.</summary>
    public async Task<Carried?> FindAsync(Guid assessment, string question, CancellationToken cancellation) =>
        await db.CarriedAnswers.AsNoTracking().SingleOrDefaultAsync(c => c.AssessmentId == assessment && c.Question == question, cancellation) is { } c ? Shown(c) : null;

    /// <summary>
    /// Confirms carried answers, as the lead's own where they answer as one, else as agreed. Those that are answered by now are left as they
    /// are. How many now count; null where this person may not.
    /// </summary>
    public async Task<int?> ConfirmAsync(Guid assessment, Guid person, IReadOnlyCollection<string> questions, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { } led) return null;
        var (asked, now) = (questions.ToList(), clock.GetUtcNow());
        var waiting = await Waiting(assessment).Where(c => asked.Contains(c.Question)).ToListAsync(cancellation);
        var taken = waiting.Select(c => c.Question).ToList();
        if (led.Attribution is null)
        {
            var together = await db.Respondents.Where(r => r.AssessmentId == assessment && r.Kind == RespondentKind.Together).Select(r => r.Id).SingleAsync(cancellation);
            // What somebody began to type there, and chose nothing, is theirs to finish.
            var begun = await db.Answers.Where(a => a.RespondentId == together && taken.Contains(a.Question)).Select(a => a.Question).ToListAsync(cancellation);
            waiting.RemoveAll(c => begun.Contains(c.Question));
            db.Answers.AddRange(waiting.Select(c => c.AsAnswerOf(together, now)));
        }
        else
        {
            db.AgreedAnswers.AddRange(waiting.Select(c => c.AsAgreed(person, now)));
            // What was signed off was without these.
            var areas = waiting.Select(c => c.Question.Split('.')[0]).Distinct().ToList();
            await db.SignOffs.Where(s => s.AssessmentId == assessment && areas.Contains(s.Area)).ExecuteDeleteAsync(cancellation);
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return waiting.Count;
    }

    /// <summary>Leaves carried answers out, or no longer; false where this person may not.</summary>
    public async Task<bool> LeaveOutAsync(Guid assessment, Guid person, IReadOnlyCollection<string> questions, bool isLeftOut, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is null) return false;
        var asked = questions.ToList();
        await db.CarriedAnswers.Where(c => c.AssessmentId == assessment && asked.Contains(c.Question)).ExecuteUpdateAsync(c => c.SetProperty(x => x.IsLeftOut, isLeftOut), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Puts what the organisation answered last time beside the part that it was just given in a round: from the newest of its parts in this
    /// programme in which anything was answered. Does not save.
    /// </summary>
    internal async Task IntoAsync(Assessment part, Round round, CancellationToken cancellation)
    {
        var parts = await db.Assessments.AsNoTracking().Where(a => a.OrganisationId == part.OrganisationId && a.RoundId != round.Id && (a.Version == 1 || a.SealedAt != null))
            .Join(db.Rounds.Where(r => r.ProgrammeId == round.ProgrammeId), a => a.RoundId, r => r.Id, (Part, Round) => new { Part, Round.OpenedAt })
            .OrderByDescending(p => p.OpenedAt).ThenByDescending(p => p.Part.Version).ToListAsync(cancellation);
        foreach (var last in parts)
        {
            if (await CarryAsync(part, last.Part, last.OpenedAt, cancellation)) return;
        }
    }

    /// <summary>As <see cref="IntoAsync"/>, in confidence: from the assessment that this one looks at again.</summary>
    internal Task<bool> AgainAsync(Assessment assessment, Assessment before, CancellationToken cancellation) => CarryAsync(assessment, before, before.StartedAt, cancellation);

    /// <summary>False where nothing was answered.</summary>
    private async Task<bool> CarryAsync(Assessment assessment, Assessment last, DateTimeOffset from, CancellationToken cancellation)
    {
        var sheet = await TeamSheet.ReadAsync(db, last.Id, last.Attribution ?? Attribution.Named, last.Organisation ?? "", "", cancellation);
        var result = Scorer.Score(await instruments.GetAsync(last.InstrumentId, last.InstrumentVersion, cancellation), last.Stage, sheet);
        if (result.Questions.All(q => q.Answer.Choice is null)) return false;
        var instrument = await instruments.GetAsync(assessment.InstrumentId, assessment.InstrumentVersion, cancellation);
        foreach (var question in instrument.InScope(assessment.Stage))
        {
            if (result.Find(question.Key) is not { Answer.Choice: { } choice } before) continue;
            // What one person, or a team at one keyboard, wrote stands for the organisation (sharing.md 5); what one of several wrote is theirs.
            var said = sheet.Agreed.GetValueOrDefault(question.Key) ?? (last.Attribution is null && sheet.Respondents is [var one] ? one.Answers.GetValueOrDefault(question.Key) : null);
            db.CarriedAnswers.Add(new()
            {
                AssessmentId = assessment.Id,
                Question = question.Key,
                Choice = AnswerRow.ToNumber(choice)!.Value,
                Stance = (short?)before.Answer.Stance,
                Note = said?.Note,
                Evidence = said?.Evidence,
                IsRevised = new ChangedQuestion(before.Question, question).IsRevised,
                From = from,
            });
        }
        return true;
    }

    private static Carried Shown(CarriedAnswer carried) => new(carried.Question, carried.Answer, carried.IsRevised, carried.From, carried.IsLeftOut);

    /// <summary>What is neither answered, nor agreed on, nor left out.</summary>
    private IQueryable<CarriedAnswer> Waiting(Guid assessment) => db.CarriedAnswers.AsNoTracking().Where(c => c.AssessmentId == assessment && !c.IsRevised && !c.IsLeftOut
        && !db.AgreedAnswers.Any(g => g.AssessmentId == assessment && g.Question == c.Question)
        && !db.Answers.Any(w => w.Question == c.Question && w.Choice != null && db.Respondents.Any(r => r.Id == w.RespondentId && r.AssessmentId == assessment && r.Kind == RespondentKind.Together)));
}

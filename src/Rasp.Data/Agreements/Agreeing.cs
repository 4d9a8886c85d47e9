using Microsoft.EntityFrameworkCore;
using Rasp.Data.Teams;
using Rasp.Data.Trails;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;

namespace Rasp.Data.Agreements;

/// <summary>What an organisation settles on for a question.</summary>
/// <param name="Choice">What stands.</param>
/// <param name="Stance">Null where nothing is said.</param>
/// <param name="Note">What partners read beside it at depth everything; null where there is none.</param>
/// <param name="Evidence">What proves it; null where there is none.</param>
/// <param name="Reason">Why this, for the organisation alone; null where there is none.</param>
/// <param name="Minority">What those say who see it otherwise, for the organisation alone; null where there is none.</param>
public sealed record Agreed(Choice Choice, Stance? Stance, string? Note, string? Evidence, string? Reason, string? Minority);

/// <summary>What became of agreeing on something.</summary>
public enum AgreeOutcome
{
    Done,

    /// <summary>There is no such question or assessment, it can't be changed now, or whoever asked does not lead it.</summary>
    NotFound,

    /// <summary>Somebody recorded something else meanwhile.</summary>
    Stale,
}

/// <summary>Records what an organisation agrees on, question by question or in one go, and signs areas off.</summary>
public sealed class Agreeing(RaspDb db, InstrumentLibrary instruments, Trail trail, TimeProvider clock)
{
    /// <summary>Records an agreed answer.</summary>
    /// <param name="assessment">Of which assessment.</param>
    /// <param name="person">One of its leads.</param>
    /// <param name="question">Its key in full.</param>
    /// <param name="agreed">What was agreed.</param>
    /// <param name="version">The version that the page showed; 0 where nothing was agreed.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<AgreeOutcome> RecordAsync(Guid assessment, Guid person, string question, Agreed agreed, int version, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { } led) return AgreeOutcome.NotFound;
        var outcome = await StoreAsync(led, person, question, agreed, version, AgreedHow.Recorded, cancellation);
        if (outcome == AgreeOutcome.Done) await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>As <see cref="RecordAsync"/>, in a workshop whose transaction it is, and which knows who may: whatever was agreed before is replaced.</summary>
    internal async Task<AgreeOutcome> RecordInWorkshopAsync(Assessment assessment, Guid by, string question, Agreed agreed, CancellationToken cancellation)
    {
        var version = await db.AgreedAnswers.Where(a => a.AssessmentId == assessment.Id && a.Question == question).Select(a => a.Version).SingleOrDefaultAsync(cancellation);
        return await StoreAsync(assessment, by, question, agreed, version, AgreedHow.Workshop, cancellation);
    }

    /// <summary>Takes an agreed answer back: what respondents answered counts again.</summary>
    public async Task<AgreeOutcome> TakeBackAsync(Guid assessment, Guid person, string question, int version, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is null) return AgreeOutcome.NotFound;
        if (await db.AgreedAnswers.Where(a => a.AssessmentId == assessment && a.Question == question && a.Version == version).ExecuteDeleteAsync(cancellation) == 0) return AgreeOutcome.Stale;
        await UnsignAsync(assessment, question, cancellation);
        await transaction.CommitAsync(cancellation);
        return AgreeOutcome.Done;
    }

    /// <summary>
    /// Records as agreed what answers come to, where that is still what the page showed, nothing is agreed yet and there is no split, no blind
    /// spot and no show-stopper that is not known: those have to be talked about. How many were recorded; null where this person may not.
    /// </summary>
    /// <param name="assessment">Of which assessment.</param>
    /// <param name="person">One of its leads.</param>
    /// <param name="shown">What the page showed, by the question's key in full.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<int?> AcceptAsync(Guid assessment, Guid person, IReadOnlyDictionary<string, string> shown, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { } led) return null;
        var instrument = await instruments.GetAsync(led.InstrumentId, led.InstrumentVersion, cancellation);
        var result = Scorer.Score(instrument, led.Stage, await TeamSheet.ReadAsync(db, assessment, led.Attribution ?? Attribution.Named, "", "", cancellation));
        var accepted = Acceptable(result).Where(q => shown.GetValueOrDefault(q.Question.Key) == q.Answer.Choice.ToString()).ToList();
        var now = clock.GetUtcNow();
        db.AgreedAnswers.AddRange(accepted.Select(q => new AgreedAnswer
        {
            AssessmentId = assessment,
            Question = q.Question.Key,
            Choice = AnswerRow.ToNumber(q.Answer.Choice)!.Value,
            Stance = (short?)q.Answer.Stance,
            Note = null,
            Evidence = null,
            Reason = null,
            Minority = null,
            How = AgreedHow.Accepted,
            At = now,
            By = person,
        }));
        await db.SaveChangesAsync(cancellation);
        foreach (var area in accepted.Select(q => q.Question.Area).Distinct()) await db.SignOffs.Where(s => s.AssessmentId == assessment && s.Area == area).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return accepted.Count;
    }

    /// <summary>What can be accepted without talking about it: answered, nothing agreed yet, and neither a split nor a blind spot.</summary>
    public static IEnumerable<QuestionResult> Acceptable(AssessmentResult result)
    {
        var talk = result.Findings.Where(f => f.Kind is FindingKind.Split or FindingKind.BlindSpot or FindingKind.UnknownShowStopper).Select(f => f.Result.Question.Key).ToHashSet(StringComparer.Ordinal);
        return result.Questions.Where(q => q.Answer is { IsAgreed: false, Choice: not null } && !talk.Contains(q.Question.Key));
    }

    /// <summary>Stands by an area's answers as the organisation's, or no longer.</summary>
    public async Task<AgreeOutcome> SignOffAsync(Guid assessment, Guid person, string area, bool isSigned, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { } led) return AgreeOutcome.NotFound;
        var instrument = await instruments.GetAsync(led.InstrumentId, led.InstrumentVersion, cancellation);
        if (instrument.Areas.All(a => a.Key != area)) return AgreeOutcome.NotFound;
        var was = await db.SignOffs.Where(s => s.AssessmentId == assessment && s.Area == area).ExecuteDeleteAsync(cancellation) > 0;
        if (isSigned)
        {
            db.SignOffs.Add(new() { AssessmentId = assessment, Area = area, At = clock.GetUtcNow(), By = person });
            await db.SaveChangesAsync(cancellation);
            if (!was) await trail.AppendAsync(db, new(TrailKind.AreaSignedOff, person) { Organisation = led.OrganisationId, Subject = assessment, Detail = area }, cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return AgreeOutcome.Done;
    }

    private async Task<AgreeOutcome> StoreAsync(Assessment assessment, Guid person, string question, Agreed agreed, int version, AgreedHow how, CancellationToken cancellation)
    {
        var instrument = await instruments.GetAsync(assessment.InstrumentId, assessment.InstrumentVersion, cancellation);
        if (instrument.InScope(assessment.Stage).All(q => q.Key != question)) return AgreeOutcome.NotFound;
        var stored = await db.AgreedAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.AssessmentId == assessment.Id && a.Question == question, cancellation);
        if ((stored?.Version ?? 0) != version) return AgreeOutcome.Stale;
        var row = new AgreedAnswer
        {
            AssessmentId = assessment.Id,
            Question = question,
            Choice = AnswerRow.ToNumber(agreed.Choice)!.Value,
            Stance = (short?)agreed.Stance,
            Note = agreed.Note,
            Evidence = agreed.Evidence,
            Reason = agreed.Reason,
            Minority = agreed.Minority,
            How = how,
            At = clock.GetUtcNow(),
            By = person,
            Version = version + 1,
        };
        if (stored is null) db.AgreedAnswers.Add(row);
        else
        {
            db.Entry(row).State = EntityState.Modified;
            db.Entry(row).Property(r => r.Version).OriginalValue = version;
        }
        await db.SaveChangesAsync(cancellation);
        await UnsignAsync(assessment.Id, question, cancellation);
        return AgreeOutcome.Done;
    }

    private Task<int> UnsignAsync(Guid assessment, string question, CancellationToken cancellation)
    {
        var area = question.Split('.')[0];
        return db.SignOffs.Where(s => s.AssessmentId == assessment && s.Area == area).ExecuteDeleteAsync(cancellation);
    }
}

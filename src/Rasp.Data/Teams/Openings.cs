using Microsoft.EntityFrameworkCore;
using Rasp.Data.Trails;
using Rasp.Readiness.Anonymity;

namespace Rasp.Data.Teams;

/// <summary>What opening anonymous answers came to.</summary>
/// <param name="Opened">Of how many questions something new is shown.</param>
/// <param name="Shown">Of how many questions something is shown now.</param>
public sealed record OpeningOutcome(int Opened, int Shown);

/// <summary>Opens anonymous answers: from then on leads see their spread, as far as it tells of nobody (<see cref="Opening"/>).</summary>
public sealed class Openings(RaspDb db, InstrumentLibrary instruments, Trail trail, TimeProvider clock)
{
    /// <summary>Opens what may be opened now; null where this person does not lead the assessment, it can't be changed, or its answers are not anonymous.</summary>
    public async Task<OpeningOutcome?> OpenAsync(Guid assessment, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { Attribution: Attribution.Anonymous } led) return null;
        var instrument = await instruments.GetAsync(led.InstrumentId, led.InstrumentVersion, cancellation);
        var leading = instrument.Roles.Where(r => r.IsLeadership).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var respondents = await db.Respondents.AsNoTracking().Where(r => r.AssessmentId == assessment).ToDictionaryAsync(r => r.Id, cancellation);
        var answers = (await db.Answers.AsNoTracking().Where(a => a.Choice != null && db.Respondents.Any(r => r.Id == a.RespondentId && r.AssessmentId == assessment)).ToListAsync(cancellation))
            .ToLookup(a => a.Question, StringComparer.Ordinal);
        var opened = await TeamSheet.OpenedAsync(db, assessment, cancellation);
        var (now, news, shown) = (clock.GetUtcNow(), 0, 0);
        foreach (var question in instrument.InScope(led.Stage).Select(q => q.Key))
        {
            var before = opened.GetValueOrDefault(question, []);
            var next = Opening.Next(before, [.. answers[question].Select(a => Counted(a, respondents[a.RespondentId]))]);
            if (next is not null || before.Count > 0) shown++;
            if (next is null) continue;
            news++;
            db.OpenedAnswers.AddRange(next.Answers.Select(a => new OpenedAnswer
            {
                // In no order of time or of people.
                Id = Guid.NewGuid(),
                AssessmentId = assessment,
                Question = question,
                View = before.Count + 1,
                At = now,
                IsBySide = next.IsBySide,
                RespondentId = a.Respondent is { } id ? Guid.ParseExact(id, "N") : null,
                IsKnown = a.IsKnown,
                IsLeadership = a.IsLeadership,
                Choice = AnswerRow.ToNumber(a.Choice)!.Value,
                Stance = (short?)a.Stance,
                HasEvidence = a.HasEvidence,
            }));
        }
        await db.SaveChangesAsync(cancellation);
        if (news > 0) await trail.AppendAsync(db, new(TrailKind.AnswersOpened, person) { Organisation = led.OrganisationId, Subject = assessment }, cancellation);
        await transaction.CommitAsync(cancellation);
        return new(news, shown);

        CountedAnswer Counted(AnswerRow answer, Respondent by) => new(
            by.Id.ToString("N"), by.Kind == RespondentKind.OnPaper, leading.Contains(by.Role), AnswerRow.ToChoice(answer.Choice)!.Value, (Readiness.Answers.Stance?)answer.Stance, answer.Evidence is not null);
    }
}

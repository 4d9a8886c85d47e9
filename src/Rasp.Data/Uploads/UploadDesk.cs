using Microsoft.EntityFrameworkCore;
using Rasp.Data.Agreements;
using Rasp.Data.Trails;

namespace Rasp.Data.Uploads;

/// <summary>Keeps what an uploaded file would change until that is confirmed, for whoever uploaded it alone, and changes it then: the way that any answer is saved.</summary>
public sealed class UploadDesk(RaspDb db, Answering answering, Agreeing agreeing, Trail trail, TimeProvider clock)
{
    /// <summary>What nobody confirmed is gone after so long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Keeps what a file would change, in place of what one before it would have.</summary>
    public async Task<Guid> AddAsync(UploadTarget target, UploadedContent content, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var upload = new Upload { Id = Guid.CreateVersion7(now), AssessmentId = target.Assessment, RespondentId = target.Respondent, PersonId = target.Person, At = now, Content = content.Written() };
        await Of(target).ExecuteDeleteAsync(cancellation);
        db.Uploads.Add(upload);
        await db.SaveChangesAsync(cancellation);
        return upload.Id;
    }

    /// <summary>An upload; null where there is none of this id that this target uploaded within the last day.</summary>
    public async Task<SeenUpload?> FindAsync(Guid id, UploadTarget target, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow() - KeptFor;
        var upload = await Of(target).AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.At > since, cancellation);
        return upload is null ? null : new(upload.Id, upload.At, UploadedContent.Read(upload.Content));
    }

    /// <summary>Saves what a file changes, answer by answer: what has changed meanwhile is refused, and kept to be shown. Null where there is no such upload.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="target">Who uploaded it, and whose answers it changes.</param>
    /// <param name="holder">Who confirms.</param>
    /// <param name="stage">At which stage the assessment was when its questions were shown.</param>
    /// <param name="shown">The questions whose changes were shown to be confirmed: nothing else is saved.</param>
    /// <param name="cancellation">Stops it between two answers.</param>
    public async Task<SeenUpload?> ConfirmAsync(Guid id, UploadTarget target, Holder holder, string stage, IReadOnlySet<string> shown, CancellationToken cancellation)
    {
        if (await FindAsync(id, target, cancellation) is not { } upload) return null;
        // A second press of the button.
        if (upload.Content.Saved is not null) return upload;
        // Noted first: nothing is changed without a line that says so.
        var organisation = await db.Assessments.Where(a => a.Id == target.Assessment).Select(a => a.OrganisationId).SingleOrDefaultAsync(cancellation);
        if (organisation is not null && upload.Content.Answers.Count > 0) await trail.AppendAsync(db, new(TrailKind.AnswersUploaded, holder.Person) { Organisation = organisation, Subject = target.Assessment }, cancellation);
        var confirmed = upload.Content.Answers.Where(a => shown.Contains(a.Question)).ToList();
        var refused = target.Respondent is { } respondent
            ? await SaveAsync(confirmed, respondent, holder, stage)
            : await AgreeAsync(confirmed, target.Assessment, holder, cancellation);
        refused.AddRange(upload.Content.Answers.Where(a => !shown.Contains(a.Question)));
        var content = upload.Content with { Answers = refused, Saved = upload.Content.Answers.Count - refused.Count };
        await Of(target).Where(u => u.Id == id).ExecuteUpdateAsync(u => u.SetProperty(x => x.Content, content.Written()), cancellation);
        return upload with { Content = content };
    }

    /// <summary>Forgets what a file would have changed.</summary>
    public Task DiscardAsync(Guid id, UploadTarget target, CancellationToken cancellation) => Of(target).Where(u => u.Id == id).ExecuteDeleteAsync(cancellation);

    /// <summary>Deletes what nobody confirmed within a day, and what was.</summary>
    public Task<int> DeleteExpiredAsync(CancellationToken cancellation)
    {
        var since = clock.GetUtcNow() - KeptFor;
        return db.Uploads.Where(u => u.At <= since).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Together, so that they are committed together.</summary>
    private async Task<List<UploadedAnswer>> SaveAsync(IReadOnlyList<UploadedAnswer> answers, Guid respondent, Holder holder, string stage)
    {
        var (page, now) = (Guid.NewGuid(), clock.GetUtcNow());
        var saved = await Task.WhenAll(answers.Select(a => answering.SaveAsync(new(respondent, holder, stage, a.Question, a.Answer(), a.Version, page, 1, now, RenewsUse: true))));
        return [.. answers.Where((_, i) => saved[i] is not SaveOutcome.Saved)];
    }

    private async Task<List<UploadedAnswer>> AgreeAsync(IReadOnlyList<UploadedAnswer> answers, Guid assessment, Holder holder, CancellationToken cancellation)
    {
        var refused = new List<UploadedAnswer>();
        if (holder.Person is not { } person) return [.. answers];
        foreach (var uploaded in answers)
        {
            var answer = uploaded.Answer();
            // Why it was agreed, and who sees it otherwise, a workbook has no place for: that stays.
            var before = await db.AgreedAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.AssessmentId == assessment && a.Question == uploaded.Question, cancellation);
            // As when an answer is saved twice: what is there already is no conflict.
            if (before?.Answer == answer.Finished) continue;
            var outcome = answer.Choice is { } choice
                ? await agreeing.RecordAsync(assessment, person, uploaded.Question, new(choice, answer.Stance, answer.Note, answer.Evidence, before?.Reason, before?.Minority), uploaded.Version, cancellation)
                : await agreeing.TakeBackAsync(assessment, person, uploaded.Question, uploaded.Version, cancellation);
            if (outcome != AgreeOutcome.Done) refused.Add(uploaded);
        }
        return refused;
    }

    private IQueryable<Upload> Of(UploadTarget target) =>
        db.Uploads.Where(u => u.AssessmentId == target.Assessment && u.RespondentId == target.Respondent && u.PersonId == target.Person);
}

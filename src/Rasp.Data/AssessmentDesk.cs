using Microsoft.EntityFrameworkCore;

namespace Rasp.Data;

/// <summary>Starts, opens, changes and deletes in-confidence assessments. All but starting takes the hash of the private link's secret.</summary>
public sealed class AssessmentDesk(RaspDb db, InstrumentLibrary instruments, TimeProvider clock)
{
    /// <summary>Starts an assessment.</summary>
    public async Task<(Guid Id, string Secret)> StartAsync(string? organisation, string stage, string role, CancellationToken cancellation)
    {
        var secret = PrivateLink.NewSecret();
        var (now, instrument) = (clock.GetUtcNow(), instruments.Current);
        var assessment = new Assessment
        {
            Id = Guid.CreateVersion7(now),
            InstrumentId = instrument.Id,
            InstrumentVersion = instrument.Version,
            Organisation = organisation,
            Stage = stage,
            StartedAt = now,
            LastUsedAt = now,
            LinkHash = PrivateLink.Hash(secret)!,
        };
        db.Assessments.Add(assessment);
        db.Respondents.Add(new() { Id = Guid.CreateVersion7(now), AssessmentId = assessment.Id, Role = role });
        await db.SaveChangesAsync(cancellation);
        return (assessment.Id, secret);
    }

    /// <summary>The assessment that a private link opens, and its organisation's name; null where it opens none.</summary>
    public async Task<(Guid Id, string? Organisation)?> FindAsync(byte[]? linkHash, CancellationToken cancellation)
    {
        if (linkHash is null) return null;
        var expired = clock.GetUtcNow() - Seen.KeptFor;
        var found = await db.Assessments.AsNoTracking().Where(a => a.LinkHash == linkHash && a.LastUsedAt > expired)
            .Select(a => new { a.Id, a.Organisation }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Id, found.Organisation);
    }

    /// <summary>Counts the days to expiry from now on.</summary>
    public Task TouchAsync(Guid id, byte[] linkHash, CancellationToken cancellation) =>
        Mine(id, linkHash).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastUsedAt, clock.GetUtcNow()), cancellation);

    /// <summary>Changes what was said at the start; false where the link opens no such assessment. Answers to questions that the new stage does not ask stay stored.</summary>
    public async Task<bool> ChangeAsync(Guid id, byte[] linkHash, string? organisation, string stage, string role, CancellationToken cancellation)
    {
        if (await Mine(id, linkHash).SingleOrDefaultAsync(cancellation) is not { } assessment) return false;
        (assessment.Organisation, assessment.Stage) = (organisation, stage);
        foreach (var respondent in await db.Respondents.Where(r => r.AssessmentId == id).ToListAsync(cancellation)) respondent.Role = role;
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Makes a new private link; the old one opens nothing from now on. Null where the old one opened no such assessment.</summary>
    public async Task<string?> RenewLinkAsync(Guid id, byte[] linkHash, CancellationToken cancellation)
    {
        var secret = PrivateLink.NewSecret();
        var hash = PrivateLink.Hash(secret)!;
        return await Mine(id, linkHash).ExecuteUpdateAsync(a => a.SetProperty(x => x.LinkHash, hash), cancellation) == 1 ? secret : null;
    }

    /// <summary>Deletes an assessment with all its answers, for good; false where the link opens no such assessment.</summary>
    public async Task<bool> DeleteAsync(Guid id, byte[] linkHash, CancellationToken cancellation) =>
        await Mine(id, linkHash).ExecuteDeleteAsync(cancellation) == 1;

    /// <summary>Deletes what has expired; how many that were.</summary>
    public Task<int> DeleteExpiredAsync(CancellationToken cancellation)
    {
        var expired = clock.GetUtcNow() - Seen.KeptFor;
        return db.Assessments.Where(a => a.LastUsedAt <= expired).ExecuteDeleteAsync(cancellation);
    }

    private IQueryable<Assessment> Mine(Guid id, byte[] linkHash)
    {
        var expired = clock.GetUtcNow() - Seen.KeptFor;
        return db.Assessments.Where(a => a.Id == id && a.LinkHash == linkHash && a.LastUsedAt > expired);
    }
}

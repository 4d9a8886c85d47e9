using Microsoft.EntityFrameworkCore;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;

namespace Rasp.Data;

/// <summary>
/// Starts, opens, claims, changes and deletes in-confidence assessments, for whoever holds the private link or has claimed them. What was
/// claimed only its owner can delete or give a new link.
/// </summary>
public sealed class AssessmentDesk(RaspDb db, InstrumentLibrary instruments, CarryForward carry, TimeProvider clock)
{
    /// <summary>Starts an assessment.</summary>
    public async Task<(Guid Id, string Secret)> StartAsync(string? organisation, string stage, string role, CancellationToken cancellation)
    {
        var secret = PrivateLink.NewSecret();
        return (await StartAsync(organisation, stage, role, secret, null, cancellation), secret);
    }

    /// <summary>Starts an assessment in somebody's account, with a link that nobody has: whoever keeps it can make one.</summary>
    public Task<Guid> StartInAccountAsync(string? organisation, string stage, string role, Guid person, CancellationToken cancellation) =>
        StartAsync(organisation, stage, role, PrivateLink.NewSecret(), person, cancellation);

    private async Task<Guid> StartAsync(string? organisation, string stage, string role, string secret, Guid? owner, CancellationToken cancellation)
    {
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
            OwnerId = owner,
        };
        db.Assessments.Add(assessment);
        db.Respondents.Add(new() { Id = Guid.CreateVersion7(now), AssessmentId = assessment.Id, Role = role, AddedAt = now });
        await db.SaveChangesAsync(cancellation);
        return assessment.Id;
    }

    /// <summary>
    /// Starts an assessment in the same account that looks at one again, with what was answered then beside its questions. Null where this
    /// person does not keep that one in their account.
    /// </summary>
    /// <param name="id">The earlier one.</param>
    /// <param name="person">Whose account.</param>
    /// <param name="next">At which stage, and whether with the newest questions.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Guid?> AgainAsync(Guid id, Guid person, NextRound next, CancellationToken cancellation)
    {
        if (await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.OwnerId == person && a.RoundId == null, cancellation) is not { } before) return null;
        var now = clock.GetUtcNow();
        var instrument = next.AdoptsCurrent ? instruments.Current : await instruments.GetAsync(before.InstrumentId, before.InstrumentVersion, cancellation);
        var role = await db.Respondents.Where(r => r.AssessmentId == id && (r.Kind == RespondentKind.Together || r.PersonId == person)).Select(r => r.Role).FirstOrDefaultAsync(cancellation);
        var assessment = new Assessment
        {
            Id = Guid.CreateVersion7(now),
            InstrumentId = instrument.Id,
            InstrumentVersion = instrument.Version,
            Organisation = before.Organisation,
            Stage = next.Stage ?? before.Stage,
            StartedAt = now,
            LastUsedAt = now,
            // Of a link that nobody has: whoever keeps it can make one.
            LinkHash = PrivateLink.Hash(PrivateLink.NewSecret())!,
            OwnerId = person,
            AgainOf = id,
        };
        db.Assessments.Add(assessment);
        db.Respondents.Add(new() { Id = Guid.CreateVersion7(now), AssessmentId = assessment.Id, Role = role ?? (instrument.Roles.Count > 0 ? instrument.Roles[0].Key : ""), AddedAt = now });
        await carry.AgainAsync(assessment, before, cancellation);
        await db.SaveChangesAsync(cancellation);
        return assessment.Id;
    }

    /// <summary>An assessment in somebody's account with those that look at it again, or that it looks at again, the oldest first; empty where it is not in this account.</summary>
    public async Task<IReadOnlyList<Guid>> ChainAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        var kept = await db.Assessments.AsNoTracking().Where(a => a.OwnerId == person && a.RoundId == null).OrderBy(a => a.StartedAt).ThenBy(a => a.Id).Select(a => new { a.Id, a.AgainOf }).ToListAsync(cancellation);
        var chain = new HashSet<Guid>(kept.Where(a => a.Id == id).Select(a => a.Id));
        for (var before = -1; before != chain.Count;)
        {
            before = chain.Count;
            foreach (var one in kept.Where(a => chain.Contains(a.Id) || (a.AgainOf is { } of && chain.Contains(of))).ToList())
            {
                chain.Add(one.Id);
                if (one.AgainOf is { } of && kept.Any(a => a.Id == of)) chain.Add(of);
            }
        }
        return [.. kept.Select(a => a.Id).Where(chain.Contains)];
    }

    /// <summary>The assessment that a private link opens, and its organisation's name; null where it opens none.</summary>
    public async Task<(Guid Id, string? Organisation)?> FindAsync(byte[]? linkHash, CancellationToken cancellation)
    {
        if (linkHash is null) return null;
        var expired = clock.GetUtcNow() - Seen.KeptFor;
        var found = await db.Assessments.AsNoTracking().Where(a => a.LinkHash == linkHash && (a.LastUsedAt > expired || a.OwnerId != null))
            .Select(a => new { a.Id, a.Organisation }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Id, found.Organisation);
    }

    /// <summary>Counts the days to expiry from now on.</summary>
    public Task TouchAsync(Guid id, Holder holder, CancellationToken cancellation) =>
        Mine(id, holder).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastUsedAt, clock.GetUtcNow()), cancellation);

    /// <summary>Changes what was said at the start; false where the link opens no such assessment. Answers to questions that the new stage does not ask stay stored.</summary>
    public async Task<bool> ChangeAsync(Guid id, Holder holder, string? organisation, string stage, string role, CancellationToken cancellation)
    {
        if (await Mine(id, holder).SingleOrDefaultAsync(cancellation) is not { } assessment) return false;
        (assessment.Organisation, assessment.Stage) = (organisation, stage);
        foreach (var respondent in await db.Respondents.Where(r => r.AssessmentId == id && r.Kind == RespondentKind.Together).ToListAsync(cancellation)) respondent.Role = role;
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Makes a new private link; the old one opens nothing from now on. Null where this holder may not, or others answer too: then there is none.</summary>
    public async Task<string?> RenewLinkAsync(Guid id, Holder holder, CancellationToken cancellation)
    {
        var secret = PrivateLink.NewSecret();
        var hash = PrivateLink.Hash(secret)!;
        return await MineToDecide(id, holder).Where(a => a.Attribution == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.LinkHash, hash), cancellation) == 1 ? secret : null;
    }

    /// <summary>Deletes an assessment with all its answers, for good; false where this holder may not.</summary>
    public async Task<bool> DeleteAsync(Guid id, Holder holder, CancellationToken cancellation) =>
        await MineToDecide(id, holder).ExecuteDeleteAsync(cancellation) == 1;

    /// <summary>Puts an assessment into an account; false where its link is not held, or somebody has claimed it before.</summary>
    public async Task<bool> ClaimAsync(Guid id, Holder holder, Guid person, CancellationToken cancellation) =>
        await Mine(id, holder).Where(a => a.OwnerId == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.OwnerId, person), cancellation) == 1;

    /// <summary>Takes an assessment out of an account again: its days are counted from now on. False where it is not in this account, or others answer in it: no link would open it.</summary>
    public async Task<bool> ReleaseAsync(Guid id, Guid person, CancellationToken cancellation) =>
        await ReleaseAsync(db.Assessments.Where(a => a.Id == id && a.OwnerId == person && a.Attribution == null), cancellation) == 1;

    /// <summary>What a person has claimed, the newest first.</summary>
    public async Task<IReadOnlyList<ClaimedAssessment>> OfAsync(Guid person, CancellationToken cancellation) =>
        await db.Assessments.AsNoTracking().Where(a => a.OwnerId == person).OrderByDescending(a => a.StartedAt)
            .Select(a => new ClaimedAssessment(a.Id, a.Organisation, a.StartedAt, a.Attribution != null)).ToListAsync(cancellation);

    /// <summary>Deletes all that a person has claimed, or leaves it to whoever holds its links; what others answer in has none, and goes.</summary>
    public async Task LeaveAsync(Guid person, bool deleteAll, CancellationToken cancellation)
    {
        var claimed = db.Assessments.Where(a => a.OwnerId == person);
        await claimed.Where(a => deleteAll || a.Attribution != null).ExecuteDeleteAsync(cancellation);
        await ReleaseAsync(claimed, cancellation);
    }

    /// <summary>Deletes what has expired; how many that were.</summary>
    public Task<int> DeleteExpiredAsync(CancellationToken cancellation)
    {
        var expired = clock.GetUtcNow() - Seen.KeptFor;
        return db.Assessments.Where(a => a.LastUsedAt <= expired && a.OwnerId == null && a.RoundId == null).ExecuteDeleteAsync(cancellation);
    }

    private Task<int> ReleaseAsync(IQueryable<Assessment> claimed, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return claimed.ExecuteUpdateAsync(a => a.SetProperty(x => x.OwnerId, (Guid?)null).SetProperty(x => x.LastUsedAt, now), cancellation);
    }

    private IQueryable<Assessment> Mine(Guid id, Holder holder)
    {
        var expired = clock.GetUtcNow() - Seen.KeptFor;
        var (link, person) = (holder.LinkOrNone, holder.PersonOrNone);
        return db.Assessments.Where(a => a.Id == id && (a.LinkHash == link || a.OwnerId == person) && (a.LastUsedAt > expired || a.OwnerId != null));
    }

    private IQueryable<Assessment> MineToDecide(Guid id, Holder holder)
    {
        var person = holder.PersonOrNone;
        return Mine(id, holder).Where(a => a.OwnerId == null || a.OwnerId == person);
    }
}

/// <summary>An assessment in somebody's account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Organisation">Null where no name was given.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="HasTeam">Whether others answer in it.</param>
public sealed record ClaimedAssessment(Guid Id, string? Organisation, DateTimeOffset StartedAt, bool HasTeam);

using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Data.Trails;

namespace Rasp.Data.Workshops;

/// <summary>What became of taking a seat.</summary>
public enum JoinOutcome
{
    Done,

    /// <summary>The workshop is over, or there is none, or it is not for whoever asked.</summary>
    NotFound,

    /// <summary>Nobody else can join.</summary>
    Locked,

    /// <summary>Every seat is taken.</summary>
    Full,
}

/// <summary>Opens and closes workshops, and gives out seats in them.</summary>
public sealed class WorkshopDesk(RaspDb db, WorkshopNews news, Trail trail, TimeProvider clock)
{
    /// <summary>More than any hall holds: nobody fills the database with seats.</summary>
    public const int MostSeats = 1000;

    /// <summary>The longest note beside what a partnership decides.</summary>
    public const int DecisionMaxLength = Decision.NoteMaxLength;

    /// <summary>A workshop that somebody forgot to close is over after so long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    /// <summary>Opens a workshop over an assessment, or finds the one that is open; null where this person does not lead it, or its answers can't change any more.</summary>
    public async Task<Guid?> OpenAsync(Guid assessment, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LedForChangeAsync(assessment, person, cancellation) is not { } led) return null;
        if (await db.Workshops.Where(w => w.AssessmentId == assessment && w.ClosedAt == null).Select(w => (Guid?)w.Id).SingleOrDefaultAsync(cancellation) is { } open) return open;
        var workshop = await AddAsync(assessment, null, person, cancellation);
        await trail.AppendAsync(db, new(TrailKind.WorkshopOpened, person) { Organisation = led.OrganisationId, Subject = workshop }, cancellation);
        await transaction.CommitAsync(cancellation);
        return workshop;
    }

    /// <summary>As above, over a revealed round, for a partnership; null where this person neither leads a partner that shows what it answered nor facilitates.</summary>
    public async Task<Guid?> OpenOverRoundAsync(Guid round, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockRoundAsync(round, cancellation);
        if (!(await WorkshopLens.RoundStandingAsync(db, round, person, cancellation)).Runs) return null;
        if (await db.Workshops.Where(w => w.RoundId == round && w.ClosedAt == null).Select(w => (Guid?)w.Id).SingleOrDefaultAsync(cancellation) is { } open) return open;
        var workshop = await AddAsync(null, round, person, cancellation);
        await NoteOverRoundAsync(TrailKind.WorkshopOpened, round, workshop, person, cancellation);
        await transaction.CommitAsync(cancellation);
        return workshop;
    }

    /// <summary>Takes a seat in an organisation's own workshop, for whoever has the code: its secret where it was taken.</summary>
    public async Task<(JoinOutcome Outcome, string? Secret)> JoinAsync(string code, CancellationToken cancellation)
    {
        if (await db.Workshops.AsNoTracking().SingleOrDefaultAsync(w => w.Code == code && w.ClosedAt == null && w.AssessmentId != null, cancellation) is not { } workshop) return (JoinOutcome.NotFound, null);
        if (workshop.IsLocked) return (JoinOutcome.Locked, null);
        if (await db.Seats.CountAsync(s => s.WorkshopId == workshop.Id, cancellation) >= MostSeats) return (JoinOutcome.Full, null);
        var (now, secret) = (clock.GetUtcNow(), PrivateLink.NewSecret());
        await SeatAsync(new() { Id = Guid.CreateVersion7(now), WorkshopId = workshop.Id, SecretHash = PrivateLink.Hash(secret), JoinedAt = now, LastSeenAt = now }, cancellation);
        return (JoinOutcome.Done, secret);
    }

    /// <summary>Takes a seat in a partnership's workshop, for one of a partner's people; or votes for another of their organisations from now on.</summary>
    public async Task<JoinOutcome> JoinForAsync(string code, Guid person, Guid organisation, CancellationToken cancellation)
    {
        if (await db.Workshops.AsNoTracking().SingleOrDefaultAsync(w => w.Code == code && w.ClosedAt == null && w.RoundId != null, cancellation) is not { } workshop) return JoinOutcome.NotFound;
        var isTheirs = await db.Memberships.AnyAsync(m => m.PersonId == person && m.OrganisationId == organisation, cancellation)
            && await db.Assessments.AnyAsync(a => a.RoundId == workshop.RoundId && a.OrganisationId == organisation && a.RevealedAt != null, cancellation)
            && !await db.Assessments.AnyAsync(a => a.RoundId == workshop.RoundId && a.OrganisationId == organisation && a.WithdrawnAt != null, cancellation);
        if (!isTheirs) return JoinOutcome.NotFound;
        if (await db.Seats.Where(s => s.WorkshopId == workshop.Id && s.PersonId == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.OrganisationId, organisation), cancellation) == 1) return JoinOutcome.Done;
        if (workshop.IsLocked) return JoinOutcome.Locked;
        var now = clock.GetUtcNow();
        await SeatAsync(new() { Id = Guid.CreateVersion7(now), WorkshopId = workshop.Id, PersonId = person, OrganisationId = organisation, JoinedAt = now, LastSeenAt = now }, cancellation);
        return JoinOutcome.Done;
    }

    /// <summary>Gives up a seat, and takes back what it has voted where that is not revealed yet; a partner's vote stays with its other people.</summary>
    public async Task LeaveAsync(Room room, CancellationToken cancellation)
    {
        if (room.Seat is not { } seat) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Votes.Where(v => v.WorkshopId == room.Id && v.Voter == seat && db.Workshops.Any(w => w.Id == room.Id && w.Ballot == v.Ballot && w.Phase == WorkshopPhase.Voting)).ExecuteDeleteAsync(cancellation);
        await db.Seats.Where(s => s.Id == seat).ExecuteDeleteAsync(cancellation);
        await news.PrepareAsync(db, room.Id, null, cancellation);
        await transaction.CommitAsync(cancellation);
        news.Tell(room.Id, null);
    }

    /// <summary>Makes a new link that makes a browser a facilitator's; its secret. The old link opens nothing from now on, and who came by it runs nothing any more. Null where this person may not.</summary>
    public async Task<string?> RenewFacilitatorLinkAsync(Guid workshop, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var assessment = await db.Workshops.Where(w => w.Id == workshop && w.ClosedAt == null).Select(w => w.AssessmentId).SingleOrDefaultAsync(cancellation);
        if (assessment is null || await db.LedAsync(assessment.Value, person, cancellation) is null) return null;
        var secret = PrivateLink.NewSecret();
        var hash = PrivateLink.Hash(secret);
        await db.Workshops.Where(w => w.Id == workshop).ExecuteUpdateAsync(w => w.SetProperty(x => x.FacilitatorHash, hash), cancellation);
        await db.Seats.Where(s => s.WorkshopId == workshop && s.IsFacilitator).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return secret;
    }

    /// <summary>Whose workshop a facilitator's link runs; null where it runs none.</summary>
    public async Task<string?> LookAsync(Guid workshop, string secret, CancellationToken cancellation)
    {
        var hash = PrivateLink.Hash(secret);
        return hash is null ? null : await db.Workshops.Where(w => w.Id == workshop && w.FacilitatorHash == hash && w.ClosedAt == null)
            .Select(w => db.Assessments.Where(a => a.Id == w.AssessmentId).Select(a => a.Organisation ?? "an organisation that gave no name").First()).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Takes a facilitator's seat by the link: the seat's own secret; null where it runs nothing.</summary>
    public async Task<string?> FacilitateAsync(Guid workshop, string link, CancellationToken cancellation)
    {
        var hash = PrivateLink.Hash(link);
        if (hash is null || !await db.Workshops.AnyAsync(w => w.Id == workshop && w.FacilitatorHash == hash && w.ClosedAt == null, cancellation)) return null;
        var (now, secret) = (clock.GetUtcNow(), PrivateLink.NewSecret());
        db.Seats.Add(new() { Id = Guid.CreateVersion7(now), WorkshopId = workshop, SecretHash = PrivateLink.Hash(secret), IsFacilitator = true, JoinedAt = now, LastSeenAt = now });
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>Closes a workshop: individual votes are deleted, what was revealed stays.</summary>
    internal async Task CloseAsync(Workshop workshop, Guid? person, CancellationToken cancellation)
    {
        (workshop.ClosedAt, workshop.Phase, workshop.TimerEndsAt, workshop.FacilitatorHash) = (clock.GetUtcNow(), WorkshopPhase.Waiting, null, null);
        await db.SaveChangesAsync(cancellation);
        await db.Votes.Where(v => v.WorkshopId == workshop.Id).ExecuteDeleteAsync(cancellation);
        await db.Ballots.Where(b => b.WorkshopId == workshop.Id && b.RevealedAt == null).ExecuteDeleteAsync(cancellation);
        if (workshop.RoundId is { } round) await NoteOverRoundAsync(TrailKind.WorkshopClosed, round, workshop.Id, person, cancellation);
        else
        {
            var organisation = await db.Assessments.Where(a => a.Id == workshop.AssessmentId).Select(a => a.OrganisationId).SingleAsync(cancellation);
            await trail.AppendAsync(db, new(TrailKind.WorkshopClosed, person) { Organisation = organisation, Subject = workshop.Id }, cancellation);
        }
    }

    /// <summary>Closes what nobody closed, and tells nobody: they left long ago. How many that were.</summary>
    public async Task<int> CloseForgottenAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - Longest;
        var forgotten = await db.Workshops.Where(w => w.ClosedAt == null && w.OpenedAt <= before).Select(w => w.Id).ToListAsync(cancellation);
        foreach (var id in forgotten)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await db.Workshops.Where(w => w.Id == id && w.ClosedAt == null).ExecuteUpdateAsync(w => w.SetProperty(x => x.Version, x => x.Version + 1), cancellation) == 0) continue;
            await CloseAsync(await db.Workshops.SingleAsync(w => w.Id == id, cancellation), null, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        return forgotten.Count;
    }

    private async Task<Guid> AddAsync(Guid? assessment, Guid? round, Guid person, CancellationToken cancellation)
    {
        var code = JoinCode.New();
        while (await db.Workshops.AnyAsync(w => w.Code == code && w.ClosedAt == null, cancellation)) code = JoinCode.New();
        var now = clock.GetUtcNow();
        var workshop = new Workshop { Id = Guid.CreateVersion7(now), AssessmentId = assessment, RoundId = round, Code = code, OpenedBy = person, OpenedAt = now };
        db.Workshops.Add(workshop);
        await db.SaveChangesAsync(cancellation);
        return workshop.Id;
    }

    private async Task SeatAsync(Seat seat, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Seats.Add(seat);
        await db.SaveChangesAsync(cancellation);
        await news.PrepareAsync(db, seat.WorkshopId, null, cancellation);
        await transaction.CommitAsync(cancellation);
        news.Tell(seat.WorkshopId, null);
    }

    /// <summary>A line for the organisation for which a lead acted; of a facilitator's for none.</summary>
    private async Task NoteOverRoundAsync(TrailKind kind, Guid round, Guid workshop, Guid? person, CancellationToken cancellation)
    {
        var programme = await db.Rounds.Where(r => r.Id == round).Select(r => r.ProgrammeId).SingleAsync(cancellation);
        var organisation = await db.Memberships.Where(m => m.PersonId == person && db.Assessments.Any(a => a.RoundId == round && a.OrganisationId == m.OrganisationId && a.RevealedAt != null))
            .OrderByDescending(m => m.Role).Select(m => (Guid?)m.OrganisationId).FirstOrDefaultAsync(cancellation);
        await trail.AppendAsync(db, new(kind, person) { Organisation = organisation, Programme = programme, Subject = workshop }, cancellation);
    }
}

using Microsoft.EntityFrameworkCore;
using Rasp.Data.Rounds;
using Rasp.Data.Teams;
using Rasp.Data.Trails;

namespace Rasp.Data.Programmes;

/// <summary>A programme, in lists.</summary>
public sealed record MyProgramme(Guid Id, string Name, DateTimeOffset Since);

/// <summary>Starts and changes programmes: who is in them, and their rounds.</summary>
public sealed class ProgrammeDesk(RaspDb db, InstrumentLibrary instruments, CarryForward carry, Trail trail, TimeProvider clock)
{
    /// <summary>Starts a programme with the organisation that one leads as its first partner; null where one does not lead it.</summary>
    public async Task<Guid?> StartAsync(Guid organisation, Guid person, string name, string what, string? why, string stage, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await db.IsLeadAsync(organisation, person, cancellation)) return null;
        var now = clock.GetUtcNow();
        var programme = new Programme { Id = Guid.CreateVersion7(now), Name = name, What = what, Why = why, Stage = stage, Since = now };
        db.Programmes.Add(programme);
        db.Partners.Add(new() { ProgrammeId = programme.Id, OrganisationId = organisation, IsStarter = true, Since = now });
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, new(TrailKind.ProgrammeStarted, person) { Organisation = organisation, Programme = programme.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return programme.Id;
    }

    /// <summary>The programmes that a person is in, as one of a partner's people or as facilitator, by name.</summary>
    public async Task<IReadOnlyList<MyProgramme>> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var (person, facilitates, only) = (viewer.Person, viewer.Organisation is null, viewer.Programme);
        var mine = db.MembershipsOf(viewer);
        return await db.Programmes.AsNoTracking()
            .Where(p => only == null || p.Id == only)
            .Where(p => (facilitates && db.Facilitators.Any(f => f.ProgrammeId == p.Id && f.PersonId == person))
                || db.Rounds.Any(r => r.ProgrammeId == p.Id && mine.Any(m => m.OrganisationId == r.CandidateId))
                || db.Partners.Any(x => x.ProgrammeId == p.Id && mine.Any(m => m.OrganisationId == x.OrganisationId)))
            .OrderBy(p => p.Name).Select(p => new MyProgramme(p.Id, p.Name, p.Since)).ToListAsync(cancellation);
    }

    /// <summary>Changes what a programme says of itself; false where this person may not.</summary>
    public async Task<bool> ChangeAsync(Guid id, Guid person, string name, string what, string? why, string stage, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.StarterAsync(id, person, cancellation) is not { } starter) return false;
        await db.Programmes.Where(p => p.Id == id).ExecuteUpdateAsync(
            p => p.SetProperty(x => x.Name, name).SetProperty(x => x.What, what).SetProperty(x => x.Why, why).SetProperty(x => x.Stage, stage), cancellation);
        await trail.AppendAsync(db, new(TrailKind.ProgrammeChanged, person) { Organisation = starter, Programme = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>As the other of its name, at the programme's stage, with the questions of the last round.</summary>
    public Task<Guid?> OpenRoundAsync(Guid id, Guid person, DateOnly closesOn, CancellationToken cancellation) => OpenRoundAsync(id, person, closesOn, new(), cancellation);

    /// <summary>
    /// Opens the next round, with a part in it for every partner, and beside each what that partner answered last. Null where this person may
    /// not, or the last round is not revealed yet.
    /// </summary>
    public async Task<Guid?> OpenRoundAsync(Guid id, Guid person, DateOnly closesOn, NextRound next, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockProgrammesAsync([id], cancellation);
        if (await db.StarterAsync(id, person, cancellation) is not { } starter) return null;
        if (await db.Rounds.AnyAsync(r => r.ProgrammeId == id && r.CandidateId == null && r.RevealedAt == null, cancellation)) return null;
        if (next.Stage is not null) await db.Programmes.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Stage, next.Stage), cancellation);
        var round = await AddRoundAsync(id, closesOn, next.AdoptsCurrent, cancellation);
        await trail.AppendAsync(db, new(TrailKind.RoundOpened, person) { Organisation = starter, Programme = id, Subject = round }, cancellation);
        await transaction.CommitAsync(cancellation);
        return round;
    }

    /// <summary>Has a round open by itself, again and again, or no longer; false where this person may not.</summary>
    /// <param name="id">In which programme.</param>
    /// <param name="person">One of the leads of whoever started it.</param>
    /// <param name="schedule">When next, and every how many months; null for no longer.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<bool> ScheduleAsync(Guid id, Guid person, Schedule? schedule, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockProgrammesAsync([id], cancellation);
        if (await db.StarterAsync(id, person, cancellation) is not { } starter) return false;
        var (on, every) = (schedule?.On, schedule?.EveryMonths);
        await db.Programmes.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.NextCheckOn, on).SetProperty(x => x.CheckEveryMonths, every), cancellation);
        await trail.AppendAsync(db, new(schedule is null ? TrailKind.HealthCheckUnscheduled : TrailKind.HealthCheckScheduled, person) { Organisation = starter, Programme = id, Detail = schedule?.InWords }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Opens the rounds whose day has come, with the questions of the round before: new ones are adopted by choice. Where the last round is
    /// still open, or there is nobody to open it for, that time is passed over. How many were opened.
    /// </summary>
    public async Task<int> OpenScheduledAsync(CancellationToken cancellation)
    {
        var (today, opened) = (DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), 0);
        foreach (var id in await db.Programmes.Where(p => p.NextCheckOn != null && p.NextCheckOn <= today).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellation))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.LockProgrammesAsync([id], cancellation);
            // Another server may have been first, or somebody changed their mind.
            var due = await db.Programmes.Where(p => p.Id == id && p.NextCheckOn != null && p.NextCheckOn <= today && p.CheckEveryMonths != null)
                .Select(p => new Schedule(p.NextCheckOn!.Value, p.CheckEveryMonths!.Value)).SingleOrDefaultAsync(cancellation);
            if (due is null) continue;
            var next = due.After(today).On;
            await db.Programmes.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.NextCheckOn, (DateOnly?)next), cancellation);
            if (!await db.Rounds.AnyAsync(r => r.ProgrammeId == id && r.CandidateId == null && r.RevealedAt == null, cancellation) && await db.Partners.AnyAsync(p => p.ProgrammeId == id, cancellation))
            {
                var round = await AddRoundAsync(id, today.AddDays(Schedule.DaysToClose), adoptsCurrent: false, cancellation);
                var starter = await db.Partners.Where(p => p.ProgrammeId == id && p.IsStarter).Select(p => (Guid?)p.OrganisationId).FirstOrDefaultAsync(cancellation);
                await trail.AppendAsync(db, new(TrailKind.RoundOpened, null) { Organisation = starter, Programme = id, Subject = round, Detail = "scheduled" }, cancellation);
                opened++;
            }
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        return opened;
    }

    /// <summary>Moves the day by which all mean to have sealed; false where this person may not, or the round is revealed.</summary>
    public async Task<bool> ChangeClosingDateAsync(Guid id, Guid person, DateOnly closesOn, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.StarterAsync(id, person, cancellation) is not { } starter) return false;
        if (await db.Rounds.Where(r => r.ProgrammeId == id && r.CandidateId == null && r.RevealedAt == null).ExecuteUpdateAsync(r => r.SetProperty(x => x.ClosesOn, closesOn), cancellation) == 0) return false;
        await trail.AppendAsync(db, new(TrailKind.ClosingDateChanged, person) { Organisation = starter, Programme = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Takes a partner out: by its own lead at any time, by whoever started the programme while it has revealed nothing. What it has answered
    /// stays its own. Leaving never reveals anything: those who are left propose to close (sharing.md 4).
    /// </summary>
    public async Task<RemoveOutcome> RemovePartnerAsync(Guid id, Guid person, Guid organisation, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockProgrammesAsync([id], cancellation);
        await db.LockOpenRoundsAsync([id], cancellation);
        if (!await db.Partners.AnyAsync(p => p.ProgrammeId == id && p.OrganisationId == organisation, cancellation)) return RemoveOutcome.NotFound;
        var isOwn = await db.IsLeadAsync(organisation, person, cancellation);
        var starter = await db.StarterAsync(id, person, cancellation);
        if (!isOwn && starter is null) return RemoveOutcome.NotFound;
        if (!isOwn && await db.Assessments.AnyAsync(a => a.OrganisationId == organisation && a.RevealedAt != null && db.Rounds.Any(r => r.Id == a.RoundId && r.ProgrammeId == id), cancellation))
        {
            return RemoveOutcome.HasRevealed;
        }
        await db.TakeOutAsync(id, organisation, clock.GetUtcNow(), cancellation);
        await trail.AppendAsync(db, new(TrailKind.PartnerLeft, person) { Organisation = organisation, Programme = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return RemoveOutcome.Done;
    }

    /// <summary>Ends a facilitator's part; by whoever started the programme, or by the facilitator.</summary>
    public async Task<bool> RemoveFacilitatorAsync(Guid id, Guid person, Guid facilitator, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var starter = await db.StarterAsync(id, person, cancellation);
        if (person != facilitator && starter is null) return false;
        if (await db.Facilitators.Where(f => f.ProgrammeId == id && f.PersonId == facilitator).ExecuteDeleteAsync(cancellation) == 0) return false;
        await trail.AppendAsync(db, new(TrailKind.FacilitatorLeft, person) { Organisation = starter, Programme = id, Subject = facilitator }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Takes the answers of an in-confidence assessment that a lead has claimed into their organisation's part of a round, where nothing is
    /// answered there yet. How many were taken; null where this person may not, or something is answered.
    /// </summary>
    public async Task<int?> StartFromAsync(Guid assessment, Guid person, Guid source, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The row first: it waits for saves that are under way, and whoever seals waits for this.
        await db.Assessments.Where(a => a.Id == assessment).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastUsedAt, clock.GetUtcNow()), cancellation);
        var part = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == assessment && a.IsOpen && a.RoundId != null, cancellation);
        var from = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == source && a.OwnerId == person && a.RoundId == null, cancellation);
        if (part is null || from is null || !await db.IsLeadAsync(part.OrganisationId!.Value, person, cancellation)) return null;
        // Once people are invited, each answers for themselves.
        if (await db.Respondents.SingleOrDefaultAsync(r => r.AssessmentId == assessment && r.Kind == RespondentKind.Together, cancellation) is not { } respondent) return null;
        if (await db.Answers.AnyAsync(a => a.RespondentId == respondent.Id, cancellation)) return null;
        var old = await instruments.GetAsync(from.InstrumentId, from.InstrumentVersion, cancellation);
        var now = await instruments.GetAsync(part.InstrumentId, part.InstrumentVersion, cancellation);
        var revisions = old.Questions.ToDictionary(q => q.Key, q => q.Revision, StringComparer.Ordinal);
        // An answer to a question that means something else by now is no answer to it.
        var same = now.InScope(part.Stage).Where(q => revisions.GetValueOrDefault(q.Key) == q.Revision).Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
        // What was agreed stands for the organisation; what several people answered is theirs, and stays where it is.
        var agreed = await db.AgreedAnswers.AsNoTracking().Where(a => a.AssessmentId == source).ToListAsync(cancellation);
        var answers = await db.Answers.AsNoTracking().Where(a => db.Respondents.Any(r => r.Id == a.RespondentId && r.AssessmentId == source && r.Kind == RespondentKind.Together)).ToListAsync(cancellation);
        var taken = agreed.Select(a => a.AsAnswerOf(respondent.Id, clock.GetUtcNow())).Concat(answers.Select(a => a.For(respondent.Id, clock.GetUtcNow())))
            .DistinctBy(a => a.Question, StringComparer.Ordinal).Where(a => same.Contains(a.Question)).ToList();
        db.Answers.AddRange(taken);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return taken.Count;
    }

    /// <summary>Gives a new partner its part in the open round, where there is one; programme and round are locked.</summary>
    internal async Task JoinOpenRoundAsync(Guid programme, Guid organisation, CancellationToken cancellation)
    {
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.ProgrammeId == programme && r.CandidateId == null && r.RevealedAt == null, cancellation) is not { } round) return;
        // Who comes back finds its part as it left it.
        if (await db.Assessments.Where(a => a.RoundId == round.Id && a.OrganisationId == organisation)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.LeftAt, (DateTimeOffset?)null).SetProperty(x => x.IsOpen, x => x.SealedAt == null), cancellation) > 0) return;
        await AddAssessmentAsync(round, organisation, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds the next round; the programme is locked, and none is open.</summary>
    private async Task<Guid> AddRoundAsync(Guid id, DateOnly closesOn, bool adoptsCurrent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var last = await db.Rounds.AsNoTracking().Where(r => r.ProgrammeId == id && r.CandidateId == null).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancellation);
        var keeps = last is not null && !adoptsCurrent;
        var round = new Round
        {
            Id = Guid.CreateVersion7(now),
            ProgrammeId = id,
            Number = 1 + (last?.Number ?? 0),
            InstrumentId = keeps ? last!.InstrumentId : instruments.Current.Id,
            InstrumentVersion = keeps ? last!.InstrumentVersion : instruments.Current.Version,
            Stage = await db.Programmes.Where(p => p.Id == id).Select(p => p.Stage).SingleAsync(cancellation),
            OpenedAt = now,
            ClosesOn = closesOn,
        };
        db.Rounds.Add(round);
        foreach (var partner in await db.Partners.Where(p => p.ProgrammeId == id).OrderBy(p => p.OrganisationId).ToListAsync(cancellation)) await AddAssessmentAsync(round, partner.OrganisationId, cancellation);
        await db.SaveChangesAsync(cancellation);
        return round.Id;
    }

    /// <summary>Gives an organisation its part in a round, with one respondent for whoever leads it, and what it answered last.</summary>
    internal async Task AddAssessmentAsync(Round round, Guid organisation, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var roles = (await instruments.GetAsync(round.InstrumentId, round.InstrumentVersion, cancellation)).Roles;
        var name = await db.Organisations.Where(o => o.Id == organisation).Select(o => o.Name).SingleAsync(cancellation);
        var assessment = Assessment.PartOf(round, organisation, name, version: 1, now);
        db.Assessments.Add(assessment);
        db.Respondents.Add(new() { Id = Guid.CreateVersion7(now), AssessmentId = assessment.Id, Role = roles.Count > 0 ? roles[0].Key : "", AddedAt = now });
        await carry.IntoAsync(assessment, round, cancellation);
    }
}

/// <summary>What became of taking a partner out.</summary>
public enum RemoveOutcome
{
    Done,

    /// <summary>There is no such partner, or whoever asked may not.</summary>
    NotFound,

    /// <summary>It has revealed results: only it can leave.</summary>
    HasRevealed,
}

/// <summary>
/// Who changes programmes, rounds and organisations at the same time waits for the other, always in this order, so that nobody waits for
/// ever: programmes, rounds, organisations, people, assessments, workshops, and the trail last; of several, by their ids.
/// </summary>
internal static class ProgrammeQueries
{
    public static Task<bool> IsLeadAsync(this RaspDb db, Guid organisation, Guid person, CancellationToken cancellation) =>
        db.Memberships.AnyAsync(m => m.OrganisationId == organisation && m.PersonId == person && m.Role == MemberRole.Lead, cancellation);

    /// <summary>The organisation for which this person leads what whoever started the programme may do; null where they may not.</summary>
    public static async Task<Guid?> StarterAsync(this RaspDb db, Guid programme, Guid person, CancellationToken cancellation) =>
        await db.Partners.Where(p => p.ProgrammeId == programme && p.IsStarter
                && db.Memberships.Any(m => m.OrganisationId == p.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead))
            .Select(p => (Guid?)p.OrganisationId).FirstOrDefaultAsync(cancellation);

    /// <summary>Waits until nobody else changes who is in these programmes, and keeps others waiting until the transaction ends.</summary>
    public static async Task LockProgrammesAsync(this RaspDb db, IEnumerable<Guid> programmes, CancellationToken cancellation)
    {
        foreach (var id in programmes.Order()) await db.Programmes.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, x => x.Name), cancellation);
    }

    /// <summary>As <see cref="LockProgrammesAsync"/>, for who belongs to these organisations.</summary>
    public static async Task LockOrganisationsAsync(this RaspDb db, IEnumerable<Guid> organisations, CancellationToken cancellation)
    {
        foreach (var id in organisations.Order()) await db.Organisations.Where(o => o.Id == id).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, x => x.Name), cancellation);
    }

    /// <summary>As <see cref="LockProgrammesAsync"/>, for where somebody belongs.</summary>
    public static Task LockPersonAsync(this RaspDb db, Guid person, CancellationToken cancellation) =>
        db.Users.Where(p => p.Id == person).ExecuteUpdateAsync(p => p.SetProperty(x => x.WantsReminders, x => x.WantsReminders), cancellation);

    /// <summary>As <see cref="LockRoundAsync"/>, for what is open in these programmes. Look only then whether it still is.</summary>
    public static async Task LockOpenRoundsAsync(this RaspDb db, IReadOnlyCollection<Guid> programmes, CancellationToken cancellation)
    {
        var open = await db.Rounds.Where(r => programmes.Contains(r.ProgrammeId) && r.RevealedAt == null).Select(r => r.Id).ToListAsync(cancellation);
        foreach (var id in open.Order()) await db.LockRoundAsync(id, cancellation);
    }

    /// <summary>Takes an organisation out of a programme, whose open round is locked. Its part in that round goes with it, and nobody waits for it; what was revealed stays.</summary>
    public static async Task TakeOutAsync(this RaspDb db, Guid programme, Guid organisation, DateTimeOffset now, CancellationToken cancellation)
    {
        var partners = await db.Partners.Where(p => p.ProgrammeId == programme).OrderBy(p => p.Since).ThenBy(p => p.OrganisationId).ToListAsync(cancellation);
        var leaving = partners.Single(p => p.OrganisationId == organisation);
        db.Partners.Remove(leaving);
        // Somebody has to invite and open rounds: whoever has been there longest takes over.
        if (leaving.IsStarter && partners.FirstOrDefault(p => p != leaving) is { } heir) heir.IsStarter = true;
        await db.SaveChangesAsync(cancellation);
        // What it chose to show to candidates who don't see it yet is void.
        await db.JoiningConsents.Where(c => c.OrganisationId == organisation && db.Rounds.Any(r => r.Id == c.RoundId && r.ProgrammeId == programme && r.RevealedAt == null)).ExecuteDeleteAsync(cancellation);
        foreach (var round in await db.Rounds.Where(r => r.ProgrammeId == programme && r.RevealedAt == null).Select(r => r.Id).ToListAsync(cancellation))
        {
            await db.Assessments.Where(a => a.RoundId == round && a.OrganisationId == organisation).ExecuteUpdateAsync(a => a.SetProperty(x => x.LeftAt, now).SetProperty(x => x.IsOpen, false), cancellation);
            await db.UnconfirmCloseAsync(round, cancellation);
        }
    }

    /// <summary>What others are called in the partners' round that is open: a name stays there as it was when it was opened, or its organisation came.</summary>
    public static Task<List<string>> NamesInOpenRoundAsync(this RaspDb db, Guid programme, Guid? organisation, CancellationToken cancellation) =>
        db.Assessments.Where(a => db.Rounds.Any(r => r.Id == a.RoundId && r.ProgrammeId == programme && r.CandidateId == null && r.RevealedAt == null) && a.OrganisationId != organisation)
            .Select(a => a.Organisation!)
            .Concat(db.PartnersElsewhere.Where(e => db.Rounds.Any(r => r.Id == e.RoundId && r.ProgrammeId == programme && r.CandidateId == null && r.RevealedAt == null)).Select(e => e.Name)).ToListAsync(cancellation);

    /// <summary>Has everybody confirm anew: what they confirmed was to open the round to those who had sealed then.</summary>
    public static Task UnconfirmCloseAsync(this RaspDb db, Guid round, CancellationToken cancellation) =>
        db.Assessments.Where(a => a.RoundId == round && a.CloseConfirmedAt != null).ExecuteUpdateAsync(a => a.SetProperty(x => x.CloseConfirmedAt, (DateTimeOffset?)null), cancellation);

    /// <summary>Waits until nobody else changes who sees what in a round, and keeps others waiting until the transaction ends.</summary>
    public static Task LockRoundAsync(this RaspDb db, Guid round, CancellationToken cancellation) =>
        db.Rounds.Where(r => r.Id == round).ExecuteUpdateAsync(r => r.SetProperty(x => x.Version, x => x.Version + 1), cancellation);
}

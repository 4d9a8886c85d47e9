using Microsoft.EntityFrameworkCore;
using Rasp.Data.Joinings;
using Rasp.Data.Pdfs;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Data.Trails;
using Rasp.Data.Workshops;

namespace Rasp.Data.Programmes;

/// <summary>An organisation in which somebody has a place.</summary>
public sealed record MyOrganisation(Guid Id, string Name, MemberRole Role, int Leads);

/// <summary>An organisation as its own people see it.</summary>
public sealed record OrganisationView(
    Guid Id, string Name, MemberRole MyRole, IReadOnlyList<MemberRow> Members, IReadOnlyList<InvitationRow> Invitations, IReadOnlyList<MyProgramme> Programmes)
{
    public bool IsLead => MyRole == MemberRole.Lead;

    /// <summary>An organisation that one person leads stands still when that person does (sharing.md 11).</summary>
    public bool HasOneLead => Members.Count(m => m.Role == MemberRole.Lead) == 1;
}

public sealed record MemberRow(Guid Person, string Email, MemberRole Role, DateTimeOffset Since);

/// <summary>An invitation that is not answered yet, as those see it who invited.</summary>
public sealed record InvitationRow(Guid Id, InvitedAs As, string Email, string? OrganisationName, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>Makes and changes organisations and who belongs to them.</summary>
public sealed class OrganisationDesk(RaspDb db, Trail trail, TimeProvider clock)
{
    /// <summary>Makes an organisation, led by whoever makes it.</summary>
    public async Task<Guid> StartAsync(string name, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var id = await AddAsync(name, person, cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>As <see cref="StartAsync"/>, within somebody else's transaction.</summary>
    internal async Task<Guid> AddAsync(string name, Guid person, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var organisation = new Organisation { Id = Guid.CreateVersion7(now), Name = name, Since = now };
        db.Organisations.Add(organisation);
        db.Memberships.Add(new() { OrganisationId = organisation.Id, PersonId = person, Role = MemberRole.Lead, Since = now });
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, new(TrailKind.OrganisationStarted, person) { Organisation = organisation.Id }, cancellation);
        return organisation.Id;
    }

    /// <summary>Where a person has a place, by name.</summary>
    public async Task<IReadOnlyList<MyOrganisation>> OfAsync(Guid person, CancellationToken cancellation) =>
        await db.Memberships.AsNoTracking().Where(m => m.PersonId == person)
            .Join(db.Organisations, m => m.OrganisationId, o => o.Id, (m, o) => new { o.Id, o.Name, m.Role }).OrderBy(o => o.Name)
            .Select(o => new MyOrganisation(o.Id, o.Name, o.Role, db.Memberships.Count(x => x.OrganisationId == o.Id && x.Role == MemberRole.Lead))).ToListAsync(cancellation);

    /// <summary>An organisation; null for anybody without a place in it.</summary>
    public async Task<OrganisationView?> FindAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        var members = await db.Memberships.AsNoTracking().Where(m => m.OrganisationId == id)
            .Join(db.Users, m => m.PersonId, p => p.Id, (m, p) => new MemberRow(p.Id, p.Email!, m.Role, m.Since)).ToListAsync(cancellation);
        if (members.FirstOrDefault(m => m.Person == person) is not { } me) return null;
        var organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == id, cancellation);
        var now = clock.GetUtcNow();
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.OrganisationId == id && i.As == InvitedAs.Lead && i.State == InvitationState.Open && i.ExpiresAt > now)
            .OrderBy(i => i.At).Select(i => new InvitationRow(i.Id, i.As, i.Email, i.OrganisationName, i.At, i.ExpiresAt)).ToListAsync(cancellation);
        // Those that it asks to join too.
        var programmes = await db.Programmes.AsNoTracking().Where(p => db.Partners.Any(x => x.ProgrammeId == p.Id && x.OrganisationId == id) || db.Rounds.Any(r => r.ProgrammeId == p.Id && r.CandidateId == id))
            .OrderBy(p => p.Name).Select(p => new MyProgramme(p.Id, p.Name, p.Since)).ToListAsync(cancellation);
        return new(id, organisation.Name, me.Role, [.. members.OrderByDescending(m => m.Role).ThenBy(m => m.Email, StringComparer.OrdinalIgnoreCase)], invitations, programmes);
    }

    /// <summary>Whether a person leads an organisation.</summary>
    public Task<bool> IsLedByAsync(Guid id, Guid person, CancellationToken cancellation) =>
        db.Memberships.AnyAsync(m => m.OrganisationId == id && m.PersonId == person && m.Role == MemberRole.Lead, cancellation);

    /// <summary>Renames an organisation. Rounds keep the name under which it was in them.</summary>
    public async Task<RenameOutcome> RenameAsync(Guid id, Guid person, string name, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var mine = await db.Partners.Where(p => p.OrganisationId == id).Select(p => p.ProgrammeId)
            .Union(db.Rounds.Where(r => r.CandidateId == id && !db.JoiningOutcomes.Any(o => o.RoundId == r.Id)).Select(r => r.ProgrammeId)).ToListAsync(cancellation);
        await db.LockProgrammesAsync(mine, cancellation);
        if (!await IsLedByAsync(id, person, cancellation)) return RenameOutcome.NotFound;
        var others = await db.Partners.Where(p => mine.Contains(p.ProgrammeId) && p.OrganisationId != id).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => o.Name).ToListAsync(cancellation);
        if (others.Contains(name, StringComparer.OrdinalIgnoreCase)) return RenameOutcome.NameTaken;
        await db.Organisations.Where(o => o.Id == id).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, name), cancellation);
        await trail.AppendAsync(db, new(TrailKind.OrganisationRenamed, person) { Organisation = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return RenameOutcome.Done;
    }

    /// <summary>Gives a member another role.</summary>
    public Task<MemberOutcome> ChangeRoleAsync(Guid id, Guid person, Guid member, MemberRole role, CancellationToken cancellation) =>
        WithLeadsAsync(id, person, member, mayThemselves: false, async membership =>
        {
            membership.Role = role;
            await db.SaveChangesAsync(cancellation);
            var ended = role == MemberRole.Lead ? [] : await db.EndTokensAsync(id, member, person, cancellation);
            await trail.AppendAllAsync(db, [new(TrailKind.MemberRoleChanged, person) { Organisation = id, Subject = member, Detail = role.ToString() }, .. ended], cancellation);
        }, cancellation);

    /// <summary>Takes a member's place away, or one's own. What they answered stays the organisation's.</summary>
    public Task<MemberOutcome> RemoveAsync(Guid id, Guid person, Guid member, CancellationToken cancellation) =>
        WithLeadsAsync(id, person, member, mayThemselves: true, async membership =>
        {
            db.Memberships.Remove(membership);
            await db.SaveChangesAsync(cancellation);
            await db.LockAssessmentsOfAsync(member, id, cancellation);
            await db.KeepAsync(db.Respondents.Where(r => r.PersonId == member && db.Assessments.Any(a => a.Id == r.AssessmentId && a.OrganisationId == id)), withName: true, clock.GetUtcNow(), cancellation);
            await trail.AppendAllAsync(db, [new(TrailKind.MemberLeft, person) { Organisation = id, Subject = member }, .. await db.EndTokensAsync(id, member, person, cancellation)], cancellation);
        }, cancellation);

    /// <summary>Erases an organisation with all it answered, for good. Where partners had seen it, they are told that it was withdrawn. False where this person may not.</summary>
    public async Task<bool> EraseAsync(Guid id, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Those that it has left too, where it took part in a round.
        var programmes = await db.Programmes.Where(p => db.Partners.Any(x => x.ProgrammeId == p.Id && x.OrganisationId == id) || db.Rounds.Any(r => r.ProgrammeId == p.Id && db.Assessments.Any(a => a.RoundId == r.Id && a.OrganisationId == id)))
            .Select(p => p.Id).ToListAsync(cancellation);
        await db.LockProgrammesAsync(programmes, cancellation);
        await db.LockOpenRoundsAsync(programmes, cancellation);
        if (!await IsLedByAsync(id, person, cancellation)) return false;
        var now = clock.GetUtcNow();
        foreach (var programme in await db.Partners.Where(p => p.OrganisationId == id).Select(p => p.ProgrammeId).ToListAsync(cancellation)) await db.TakeOutAsync(programme, id, now, cancellation);
        // A name and a date stay in what was revealed; nothing else does.
        var revealed = await db.Assessments.Where(a => a.OrganisationId == id && a.RevealedAt != null && a.Version == 1).Select(a => new { Round = a.RoundId!.Value, Name = a.Organisation! }).ToListAsync(cancellation);
        db.ErasedPartners.AddRange(revealed.Select(r => new ErasedPartner { Id = Guid.CreateVersion7(now), RoundId = r.Round, Name = r.Name, At = now }));
        await db.SaveChangesAsync(cancellation);
        // A candidate's round that nobody has seen goes with it; of one that was seen, it is to be read that it ended.
        await db.Rounds.Where(r => r.CandidateId == id && r.RevealedAt == null).ExecuteDeleteAsync(cancellation);
        foreach (var asked in await db.Rounds.Where(r => r.CandidateId == id && !db.JoiningOutcomes.Any(o => o.RoundId == r.Id)).Select(r => r.Id).ToListAsync(cancellation))
        {
            db.JoiningOutcomes.Add(new() { RoundId = asked, End = JoiningEnd.Withdrawn, At = now, Note = null });
        }
        await db.SaveChangesAsync(cancellation);
        // In joint plans it stays named where it took something on; what its people noted there was its own.
        await db.ActionNotes.Where(n => n.OrganisationId == id).ExecuteDeleteAsync(cancellation);
        await db.EraseVotesAsync(id, [.. revealed.Select(r => r.Round)], cancellation);
        await db.OutdatePdfsAsync(programmes, cancellation);
        await db.Assessments.Where(a => a.OrganisationId == id).ExecuteDeleteAsync(cancellation);
        await db.Organisations.Where(o => o.Id == id).ExecuteDeleteAsync(cancellation);
        // What nobody is in any more, and nobody has a part in.
        await db.Programmes.Where(p => programmes.Contains(p.Id) && !db.Partners.Any(x => x.ProgrammeId == p.Id) && !db.Rounds.Any(r => r.ProgrammeId == p.Id && db.Assessments.Any(a => a.RoundId == r.Id)))
            .ExecuteDeleteAsync(cancellation);
        await trail.AppendAsync(db, new(TrailKind.OrganisationErased, person) { Organisation = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Changes a membership where a lead asks, and only so that a lead remains. One such change at a time.</summary>
    private async Task<MemberOutcome> WithLeadsAsync(Guid id, Guid person, Guid member, bool mayThemselves, Func<Membership, Task> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockOrganisationsAsync([id], cancellation);
        var memberships = await db.Memberships.Where(m => m.OrganisationId == id).ToListAsync(cancellation);
        var mine = memberships.FirstOrDefault(m => m.PersonId == person);
        var theirs = memberships.FirstOrDefault(m => m.PersonId == member);
        if (mine is null || theirs is null || (mine.Role != MemberRole.Lead && !(mayThemselves && person == member))) return MemberOutcome.NotFound;
        if (theirs.Role == MemberRole.Lead && memberships.Count(m => m.Role == MemberRole.Lead) == 1) return MemberOutcome.LastLead;
        await change(theirs);
        await transaction.CommitAsync(cancellation);
        return MemberOutcome.Done;
    }
}

/// <summary>What became of a new name.</summary>
public enum RenameOutcome
{
    Done,

    /// <summary>There is no such organisation, or whoever asked does not lead it.</summary>
    NotFound,

    /// <summary>A partner in one of its programmes has this name: partners are told apart by their names.</summary>
    NameTaken,
}

/// <summary>What became of a change to a membership.</summary>
public enum MemberOutcome
{
    Done,

    /// <summary>There is no such member, or whoever asked may not.</summary>
    NotFound,

    /// <summary>Nobody would lead the organisation any more: hand over first.</summary>
    LastLead,
}

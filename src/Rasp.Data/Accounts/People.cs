using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Data.Trails;

namespace Rasp.Data.Accounts;

/// <summary>An account as an administrator sees it.</summary>
public sealed record AccountRow(Guid Id, string Email, DateTimeOffset Since, DateTimeOffset LastSeenAt, bool IsAdministrator, int Assessments);

/// <summary>Makes, finds and deletes accounts.</summary>
public sealed class People(RaspDb db, UserManager<Person> identity, AssessmentDesk assessments, Trail trail, TimeProvider clock)
{
    /// <summary>An address as accounts are found by.</summary>
    public static string Normalize(string email) => email.Trim().ToUpperInvariant();

    /// <summary>The account of an address whose owner has just shown to be it, made where there is none.</summary>
    public async Task<Person> FindOrMakeAsync(string email)
    {
        if (await FindAsync(email) is { } known) return known;
        var now = clock.GetUtcNow();
        var person = new Person { Id = Guid.CreateVersion7(now), UserName = email, Email = email, EmailConfirmed = true, Since = now, LastSeenAt = now };
        try
        {
            return (await identity.CreateAsync(person)) is { Succeeded: true } ? person
                : await FindAsync(email) ?? throw new InvalidOperationException("An account could not be made.");
        }
        catch (DbUpdateException)
        {
            // Made at the same time in another browser.
            db.ChangeTracker.Clear();
            return await FindAsync(email) ?? throw new InvalidOperationException("An account could not be made.");
        }
    }

    public Task<Person?> FindAsync(string email) => identity.FindByEmailAsync(email.Trim());

    public Task<Person?> FindAsync(Guid id) => identity.FindByIdAsync(id.ToString());

    /// <summary>The account that signed in through another issuer before; null where none did.</summary>
    public Task<Person?> FindByLoginAsync(string issuer, string subject) => identity.FindByLoginAsync(issuer, subject);

    /// <summary>Remembers that this account signs in through another issuer.</summary>
    public Task AddLoginAsync(Person person, string issuer, string subject) => identity.AddLoginAsync(person, new(issuer, subject, null));

    /// <summary>Makes an administrator of whoever used the link for it.</summary>
    public async Task MakeAdministratorAsync(Guid id, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.IsAdministrator, true), cancellation);
        await trail.AppendAsync(db, new(TrailKind.AdministratorMade, id) { Subject = id }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether somebody wants mails about closing dates, and nudges.</summary>
    public Task<bool> WantsRemindersAsync(Guid id, CancellationToken cancellation) => db.Users.Where(p => p.Id == id).Select(p => p.WantsReminders).SingleAsync(cancellation);

    public Task WantRemindersAsync(Guid id, bool wants, CancellationToken cancellation) =>
        db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.WantsReminders, wants), cancellation);

    /// <summary>Whether this person is the only administrator.</summary>
    public async Task<bool> IsLastAdministratorAsync(Guid id, CancellationToken cancellation) =>
        await db.Users.AnyAsync(p => p.Id == id && p.IsAdministrator, cancellation) && !await db.Users.AnyAsync(p => p.Id != id && p.IsAdministrator, cancellation);

    /// <summary>All accounts, by address.</summary>
    public async Task<IReadOnlyList<AccountRow>> AllAsync(CancellationToken cancellation) => await Rows(db.Users).ToListAsync(cancellation);

    /// <summary>One account; null where there is none.</summary>
    public Task<AccountRow?> RowAsync(Guid id, CancellationToken cancellation) => Rows(db.Users.Where(p => p.Id == id)).SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Deletes an account with its sessions and passkeys, and what it claimed too or leaves that to whoever holds the links; with those assessments
    /// that others answer in, which nobody could open. What this person answered for others stays, without their name. Not where an
    /// organisation would be left without a lead: those organisations' names; none where it was deleted.
    /// </summary>
    public async Task<IReadOnlyList<string>> DeleteAsync(Guid id, Guid by, bool withAssessments, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var leads = await db.Memberships.Where(m => m.PersonId == id && m.Role == MemberRole.Lead).Select(m => m.OrganisationId).ToListAsync(cancellation);
        // As when a role changes: one such change of an organisation at a time.
        await db.LockOrganisationsAsync(leads, cancellation);
        var alone = await db.Organisations.Where(o => leads.Contains(o.Id) && !db.Memberships.Any(m => m.OrganisationId == o.Id && m.Role == MemberRole.Lead && m.PersonId != id))
            .OrderBy(o => o.Name).Select(o => o.Name).ToListAsync(cancellation);
        if (alone.Count > 0) return alone;
        await db.LockPersonAsync(id, cancellation);
        await assessments.LeaveAsync(id, withAssessments, cancellation);
        await db.LockAssessmentsOfAsync(id, null, cancellation);
        await db.KeepAsync(db.Respondents.Where(r => r.PersonId == id), withName: false, clock.GetUtcNow(), cancellation);
        await db.Respondents.Where(r => r.Kind == RespondentKind.Person && r.RemovedAt != null && r.Name != null && db.Users.Any(p => p.Id == id && p.Email == r.Name))
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.Name, (string?)null), cancellation);
        var left = await db.Memberships.Where(m => m.PersonId == id).OrderBy(m => m.OrganisationId).Select(m => m.OrganisationId).ToListAsync(cancellation);
        var lines = new List<TrailEvent>();
        foreach (var organisation in left) lines.AddRange([new(TrailKind.MemberLeft, by) { Organisation = organisation, Subject = id }, .. await db.EndTokensAsync(organisation, id, by, cancellation)]);
        await db.Users.Where(p => p.Id == id).ExecuteDeleteAsync(cancellation);
        await trail.AppendAllAsync(db, [.. lines, new(TrailKind.AccountDeleted, by) { Subject = id }], cancellation);
        await transaction.CommitAsync(cancellation);
        return [];
    }

    private IQueryable<AccountRow> Rows(IQueryable<Person> people) => people.AsNoTracking().OrderBy(p => p.NormalizedEmail)
        .Select(p => new AccountRow(p.Id, p.Email!, p.Since, p.LastSeenAt, p.IsAdministrator, db.Assessments.Count(a => a.OwnerId == p.Id)));
}

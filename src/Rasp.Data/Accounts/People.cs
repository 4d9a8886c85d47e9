using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Rasp.Data.Accounts;

/// <summary>An account as an administrator sees it.</summary>
public sealed record AccountRow(Guid Id, string Email, DateTimeOffset Since, DateTimeOffset LastSeenAt, bool IsAdministrator, int Assessments);

/// <summary>Makes, finds and deletes accounts.</summary>
public sealed class People(RaspDb db, UserManager<Person> identity, AssessmentDesk assessments, TimeProvider clock)
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

    public Task MakeAdministratorAsync(Guid id, CancellationToken cancellation) =>
        db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(p => p.SetProperty(x => x.IsAdministrator, true), cancellation);

    /// <summary>Whether this person is the only administrator.</summary>
    public async Task<bool> IsLastAdministratorAsync(Guid id, CancellationToken cancellation) =>
        await db.Users.AnyAsync(p => p.Id == id && p.IsAdministrator, cancellation) && !await db.Users.AnyAsync(p => p.Id != id && p.IsAdministrator, cancellation);

    /// <summary>All accounts, by address.</summary>
    public async Task<IReadOnlyList<AccountRow>> AllAsync(CancellationToken cancellation) => await Rows(db.Users).ToListAsync(cancellation);

    /// <summary>One account; null where there is none.</summary>
    public Task<AccountRow?> RowAsync(Guid id, CancellationToken cancellation) => Rows(db.Users.Where(p => p.Id == id)).SingleOrDefaultAsync(cancellation);

    /// <summary>Deletes an account with its sessions and passkeys, and what it claimed too or leaves that to whoever holds the links.</summary>
    public async Task DeleteAsync(Guid id, bool withAssessments, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await assessments.LeaveAsync(id, withAssessments, cancellation);
        await db.Users.Where(p => p.Id == id).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private IQueryable<AccountRow> Rows(IQueryable<Person> people) => people.AsNoTracking().OrderBy(p => p.NormalizedEmail)
        .Select(p => new AccountRow(p.Id, p.Email!, p.Since, p.LastSeenAt, p.IsAdministrator, db.Assessments.Count(a => a.OwnerId == p.Id)));
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Rasp.Data.Accounts;

/// <summary>What to send to somebody who wants to sign in, and what their browser keeps while it waits.</summary>
/// <param name="LinkSecret">For the link.</param>
/// <param name="Code">Six digits.</param>
/// <param name="WaitingSecret">For the cookie of the browser in which the code may be typed.</param>
/// <param name="ExpiresAt">When both are good no more.</param>
public sealed record OfferedSignIn(string LinkSecret, string Code, string WaitingSecret, DateTimeOffset ExpiresAt);

/// <summary>What a link or a code signs in to.</summary>
/// <param name="Email">The account's address; null where whoever signs in says which.</param>
/// <param name="MakesAdministrator">Whether the account becomes an administrator's.</param>
/// <param name="ReturnTo">The page to go on to; null for the account's.</param>
public sealed record SignInGrant(string? Email, bool MakesAdministrator, string? ReturnTo);

/// <summary>What became of a code.</summary>
public abstract record CodeOutcome
{
    private CodeOutcome()
    {
    }

    public sealed record Right(SignInGrant Grant) : CodeOutcome;

    /// <summary>The code is wrong.</summary>
    public sealed record Wrong(int TriesLeft) : CodeOutcome;

    /// <summary>No code is accepted here: it is used or has run out, or was tried too often. The link in the mail may still be good.</summary>
    public sealed record Closed(bool ByTries) : CodeOutcome;
}

/// <summary>
/// Offers sign-ins and takes them up. None of it looks whether there is an account, so that neither an answer nor its time can tell.
/// Limits hold against guessing and against flooding a mailbox, and lock nobody out: whenever no further mail is sent to an address,
/// a mail with a link that is still good has been; and however many codes were guessed wrong, the link signs in.
/// </summary>
public sealed class SignIns(RaspDb db, TimeProvider clock)
{
    public static readonly TimeSpan MailIsGoodFor = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan InvitationIsGoodFor = TimeSpan.FromDays(7);
    public const int TriesOfACode = 5;
    public const int MailsAtATime = 5;

    /// <summary>Of all codes for one address in a day: guesses then stop at one in ten thousand or so in a year.</summary>
    public const int TriesOfAnAddressADay = 25;

    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);

    /// <summary>Offers a sign-in by mail; null where this address was sent enough mails whose links are still good.</summary>
    public async Task<OfferedSignIn?> OfferAsync(string email, string? returnTo, CancellationToken cancellation)
    {
        var (normalized, now) = (People.Normalize(email), clock.GetUtcNow());
        var since = now - MailIsGoodFor;
        if (await db.SignInOffers.CountAsync(o => o.NormalizedEmail == normalized && o.OfferedAt > since && o.WaitingHash != null, cancellation) >= MailsAtATime) return null;
        var offered = new OfferedSignIn(PrivateLink.NewSecret(), NewCode(), PrivateLink.NewSecret(), now + MailIsGoodFor);
        db.SignInOffers.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            Email = email,
            NormalizedEmail = normalized,
            MakesAdministrator = false,
            LinkHash = PrivateLink.Hash(offered.LinkSecret)!,
            WaitingHash = PrivateLink.Hash(offered.WaitingSecret),
            CodeHash = CodeHash(offered.WaitingSecret, offered.Code),
            OfferedAt = now,
            ExpiresAt = offered.ExpiresAt,
            ReturnTo = returnTo?.Length <= SignInOffer.ReturnToMaxLength ? returnTo : null,
        });
        await db.SaveChangesAsync(cancellation);
        return offered;
    }

    /// <summary>A link that makes an administrator; gives its secret.</summary>
    /// <param name="email">Of which account; null where whoever uses the link says which address is theirs.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<string> InviteAdministratorAsync(string? email, CancellationToken cancellation = default)
    {
        var (secret, now) = (PrivateLink.NewSecret(), clock.GetUtcNow());
        db.SignInOffers.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            Email = email,
            NormalizedEmail = email is null ? null : People.Normalize(email),
            MakesAdministrator = true,
            LinkHash = PrivateLink.Hash(secret)!,
            WaitingHash = null,
            CodeHash = null,
            OfferedAt = now,
            ExpiresAt = now + InvitationIsGoodFor,
            ReturnTo = null,
        });
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>Whether nobody administrates this installation, nor holds a link to begin with.</summary>
    public async Task<bool> NeedsAdministratorAsync(CancellationToken cancellation = default) =>
        !await db.Users.AnyAsync(p => p.IsAdministrator, cancellation) && !await Good(clock.GetUtcNow()).AnyAsync(o => o.MakesAdministrator, cancellation);

    /// <summary>What a link signs in to, without using it; null where it is used or has run out.</summary>
    public async Task<SignInGrant?> LookAsync(string linkSecret, CancellationToken cancellation)
    {
        if (PrivateLink.Hash(linkSecret) is not { } hash) return null;
        return await Good(clock.GetUtcNow()).Where(o => o.LinkHash == hash).Select(o => new SignInGrant(o.Email, o.MakesAdministrator, o.ReturnTo)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Uses a link, which is then good no more; null as for <see cref="LookAsync"/>.</summary>
    public async Task<SignInGrant?> UseAsync(string linkSecret, CancellationToken cancellation)
    {
        if (await LookAsync(linkSecret, cancellation) is not { } grant) return null;
        var (hash, now) = (PrivateLink.Hash(linkSecret)!, clock.GetUtcNow());
        // Of two that press the button at once, one comes in.
        return await Good(now).Where(o => o.LinkHash == hash).ExecuteUpdateAsync(o => o.SetProperty(x => x.UsedAt, now), cancellation) == 1 ? grant : null;
    }

    /// <summary>Tries a code in the browser that waits for it.</summary>
    public async Task<CodeOutcome> TryAsync(string waitingSecret, string code, CancellationToken cancellation)
    {
        if (PrivateLink.Hash(waitingSecret) is not { } waiting) return new CodeOutcome.Closed(ByTries: false);
        var now = clock.GetUtcNow();
        if (await Good(now).AsNoTracking().Where(o => o.WaitingHash == waiting).SingleOrDefaultAsync(cancellation) is not { } offer) return new CodeOutcome.Closed(ByTries: false);
        var since = now - RememberedFor;
        if (await db.SignInOffers.Where(o => o.NormalizedEmail == offer.NormalizedEmail && o.OfferedAt > since).SumAsync(o => o.Tries, cancellation) >= TriesOfAnAddressADay)
        {
            return new CodeOutcome.Closed(ByTries: true);
        }
        // Counted before it is looked at, so that tries side by side gain nothing.
        if (await Good(now).Where(o => o.Id == offer.Id && o.Tries < TriesOfACode).ExecuteUpdateAsync(o => o.SetProperty(x => x.Tries, x => x.Tries + 1), cancellation) != 1)
        {
            return new CodeOutcome.Closed(ByTries: true);
        }
        if (!CryptographicOperations.FixedTimeEquals(CodeHash(waitingSecret, code), offer.CodeHash))
        {
            return offer.Tries + 1 >= TriesOfACode ? new CodeOutcome.Closed(ByTries: true) : new CodeOutcome.Wrong(TriesOfACode - offer.Tries - 1);
        }
        var isFirst = await Good(now).Where(o => o.Id == offer.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.UsedAt, now), cancellation) == 1;
        return isFirst ? new CodeOutcome.Right(new(offer.Email, offer.MakesAdministrator, offer.ReturnTo)) : new CodeOutcome.Closed(ByTries: false);
    }

    /// <summary>Deletes those that are good for nothing any more.</summary>
    public Task<int> DeleteExpiredAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var forgotten = now - RememberedFor;
        return db.SignInOffers.Where(o => o.OfferedAt <= forgotten && (o.ExpiresAt <= now || o.UsedAt != null)).ExecuteDeleteAsync(cancellation);
    }

    private IQueryable<SignInOffer> Good(DateTimeOffset now) => db.SignInOffers.Where(o => o.UsedAt == null && o.ExpiresAt > now);

    private static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    private static byte[] CodeHash(string waitingSecret, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{waitingSecret} {code}"));
}

using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;

namespace Rasp.Data.Tokens;

/// <summary>What a token is to be.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may be used for, beside reading.</param>
/// <param name="Programme">The one programme that it reaches; null for all.</param>
/// <param name="Days">For how long it is good.</param>
public sealed record NewToken(string Name, TokenScopes Scopes, Guid? Programme, int Days);

/// <summary>A token as its owners see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Programme">The one programme that it reaches, by name; null where it reaches all.</param>
/// <param name="MadeBy">The address of whoever made it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
/// <param name="LastUsedOn">Null where it never was.</param>
/// <param name="HasEnded">Whether it is good no more.</param>
public sealed record TokenRow(Guid Id, string Name, TokenScopes Scopes, string? Programme, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateOnly? LastUsedOn, bool HasEnded);

/// <summary>Makes, lists and revokes tokens: a person's own, and an organisation's for its leads.</summary>
public sealed class TokenDesk(RaspDb db, Trail trail, Outbox outbox, TimeProvider clock)
{
    public const int NameMaxLength = Token.NameMaxLength;

    /// <summary>So many of one owner's are good at a time: more than anybody keeps in mind.</summary>
    public const int Most = 20;

    /// <summary>For how many days a token can be good.</summary>
    public static readonly IReadOnlyList<int> Lifetimes = [30, 90, 365];

    /// <summary>A person's own, the newest first.</summary>
    public Task<IReadOnlyList<TokenRow>> OfPersonAsync(Guid person, CancellationToken cancellation) => RowsAsync(db.Tokens.Where(t => t.PersonId == person && t.OrganisationId == null), cancellation);

    /// <summary>An organisation's, the newest first; null for anybody who does not lead it.</summary>
    public async Task<IReadOnlyList<TokenRow>?> OfOrganisationAsync(Guid organisation, Guid person, CancellationToken cancellation) =>
        await db.IsLeadAsync(organisation, person, cancellation) ? await RowsAsync(db.Tokens.Where(t => t.OrganisationId == organisation), cancellation) : null;

    /// <summary>Makes one. Gives it, to be shown this once; null where this person may not, or the owner has as many as can be.</summary>
    /// <param name="person">Who makes it.</param>
    /// <param name="organisation">Whose it is to be; null for the person's own.</param>
    /// <param name="what">What it is to be.</param>
    /// <param name="letter">What tells each of its owners, by address; null where no mail can be sent.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<string?> MakeAsync(Guid person, Guid? organisation, NewToken what, Func<string, Letter>? letter, CancellationToken cancellation)
    {
        var (secret, now) = (TokenSecret.New(), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (organisation is { } owner)
        {
            await db.LockOrganisationsAsync([owner], cancellation);
            if (!await db.IsLeadAsync(owner, person, cancellation)) return null;
        }
        else
        {
            await db.LockPersonAsync(person, cancellation);
        }
        if (await db.Tokens.CountAsync(t => t.ExpiresAt > now && (organisation == null ? t.PersonId == person && t.OrganisationId == null : t.OrganisationId == organisation), cancellation) >= Most) return null;
        var token = new Token
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person,
            OrganisationId = organisation,
            ProgrammeId = what.Programme,
            Name = what.Name,
            SecretHash = TokenSecret.Hash(secret)!,
            Scopes = what.Scopes | TokenScopes.Read,
            MadeAt = now,
            ExpiresAt = now.AddDays(what.Days),
            LastUsedOn = null,
        };
        db.Tokens.Add(token);
        if (letter is not null)
        {
            var owners = await db.Users.AsNoTracking().Where(p => organisation == null ? p.Id == person : db.Memberships.Any(m => m.OrganisationId == organisation && m.PersonId == p.Id && m.Role == MemberRole.Lead))
                .OrderBy(p => p.Email).Select(p => p.Email!).ToListAsync(cancellation);
            foreach (var email in owners) outbox.Add(db, letter(email), now.AddDays(1));
        }
        await db.SaveChangesAsync(cancellation);
        await trail.AppendAsync(db, new(TrailKind.TokenMade, person) { Organisation = organisation, Programme = what.Programme, Subject = token.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Tell();
        return secret;
    }

    /// <summary>Ends a token at once; false where this person has none of this id, or does not lead its organisation.</summary>
    public async Task<bool> RevokeAsync(Guid id, Guid? organisation, Guid person, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (organisation is { } owner && !await db.IsLeadAsync(owner, person, cancellation)) return false;
        if (await db.Tokens.Where(t => t.Id == id && (organisation == null ? t.PersonId == person && t.OrganisationId == null : t.OrganisationId == organisation)).ExecuteDeleteAsync(cancellation) == 0) return false;
        await trail.AppendAsync(db, new(TrailKind.TokenRevoked, person) { Organisation = organisation, Subject = id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<IReadOnlyList<TokenRow>> RowsAsync(IQueryable<Token> tokens, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await tokens.AsNoTracking().OrderByDescending(t => t.MadeAt).ThenByDescending(t => t.Id).Select(t => new TokenRow(
            t.Id, t.Name, t.Scopes, db.Programmes.Where(p => p.Id == t.ProgrammeId).Select(p => p.Name).FirstOrDefault(), db.Users.Where(p => p.Id == t.PersonId).Select(p => p.Email!).First(),
            t.MadeAt, t.ExpiresAt, t.LastUsedOn, t.ExpiresAt <= now)).ToListAsync(cancellation);
    }
}

internal static class EndingTokens
{
    /// <summary>Ends what a lead made for an organisation, within the transaction in which they stop leading it; what to note in the trail.</summary>
    public static async Task<IReadOnlyList<TrailEvent>> EndTokensAsync(this RaspDb db, Guid organisation, Guid lead, Guid by, CancellationToken cancellation)
    {
        var ended = await db.Tokens.Where(t => t.OrganisationId == organisation && t.PersonId == lead).OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancellation);
        await db.Tokens.Where(t => ended.Contains(t.Id)).ExecuteDeleteAsync(cancellation);
        return ended.ConvertAll(id => new TrailEvent(TrailKind.TokenRevoked, by) { Organisation = organisation, Subject = id });
    }
}

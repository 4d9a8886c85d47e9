using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Exchanges;

/// <summary>A round with its partners on other servers, as one person in the programme sees it.</summary>
/// <param name="Programme">The programme's board.</param>
/// <param name="Round">The round.</param>
/// <param name="Here">The organisations on this server that take part, by name.</param>
/// <param name="Elsewhere">Those on other servers, by name.</param>
public sealed record ExchangeView(ProgrammeView Programme, RoundView Round, IReadOnlyList<PartyHere> Here, IReadOnlyList<PartyElsewhere> Elsewhere)
{
    /// <summary>Whether the round is open to all, as seen here.</summary>
    public bool IsOpen => Round.RevealedAt is not null;

    /// <summary>Whether anybody here has made keys, or anybody elsewhere was introduced.</summary>
    public bool HasBegun => Elsewhere.Count > 0 || Here.Any(h => h.Thumbprint is not null);

    /// <summary>Those here for which this person decides.</summary>
    public IEnumerable<PartyHere> Mine => Here.Where(h => h.AmLead);

    /// <summary>Whether bringing in the seal of this partner opens the round, where it shows something.</summary>
    public bool SealReveals(PartyElsewhere partner) => !IsOpen && partner.IsConfirmed && Round.Missing.Count == 0 && Round.MissingElsewhere is [var missing] && missing.Id == partner.Id;

    /// <summary>Whether all have sealed and show something, and the round is still not open, since whoever was missing last was taken out.</summary>
    public bool IsReady => !IsOpen && Round.Missing.Count == 0 && Round.MissingElsewhere.Count == 0 && Round.Together >= 2;
}

/// <summary>An organisation on this server.</summary>
/// <param name="Organisation">Which.</param>
/// <param name="Name">What it is called in the round.</param>
/// <param name="Thumbprint">Of the key that it made for this round; null where it has none.</param>
/// <param name="AmLead">Whether whoever looks decides for it.</param>
/// <param name="Part">How far it has got.</param>
public sealed record PartyHere(Guid Organisation, string Name, string? Thumbprint, bool AmLead, PartRow Part);

/// <summary>An organisation on another server.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Programme">What its own server calls the programme.</param>
/// <param name="RoundName">What its own server calls the round.</param>
/// <param name="Thumbprint">Of its signing key.</param>
/// <param name="At">When its introduction was brought in.</param>
/// <param name="ConfirmedAt">When somebody said that they had compared the key; null before.</param>
/// <param name="ConfirmedFor">For which organisation here; null before.</param>
/// <param name="Seals">What it told of its seal, the newest last, each with when that was brought in.</param>
/// <param name="Released">What was released to it from here.</param>
/// <param name="Received">What it released to somebody here.</param>
public sealed record PartyElsewhere(
    Guid Id, string Name, string Programme, string RoundName, string Thumbprint, DateTimeOffset At, DateTimeOffset? ConfirmedAt, string? ConfirmedFor,
    IReadOnlyList<(SealNotice Notice, DateTimeOffset ReceivedAt)> Seals, IReadOnlyList<HandedOver> Released, IReadOnlyList<HandedOver> Received)
{
    public bool IsConfirmed => ConfirmedAt is not null;

    /// <summary>The notice that counts; null where there is none.</summary>
    public SealNotice? Seal => Seals.Count > 0 ? Seals[^1].Notice : null;
}

/// <summary>That a bundle was released or received.</summary>
/// <param name="Id">Which.</param>
/// <param name="Organisation">Of or for whom here.</param>
/// <param name="Name">What that is called.</param>
/// <param name="Version">1, or more where it was corrected.</param>
/// <param name="Depth">How deep; null for the eyes of others than that organisation's own people.</param>
/// <param name="At">When.</param>
public sealed record HandedOver(Guid Id, Guid Organisation, string Name, int Version, Depth? Depth, DateTimeOffset At);

/// <summary>Finds a round with its partners on other servers, for whoever is in the programme.</summary>
public sealed class ExchangeBoard(RaspDb db, ProgrammeBoard board)
{
    /// <summary>Null for anybody who is not in the programme, or has left it, and where there is no such round of the partners.</summary>
    public async Task<ExchangeView?> FindAsync(Guid round, Guid person, CancellationToken cancellation)
    {
        if (await board.FindByRoundAsync(round, person, cancellation) is not var (programme, found) || found.Joining is not null || programme.HasLeft || programme.IsCandidate) return null;
        var keys = (await db.ExchangeKeys.AsNoTracking().Where(k => k.RoundId == round).ToListAsync(cancellation)).ToDictionary(k => k.OrganisationId);
        var partners = await db.PartnersElsewhere.AsNoTracking().Where(p => p.RoundId == round).ToListAsync(cancellation);
        var ids = partners.ConvertAll(p => p.Id);
        var seals = (await db.SealsElsewhere.AsNoTracking().Where(s => ids.Contains(s.PartnerId)).OrderBy(s => s.At).ToListAsync(cancellation)).ToLookup(s => s.PartnerId);
        var released = (await db.ReleasedBundles.Where(b => b.RoundId == round).OrderBy(b => b.At).ThenBy(b => b.Version).Select(b => new { b.Id, b.OrganisationId, b.PartnerId, b.Version, b.Depth, b.At }).ToListAsync(cancellation)).ToLookup(b => b.PartnerId);
        var received = (await db.ReceivedBundles.Where(b => b.RoundId == round).OrderBy(b => b.At).ThenBy(b => b.Version).Select(b => new { b.Id, b.OrganisationId, b.PartnerId, b.Version, b.Depth, b.At }).ToListAsync(cancellation)).ToLookup(b => b.PartnerId);
        var parts = found.Parts.ToDictionary(p => p.Organisation);
        var confirmed = partners.ConvertAll(p => p.ConfirmedFor);
        var names = await db.Organisations.Where(o => confirmed.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        return new(
            programme, found,
            [.. found.Parts.Select(p => new PartyHere(p.Organisation, p.Name, keys.GetValueOrDefault(p.Organisation)?.SigningKey.Thumbprint, p.Own is { AmLead: true }, p))],
            [.. partners.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new PartyElsewhere(
                p.Id, p.Name, p.Programme, p.Round, p.Thumbprint, p.At, p.ConfirmedAt, p.ConfirmedFor is { } by ? names.GetValueOrDefault(by) : null,
                [.. seals[p.Id].Select(s => (s.NoticeOf(p.Name), s.ReceivedAt))],
                [.. released[p.Id].Select(b => Handed(b.Id, b.OrganisationId, b.Version, b.Depth, b.At))],
                [.. received[p.Id].Select(b => Handed(b.Id, b.OrganisationId, b.Version, b.Depth, b.At))]))]);

        HandedOver Handed(Guid id, Guid organisation, int version, Depth depth, DateTimeOffset at)
        {
            var part = parts.GetValueOrDefault(organisation);
            return new(id, organisation, part?.Name ?? "", version, part?.Own is null ? null : depth, at);
        }
    }
}

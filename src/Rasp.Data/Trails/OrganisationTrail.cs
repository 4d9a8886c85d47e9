using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;

namespace Rasp.Data.Trails;

/// <summary>A line of an organisation's part of the trail, as its leads read it.</summary>
/// <param name="Number">From 1, within the organisation's part: gaps in the numbers of the whole would tell how much others do.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What happened; null where this Rasp does not know the word.</param>
/// <param name="Who">By whom it was done.</param>
/// <param name="Programme">The programme's name; null where it is about none, or that is gone.</param>
/// <param name="Whom">To whom it was done, by their address or name; null where to nobody, or the person did it to themselves.</param>
/// <param name="Detail">A word more; null where there is none.</param>
public sealed record SeenTrailLine(int Number, DateTimeOffset At, TrailKind? Kind, string Who, string? Programme, string? Whom, string? Detail);

/// <summary>Reads an organisation's part of the trail, with the names that those it tells of have today.</summary>
public sealed class OrganisationTrail(RaspDb db)
{
    public const string Rasp = "Rasp";
    public const string Erased = "Somebody whose name was erased";
    public const string ErasedOrganisation = "an organisation that was erased";

    private static readonly string[] Arrivals = [nameof(TrailKind.OrganisationStarted), nameof(TrailKind.MemberJoined), nameof(TrailKind.PartnerJoined), nameof(TrailKind.CandidateBegan)];

    /// <summary>The newest lines first; null for anybody who does not lead the organisation.</summary>
    /// <param name="organisation">Whose.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="before">Only lines before this number; null from the newest on.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<SeenTrailLine>?> FindAsync(Guid organisation, Guid person, int? before, int most, CancellationToken cancellation)
    {
        if (!await db.IsLeadAsync(organisation, person, cancellation)) return null;
        var lines = db.Trail.AsNoTracking().Where(e => e.Organisation == organisation);
        var end = Math.Clamp(before ?? int.MaxValue, 1, 1 + await lines.CountAsync(cancellation)) - 1;
        var begin = Math.Max(0, end - most);
        var entries = await lines.OrderBy(e => e.Number).Skip(begin).Take(end - begin).ToListAsync(cancellation);
        var mentioned = entries.SelectMany(e => (Guid?[])[e.Actor, e.Subject]).OfType<Guid>().Distinct().ToList();
        var addresses = await db.Users.Where(p => mentioned.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email!, cancellation);
        // Addresses of one's own people, former ones too, and of facilitators, whom all partners see; of partners' people none.
        var known = (await db.Trail.Where(e => e.Organisation == organisation && Arrivals.Contains(e.Kind)).Select(e => new { e.Actor, e.Subject }).ToListAsync(cancellation))
            .SelectMany(e => (Guid?[])[e.Actor, e.Subject]).OfType<Guid>().ToHashSet();
        known.UnionWith(await db.Memberships.Where(m => m.OrganisationId == organisation).Select(m => m.PersonId).ToListAsync(cancellation));
        known.UnionWith(await db.Facilitators.Where(f => mentioned.Contains(f.PersonId)).Select(f => f.PersonId).ToListAsync(cancellation));
        var invited = await db.Invitations.AsNoTracking().Where(i => mentioned.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.OrganisationName ?? i.Email, cancellation);
        foreach (var token in await db.Tokens.AsNoTracking().Where(t => mentioned.Contains(t.Id)).Select(t => new { t.Id, t.Name }).ToListAsync(cancellation)) invited[token.Id] = token.Name;
        var programmeIds = entries.Select(e => e.Programme).OfType<Guid>().Distinct().ToList();
        var programmes = await db.Programmes.Where(p => programmeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        var readerIds = entries.SelectMany(ReadersOf).Distinct().ToList();
        var readers = await db.Organisations.Where(o => readerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellation);
        return [.. entries.Select((e, i) =>
        {
            TrailKind? kind = Enum.TryParse<TrailKind>(e.Kind, out var parsed) ? parsed : null;
            var whom = e.Subject is not { } subject || subject == e.Actor ? null : addresses.ContainsKey(subject) ? Person(subject) : kind == TrailKind.MemberRoleChanged || kind == TrailKind.MemberLeft ? Person(subject) : invited.GetValueOrDefault(subject);
            return new SeenTrailLine(begin + i + 1, e.At, kind, Who(e), e.Programme is { } programme ? programmes.GetValueOrDefault(programme) : null, whom, IsReading(e) ? null : e.Detail);
        }).Reverse()];

        string Who(TrailEntry entry)
        {
            if (entry.Kind == nameof(TrailKind.InvitationDeclined)) return entry.Subject is { } invitation && invited.TryGetValue(invitation, out var name) ? name : "Somebody";
            if (entry.Actor is not { } actor) return Rasp;
            var reading = ReadersOf(entry).Select(o => readers.GetValueOrDefault(o, ErasedOrganisation)).ToList();
            return reading.Count > 0 ? $"Somebody of {string.Join(" and ", reading)}" : Person(actor);
        }

        string Person(Guid id) => !addresses.TryGetValue(id, out var address) ? Erased : known.Contains(id) ? address : "Somebody of another organisation";
    }

    private static bool IsReading(TrailEntry entry) => entry.Kind is nameof(TrailKind.ComparisonRead) or nameof(TrailKind.SealRead) or nameof(TrailKind.ComparisonExported) or nameof(TrailKind.FitRead) or nameof(TrailKind.FitExported);

    /// <summary>For which organisations somebody read; none for a facilitator.</summary>
    private static IEnumerable<Guid> ReadersOf(TrailEntry entry) =>
        IsReading(entry) && entry.Detail is { } own ? own.Split(' ').Select(id => Guid.TryParseExact(id, "N", out var parsed) ? parsed : Guid.Empty) : [];
}

using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Exchanges;

/// <summary>A partner on another server, as far as everybody in the programme sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsConfirmed">Whether its key was compared.</param>
/// <param name="Progress">How far it has got, as known here.</param>
/// <param name="SealedAt">When it sealed, by its own server; null where no seal was brought in.</param>
/// <param name="Seals">How many seals of it were brought in: more than one tells that it was opened again.</param>
/// <param name="Commitments">Its seal; null where there is none.</param>
/// <param name="Version">1, or more where it was corrected.</param>
public sealed record ElsewhereRow(Guid Id, string Name, bool IsConfirmed, Progress Progress, DateTimeOffset? SealedAt, int Seals, Commitments? Commitments, int Version)
{
    /// <summary>Whether it has sealed and shows something.</summary>
    public bool IsSharing => Progress == Progress.Sealed;
}

/// <summary>What one viewer may see of a partner on another server.</summary>
/// <param name="Thumbprint">Of its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Depth">How deep: nothing where nothing was received for the viewer's organisation.</param>
/// <param name="IsWithdrawn">Whether it has withdrawn what it showed.</param>
/// <param name="Document">What was received; null at depth nothing.</param>
/// <param name="Versions">How many versions were received.</param>
internal sealed record ElsewherePart(string Thumbprint, string Name, Depth Depth, bool IsWithdrawn, string? Document, int Versions)
{
    public Release Release(Instrument instrument) => Document is null
        ? new() { Organisation = Name, Depth = Depth.Nothing, IsWithdrawn = IsWithdrawn }
        : SealedDocument.Read(instrument, Document) with { Organisation = Name };
}

/// <summary>What the round's lens and the seals ask of partners on other servers.</summary>
internal static class ElsewhereQueries
{
    /// <summary>How many partners on other servers a round waits for, and how many of them have sealed and show something.</summary>
    public static async Task<(int All, int Sharing)> ElsewhereAsync(this RaspDb db, Guid round, CancellationToken cancellation)
    {
        var rows = await db.ElsewhereRowsAsync([round], cancellation);
        return (rows[round].Count(), rows[round].Count(r => r.IsSharing));
    }

    /// <summary>Partners on other servers by round, by name.</summary>
    public static async Task<ILookup<Guid, ElsewhereRow>> ElsewhereRowsAsync(this RaspDb db, IReadOnlyCollection<Guid> rounds, CancellationToken cancellation)
    {
        var partners = await db.PartnersElsewhere.AsNoTracking().Where(p => rounds.Contains(p.RoundId)).ToListAsync(cancellation);
        if (partners.Count == 0) return partners.ToLookup(p => p.RoundId, _ => default(ElsewhereRow)!);
        var ids = partners.ConvertAll(p => p.Id);
        var seals = (await db.SealsElsewhere.AsNoTracking().Where(s => ids.Contains(s.PartnerId)).OrderBy(s => s.At).ToListAsync(cancellation)).ToLookup(s => s.PartnerId);
        var received = await db.ReceivedBundles.Where(b => ids.Contains(b.PartnerId)).Select(b => b.PartnerId).Distinct().ToListAsync(cancellation);
        return partners.OrderBy(p => p.Name, StringComparer.Ordinal).ToLookup(p => p.RoundId, p =>
        {
            var last = seals[p.Id].LastOrDefault()?.NoticeOf(p.Name);
            var progress = last is null ? Progress.NotStarted
                : last.WithdrawnAt is not null ? Progress.Withdrawn
                : last.Depth == Depth.Nothing ? Progress.SealedNotSharing
                : Progress.Sealed;
            return new ElsewhereRow(p.Id, p.Name, p.ConfirmedAt is not null, progress, last?.SealedAt, seals[p.Id].Select(s => s.Number).Distinct().Count(), last?.Commitments, last?.Version ?? 1);
        });
    }

    /// <summary>
    /// What partners on other servers released to these organisations, which are the viewer's own. As with any partner: who has withdrawn
    /// shows nothing, and who shows nothing sees nothing.
    /// </summary>
    /// <param name="db">Where it is.</param>
    /// <param name="rounds">Which rounds.</param>
    /// <param name="own">The viewer's organisations; none for a facilitator, to whom nobody elsewhere has released anything.</param>
    /// <param name="version">Which version of each, where it has as many; the last where null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ILookup<Guid, ElsewherePart>> ElsewherePartsAsync(this RaspDb db, IReadOnlyCollection<Guid> rounds, IReadOnlyCollection<Guid> own, int? version, CancellationToken cancellation)
    {
        var partners = await db.PartnersElsewhere.AsNoTracking().Where(p => rounds.Contains(p.RoundId)).ToListAsync(cancellation);
        if (partners.Count == 0) return partners.ToLookup(p => p.RoundId, _ => default(ElsewherePart)!);
        var ids = partners.ConvertAll(p => p.Id);
        // Who has withdrawn its own sees nobody's.
        var showing = await db.Assessments.Where(a => rounds.Contains(a.RoundId!.Value) && own.Contains(a.OrganisationId!.Value) && a.RevealedAt != null && a.WithdrawnAt == null)
            .Select(a => new { Round = a.RoundId!.Value, Organisation = a.OrganisationId!.Value }).Distinct().ToListAsync(cancellation);
        var received = (await db.ReceivedBundles.AsNoTracking().Where(b => ids.Contains(b.PartnerId) && own.Contains(b.OrganisationId)).ToListAsync(cancellation))
            .Where(b => showing.Contains(new { Round = b.RoundId, Organisation = b.OrganisationId })).ToLookup(b => b.PartnerId);
        var withdrawn = await db.SealsElsewhere.Where(s => ids.Contains(s.PartnerId) && s.WithdrawnAt != null).Select(s => s.PartnerId).Distinct().ToListAsync(cancellation);
        return partners.ToLookup(p => p.RoundId, p =>
        {
            var isWithdrawn = withdrawn.Contains(p.Id);
            // Of each version what was received at the deepest.
            var versions = received[p.Id].GroupBy(b => b.Version).Select(v => v.MaxBy(b => b.Depth)!).OrderBy(b => b.Version).ToList();
            var shown = versions.Find(v => v.Version == version) ?? versions.LastOrDefault();
            return shown is null || isWithdrawn
                ? new ElsewherePart(p.Thumbprint, p.Name, Depth.Nothing, isWithdrawn, null, 1)
                : new ElsewherePart(p.Thumbprint, p.Name, shown.Depth, false, shown.Document, versions.Count);
        });
    }

    /// <summary>Seals of partners on other servers, each with what was received under it and its partner's key.</summary>
    public static async Task<List<(SeenSeal Seal, string Thumbprint)>> ElsewhereSealsAsync(this RaspDb db, Guid round, IReadOnlyCollection<Guid> own, CancellationToken cancellation)
    {
        var partners = await db.PartnersElsewhere.AsNoTracking().Where(p => p.RoundId == round).ToListAsync(cancellation);
        if (partners.Count == 0) return [];
        var ids = partners.ConvertAll(p => p.Id);
        var notices = (await db.SealsElsewhere.AsNoTracking().Where(s => ids.Contains(s.PartnerId)).OrderBy(s => s.At).ToListAsync(cancellation)).ToLookup(s => s.PartnerId);
        var received = (await db.ReceivedBundles.AsNoTracking()
            .Where(b => ids.Contains(b.PartnerId) && own.Contains(b.OrganisationId) && db.Assessments.Any(a => a.RoundId == round && a.OrganisationId == b.OrganisationId && a.RevealedAt != null && a.WithdrawnAt == null))
            .ToListAsync(cancellation)).ToLookup(b => (b.PartnerId, b.Version));
        var seen = new List<(SeenSeal, string)>();
        foreach (var partner in partners)
        {
            var isWithdrawn = notices[partner.Id].LastOrDefault()?.WithdrawnAt is not null;
            // Of each version the seal that counts: the last.
            foreach (var notice in notices[partner.Id].Select(s => s.NoticeOf(partner.Name)).GroupBy(n => n.Version).Select(v => v.Last()))
            {
                var file = default(SealFile);
                if (!isWithdrawn && received[(partner.Id, notice.Version)].MaxBy(b => b.Depth) is { } bundle)
                {
                    var heading = SealedDocument.Heading(bundle.Document);
                    file = new(heading.Organisation, heading.Programme, heading.Round, notice.Number, notice.SealedAt, bundle.Depth, notice.Commitments.Of(bundle.Depth), bundle.Salt, bundle.Document);
                }
                seen.Add((new(partner.Id, partner.Name, notice.Number, notice.SealedAt, notice.Commitments, file?.Depth ?? Depth.Nothing, file, IsOwn: false), partner.Thumbprint));
            }
        }
        return seen;
    }
}

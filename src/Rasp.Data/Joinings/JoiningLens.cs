using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Joinings;

/// <summary>A candidate and the members as one person may see them.</summary>
/// <param name="Round">The candidate's round.</param>
/// <param name="Base">The partners' round to which it is held.</param>
/// <param name="BaseNumber">That round's number in the programme.</param>
/// <param name="Programme">Which.</param>
/// <param name="ProgrammeName">What it is called.</param>
/// <param name="IsMembers">Whether it is seen from the members' side: as one of them, or as facilitator.</param>
/// <param name="Fit">Of what was released to this person.</param>
/// <param name="Reading">Whose data of others this shows, to whom.</param>
/// <param name="IsUndecided">Whether it is not recorded how it ends.</param>
public sealed record SeenFit(Guid Round, Guid Base, int BaseNumber, Guid Programme, string ProgrammeName, bool IsMembers, SharedFit Fit, Reading Reading, bool IsUndecided);

/// <summary>
/// The lens between a candidate and the members (sharing.md 3 and 8). Each pair sees of each other the lesser of what the candidate shows and what that
/// member shows this candidate; members see each other as in their own round. Like <see cref="RoundLens"/> it reads sealed documents alone.
/// </summary>
public sealed class JoiningLens(RaspDb db, InstrumentLibrary instruments)
{
    /// <summary>A candidate's fit; null for whoever takes no part, and where they don't see each other yet.</summary>
    public async Task<SeenFit?> FindAsync(Guid round, Viewer viewer, CancellationToken cancellation)
    {
        if (await PartsAsync(round, viewer, cancellation) is not { } view) return null;
        var documents = await db.SealedDocumentsAsync([.. view.Members.Append(view.Candidate).OfType<Part>().Select(p => (p.Assessment, p.Depth))], cancellation);
        var instrument = await instruments.GetAsync(view.Round.InstrumentId, view.Round.InstrumentVersion, cancellation);
        var theirs = await instruments.GetAsync(view.Base.InstrumentId, view.Base.InstrumentVersion, cancellation);
        var candidate = view.Candidate is { } own ? Show(own, instrument) : new() { Organisation = view.ErasedCandidate, Depth = Depth.Nothing, IsWithdrawn = true };
        var members = view.Members.Select(m => Show(m, theirs)).Concat(view.ErasedMembers.Select(name => new Release { Organisation = name, Depth = Depth.Nothing, IsWithdrawn = true })).ToList();
        // Names tell organisations apart, and these are from two rounds.
        if (members.Any(m => m.Organisation == candidate.Organisation)) candidate = candidate with { Organisation = $"{candidate.Organisation} (candidate)" };
        return new(
            round, view.Base.Id, view.Base.Number, view.Round.ProgrammeId, view.ProgrammeName, view.IsMembers, SharedFit.Of(instrument, candidate, members), view.ReadingOf(viewer.Person),
            !await db.JoiningOutcomes.AnyAsync(o => o.RoundId == round, cancellation));

        Release Show(Part part, Readiness.Instruments.Instrument asked) =>
            documents.TryGetValue(part.Assessment, out var document)
                ? SealedDocument.Read(asked, document) with { Organisation = part.Name, IsOwn = part.IsOwn, IsWithdrawn = part.IsWithdrawn }
                : new() { Organisation = part.Name, Depth = Depth.Nothing, IsOwn = part.IsOwn, IsWithdrawn = part.IsWithdrawn };
    }

    /// <summary>The fits of all candidates of a programme of whom it is not recorded how it ends, by name, for the members' side; none for anybody else: candidates never see one another.</summary>
    public async Task<IReadOnlyList<SeenFit>> UndecidedAsync(Guid programme, Viewer viewer, CancellationToken cancellation)
    {
        var rounds = await db.Rounds.AsNoTracking()
            .Where(r => r.ProgrammeId == programme && r.CandidateId != null && r.RevealedAt != null && !db.JoiningOutcomes.Any(o => o.RoundId == r.Id)).OrderBy(r => r.OpenedAt).ThenBy(r => r.Id).Select(r => r.Id).ToListAsync(cancellation);
        var seen = new List<SeenFit>();
        // They are few, and each is cut by the lens for itself.
        foreach (var round in rounds)
        {
            if (await FindAsync(round, viewer, cancellation) is { IsMembers: true } one) seen.Add(one);
        }
        return [.. seen.OrderBy(s => s.Fit.Candidate.Organisation, StringComparer.Ordinal)];
    }

    /// <summary>The seals of a candidate and of the members' parts, of every version that was shown; null as for <see cref="FindAsync"/>.</summary>
    public async Task<SeenSeals?> SealsAsync(Guid round, Viewer viewer, CancellationToken cancellation)
    {
        if (await PartsAsync(round, viewer, cancellation) is not { } view) return null;
        var partOf = view.Members.Append(view.Candidate).OfType<Part>().SelectMany(p => p.Versions, (part, version) => (version, part)).ToDictionary(v => v.version, v => v.part);
        var shown = partOf.Keys.ToList();
        var seals = await db.Seals.AsNoTracking().Where(s => shown.Contains(s.AssessmentId) && s.UnsealedAt == null).ToListAsync(cancellation);
        return new(
            view.Round.ProgrammeId, view.ProgrammeName, view.Round.Number, RoundNames.Of(view.Round),
            [.. seals.Select(s => s.Show(partOf[s.AssessmentId].Organisation, partOf[s.AssessmentId].Name, partOf[s.AssessmentId].Depth, partOf[s.AssessmentId].IsOwn)).OrderBy(s => s.Organisation, StringComparer.Ordinal).ThenBy(s => s.Number)],
            view.ReadingOf(viewer.Person))
        { IsCandidates = true };
    }

    private async Task<View?> PartsAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.CandidateId != null && r.RevealedAt != null, cancellation) is not { } round || !viewer.Reaches(round.ProgrammeId)) return null;
        var held = await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == round.BaseRoundId, cancellation);
        var mine = await db.MembershipsOf(viewer).Select(m => m.OrganisationId).ToListAsync(cancellation);
        var isFacilitator = await db.FacilitatesAsync(round.ProgrammeId, viewer, cancellation);
        var chosen = await db.CountingConsentsAsync([round], cancellation);
        var rows = await db.Assessments.AsNoTracking().Where(a => (a.RoundId == id || a.RoundId == held.Id) && a.RevealedAt != null)
            .Select(a => new { a.Id, Round = a.RoundId!.Value, Organisation = a.OrganisationId!.Value, Name = a.Organisation!, a.Version, Depth = a.Depth!.Value, IsWithdrawn = a.WithdrawnAt != null }).ToListAsync(cancellation);
        var own = rows.Where(r => r.Round == id).OrderBy(r => r.Version).ToList();
        // Those who were asked, and so take part.
        var members = rows.Where(r => r.Round == held.Id && chosen.ContainsKey((id, r.Organisation))).GroupBy(r => r.Organisation).Select(v => v.OrderBy(r => r.Version).ToList()).ToList();
        var isCandidate = own.Count > 0 && mine.Contains(own[0].Organisation);
        var myMembers = members.Where(m => mine.Contains(m[0].Organisation)).ToList();
        if (!isCandidate && !isFacilitator && myMembers.Count == 0) return null;

        var shows = own.Count == 0 || own[^1].IsWithdrawn ? Depth.Nothing : own[^1].Depth;
        var toCandidate = members.ToDictionary(m => m[0].Organisation, m => Depths.Lesser(InBase(m[^1].Depth, m[^1].IsWithdrawn), chosen[(id, m[0].Organisation)].Depth));
        // As one of several organisations, what any of them sees.
        var iShowCandidate = myMembers.Count == 0 ? Depth.Nothing : myMembers.Max(m => toCandidate[m[0].Organisation]);
        var iShowMembers = myMembers.Count == 0 ? Depth.Nothing : myMembers.Max(m => InBase(m[^1].Depth, m[^1].IsWithdrawn));
        var parts = members.ConvertAll(m =>
        {
            var (last, isMine, inBase) = (m[^1], mine.Contains(m[0].Organisation), InBase(m[^1].Depth, m[^1].IsWithdrawn));
            var asCandidate = isCandidate ? Depths.Lesser(shows, toCandidate[last.Organisation]) : Depth.Nothing;
            var asMember = isFacilitator ? inBase : Depths.Lesser(iShowMembers, inBase);
            var depth = isMine ? Depth.Everything : asCandidate > asMember ? asCandidate : asMember;
            return new Part(last.Id, last.Organisation, last.Name, depth, isMine, last.IsWithdrawn || (isCandidate && chosen[(id, last.Organisation)].IsWithdrawal), [.. m.Select(v => v.Id)]);
        });
        var candidate = own.Count == 0 ? null : new Part(
            own[^1].Id, own[^1].Organisation, own[^1].Name, isCandidate ? Depth.Everything : isFacilitator ? shows : Depths.Lesser(shows, iShowCandidate), isCandidate, own[^1].IsWithdrawn, [.. own.Select(v => v.Id)]);
        var erased = await db.ErasedPartners.AsNoTracking().Where(e => e.RoundId == id || (e.RoundId == held.Id && e.At >= round.RevealedAt)).Select(e => new { e.RoundId, e.Name }).ToListAsync(cancellation);
        return new(
            round, held, await db.Programmes.Where(p => p.Id == round.ProgrammeId).Select(p => p.Name).SingleAsync(cancellation), candidate, parts,
            erased.Find(e => e.RoundId == id)?.Name ?? "", [.. erased.Where(e => e.RoundId == held.Id).Select(e => e.Name)], isFacilitator || myMembers.Count > 0);

        static Depth InBase(Depth depth, bool isWithdrawn) => isWithdrawn ? Depth.Nothing : depth;
    }

    private sealed record View(
        Round Round, Round Base, string ProgrammeName, Part? Candidate, IReadOnlyList<Part> Members, string ErasedCandidate, IReadOnlyList<string> ErasedMembers, bool IsMembers)
    {
        public Reading ReadingOf(Guid person)
        {
            var all = Members.Append(Candidate).OfType<Part>().ToList();
            return new(person, Round.ProgrammeId, Round.Id, [.. all.Where(p => !p.IsOwn && p.Depth != Depth.Nothing).Select(p => p.Organisation)], [.. all.Where(p => p.IsOwn).Select(p => p.Organisation)]);
        }
    }

    private sealed record Part(Guid Assessment, Guid Organisation, string Name, Depth Depth, bool IsOwn, bool IsWithdrawn, IReadOnlyList<Guid> Versions);
}

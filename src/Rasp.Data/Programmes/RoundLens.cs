using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Exchanges;
using Rasp.Data.Teams;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>A revealed round as one person may see it.</summary>
/// <param name="Round">Which.</param>
/// <param name="Number">Its number in the programme.</param>
/// <param name="Programme">Which.</param>
/// <param name="ProgrammeName">What it is called.</param>
/// <param name="Comparison">Of what was released to this person.</param>
/// <param name="Versions">For each organisation, by name, how many versions have been shown: more than one where it was corrected.</param>
/// <param name="Reading">Whose data of others this shows, to whom.</param>
public sealed record SeenRound(Guid Round, int Number, Guid Programme, string ProgrammeName, SharedComparison Comparison, IReadOnlyDictionary<string, int> Versions, Reading Reading);

/// <summary>That somebody is shown what others answered: to be noted in the trail.</summary>
/// <param name="Person">Who reads.</param>
/// <param name="Programme">In which programme.</param>
/// <param name="Round">In which round.</param>
/// <param name="Owners">Organisations other than the reader's whose data are shown.</param>
/// <param name="For">The reader's own organisations in the round; empty for a facilitator.</param>
public sealed record Reading(Guid Person, Guid Programme, Guid Round, IReadOnlyList<Guid> Owners, IReadOnlyList<Guid> For)
{
    /// <summary>Keys, by thumbprint, of partners on other servers whose data are shown. They have no trail here: whoever reads has it in their own organisation's.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];
}

/// <summary>The rounds of a programme, one after the other, as one person may see them.</summary>
/// <param name="ProgrammeName">What it is called.</param>
/// <param name="Rounds">The oldest first: those that are revealed to this person, and those in which only their own organisation's part is sealed.</param>
/// <param name="Readings">Whose data of others this shows, to whom, round by round.</param>
public sealed record SeenRounds(string ProgrammeName, IReadOnlyList<RoundInTime> Rounds, IReadOnlyList<Reading> Readings);

/// <summary>One round among others.</summary>
/// <param name="Round">Which.</param>
/// <param name="Number">Its number in the programme.</param>
/// <param name="IsJoining">Whether it is that with which the viewer's organisation asked to join.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="IsRevealed">Whether it shows more than the viewer's own organisation.</param>
/// <param name="Stage">The key of its stage.</param>
/// <param name="Releases">What each organisation shows of its newest version, under the name that it has now, in ordinal order.</param>
public sealed record RoundInTime(Guid Round, int Number, bool IsJoining, DateTimeOffset OpenedAt, bool IsRevealed, string Stage, IReadOnlyList<Release> Releases)
{
    /// <summary>What files call it.</summary>
    public string Name { get; init; } = RoundNames.Of(OpenedAt, Number, IsJoining);

    /// <summary>What was asked.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The viewer's own organisations' parts, by name.</summary>
    public IReadOnlyDictionary<string, Guid> Own { get; init; } = new Dictionary<string, Guid>();
}

/// <summary>What every partner of a revealed round may see of all.</summary>
/// <param name="Compared">Question by question; null where somebody shows less than that.</param>
/// <param name="Reading">Whose data of others this shows, to whom.</param>
public sealed record CommonGround(Comparison? Compared, Reading Reading);

/// <summary>A seal of a revealed round.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Organisation">What it was called in the round.</param>
/// <param name="Number">Which of its seals in the round, from 1.</param>
/// <param name="At">When it was sealed.</param>
/// <param name="Commitments">As partners saw them before the reveal.</param>
/// <param name="Depth">How deep this viewer sees.</param>
/// <param name="File">What this viewer sees, with all that it takes to verify it; null at depth nothing.</param>
/// <param name="IsOwn">Whether it is the viewer's own organisation's.</param>
public sealed record SeenSeal(Guid Owner, string Organisation, int Number, DateTimeOffset At, Commitments Commitments, Depth Depth, SealFile? File, bool IsOwn);

/// <summary>The seals of a revealed round as one person may see them.</summary>
/// <param name="Programme">Which.</param>
/// <param name="ProgrammeName">What it is called.</param>
/// <param name="Number">The round's number in the programme.</param>
/// <param name="Round">The round's name.</param>
/// <param name="Seals">By organisation, then number.</param>
/// <param name="Reading">Whose data of others this shows, to whom.</param>
public sealed record SeenSeals(Guid Programme, string ProgrammeName, int Number, string Round, IReadOnlyList<SeenSeal> Seals, Reading Reading)
{
    /// <summary>Whether they are of a candidate and the members, and not of one round of all.</summary>
    public bool IsCandidates { get; init; }
}

/// <summary>
/// The lens between organisations (sharing.md 8): who asks, and what was sealed and revealed, into what may be seen. It never reads answers,
/// only sealed documents, each at the lesser of the two depths. It knows the rounds of partners; a candidate's has a lens of its own.
/// </summary>
public sealed class RoundLens(RaspDb db, InstrumentLibrary instruments)
{
    /// <summary>A revealed round; null for whoever took no part in it, and where it is not revealed.</summary>
    /// <param name="round">Which.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="version">Which version of each organisation's part, where it has as many; the last where null.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<SeenRound?> FindAsync(Guid round, Viewer viewer, int? version, CancellationToken cancellation)
    {
        if (await PartsAsync(round, viewer, version, cancellation) is not { } view) return null;
        var instrument = await instruments.GetAsync(view.Round.InstrumentId, view.Round.InstrumentVersion, cancellation);
        var documents = await db.SealedDocumentsAsync([.. view.Parts.Select(p => (p.Assessment, p.Depth))], cancellation);
        var elsewhere = (await db.ElsewherePartsAsync([round], view.Own, version, cancellation))[round].ToList();
        var releases = view.Parts.Select(p => Released(instrument, documents, p)).Concat(elsewhere.Select(e => e.Release(instrument)));
        var erased = await db.ErasedPartners.AsNoTracking().Where(e => e.RoundId == round).Select(e => e.Name).ToListAsync(cancellation);
        var gone = erased.Select(Gone);
        return new(
            round, view.Round.Number, view.Round.ProgrammeId, view.ProgrammeName,
            SharedComparison.Of(instrument, view.Round.Stage, RoundNames.Of(view.Round), releases.Concat(gone)),
            view.Parts.Select(p => (p.Name, p.Versions.Count)).Concat(elsewhere.Select(e => (e.Name, e.Versions))).ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal),
            view.ReadingOf(viewer.Person, elsewhere));
    }

    /// <summary>All rounds of a programme that this person may see; null where there is none.</summary>
    /// <param name="programme">Which.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<SeenRounds?> InTimeAsync(Guid programme, Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.Reaches(programme)) return null;
        var rounds = await db.Rounds.AsNoTracking().Where(r => r.ProgrammeId == programme).OrderBy(r => r.OpenedAt).ThenBy(r => r.Number).ToListAsync(cancellation);
        var place = await PlaceAsync(programme, viewer, cancellation);
        var ids = rounds.ConvertAll(r => r.Id);
        var rows = (await RowsAsync(a => ids.Contains(a.RoundId!.Value), cancellation)).ToLookup(r => r.Round);
        // A round that is not revealed, to all or to them, shows leads what their own organisation has sealed; so does that with which it asked to join.
        var seen = rounds.Select(r => (Round: r, Parts: r.RevealedAt is null || r.CandidateId is not null ? null : place.PartsOf(rows[r.Id].Where(a => a.RevealedAt is not null), null)))
            .Select(r => (r.Round, IsRevealed: r.Parts is not null, Parts: r.Parts ?? place.OwnOf(rows[r.Round.Id].Where(a => a.SealedAt is not null && a.LeftAt is null))))
            .Where(r => r.Parts.Count > 0).ToList();
        if (seen.Count == 0) return null;
        var documents = await db.SealedDocumentsAsync([.. seen.SelectMany(r => r.Parts).Select(p => (p.Assessment, p.Depth))], cancellation);
        // Each under the name that it has now. A name that somebody had who has left can be another's by then: two are never taken for one.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var elsewhere = await db.ElsewherePartsAsync([.. seen.Where(r => r.IsRevealed).Select(r => r.Round.Id)], [.. place.Mine.Keys], null, cancellation);
        var names = seen.SelectMany(r => r.Parts).Reverse().DistinctBy(p => p.Organisation).ToDictionary(p => p.Organisation, p => TeamSheet.Unique(taken, p.Name));
        // Partners on other servers go by their names from round to round: their keys are new in each.
        var namesElsewhere = elsewhere.SelectMany(r => r).Select(e => e.Name).Distinct(StringComparer.Ordinal).ToDictionary(n => n, n => TeamSheet.Unique(taken, n), StringComparer.Ordinal);
        var erased = (await db.ErasedPartners.AsNoTracking().Where(e => ids.Contains(e.RoundId)).ToListAsync(cancellation)).ToLookup(e => e.RoundId, e => e.Name);
        var inTime = new List<RoundInTime>();
        foreach (var (round, isRevealed, parts) in seen)
        {
            var instrument = await instruments.GetAsync(round.InstrumentId, round.InstrumentVersion, cancellation);
            var releases = parts.Select(p => Released(instrument, documents, p) with { Organisation = names[p.Organisation] });
            var there = elsewhere[round.Id].Select(e => e.Release(instrument) with { Organisation = namesElsewhere[e.Name] });
            var gone = isRevealed ? erased[round.Id].Select(Gone) : [];
            inTime.Add(new(round.Id, round.Number, round.CandidateId is not null, round.OpenedAt, isRevealed, round.Stage, [.. releases.Concat(there).Concat(gone).OrderBy(r => r.Organisation, StringComparer.Ordinal)])
            {
                Instrument = instrument,
                Own = parts.Where(p => p.IsOwn).ToDictionary(p => names[p.Organisation], p => p.Assessment, StringComparer.Ordinal),
            });
        }
        var name = await db.Programmes.Where(p => p.Id == programme).Select(p => p.Name).SingleAsync(cancellation);
        return new(name, inTime, [.. seen.Where(r => r.IsRevealed).Select(r => new View(r.Round, name, r.Parts).ReadingOf(viewer.Person, elsewhere[r.Round.Id]))]);
    }

    /// <summary>
    /// What a partnership can talk about together: each partner that has not withdrawn, cut to the least depth that any of them shows, whoever
    /// looks. Null as for <see cref="FindAsync"/>.
    /// </summary>
    public async Task<CommonGround?> CommonGroundAsync(Guid round, Viewer viewer, CancellationToken cancellation)
    {
        if (await PartsAsync(round, viewer, null, cancellation) is not { } view) return null;
        var rows = await db.Assessments.AsNoTracking().Where(a => a.RoundId == round && a.RevealedAt != null).Select(a => new { a.Id, a.Depth, a.WithdrawnAt }).ToDictionaryAsync(a => a.Id, cancellation);
        var there = view.Parts.Where(p => p.Versions.All(v => rows[v].WithdrawnAt is null)).Select(p => p with { Assessment = p.Versions[^1] }).ToList();
        var least = there.Count < 2 ? Depth.Nothing : there.Min(p => rows[p.Assessment].Depth!.Value);
        if (least < Depth.Questions) return new(null, view.ReadingOf(viewer.Person) with { Owners = [] });
        var instrument = await instruments.GetAsync(view.Round.InstrumentId, view.Round.InstrumentVersion, cancellation);
        var documents = await db.SealedDocumentsAsync([.. there.Select(p => (p.Assessment, least))], cancellation);
        var releases = there.Select(p => SealedDocument.Read(instrument, documents[p.Assessment]) with { Organisation = p.Name });
        return new(SharedComparison.Of(instrument, view.Round.Stage, RoundNames.Of(view.Round), releases).Questions, view.ReadingOf(viewer.Person));
    }

    /// <summary>The seals of a revealed round, of every version that was shown; null as for <see cref="FindAsync"/>.</summary>
    public async Task<SeenSeals?> SealsAsync(Guid round, Viewer viewer, CancellationToken cancellation)
    {
        if (await PartsAsync(round, viewer, null, cancellation) is not { } view) return null;
        var partOf = view.Parts.SelectMany(p => p.Versions, (part, version) => (version, part)).ToDictionary(v => v.version, v => v.part);
        var shown = partOf.Keys.ToList();
        var seals = await db.Seals.AsNoTracking().Where(s => shown.Contains(s.AssessmentId) && s.UnsealedAt == null).ToListAsync(cancellation);
        var elsewhere = await db.ElsewhereSealsAsync(round, view.Own, cancellation);
        return new(
            view.Round.ProgrammeId, view.ProgrammeName, view.Round.Number, RoundNames.Of(view.Round),
            [.. seals.Select(s => (Seal: s, Part: partOf[s.AssessmentId])).Select(s => s.Seal.Show(s.Part.Organisation, s.Part.Name, s.Part.Depth, s.Part.IsOwn)).Concat(elsewhere.Select(e => e.Seal)).OrderBy(s => s.Organisation, StringComparer.Ordinal).ThenBy(s => s.Number)],
            view.ReadingOf(viewer.Person) with { Elsewhere = [.. elsewhere.Where(e => e.Seal.File is not null).Select(e => e.Thumbprint).Distinct()] });
    }

    private async Task<View?> PartsAsync(Guid round, Viewer viewer, int? version, CancellationToken cancellation)
    {
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == round && r.CandidateId == null && r.RevealedAt != null, cancellation) is not { } found) return null;
        if (!viewer.Reaches(found.ProgrammeId)) return null;
        var place = await PlaceAsync(found.ProgrammeId, viewer, cancellation);
        if (place.PartsOf(await RowsAsync(a => a.RoundId == round && a.RevealedAt != null, cancellation), version) is not { } parts) return null;
        var name = await db.Programmes.Where(p => p.Id == found.ProgrammeId).Select(p => p.Name).SingleAsync(cancellation);
        return new(found, name, parts);
    }

    private static Release Released(Instrument instrument, Dictionary<Guid, string> documents, Part part) => documents.TryGetValue(part.Assessment, out var document)
        ? SealedDocument.Read(instrument, document) with { Organisation = part.Name, IsOwn = part.IsOwn, IsWithdrawn = part.IsWithdrawn }
        : new Release { Organisation = part.Name, Depth = Depth.Nothing, IsOwn = part.IsOwn, IsWithdrawn = part.IsWithdrawn };

    /// <summary>Of somebody who was erased, that they took part.</summary>
    private static Release Gone(string name) => new() { Organisation = name, Depth = Depth.Nothing, IsWithdrawn = true };

    private async Task<Place> PlaceAsync(Guid programme, Viewer viewer, CancellationToken cancellation) => new(
        await db.MembershipsOf(viewer).AsNoTracking().ToDictionaryAsync(m => m.OrganisationId, m => m.Role, cancellation), await db.FacilitatesAsync(programme, viewer, cancellation));

    private Task<List<Row>> RowsAsync(Expression<Func<Assessment, bool>> which, CancellationToken cancellation) =>
        db.Assessments.AsNoTracking().Where(which).Select(a => new Row(
            a.Id, a.RoundId!.Value, a.OrganisationId!.Value, a.Organisation!, a.Version, a.Depth ?? Depth.Nothing, a.SealedAt, a.RevealedAt, a.WithdrawnAt, a.LeftAt)).ToListAsync(cancellation);

    private sealed record View(Round Round, string ProgrammeName, IReadOnlyList<Part> Parts)
    {
        /// <summary>The viewer's own organisations.</summary>
        public IReadOnlyList<Guid> Own => [.. Parts.Where(p => p.IsOwn).Select(p => p.Organisation)];

        public Reading ReadingOf(Guid person, params IEnumerable<ElsewherePart> elsewhere) =>
            new(person, Round.ProgrammeId, Round.Id, [.. Parts.Where(p => !p.IsOwn && p.Depth != Depth.Nothing).Select(p => p.Organisation)], [.. Parts.Where(p => p.IsOwn).Select(p => p.Organisation)])
            {
                Elsewhere = [.. elsewhere.Where(e => e.Depth != Depth.Nothing).Select(e => e.Thumbprint)],
            };
    }

    /// <summary>Part of a round, as stored.</summary>
    private sealed record Row(Guid Id, Guid Round, Guid Organisation, string Name, int Version, Depth Depth, DateTimeOffset? SealedAt, DateTimeOffset? RevealedAt, DateTimeOffset? WithdrawnAt, DateTimeOffset? LeftAt);

    /// <summary>Who looks: the organisations that they belong to, and whether they facilitate the programme.</summary>
    private sealed record Place(Dictionary<Guid, MemberRole> Mine, bool IsFacilitator)
    {
        /// <summary>What they may see of the parts of one revealed round, in ordinal order of names; null where they took no part in it.</summary>
        public List<Part>? PartsOf(IEnumerable<Row> rows, int? version)
        {
            var versions = rows.GroupBy(a => a.Organisation).ToList();
            var own = versions.Where(v => Mine.ContainsKey(v.Key)).ToList();
            if (own.Count == 0 && !IsFacilitator) return null;
            // You see as much as you show; who has withdrawn shows nothing. Nobody who belongs to a partner facilitates.
            var shows = own.Count == 0 ? Depth.Everything : own.Max(v => v.Any(a => a.WithdrawnAt is not null) ? Depth.Nothing : v.MaxBy(a => a.Version)!.Depth);
            return [.. versions.Select(v =>
            {
                var chosen = v.FirstOrDefault(a => a.Version == version) ?? v.MaxBy(a => a.Version)!;
                var isOwn = Mine.ContainsKey(v.Key);
                var isWithdrawn = chosen.WithdrawnAt is not null;
                var depth = isOwn ? Depth.Everything : isWithdrawn ? Depth.Nothing : Depths.Lesser(shows, chosen.Depth);
                return new Part(chosen.Id, v.Key, chosen.Name, depth, isOwn, isWithdrawn, [.. v.OrderBy(a => a.Version).Select(a => a.Id)]);
            }).OrderBy(p => p.Name, StringComparer.Ordinal)];
        }

        /// <summary>The newest sealed parts of one round of the organisations that they lead.</summary>
        public List<Part> OwnOf(IEnumerable<Row> rows) =>
            [.. rows.Where(r => Mine.GetValueOrDefault(r.Organisation) == MemberRole.Lead).GroupBy(r => r.Organisation).Select(v => v.MaxBy(r => r.Version)!)
                .Select(r => new Part(r.Id, r.Organisation, r.Name, Depth.Everything, IsOwn: true, IsWithdrawn: false, [r.Id])).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    private sealed record Part(Guid Assessment, Guid Organisation, string Name, Depth Depth, bool IsOwn, bool IsWithdrawn, IReadOnlyList<Guid> Versions);
}

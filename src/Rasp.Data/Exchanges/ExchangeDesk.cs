using Microsoft.EntityFrameworkCore;
using Rasp.Data.Pdfs;
using Rasp.Data.Programmes;
using Rasp.Data.Trails;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Exchanges;

/// <summary>What became of something that has to do with partners on other servers.</summary>
public enum ExchangeEnd
{
    Done,

    /// <summary>Done, and with it the round opened.</summary>
    Revealed,

    /// <summary>There is no such thing, or whoever asked may not.</summary>
    NotFound,

    /// <summary>Something has happened meanwhile.</summary>
    HasChanged,

    /// <summary>This would open the round, which whoever asked had not been told.</summary>
    WouldReveal,

    /// <summary>What came in is not taken: the reason says why.</summary>
    Refused,
}

/// <param name="End">What became of it.</param>
/// <param name="Why">Why it was refused, as a part of a sentence; null where it was not.</param>
/// <param name="Partner">The partner that it is about, where there is one.</param>
public sealed record ExchangeOutcome(ExchangeEnd End, string? Why = null, Guid? Partner = null);

/// <summary>
/// Takes part in a round with partners on other servers. All that changes who sees what waits for the round's lock, as in
/// <see cref="Sealing"/>. It knows nothing of signatures: what comes here was verified against the key that it names.
/// </summary>
public sealed class ExchangeDesk(RaspDb db, InstrumentLibrary instruments, Sealing sealing, KeyProtection protection, Trail trail, TimeProvider clock)
{
    private static readonly ExchangeOutcome Done = new(ExchangeEnd.Done);
    private static readonly ExchangeOutcome NotFound = new(ExchangeEnd.NotFound);
    private static readonly ExchangeOutcome HasChanged = new(ExchangeEnd.HasChanged);

    /// <summary>Stores the keys that an organisation made for a round that is not open to all yet. By one of its leads.</summary>
    public Task<ExchangeOutcome> MakeKeysAsync(Guid round, Guid organisation, Guid person, SecretKeys keys, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await OwnAsync(found, organisation, person, cancellation) is null) return NotFound;
            if (found.RevealedAt is not null || await db.ExchangeKeys.AnyAsync(k => k.RoundId == round && k.OrganisationId == organisation, cancellation)) return HasChanged;
            db.ExchangeKeys.Add(new()
            {
                RoundId = round,
                OrganisationId = organisation,
                At = clock.GetUtcNow(),
                SigningX = keys.Signing.Public.X,
                SigningY = keys.Signing.Public.Y,
                EncryptionX = keys.Encryption.Public.X,
                EncryptionY = keys.Encryption.Public.Y,
                SigningSecret = protection.Protect(keys.Signing),
                EncryptionSecret = protection.Protect(keys.Encryption),
            });
            await db.SaveChangesAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.ExchangeKeysMade, person, found, organisation), cancellation);
            return Done;
        }, cancellation);

    /// <summary>Takes in the introduction of a partner on another server. By a lead of whoever started the programme.</summary>
    public Task<ExchangeOutcome> IntroduceAsync(Guid round, Guid person, Introduction introduction, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await db.StarterAsync(found.ProgrammeId, person, cancellation) is not { } starter) return NotFound;
            var thumbprint = introduction.SigningKey.Thumbprint;
            if (await db.PartnersElsewhere.Where(p => p.RoundId == round && p.Thumbprint == thumbprint).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancellation) is { } known) return new(ExchangeEnd.Done, Partner: known);
            if (found.RevealedAt is not null) return Refused("this round is open already: nobody can come to it any more");
            var own = await db.ExchangeKeys.AsNoTracking().Where(k => k.RoundId == round).ToListAsync(cancellation);
            var names = await db.Assessments.Where(a => a.RoundId == round && a.LeftAt == null).Select(a => a.Organisation!).Union(db.PartnersElsewhere.Where(p => p.RoundId == round).Select(p => p.Name)).ToListAsync(cancellation);
            var asked = await instruments.AskedAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
            if (ExchangeRules.Refuse(introduction, asked, found.Stage, names, own.Select(k => k.SigningKey.Thumbprint)) is { } why) return Refused(why);
            var now = clock.GetUtcNow();
            var partner = new PartnerElsewhere
            {
                Id = Guid.CreateVersion7(now),
                RoundId = round,
                Name = introduction.Organisation,
                Programme = introduction.Programme,
                Round = introduction.Round,
                SigningX = introduction.SigningKey.X,
                SigningY = introduction.SigningKey.Y,
                EncryptionX = introduction.EncryptionKey.X,
                EncryptionY = introduction.EncryptionKey.Y,
                Thumbprint = thumbprint,
                At = now,
            };
            db.PartnersElsewhere.Add(partner);
            await db.SaveChangesAsync(cancellation);
            // What was confirmed was to open the round to those who had sealed then.
            await db.UnconfirmCloseAsync(round, cancellation);
            await trail.AppendAsync(db, Event(TrailKind.PartnerElsewhereIntroduced, person, found, starter) with { Detail = thumbprint }, cancellation);
            return new(ExchangeEnd.Done, Partner: partner.Id);
        }, cancellation);

    /// <summary>Says that a partner's key was compared with the partner itself. By a lead of whoever started the programme.</summary>
    public Task<ExchangeOutcome> ConfirmAsync(Guid round, Guid partner, Guid person, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await db.StarterAsync(found.ProgrammeId, person, cancellation) is not { } starter) return NotFound;
            if (await db.PartnersElsewhere.SingleOrDefaultAsync(p => p.Id == partner && p.RoundId == round, cancellation) is not { } there) return NotFound;
            if (there.ConfirmedAt is not null) return HasChanged;
            (there.ConfirmedAt, there.ConfirmedFor) = (clock.GetUtcNow(), starter);
            await db.SaveChangesAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.PartnerElsewhereConfirmed, person, found, starter) with { Detail = there.Thumbprint }, cancellation);
            return Done;
        }, cancellation);

    /// <summary>Takes a partner on another server out of a round that is not open yet. Nothing opens by that. By a lead of whoever started the programme.</summary>
    public Task<ExchangeOutcome> RemoveAsync(Guid round, Guid partner, Guid person, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await db.StarterAsync(found.ProgrammeId, person, cancellation) is not { } starter) return NotFound;
            if (await db.PartnersElsewhere.AsNoTracking().SingleOrDefaultAsync(p => p.Id == partner && p.RoundId == round, cancellation) is not { } there) return NotFound;
            if (found.RevealedAt is not null) return HasChanged;
            await db.PartnersElsewhere.Where(p => p.Id == partner).ExecuteDeleteAsync(cancellation);
            await db.UnconfirmCloseAsync(round, cancellation);
            await trail.AppendAsync(db, Event(TrailKind.PartnerElsewhereRemoved, person, found, starter) with { Detail = there.Thumbprint }, cancellation);
            return Done;
        }, cancellation);

    /// <summary>Takes in what a partner on another server tells of its seal, which may open the round. By a lead of any partner here.</summary>
    public Task<ExchangeOutcome> TakeSealAsync(Guid round, Guid partner, Guid person, SealNotice notice, bool knowsItReveals, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await AnyOwnAsync(found, person, cancellation) is not { } own) return NotFound;
            if (await KnownAsync(round, partner, cancellation) is not var (there, known)) return NotFound;
            if (there.ConfirmedAt is null) return Refused($"the key of {there.Name} is not confirmed yet: compare it with {there.Name} first");
            var side = new OwnSide(
                found.RevealedAt is not null, await db.ReleasedBundles.AnyAsync(b => b.RoundId == round, cancellation),
                await db.ReceivedBundles.Where(b => b.PartnerId == partner).Select(b => b.Version).Distinct().ToListAsync(cancellation));
            if (ExchangeRules.Refuse(notice, known, side) is { } why) return Refused(why, partner);
            var now = clock.GetUtcNow();
            db.SealsElsewhere.Add(new()
            {
                Id = Guid.CreateVersion7(now),
                PartnerId = partner,
                Version = notice.Version,
                Number = notice.Number,
                SealedAt = notice.SealedAt,
                At = notice.At,
                Depth = notice.Depth,
                Areas = notice.Commitments.Areas,
                Questions = notice.Commitments.Questions,
                Everything = notice.Commitments.Everything,
                WithdrawnAt = notice.WithdrawnAt,
                ReceivedAt = now,
            });
            await db.SaveChangesAsync(cancellation);
            if (known.Last is not null) await db.UnconfirmCloseAsync(round, cancellation);
            if (notice.WithdrawnAt is not null) await db.OutdatePdfsAsync([found.ProgrammeId], cancellation);
            await trail.AppendAsync(db, Event(TrailKind.SealFromElsewhere, person, found, own) with { Detail = there.Thumbprint }, cancellation);
            return After(found.RevealedAt is not null ? SealOutcome.Done : await sealing.RevealIfAllAsync(found, knowsItReveals, cancellation), partner);
        }, cancellation);

    /// <summary>Opens the round where all have sealed and show something, and whoever was missing last was taken out. By a lead of whoever started the programme.</summary>
    public Task<ExchangeOutcome> OpenAsync(Guid round, Guid person, bool knowsItReveals, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await db.StarterAsync(found.ProgrammeId, person, cancellation) is not { } starter) return NotFound;
            if (found.RevealedAt is not null) return HasChanged;
            var outcome = await sealing.RevealIfAllAsync(found, knowsItReveals, cancellation);
            if (outcome is not SealOutcome.Revealed) return outcome is SealOutcome.WouldReveal ? new(ExchangeEnd.WouldReveal) : HasChanged;
            await trail.AppendAsync(db, Event(TrailKind.RoundOpenedToPartners, person, found, starter), cancellation);
            return new(ExchangeEnd.Revealed);
        }, cancellation);

    /// <summary>
    /// Releases to one partner on another server what an organisation here sealed, cut to the lesser of the two depths, each version that it
    /// has shown. By one of the organisation's leads.
    /// </summary>
    /// <param name="round">Which.</param>
    /// <param name="organisation">Of whom.</param>
    /// <param name="partner">To whom.</param>
    /// <param name="person">Who decides.</param>
    /// <param name="depth">How deep the page said that this would be.</param>
    /// <param name="close">Signs a bundle and encrypts it to the partner.</param>
    /// <param name="most">So many characters may a file have.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<ExchangeOutcome> ReleaseAsync(Guid round, Guid organisation, Guid partner, Guid person, Depth depth, Func<Bundle, SecretKeys, ExchangeKey, string> close, int most, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await OwnAsync(found, organisation, person, cancellation) is not { } own || await KnownAsync(round, partner, cancellation) is not var (there, known)) return NotFound;
            if (found.RevealedAt is null || own.Part.RevealedAt is null || own.Part.WithdrawnAt is not null || own.Keys is null || known.Last is not { Shares: true } last) return HasChanged;
            var lesser = Depths.Lesser(own.Part.Depth ?? Depth.Nothing, last.Depth);
            if (lesser == Depth.Nothing || lesser != depth) return HasChanged;
            var before = await db.ReleasedBundles.Where(b => b.PartnerId == partner && b.OrganisationId == organisation && b.Depth == lesser).Select(b => b.Version).ToListAsync(cancellation);
            var shown = await db.Assessments.AsNoTracking().Where(a => a.RoundId == round && a.OrganisationId == organisation && a.RevealedAt != null && !before.Contains(a.Version)).OrderBy(a => a.Version).ToListAsync(cancellation);
            if (shown.Count == 0) return HasChanged;
            var asked = await instruments.AskedAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
            var (now, keys) = (clock.GetUtcNow(), protection.Open(own.Keys));
            foreach (var part in shown)
            {
                var seal = await db.Seals.AsNoTracking().SingleAsync(s => s.AssessmentId == part.Id && s.UnsealedAt == null, cancellation);
                var bundle = new Bundle(part.Organisation!, there.Name, there.Thumbprint, asked, found.Stage, part.Version, seal.Number, lesser, Convert.ToHexStringLower(seal.Salt(lesser)), seal.Document(lesser), now);
                var file = close(bundle, keys, there.EncryptionKey);
                if (file.Length > most) return Refused($"at the depth ‘{lesser.Word()}’ it is larger than a partner’s server takes; shorten notes in a correction, or show less", partner);
                db.ReleasedBundles.Add(new()
                {
                    Id = Guid.CreateVersion7(now),
                    RoundId = round,
                    OrganisationId = organisation,
                    PartnerId = partner,
                    Version = part.Version,
                    Depth = lesser,
                    At = now,
                    By = person,
                    File = file,
                });
            }
            await db.SaveChangesAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.BundleReleased, person, found, organisation) with { Detail = $"{lesser.Word()} {there.Thumbprint}" }, cancellation);
            return Done;
        }, cancellation);

    /// <summary>Takes in what a partner on another server released to an organisation here. By one of the organisation's leads.</summary>
    /// <param name="round">Which.</param>
    /// <param name="organisation">For whom.</param>
    /// <param name="partner">From whom: its key has signed.</param>
    /// <param name="person">Who brings it in.</param>
    /// <param name="bundle">What was signed.</param>
    /// <param name="jws">The same, with its signature.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<ExchangeOutcome> ReceiveAsync(Guid round, Guid organisation, Guid partner, Guid person, Bundle bundle, string jws, CancellationToken cancellation) =>
        ChangeAsync(round, async found =>
        {
            if (await OwnAsync(found, organisation, person, cancellation) is not { Keys: { } keys } own || await KnownAsync(round, partner, cancellation) is not var (there, known)) return NotFound;
            if (found.RevealedAt is null) return Refused("this round is not open here yet: first all seals have to be in", partner);
            if (own.Part.RevealedAt is null) return Refused($"this round was opened without {own.Part.Organisation}", partner);
            if (own.Part.WithdrawnAt is not null) return Refused($"{own.Part.Organisation} has withdrawn what it showed, and so sees nothing of others", partner);
            if (!await db.ReleasedBundles.AnyAsync(b => b.PartnerId == partner && b.OrganisationId == organisation && b.Depth >= bundle.Depth, cancellation))
            {
                return Refused($"{own.Part.Organisation} has not released as much to {there.Name} yet: release yours first. You see as much as you show", partner);
            }
            var asked = await instruments.AskedAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
            var instrument = await instruments.GetAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
            if (ExchangeRules.Refuse(bundle, known, own.Part.Organisation!, keys.SigningKey.Thumbprint, own.Part.Depth ?? Depth.Nothing, asked, instrument, found.Stage) is { } why) return Refused(why, partner);
            if (await db.ReceivedBundles.AnyAsync(b => b.PartnerId == partner && b.OrganisationId == organisation && b.Version == bundle.Version && b.Depth >= bundle.Depth, cancellation)) return Refused("you have it already, as deep or deeper", partner);
            var now = clock.GetUtcNow();
            db.ReceivedBundles.Add(new()
            {
                Id = Guid.CreateVersion7(now),
                RoundId = round,
                OrganisationId = organisation,
                PartnerId = partner,
                Version = bundle.Version,
                Number = bundle.Number,
                Depth = bundle.Depth,
                Salt = bundle.Salt,
                Document = bundle.Document,
                ReleasedAt = bundle.At,
                At = now,
                By = person,
                Signed = jws,
            });
            await db.SaveChangesAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.BundleReceived, person, found, organisation) with { Detail = $"{bundle.Depth.Word()} {there.Thumbprint}" }, cancellation);
            return new(ExchangeEnd.Done, Partner: partner);
        }, cancellation);

    /// <summary>How an organisation introduces itself, with the keys to sign it with; null for anybody who does not lead it, and where it has made none.</summary>
    public async Task<(Introduction Introduction, SecretKeys Keys)?> IntroductionAsync(Guid round, Guid organisation, Guid person, CancellationToken cancellation)
    {
        if (await RoundAsync(round, cancellation) is not { } found || await OwnAsync(found, organisation, person, cancellation) is not { Keys: { } keys } own) return null;
        var programme = await db.Programmes.Where(p => p.Id == found.ProgrammeId).Select(p => p.Name).SingleAsync(cancellation);
        var asked = await instruments.AskedAsync(found.InstrumentId, found.InstrumentVersion, cancellation);
        return (new(own.Part.Organisation!, programme, RoundNames.Of(found), found.Stage, asked, keys.At, keys.SigningKey, keys.EncryptionKey), protection.Open(keys));
    }

    /// <summary>What an organisation tells of its seal, with the keys to sign it with, noted in its trail; null for anybody who does not lead it, and where it has no keys or no seal.</summary>
    public async Task<(SealNotice Notice, SecretKeys Keys)?> SealAsync(Guid round, Guid organisation, Guid person, CancellationToken cancellation)
    {
        if (await RoundAsync(round, cancellation) is not { } found || await OwnAsync(found, organisation, person, cancellation) is not { Keys: { } keys } own || own.Part.SealedAt is null) return null;
        var seal = await db.Seals.AsNoTracking().SingleAsync(s => s.AssessmentId == own.Part.Id && s.UnsealedAt == null, cancellation);
        // What it shows is chosen for all versions together.
        var chosen = await db.Consents.Where(c => db.Assessments.Any(a => a.Id == c.AssessmentId && a.RoundId == round && a.OrganisationId == organisation)).MaxAsync(c => c.At, cancellation);
        var at = new[] { seal.At, chosen, own.Part.WithdrawnAt ?? seal.At }.Max();
        var notice = new SealNotice(own.Part.Organisation!, own.Part.Version, seal.Number, seal.At, at, own.Part.Depth ?? Depth.Nothing, seal.Commitments, own.Part.WithdrawnAt);
        await trail.AppendAsync(db, Event(TrailKind.SealForElsewhere, person, found, organisation), cancellation);
        return (notice, protection.Open(keys));
    }

    /// <summary>A bundle that was released, for a lead of its organisation; null for anybody else.</summary>
    public async Task<string?> ReleasedAsync(Guid round, Guid bundle, Guid person, CancellationToken cancellation)
    {
        if (await RoundAsync(round, cancellation) is not { } found || await db.ReleasedBundles.AsNoTracking().SingleOrDefaultAsync(b => b.Id == bundle && b.RoundId == round, cancellation) is not { } released) return null;
        if (!await db.IsLeadAsync(released.OrganisationId, person, cancellation)) return null;
        await trail.AppendAsync(db, Event(TrailKind.BundleTaken, person, found, released.OrganisationId), cancellation);
        return released.File;
    }

    /// <summary>What was received, decrypted and signed by its sender, for a lead of the organisation that it is for; null for anybody else.</summary>
    public async Task<string?> ReceivedAsync(Guid round, Guid bundle, Guid person, CancellationToken cancellation)
    {
        if (await RoundAsync(round, cancellation) is not { } found || await db.ReceivedBundles.AsNoTracking().SingleOrDefaultAsync(b => b.Id == bundle && b.RoundId == round, cancellation) is not { } received) return null;
        if (await OwnAsync(found, received.OrganisationId, person, cancellation) is not { Part.WithdrawnAt: null }) return null;
        if (await db.SealsElsewhere.AnyAsync(s => s.PartnerId == received.PartnerId && s.WithdrawnAt != null, cancellation)) return null;
        await trail.AppendAsync(db, Event(TrailKind.ReceivedTaken, person, found, received.OrganisationId), cancellation);
        return received.Signed;
    }

    /// <summary>The partner on another server whose key has this thumbprint; null where there is none in the round.</summary>
    public Task<PartnerElsewhere?> PartnerAsync(Guid round, string thumbprint, CancellationToken cancellation) =>
        db.PartnersElsewhere.AsNoTracking().SingleOrDefaultAsync(p => p.RoundId == round && p.Thumbprint == thumbprint, cancellation);

    /// <summary>The organisation here, led by this person, that an encryption key of this id is of, with that key whole; null where there is none.</summary>
    public async Task<(Guid Organisation, SecretKey Key)?> RecipientAsync(Guid round, string key, Guid person, CancellationToken cancellation)
    {
        foreach (var keys in await db.ExchangeKeys.AsNoTracking().Where(k => k.RoundId == round).ToListAsync(cancellation))
        {
            if (keys.EncryptionKey.Id == key && await db.IsLeadAsync(keys.OrganisationId, person, cancellation)) return (keys.OrganisationId, protection.OpenEncryption(keys));
        }
        return null;
    }

    private async Task<ExchangeOutcome> ChangeAsync(Guid round, Func<Round, Task<ExchangeOutcome>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockRoundAsync(round, cancellation);
        if (await RoundAsync(round, cancellation) is not { } found) return NotFound;
        var outcome = await change(found);
        if (outcome.End is ExchangeEnd.Done or ExchangeEnd.Revealed) await transaction.CommitAsync(cancellation);
        return outcome;
    }

    private Task<Round?> RoundAsync(Guid round, CancellationToken cancellation) => db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == round && r.CandidateId == null, cancellation);

    /// <summary>An organisation's newest version in a round that is sealed, or the first where none is, with its keys; null for anybody who does not lead it.</summary>
    private async Task<Own?> OwnAsync(Round round, Guid organisation, Guid person, CancellationToken cancellation)
    {
        if (!await db.IsLeadAsync(organisation, person, cancellation)) return null;
        var part = await db.Assessments.AsNoTracking().Where(a => a.RoundId == round.Id && a.OrganisationId == organisation && a.LeftAt == null && (a.Version == 1 || a.SealedAt != null))
            .OrderByDescending(a => a.Version).FirstOrDefaultAsync(cancellation);
        return part is null ? null : new(part, await db.ExchangeKeys.AsNoTracking().SingleOrDefaultAsync(k => k.RoundId == round.Id && k.OrganisationId == organisation, cancellation));
    }

    /// <summary>An organisation with a part in the round that this person leads.</summary>
    private Task<Guid?> AnyOwnAsync(Round round, Guid person, CancellationToken cancellation) =>
        db.Assessments.Where(a => a.RoundId == round.Id && a.LeftAt == null && db.Memberships.Any(m => m.OrganisationId == a.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead))
            .OrderBy(a => a.OrganisationId).Select(a => a.OrganisationId).FirstOrDefaultAsync(cancellation);

    private async Task<(PartnerElsewhere Partner, KnownPartner Known)?> KnownAsync(Guid round, Guid partner, CancellationToken cancellation)
    {
        if (await db.PartnersElsewhere.AsNoTracking().SingleOrDefaultAsync(p => p.Id == partner && p.RoundId == round, cancellation) is not { } there) return null;
        var seals = await db.SealsElsewhere.AsNoTracking().Where(s => s.PartnerId == partner).OrderBy(s => s.At).ToListAsync(cancellation);
        return (there, new(there.Name, there.Round, seals.ConvertAll(s => s.NoticeOf(there.Name))));
    }

    private static ExchangeOutcome After(SealOutcome outcome, Guid partner) => outcome switch
    {
        SealOutcome.Revealed => new(ExchangeEnd.Revealed, Partner: partner),
        SealOutcome.WouldReveal => new(ExchangeEnd.WouldReveal, Partner: partner),
        _ => new(ExchangeEnd.Done, Partner: partner),
    };

    private static ExchangeOutcome Refused(string why, Guid? partner = null) => new(ExchangeEnd.Refused, why, partner);

    private static TrailEvent Event(TrailKind kind, Guid person, Round round, Guid organisation) => new(kind, person) { Organisation = organisation, Programme = round.ProgrammeId, Subject = round.Id };

    private sealed record Own(Assessment Part, ExchangeKeys? Keys);
}

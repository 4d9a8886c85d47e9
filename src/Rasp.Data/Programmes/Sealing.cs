using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Exchanges;
using Rasp.Data.Joinings;
using Rasp.Data.Pdfs;
using Rasp.Data.Teams;
using Rasp.Data.Trails;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>What became of something that changes who sees what.</summary>
public enum SealOutcome
{
    Done,

    /// <summary>Done, and with it the round opened: partners now see each other.</summary>
    Revealed,

    /// <summary>There is no such thing, or whoever asked may not.</summary>
    NotFound,

    /// <summary>The round has been revealed meanwhile: what was sealed is frozen.</summary>
    IsRevealed,

    /// <summary>It was sealed, or opened again, meanwhile.</summary>
    HasChanged,

    /// <summary>Nothing is answered yet.</summary>
    IsEmpty,

    /// <summary>This would open the round, which whoever asked had not been told.</summary>
    WouldReveal,
}

/// <summary>
/// Seals, unseals, reveals (sharing.md 2 to 4). Each call first raises the round's version, so that on both databases such changes happen
/// one after the other, and each sees what the one before left.
/// </summary>
public sealed class Sealing(RaspDb db, InstrumentLibrary instruments, Trail trail, TimeProvider clock)
{
    /// <summary>Seals an organisation's part in a round, at a depth. Where it is the last, the round opens.</summary>
    /// <param name="assessment">The part.</param>
    /// <param name="person">One of its leads.</param>
    /// <param name="depth">What partners will see.</param>
    /// <param name="wording">Which version of the words this lead consented to.</param>
    /// <param name="knowsItReveals">Whether the page had said that this opens the round.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<SealOutcome> SealAsync(Guid assessment, Guid person, Depth depth, string wording, bool knowsItReveals, CancellationToken cancellation) =>
        ChangeAsync(assessment, person, async (round, part) =>
        {
            var corrected = part.Version == 1 ? null
                : await db.Assessments.AsNoTracking().SingleAsync(a => a.RoundId == round.Id && a.OrganisationId == part.OrganisationId && a.Version == part.Version - 1, cancellation);
            // A correction shows no less than what it corrects, and nothing once that is withdrawn.
            if (corrected is null ? round.RevealedAt is not null : depth < corrected.Depth) return SealOutcome.IsRevealed;
            if (part.SealedAt is not null || corrected?.WithdrawnAt is not null) return SealOutcome.HasChanged;
            var now = clock.GetUtcNow();
            // The row first: it waits for saves that are under way, and later ones find it sealed.
            await db.Assessments.Where(a => a.Id == part.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.SealedAt, now).SetProperty(x => x.IsOpen, false).SetProperty(x => x.Depth, depth), cancellation);
            if (await DocumentsAsync(round, part, now, cancellation) is not { } seal) return SealOutcome.IsEmpty;
            db.Seals.Add(seal);
            Note(part.Id, person, depth, wording);
            await db.SaveChangesAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.Sealed, person, round, part) with { Detail = $"{depth.Word()} {seal.Commitments.Everything}" }, cancellation);
            if (corrected is null) return await RevealIfAllAsync(round, knowsItReveals, cancellation);
            await db.Assessments.Where(a => a.Id == part.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.RevealedAt, now), cancellation);
            await ShowEquallyAsync(round, part, depth, cancellation);
            return SealOutcome.Done;
        }, cancellation);

    /// <summary>Opens a seal before the reveal, to change answers and seal again. Everybody sees that it happened.</summary>
    public Task<SealOutcome> UnsealAsync(Guid assessment, Guid person, CancellationToken cancellation) =>
        ChangeAsync(assessment, person, async (round, part) =>
        {
            if (part.RevealedAt is not null || round.RevealedAt is not null) return SealOutcome.IsRevealed;
            if (part.SealedAt is null) return SealOutcome.HasChanged;
            var now = clock.GetUtcNow();
            await db.Seals.Where(s => s.AssessmentId == part.Id && s.UnsealedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.UnsealedAt, now), cancellation);
            await db.Assessments.Where(a => a.Id == part.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.SealedAt, (DateTimeOffset?)null).SetProperty(x => x.IsOpen, true), cancellation);
            await db.UnconfirmCloseAsync(round.Id, cancellation);
            await trail.AppendAsync(db, Event(TrailKind.Unsealed, person, round, part), cancellation);
            return SealOutcome.Done;
        }, cancellation);

    /// <summary>Changes what partners will see: as one likes until the reveal, deeper after it.</summary>
    public Task<SealOutcome> ChooseDepthAsync(Guid assessment, Guid person, Depth depth, string wording, bool knowsItReveals, CancellationToken cancellation) =>
        ChangeAsync(assessment, person, async (round, part) =>
        {
            if (part.SealedAt is null || part.WithdrawnAt is not null) return SealOutcome.HasChanged;
            if (part.RevealedAt is not null ? depth <= part.Depth : round.RevealedAt is not null) return SealOutcome.IsRevealed;
            await ShowEquallyAsync(round, part, depth, cancellation);
            if (depth == Depth.Nothing) await db.UnconfirmCloseAsync(round.Id, cancellation);
            Note(part.Id, person, depth, wording);
            await db.SaveChangesAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.DepthChosen, person, round, part) with { Detail = depth.Word() }, cancellation);
            return part.RevealedAt is null ? await RevealIfAllAsync(round, knowsItReveals, cancellation) : SealOutcome.Done;
        }, cancellation);

    /// <summary>Proposes to open the round to those who have sealed, without the missing. By whoever started the programme.</summary>
    public Task<SealOutcome> ProposeToCloseAsync(Guid round, Guid person, CancellationToken cancellation) =>
        StarterAsync(round, person, async (found, starter) =>
        {
            if (found.RevealedAt is not null) return SealOutcome.IsRevealed;
            if (found.CloseProposedAt is not null || !await AreEnoughAsync(found, await SharingAsync(found, cancellation), cancellation)) return SealOutcome.HasChanged;
            var now = clock.GetUtcNow();
            await db.Rounds.Where(r => r.Id == round).ExecuteUpdateAsync(r => r.SetProperty(x => x.CloseProposedAt, now), cancellation);
            await trail.AppendAsync(db, new(TrailKind.CloseProposed, person) { Organisation = starter, Programme = found.ProgrammeId, Subject = round }, cancellation);
            return SealOutcome.Done;
        }, cancellation);

    /// <summary>Takes that proposal back.</summary>
    public Task<SealOutcome> WithdrawProposalAsync(Guid round, Guid person, CancellationToken cancellation) =>
        StarterAsync(round, person, async (found, starter) =>
        {
            if (found.RevealedAt is not null) return SealOutcome.IsRevealed;
            if (found.CloseProposedAt is null) return SealOutcome.HasChanged;
            await EndProposalAsync(round, cancellation);
            await trail.AppendAsync(db, new(TrailKind.CloseProposalWithdrawn, person) { Organisation = starter, Programme = found.ProgrammeId, Subject = round }, cancellation);
            return SealOutcome.Done;
        }, cancellation);

    /// <summary>Confirms to open the round without the missing. The last of those who have sealed opens it.</summary>
    public Task<SealOutcome> ConfirmCloseAsync(Guid assessment, Guid person, bool knowsItReveals, CancellationToken cancellation) =>
        ChangeAsync(assessment, person, async (round, part) =>
        {
            if (round.RevealedAt is not null) return SealOutcome.IsRevealed;
            if (round.CloseProposedAt is null || part.SealedAt is null || part.Depth == Depth.Nothing || part.CloseConfirmedAt is not null) return SealOutcome.HasChanged;
            var now = clock.GetUtcNow();
            await db.Assessments.Where(a => a.Id == part.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.CloseConfirmedAt, now), cancellation);
            await trail.AppendAsync(db, Event(TrailKind.CloseConfirmed, person, round, part), cancellation);
            var sharing = await SharingAsync(round, cancellation);
            if (sharing.Any(a => a.CloseConfirmedAt is null) || !await AreEnoughAsync(round, sharing, cancellation)) return SealOutcome.Done;
            if (!knowsItReveals) return SealOutcome.WouldReveal;
            await RevealAsync(round, sharing, cancellation);
            return SealOutcome.Revealed;
        }, cancellation);

    /// <summary>Has live pages say that what was shown is withdrawn. Whoever withdraws sees no more of others either.</summary>
    public Task<SealOutcome> WithdrawAsync(Guid assessment, Guid person, CancellationToken cancellation) =>
        ChangeAsync(assessment, person, async (round, part) =>
        {
            if (part.RevealedAt is null || part.WithdrawnAt is not null) return SealOutcome.HasChanged;
            var now = clock.GetUtcNow();
            await db.Assessments.Where(a => a.RoundId == round.Id && a.OrganisationId == part.OrganisationId && a.RevealedAt != null)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.WithdrawnAt, now), cancellation);
            await db.OutdatePdfsAsync([round.ProgrammeId], cancellation);
            await trail.AppendAsync(db, Event(TrailKind.Withdrawn, person, round, part), cancellation);
            return SealOutcome.Done;
        }, cancellation);

    /// <summary>Starts a correction of what was revealed: a new version that begins with the same answers. Its id; null where there can be none now.</summary>
    public async Task<Guid?> CorrectAsync(Guid assessment, Guid person, CancellationToken cancellation)
    {
        var id = default(Guid?);
        await ChangeAsync(assessment, person, async (round, part) =>
        {
            if (part.RevealedAt is null || part.WithdrawnAt is not null) return SealOutcome.HasChanged;
            if (await db.Assessments.AnyAsync(a => a.RoundId == round.Id && a.OrganisationId == part.OrganisationId && a.Version > part.Version, cancellation)) return SealOutcome.HasChanged;
            id = await CopyAsync(round, part, cancellation);
            await trail.AppendAsync(db, Event(TrailKind.CorrectionStarted, person, round, part), cancellation);
            return SealOutcome.Done;
        }, cancellation);
        return id;
    }

    /// <summary>Gives up a correction that is not released.</summary>
    public Task<SealOutcome> DropCorrectionAsync(Guid assessment, Guid person, CancellationToken cancellation) =>
        ChangeAsync(assessment, person, async (round, part) =>
        {
            if (part.Version == 1 || part.SealedAt is not null) return SealOutcome.HasChanged;
            await db.Assessments.Where(a => a.Id == part.Id).ExecuteDeleteAsync(cancellation);
            await trail.AppendAsync(db, Event(TrailKind.CorrectionDropped, person, round, part), cancellation);
            return SealOutcome.Done;
        }, cancellation);

    private async Task<SealOutcome> ChangeAsync(Guid assessment, Guid person, Func<Round, Assessment, Task<SealOutcome>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var id = await db.Assessments.Where(a => a.Id == assessment).Select(a => a.RoundId).SingleOrDefaultAsync(cancellation);
        if (id is not { } roundId) return SealOutcome.NotFound;
        await db.LockRoundAsync(roundId, cancellation);
        var round = await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, cancellation);
        var part = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == assessment && a.LeftAt == null, cancellation);
        if (round is null || part is null || !await db.IsLeadAsync(part.OrganisationId!.Value, person, cancellation)) return SealOutcome.NotFound;
        var outcome = await change(round, part);
        if (outcome is SealOutcome.Done or SealOutcome.Revealed) await transaction.CommitAsync(cancellation);
        return outcome;
    }

    private async Task<SealOutcome> StarterAsync(Guid round, Guid person, Func<Round, Guid, Task<SealOutcome>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockRoundAsync(round, cancellation);
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == round && r.CandidateId == null, cancellation) is not { } found) return SealOutcome.NotFound;
        if (await db.StarterAsync(found.ProgrammeId, person, cancellation) is not { } organisation) return SealOutcome.NotFound;
        var outcome = await change(found, organisation);
        if (outcome == SealOutcome.Done) await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>Reveals where every partner has sealed and shares something.</summary>
    internal async Task<SealOutcome> RevealIfAllAsync(Round round, bool knowsItReveals, CancellationToken cancellation)
    {
        if (round.CandidateId is not null) return await db.RevealToMembersAsync(trail, round, knowsItReveals, clock.GetUtcNow(), cancellation);
        var sharing = await SharingAsync(round, cancellation);
        if (sharing.Count < await db.Partners.CountAsync(p => p.ProgrammeId == round.ProgrammeId, cancellation) || !await AreEnoughAsync(round, sharing, cancellation)) return SealOutcome.Done;
        // Partners on other servers count by the seals that were brought in.
        var (elsewhere, sharingElsewhere) = await db.ElsewhereAsync(round.Id, cancellation);
        if (sharingElsewhere < elsewhere) return SealOutcome.Done;
        if (!knowsItReveals) return SealOutcome.WouldReveal;
        await RevealAsync(round, sharing, cancellation);
        return SealOutcome.Revealed;
    }

    private async Task RevealAsync(Round round, List<Assessment> sharing, CancellationToken cancellation)
    {
        var (now, ids) = (clock.GetUtcNow(), sharing.ConvertAll(a => a.Id));
        await db.Rounds.Where(r => r.Id == round.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.RevealedAt, now), cancellation);
        await db.Assessments.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.RevealedAt, now), cancellation);
        // Those who are left out keep what they answered; the round is over for them too.
        await db.Assessments.Where(a => a.RoundId == round.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsOpen, false), cancellation);
        await trail.AppendAllAsync(
            db, sharing.ConvertAll(part => new TrailEvent(TrailKind.Revealed, null) { Organisation = part.OrganisationId, Programme = round.ProgrammeId, Subject = part.Id, Detail = part.Depth!.Value.Word() }), cancellation);
    }

    /// <summary>Whether those who have sealed and share something are two at least, one of them here.</summary>
    private async Task<bool> AreEnoughAsync(Round round, List<Assessment> sharing, CancellationToken cancellation) =>
        sharing.Count >= 2 || (sharing.Count == 1 && (await db.ElsewhereAsync(round.Id, cancellation)).Sharing > 0);

    /// <summary>The parts of those partners who have sealed and share something.</summary>
    private Task<List<Assessment>> SharingAsync(Round round, CancellationToken cancellation) =>
        db.Assessments.AsNoTracking()
            .Where(a => a.RoundId == round.Id && a.LeftAt == null && a.SealedAt != null && a.Depth != Depth.Nothing && db.Partners.Any(p => p.ProgrammeId == round.ProgrammeId && p.OrganisationId == a.OrganisationId))
            .OrderBy(a => a.Organisation).ToListAsync(cancellation);

    private async Task EndProposalAsync(Guid round, CancellationToken cancellation)
    {
        await db.Rounds.Where(r => r.Id == round).ExecuteUpdateAsync(r => r.SetProperty(x => x.CloseProposedAt, (DateTimeOffset?)null), cancellation);
        await db.UnconfirmCloseAsync(round, cancellation);
    }

    /// <summary>Versions of one part show equally deep.</summary>
    private Task<int> ShowEquallyAsync(Round round, Assessment part, Depth depth, CancellationToken cancellation) =>
        db.Assessments.Where(a => a.RoundId == round.Id && a.OrganisationId == part.OrganisationId && a.SealedAt != null).ExecuteUpdateAsync(a => a.SetProperty(x => x.Depth, depth), cancellation);

    private async Task<Seal?> DocumentsAsync(Round round, Assessment part, DateTimeOffset now, CancellationToken cancellation)
    {
        var instrument = await instruments.GetAsync(part.InstrumentId, part.InstrumentVersion, cancellation);
        // What one person, or a team at one keyboard, answered is what the organisation agreed on (sharing.md 5).
        var sheet = await TeamSheet.ReadAsync(db, part.Id, part.Attribution ?? Attribution.Named, part.Organisation!, RoundNames.Of(round), cancellation);
        var result = Scorer.Score(instrument, part.Stage, sheet);
        if (result.Questions.All(q => q.Answer.Choice is null)) return null;
        var programme = await db.Programmes.Where(p => p.Id == round.ProgrammeId).Select(p => p.Name).SingleAsync(cancellation);
        var number = 1 + await db.Seals.CountAsync(s => db.Assessments.Any(a => a.Id == s.AssessmentId && a.RoundId == round.Id && a.OrganisationId == part.OrganisationId), cancellation);
        var (areas, questions, everything) = (Make(Depth.Areas), Make(Depth.Questions), Make(Depth.Everything));
        return new()
        {
            Id = Guid.CreateVersion7(now),
            AssessmentId = part.Id,
            Number = number,
            At = now,
            AreasCommitment = areas.Commitment,
            QuestionsCommitment = questions.Commitment,
            EverythingCommitment = everything.Commitment,
            AreasSalt = areas.Salt,
            QuestionsSalt = questions.Salt,
            EverythingSalt = everything.Salt,
            AreasDocument = areas.Document,
            QuestionsDocument = questions.Document,
            EverythingDocument = everything.Document,
        };

        (byte[] Salt, string Document, byte[] Commitment) Make(Depth depth)
        {
            var (salt, document) = (RandomNumberGenerator.GetBytes(SealedDocument.SaltLength), SealedDocument.Write(programme, result, sheet, depth));
            return (salt, document, SealedDocument.Commit(salt, document));
        }
    }

    private async Task<Guid> CopyAsync(Round round, Assessment part, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var copy = Assessment.PartOf(round, part.OrganisationId!.Value, part.Organisation!, part.Version + 1, now);
        copy.Attribution = part.Attribution;
        db.Assessments.Add(copy);
        var copies = new Dictionary<Guid, Guid>();
        foreach (var respondent in await db.Respondents.AsNoTracking().Where(r => r.AssessmentId == part.Id).ToListAsync(cancellation))
        {
            var id = Guid.CreateVersion7(now);
            db.Respondents.Add(respondent.For(copy.Id, id));
            copies.Add(respondent.Id, id);
            var answers = await db.Answers.AsNoTracking().Where(a => a.RespondentId == respondent.Id).ToListAsync(cancellation);
            db.Answers.AddRange(answers.Select(a => a.For(id, now)));
        }
        var agreed = await db.AgreedAnswers.AsNoTracking().Where(a => a.AssessmentId == part.Id).ToListAsync(cancellation);
        db.AgreedAnswers.AddRange(agreed.Select(a => a.For(copy.Id)));
        // What was opened of anonymous answers goes along: the copy must not tell more than both versions together.
        var opened = await db.OpenedAnswers.AsNoTracking().Where(o => o.AssessmentId == part.Id).ToListAsync(cancellation);
        db.OpenedAnswers.AddRange(opened.Select(o => o.For(copy.Id, Guid.CreateVersion7(now), o.RespondentId is { } of && copies.TryGetValue(of, out var id) ? id : null)));
        await db.SaveChangesAsync(cancellation);
        return copy.Id;
    }

    private void Note(Guid assessment, Guid person, Depth depth, string wording)
    {
        var now = clock.GetUtcNow();
        db.Consents.Add(new() { Id = Guid.CreateVersion7(now), AssessmentId = assessment, PersonId = person, At = now, Depth = depth, Wording = wording });
    }

    private static TrailEvent Event(TrailKind kind, Guid person, Round round, Assessment part) =>
        new(kind, person) { Organisation = part.OrganisationId, Programme = round.ProgrammeId, Subject = part.Id };
}

/// <summary>What rounds are called in files and documents.</summary>
public static class RoundNames
{
    /// <summary>The year, month and number: ordered as text, rounds are in order of time.</summary>
    public static string Of(Round round) => Of(round.OpenedAt, round.Number, round.CandidateId is not null);

    public static string Of(DateTimeOffset openedAt, int number, bool isCandidates = false) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{openedAt.UtcDateTime:yyyy-MM}.{(isCandidates ? "join-" : "")}{number:00}");
}

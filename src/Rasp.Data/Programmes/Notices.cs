using Microsoft.EntityFrameworkCore;
using Rasp.Data.Teams;
using Rasp.Data.Trails;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>A mail that is to be written about a round.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Email">To whom.</param>
/// <param name="Programme">Which.</param>
/// <param name="ProgrammeName">What it is called.</param>
/// <param name="ClosesOn">The round's closing date.</param>
/// <param name="Part">The recipient's organisation's part; null for a facilitator.</param>
/// <param name="IsLeftOut">Whether the round opened without that part.</param>
public sealed record DueNotice(NoticeKind Kind, string Email, Guid Programme, string ProgrammeName, DateOnly ClosesOn, Guid? Part, bool IsLeftOut)
{
    /// <summary>Of what it tells, where it is about a candidate; else null.</summary>
    public JoiningNotice? Joining { get; init; }
}

/// <summary>Tells people what a round asks of them, each thing once, whatever else runs or has crashed: what is due follows from what is stored.</summary>
public sealed partial class Notices(Database database, Outbox outbox, Trail trail, TimeProvider clock)
{
    /// <summary>A mail that could not be written for so long is old news.</summary>
    private static readonly TimeSpan IsNewsFor = TimeSpan.FromDays(7);

    /// <summary>Those that one can do without: people can switch them off.</summary>
    public static bool IsReminder(NoticeKind kind) => kind is not (NoticeKind.CloseProposed or NoticeKind.Revealed or NoticeKind.JoiningRevealed or NoticeKind.JoiningEnded);

    /// <summary>Writes all mails that are due; how many.</summary>
    public async Task<int> WriteDueAsync(Func<DueNotice, Letter> letter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var news = clock.GetUtcNow() - IsNewsFor;
        var rounds = await db.Rounds.AsNoTracking().Where(r => r.RevealedAt == null || r.RevealedAt > news || db.JoiningOutcomes.Any(o => o.RoundId == r.Id && o.At > news)).OrderBy(r => r.Id).ToListAsync(cancellation);
        var written = 0;
        foreach (var round in rounds)
        {
            if (round.CandidateId is not null)
            {
                written += await WriteOfJoiningAsync(db, round, letter, cancellation);
                continue;
            }
            var parts = await PartsAsync(db, round, cancellation);
            var answering = round.RevealedAt is null ? await AnsweringAsync(db, round, parts, cancellation) : [];
            written += await WriteAsync(db, round, parts.SelectMany(p => Due(round, p)).Concat(answering), letter, cancellation);
        }
        if (written > 0) outbox.Tell();
        return written;
    }

    /// <summary>Asks the leads of those who have not sealed to go on, each at most once a day; how many were asked, null where this person is in no partner of the round.</summary>
    public async Task<int?> NudgeAsync(Guid id, Guid person, Func<DueNotice, Letter> letter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.CandidateId == null && r.RevealedAt == null, cancellation) is not { } round) return null;
        var mine = await db.Partners.Where(p => p.ProgrammeId == round.ProgrammeId && db.Memberships.Any(m => m.OrganisationId == p.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead))
            .Select(p => p.OrganisationId).ToListAsync(cancellation);
        if (mine.Count == 0) return null;
        var parts = await PartsAsync(db, round, cancellation);
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;
        var asked = parts.Where(p => p.Part is { SealedAt: null } && p.Role == MemberRole.Lead && !mine.Contains(p.Part.OrganisationId!.Value)).Select(p => new Told(p, NoticeKind.Nudge, day));
        var written = await WriteAsync(db, round, asked, letter, cancellation);
        if (written > 0)
        {
            await trail.AppendAsync(db, new(TrailKind.Nudged, person) { Organisation = mine[0], Programme = round.ProgrammeId, Subject = id }, cancellation);
            outbox.Tell();
        }
        return written;
    }

    private IEnumerable<Told> Due(Round round, Recipient who)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var isLead = who.Role == MemberRole.Lead;
        if (round.RevealedAt is not null)
        {
            if (isLead || who.Part is null) yield return new(who, NoticeKind.Revealed, 0);
            yield break;
        }
        if (who.Part is not { } part) yield break;
        if (round.CloseProposedAt is { } proposed && isLead && part is { SealedAt: not null, CloseConfirmedAt: null } && part.Depth != Depth.Nothing) yield return new(who, NoticeKind.CloseProposed, proposed.UtcTicks);
        if (part.SealedAt is not null) yield break;
        // Contributors hear of a round when they are asked something.
        if (!isLead) yield break;
        if (round.OpenedAt > now - IsNewsFor || part.StartedAt > now - IsNewsFor) yield return new(who, NoticeKind.RoundOpened, 0);
        var opened = DateOnly.FromDateTime(round.OpenedAt.UtcDateTime);
        // Whoever moves the date is reminded of the new one.
        var date = round.ClosesOn.DayNumber;
        if (today >= round.ClosesOn.AddDays(-7) && today < round.ClosesOn.AddDays(-1) && opened < round.ClosesOn.AddDays(-7)) yield return new(who, NoticeKind.ClosesInAWeek, date);
        if (today >= round.ClosesOn.AddDays(-1) && today <= round.ClosesOn && opened < round.ClosesOn.AddDays(-1)) yield return new(who, NoticeKind.ClosesTomorrow, date);
        if (today > round.ClosesOn && today <= round.ClosesOn.AddDays((int)IsNewsFor.TotalDays)) yield return new(who, NoticeKind.DatePassed, date);
    }

    /// <summary>Contributors who are not done in the week before the closing date; leads are told as leads.</summary>
    private async Task<List<Told>> AnsweringAsync(RaspDb db, Round round, List<Recipient> parts, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (today < round.ClosesOn.AddDays(-7) || today > round.ClosesOn) return [];
        var people = await db.Respondents.AsNoTracking()
            .Where(r => r.Kind == RespondentKind.Person && r.DoneAt == null && db.Assessments.Any(a => a.Id == r.AssessmentId && a.RoundId == round.Id && a.Version == 1 && a.IsOpen && a.LeftAt == null))
            .Join(db.Users, r => r.PersonId, p => p.Id, (r, p) => new { p.Id, Email = p.Email!, p.WantsReminders, r.AssessmentId }).OrderBy(p => p.Id).ToListAsync(cancellation);
        return [.. from person in people
                   where parts.All(p => p.Person != person.Id || p.Role != MemberRole.Lead || p.Part?.Id != person.AssessmentId)
                   let part = parts.Find(p => p.Part?.Id == person.AssessmentId)?.Part
                   where part is not null
                   select new Told(new(person.Id, person.Email, person.WantsReminders, MemberRole.Contributor, part), NoticeKind.AnswerBy, round.ClosesOn.DayNumber)];
    }

    private async Task<int> WriteAsync(RaspDb db, Round round, IEnumerable<Told> due, Func<DueNotice, Letter> letter, CancellationToken cancellation, JoiningNotice? joining = null)
    {
        var told = await db.Notices.AsNoTracking().Where(n => n.RoundId == round.Id).Select(n => new { n.PersonId, n.Kind, n.Occasion }).ToListAsync(cancellation);
        var known = told.Select(n => (n.PersonId, n.Kind, n.Occasion)).ToHashSet();
        var name = await db.Programmes.Where(p => p.Id == round.ProgrammeId).Select(p => p.Name).SingleOrDefaultAsync(cancellation);
        if (name is null) return 0;
        var (written, now) = (0, clock.GetUtcNow());
        foreach (var one in due)
        {
            if (!known.Add((one.Who.Person, one.Kind, one.Occasion)) || (IsReminder(one.Kind) && !one.Who.WantsReminders)) continue;
            var isLeftOut = round.RevealedAt is not null && one.Who.Part is { RevealedAt: null };
            var mail = letter(new(one.Kind, one.Who.Email, round.ProgrammeId, name, round.ClosesOn, one.Who.Part?.Id, isLeftOut) { Joining = joining });
            if (await db.AddNoticeAsync(new() { RoundId = round.Id, PersonId = one.Who.Person, Kind = one.Kind, Occasion = one.Occasion, At = now }, () => outbox.Add(db, mail, now + IsNewsFor), cancellation)) written++;
        }
        return written;
    }

    /// <summary>Everybody whom a round concerns: the people of each partner with its part, and the facilitators.</summary>
    private static async Task<List<Recipient>> PartsAsync(RaspDb db, Round round, CancellationToken cancellation)
    {
        var parts = await db.Assessments.AsNoTracking().Where(a => a.RoundId == round.Id && a.Version == 1 && a.LeftAt == null).ToListAsync(cancellation);
        var organisations = parts.ConvertAll(p => p.OrganisationId!.Value);
        var people = await db.Memberships.AsNoTracking().Where(m => organisations.Contains(m.OrganisationId))
            .Join(db.Users, m => m.PersonId, p => p.Id, (m, p) => new { p.Id, Email = p.Email!, p.WantsReminders, m.Role, m.OrganisationId }).ToListAsync(cancellation);
        var facilitators = await db.Facilitators.AsNoTracking().Where(f => f.ProgrammeId == round.ProgrammeId)
            .Join(db.Users, f => f.PersonId, p => p.Id, (f, p) => new { p.Id, Email = p.Email!, p.WantsReminders }).ToListAsync(cancellation);
        return [
            .. people.OrderByDescending(p => p.Role).ThenBy(p => p.Id).Select(p => new Recipient(p.Id, p.Email, p.WantsReminders, p.Role, parts.Find(a => a.OrganisationId == p.OrganisationId))),
            .. facilitators.Select(f => new Recipient(f.Id, f.Email, f.WantsReminders, MemberRole.Contributor, null)),
        ];
    }

    private sealed record Recipient(Guid Person, string Email, bool WantsReminders, MemberRole Role, Assessment? Part);

    private sealed record Told(Recipient Who, NoticeKind Kind, long Occasion);
}

internal static class NoticeRows
{
    /// <summary>Stores that a mail was written together with the mail; false, and nothing stored, where somebody else had just done so.</summary>
    public static async Task<bool> AddNoticeAsync(this RaspDb db, Notice notice, Action addMail, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        db.Notices.Add(notice);
        addMail();
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Notices.AsNoTracking().AnyAsync(n => n.RoundId == notice.RoundId && n.PersonId == notice.PersonId && n.Kind == notice.Kind && n.Occasion == notice.Occasion, cancellation)) return false;
            throw;
        }
    }
}

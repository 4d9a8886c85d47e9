using Microsoft.EntityFrameworkCore;
using Rasp.Data.Joinings;

namespace Rasp.Data.Programmes;

/// <summary>What a mail about a candidate tells.</summary>
/// <param name="Round">The candidate's round.</param>
/// <param name="Candidate">What the candidate is called.</param>
/// <param name="IsCandidates">Whether the recipient belongs to the candidate.</param>
/// <param name="End">How it ended; null while it has not.</param>
public sealed record JoiningNotice(Guid Round, string Candidate, bool IsCandidates, JoiningEnd? End);

public sealed partial class Notices
{
    /// <summary>Writes what is due about a candidate: to its leads, to the members' and to facilitators, each from their own side.</summary>
    private async Task<int> WriteOfJoiningAsync(RaspDb db, Round round, Func<DueNotice, Letter> letter, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (today, news) = (DateOnly.FromDateTime(now.UtcDateTime), now - IsNewsFor);
        var outcome = await db.JoiningOutcomes.AsNoTracking().SingleOrDefaultAsync(o => o.RoundId == round.Id, cancellation);
        if (outcome is not null && outcome.At <= news) return 0;
        var part = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.RoundId == round.Id && a.Version == 1, cancellation);
        if (part is null) return 0;
        var asked = await db.AskedAsync(round, cancellation);
        var chosen = (await db.CountingConsentsAsync([round], cancellation)).Keys.Select(k => k.Member).ToHashSet();
        var concerned = asked.Concat(chosen).Append(round.CandidateId!.Value).ToHashSet();
        var people = (await db.Memberships.AsNoTracking().Where(m => m.Role == MemberRole.Lead && concerned.Contains(m.OrganisationId))
            .Join(db.Users, m => m.PersonId, p => p.Id, (m, p) => new { p.Id, Email = p.Email!, p.WantsReminders, m.OrganisationId }).ToListAsync(cancellation)).OrderBy(p => p.Id).ToList();
        var facilitators = await db.Facilitators.AsNoTracking().Where(f => f.ProgrammeId == round.ProgrammeId)
            .Join(db.Users, f => f.PersonId, p => p.Id, (f, p) => new { p.Id, Email = p.Email!, p.WantsReminders }).ToListAsync(cancellation);
        var isNear = today >= round.ClosesOn.AddDays(-7) && today <= round.ClosesOn;
        var isNews = round.OpenedAt > news;
        var (theirs, ours) = (new List<Told>(), new List<Told>());
        foreach (var person in people)
        {
            var isCandidates = person.OrganisationId == round.CandidateId;
            var who = new Recipient(person.Id, person.Email, person.WantsReminders, MemberRole.Lead, isCandidates ? part : null);
            var told = isCandidates ? theirs : ours;
            if (outcome is not null) told.Add(new(who, NoticeKind.JoiningEnded, 0));
            else if (round.RevealedAt is not null) told.Add(new(who, NoticeKind.JoiningRevealed, 0));
            else if (isCandidates && part.SealedAt is null)
            {
                if (isNews) told.Add(new(who, NoticeKind.JoiningOpened, 0));
                if (isNear) told.Add(new(who, NoticeKind.JoiningCloses, round.ClosesOn.DayNumber));
            }
            // Once for each round to which it is held.
            else if (asked.Contains(person.OrganisationId) && !chosen.Contains(person.OrganisationId)) told.Add(new(who, NoticeKind.JoiningToChoose, BitConverter.ToInt64(round.BaseRoundId!.Value.ToByteArray(), 8)));
        }
        foreach (var facilitator in facilitators)
        {
            var who = new Recipient(facilitator.Id, facilitator.Email, facilitator.WantsReminders, MemberRole.Contributor, null);
            if (outcome is not null) ours.Add(new(who, NoticeKind.JoiningEnded, 0));
            else if (round.RevealedAt is not null) ours.Add(new(who, NoticeKind.JoiningRevealed, 0));
        }
        if (outcome is null && round.RevealedAt is null)
        {
            var leads = people.Where(p => p.OrganisationId == round.CandidateId).Select(p => new Recipient(p.Id, p.Email, p.WantsReminders, MemberRole.Lead, part)).ToList();
            theirs.AddRange(await AnsweringAsync(db, round, leads, cancellation));
        }
        return await WriteAsync(db, round, theirs, letter, cancellation, new(round.Id, part.Organisation!, true, outcome?.End))
            + await WriteAsync(db, round, ours, letter, cancellation, new(round.Id, part.Organisation!, false, outcome?.End));
    }
}

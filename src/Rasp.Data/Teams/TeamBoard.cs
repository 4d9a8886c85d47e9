using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;

namespace Rasp.Data.Teams;

/// <summary>Finds who answers within an assessment, for its leads, and what somebody is asked, for themselves. It knows how many questions are answered, never how.</summary>
public sealed class TeamBoard(RaspDb db, InstrumentLibrary instruments, TimeProvider clock)
{
    /// <summary>Those who answer; null for anybody who does not lead the assessment.</summary>
    public async Task<TeamView?> FindAsync(Guid assessment, Guid person, CancellationToken cancellation)
    {
        if (await db.LedAsync(assessment, person, cancellation) is not { } led) return null;
        var instrument = await instruments.GetAsync(led.InstrumentId, led.InstrumentVersion, cancellation);
        var rows = await db.Respondents.AsNoTracking().Where(r => r.AssessmentId == assessment).OrderBy(r => r.AddedAt).ThenBy(r => r.Id).ToListAsync(cancellation);
        var answered = await AnsweredAsync(db.Respondents.Where(r => r.AssessmentId == assessment), cancellation);
        var addresses = await db.Users.Where(p => db.Respondents.Any(r => r.AssessmentId == assessment && r.PersonId == p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email!, cancellation);
        var invitations = (await db.Invitations.AsNoTracking().Where(i => db.Respondents.Any(r => r.Id == i.RespondentId && r.AssessmentId == assessment)).ToListAsync(cancellation))
            .GroupBy(i => i.RespondentId!.Value).ToDictionary(i => i.Key, i => i.MaxBy(x => x.At)!);
        var leads = await db.LeadsOfAsync(led, cancellation);
        var together = rows.Find(r => r.Kind == RespondentKind.Together);
        return new()
        {
            Assessment = assessment,
            Organisation = led.Organisation ?? Nameless,
            OrganisationId = led.OrganisationId,
            Attribution = led.Attribution,
            IsOpen = led.IsOpen,
            Instrument = instrument,
            Stage = led.Stage,
            AnsweredTogether = together is null ? 0 : answered[together.Id].Count(),
            People = [.. rows.Where(r => r.Kind != RespondentKind.Together).Select(Row)],
            Leads = [.. leads.Select(l => l.Email)],
        };

        TeamRow Row(Respondent row)
        {
            var invitation = invitations.GetValueOrDefault(row.Id);
            var asked = Asked(instrument, led.Stage, row.Scope);
            var name = row.PersonId is { } known ? addresses.GetValueOrDefault(known) : row.Name ?? (row.RemovedAt is null ? invitation?.Email : null);
            return new(
                row.Id, row.Kind, StateOf(row, invitation), name, row.PersonId == person, leads.Any(l => l.Id == row.PersonId), row.Role, row.Scope, answered[row.Id].Count(asked.Contains), asked.Count)
            {
                DoneAt = row.DoneAt,
                AskedAgainAt = row.AskedAgainAt,
                AskedAgainNote = row.AskedAgainNote,
                RemindedAt = row.RemindedAt,
                Invitation = row.PersonId is null && invitation is { State: InvitationState.Open } ? invitation.Id : null,
            };
        }
    }

    /// <summary>What is told to one of those who answer, or are to.</summary>
    public async Task<TeamIntroduction?> IntroduceAsync(Guid respondent, CancellationToken cancellation)
    {
        if (await db.Respondents.AsNoTracking().SingleOrDefaultAsync(r => r.Id == respondent && r.Kind == RespondentKind.Person, cancellation) is not { } row) return null;
        var assessment = await db.Assessments.AsNoTracking().SingleAsync(a => a.Id == row.AssessmentId, cancellation);
        if (assessment.Attribution is not { } attribution) return null;
        var round = await db.Rounds.AsNoTracking().Where(r => r.Id == assessment.RoundId)
            .Join(db.Programmes, r => r.ProgrammeId, p => p.Id, (r, p) => new { p.Name, r.ClosesOn, r.RevealedAt }).SingleOrDefaultAsync(cancellation);
        return new()
        {
            Assessment = assessment.Id,
            Organisation = assessment.Organisation ?? Nameless,
            Attribution = attribution,
            Role = row.Role,
            Scope = row.Scope,
            Instrument = await instruments.GetAsync(assessment.InstrumentId, assessment.InstrumentVersion, cancellation),
            Stage = assessment.Stage,
            Leads = [.. (await db.LeadsOfAsync(assessment, cancellation)).Select(l => l.Email)],
            Programme = round?.Name,
            ClosesOn = round is { RevealedAt: null } ? round.ClosesOn : null,
            Others = await db.Respondents.CountAsync(r => r.AssessmentId == assessment.Id && r.Id != respondent && r.RemovedAt == null, cancellation),
        };
    }

    /// <summary>What somebody is asked to answer in assessments that others lead, the newest first.</summary>
    public async Task<IReadOnlyList<AskedRow>> AskedOfAsync(Guid person, CancellationToken cancellation)
    {
        // Those that this person leads stand elsewhere in their account.
        var mine = db.Respondents.Where(r => r.PersonId == person && r.Kind == RespondentKind.Person && db.Assessments.Any(
            a => a.Id == r.AssessmentId && a.OwnerId != person && !db.Memberships.Any(m => m.OrganisationId == a.OrganisationId && m.PersonId == person && m.Role == MemberRole.Lead)));
        var rows = await mine.AsNoTracking().OrderByDescending(r => r.AddedAt).ThenBy(r => r.Id).ToListAsync(cancellation);
        if (rows.Count == 0) return [];
        var answered = await AnsweredAsync(mine, cancellation);
        var assessments = await db.Assessments.AsNoTracking().Where(a => mine.Any(r => r.AssessmentId == a.Id))
            .Select(a => new { Assessment = a, Programme = db.Programmes.Where(p => db.Rounds.Any(r => r.Id == a.RoundId && r.ProgrammeId == p.Id)).Select(p => p.Name).FirstOrDefault() })
            .ToDictionaryAsync(a => a.Assessment.Id, cancellation);
        var asked = new List<AskedRow>();
        foreach (var row in rows)
        {
            var (assessment, programme) = (assessments[row.AssessmentId].Assessment, assessments[row.AssessmentId].Programme);
            var questions = Asked(await instruments.GetAsync(assessment.InstrumentId, assessment.InstrumentVersion, cancellation), assessment.Stage, row.Scope);
            asked.Add(new(row.AssessmentId, assessment.Organisation ?? Nameless, programme, StateOf(row, null), assessment.IsOpen, answered[row.Id].Count(questions.Contains), questions.Count));
        }
        return asked;
    }

    private const string Nameless = "Our organisation";

    private static HashSet<string> Asked(Instrument instrument, string stage, string? scope) =>
        instrument.InScope(stage).Where(scope is null ? _ => true : Scopes.Contains(scope)).Select(q => q.Key).ToHashSet(StringComparer.Ordinal);

    private RespondentState StateOf(Respondent row, Invitation? invitation) => row switch
    {
        { RemovedAt: not null } => RespondentState.Removed,
        { Kind: RespondentKind.OnPaper } => RespondentState.OnPaper,
        { PersonId: null } => invitation is { State: InvitationState.Declined } ? RespondentState.Declined
            : invitation is { State: InvitationState.Open } && invitation.ExpiresAt > clock.GetUtcNow() ? RespondentState.Invited : RespondentState.Lapsed,
        { AskedAgainAt: not null } => RespondentState.AskedAgain,
        { DoneAt: not null } => RespondentState.Done,
        { BegunAt: null } => RespondentState.Joined,
        _ => RespondentState.Started,
    };

    /// <summary>Which questions each has answered; not how.</summary>
    private async Task<ILookup<Guid, string>> AnsweredAsync(IQueryable<Respondent> respondents, CancellationToken cancellation) =>
        (await db.Answers.Where(a => a.Choice != null && respondents.Any(r => r.Id == a.RespondentId)).Select(a => new { a.RespondentId, a.Question }).ToListAsync(cancellation))
            .ToLookup(a => a.RespondentId, a => a.Question);
}

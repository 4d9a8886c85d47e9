using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Joinings;

/// <summary>What is known of a candidate's round beside its part: whom it waits for, and how it ended. It holds nothing of what anybody answered.</summary>
/// <param name="Candidate">Which organisation.</param>
/// <param name="Name">What it is called in this round.</param>
/// <param name="IsMine">Whether whoever looks belongs to it.</param>
/// <param name="Base">The number of the partners' round to which it is held.</param>
/// <param name="BaseRevealedAt">When that opened.</param>
/// <param name="NewerBase">The number of a newer round to which it could be held; null where there is none, or it is too late.</param>
/// <param name="Members">Those who are asked how deep they show themselves, by name.</param>
/// <param name="Outcome">How it ended; null while it has not.</param>
public sealed record JoiningView(
    Guid Candidate, string Name, bool IsMine, int Base, DateTimeOffset BaseRevealedAt, int? NewerBase, IReadOnlyList<JoiningMember> Members, JoiningOutcome? Outcome)
{
    public bool IsErased { get; init; }

    /// <summary>Those who have not chosen.</summary>
    public IReadOnlyList<JoiningMember> Undecided => [.. Members.Where(m => !m.HasChosen)];

    /// <summary>Whether the candidate's sealing opens it.</summary>
    public bool WaitsForCandidateAlone => Outcome is null && Members.Count > 0 && Undecided.Count == 0;

    /// <summary>Whether all are done and it has not opened: a member for which it waited has left, and leaving opens nothing.</summary>
    public bool WaitsForNobody(Progress? candidate) => WaitsForCandidateAlone && candidate == Progress.Sealed;

    /// <summary>Whether a member's choice opens it, the candidate being this far.</summary>
    public bool WaitsFor(JoiningMember member, Progress? candidate) => Outcome is null && candidate == Progress.Sealed && Undecided.All(m => m.Organisation == member.Organisation);
}

/// <summary>A member as a candidate's round has it.</summary>
/// <param name="Organisation">Which.</param>
/// <param name="Name">What it is called in the round to which the candidate is held.</param>
/// <param name="HasChosen">Whether it chose how deep it shows itself: all that others learn before the reveal.</param>
/// <param name="Own">What only its own people see; null for others.</param>
/// <param name="Seal">The seal of what it showed in that round, which says nothing about answers: whoever notes it can check later what it then sees.</param>
public sealed record JoiningMember(Guid Organisation, string Name, bool HasChosen, OwnChoice? Own, Commitments? Seal);

/// <summary>A member's choice as its own people see it.</summary>
/// <param name="AmLead">Whether whoever looks decides for it.</param>
/// <param name="Depth">What it chose; null where it has not.</param>
/// <param name="Most">What it shows in the round itself: it can't show a candidate more.</param>
/// <param name="IsWithdrawn">Whether it took back what the candidate saw.</param>
public sealed record OwnChoice(bool AmLead, Depth? Depth, Depth Most, bool IsWithdrawn);

internal static class JoiningViews
{
    /// <summary>What is known of each candidate's round of a programme, by the round, for somebody with these roles in organisations.</summary>
    /// <param name="db">Where it is.</param>
    /// <param name="rounds">All of the programme.</param>
    /// <param name="mine">Where whoever looks belongs.</param>
    /// <param name="partners">The programme's partners.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Dictionary<Guid, JoiningView>> JoiningsAsync(
        this RaspDb db, IReadOnlyList<Round> rounds, Dictionary<Guid, MemberRole> mine, HashSet<Guid> partners, CancellationToken cancellation)
    {
        var joinings = rounds.Where(r => r.CandidateId is not null).ToList();
        if (joinings.Count == 0) return [];
        var (ids, bases) = (joinings.ConvertAll(r => r.Id), joinings.Select(r => r.BaseRoundId!.Value).Distinct().ToList());
        var chosen = await db.CountingConsentsAsync(joinings, cancellation);
        var parts = await db.Assessments.AsNoTracking().Where(a => bases.Contains(a.RoundId!.Value) && a.RevealedAt != null)
            .Select(a => new { a.Id, Round = a.RoundId!.Value, Organisation = a.OrganisationId!.Value, Name = a.Organisation!, a.Version, Depth = a.Depth!.Value, a.WithdrawnAt }).ToListAsync(cancellation);
        var seals = (await db.Seals.AsNoTracking().Where(s => s.UnsealedAt == null && db.Assessments.Any(a => a.Id == s.AssessmentId && bases.Contains(a.RoundId!.Value) && a.RevealedAt != null))
                .Select(s => new { s.AssessmentId, s.AreasCommitment, s.QuestionsCommitment, s.EverythingCommitment }).ToListAsync(cancellation))
            .ToDictionary(s => s.AssessmentId, s => new Commitments(Convert.ToHexStringLower(s.AreasCommitment), Convert.ToHexStringLower(s.QuestionsCommitment), Convert.ToHexStringLower(s.EverythingCommitment)));
        var names = await db.Assessments.AsNoTracking().Where(a => ids.Contains(a.RoundId!.Value) && a.Version == 1).Select(a => new { Round = a.RoundId!.Value, Name = a.Organisation! }).ToDictionaryAsync(a => a.Round, a => a.Name, cancellation);
        var erased = await db.ErasedPartners.AsNoTracking().Where(e => ids.Contains(e.RoundId)).ToDictionaryAsync(e => e.RoundId, e => e.Name, cancellation);
        var outcomes = await db.JoiningOutcomes.AsNoTracking().Where(o => ids.Contains(o.RoundId)).ToDictionaryAsync(o => o.RoundId, cancellation);
        var latest = rounds.Where(r => r.CandidateId is null && r.RevealedAt is not null).MaxBy(r => r.Number)!;
        return joinings.ToDictionary(r => r.Id, round =>
        {
            var held = rounds.Single(r => r.Id == round.BaseRoundId);
            var outcome = outcomes.GetValueOrDefault(round.Id);
            var members = parts.Where(p => p.Round == held.Id).GroupBy(p => p.Organisation).Select(v => v.MaxBy(p => p.Version)!)
                // Once they see each other, those who were asked then; before, those who are asked now.
                .Where(p => round.RevealedAt is not null ? chosen.ContainsKey((round.Id, p.Organisation)) : p.WithdrawnAt is null && partners.Contains(p.Organisation))
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p =>
                {
                    var consent = chosen.GetValueOrDefault((round.Id, p.Organisation));
                    return new JoiningMember(p.Organisation, p.Name, consent is not null, mine.TryGetValue(p.Organisation, out var role)
                        ? new(role == MemberRole.Lead, consent?.Depth, p.WithdrawnAt is null ? p.Depth : Depth.Nothing, consent is { IsWithdrawal: true } || p.WithdrawnAt is not null) : null, seals.GetValueOrDefault(p.Id));
                });
            return new JoiningView(
                round.CandidateId!.Value, names.GetValueOrDefault(round.Id) ?? erased.GetValueOrDefault(round.Id) ?? "An organisation that was erased", mine.ContainsKey(round.CandidateId.Value), held.Number, held.RevealedAt!.Value,
                round.RevealedAt is null && outcome is null && latest.Number > held.Number ? latest.Number : null, [.. members], outcome)
            { IsErased = !names.ContainsKey(round.Id) };
        });
    }
}

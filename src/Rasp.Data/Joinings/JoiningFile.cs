using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Joinings;

/// <summary>What of joining is an organisation's, in the file that holds all that is: what it asked to join and how that ended, and what it chose to show to candidates.</summary>
internal sealed class JoiningFile
{
    private readonly IReadOnlyList<(Round Round, string Base, JoiningOutcome? Outcome)> asked;
    private readonly IReadOnlyList<(JoiningConsent Consent, Guid Programme)> chosen;

    private JoiningFile(IReadOnlyList<(Round, string, JoiningOutcome?)> asked, IReadOnlyList<(JoiningConsent, Guid)> chosen) => (this.asked, this.chosen) = (asked, chosen);

    public static async Task<JoiningFile> ReadAsync(RaspDb db, Guid organisation, CancellationToken cancellation)
    {
        var rounds = await db.Rounds.AsNoTracking().Where(r => r.CandidateId == organisation).OrderBy(r => r.OpenedAt).ThenBy(r => r.Id).ToListAsync(cancellation);
        var (ids, bases) = (rounds.ConvertAll(r => r.Id), rounds.ConvertAll(r => r.BaseRoundId!.Value));
        var outcomes = await db.JoiningOutcomes.AsNoTracking().Where(o => ids.Contains(o.RoundId)).ToDictionaryAsync(o => o.RoundId, cancellation);
        var names = await db.Rounds.AsNoTracking().Where(r => bases.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellation);
        var consents = await db.JoiningConsents.AsNoTracking().Where(c => c.OrganisationId == organisation).Join(db.Rounds, c => c.RoundId, r => r.Id, (c, r) => new { Consent = c, r.ProgrammeId })
            .OrderBy(c => c.Consent.At).ThenBy(c => c.Consent.Number).ToListAsync(cancellation);
        return new([.. rounds.Select(r => (r, RoundNames.Of(names[r.BaseRoundId!.Value]), outcomes.GetValueOrDefault(r.Id)))], [.. consents.Select(c => (c.Consent, c.ProgrammeId))]);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("joinings");
        foreach (var (round, held, outcome) in asked)
        {
            json.WriteStartObject();
            json.WriteString("programme", round.ProgrammeId.ToString("N"));
            json.WriteString("round", RoundNames.Of(round));
            json.WriteString("heldTo", held);
            json.WriteString("revealedAt", Time(round.RevealedAt));
            json.WriteString("outcome", outcome is null ? null : outcome.End switch { JoiningEnd.Joined => "joined", JoiningEnd.NotNow => "not-now", JoiningEnd.Withdrawn => "withdrawn" });
            json.WriteString("outcomeAt", Time(outcome?.At));
            json.WriteString("note", outcome?.Note);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("shownToCandidates");
        foreach (var (consent, programme) in chosen)
        {
            json.WriteStartObject();
            json.WriteString("programme", programme.ToString("N"));
            json.WriteString("joining", consent.RoundId.ToString("N"));
            json.WriteString("by", consent.PersonId.ToString("N"));
            json.WriteString("at", Time(consent.At));
            json.WriteString("depth", consent.Depth.Word());
            json.WriteBoolean("withdrawal", consent.IsWithdrawal);
            json.WriteString("wording", consent.Wording);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

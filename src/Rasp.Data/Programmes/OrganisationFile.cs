using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Rasp.Data.Exchanges;
using Rasp.Data.Joinings;
using Rasp.Data.Plans;
using Rasp.Data.Teams;
using Rasp.Data.Tokens;
using Rasp.Data.Trails;
using Rasp.Data.Uploads;
using Rasp.Data.Workshops;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>
/// All that is an organisation's, in one file (sharing.md 10). Anonymous answers stand in it as leads see them: as spreads that were opened,
/// with nothing that tells one respondent from another.
/// </summary>
public sealed class OrganisationFile(RaspDb db, KeyProtection keys, Trail trail)
{
    /// <summary>Writes it as JSON, in UTF-8; false, and nothing written, for anybody who does not lead the organisation.</summary>
    public async Task<bool> WriteAsync(Stream to, Guid organisation, Guid person, CancellationToken cancellation)
    {
        if (!await db.IsLeadAsync(organisation, person, cancellation)) return false;
        var name = await db.Organisations.Where(o => o.Id == organisation).Select(o => o.Name).SingleAsync(cancellation);
        var members = await db.Memberships.AsNoTracking().Where(m => m.OrganisationId == organisation)
            .Join(db.Users, m => m.PersonId, p => p.Id, (m, p) => new { p.Id, p.Email, m.Role, m.Since }).OrderBy(m => m.Email).ToListAsync(cancellation);
        var programmes = await db.Programmes.AsNoTracking().Where(p => db.Partners.Any(x => x.ProgrammeId == p.Id && x.OrganisationId == organisation) || db.Rounds.Any(r => r.ProgrammeId == p.Id && r.CandidateId == organisation)).OrderBy(p => p.Since).ToListAsync(cancellation);
        var assessments = await db.Assessments.AsNoTracking().Where(a => a.OrganisationId == organisation).OrderBy(a => a.StartedAt).ThenBy(a => a.Version).ToListAsync(cancellation);
        var tokens = await db.Tokens.AsNoTracking().Where(t => t.OrganisationId == organisation).OrderBy(t => t.MadeAt).ThenBy(t => t.Id).ToListAsync(cancellation);
        var ids = assessments.ConvertAll(a => a.Id);
        var rounds = await db.Rounds.AsNoTracking().Where(r => db.Assessments.Any(a => a.OrganisationId == organisation && a.RoundId == r.Id)).ToDictionaryAsync(r => r.Id, cancellation);
        var respondents = await db.Respondents.AsNoTracking().Where(r => db.Assessments.Any(a => a.Id == r.AssessmentId && a.OrganisationId == organisation && a.Attribution != Attribution.Anonymous))
            .OrderBy(r => r.AddedAt).ThenBy(r => r.Id).Select(r => new { r.Id, r.AssessmentId, r.Role, r.Kind, Name = r.Name ?? db.Users.Where(p => p.Id == r.PersonId).Select(p => p.Email).FirstOrDefault() }).ToListAsync(cancellation);
        var shown = respondents.ConvertAll(r => r.Id);
        var answers = (await db.Answers.AsNoTracking().Where(a => shown.Contains(a.RespondentId)).OrderBy(a => a.Question).ToListAsync(cancellation)).ToLookup(a => a.RespondentId);
        var opened = new Dictionary<Guid, List<(string Question, int View, OpenedView Opened)>>();
        foreach (var id in assessments.Where(a => a.Attribution == Attribution.Anonymous).Select(a => a.Id))
        {
            opened[id] = [.. (await TeamSheet.OpenedAsync(db, id, cancellation)).OrderBy(q => q.Key, StringComparer.Ordinal).SelectMany(q => q.Value.Select((v, i) => (q.Key, i + 1, v)))];
        }
        var agreed = (await db.AgreedAnswers.AsNoTracking().Where(a => ids.Contains(a.AssessmentId)).OrderBy(a => a.Question).ToListAsync(cancellation)).ToLookup(a => a.AssessmentId);
        var carried = (await db.CarriedAnswers.AsNoTracking().Where(c => ids.Contains(c.AssessmentId)).OrderBy(c => c.Question).ToListAsync(cancellation)).ToLookup(c => c.AssessmentId);
        var uploads = (await db.Uploads.AsNoTracking().Where(u => u.PersonId == person && ids.Contains(u.AssessmentId) && (u.RespondentId == null || shown.Contains(u.RespondentId.Value))).OrderBy(u => u.At).ToListAsync(cancellation)).ToLookup(u => u.AssessmentId);
        var signOffs = (await db.SignOffs.AsNoTracking().Where(s => ids.Contains(s.AssessmentId)).OrderBy(s => s.Area).ToListAsync(cancellation)).ToLookup(s => s.AssessmentId);
        var held = rounds.Keys.ToList();
        var workshops = await db.Workshops.AsNoTracking().Where(w => ids.Contains(w.AssessmentId!.Value) || held.Contains(w.RoundId!.Value)).OrderBy(w => w.OpenedAt).ToListAsync(cancellation);
        var ballots = (await db.Ballots.AsNoTracking().Where(b => b.RevealedAt != null && b.Spread != null && db.Workshops.Any(w => w.Id == b.WorkshopId && (ids.Contains(w.AssessmentId!.Value) || held.Contains(w.RoundId!.Value))))
            .OrderBy(b => b.Number).ToListAsync(cancellation)).ToLookup(b => b.WorkshopId);
        var decisions = (await db.Decisions.AsNoTracking().Where(d => db.Workshops.Any(w => w.Id == d.WorkshopId && held.Contains(w.RoundId!.Value))).OrderBy(d => d.Question).ToListAsync(cancellation)).ToLookup(d => d.WorkshopId);
        var seals = (await db.Seals.AsNoTracking().Where(s => ids.Contains(s.AssessmentId)).OrderBy(s => s.Number).ToListAsync(cancellation)).ToLookup(s => s.AssessmentId);
        var consents = (await db.Consents.AsNoTracking().Where(c => ids.Contains(c.AssessmentId)).OrderBy(c => c.At).ToListAsync(cancellation)).ToLookup(c => c.AssessmentId);
        var joinings = await JoiningFile.ReadAsync(db, organisation, cancellation);
        var plans = await PlanRecord.ReadAsync(db, organisation, cancellation);
        var elsewhere = await ExchangeRecord.ReadAsync(db, keys, organisation, cancellation);
        var lines = await db.Trail.AsNoTracking().Where(e => e.Organisation == organisation).OrderBy(e => e.Number).ToListAsync(cancellation);
        // Noted first: nothing leaves without a line that says so.
        await trail.AppendAsync(db, new(TrailKind.OrganisationTakenAway, person) { Organisation = organisation }, cancellation);

        await using var json = new Utf8JsonWriter(to, new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        json.WriteStartObject();
        json.WriteString("format", "rasp-organisation/1");
        json.WriteString("organisation", name);
        Array(json, "people", members, m =>
        {
            json.WriteString("id", m.Id.ToString("N"));
            json.WriteString("email", m.Email);
            json.WriteString("role", m.Role == MemberRole.Lead ? "lead" : "contributor");
            json.WriteString("since", Time(m.Since));
        });
        // What opens the organisation's data to programs, without what would let anybody else use it.
        Array(json, "tokens", tokens, t =>
        {
            json.WriteString("id", t.Id.ToString("N"));
            json.WriteString("name", t.Name);
            json.WriteString("scopes", string.Join(' ', t.Scopes.Words()));
            json.WriteString("programme", t.ProgrammeId?.ToString("N"));
            json.WriteString("madeBy", t.PersonId.ToString("N"));
            json.WriteString("madeAt", Time(t.MadeAt));
            json.WriteString("expiresAt", Time(t.ExpiresAt));
            json.WriteString("lastUsedOn", t.LastUsedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        });
        Array(json, "programmes", programmes, p =>
        {
            json.WriteString("id", p.Id.ToString("N"));
            json.WriteString("name", p.Name);
            json.WriteString("what", p.What);
            json.WriteString("why", p.Why);
        });
        Array(json, "assessments", assessments, a =>
        {
            var round = rounds[a.RoundId!.Value];
            json.WriteString("id", a.Id.ToString("N"));
            json.WriteString("programme", round.ProgrammeId.ToString("N"));
            json.WriteString("round", RoundNames.Of(round));
            json.WriteNumber("version", a.Version);
            json.WriteString("organisation", a.Organisation);
            json.WriteString("instrument", $"{a.InstrumentId} {a.InstrumentVersion}");
            json.WriteString("stage", a.Stage);
            json.WriteString("depth", a.Depth?.Word());
            json.WriteString("sealedAt", Time(a.SealedAt));
            json.WriteString("revealedAt", Time(a.RevealedAt));
            json.WriteString("withdrawnAt", Time(a.WithdrawnAt));
            json.WriteString("attribution", a.Attribution is { } attribution ? attribution switch { Attribution.Named => "named", Attribution.Anonymous => "anonymous" } : null);
            Array(json, "answers", respondents.Where(r => r.AssessmentId == a.Id).SelectMany(r => answers[r.Id].Select(w => (Respondent: r, Answer: w))), w =>
            {
                json.WriteString("question", w.Answer.Question);
                json.WriteString("respondent", w.Respondent.Name);
                json.WriteString("role", w.Respondent.Role);
                if (w.Respondent.Kind == RespondentKind.OnPaper) json.WriteBoolean("onPaper", true);
                json.WriteString("answer", w.Answer.Stored.Choice?.ToString());
                json.WriteString("stance", w.Answer.Stored.Stance?.Word());
                json.WriteString("note", w.Answer.Note);
                json.WriteString("evidence", w.Answer.Evidence);
                json.WriteString("savedAt", Time(w.Answer.SavedAt));
            });
            Array(json, "spreads", opened.GetValueOrDefault(a.Id, []), o =>
            {
                json.WriteString("question", o.Question);
                json.WriteNumber("view", o.View);
                if (o.Opened.IsBySide)
                {
                    Spread(json, "leadership", o.Opened.Side(isLeadership: true)!);
                    Spread(json, "others", o.Opened.Side(isLeadership: false)!);
                }
                else Spread(json, "all", o.Opened.All);
            });
            Array(json, "agreed", agreed[a.Id], g =>
            {
                json.WriteString("question", g.Question);
                json.WriteString("answer", g.Answer.Choice.ToString());
                json.WriteString("stance", g.Answer.Stance?.Word());
                json.WriteString("note", g.Note);
                json.WriteString("evidence", g.Evidence);
                json.WriteString("reason", g.Reason);
                json.WriteString("minority", g.Minority);
                json.WriteString("at", Time(g.At));
                json.WriteString("by", g.By.ToString("N"));
            });
            Array(json, "carriedForward", carried[a.Id], c =>
            {
                json.WriteString("question", c.Question);
                json.WriteString("answer", c.Answer.Choice?.ToString());
                json.WriteString("stance", c.Answer.Stance?.Word());
                json.WriteString("note", c.Note);
                json.WriteString("evidence", c.Evidence);
                json.WriteString("from", Time(c.From));
                json.WriteBoolean("leftOut", c.IsLeftOut);
            });
            // What waits to be confirmed, of whoever's answers stand above.
            Array(json, "uploads", uploads[a.Id], u =>
            {
                var content = UploadedContent.Read(u.Content);
                json.WriteString("file", content.File);
                json.WriteString("at", Time(u.At));
                Array(json, "answers", content.Answers, x =>
                {
                    json.WriteString("question", x.Question);
                    json.WriteString("answer", x.Choice);
                    json.WriteString("stance", x.Stance?.Word());
                    json.WriteString("note", x.Note);
                    json.WriteString("evidence", x.Evidence);
                });
            });
            Array(json, "signedOff", signOffs[a.Id], o =>
            {
                json.WriteString("area", o.Area);
                json.WriteString("at", Time(o.At));
                json.WriteString("by", o.By.ToString("N"));
            });
            Array(json, "workshops", workshops.Where(w => w.AssessmentId == a.Id), w =>
            {
                Workshop(w);
                Array(json, "revealed", ballots[w.Id], b =>
                {
                    json.WriteString("question", b.Question);
                    json.WriteString("at", Time(b.RevealedAt));
                    Array(json, "votes", SpreadText.Read(b.Spread!, null).Counts, c =>
                    {
                        json.WriteString("answer", c.Choice.ToString());
                        json.WriteNumber("votes", c.Votes);
                    });
                });
            });
            // Of a partnership's, what this organisation voted and what all decided: what others voted is theirs.
            Array(json, "partnershipWorkshops", a.RevealedAt is null ? [] : workshops.Where(w => w.RoundId == a.RoundId), w =>
            {
                Workshop(w);
                Array(json, "voted", ballots[w.Id].Select(b => (Ballot: b, Own: SpreadText.VoteOf(b.Spread!, organisation))).Where(b => b.Own is not null), b =>
                {
                    json.WriteString("question", b.Ballot.Question);
                    json.WriteString("at", Time(b.Ballot.RevealedAt));
                    json.WriteString("answer", b.Own.ToString());
                });
                Array(json, "decided", decisions[w.Id], d =>
                {
                    json.WriteString("question", d.Question);
                    json.WriteString("answer", AnswerRow.ToChoice(d.Choice).ToString());
                    json.WriteString("note", d.Note);
                    json.WriteString("at", Time(d.At));
                });
            });
            Array(json, "seals", seals[a.Id], s =>
            {
                json.WriteNumber("number", s.Number);
                json.WriteString("at", Time(s.At));
                json.WriteString("openedAt", Time(s.UnsealedAt));
                foreach (var depth in new[] { Depth.Areas, Depth.Questions, Depth.Everything })
                {
                    json.WriteStartObject(depth.Word());
                    json.WriteString("commitment", s.Commitments.Of(depth));
                    json.WriteString("salt", Convert.ToHexStringLower(s.Salt(depth)));
                    json.WriteString("document", s.Document(depth));
                    json.WriteEndObject();
                }
            });
            Array(json, "consents", consents[a.Id], c =>
            {
                json.WriteString("by", c.PersonId.ToString("N"));
                json.WriteString("at", Time(c.At));
                json.WriteString("depth", c.Depth.Word());
                json.WriteString("wording", c.Wording);
            });
        });
        joinings.Write(json);
        plans.Write(json);
        elsewhere.Write(json);
        // Without their numbers: gaps between these would tell how much others did meanwhile.
        Array(json, "trail", lines, e =>
        {
            json.WriteString("at", Time(e.At));
            json.WriteString("kind", e.Kind);
            json.WriteString("actor", e.Actor?.ToString("N"));
            json.WriteString("programme", e.Programme?.ToString("N"));
            json.WriteString("subject", e.Subject?.ToString("N"));
            json.WriteString("detail", e.Detail);
        });
        json.WriteEndObject();
        return true;

        void Workshop(Workshop workshop)
        {
            json.WriteString("openedAt", Time(workshop.OpenedAt));
            json.WriteString("closedAt", Time(workshop.ClosedAt));
        }
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Spread(Utf8JsonWriter json, string name, Spread spread)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("levels");
        foreach (var level in spread.Levels) json.WriteNumberValue(level);
        json.WriteEndArray();
        json.WriteNumber("dontKnow", spread.DontKnow);
        json.WriteNumber("notApplicable", spread.NotApplicable);
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

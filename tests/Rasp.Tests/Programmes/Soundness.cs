using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests.Programmes;

/// <summary>What holds of everything stored, whatever was done at the same time.</summary>
internal static class Soundness
{
    public static async Task AssertSoundAsync(this Consortium consortium)
    {
        var host = consortium.Host;
        var check = await host.VerifyTrailAsync();
        Assert.Null(check.Fault);
        await using var connection = await host.ConnectAsync();
        var seals = await RowsAsync(connection, """SELECT "AssessmentId", "Number", "UnsealedAt", "EverythingSalt", "EverythingCommitment", "EverythingDocument" FROM "Seals" """, r => new
        {
            Assessment = r.GetGuid(0),
            Number = r.GetInt32(1),
            IsUnsealed = !r.IsDBNull(2),
            Salt = r.GetFieldValue<byte[]>(3),
            Commitment = r.GetFieldValue<byte[]>(4),
            Document = r.GetString(5),
        });
        var answers = (await RowsAsync(connection, """SELECT r."AssessmentId", w."Question", w."Choice", w."Note" FROM "Answers" w JOIN "Respondents" r ON r."Id" = w."RespondentId" """, r =>
            (Assessment: r.GetGuid(0), Said: (r.GetString(1), (int)r.GetInt16(2), r.IsDBNull(3) ? null : r.GetString(3))))).ToLookup(a => a.Assessment, a => a.Said);
        await using var scope = host.AskScope();
        var db = scope.Db;
        var rounds = await db.Rounds.AsNoTracking().ToDictionaryAsync(r => r.Id);
        var parts = await db.Assessments.AsNoTracking().Where(a => a.RoundId != null).ToListAsync();
        foreach (var part in parts)
        {
            var round = rounds[part.RoundId!.Value];
            var holding = seals.Where(s => s.Assessment == part.Id && !s.IsUnsealed).ToList();
            Assert.Equal(part.SealedAt is null ? 0 : 1, holding.Count);
            Assert.Equal(part.SealedAt is null && part.LeftAt is null && (part.Version > 1 || round.RevealedAt is null), part.IsOpen);
            if (part.RevealedAt is not null) Assert.True(part.SealedAt is not null && round.RevealedAt is not null && part.Depth is not null and not Depth.Nothing && part.LeftAt is null);
            if (holding is not [var seal]) continue;
            Assert.Equal(seal.Commitment, SealedDocument.Commit(seal.Salt, seal.Document));
            var sealedAnswers = SealedDocument.Read(host.Instrument, seal.Document);
            Assert.Equal(
                answers[part.Id].Order(),
                sealedAnswers.Result!.Questions.Where(q => q.Answer.Choice is not null)
                    .Select(q => (q.Question.Key, q.Level ?? (q.Answer.Choice!.Value.IsDontKnow ? 0 : -1), sealedAnswers.Notes.GetValueOrDefault(q.Question.Key)?.Note)).Order());
        }
        foreach (var round in rounds.Values)
        {
            var revealed = parts.Where(p => p.RoundId == round.Id && p.RevealedAt is not null).ToList();
            if (round.RevealedAt is null) Assert.Empty(revealed);
            else Assert.True(revealed.DistinctBy(p => p.OrganisationId).Count() >= (round.CandidateId is null ? 2 : 1) || await db.ErasedPartners.AnyAsync(e => e.RoundId == round.Id));
        }
        foreach (var programme in await db.Programmes.AsNoTracking().Select(p => p.Id).ToListAsync())
        {
            Assert.True(rounds.Values.Count(r => r.ProgrammeId == programme && r.CandidateId is null && r.RevealedAt is null) <= 1);
            var partners = await db.Partners.AsNoTracking().Where(p => p.ProgrammeId == programme).ToListAsync();
            Assert.Equal(Math.Min(1, partners.Count), partners.Count(p => p.IsStarter));
            var open = rounds.Values.SingleOrDefault(r => r.ProgrammeId == programme && r.CandidateId is null && r.RevealedAt is null);
            // Whoever is in has a part in the open round, and nobody else has.
            if (open is not null) Assert.Equal(partners.Select(p => p.OrganisationId).Order(), parts.Where(p => p.RoundId == open.Id && p.LeftAt is null).Select(p => p.OrganisationId!.Value).Order());
        }
        Assert.False(await db.Facilitators.AnyAsync(f => db.Partners.Any(p => p.ProgrammeId == f.ProgrammeId && db.Memberships.Any(m => m.OrganisationId == p.OrganisationId && m.PersonId == f.PersonId))));
        Assert.True(await db.Organisations.AllAsync(o => db.Memberships.Any(m => m.OrganisationId == o.Id && m.Role == Rasp.Data.Programmes.MemberRole.Lead)));
        // Each seal, and each opening of one, was noted.
        var trail = await host.TrailAsync();
        Assert.True(trail.Count(k => k == "Sealed") >= seals.Count);
        Assert.True(trail.Count(k => k == "Unsealed") >= seals.Count(s => s.IsUnsealed));
    }

    private static async Task<List<T>> RowsAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync()) rows.Add(read(row));
        return rows;
    }
}

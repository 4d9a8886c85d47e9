using Microsoft.EntityFrameworkCore;
using Rasp.Readiness.Sharing;

namespace Rasp.Data.Programmes;

/// <summary>What lenses between organisations have in common: each takes of a seal what its viewer may see, and nothing else leaves the database.</summary>
internal static class SealedDocuments
{
    /// <summary>The sealed document of each of these parts at its depth, by the part; none at depth nothing.</summary>
    public static async Task<Dictionary<Guid, string>> SealedDocumentsAsync(this RaspDb db, IReadOnlyList<(Guid Assessment, Depth Depth)> parts, CancellationToken cancellation)
    {
        var (areas, questions, everything) = (At(Depth.Areas), At(Depth.Questions), At(Depth.Everything));
        return await db.Seals.AsNoTracking()
            .Where(s => s.UnsealedAt == null && (areas.Contains(s.AssessmentId) || questions.Contains(s.AssessmentId) || everything.Contains(s.AssessmentId)))
            .Select(s => new
            {
                s.AssessmentId,
                Document = areas.Contains(s.AssessmentId) ? s.AreasDocument : questions.Contains(s.AssessmentId) ? s.QuestionsDocument : s.EverythingDocument,
            }).ToDictionaryAsync(s => s.AssessmentId, s => s.Document, cancellation);

        List<Guid> At(Depth depth) => [.. parts.Where(p => p.Depth == depth).Select(p => p.Assessment)];
    }

    /// <summary>A seal as somebody may see it at a depth.</summary>
    public static SeenSeal Show(this Seal seal, Guid owner, string organisation, Depth depth, bool isOwn)
    {
        var file = default(SealFile);
        if (depth != Depth.Nothing)
        {
            // Named as they were when it was sealed.
            var heading = SealedDocument.Heading(seal.Document(depth));
            file = new(
                heading.Organisation, heading.Programme, heading.Round, seal.Number, seal.At, depth, seal.Commitments.Of(depth),
                Convert.ToHexStringLower(seal.Salt(depth)), seal.Document(depth));
        }
        return new(owner, organisation, seal.Number, seal.At, seal.Commitments, depth, file, isOwn);
    }
}

using Microsoft.EntityFrameworkCore;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;

namespace Rasp.Data.Teams;

/// <summary>
/// The lens within an organisation (sharing.md 5): what several respondents answered, as their leads may see it and as it counts. Named, that
/// is who answered what; anonymous, it is what was opened, and nothing beyond it.
/// </summary>
internal static class TeamSheet
{
    /// <summary>Whose name was erased, or who was never named.</summary>
    public const string Nameless = "Somebody";

    /// <summary>Whoever leads the assessment, as one.</summary>
    public const string Together = "Answered together";

    /// <summary>The sheet of an assessment in which several people answer.</summary>
    public static async Task<AnswerSheet> ReadAsync(RaspDb db, Guid assessment, Attribution attribution, string organisation, string round, CancellationToken cancellation)
    {
        var agreed = await AgreedAsync(db, assessment, cancellation);
        return attribution == Attribution.Named
            ? new(organisation, round, await NamedAsync(db, assessment, cancellation), agreed)
            : AnonymousSheet.Of(organisation, round, (await OpenedAsync(db, assessment, cancellation)).ToDictionary(o => o.Key, o => o.Value[^1], StringComparer.Ordinal), agreed);
    }

    /// <summary>Agreed answers by the question's key in full.</summary>
    public static async Task<Dictionary<string, Answer>> AgreedAsync(RaspDb db, Guid assessment, CancellationToken cancellation) =>
        (await db.AgreedAnswers.AsNoTracking().Where(a => a.AssessmentId == assessment).ToListAsync(cancellation)).ToDictionary(a => a.Question, a => a.Answer, StringComparer.Ordinal);

    /// <summary>All that was ever opened of each question, the oldest view first.</summary>
    public static async Task<Dictionary<string, List<OpenedView>>> OpenedAsync(RaspDb db, Guid assessment, CancellationToken cancellation) =>
        (await db.OpenedAnswers.AsNoTracking().Where(o => o.AssessmentId == assessment).ToListAsync(cancellation))
            .GroupBy(o => o.Question, StringComparer.Ordinal)
            .ToDictionary(q => q.Key, q => q.GroupBy(o => o.View).OrderBy(v => v.Key).Select(v => new OpenedView(v.First().IsBySide, [.. v.Select(o => o.Counted)])).ToList(), StringComparer.Ordinal);

    /// <summary>Those who have answered something, in the order in which they came, each under a name that no other has.</summary>
    private static async Task<List<Readiness.Answers.Respondent>> NamedAsync(RaspDb db, Guid assessment, CancellationToken cancellation)
    {
        var respondents = await db.Respondents.AsNoTracking().Where(r => r.AssessmentId == assessment).OrderBy(r => r.AddedAt).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.Role, r.Kind, r.Name, Email = db.Users.Where(p => p.Id == r.PersonId).Select(p => p.Email).FirstOrDefault() }).ToListAsync(cancellation);
        var answers = (await db.Answers.AsNoTracking().Where(a => a.Choice != null && db.Respondents.Any(r => r.Id == a.RespondentId && r.AssessmentId == assessment)).ToListAsync(cancellation))
            .ToLookup(a => a.RespondentId);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { AnswerSheet.AgreedName };
        return [.. respondents.Where(r => answers.Contains(r.Id)).Select(r => new Readiness.Answers.Respondent(
            Unique(names, r.Kind == RespondentKind.Together ? Together : r.Name ?? r.Email ?? Nameless), r.Role, answers[r.Id].ToDictionary(a => a.Question, a => a.Stored.Finished!, StringComparer.Ordinal)))];
    }

    /// <summary>The name, with a number after it where it is taken.</summary>
    internal static string Unique(HashSet<string> taken, string name)
    {
        for (var i = 1; ; i++)
        {
            var candidate = i == 1 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} ({i})");
            if (taken.Add(candidate)) return candidate;
        }
    }
}

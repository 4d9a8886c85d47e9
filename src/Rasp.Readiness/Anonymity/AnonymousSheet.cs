using Rasp.Readiness.Answers;

namespace Rasp.Readiness.Anonymity;

/// <summary>A sheet of opened spreads, for whatever scores sheets.</summary>
public static class AnonymousSheet
{
    /// <summary>What its respondents are called: they are no persons, but places in each question's own order.</summary>
    public const string NamePrefix = "anonymous-";

    private const string SomeEvidence = "Named by respondents";

    /// <summary>
    /// Puts spreads into a sheet that scores as the answers themselves would. Its first respondent has the lowest level of every question,
    /// the next the second lowest, and so on: no column is a person. The stance that counts, and that there is evidence, stand with the first.
    /// </summary>
    /// <param name="organisation">Its name.</param>
    /// <param name="round">The round's name.</param>
    /// <param name="opened">What is shown of each question, by its key in full.</param>
    /// <param name="agreed">Agreed answers, by the question's key in full.</param>
    public static AnswerSheet Of(string organisation, string round, IReadOnlyDictionary<string, OpenedView> opened, IReadOnlyDictionary<string, Answer> agreed)
    {
        var columns = new List<Dictionary<string, Answer>>();
        foreach (var (question, view) in opened)
        {
            var stance = view.Answers.Max(a => a.Stance);
            var hasEvidence = view.Answers.Any(a => a.HasEvidence);
            var ordered = view.Answers.Select(a => a.Choice).OrderBy(c => c.Level ?? (c.IsDontKnow ? int.MaxValue - 1 : int.MaxValue)).ToList();
            while (columns.Count < ordered.Count) columns.Add(new(StringComparer.Ordinal));
            for (var i = 0; i < ordered.Count; i++) columns[i].Add(question, i == 0 ? new(ordered[0], stance, null, hasEvidence ? SomeEvidence : null) : new(ordered[i]));
        }
        return new(organisation, round, [.. columns.Select((answers, i) => new Respondent(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{NamePrefix}{i + 1:00}"), null, answers))], agreed);
    }
}

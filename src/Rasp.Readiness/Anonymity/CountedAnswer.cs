using Rasp.Readiness.Answers;

namespace Rasp.Readiness.Anonymity;

/// <summary>What a spread counts of one respondent's answer to one question. Notes and names are no part of it.</summary>
/// <param name="Respondent">Whose; null once that respondent is erased.</param>
/// <param name="IsKnown">Whether whoever looks at spreads entered it themselves, from paper: it hides nobody.</param>
/// <param name="IsLeadership">From which side: a role that leads the organisation, or another.</param>
/// <param name="Choice">What was chosen.</param>
/// <param name="Stance">Null where nothing was said.</param>
/// <param name="HasEvidence">Whether evidence was named.</param>
public sealed record CountedAnswer(string? Respondent, bool IsKnown, bool IsLeadership, Choice Choice, Stance? Stance, bool HasEvidence)
{
    /// <summary>Whether the same was said, whoever said it.</summary>
    internal bool SaysTheSameAs(CountedAnswer other) => (Choice, Stance, HasEvidence) == (other.Choice, other.Stance, other.HasEvidence);
}

/// <summary>What was opened of one question at one time. It never changes.</summary>
/// <param name="IsBySide">Whether leadership and the others are shown apart: then each side is a cell of its own, else all are one.</param>
/// <param name="Answers">What is counted, in no order that tells anything.</param>
public sealed record OpenedView(bool IsBySide, IReadOnlyList<CountedAnswer> Answers)
{
    /// <summary>The spread of all.</summary>
    public Spread All => Spread.Of(Answers);

    /// <summary>The spread of one side; null where sides are not shown apart.</summary>
    public Spread? Side(bool isLeadership) => IsBySide ? Spread.Of(Answers.Where(a => a.IsLeadership == isLeadership)) : null;
}

/// <summary>How answers to a question are spread, without anybody's name.</summary>
/// <param name="Levels">The levels given, ascending.</param>
/// <param name="DontKnow">How many said don't know.</param>
/// <param name="NotApplicable">How many said not applicable.</param>
public sealed record Spread(IReadOnlyList<int> Levels, int DontKnow, int NotApplicable)
{
    /// <summary>How many answered.</summary>
    public int Answered => Levels.Count + DontKnow + NotApplicable;

    /// <summary>The spread of some answers.</summary>
    public static Spread Of(IEnumerable<CountedAnswer> answers) => Of(answers.Select(a => a.Choice));

    /// <summary>The spread of some choices.</summary>
    public static Spread Of(IEnumerable<Choice> choices)
    {
        var all = choices.ToList();
        return new([.. all.Select(c => c.Level).OfType<int>().Order()], all.Count(c => c.IsDontKnow), all.Count(c => c.IsNotApplicable));
    }
}

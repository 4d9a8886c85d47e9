using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Plans;

/// <summary>Where a question stood in one round: an organisation's own level, or the floor of several.</summary>
/// <param name="Revision">Of the question, in the instrument of that round: two revisions ask different things.</param>
/// <param name="Level">Its level, from 1; null where none was known.</param>
/// <param name="IsAsked">Whether it was answered at all, be it with don’t know. False where it was not asked, not answered, or does not apply.</param>
public sealed record Standing(int Revision, int? Level, bool IsAsked)
{
    /// <summary>Of one organisation.</summary>
    public static Standing Of(QuestionResult result) => new(result.Question.Revision, result.Level, result.IsApplicable && result.Answer.Choice is not null);

    /// <summary>Of several: their lowest level.</summary>
    public static Standing Of(ComparedQuestion compared) =>
        new(compared.Question.Revision, compared.Floor, compared.Answers.Any(a => a.Result.Answer.Choice is not null));
}

/// <summary>What became of the answer that an action began with.</summary>
public enum Movement
{
    /// <summary>The level is higher, or is known now and was not.</summary>
    Moved,

    /// <summary>The level is the same, or is still not known.</summary>
    DidNotMove,

    /// <summary>The level is lower.</summary>
    Fell,

    /// <summary>The question means something else by now: the levels can’t be compared.</summary>
    QuestionChanged,

    /// <summary>Nothing to judge by yet: it was not asked again, not answered again, or no level is known any more.</summary>
    NotAnsweredAgain,
}

/// <summary>The next round’s judgement of an action: whether the answer that caused it moved.</summary>
/// <param name="From">The level that it began with; null where none was known.</param>
/// <param name="To">The level since; null where there is none to set beside it.</param>
/// <param name="Movement">What became of it.</param>
public sealed record Judgement(int? From, int? To, Movement Movement)
{
    /// <summary>Whether a promise was made and nothing came of it.</summary>
    public bool IsUnkept => Movement is Movement.DidNotMove or Movement.Fell;

    /// <summary>Judges by a later round.</summary>
    /// <param name="then">Where the question stood when the action was made.</param>
    /// <param name="now">Where it stands in the later round; null where that does not ask it.</param>
    public static Judgement Of(Standing then, Standing? now)
    {
        if (now is null || !now.IsAsked) return new(then.Level, null, Movement.NotAnsweredAgain);
        if (then.Revision != now.Revision) return new(then.Level, null, Movement.QuestionChanged);
        return (then.Level, now.Level) switch
        {
            (null, null) => new(null, null, Movement.DidNotMove),
            (not null, null) => new(then.Level, null, Movement.NotAnsweredAgain),
            (null, { } to) => new(null, to, Movement.Moved),
            ({ } from, { } to) => new(from, to, to > from ? Movement.Moved : to < from ? Movement.Fell : Movement.DidNotMove),
        };
    }
}

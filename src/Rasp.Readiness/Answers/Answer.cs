namespace Rasp.Readiness.Answers;

/// <summary>What was chosen for a question: a level, don't know, or not applicable.</summary>
public readonly record struct Choice
{
    private const int DontKnowCode = 0;
    private const int NotApplicableCode = -1;

    private readonly int code;

    private Choice(int code) => this.code = code;

    /// <summary>"Don't know", written <c>dk</c>.</summary>
    public static Choice DontKnow { get; } = new(DontKnowCode);

    /// <summary>"Not applicable", written <c>na</c>.</summary>
    public static Choice NotApplicable { get; } = new(NotApplicableCode);

    /// <summary>The level chosen, from 1; null where it is not a level.</summary>
    public int? Level => code > 0 ? code : null;

    /// <summary>Whether it is "don't know".</summary>
    public bool IsDontKnow => code == DontKnowCode;

    /// <summary>Whether it is "not applicable".</summary>
    public bool IsNotApplicable => code == NotApplicableCode;

    /// <summary>A level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is below 1.</exception>
    public static Choice OfLevel(int level) =>
        level > 0 ? new(level) : throw new ArgumentOutOfRangeException(nameof(level), level, "Levels count from 1.");

    /// <summary>Reads <c>dk</c>, <c>na</c> or a level from 1 to <paramref name="levels"/>; null where it is none of these.</summary>
    public static Choice? Parse(string text, int levels) => text switch
    {
        "dk" => DontKnow,
        "na" => NotApplicable,
        _ when text.Length is > 0 and < 4 && text.All(char.IsAsciiDigit) && int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is var level
            && level >= 1 && level <= levels => OfLevel(level),
        _ => null,
    };

    /// <summary>As files write it: <c>dk</c>, <c>na</c> or the level.</summary>
    public override string ToString() => code switch
    {
        DontKnowCode => "dk",
        NotApplicableCode => "na",
        _ => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>How far an organisation would compromise on a subject, least restrictive first.</summary>
public enum Stance
{
    /// <summary>Open to whatever serves the whole.</summary>
    Open,

    /// <summary>Would talk about it.</summary>
    Negotiable,

    /// <summary>A red line.</summary>
    Fixed,
}

/// <summary>The words for stances in files.</summary>
public static class Stances
{
    /// <summary><c>fixed</c>, <c>negotiable</c> or <c>open</c>.</summary>
    public static string Word(this Stance stance) => stance switch
    {
        Stance.Open => "open",
        Stance.Negotiable => "negotiable",
        Stance.Fixed => "fixed",
    };

    /// <summary>The stance of a word; null where it is none.</summary>
    public static Stance? Parse(string word) => word switch
    {
        "open" => Stance.Open,
        "negotiable" => Stance.Negotiable,
        "fixed" => Stance.Fixed,
        _ => null,
    };
}

/// <summary>One answer to one question, by a respondent or agreed by the organisation.</summary>
/// <param name="Choice">What was chosen.</param>
/// <param name="Stance">How far the organisation would compromise; null where nothing was said.</param>
/// <param name="Note">Null where there is none; else not empty.</param>
/// <param name="Evidence">What proves it; null where there is none; else not empty.</param>
public sealed record Answer(Choice Choice, Stance? Stance = null, string? Note = null, string? Evidence = null);

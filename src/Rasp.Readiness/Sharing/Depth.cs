namespace Rasp.Readiness.Sharing;

/// <summary>How deep an organisation lets its partners see (sharing.md 2). Each shows all that the one before shows.</summary>
public enum Depth
{
    /// <summary>Nothing but that it is sealed.</summary>
    Nothing,

    /// <summary>Scores, intervals and bands of the areas and of the whole.</summary>
    Areas,

    /// <summary>Also collective answers, stances and findings.</summary>
    Questions,

    /// <summary>Also notes, and what evidence is called.</summary>
    Everything,
}

/// <summary>Words for depths, and the lesser of two.</summary>
public static class Depths
{
    /// <summary><c>nothing</c>, <c>areas</c>, <c>questions</c> or <c>everything</c>.</summary>
    public static string Word(this Depth depth) => depth switch
    {
        Depth.Nothing => "nothing",
        Depth.Areas => "areas",
        Depth.Questions => "questions",
        Depth.Everything => "everything",
    };

    /// <summary>The depth of a word; null where it is none.</summary>
    public static Depth? Parse(string? word) => word switch
    {
        "nothing" => Depth.Nothing,
        "areas" => Depth.Areas,
        "questions" => Depth.Questions,
        "everything" => Depth.Everything,
        _ => null,
    };

    /// <summary>What two see of each other: you see as much as you show (sharing.md 3).</summary>
    public static Depth Lesser(Depth one, Depth other) => one < other ? one : other;
}

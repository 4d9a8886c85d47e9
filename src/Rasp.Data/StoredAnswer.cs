using Rasp.Readiness.Answers;

namespace Rasp.Data;

/// <summary>What is entered for a question, finished or not.</summary>
/// <param name="Choice">Null where something was typed and nothing chosen yet.</param>
/// <param name="Stance">Null where nothing was said.</param>
/// <param name="Note">Null where there is none; else not empty.</param>
/// <param name="Evidence">Null where there is none; else not empty.</param>
public sealed record StoredAnswer(Choice? Choice, Stance? Stance, string? Note, string? Evidence)
{
    public const int TextMaxLength = 10_000;

    /// <summary>Nothing entered.</summary>
    public static StoredAnswer Nothing { get; } = new(null, null, null, null);

    /// <summary>As the core takes it; null where nothing is chosen yet.</summary>
    public Answer? Finished => Choice is { } choice ? new(choice, Stance, Note, Evidence) : null;
}

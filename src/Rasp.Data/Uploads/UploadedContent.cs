using System.Text.Json;
using Rasp.Readiness.Answers;

namespace Rasp.Data.Uploads;

/// <summary>What an uploaded file comes to.</summary>
public sealed record UploadedContent
{
    /// <summary>As whoever uploaded it named it.</summary>
    public required string File { get; init; }

    /// <summary>What to know about the file as a whole, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What could not be read, place by place.</summary>
    public IReadOnlyList<UploadFault> Faults { get; init; } = [];

    /// <summary>Answers that would be other than they are, in the order of the questions. Once confirmed, those that were refused.</summary>
    public IReadOnlyList<UploadedAnswer> Answers { get; init; } = [];

    /// <summary>How many answers of the file are as they are already.</summary>
    public int Unchanged { get; init; }

    /// <summary>How many answers have changed since the file was made, and not in the file: they stay as they are.</summary>
    public int Newer { get; init; }

    /// <summary>How many were saved when it was confirmed; null before.</summary>
    public int? Saved { get; init; }

    internal string Written() => JsonSerializer.Serialize(this);

    internal static UploadedContent Read(string written) => JsonSerializer.Deserialize<UploadedContent>(written)!;
}

/// <summary>A place in a file where something is wrong, what, and what would be right.</summary>
public sealed record UploadFault(string Where, string Message);

/// <summary>An answer as a file has it.</summary>
/// <param name="Question">Its key in full.</param>
/// <param name="Choice">A level, <c>dk</c> or <c>na</c>; null where nothing is chosen.</param>
/// <param name="Stance">Null where nothing was said.</param>
/// <param name="Note">Null where there is none.</param>
/// <param name="Evidence">Null where there is none.</param>
/// <param name="Version">The version of the answer that it would replace: of any other it is refused.</param>
public sealed record UploadedAnswer(string Question, string? Choice, Stance? Stance, string? Note, string? Evidence, int Version)
{
    public static UploadedAnswer Of(string question, StoredAnswer answer, int version) => new(question, answer.Choice?.ToString(), answer.Stance, answer.Note, answer.Evidence, version);

    public StoredAnswer Answer() => new(Choice is null ? null : Readiness.Answers.Choice.Parse(Choice, int.MaxValue), Stance, Note, Evidence);
}

/// <summary>An upload that waits to be confirmed, or that was within the last day.</summary>
public sealed record SeenUpload(Guid Id, DateTimeOffset At, UploadedContent Content);

/// <summary>Whose answers a file changes, and who uploads it.</summary>
/// <param name="Assessment">In which assessment.</param>
/// <param name="Respondent">Whose answers; null for what its organisation agreed on.</param>
/// <param name="Person">Who uploads; null for whoever holds the private link.</param>
public sealed record UploadTarget(Guid Assessment, Guid? Respondent, Guid? Person);

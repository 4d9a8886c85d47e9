namespace Rasp.Data;

/// <summary>What is stored for a question, and which version of it: whoever saves names the version that they saw.</summary>
/// <param name="Answer">What is entered.</param>
/// <param name="Version">0 where nothing is stored.</param>
public sealed record VersionedAnswer(StoredAnswer Answer, int Version)
{
    /// <summary>Nothing stored.</summary>
    public static VersionedAnswer None { get; } = new(StoredAnswer.Nothing, 0);
}

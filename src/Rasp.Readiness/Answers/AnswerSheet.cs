namespace Rasp.Readiness.Answers;

/// <summary>One organisation's answers in one round.</summary>
/// <param name="Organisation">Its name; the same everywhere.</param>
/// <param name="Round">The round's name; rounds are ordered as ordinal text.</param>
/// <param name="Respondents">Those who answered, in the order in which they came.</param>
/// <param name="Agreed">The organisation's agreed answers, by the question's key in full.</param>
public sealed record AnswerSheet(string Organisation, string Round, IReadOnlyList<Respondent> Respondents, IReadOnlyDictionary<string, Answer> Agreed)
{
    /// <summary>The name under which files hold the agreed answers.</summary>
    public const string AgreedName = "agreed";
}

/// <summary>A person, or a role, that answered within an organisation.</summary>
/// <param name="Name">Unique within the sheet.</param>
/// <param name="Role">Null where none was given.</param>
/// <param name="Answers">By the question's key in full.</param>
public sealed record Respondent(string Name, string? Role, IReadOnlyDictionary<string, Answer> Answers);

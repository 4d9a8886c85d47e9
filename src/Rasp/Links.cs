using Rasp.Readiness.Instruments;

namespace Rasp;

/// <summary>Where everything is. Pages link by these alone; a test visits them all.</summary>
public static class Links
{
    public const string Home = "/";
    public const string Start = "/start";
    public const string Example = "/example";
    public const string OpenForm = "/open";
    public const string Help = "/help";
    public const string Privacy = "/privacy";
    public const string Accessibility = "/accessibility";
    public const string Contact = "/contact";

    /// <summary>A private link, without the host.</summary>
    public static string Open(string secret) => $"{OpenForm}/{secret}";

    public static string Assessment(string reference) => $"/assessments/{reference}";

    public static string PrivateLink(string reference) => $"{Assessment(reference)}/link";

    public static string Details(string reference) => $"{Assessment(reference)}/details";

    public static string Question(string reference, Question question) => $"{Assessment(reference)}/questions/{question.Key.Replace('.', '/')}";

    public static string Results(string reference) => $"{Assessment(reference)}/results";

    public static string TakeAway(string reference) => $"{Assessment(reference)}/take-away";

    public static string AnswersCsv(string reference) => $"{Assessment(reference)}/answers.csv";

    public static string ResultsJson(string reference) => $"{Assessment(reference)}/results.json";

    public static string Delete(string reference) => $"{Assessment(reference)}/delete";

    public static string Close(string reference) => $"{Assessment(reference)}/close";
}

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

    public const string SignIn = "/sign-in";
    public const string SignInCode = "/sign-in/code";
    public const string SignInPasskey = "/sign-in/passkey";
    public const string SignInOidc = "/sign-in/oidc";
    public const string OidcCallback = "/sign-in/oidc/callback";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";
    public const string Sessions = "/account/sessions";
    public const string Passkeys = "/account/passkeys";
    public const string DeleteAccount = "/account/delete";
    public const string AccountDeleted = "/account-deleted";
    public const string Accounts = "/administration/accounts";
    public const string Mails = "/administration/mails";
    public const string DevelopmentMails = "/development/mails";

    /// <summary>Whether an address is a page of ours: nobody is sent elsewhere after signing in.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl);

    /// <summary>As it stands in mails and where somebody copies it.</summary>
    public static string Absolute(Uri site, string path) => new Uri(site, path).ToString();

    public static string SignInLink(string secret) => $"{SignIn}/{secret}";

    /// <summary>The sign-in page, from which a page of ours is returned to.</summary>
    public static string SignInFor(string page) => $"{SignIn}?return={Uri.EscapeDataString(page)}";

    public static string SignInOidcFor(string? page) => page is null ? SignInOidc : $"{SignInOidc}?return={Uri.EscapeDataString(page)}";

    public static string OidcFailed(string why) => $"{SignIn}?oidc={why}";

    public static string AccountOf(Guid person) => $"{Accounts}/{person:N}";

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

    public static string Claim(string reference) => $"{Assessment(reference)}/account";

    public static string Close(string reference) => $"{Assessment(reference)}/close";

    public static string Comparison(string reference) => $"/comparisons/{reference}";

    public static string ComparedQuestion(string reference, Question question) => $"{Comparison(reference)}/questions/{question.Key.Replace('.', '/')}";

    public static string ComparisonPrint(string reference) => $"{Comparison(reference)}/print";

    public static string ComparisonJson(string reference) => $"{Comparison(reference)}/results.json";
}

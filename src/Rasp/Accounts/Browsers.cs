namespace Rasp.Accounts;

/// <summary>A browser in words, so that somebody recognises their own among their sessions.</summary>
public static class Browsers
{
    // In this order: most call themselves by the names of others too.
    private static readonly (string Mark, string Name)[] Names =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "a Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Such as “Firefox on Windows”, from what the browser says of itself.</summary>
    public static string InWords(string? userAgent) => $"{Find(Names, userAgent) ?? "A browser"}{(Find(Systems, userAgent) is { } system ? $" on {system}" : null)}";

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}

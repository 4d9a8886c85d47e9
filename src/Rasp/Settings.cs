using System.Net.Mail;
using Rasp.Data;
using Rasp.Verbs;

namespace Rasp;

/// <summary>What whoever hosts Rasp has set (contract.md, "Settings").</summary>
public sealed record Settings
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Every setting and what it means, as <c>rasp serve --help</c> lists them.</summary>
    public static readonly IReadOnlyList<(string Name, string Meaning)> Described =
    [
        ("RASP_DATA", "The folder that holds rasp.db; made where it is missing. Default: data, under the working folder."),
        ("RASP_DATABASE", "A PostgreSQL connection string (Host=…;Database=…;Username=…;Password=…), to use that instead."),
        ("RASP_URL", "The public address, such as https://rasp.example.gov.uk: links in pages and mails begin with it. Default: where it listens."),
        ("RASP_SMTP", "The mail server, smtp://user:password@host:port, or smtps:// for TLS from the start. Without it no mail is sent."),
        ("RASP_MAIL_FROM", "The address that mails come from. Needed with RASP_SMTP."),
        ("RASP_OIDC_ISSUER", "The address of an OpenID Connect issuer, to let people sign in with the account that they have there. Needs the next two."),
        ("RASP_OIDC_CLIENT", "What the issuer knows this installation by: its client id."),
        ("RASP_OIDC_SECRET", "The secret that goes with it."),
        ("RASP_OIDC_NAME", $"What the button calls it, as in: Sign in with Microsoft. Default: {OidcSettings.DefaultName}."),
        ("RASP_CHROMIUM", "The program of Chromium or Chrome, such as /usr/bin/chromium, to make PDFs with. Default: none are made, and reports are printed by the browser."),
        ("RASP_API_CALLS", $"How many calls a minute one token may make. Default: {new Limits().CallsAMinute}."),
        ("RASP_API_REFUSALS", $"How many calls a minute without a token that is good may come from one address. Default: {new Limits().CallsWithoutTokenAMinute}."),
        ("RASP_CONTACT", "Whom users of this installation can ask: an e-mail address, or a web address."),
    ];

    /// <summary>The folder of the SQLite database.</summary>
    public required string Data { get; init; }

    /// <summary>A PostgreSQL connection string; null for SQLite.</summary>
    public string? Database { get; init; }

    /// <summary>The public address, without a slash at the end.</summary>
    public Uri Url { get; init; } = new(DefaultUrl);

    /// <summary>The mail server; null where no mail is sent.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>The address that mails come from; null where no mail is sent.</summary>
    public string? MailFrom { get; init; }

    /// <summary>Where people can sign in with an account that they have elsewhere; null where they can't.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>The program of Chromium; null where no PDFs are made.</summary>
    public string? Chromium { get; init; }

    /// <summary>An e-mail address or a web address; null where the host gave none.</summary>
    public string? Contact { get; init; }

    /// <summary>What one visitor may do in a while.</summary>
    public Limits Limits { get; init; } = new();

    public string DatabaseInWords => Database is null ? Path.Combine(Data, "rasp.db") : "on PostgreSQL";

    /// <summary>Environment variables before appsettings.json beside the program.</summary>
    public static IConfiguration Configuration() =>
        new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">As <see cref="Configuration"/> gives it.</param>
    /// <param name="listen">Where the server listens, which stands for the public address where none is set.</param>
    /// <exception cref="CallFaultException">A setting is wrong: the message says which, every one of them, and what would be right.</exception>
    public static Settings Read(IConfiguration configuration, string listen = DefaultUrl)
    {
        var wrong = new List<string>();
        var settings = new Settings
        {
            Data = Path.GetFullPath(Text("RASP_DATA") ?? "data"),
            Database = Text("RASP_DATABASE"),
            Url = Address("RASP_URL", "the public address, such as https://rasp.example.gov.uk", "http", "https") ?? LocalAddress(listen),
            Smtp = Address("RASP_SMTP", "smtp://user:password@host:port", "smtp", "smtps"),
            MailFrom = Text("RASP_MAIL_FROM"),
            Oidc = Oidc(),
            Chromium = Text("RASP_CHROMIUM"),
            Contact = Text("RASP_CONTACT"),
            Limits = new() { CallsAMinute = Number("RASP_API_CALLS") ?? new Limits().CallsAMinute, CallsWithoutTokenAMinute = Number("RASP_API_REFUSALS") ?? new Limits().CallsWithoutTokenAMinute },
        };
        if (settings.Database is { } connection && !IsConnectionString(connection))
        {
            wrong.Add("RASP_DATABASE is not a PostgreSQL connection string, such as Host=localhost;Database=rasp;Username=rasp;Password=…");
        }
        if (settings.Smtp is not null && settings.MailFrom is null) wrong.Add("RASP_SMTP is set, so RASP_MAIL_FROM must say which address mails come from");
        if (settings.MailFrom is { } from && !MailAddress.TryCreate(from, out _)) wrong.Add($"RASP_MAIL_FROM must be an e-mail address, not '{from}'");
        if (settings.Contact is { } contact && !MailAddress.TryCreate(contact, out _) && !(Uri.TryCreate(contact, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"))
        {
            wrong.Add($"RASP_CONTACT must be an e-mail address or a web address, not '{contact}'");
        }
        if (settings.Chromium is { } chromium && !File.Exists(chromium)) wrong.Add($"RASP_CHROMIUM must be the whole path of the program of Chromium or Chrome, such as /usr/bin/chromium; there is no file '{chromium}'");
        return wrong.Count == 0 ? settings : throw new CallFaultException("these settings are wrong:" + string.Concat(wrong.Select(w => $"{Environment.NewLine}  {w}")));

        OidcSettings? Oidc()
        {
            var issuer = Address("RASP_OIDC_ISSUER", "the issuer's address, such as https://login.example.org, with http only on this machine", "https", "http");
            var (client, secret, name) = (Text("RASP_OIDC_CLIENT"), Text("RASP_OIDC_SECRET"), Text("RASP_OIDC_NAME"));
            if (issuer is { Scheme: "http", IsLoopback: false }) wrong.Add("RASP_OIDC_ISSUER must begin with https://");
            if (issuer is not null && client is not null && secret is not null) return new(issuer, client, secret, name ?? OidcSettings.DefaultName);
            if ((Text("RASP_OIDC_ISSUER") ?? client ?? secret ?? name) is null) return null;
            if (Text("RASP_OIDC_ISSUER") is null || client is null || secret is null) wrong.Add("RASP_OIDC_ISSUER, RASP_OIDC_CLIENT and RASP_OIDC_SECRET are needed together");
            return null;
        }

        string? Text(string name) => configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        int? Number(string name)
        {
            if (Text(name) is not { } text) return null;
            if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0) return number;
            wrong.Add($"{name} must be a whole number from 1 up, not '{text}'");
            return null;
        }

        Uri? Address(string name, string right, params string[] schemes)
        {
            if (Text(name) is not { } text) return null;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) && address.Host.Length > 0) return address;
            wrong.Add($"{name} must be {right}");
            return null;
        }
    }

    public Database OpenDatabase() => Database is null ? Rasp.Data.Database.SqliteIn(Data) : Rasp.Data.Database.Postgres(Database);

    /// <summary>The first address that the server listens on, as somebody on the same machine would write it.</summary>
    private static Uri LocalAddress(string listen)
    {
        var first = listen.Split(';')[0].Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out var address) ? address : throw new CallFaultException($"--urls must be addresses such as {DefaultUrl}, not '{listen}'");
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>An OpenID Connect issuer.</summary>
/// <param name="Issuer">Its address.</param>
/// <param name="Client">What it knows this installation by.</param>
/// <param name="Secret">The secret that goes with it.</param>
/// <param name="Name">What the button calls it.</param>
public sealed record OidcSettings(Uri Issuer, string Client, string Secret, string Name)
{
    public const string DefaultName = "your organisation’s account";
}

/// <summary>How often one visitor (one address, or one network where addresses are IPv6) may do what could be abused. Councils share an address, so these are wide.</summary>
public sealed record Limits
{
    public int StartsAnHour { get; init; } = 100;

    public int LinksTriedAMinute { get; init; } = 30;

    public int MailsAnHour { get; init; } = 10;

    public int PdfsAnHour { get; init; } = 60;

    /// <summary>Invitations.</summary>
    public int InvitationsAnHour { get; init; } = 60;

    public int SignInMailsAnHour { get; init; } = 100;

    public int SignInTriesAMinute { get; init; } = 60;

    /// <summary>Files of answers.</summary>
    public int UploadsAnHour { get; init; } = 200;

    /// <summary>Calls with one token.</summary>
    public int CallsAMinute { get; init; } = 600;

    /// <summary>Calls with no token, or with one that is not good, from one address.</summary>
    public int CallsWithoutTokenAMinute { get; init; } = 60;

    /// <summary>Codes of workshops tried: twice for each of several hundred people in a hall.</summary>
    public int JoinsAMinute { get; init; } = 1000;
}

using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rasp.Readiness;

namespace Rasp.Signing;

/// <summary>What an installation says of a report that it signs.</summary>
/// <param name="Report">What kind of report it is, such as “Report of results”.</param>
/// <param name="Title">As it stands at its top.</param>
/// <param name="Questions">The instrument and its version; null where it rests on none, or on several.</param>
/// <param name="Round">Null where it belongs to none, or to several.</param>
/// <param name="MadeAt">To the second.</param>
/// <param name="Installation">The public address of the installation that made it.</param>
internal sealed record SignedReport(string Report, string Title, (string Id, string Version)? Questions, string? Round, DateTimeOffset MadeAt, Uri Installation)
{
    /// <summary>The type of the statement, which a signature names (docs/reports.md). It changes when what it covers does.</summary>
    public const string Type = "rasp-report+1";

    /// <summary>Pure ASCII, so that it stands in any file.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>What it is, in a part of a sentence on one line.</summary>
    public string InWords => Quoting.OneLine(string.Create(
        CultureInfo.InvariantCulture,
        $"“{Title}” ({Report}), made on {MadeAt.WithTime()} by {Installation}{(Questions is var (id, version) ? $", with the questions {id} {version}" : "")}{(Round is null ? "" : $", round {Round}")}"));

    /// <summary>Signs a report: the statement, with the digest of the file that it stands in.</summary>
    public string Sign(ECDsa key, byte[] digest)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("report", Report);
            json.WriteString("title", Title);
            if (Questions is var (id, version))
            {
                json.WriteStartObject("instrument");
                json.WriteString("id", id);
                json.WriteString("version", version);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("instrument");
            }
            json.WriteString("round", Round);
            json.WriteString("madeAt", MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("installation", Installation.ToString());
            json.WriteString("sha256", Convert.ToHexStringLower(digest));
            json.WriteEndObject();
        }
        return Jws.Sign(key, Type, Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    /// <summary>Verifies a signature against the digest that the file really has.</summary>
    /// <exception cref="FormatException">It does not hold, or is another file’s: the message says why, in a part of a sentence.</exception>
    public static (SignedReport Report, Signed Signed) Open(string jws, byte[] digest)
    {
        var signed = Jws.Open(jws, Type);
        var (report, sha256) = Read(signed.Statement);
        return sha256 == Convert.ToHexStringLower(digest)
            ? (report, signed)
            : throw new FormatException($"it was changed since it was signed, as {report.InWords}");
    }

    private static (SignedReport Report, string Sha256) Read(string statement)
    {
        try
        {
            using var json = JsonDocument.Parse(statement, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var said = json.RootElement;
            var questions = said.GetProperty("instrument");
            return (new(
                Text(said, "report"), Text(said, "title"), questions.ValueKind == JsonValueKind.Null ? null : (Text(questions, "id"), Text(questions, "version")), said.GetProperty("round").GetString(),
                said.GetProperty("madeAt").GetDateTimeOffset(), new(Text(said, "installation"), UriKind.Absolute)), Text(said, "sha256"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException("what its signature says can’t be read");
        }

        static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name);
    }
}

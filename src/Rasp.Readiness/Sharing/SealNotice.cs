namespace Rasp.Readiness.Sharing;

/// <summary>What an organisation tells partners on other servers of its seal: the commitments, how deep it shows itself, and whether it has withdrawn.</summary>
/// <param name="Organisation">What it is called in the round.</param>
/// <param name="Version">1, or more where it was corrected after the round opened.</param>
/// <param name="Number">Which of its seals in the round, from 1: it goes up when a seal is opened and made again.</param>
/// <param name="SealedAt">When it was sealed.</param>
/// <param name="At">When this became so: of two notices of one organisation the later one counts.</param>
/// <param name="Depth">What it shows those who show as much.</param>
/// <param name="Commitments">The seal.</param>
/// <param name="WithdrawnAt">When it took back what it showed; null where it has not.</param>
public sealed record SealNotice(string Organisation, int Version, int Number, DateTimeOffset SealedAt, DateTimeOffset At, Depth Depth, Commitments Commitments, DateTimeOffset? WithdrawnAt)
{
    /// <summary>The form of these documents. It changes when they do.</summary>
    public const string Format = "rasp-exchanged-seal/1";

    /// <summary>Whether it shows anything.</summary>
    public bool Shares => Depth != Depth.Nothing && WithdrawnAt is null;

    /// <summary>Writes it as JSON, on one line.</summary>
    public string Write() => ExchangeJson.Write(Format, json =>
    {
        json.WriteString("organisation", Organisation);
        json.WriteNumber("version", Version);
        json.WriteNumber("number", Number);
        json.WriteTime("sealedAt", SealedAt);
        json.WriteTime("at", At);
        json.WriteString("depth", Depth.Word());
        json.WriteStartObject("commitments");
        json.WriteString("areas", Commitments.Areas);
        json.WriteString("questions", Commitments.Questions);
        json.WriteString("everything", Commitments.Everything);
        json.WriteEndObject();
        json.WriteTime("withdrawnAt", WithdrawnAt);
    });

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none: the message says why.</exception>
    public static SealNotice Read(string text) => ExchangeJson.Read(Format, text, json =>
    {
        if (!json.TryGetProperty("commitments", out var commitments)) throw new FormatException("it has no commitments");
        return new SealNotice(
            json.Name("organisation"), json.Count("version"), json.Count("number"), json.Time("sealedAt"), json.Time("at"), json.DepthOf("depth"),
            new(commitments.Hexadecimal("areas"), commitments.Hexadecimal("questions"), commitments.Hexadecimal("everything")), json.OptionalTime("withdrawnAt"));
    });
}

namespace Rasp.Readiness.Sharing;

/// <summary>What one organisation releases to one partner on another server: its sealed document, cut to the lesser of their two depths, with the salt that proves it.</summary>
/// <param name="Organisation">Whose it is.</param>
/// <param name="Recipient">For whom.</param>
/// <param name="RecipientKey">The thumbprint of the recipient's signing key: it names the recipient and its round.</param>
/// <param name="Instrument">What was asked.</param>
/// <param name="Stage">The key of the round's stage.</param>
/// <param name="Version">1, or more where it was corrected.</param>
/// <param name="Number">Which of its seals this is under.</param>
/// <param name="Depth">Areas, questions or everything.</param>
/// <param name="Salt">In hexadecimal.</param>
/// <param name="Document">The sealed document, to the letter.</param>
/// <param name="At">When it was released.</param>
public sealed record Bundle(
    string Organisation, string Recipient, string RecipientKey, AskedInstrument Instrument, string Stage, int Version, int Number, Depth Depth, string Salt, string Document, DateTimeOffset At)
{
    /// <summary>The form of these documents. It changes when they do.</summary>
    public const string Format = "rasp-bundle/1";

    /// <summary>The commitment that salt and document have: it is to be the one that was sealed.</summary>
    public string Commitment => Convert.ToHexStringLower(SealedDocument.Commit(Convert.FromHexString(Salt), Document));

    /// <summary>Writes it as JSON, on one line.</summary>
    public string Write() => ExchangeJson.Write(Format, json =>
    {
        json.WriteString("organisation", Organisation);
        json.WriteString("recipient", Recipient);
        json.WriteString("recipientKey", RecipientKey);
        json.WriteInstrument(Instrument);
        json.WriteString("stage", Stage);
        json.WriteNumber("version", Version);
        json.WriteNumber("number", Number);
        json.WriteString("depth", Depth.Word());
        json.WriteTime("at", At);
        json.WriteString("salt", Salt);
        json.WriteString("document", Document);
    });

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none: the message says why.</exception>
    public static Bundle Read(string text) => ExchangeJson.Read(Format, text, json => new Bundle(
        json.Name("organisation"), json.Name("recipient"), json.Hexadecimal("recipientKey"), json.Instrument(), json.Key("stage"), json.Count("version"), json.Count("number"),
        json.DepthOf("depth") is var depth and not Depth.Nothing ? depth : throw new FormatException("its depth is nothing, and so there is nothing in it"),
        json.Hexadecimal("salt"), json.Text("document"), json.Time("at")));
}

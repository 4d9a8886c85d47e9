namespace Rasp.Readiness.Sharing;

/// <summary>An instrument as another server can compare it: the same id, version and content ask the same.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">The SHA-256 of its files (docs/exchange.md), in 64 hexadecimal digits.</param>
public sealed record AskedInstrument(string Id, string Version, string Hash);

/// <summary>
/// How an organisation introduces itself to partners on other servers: who it is, in which round of which questions, and the two keys that it
/// made for that round. Whoever knows the signing key's thumbprint from the organisation itself can trust all that the key signs.
/// </summary>
/// <param name="Organisation">What it is called in the round.</param>
/// <param name="Programme">What its own server calls the programme.</param>
/// <param name="Round">What its own server calls the round.</param>
/// <param name="Stage">The key of the round's stage.</param>
/// <param name="Instrument">What is asked.</param>
/// <param name="At">When the keys were made.</param>
/// <param name="SigningKey">Signs the seals and bundles of this organisation in this round, and nothing else.</param>
/// <param name="EncryptionKey">What bundles for this organisation are encrypted to.</param>
public sealed record Introduction(
    string Organisation, string Programme, string Round, string Stage, AskedInstrument Instrument, DateTimeOffset At, ExchangeKey SigningKey, ExchangeKey EncryptionKey)
{
    /// <summary>The form of these documents. It changes when they do.</summary>
    public const string Format = "rasp-introduction/1";

    /// <summary>Writes it as JSON, on one line.</summary>
    public string Write() => ExchangeJson.Write(Format, json =>
    {
        json.WriteString("organisation", Organisation);
        json.WriteString("programme", Programme);
        json.WriteString("round", Round);
        json.WriteString("stage", Stage);
        json.WriteInstrument(Instrument);
        json.WriteTime("at", At);
        json.WriteKey("signingKey", SigningKey);
        json.WriteKey("encryptionKey", EncryptionKey);
    });

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none: the message says why.</exception>
    public static Introduction Read(string text) => ExchangeJson.Read(Format, text, json => new Introduction(
        json.Name("organisation"), json.Name("programme"), json.Name("round"), json.Key("stage"), json.Instrument(), json.Time("at"), json.PublicKey("signingKey"), json.PublicKey("encryptionKey")));
}

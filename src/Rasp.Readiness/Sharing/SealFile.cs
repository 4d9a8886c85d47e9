using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rasp.Readiness.Sharing;

/// <summary>
/// One organisation's seal as a file to keep: what it shows at a depth, the salt, and the commitment that was shown before the reveal.
/// Whoever has it can verify it without Rasp (docs/seals.md).
/// </summary>
/// <param name="Organisation">Whose it is.</param>
/// <param name="Programme">In which programme.</param>
/// <param name="Round">In which round.</param>
/// <param name="Number">Which of the organisation's seals in the round, from 1.</param>
/// <param name="SealedAt">When it was sealed.</param>
/// <param name="Depth">What the document shows: areas, questions or everything.</param>
/// <param name="Commitment">SHA-256 of salt and document, 64 hexadecimal digits in lower case.</param>
/// <param name="Salt">In hexadecimal.</param>
/// <param name="Document">The sealed document, to the letter.</param>
public sealed record SealFile(
    string Organisation, string Programme, string Round, int Number, DateTimeOffset SealedAt, Depth Depth, string Commitment, string Salt, string Document)
{
    /// <summary>The form of these files. It changes when they do.</summary>
    public const string Format = "rasp-seal/1";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>The commitment that salt and document really have.</summary>
    public string Recomputed => Convert.ToHexStringLower(SealedDocument.Commit(Convert.FromHexString(Salt), Document));

    /// <summary>Whether the document is the one that was sealed under the commitment.</summary>
    public bool Holds => Recomputed == Commitment;

    /// <summary>What it is, in a part of a sentence on one line.</summary>
    public string InWords => Quoting.OneLine($"what {Organisation} shows of its round {Round} in {Programme}, at the depth '{Depth.Word()}'");

    /// <summary>What is wrong with it; empty where it holds, and says of itself what its document says.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!Holds) faults.Add($"this is not what was sealed: salt and document come to {Recomputed}, and the seal is {Commitment}");
        try
        {
            var heading = SealedDocument.Heading(Document);
            Same("organisation", Organisation, heading.Organisation);
            Same("programme", Programme, heading.Programme);
            Same("round", Round, heading.Round);
            Same("depth", Depth.Word(), heading.Depth.Word());
        }
        catch (FormatException failure)
        {
            faults.Add($"the sealed document in it can't be read: {failure.Message}");
        }
        return faults;

        void Same(string what, string here, string there)
        {
            if (here != there) faults.Add($"the file says that its {what} is {Quoting.Quote(here)}, the sealed document says {Quoting.Quote(there)}");
        }
    }

    /// <summary>Writes it as JSON.</summary>
    public string Write()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("organisation", Organisation);
            json.WriteString("programme", Programme);
            json.WriteString("round", Round);
            json.WriteNumber("number", Number);
            json.WriteString("sealedAt", SealedAt.UtcDateTime);
            json.WriteString("depth", Depth.Word());
            json.WriteString("commitment", Commitment);
            json.WriteString("salt", Salt);
            json.WriteString("document", Document);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    /// <summary>Reads one, and verifies it.</summary>
    public static Reading<SealFile> Read(SourceFile source)
    {
        var faults = new List<Fault>();
        var file = default(SealFile);
        if (source.Text(faults, "give the file as it was downloaded") is { } text)
        {
            try
            {
                using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
                file = Read(json.RootElement);
                faults.AddRange(file.Faults().Select(f => new Fault(source.Path, 1, 1, f)));
            }
            catch (JsonException failure)
            {
                faults.Add(new(source.Path, 1 + (int)(failure.LineNumber ?? 0), 1 + (int)(failure.BytePositionInLine ?? 0), "this is no JSON; give the file as it was downloaded"));
            }
            catch (FormatException failure)
            {
                faults.Add(new(source.Path, 1, 1, failure.Message));
            }
            catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException)
            {
                faults.Add(new(source.Path, 1, 1, $"this is no seal file: {failure.Message}"));
            }
        }
        return Reading<SealFile>.Of(() => file!, faults);
    }

    private static SealFile Read(JsonElement json)
    {
        if (Text("format") is var format && format != Format) throw new FormatException($"its format is {Quoting.Quote(format)}, and this Rasp reads '{Format}'");
        return new(
            Text("organisation"), Text("programme"), Text("round"), json.GetProperty("number").GetInt32(), json.GetProperty("sealedAt").GetDateTimeOffset(),
            Depths.Parse(Text("depth")) is { } depth and not Depth.Nothing ? depth : throw new FormatException($"its depth is {Quoting.Quote(Text("depth"))}; it can be areas, questions or everything"),
            Hexadecimal("commitment", SHA256.HashSizeInBytes), Hexadecimal("salt", SealedDocument.SaltLength), Text("document"));

        string Text(string name) => json.TryGetProperty(name, out var value) && value.GetString() is { } text ? text : throw new FormatException($"this is no seal file: it has no {name}");

        string Hexadecimal(string name, int bytes) => Text(name) is var text && text.Length == 2 * bytes && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new FormatException($"its {name} is not {2 * bytes} hexadecimal digits in lower case");
    }
}

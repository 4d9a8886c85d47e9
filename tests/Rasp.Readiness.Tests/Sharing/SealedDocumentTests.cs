using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>What is sealed is read back as what it was, and as nothing else.</summary>
public sealed class SealedDocumentTests
{
    private const double Hair = 1e-9;

    private static readonly Depth[] Shown = [Depth.Areas, Depth.Questions, Depth.Everything];

    private static readonly string[] Awkward =
    [
        "she said \"no\" and \\ went", "two\nlines\r\nand\ra tab\t", "🙂👩‍👩‍👧 ŵ", "שלום עולם \u200f\u202e", "<script>&amp;'+=", "\u0000\u0001\u001f\u007f\u0085\u2028\u2029\ufeff", "\ue000\U0010ffff",
        new('x', 10_000), string.Concat(Enumerable.Repeat("🙂", 5_000)), " ",
    ];

    [Fact]
    public void A_release_is_the_same_whether_it_is_read_from_its_document_or_made_at_once() => Sheets.ForEvery((result, sheet) => Shown.All(depth =>
    {
        var marked = Sheets.Map(sheet, a => a with { Note = a.Note is null ? null : Awkward[Math.Abs(a.Note.Length) % Awkward.Length] });
        var (read, made) = (SealedDocument.Read(result.Instrument, SealedDocument.Write("A programme", result, marked, depth)), Release.Of(result, marked, depth));
        AssertClose(made, read);
        return Sheets.Text(made) == Sheets.Text(read);
    }));

    [Fact]
    public void Awkward_texts_come_back_to_the_letter()
    {
        foreach (var text in Awkward)
        {
            var (result, sheet) = Sheets.Of(Instrument(Q("q1")), "p1 q1 4 fixed minutes");
            var written = Sheets.Map(sheet, a => a with { Note = text, Evidence = text });
            var document = SealedDocument.Write(text, result with { Organisation = text }, written, Depth.Everything);
            Assert.Equal([new ReleasedNote(text, text)], SealedDocument.Read(result.Instrument, document).Notes.Values);
            Assert.Equal((text, text), (SealedDocument.Heading(document).Organisation, SealedDocument.Heading(document).Programme));
            // Whoever reads it with another reader of JSON reads the same.
            Assert.Equal(text, JsonNode.Parse(document)!["answers"]![0]!["note"]!.GetValue<string>());
            Assert.DoesNotContain('\n', document);
        }
    }

    [Fact]
    public void A_document_is_written_the_same_whatever_the_culture_and_order()
    {
        var (result, sheet) = Sheets.Of(Instrument(Q("q1"), Q("q2", 3)), "p1 q1 2", "p1 q2 5");
        var backwards = sheet with { Respondents = [.. sheet.Respondents.Select(r => r with { Answers = r.Answers.Reverse().ToDictionary() })] };
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new("de-DE");
            var document = SealedDocument.Write("P", result, sheet, Depth.Everything);
            Assert.Contains("\"score\":81.25", document, StringComparison.Ordinal);
            Thread.CurrentThread.CurrentCulture = new("ar-SA");
            Assert.Equal(document, SealedDocument.Write("P", result, backwards, Depth.Everything));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_commitment_is_the_SHA_256_of_the_salt_and_directly_after_it_the_document_in_UTF_8() =>
        Gen.Select(Gen.Byte.Array[SealedDocument.SaltLength], Gen.Int[0, Awkward.Length - 1]).Sample((salt, which) =>
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            sha.AppendData(salt);
            sha.AppendData(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(Awkward[which]));
            return sha.GetHashAndReset().AsSpan().SequenceEqual(SealedDocument.Commit(salt, Awkward[which]));
        }, iter: 100);

    [Fact]
    public void A_commitment_is_what_sha256sum_says() =>
        // printf 'salt{}' | sha256sum
        Assert.Equal("d7c765b399c3a6991ef0b6d49d47662966e2f7acc387535a84b65b7d8704d579", Convert.ToHexStringLower(SealedDocument.Commit("salt"u8, "{}")));

    [Fact]
    public void What_is_no_document_of_this_instrument_is_refused()
    {
        var (result, sheet) = Sheets.Of(Instrument(Q("q1", gate: 3), Q("q2")), "p1 q1 2 fixed minutes", "p1 q2 4");
        var document = SealedDocument.Write("P", result, sheet, Depth.Everything);
        var other = Sheets.Instrument(Instrument(Q("q1")) with { Version = "2.0.0" });
        foreach (var text in (string[])
        [
            "", "{}", "[]", "null", "\"rasp-sealed/1\"", "{", document + "x", document[..^1], new('[', 10_000), "{\"format\":\"rasp-sealed/1\",\"instrument\":null}",
            document.Replace("rasp-sealed/1", "rasp-sealed/2", StringComparison.Ordinal),
            document.Replace("\"depth\":\"everything\"", "\"depth\":\"nothing\"", StringComparison.Ordinal),
            document.Replace("\"depth\":\"everything\"", "\"depth\":\"all\"", StringComparison.Ordinal),
            document.Replace("\"stage\":null", "\"stage\":\"elsewhere\"", StringComparison.Ordinal),
            document.Replace("\"question\":\"a.t.q2\"", "\"question\":\"a.t.q1\"", StringComparison.Ordinal),
            document.Replace("\"question\":\"a.t.q2\"", "\"question\":\"a.t.q9\"", StringComparison.Ordinal),
            document.Replace("\"question\":\"a.t.q2\"", "\"question\":null", StringComparison.Ordinal),
            document.Replace("\"answer\":\"4\"", "\"answer\":\"6\"", StringComparison.Ordinal),
            document.Replace("\"answer\":\"4\"", "\"answer\":4", StringComparison.Ordinal),
            document.Replace("\"answer\":\"4\"", "\"answer\":null", StringComparison.Ordinal),
            document.Replace("\"stance\":\"fixed\"", "\"stance\":\"firm\"", StringComparison.Ordinal),
            document.Replace("\"kind\":\"show-stopper\"", "\"kind\":\"triumph\"", StringComparison.Ordinal),
            document.Replace("\"organisation\":\"Powys\"", "\"organisation\":null", StringComparison.Ordinal),
            document.Replace("\"organisation\":\"Powys\"", "\"organisation\":\"Powys\",\"organisation\":\"Torfaen\"", StringComparison.Ordinal),
            document.Replace("\"band\":\"", "\"band\":\"un", StringComparison.Ordinal),
            document.Replace("\"provisional\":false", "\"provisional\":0", StringComparison.Ordinal),
        ])
        {
            Assert.NotEqual(document, text);
            Assert.Throws<FormatException>(() => SealedDocument.Read(result.Instrument, text));
        }
        Assert.Throws<FormatException>(() => SealedDocument.Read(other, document));
    }

    [Fact]
    public void Whatever_is_taken_away_from_a_document_it_is_refused_or_read_and_never_anything_else() =>
        Gen.Select(Generated.Single, Gen.Int[0, 2], Gen.Int[0, 1000], Gen.Int[0, 3]).Sample((given, depth, place, how) => Sheets.Of(given).All(s =>
        {
            var document = SealedDocument.Write("P", s.Result, s.Sheet, Shown[depth]);
            var root = JsonNode.Parse(document)!;
            var nodes = Nodes(root).ToList();
            var node = nodes[place % nodes.Count];
            JsonNode? replaced = how switch { 0 => null, 1 => JsonValue.Create(1), 2 => new JsonArray(), _ => JsonValue.Create("?") };
            if (node.Parent is JsonObject parent && how == 3 && place % 2 == 0) parent.Remove(node.GetPropertyName());
            else if (node.Parent is not null) node.ReplaceWith(replaced);
            try
            {
                SealedDocument.Read(s.Result.Instrument, root.ToJsonString());
            }
            catch (FormatException)
            {
                // Refused.
            }
            return true;
        }), iter: 300, print: g => Core.Print(g.Item1));

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        node switch
        {
            JsonObject o => [node, .. o.Select(p => p.Value).OfType<JsonNode>().SelectMany(Nodes)],
            JsonArray a => [node, .. a.OfType<JsonNode>().SelectMany(Nodes)],
            _ => [node],
        };

    /// <summary>Scores, findings and answers, number by number.</summary>
    private static void AssertClose(Release made, Release read)
    {
        foreach (var (m, r) in Numbers(made).Zip(Numbers(read))) Assert.True(m is null ? r is null : Math.Abs(m.Value - r!.Value) <= Hair);
        Assert.Equal(Numbers(made).Count(), Numbers(read).Count());
        Assert.Equal(made.Result?.Findings.Select(f => (f.Kind, f.Result.Question.Key)), read.Result?.Findings.Select(f => (f.Kind, f.Result.Question.Key)));
        Assert.Equal(made.Result?.Questions.Select(q => (q.Question.Key, q.Answer.Choice, q.Answer.Stance)), read.Result?.Questions.Select(q => (q.Question.Key, q.Answer.Choice, q.Answer.Stance)));
        Assert.Equal(made.Notes, read.Notes);
    }

    private static IEnumerable<double?> Numbers(Release release) =>
        release.Areas.Select(a => a.Result).Prepend(release.Overall!).SelectMany(s => (double?[])[s.Score.Value, s.Score.Low, s.Score.High, s.Score.Coverage]);
}

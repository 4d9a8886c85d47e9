using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rasp.Reports;
using Rasp.Tests.Reports;
using Rasp.Tests.Verbs;

namespace Rasp.Tests.Signing;

/// <summary>Reports are signed, and <c>rasp verify</c> tells of a file alone whether it is as it was made: nothing that somebody changes goes unseen, and no key but the one that signed is named.</summary>
public sealed class SignatureTests
{
    private const string Part = "rasp/signature.jws";

    [Fact]
    public async Task A_report_that_holds_says_what_it_is_and_whose_key_signed_it_however_it_is_packed()
    {
        await using var host = await RaspHost.StartAsync();
        using var folder = new TemporaryFolder();
        var visitor = host.NewVisitor();
        var assessment = await visitor.StartAssessmentAsync("Testshire “<&>” 🏛 שלום");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "keys.json"), (await visitor.GetAsync(Links.KeysJson)).Body);
        var key = await KeyOfAsync(visitor);
        foreach (var extension in (string[])["docx", "xlsx"])
        {
            var bytes = await OfficeFile.DownloadAsync(visitor, Links.Report(ReportSubject.Results, assessment.Reference, extension));
            (extension == "docx" ? (IDisposable)OfficeFile.Word(bytes) : OfficeFile.Workbook(bytes)).Dispose();
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "report." + extension), bytes);
            // Packed anew, in another order and not compressed, it is the same report.
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "packed." + extension), Packed([.. Enumerable.Reverse(Parts(bytes))]));

            var ran = await RaspProcess.RunAsync(folder.Path, ["verify", $"report.{extension}", $"packed.{extension}"]);
            Assert.Equal((0, ""), (ran.Status, ran.Error));
            var said = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, said.Length);
            Assert.Equal(
                $"report.{extension}: it holds. This is “Results of Testshire “<&>” 🏛 שלום” (Report of results), made on 24 November 2026, 9:30 (UTC) by http://rasp.example.gov.uk/, with the questions rasp {host.Instrument.Version}, round 2026-11, "
                + $"exactly as it was signed by the key {key}. That proves this key, and not whose it is: compare it with the one that the installation shows on its page /keys, or give that with --key.",
                said[0]);

            foreach (var pin in (string[])[key, "keys.json"])
            {
                var pinned = await RaspProcess.RunAsync(folder.Path, ["verify", $"report.{extension}", "--key", pin]);
                Assert.Equal((0, ""), (pinned.Status, pinned.Error));
                Assert.EndsWith($"exactly as it was signed by the key {key}, which you gave.\n", pinned.Output, StringComparison.Ordinal);
            }
        }
        // A key that has been retired meanwhile still tells.
        Assert.Equal(0, (await RaspProcess.RunAsync(folder.Path, ["retire-key"], ("RASP_DATA", host.Settings.Data))).Status);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "later.json"), (await visitor.GetAsync(Links.KeysJson)).Body);
        Assert.Equal(0, (await RaspProcess.RunAsync(folder.Path, ["verify", "report.docx", "--key", "later.json"])).Status);
        Assert.Equal(1, (await RaspProcess.RunAsync(folder.Path, ["verify", "report.docx", "--key", await KeyOfAsync(visitor)])).Status);
    }

    [Fact]
    public async Task Whatever_was_changed_in_a_report_is_told()
    {
        await using var host = await RaspHost.StartAsync();
        using var folder = new TemporaryFolder();
        var bytes = await OfficeFile.DownloadAsync(host.NewVisitor(), Links.Report(ReportSubject.Comparison, "example-2026-07", "docx"));
        var parts = Parts(bytes);
        var wrong = new Dictionary<string, byte[]>
        {
            ["one byte"] = Packed([.. parts.Select(p => p.Name == "word/document.xml" ? (p.Name, Flipped(p.Content)) : p)]),
            ["a part more"] = Packed([.. parts, ("word/more.xml", "<more/>"u8.ToArray())]),
            ["a part less"] = Packed([.. parts.Where(p => p.Name != "word/footer1.xml" && !p.Name.Contains("chart", StringComparison.Ordinal))]),
            ["two of a name"] = Packed([.. parts, parts.First(p => p.Name == "word/document.xml")]),
            ["two names but for case"] = Packed([.. parts, ("WORD/document.xml", "<w/>"u8.ToArray())]),
            ["another name"] = Packed([.. parts.Select(p => (p.Name == "word/document.xml" ? "word/document2.xml" : p.Name, p.Content))]),
        };
        foreach (var (what, changed) in wrong)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "report.docx"), changed);
            var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "report.docx"]);
            Assert.Equal((what, 1, ""), (what, ran.Status, ran.Output));
            Assert.StartsWith("report.docx:1:1: error: it was changed since it was signed", Assert.Single(ran.Faults), StringComparison.Ordinal);
        }
        foreach (var (what, unsigned) in new Dictionary<string, byte[]> { ["no signature"] = Packed([.. parts.Where(p => p.Name != Part)]), ["no package"] = [.. "PK\x03\x04 and then nothing"u8] })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "report.docx"), unsigned);
            var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "report.docx"]);
            Assert.Equal((what, 1, ""), (what, ran.Status, ran.Output));
            Assert.StartsWith(what == "no package" ? "report.docx:1:1: error: it can’t be unpacked" : "report.docx:1:1: error: it bears no signature", Assert.Single(ran.Faults), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_other_way_of_signing_is_accepted_and_another_key_is_named_as_what_it_is()
    {
        await using var host = await RaspHost.StartAsync();
        using var folder = new TemporaryFolder();
        var visitor = host.NewVisitor();
        var bytes = await OfficeFile.DownloadAsync(visitor, Links.Report(ReportSubject.Comparison, "example-2026-07", "xlsx"));
        var own = await KeyOfAsync(visitor);
        var parts = Parts(bytes);
        var jws = Encoding.ASCII.GetString(parts.Single(p => p.Name == Part).Content);
        var (header, statement) = (JsonNode.Parse(Base64Url.DecodeFromChars(jws.Split('.')[0]))!.AsObject(), jws.Split('.')[1]);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = other.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        var others = new JsonObject { ["crv"] = "P-256", ["kty"] = "EC", ["x"] = x, ["y"] = y };

        (string What, string Jws, string Fault)[] refused =
        [
            ("none", Unsigned(With(("alg", "none"))) + ".", "it is signed by 'none'; only ES256 is accepted"),
            ("none, another spelling", Unsigned(With(("alg", "nOnE"))) + ".", "it is signed by 'nOnE'"),
            ("a secret of the public key", Hmac(With(("alg", "HS256")), Encoding.UTF8.GetBytes(header["jwk"]!["x"]!.GetValue<string>())), "it is signed by 'HS256'"),
            ("another curve's algorithm", jws.Replace(jws.Split('.')[0], Encoded(With(("alg", "ES384"))), StringComparison.Ordinal), "it is signed by 'ES384'"),
            ("no signature", Unsigned(header) + ".", "its signature does not hold"),
            ("another signature", Signed(header), "its signature does not hold"),
            ("the key replaced and not its name", Signed(With(("jwk", others.DeepClone()))), "names another key than it brings"),
            ("the key from elsewhere", Signed(With(("jku", "https://evil.example/keys"))), "its signature’s header says 'jku'"),
            ("what must be understood", Signed(With(("crit", new JsonArray("b64")), ("b64", false))), "its signature’s header says"),
            ("another type", Signed(With(("typ", "rasp-bundle"), ("kid", thumbprint), ("jwk", others.DeepClone()))), "what is signed is 'rasp-bundle'"),
            ("no point of the curve", Signed(With(("jwk", new JsonObject { ["crv"] = "P-256", ["kty"] = "EC", ["x"] = x, ["y"] = x }))), "the key is no point of the curve"),
            ("another curve", Signed(With(("jwk", new JsonObject { ["crv"] = "P-384", ["kty"] = "EC", ["x"] = x, ["y"] = y }))), "the curve P-256"),
            ("no JSON", $"{Base64Url.EncodeToString("nothing"u8)}.{statement}.AAAA", "header can’t be read"),
            ("no parts", "nothing", "three parts"),
            ("encrypted", $"{jws}.AAAA.AAAA", "three parts"),
        ];
        foreach (var (what, tried, fault) in refused)
        {
            var ran = await VerifyAsync(tried);
            Assert.Equal((what, 1, ""), (what, ran.Status, ran.Output));
            Assert.Contains(fault, Assert.Single(ran.Faults), StringComparison.Ordinal);
        }

        // Anybody can sign anything with a key of their own: it is named, and is not the one that was asked for.
        var forged = Signed(With(("kid", thumbprint), ("jwk", others.DeepClone())));
        var held = await VerifyAsync(forged);
        Assert.Equal(0, held.Status);
        Assert.Contains($"by the key {thumbprint}. That proves this key, and not whose it is", held.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(own, held.Output, StringComparison.Ordinal);
        var pinned = await VerifyAsync(forged, "--key", own);
        Assert.Equal((1, ""), (pinned.Status, pinned.Output));
        Assert.Equal($"report.xlsx:1:1: error: it is signed by the key {thumbprint}, which is none that you gave with --key", Assert.Single(pinned.Faults));

        string Signed(JsonObject header)
        {
            var signed = Unsigned(header);
            return $"{signed}.{Base64Url.EncodeToString(other.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }

        string Hmac(JsonObject header, byte[] secret)
        {
            var signed = Unsigned(header);
            return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
        }

        string Unsigned(JsonObject header) => $"{Encoded(header)}.{statement}";

        JsonObject With(params (string Name, JsonNode? Value)[] members)
        {
            var changed = header.DeepClone().AsObject();
            foreach (var (name, value) in members) changed[name] = value;
            return changed;
        }

        async Task<Ran> VerifyAsync(string jws, params string[] more)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "report.xlsx"), Packed([.. parts.Select(p => p.Name == Part ? (p.Name, Encoding.ASCII.GetBytes(jws)) : p)]));
            return await RaspProcess.RunAsync(folder.Path, ["verify", "report.xlsx", .. more]);
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("nothing.json")]
    [InlineData("empty.json")]
    [InlineData("private.json")]
    public async Task A_key_that_is_none_is_a_fault_of_the_call(string key)
    {
        using var folder = new TemporaryFolder();
        folder.File("nothing.json", "[]");
        folder.File("empty.json", """{"keys":[]}""");
        folder.File("private.json", """{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}]}""");
        folder.File("report.json", "{}");
        var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "report.json", "--key", key]);
        Assert.Equal((2, ""), (ran.Status, ran.Output));
        Assert.StartsWith($"rasp: --key: '{key}' is no ", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_the_shell_made_bears_no_signature()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await RaspProcess.RunAsync(folder.Path, ["score", Repository.WorkedExample, "--format", "docx", "--output", "report.docx"])).Status);
        var ran = await RaspProcess.RunAsync(folder.Path, ["verify", "report.docx"]);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.Contains("it bears no signature of Rasp", Assert.Single(ran.Faults), StringComparison.Ordinal);
    }

    private static string Encoded(JsonObject header) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()));

    private static async Task<string> KeyOfAsync(Visitor visitor) => JsonNode.Parse((await visitor.GetAsync(Links.KeysJson)).Body)!["keys"]![0]!["kid"]!.GetValue<string>();

    private static byte[] Flipped(byte[] content)
    {
        var changed = content.ToArray();
        changed[content.Length / 2] ^= 1;
        return changed;
    }

    private static List<(string Name, byte[] Content)> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(e =>
        {
            using var content = new MemoryStream();
            using (var packed = e.Open()) packed.CopyTo(content);
            return (e.FullName, content.ToArray());
        })];
    }

    private static byte[] Packed(IReadOnlyList<(string Name, byte[] Content)> parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var packed = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                packed.Write(content);
            }
        }
        return bytes.ToArray();
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Jose;
using Microsoft.EntityFrameworkCore;
using Rasp.Data;
using Rasp.Data.Exchanges;
using Rasp.Exchanges;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;
using Base64Url = System.Buffers.Text.Base64Url;

namespace Rasp.Tests.Exchanges;

/// <summary>Files that pretend to be a partner's on another server: none is taken, each is refused with a reason, and nothing falls over.</summary>
public sealed class ExchangedFileTests
{
    private const string Alder = Scene.Alder;
    private const string Dene = Scene.Dene;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

    [Fact]
    public async Task What_somebody_made_up_or_changed_is_refused_with_a_reason_and_changes_nothing()
    {
        await using var scene = await ReadyAsync();
        var (seal, bundle, introduction) = (scene.Seal, scene.Bundle, scene.Introduction);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var claims = Payload(seal);
        var jwk = JsonNode.Parse(Header(seal))!["jwk"]!;
        var secret = Encoding.UTF8.GetBytes(jwk.ToJsonString());
        var kid = (string)JsonNode.Parse(Header(seal))!["kid"]!;

        // Another way of signing, or none.
        await RefusedAsync(scene, $"{Encoded($$"""{"alg":"none","typ":"rasp-exchanged-seal-1","kid":"{{kid}}","jwk":{{jwk.ToJsonString()}}}""")}.{seal.Split('.')[1]}.{seal.Split('.')[2].Trim()}", "only ES256");
        await RefusedAsync(scene, JWT.Encode(claims, secret, JwsAlgorithm.HS256, new Dictionary<string, object> { ["typ"] = "rasp-exchanged-seal-1", ["kid"] = kid, ["jwk"] = Members(jwk) }), "only ES256");
        // Another key than it names, a member that is not known, another kind, a later version.
        await RefusedAsync(scene, Signed(own, claims, "rasp-exchanged-seal-1", kid, jwk), "does not hold");
        await RefusedAsync(scene, Signed(own, claims, "rasp-exchanged-seal-1", null, null), "a key that nobody in this round has");
        await RefusedAsync(scene, Signed(own, claims, "rasp-exchanged-seal-1", null, null, "crit"), "'crit'");
        await RefusedAsync(scene, Signed(own, claims, "rasp-exchanged-seal-2", null, null), "may be of a newer one");
        await RefusedAsync(scene, Signed(own, claims, "JWT", null, null), "not a file that Rasp makes");
        await RefusedAsync(scene, Signed(own, Payload(introduction), "rasp-introduction-1", null, null), "another key than it holds");
        // A signature for one kind does not count for another.
        await RefusedAsync(scene, $"{Encoded(Header(seal).Replace("rasp-exchanged-seal-1", "rasp-bundle-1", StringComparison.Ordinal))}.{seal.Split('.')[1]}.{seal.Split('.')[2].Trim()}", "does not hold");

        // What is encrypted: otherwise, compressed, to nobody here, with nothing signed in it.
        var envelope = JsonNode.Parse(Header(bundle))!;
        foreach (var (member, value) in new[] { ("alg", "dir"), ("alg", "ECDH-ES"), ("alg", "RSA1_5"), ("enc", "A128CBC-HS256"), ("cty", "rasp-bundle-2") })
        {
            var changed = envelope.DeepClone().AsObject();
            changed[member] = value;
            await RefusedAsync(scene, Encoded(changed.ToJsonString()) + bundle[bundle.IndexOf('.', StringComparison.Ordinal)..], $"its {member} is another than");
        }
        var zipped = envelope.DeepClone().AsObject();
        zipped["zip"] = "DEF";
        await RefusedAsync(scene, Encoded(zipped.ToJsonString()) + bundle[bundle.IndexOf('.', StringComparison.Ordinal)..], "other members");
        var off = envelope.DeepClone().AsObject();
        off["epk"]!["y"] = (string)off["epk"]!["x"]!;
        await RefusedAsync(scene, Encoded(off.ToJsonString()) + bundle[bundle.IndexOf('.', StringComparison.Ordinal)..], "can’t be decrypted");
        await RefusedAsync(scene, Encrypted("hello", scene.AlderKey), "not a file that Rasp makes");
        await RefusedAsync(scene, Encrypted(seal.Trim(), scene.AlderKey), "no bundle in it");
        await RefusedAsync(scene, Encrypted(Signed(own, Payload(scene.Decrypted), "rasp-bundle-1", null, null), scene.AlderKey), "a key that nobody in this round has");
        await RefusedAsync(scene, Encrypted(scene.Decrypted, new Jwk(crv: "P-256", x: Base64Url.EncodeToString(own.ExportParameters(false).Q.X), y: Base64Url.EncodeToString(own.ExportParameters(false).Q.Y), d: null)), "not encrypted to a key of an organisation that you lead");
    }

    [Fact]
    public async Task Files_of_another_kind_are_refused_with_a_reason_whatever_their_size()
    {
        await using var scene = await ReadyAsync();
        foreach (var (bytes, why) in new (byte[], string)[]
        {
            ([], "Choose the file"),
            ([.. " \n\t"u8], "it is empty"),
            ([.. "PK\x03\x04 zip"u8], "zip archive or an Office document"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "zip archive or an Office document"),
            ([.. "%PDF-1.7"u8], "a PDF"),
            ([.. "{\"format\":\"rasp-seal/1\"}"u8], "it is JSON"),
            ([.. "<html>eyJ</html>"u8], "not a file that Rasp makes"),
            (Encoding.UTF8.GetBytes(scene.Seal.Insert(40, "\n")), "its text has been changed"),
            (Encoding.UTF8.GetBytes(scene.Seal.Trim() + "."), "not whole"),
            (Encoding.UTF8.GetBytes("eyJ" + new string('A', 1_000_001) + ".AAAA.AAAA"), "not whole"),
            (new byte[5_000_001], "larger than 5 MB"),
        })
        {
            var page = await scene.Here.BringAsync(Alder, bytes);
            Assert.Equal(400, page.Status);
            Assert.Contains(why, Assert.Single(page.Faults), StringComparison.Ordinal);
        }
        Assert.Equal(413, (await scene.Here.BringAsync(Alder, new byte[6_000_000])).Status);
    }

    [Fact]
    public async Task A_file_of_one_round_counts_in_no_other()
    {
        await using var scene = await ReadyAsync();
        Assert.Contains("It fits its seal", (await scene.Here.BringAsync(Alder, scene.Bundle)).Words, StringComparison.Ordinal);
        await scene.Here.Partnership.OpenRoundAsync();
        await scene.There.Partnership.OpenRoundAsync();
        var (here, there) = (await scene.Here.NextAsync(), await scene.There.NextAsync());
        Assert.NotEqual(scene.Here.Round, here.Round);
        foreach (var file in new[] { scene.Seal, scene.Bundle })
        {
            var page = await here.BringAsync(Alder, file);
            Assert.Contains(file == scene.Seal ? "a key that nobody in this round has" : "for somebody else, or for another round", Assert.Single(page.Faults), StringComparison.Ordinal);
        }
        // The old introduction is of the old keys: whoever compares finds that they are not those of this round.
        var (old, now) = (await here.BringAsync(Alder, scene.Introduction), await there.IntroduceAsync(Dene));
        Assert.NotEqual(await there.KeyAsync(Dene), old.Document.QuerySelector("code")!.TextContent);
        Assert.NotEqual(scene.Introduction, now);
    }

    [Fact]
    public async Task No_file_that_differs_in_a_character_is_ever_taken_and_none_makes_it_fall_over()
    {
        await using var scene = await ReadyAsync();
        var random = new Random(2026);
        var lead = await scene.HereHost.AskAsync((RaspDb db) => db.Users.Where(u => u.Email == Partnership.Email(Alder)).Select(u => u.Id).SingleAsync());
        var round = Guid.ParseExact(scene.Here.Round, "N");
        var before = await scene.HereHost.DumpAsync();
        foreach (var (file, times) in new[] { (scene.Bundle, 250), (scene.Deeper, 150), (scene.Third, 150) })
        {
            for (var i = 0; i < times; i++)
            {
                var mutant = Mutate(file.Trim(), random);
                if (mutant == file.Trim()) continue;
                var (_, outcome) = await scene.HereHost.AskAsync((Intake t) => t.TakeAsync(round, lead, Encoding.Latin1.GetBytes(mutant), true, default));
                Assert.True(outcome.End == ExchangeEnd.Refused && outcome.Why is { Length: > 5 }, $"{outcome}: {mutant}");
            }
        }
        Assert.Equal(before, await scene.HereHost.DumpAsync());
        // The files themselves are good.
        Assert.Contains("It fits its seal", (await scene.Here.BringAsync(Alder, scene.Bundle)).Words, StringComparison.Ordinal);
        Assert.Contains("is in", (await scene.Here.BringAsync(Alder, scene.Deeper)).Words, StringComparison.Ordinal);
    }

    private static string Mutate(string file, Random random)
    {
        var text = new StringBuilder(file);
        for (var changes = 1 + random.Next(2); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0: text.Remove(at, 1); break;
                case 1: text.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                case 2: text.Length = Math.Max(1, at); break;
                case 3: text[at] = (char)random.Next(256); break;
                default: text[at] = Alphabet[random.Next(Alphabet.Length)]; break;
            }
        }
        return text.ToString().Trim(' ', '\t', '\r', '\n');
    }

    private static async Task RefusedAsync(Ready scene, string file, string why)
    {
        var page = await scene.Here.BringAsync(Alder, file);
        Assert.Equal(400, page.Status);
        Assert.Contains(why, Assert.Single(page.Faults), StringComparison.Ordinal);
    }

    private static string Payload(string file) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(file.Trim().Split('.')[1]));

    private static string Header(string file) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(file.Trim().Split('.')[0]));

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static Dictionary<string, object> Members(JsonNode jwk) => jwk.AsObject().ToDictionary(m => m.Key, m => (object)(string)m.Value!);

    private static string Signed(ECDsa key, string claims, string type, string? kid, JsonNode? jwk, string? more = null)
    {
        var q = key.ExportParameters(false).Q;
        var own = new ExchangeKey(Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y));
        var header = new Dictionary<string, object>
        {
            ["typ"] = type,
            ["kid"] = kid ?? own.Id,
            ["jwk"] = jwk is null ? new Dictionary<string, object> { ["crv"] = "P-256", ["kty"] = "EC", ["x"] = own.X, ["y"] = own.Y } : Members(jwk),
        };
        if (more is not null) header[more] = new[] { "typ" };
        return JWT.Encode(claims, key, JwsAlgorithm.ES256, header);
    }

    private static string Encrypted(string plain, Jwk key)
    {
        var kid = new ExchangeKey(key.X, key.Y).Id;
        return JWE.EncryptBytes(
            Encoding.UTF8.GetBytes(plain), [new JweRecipient(JweAlgorithm.ECDH_ES_A256KW, key)], JweEncryption.A256GCM, mode: SerializationMode.Compact,
            extraProtectedHeaders: new Dictionary<string, object> { ["typ"] = "rasp-encrypted-bundle-1", ["cty"] = "rasp-bundle-1", ["kid"] = kid });
    }

    /// <summary>Two servers, both rounds open and both sides released: what comes next is to bring in the bundle.</summary>
    private static async Task<Ready> ReadyAsync()
    {
        var (first, second, third) = (await RaspHost.StartAsync(), await RaspHost.StartAsync(), await RaspHost.StartAsync());
        var (here, there) = (await Server.StartAsync(first, Alder), await Server.StartAsync(second, Dene));
        var (mine, theirs) = (await here.IntroduceAsync(Alder), await there.IntroduceAsync(Dene));
        await here.MeetAsync(theirs, await there.KeyAsync(Dene));
        await there.MeetAsync(mine, await here.KeyAsync(Alder));
        await here.AnswerAsync(Alder, 1, most: 3);
        await here.SealAsync(Alder, Depth.Everything);
        await there.AnswerAsync(Dene, 2, most: 3);
        await there.SealAsync(Dene, Depth.Questions);
        var seal = await there.SealFileAsync(Dene);
        await here.BringAsync(Alder, seal, opens: true);
        await there.BringAsync(Dene, await here.SealFileAsync(Alder), opens: true);
        await here.ReleaseAsync(Alder, Dene);
        var bundle = (await there.ReleaseAsync(Dene, Alder)).Single();
        await there.BringAsync(Dene, (await here.ReleasedAsync(Alder, Dene)).Single());
        // Its seal again, now that it shows more.
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        await there.Partnership[Dene].SubmitAsync(await there.Partnership[Dene].GetAsync(await there.Partnership.PartAsync(Dene) + "/sharing"), "Show more", ("Depth", "everything"));
        var decrypted = (await there.ReceivedAsync(Dene, Alder)).Single().Trim();
        var other = await Server.StartAsync(third, Scene.Crag);
        var keys = JsonNode.Parse(Payload(mine))!["encryptionKey"]!;
        return new(first, second, third, here, there, theirs, seal, bundle, await there.SealFileAsync(Dene), await other.IntroduceAsync(Scene.Crag), decrypted, new Jwk(crv: "P-256", x: (string)keys["x"]!, y: (string)keys["y"]!, d: null));
    }

    private sealed record Ready(
        RaspHost HereHost, RaspHost ThereHost, RaspHost ThirdHost, Server Here, Server There, string Introduction, string Seal, string Bundle, string Deeper, string Third, string Decrypted, Jwk AlderKey) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await HereHost.DisposeAsync();
            await ThereHost.DisposeAsync();
            await ThirdHost.DisposeAsync();
        }
    }
}

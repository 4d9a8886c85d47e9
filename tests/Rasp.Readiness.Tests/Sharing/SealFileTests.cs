using CsCheck;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>A seal as a file: whoever keeps it can tell later whether it is what was sealed.</summary>
public sealed class SealFileTests
{
    [Fact]
    public void A_file_is_read_as_it_was_written_and_holds() =>
        Gen.Select(Generated.Texts, Generated.Texts, Gen.Byte.Array[SealedDocument.SaltLength], Gen.Int[1, 3]).Sample((organisation, programme, salt, depth) =>
        {
            var file = File(organisation, programme, salt, (Depth)depth);
            return Read(file.Write()).Value == file && file.Holds && file.Faults().Count == 0;
        }, iter: 200);

    [Fact]
    public void Whatever_was_changed_in_it_is_found()
    {
        var file = File("Powys", "A programme", new byte[SealedDocument.SaltLength], Depth.Questions);
        var other = File("Torfaen", "Another", new byte[SealedDocument.SaltLength], Depth.Areas);
        Assert.StartsWith("this is not what was sealed", Assert.Single((file with { Document = file.Document.Replace("\"answer\":\"4\"", "\"answer\":\"5\"", StringComparison.Ordinal) }).Faults()), StringComparison.Ordinal);
        Assert.StartsWith("this is not what was sealed", Assert.Single((file with { Salt = new('f', 64) }).Faults()), StringComparison.Ordinal);
        Assert.StartsWith("this is not what was sealed", Assert.Single((file with { Commitment = other.Commitment }).Faults()), StringComparison.Ordinal);
        Assert.Equal("the file says that its organisation is 'Torfaen', the sealed document says 'Powys'", Assert.Single((file with { Organisation = "Torfaen" }).Faults()));
        Assert.Equal("the file says that its programme is 'Another', the sealed document says 'A programme'", Assert.Single((file with { Programme = "Another" }).Faults()));
        Assert.Equal("the file says that its round is '2026-07', the sealed document says '2026-01'", Assert.Single((file with { Round = "2026-07" }).Faults()));
        Assert.Equal("the file says that its depth is 'everything', the sealed document says 'questions'", Assert.Single((file with { Depth = Depth.Everything }).Faults()));
        Assert.Equal(2, (file with { Document = "{}" }).Faults().Count);
    }

    [Fact]
    public void What_is_no_seal_file_is_refused()
    {
        var text = File("Powys", "P", new byte[SealedDocument.SaltLength], Depth.Areas).Write();
        foreach (var foreign in (string[])
        [
            "", "{}", "[]", "null", "rasp", text[..^3], text.Replace("rasp-seal/1", "rasp-seal/2", StringComparison.Ordinal), text.Replace("\"areas\"", "\"nothing\"", StringComparison.Ordinal),
            text.Replace("\"number\": 2", "\"number\": \"2\"", StringComparison.Ordinal), text.Replace("\"sealedAt\": \"2026", "\"sealedAt\": \"MMXXVI", StringComparison.Ordinal),
            text.Replace("\"salt\": \"00", "\"salt\": \"0", StringComparison.Ordinal), text.Replace("\"salt\": \"00", "\"salt\": \"0g", StringComparison.Ordinal),
            text.Replace("\"organisation\": \"Powys\"", "\"organisation\": null", StringComparison.Ordinal), text.Replace("\"programme\": \"P\",", "", StringComparison.Ordinal),
            text.Replace("\"programme\": \"P\"", "\"programme\": \"P\", \"programme\": \"Q\"", StringComparison.Ordinal),
        ])
        {
            Assert.NotEqual(text, foreign);
            Assert.Single(Read(foreign).Faults);
        }
    }

    [Fact]
    public void What_it_says_of_itself_stays_on_one_line()
    {
        var file = File("Powys\nTorfaen: error", "\u001b[2J", new byte[SealedDocument.SaltLength], Depth.Areas);
        Assert.Equal(@"what Powys\nTorfaen: error shows of its round 2026-01 in \u001b[2J, at the depth 'areas'", file.InWords);
    }

    private static Reading<SealFile> Read(string text) => SealFile.Read(Core.File("seal.json", text));

    private static SealFile File(string organisation, string programme, byte[] salt, Depth depth)
    {
        var (result, sheet) = Sheets.Of(Instrument(Q("q1"), Q("q2")), "p1 q1 4 fixed minutes", "p1 q2 dk");
        var document = SealedDocument.Write(programme, result with { Organisation = organisation }, sheet, depth);
        return new(
            organisation, programme, result.Round, 2, new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero), depth, Convert.ToHexStringLower(SealedDocument.Commit(salt, document)),
            Convert.ToHexStringLower(salt), document);
    }
}

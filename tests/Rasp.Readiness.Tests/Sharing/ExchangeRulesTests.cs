using CsCheck;
using Rasp.Readiness.Sharing;
using static Rasp.Readiness.Tests.Given;

namespace Rasp.Readiness.Tests.Sharing;

/// <summary>What may come in from another server, and what may not, whatever its signature says.</summary>
public sealed class ExchangeRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly AskedInstrument Asked = new("rasp", "1.0.1", new('a', 64));
    private static readonly ExchangeKey One = new(new string('A', 43), new string('B', 42) + "A");
    private static readonly ExchangeKey Two = new(new string('A', 43), new string('C', 42) + "A");
    private static readonly Introduction Introduced = new("Dene", "Ours", "2026-11.01", "explore", Asked, Noon, One, Two);
    private static readonly SealNotice Sealed = new("Dene", 1, 1, Noon, Noon, Depth.Questions, new(new('1', 64), new('2', 64), new('3', 64)), null);
    private static readonly OwnSide Closed = new(false, false, []);
    private static readonly OwnSide Open = new(true, false, []);
    private static readonly OwnSide Released = new(true, true, [1]);

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        Assert.Equal(Introduced, Introduction.Read(Introduced.Write()));
        Assert.Equal(Sealed with { WithdrawnAt = Noon.AddTicks(1) }, SealNotice.Read((Sealed with { WithdrawnAt = Noon.AddTicks(1) }).Write()));
        Gen.Select(Gen.String, Gen.Int[1, 99], Gen.Enum<Depth>().Where(d => d != Depth.Nothing)).Sample((document, number, depth) =>
        {
            // Half of a surrogate pair is no text, in whatever document.
            document = string.Concat(document.EnumerateRunes().Select(r => r.ToString()));
            var bundle = new Bundle("Dene", "Alder", One.Thumbprint, Asked, "explore", number, number + 1, depth, new('d', 64), document, Noon);
            return Bundle.Read(bundle.Write()) == bundle;
        });
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"format":"rasp-exchanged-seal/1"}""")]
    [InlineData("""{"format":"rasp-exchanged-seal/2","organisation":"Dene"}""")]
    public void Anything_else_is_refused_with_a_reason(string text)
    {
        Assert.NotEmpty(Assert.Throws<FormatException>(() => SealNotice.Read(text)).Message);
        Assert.NotEmpty(Assert.Throws<FormatException>(() => Introduction.Read(text)).Message);
        Assert.NotEmpty(Assert.Throws<FormatException>(() => Bundle.Read(text)).Message);
    }

    [Fact]
    public void A_document_with_a_member_missing_twice_or_of_another_kind_is_refused()
    {
        foreach (var text in new[] { Introduced.Write(), Sealed.Write() })
        {
            var members = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject().Select(m => m.Key).ToList();
            foreach (var member in members)
            {
                var less = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
                less.Remove(member);
                Refused(less.ToJsonString());
                var other = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
                other[member] = true;
                Refused(other.ToJsonString());
                Refused($"{text[..^1]},\"{member}\":1}}");
            }
        }

        static void Refused(string text) => Assert.Throws<FormatException>(() => text.Contains("signingKey", StringComparison.Ordinal) || text.Contains("introduction", StringComparison.Ordinal) ? (object)Introduction.Read(text) : SealNotice.Read(text));
    }

    [Fact]
    public void An_introduction_has_to_ask_the_same_under_another_name_by_two_keys_of_its_own()
    {
        Assert.Null(Refuse(Introduced));
        Assert.Contains("made here", Refuse(Introduced, ownKeys: One.Thumbprint));
        Assert.Contains("one key", Refuse(Introduced with { EncryptionKey = One }));
        Assert.Contains("the same questions in the same version", Refuse(Introduced with { Instrument = Asked with { Version = "1.0.2" } }));
        Assert.Contains("their words differ", Refuse(Introduced with { Instrument = Asked with { Hash = new('b', 64) } }));
        Assert.Contains("stage", Refuse(Introduced with { Stage = "run" }));
        Assert.Contains("told apart by their names", Refuse(Introduced with { Organisation = "ALDER" }));

        static string? Refuse(Introduction introduction, string? ownKeys = null) => ExchangeRules.Refuse(introduction, Asked, "explore", ["Alder"], ownKeys is null ? [] : [ownKeys]);
    }

    [Fact]
    public void A_seal_can_be_made_again_until_somebody_has_released_and_never_be_an_older_one()
    {
        var again = Sealed with { Number = 2, SealedAt = Noon.AddHours(1), At = Noon.AddHours(1), Commitments = new(new('4', 64), new('5', 64), new('6', 64)) };
        Assert.Null(Refuse(Sealed, Closed));
        Assert.Contains("opened without", Refuse(Sealed, Open));
        Assert.Contains("of a correction", Refuse(Sealed with { Version = 2 }, Closed));
        Assert.Contains("names Fen", Refuse(Sealed with { Organisation = "Fen" }, Closed));
        Assert.Contains("have it already", Refuse(Sealed, Closed, Sealed));
        Assert.Null(Refuse(again, Closed, Sealed));
        Assert.Null(Refuse(again, Open, Sealed));
        Assert.Contains("after somebody here released", Refuse(again, Released, Sealed));
        Assert.Contains("older than", Refuse(Sealed, Closed, Sealed, again));
        Assert.Contains("under the same number", Refuse(again with { Number = 1 }, Closed, Sealed));
        Assert.Contains("under another number", Refuse(Sealed with { At = Noon.AddHours(1), Number = 2 }, Closed, Sealed));
    }

    [Fact]
    public void After_the_round_is_open_a_depth_only_deepens_and_what_is_withdrawn_stays_withdrawn()
    {
        var later = Sealed with { At = Noon.AddHours(1) };
        Assert.Null(Refuse(later with { Depth = Depth.Areas }, Closed, Sealed));
        Assert.Contains("only deepen", Refuse(later with { Depth = Depth.Areas }, Open, Sealed));
        Assert.Null(Refuse(later with { Depth = Depth.Everything }, Released, Sealed));
        var withdrawn = later with { WithdrawnAt = Noon.AddHours(1) };
        Assert.Null(Refuse(withdrawn, Released, Sealed));
        Assert.Contains("for good", Refuse(later with { At = Noon.AddHours(2) }, Released, Sealed, withdrawn));
    }

    [Fact]
    public void A_correction_stands_beside_what_it_corrects_and_shows_no_less()
    {
        var corrected = new SealNotice("Dene", 2, 2, Noon.AddHours(1), Noon.AddHours(1), Depth.Questions, new(new('4', 64), new('5', 64), new('6', 64)), null);
        Assert.Null(Refuse(corrected, Released, Sealed));
        Assert.Contains("not open yet", Refuse(corrected, Closed, Sealed));
        Assert.Contains("first bring in the bundle of version 1", Refuse(corrected, Open, Sealed));
        Assert.Contains("version before is missing", Refuse(corrected with { Version = 3 }, Released, Sealed));
        Assert.Contains("shows no less", Refuse(corrected with { Depth = Depth.Areas }, Released, Sealed));
        Assert.Contains("a seal of its own", Refuse(corrected with { Commitments = Sealed.Commitments }, Released, Sealed));
        Assert.Contains("was corrected since", Refuse(Sealed with { At = Noon.AddHours(2) }, Released, Sealed, corrected));
    }

    [Fact]
    public void A_bundle_is_what_was_sealed_for_this_recipient_and_no_deeper_than_both_show()
    {
        var (result, sheet) = Sheets.Of(Sheets.Instrument(Instrument(Q("q1"), Q("q2", 3))), "explore", From("Dene", Introduced.Round, "p1 q1 2 fixed", "p1 q2 5")).Single();
        var asked = new AskedInstrument(result.Instrument.Id, result.Instrument.Version, new('a', 64));
        var documents = new[] { Depth.Areas, Depth.Questions, Depth.Everything }.ToDictionary(d => d, d => SealedDocument.Write("Ours", result, sheet, d));
        var salt = new string('d', 64);
        string Of(Depth depth) => Convert.ToHexStringLower(SealedDocument.Commit(Convert.FromHexString(salt), documents[depth]));
        var seal = Sealed with { Commitments = new(Of(Depth.Areas), Of(Depth.Questions), Of(Depth.Everything)) };
        var bundle = new Bundle("Dene", "Alder", One.Thumbprint, asked, "explore", 1, 1, Depth.Questions, salt, documents[Depth.Questions], Noon);
        Assert.Null(Refuse(bundle));
        Assert.Contains("it is for Alder", Refuse(bundle with { RecipientKey = Two.Thumbprint }));
        Assert.Contains("it is for Fen", Refuse(bundle with { Recipient = "Fen" }));
        Assert.Contains("it names Fen", Refuse(bundle with { Organisation = "Fen" }));
        Assert.Contains("other questions", Refuse(bundle with { Instrument = asked with { Hash = new('b', 64) } }));
        Assert.Contains("no seal of that", Refuse(bundle with { Version = 2 }));
        Assert.Contains("not what Dene sealed", Refuse(bundle with { Number = 2 }));
        Assert.Contains("not what Dene sealed", Refuse(bundle with { Salt = new('e', 64) }));
        Assert.Contains("not what Dene sealed", Refuse(bundle with { Document = bundle.Document.Replace("\"2\"", "\"3\"", StringComparison.Ordinal) }));
        Assert.Contains("not what Dene sealed", Refuse(bundle with { Depth = Depth.Areas }));
        Assert.Contains("no more than ‘questions’", Refuse(bundle with { Depth = Depth.Everything, Document = documents[Depth.Everything] }));
        Assert.Contains("no more than ‘areas’", Refuse(bundle, Depth.Areas));
        Assert.Contains("has withdrawn", ExchangeRules.Refuse(bundle, new("Dene", Introduced.Round, [seal, seal with { At = Noon.AddHours(1), WithdrawnAt = Noon.AddHours(1) }]), "Alder", One.Thumbprint, Depth.Everything, asked, result.Instrument, "explore"));
        Assert.Contains("another round", ExchangeRules.Refuse(bundle, new("Dene", "2026-11.02", [seal]), "Alder", One.Thumbprint, Depth.Everything, asked, result.Instrument, "explore"));

        string? Refuse(Bundle bundle, Depth shows = Depth.Everything) => ExchangeRules.Refuse(bundle, new("Dene", Introduced.Round, [seal]), "Alder", One.Thumbprint, shows, asked, result.Instrument, "explore");
    }

    private static string? Refuse(SealNotice next, OwnSide own, params SealNotice[] known) => ExchangeRules.Refuse(next, new("Dene", "2026-11.01", known), own);
}

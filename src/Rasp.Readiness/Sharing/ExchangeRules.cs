using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Sharing;

/// <summary>What is known of a partner on another server when a file of it comes in.</summary>
/// <param name="Organisation">What it is called.</param>
/// <param name="Round">What its own server calls the round.</param>
/// <param name="Seals">Its notices so far, the newest last.</param>
public sealed record KnownPartner(string Organisation, string Round, IReadOnlyList<SealNotice> Seals)
{
    /// <summary>The notice that counts; null where there is none.</summary>
    public SealNotice? Last => Seals.Count > 0 ? Seals[^1] : null;
}

/// <summary>How far the own side's round has got when a seal comes in.</summary>
/// <param name="IsOpen">Whether it is open to all: what was sealed then counts.</param>
/// <param name="HasReleased">Whether anybody on the own side has released anything to a partner on another server.</param>
/// <param name="Received">Versions of the partner's that somebody on the own side has received.</param>
public sealed record OwnSide(bool IsOpen, bool HasReleased, IReadOnlyCollection<int> Received);

/// <summary>
/// What may come in from another server, once its signature holds. Each rule gives the reason for a refusal as a part of a sentence, or null
/// where there is none: the same for a page, a test and the documentation (docs/exchange.md).
/// </summary>
public static class ExchangeRules
{
    /// <summary>Whether an introduction fits a round.</summary>
    /// <param name="introduction">Its signature holds.</param>
    /// <param name="asked">What the own round asks.</param>
    /// <param name="stage">The key of the own round's stage.</param>
    /// <param name="names">What others in the round are called, on this server and elsewhere.</param>
    /// <param name="ownKeys">Thumbprints of keys that organisations on this server made for the round.</param>
    public static string? Refuse(Introduction introduction, AskedInstrument asked, string stage, IEnumerable<string> names, IEnumerable<string> ownKeys)
    {
        if (ownKeys.Contains(introduction.SigningKey.Thumbprint)) return "this is an introduction that was made here: give it to your partners, and bring in theirs";
        if (introduction.SigningKey == introduction.EncryptionKey) return "it has one key where there should be two";
        if (introduction.Instrument.Id != asked.Id || introduction.Instrument.Version != asked.Version)
        {
            return $"it is for a round of {Quoting.OneLine($"{introduction.Instrument.Id} {introduction.Instrument.Version}")}, and this round asks {asked.Id} {asked.Version}: both must ask the same questions in the same version";
        }
        if (introduction.Instrument.Hash != asked.Hash) return $"its questions are called {asked.Id} {asked.Version} as yours are, and their words differ: one of the two servers has changed them";
        if (introduction.Stage != stage) return $"its round is at the stage ‘{introduction.Stage}’, and this one at ‘{stage}’: both must ask the same questions";
        if (names.Contains(introduction.Organisation, StringComparer.OrdinalIgnoreCase)) return $"somebody in this round is called {introduction.Organisation} already: partners are told apart by their names";
        return null;
    }

    /// <summary>Whether a notice of a seal may take the place of what is known.</summary>
    /// <param name="next">Signed by the partner's key.</param>
    /// <param name="partner">Who it is from.</param>
    /// <param name="own">How far the own side has got.</param>
    public static string? Refuse(SealNotice next, KnownPartner partner, OwnSide own)
    {
        if (next.Organisation != partner.Organisation) return $"it names {next.Organisation}, and the key that signed it is that of {partner.Organisation}";
        if (partner.Last is not { } last)
        {
            return own.IsOpen ? $"this round was opened without {partner.Organisation}: a seal that comes afterwards proves nothing"
                : next.Version > 1 ? "it is of a correction, and what it corrects was never sealed here"
                : null;
        }
        if (next == last) return "you have it already: nothing has changed";
        if (next.At <= last.At) return "it is older than the seal that you have, or as old: ask for the newest";
        if (last.WithdrawnAt is not null && next.WithdrawnAt != last.WithdrawnAt) return $"{partner.Organisation} has withdrawn what it showed, and that is for good";
        if (next.Version < last.Version) return "it is of a version that was corrected since";
        if (next.Version > last.Version)
        {
            return !own.IsOpen ? "it is of a correction, and this round is not open yet"
                : next.Version > last.Version + 1 ? $"it is of version {next.Version}, and the seal of the version before is missing"
                : !own.Received.Contains(last.Version) ? $"it is of a correction: first bring in the bundle of version {last.Version}, beside which it stands"
                : next.Depth < last.Depth ? "a correction shows no less than what it corrects"
                : next.Number <= last.Number || next.Commitments == last.Commitments ? "a correction has a seal of its own"
                : null;
        }
        if (next.Commitments != last.Commitments)
        {
            return own.HasReleased ? $"{partner.Organisation} has opened its seal and made another after somebody here released a bundle. The seal that you have stays the one that counts: answers could have been changed to suit. Talk to {partner.Organisation}; what is left is to agree on a new round"
                : next.Number <= last.Number ? "it has other commitments under the same number: this can’t be"
                : null;
        }
        if (next.Number != last.Number || next.SealedAt != last.SealedAt) return "it has the same commitments under another number: this can’t be";
        return own.IsOpen && next.Depth < last.Depth ? $"{partner.Organisation} now shows less than when this round opened: that can only deepen" : null;
    }

    /// <summary>Whether a bundle is what its sender sealed, in this round, for this recipient.</summary>
    /// <param name="bundle">Signed by the partner's key.</param>
    /// <param name="partner">Who it is from.</param>
    /// <param name="recipient">What the recipient is called.</param>
    /// <param name="recipientKey">The thumbprint of the recipient's signing key.</param>
    /// <param name="shows">How deep the recipient shows itself.</param>
    /// <param name="asked">What the own round asks.</param>
    /// <param name="instrument">The same, to read the document with.</param>
    /// <param name="stage">The key of the own round's stage.</param>
    public static string? Refuse(Bundle bundle, KnownPartner partner, string recipient, string recipientKey, Depth shows, AskedInstrument asked, Instrument instrument, string stage)
    {
        if (bundle.RecipientKey != recipientKey || bundle.Recipient != recipient) return $"it is for {bundle.Recipient}, in another round or on another server";
        if (bundle.Organisation != partner.Organisation) return $"it names {bundle.Organisation}, and the key that signed it is that of {partner.Organisation}";
        if (bundle.Instrument != asked || bundle.Stage != stage) return "it answers other questions than this round asks";
        if (partner.Seals.LastOrDefault(s => s.Version == bundle.Version) is not { } seal) return $"it is of version {bundle.Version}, and you have no seal of that: bring in the seal first";
        if (partner.Last!.WithdrawnAt is not null) return $"{partner.Organisation} has withdrawn what it showed";
        if (bundle.Number != seal.Number || bundle.Commitment != seal.Commitments.Of(bundle.Depth)) return $"it is not what {partner.Organisation} sealed: its document comes to {bundle.Commitment}, and the seal is {seal.Commitments.Of(bundle.Depth)}";
        // Depth is chosen for all versions together, and the last notice says how deep.
        var most = Depths.Lesser(partner.Last.Depth, shows);
        if (bundle.Depth > most) return $"it shows ‘{bundle.Depth.Word()}’, and the two of you show each other no more than ‘{most.Word()}’";
        try
        {
            var heading = SealedDocument.Heading(bundle.Document);
            // A programme's name may have changed since; a round's never does.
            if (heading.Organisation != partner.Organisation || heading.Round != partner.Round) return "what is in it was sealed by another organisation, or in another round";
            if (heading.Depth != bundle.Depth || heading.Stage != bundle.Stage) return "what is in it is of another depth or stage than it says";
            SealedDocument.Read(instrument, bundle.Document);
        }
        catch (FormatException failure)
        {
            return $"what is in it can’t be read: {failure.Message}";
        }
        return null;
    }
}

using Rasp.Data.Exchanges;
using Rasp.Readiness.Sharing;

namespace Rasp.Exchanges;

/// <summary>Takes in a file of a partner on another server: verifies it against the keys that are known, and hands what it says to the desk.</summary>
public sealed class Intake(ExchangeDesk desk)
{
    /// <summary>What a file turned out to be.</summary>
    public enum Kind
    {
        Introduction,
        Seal,
        Bundle,
    }

    /// <summary>What became of a file; its kind where it could be told.</summary>
    public async Task<(Kind? Kind, ExchangeOutcome Outcome)> TakeAsync(Guid round, Guid person, byte[] file, bool knowsItReveals, CancellationToken cancellation)
    {
        var kind = default(Kind?);
        try
        {
            var envelope = Envelope.Read(file);
            kind = envelope.Type switch { Envelope.IntroductionType => Kind.Introduction, Envelope.SealType => Kind.Seal, _ => Kind.Bundle };
            return (kind, kind switch
            {
                Kind.Introduction => await desk.IntroduceAsync(round, person, envelope.Introduce(), cancellation),
                Kind.Seal => await SealAsync(envelope),
                _ => await BundleAsync(envelope),
            });
        }
        catch (FormatException failure)
        {
            return (kind, new(ExchangeEnd.Refused, failure.Message));
        }

        async Task<ExchangeOutcome> SealAsync(Envelope envelope)
        {
            if (await desk.PartnerAsync(round, envelope.By!.Thumbprint, cancellation) is not { } partner) throw new FormatException(Stranger);
            return await desk.TakeSealAsync(round, partner.Id, person, SealNotice.Read(envelope.Document!), knowsItReveals, cancellation);
        }

        async Task<ExchangeOutcome> BundleAsync(Envelope envelope)
        {
            if (envelope.To is null) throw new FormatException("it is a bundle that somebody has decrypted; bring in the file as your partner gave it to you");
            if (await desk.RecipientAsync(round, envelope.To!, person, cancellation) is not var (organisation, key)) throw new FormatException("it is not encrypted to a key of an organisation that you lead in this round: it is for somebody else, or for another round");
            var inner = envelope.Decrypt(key);
            if (await desk.PartnerAsync(round, inner.By!.Thumbprint, cancellation) is not { } partner) throw new FormatException(Stranger);
            return await desk.ReceiveAsync(round, organisation, partner.Id, person, Bundle.Read(inner.Document!), inner.Compact, cancellation);
        }
    }

    private const string Stranger = "it is signed by a key that nobody in this round has: bring in the introduction of whoever made it first, or it is of another round";
}

using System.Text.Json;
using Rasp.Data.Exchanges;
using Rasp.Exchanges;
using Rasp.Readiness;
using Rasp.Readiness.Sharing;

namespace Rasp.Verbs;

/// <summary>What partners on different servers give each other: introductions, seals and bundles (docs/exchange.md).</summary>
internal static class VerifiedExchanges
{
    public static readonly VerifiedKind Kind = new(s => Envelope.LooksLike(s.Bytes.Span), Verify);

    /// <summary>Private keys out of a file: of all that is an organisation's, or a JSON Web Key by itself.</summary>
    /// <exception cref="CallFaultException">There is none in it.</exception>
    public static IReadOnlyList<SecretKey> ReadKeys(string path)
    {
        var faults = new List<Fault>();
        if (InputFiles.Read(path, InputFiles.LargestAnswers, faults) is not { } source) throw new CallFaultException($"--open-with: {path}: {faults[0].Message}");
        try
        {
            using var json = JsonDocument.Parse(source.Bytes);
            var found = json.RootElement.TryGetProperty("elsewhere", out var rounds) ? rounds.EnumerateArray().Select(r => r.GetProperty("encryptionKey")).ToList() : [json.RootElement];
            var keys = found.ConvertAll(k => new SecretKey(new(k.GetProperty("x").GetString()!, k.GetProperty("y").GetString()!), k.GetProperty("d").GetString()!));
            if (keys.Count > 0 && keys.TrueForAll(k => ExchangeKey.IsCoordinate(k.Public.X) && ExchangeKey.IsCoordinate(k.Public.Y) && ExchangeKey.IsCoordinate(k.D))) return keys;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            // Said below, as of a file that holds another thing.
        }
        throw new CallFaultException($"--open-with: there is no private key in '{path}'; give the file with all that is your organisation’s, or a JSON Web Key");
    }

    private static string? Verify(SourceFile source, Noted noted, List<Fault> faults)
    {
        try
        {
            var envelope = Envelope.Read(source.Bytes.Span);
            if (envelope.To is { } recipient)
            {
                if (noted.Opens.FirstOrDefault(k => k.Public.Id == recipient) is not { } key)
                {
                    // Whoever gave something to check it against must not take this for checked.
                    if (noted.Keys is not null || noted.Seals.Length > 0 || noted.Opens.Count > 0)
                    {
                        throw new FormatException($"it is encrypted to the key {recipient}: who signed it, and what was sealed, can be checked only with that key; give the file that holds it with --open-with");
                    }
                    return $"it is an encrypted bundle, whole as far as anybody can tell who has not the key {recipient}, which it is for. Who signed it, and what is in it, shows with that key: give the file that holds it with --open-with.";
                }
                envelope = envelope.Decrypt(key);
            }
            var by = envelope.By!;
            if (noted.Keys is { } keys && !keys.Hold(by.Id)) throw new FormatException($"it is signed by the key {by.Thumbprint}, which is none that you gave with --key");
            var said = envelope.Type switch
            {
                Envelope.IntroductionType => OfIntroduction(envelope.Introduce()),
                Envelope.SealType => OfSeal(SealNotice.Read(envelope.Document!)),
                _ => OfBundle(Bundle.Read(envelope.Document!), noted),
            };
            return $"{VerifiedKind.Holds}{said} It is signed by the key {ExchangeKey.InGroups(by.Thumbprint)}"
                + (noted.Keys is null ? ". That proves this key, and not whose it is: compare it with whoever it names by telephone, or give one that you have compared with --key." : ", which you gave.");
        }
        catch (FormatException failure)
        {
            faults.Add(new(source.Path, 1, 1, failure.Message));
            return null;
        }
    }

    private static string OfIntroduction(Introduction said) =>
        $"{said.Organisation} introduces itself in its round {said.Round} of {said.Programme}, which asks {said.Instrument.Id} {said.Instrument.Version} at the stage '{said.Stage}'.";

    private static string OfSeal(SealNotice said) =>
        $"{said.Organisation} sealed on {said.SealedAt.WithTime()}, number {said.Number}, and shows '{said.Depth.Word()}'{(said.WithdrawnAt is { } withdrawn ? $", which it withdrew on {withdrawn.WithTime()}" : null)}. "
            + $"Its seal is {said.Commitments.Areas} (areas), {said.Commitments.Questions} (questions), {said.Commitments.Everything} (everything).";

    private static string OfBundle(Bundle said, Noted noted)
    {
        var heading = SealedDocument.Heading(said.Document);
        if (heading.Organisation != said.Organisation || heading.Depth != said.Depth || heading.Stage != said.Stage || (heading.InstrumentId, heading.InstrumentVersion) != (said.Instrument.Id, said.Instrument.Version))
        {
            throw new FormatException("what is in it is of another organisation, depth, stage or instrument than it says");
        }
        if (noted.Seals.Length > 0 && !noted.Seals.Contains(said.Commitment, StringComparer.OrdinalIgnoreCase)) throw new FormatException($"its seal is {said.Commitment}, which is not a seal that you noted");
        return $"This is what {said.Organisation} shows {said.Recipient} of its round {heading.Round} in {heading.Programme}, at the depth '{said.Depth.Word()}', "
            + (noted.Seals.Length > 0 ? $"exactly as it was when you noted its seal {said.Commitment}." : $"exactly as it was sealed under {said.Commitment}. Compare that with the seal that it gave before.");
    }
}

using Rasp.Comparisons;
using Rasp.Readiness;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;

namespace Rasp.Tests;

/// <summary>Partners that a test makes up, as the lens would release them to whoever looks.</summary>
public static class MadeUpPartners
{
    public const string Stage = "deliver";

    private static readonly Lazy<Instrument> Read = new(() => InstrumentYaml.Read(
        FileOf("instrument.yaml")!, FileOf).Value!);

    public static Instrument Instrument => Read.Value;

    public static IReadOnlyList<Question> Asked { get; } = [.. Instrument.InScope(Stage)];

    /// <summary>One who answered everything, with a note and a stance on each.</summary>
    /// <param name="name">The organisation's.</param>
    /// <param name="seed">Of what was answered.</param>
    public static AnswerSheet Sheet(string name, int seed)
    {
        // The same in each run.
        var random = new Random(seed);
        var agreed = Asked.ToDictionary(
            q => q.Key,
            q => new Answer(
                random.Next(12) switch { 0 => Choice.DontKnow, 1 => Choice.NotApplicable, _ => Choice.OfLevel(1 + random.Next(5)) },
                (Stance)random.Next(3),
                $"Note {seed} of {name} on {q.Key}",
                $"Paper {seed} on {q.Key}"),
            StringComparer.Ordinal);
        return new(name, "2026-07", [], agreed);
    }

    public static Release Release(AnswerSheet sheet, Depth depth) => Readiness.Sharing.Release.Of(Scorer.Score(Instrument, Stage, sheet), sheet, depth);

    public static Release Release(string name, int seed, Depth depth = Depth.Everything) => Release(Sheet(name, seed), depth);

    public static OpenComparison Open(string reference, params IEnumerable<Release> partners) =>
        new(reference, "A shared service", SharedComparison.Of(Instrument, Stage, "2026-07", partners), IsExample: false);

    /// <summary>As many as a partnership is meant to have, all shown.</summary>
    /// <param name="reference">What its addresses hold.</param>
    /// <param name="called">Each by its number, from 1; long names where it is null.</param>
    public static OpenComparison OfTwelve(string reference, Func<int, string>? called = null) => Open(
        reference,
        Enumerable.Range(1, 12).Select(i => Release(
            called?.Invoke(i) ?? $"Llanfairpwllgwyngyll upon Stour Metropolitan Borough, with the Towns and Parishes of District {i}", 100 + i)));

    private static SourceFile? FileOf(string name) => new(name, File.ReadAllBytes(Path.Combine(Repository.BuiltInInstrument, name)));
}

namespace Rasp.Readiness.Tests;

// What instruments and answer files say, without any type of the core: the generators make it, the reference scorer reads it.

internal sealed record PlainInstrument(
    string Id,
    string Version,
    int Levels,
    IReadOnlyList<PlainBand> Bands,
    PlainThresholds Thresholds,
    IReadOnlyList<string> Stages,
    IReadOnlyList<PlainArea> Areas);

internal sealed record PlainBand(string Key, double From);

internal sealed record PlainThresholds(
    double WeakAtMost = 2,
    double StrongAtLeast = 4,
    double ProvisionalBelowCoverage = 0.8,
    double SplitBelowConsensus = 0.6,
    double DifferenceAtLeast = 2);

internal sealed record PlainArea(string Key, double Weight, IReadOnlyList<PlainTheme> Themes);

internal sealed record PlainTheme(string Key, IReadOnlyList<PlainQuestion> Questions);

/// <summary>A question by its short key; no stages means all of them.</summary>
internal sealed record PlainQuestion(string Key, double Weight = 1, int? Gate = null, int Revision = 1, IReadOnlyList<string>? Stages = null);

/// <summary>A line of an answer file: the question's key in full; answer is a level, dk or na; stance is fixed, negotiable, open or empty.</summary>
internal sealed record PlainAnswer(
    string Organisation,
    string Round,
    string Respondent,
    string Question,
    string Answer,
    string Stance = "",
    string Note = "",
    string Evidence = "");

/// <summary>A round of the call: its instrument and its stage (null where none was given).</summary>
internal sealed record PlainRound(PlainInstrument Instrument, string? Stage = null);

/// <summary>All that one call of the scorer is given.</summary>
internal sealed record PlainCase(IReadOnlyDictionary<string, PlainRound> Rounds, IReadOnlyList<PlainAnswer> Answers, string? Candidate = null);

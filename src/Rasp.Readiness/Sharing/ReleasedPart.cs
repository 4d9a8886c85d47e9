using Rasp.Readiness.Instruments;

namespace Rasp.Readiness.Sharing;

/// <summary>What an organisation shows of its part in one round among several, with what that round was.</summary>
/// <param name="Round">The round's name; null where nothing that is shown tells it.</param>
/// <param name="Instrument">What was asked; null as the name.</param>
/// <param name="Stage">The key of its stage; null where all questions were asked, and as the name.</param>
/// <param name="Release">What is shown.</param>
public sealed record ReleasedPart(string? Round, Instrument? Instrument, string? Stage, Release Release);

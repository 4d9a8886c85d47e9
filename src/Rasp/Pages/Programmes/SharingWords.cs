using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Programmes;

/// <summary>The words in which leads consent. A consent is stored with their version: change that with them.</summary>
public static class SharingWords
{
    public const string Version = "2026-11";

    public static IReadOnlyList<Depth> All { get; } = [Depth.Nothing, Depth.Areas, Depth.Questions, Depth.Everything];

    /// <summary>The choice, as a label.</summary>
    public static string Label(Depth depth) => depth switch
    {
        Depth.Nothing => "Nothing",
        Depth.Areas => "The areas",
        Depth.Questions => "The questions",
        Depth.Everything => "Everything",
    };

    /// <summary>What it means, in full.</summary>
    public static string Meaning(Depth depth) => depth switch
    {
        Depth.Nothing => "Partners see that you have sealed and do not share. You see nothing of theirs, and the round does not open by itself.",
        Depth.Areas => "Score, interval and band of each of the five areas and of the whole. No single answer. You see the areas of those who show them.",
        Depth.Questions => "Also your organisation’s level for each question, your stance (fixed, negotiable, open) and your findings. No notes, no evidence. You see the same of those who show as much.",
        Depth.Everything => "Also your notes and what you named as evidence, word for word. You see the same of those who show as much.",
    };

    /// <summary>What partners see, within a sentence.</summary>
    public static string Shown(Depth depth) => depth switch
    {
        Depth.Nothing => "nothing of yours",
        Depth.Areas => "your areas",
        Depth.Questions => "your areas, levels, stances and findings",
        Depth.Everything => "everything, notes and evidence too",
    };
}

using Rasp.Data.Joinings;
using Rasp.Data.Programmes;
using Rasp.Readiness.Sharing;

namespace Rasp.Pages.Joinings;

/// <summary>The words in which candidates and members consent, and how it stands. A consent is stored with their version: change that with them.</summary>
public static class JoiningWords
{
    public const string CandidateVersion = "2026-11-candidate";

    public const string MemberVersion = "2026-11-member";

    /// <summary>What a depth means to a candidate's lead, in full.</summary>
    public static string CandidateMeaning(Depth depth) => depth switch
    {
        Depth.Nothing => "The members see that you have sealed and do not share. You see nothing of theirs, and it does not go on from there.",
        Depth.Areas => "Score, interval and band of each of the areas and of the whole. No single answer. You see the areas of those members who show them to you.",
        Depth.Questions => "Also your organisation’s level for each question, your stance (fixed, negotiable, open) and your findings. No notes, no evidence. You see the same of those members who show you as much: only then is there a fit, question by question.",
        Depth.Everything => "Also your notes and what you named as evidence, word for word. You see the same of those members who show you as much.",
    };

    /// <summary>What a depth means to a member's lead, in full.</summary>
    public static string MemberMeaning(Depth depth) => depth switch
    {
        Depth.Nothing => "It sees nothing of yours, and you see nothing of it. Other members go on without you.",
        Depth.Areas => "It sees score, interval and band of each of your areas and of the whole. You see its areas.",
        Depth.Questions => "It also sees your level for each question, your stance and your findings. You see the same of it, as far as it shows it: only then is there a fit, question by question.",
        Depth.Everything => "It also sees your notes and what you named as evidence, word for word. You see the same of it, as far as it shows it.",
    };

    /// <summary>How far a candidate has got, as a tag.</summary>
    public static (string Words, string Look) Tag(RoundView round) => round.Joining!.Outcome?.End switch
    {
        JoiningEnd.Joined => ("Joined", "govuk-tag--green"),
        JoiningEnd.NotNow => ("Not now", "govuk-tag--grey"),
        JoiningEnd.Withdrawn => ("No longer asks", "govuk-tag--grey"),
        _ => (round.Parts.Count > 0 ? round.Parts[0].Progress : Progress.Withdrawn) switch
        {
            Progress.NotStarted => ("Not started", "govuk-tag--grey"),
            Progress.InProgress => ("In progress", "govuk-tag--light-blue"),
            Progress.Sealed => ("Sealed", "govuk-tag--green"),
            Progress.SealedNotSharing => ("Sealed, and not sharing", "govuk-tag--yellow"),
            Progress.Shared => ("Shared", "govuk-tag--green"),
            _ => ("Withdrawn", "govuk-tag--grey"),
        },
    };

    /// <summary>What was recorded, as a sentence without its full stop.</summary>
    public static string Ended(JoiningView joining) => joining.Outcome!.End switch
    {
        JoiningEnd.Joined => $"{joining.Name} has joined",
        JoiningEnd.NotNow => $"{joining.Name} does not join now",
        JoiningEnd.Withdrawn => $"{joining.Name} no longer asks to join",
    };
}

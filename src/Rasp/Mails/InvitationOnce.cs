using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Rasp.Mails;

/// <summary>Has the page after an invitation say that a mail was written, or show its link, once.</summary>
internal static class InvitationOnce
{
    private const string Key = "invitation";

    public static void Keep(ITempDataDictionary once, LetterBox letters, string secret) => once[Key] = letters.IsSetUp ? "" : secret;

    public static (bool IsSent, string? Link) Take(ITempDataDictionary once, LetterBox letters) => once[Key] switch
    {
        "" => (true, null),
        string secret => (false, letters.LinkOfInvitation(secret)),
        _ => (false, null),
    };
}

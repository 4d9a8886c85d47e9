using System.Net.Mail;
using System.Text;
using Rasp.Data.Accounts;

namespace Rasp.Accounts;

/// <summary>An e-mail address as people type it.</summary>
internal static class TypedEmail
{
    public const string Wrong = "Enter an e-mail address in the correct format, like name@example.gov.uk";

    /// <summary>
    /// The address; null where it is none. One with a second @, in quotes, is none to Identity. Nor is one beyond ASCII: accounts are found
    /// without regard to case and accents' spelling, and what is one address so can be two mailboxes, of two people.
    /// </summary>
    public static string? Read(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= Person.EmailMaxLength } text && Ascii.IsValid(text) && MailAddress.TryCreate(text, out var address) && address.Address == text && text.Count(c => c == '@') == 1 ? text : null;
}

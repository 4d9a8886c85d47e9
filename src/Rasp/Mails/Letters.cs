using System.Globalization;
using System.Text.Encodings.Web;
using Rasp.Data;
using Rasp.Data.Accounts;

namespace Rasp.Mails;

/// <summary>What Rasp writes to people: once, for plain text and for HTML.</summary>
internal static class Letters
{
    private const string Font = "font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.4;color:#0b0c0c";

    public static Letter SignIn(string to, string link, string code) => Compose(
        to, "Sign in to Rasp", "Sign in to Rasp",
        ["Somebody, we hope you, asked to sign in to Rasp with this address.", "Open this page and press the button on it:"],
        (link, "Sign in"),
        [
            $"Or type this code on the page where you asked: {Spaced(code)}",
            $"Both work once, and for {SignIns.MailIsGoodFor.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes. Give the code to nobody, whoever asks for it.",
            "If you did not ask for this, ignore it: without this mail nobody can sign in.",
        ]);

    public static Letter Invitation(string to, string link) => Compose(
        to, "You are invited to administer Rasp", "You are invited to administer Rasp",
        ["Whoever runs this installation of Rasp invites you to be one of its administrators: to look after accounts and mails. Administrators see nobody’s answers.", "Open this page and press the button on it:"],
        (link, "Accept the invitation"),
        [$"The link works once, and for {SignIns.InvitationIsGoodFor.Days} days.", "If you don’t know what this is about, ignore it."]);

    /// <summary>Three and three are easier to type than six.</summary>
    private static string Spaced(string code) => $"{code[..3]} {code[3..]}";

    private static Letter Compose(string to, string subject, string heading, string[] before, (string Url, string Words) link, string[] after)
    {
        var text = string.Join("\n\n", [.. before, link.Url, .. after]) + "\n";
        var html = $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Html(subject)}</title></head>
            <body style="margin:0;padding:24px;background:#ffffff;{Font}">
            <div style="max-width:560px">
            <p style="margin:0 0 24px;padding:0 0 8px;border-bottom:4px solid #8a1250;font-weight:bold;color:#8a1250">Rasp</p>
            <h1 style="margin:0 0 16px;font-size:24px;line-height:1.25">{Html(heading)}</h1>
            {Paragraphs(before)}
            <p style="margin:0 0 24px"><a href="{Html(link.Url)}" style="display:inline-block;padding:10px 16px;background:#8a1250;color:#ffffff;font-weight:bold;text-decoration:none">{Html(link.Words)}</a></p>
            <p style="margin:0 0 16px;font-size:16px">If the button does nothing, copy this address into your browser:<br><span style="word-break:break-all">{Html(link.Url)}</span></p>
            {Paragraphs(after)}
            </div></body></html>
            """;
        return new(to, subject, text, html);
    }

    private static string Paragraphs(string[] texts) => string.Join("\n", texts.Select(t => $"""<p style="margin:0 0 16px">{Html(t)}</p>"""));

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}

using System.Globalization;
using Rasp.Data;
using Rasp.Data.Accounts;
using Rasp.Data.Plans;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;

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

    public static Letter Invitation(InvitedAs invitedAs, string to, string inviting, string? programme, string link)
    {
        var (subject, what) = invitedAs switch
        {
            InvitedAs.Partner => ($"{inviting} asks your organisation about sharing a service", $"{inviting} asks your organisation to join the programme “{programme}”: to answer, each for yourselves, how ready you are to share this service, and then to compare."),
            InvitedAs.Facilitator => ($"{inviting} asks you to facilitate a programme", $"{inviting} asks you to be the facilitator of the programme “{programme}”. Facilitators see how far each partner has got, and see results only once the partners have opened them to each other."),
            InvitedAs.Lead => ($"You are invited to lead for {inviting}", $"{inviting} invites you to be one of its leads in Rasp: leads answer for their organisation, and decide what it shares."),
            InvitedAs.Candidate => ($"{inviting} asks whether your organisation should join", $"{inviting} asks your organisation to find out whether to join “{programme}”, a service that it shares already: to answer how ready you are, and then to see with the members how you would fit."),
            InvitedAs.Contributor => ($"{inviting} asks what you know", $"{inviting} asks you to answer questions about how ready it is to share a service, from what you know in your role. “Don’t know” is an answer too."),
        };
        var open = invitedAs == InvitedAs.Contributor
            ? "Open this page to see which questions, how long they take and who will see what you answer. You need to set nothing up, and nothing happens until you accept there:"
            : "Open this page to see what it is about. Nothing happens until you accept there:";
        return Compose(
            to, Subject(subject), subject,
            [what, open],
            (link, "See the invitation"),
            [$"The link is for you alone. It works for {Data.Programmes.Invitation.IsGoodFor.Days} days.", "If you don’t know what this is about, ignore it, or decline on that page."]);
    }

    /// <summary>A lead asks how somebody is getting on.</summary>
    public static Letter Reminder(TeamMail mail, string link, string reminders) => Compose(
        mail.Email, Subject($"{mail.Organisation} waits for your answers"), $"{mail.Organisation} waits for your answers",
        ["You were asked to answer some questions, and have not said yet that you are done. You need not answer all: “don’t know” is an answer, and you can be done whenever you like."],
        (link, "Go to the questions"),
        [$"If you want no such reminders, switch them off in your account: {reminders}"]);

    /// <summary>A lead asks somebody to look at their answers again.</summary>
    public static Letter LookAgain(TeamMail mail, string? note, string link) => Compose(
        mail.Email, Subject($"{mail.Organisation} asks you to look again"), $"{mail.Organisation} asks you to look again",
        note is null ? ["Somebody who leads the assessment asks you to look at your answers again."] : ["Somebody who leads the assessment asks you to look at your answers again, and writes:", $"“{note}”"],
        (link, "Look at my answers"),
        ["What you answer stays as it is until you change it."]);

    /// <summary>That a token was made, to whoever owns it: one that nobody here made is to be found out.</summary>
    /// <param name="to">Whose it is, or one of the leads of the organisation whose it is.</param>
    /// <param name="organisation">Null where it is the person's own.</param>
    /// <param name="madeBy">The address of whoever made it.</param>
    /// <param name="tokens">Where it can be revoked.</param>
    public static Letter TokenMade(string to, string? organisation, string madeBy, string tokens) => Compose(
        to, Subject(organisation is null ? "A token was made for you" : $"A token was made for {organisation}"), organisation is null ? "A token was made in your account" : $"A token was made for {organisation}",
        [organisation is null
            ? "With a token, another program such as Excel or Power BI sees what you see in Rasp, without signing in."
            : $"{madeBy} made a token. With it, another program such as Excel or Power BI sees what a lead of {organisation} sees in Rasp, without signing in."],
        (tokens, "See the tokens"),
        ["If nobody of you made it, revoke it there, and look where you are signed in."]);

    /// <summary>What a round asks of somebody.</summary>
    /// <param name="notice">What is to be told.</param>
    /// <param name="programme">Where it leads: the programme's page, or for a contributor their questions.</param>
    /// <param name="reminders">Where reminders are switched off.</param>
    public static Letter Notice(DueNotice notice, string programme, string reminders)
    {
        var (name, date) = (notice.ProgrammeName, notice.ClosesOn.InWords());
        var (subject, text, button) = notice.Kind switch
        {
            NoticeKind.RoundOpened => ($"A round is open: {name}", new[] { $"A round of the programme “{name}” is open until {date}. Each partner answers for itself. Nobody outside your organisation sees what you answer until you have sealed it, and all open together." }, "Go to the programme"),
            NoticeKind.ClosesInAWeek => ($"To be sealed by {date}: {name}", [$"Your organisation’s answers in the programme “{name}” are not sealed yet. The partners mean to have sealed by {date}.", "The date reminds. It closes nothing by itself."], "Go to the programme"),
            NoticeKind.ClosesTomorrow => ($"Closing date near: {name}", [$"The partners of “{name}” mean to have sealed by {date}. Your organisation’s answers are not sealed yet.", "The date reminds. It closes nothing by itself."], "Go to the programme"),
            NoticeKind.DatePassed => ($"Closing date passed: {name}", [$"The closing date of the round in “{name}” was {date}, and your organisation’s answers are not sealed yet. You still can: the round opens once all have sealed, or once those who have sealed agree to open it without the missing."], "Go to the programme"),
            NoticeKind.CloseProposed => ($"Open without the missing? {name}", [$"It is proposed to open the round in “{name}” to those who have sealed, without those who have not. It opens once each of those who have sealed confirms.", "See on the programme’s page what that would mean, and confirm there if you agree."], "Go to the programme"),
            NoticeKind.Revealed => notice.IsLeftOut
                ? ($"The round was opened without you: {name}", [$"The partners of “{name}” who had sealed have opened their results to each other. Your organisation had not sealed, or shares nothing: nobody sees what you answered, and you see nothing of theirs."], "Go to the programme")
                : ($"The round is open to all: {name}", [$"The partners of “{name}” have opened their results to each other. You can see the comparison now."], "See the comparison"),
            NoticeKind.Nudge => ($"Your partners are waiting: {name}", [$"A partner in “{name}” asks how you are getting on: your organisation’s answers are not sealed yet. The partners mean to have sealed by {date}."], "Go to the programme"),
            NoticeKind.JoiningOpened => ($"Find out whether to join: {name}", [$"Your organisation can answer how ready it is to join “{name}”. The members see how far you have got, and nothing else, until you have sealed your answers and each of them has chosen how deep you may see it.", $"Mean to have sealed by {date}. The date reminds, and closes nothing by itself."], "See where it stands"),
            NoticeKind.JoiningToChoose => ($"{notice.Joining!.Candidate} asks to join: {name}", [$"{notice.Joining.Candidate} answers how ready it is to join “{name}”. Your organisation chooses how deep it may see what you showed in your own round, and sees as much of it in return. Nobody sees anything until all have chosen, and it has sealed."], "Choose what it sees"),
            NoticeKind.JoiningCloses => ($"To be sealed by {date}: {name}", [$"Your organisation’s answers on joining “{name}” are not sealed yet. You mean to have sealed by {date}. The date reminds. It closes nothing by itself."], "See where it stands"),
            NoticeKind.JoiningRevealed => notice.Joining!.IsCandidates
                ? ($"See how you would fit: {name}", [$"Your organisation and the members of “{name}” now see each other, as deep as each shows."], "See how you would fit")
                : ($"See how {notice.Joining.Candidate} would fit: {name}", [$"{notice.Joining.Candidate}, which asks to join “{name}”, and the members now see each other, as deep as each shows."], "See how it would fit"),
            NoticeKind.JoiningEnded => ($"{JoiningEnded(notice.Joining!)}: {name}", [$"On “{name}” it is recorded: {JoiningEnded(notice.Joining!)}. A note may stand on the page."], "See what was recorded"),
            NoticeKind.AnswerBy => ($"Your answers are asked for by {date}: {name}", [$"You were asked to answer questions for your organisation in the programme “{name}”, and have not said yet that you are done. It means to have sealed by {date}.", "You need not answer all: “don’t know” is an answer, and you can be done whenever you like."], "Go to the questions"),
        };
        string[] after = Notices.IsReminder(notice.Kind) ? [$"If you want no such reminders, switch them off in your account: {reminders}"] : [];
        return Compose(notice.Email, Subject(subject), subject, text, (programme, button), after);
    }

    private static string JoiningEnded(JoiningNotice joining) => joining.End switch
    {
        Data.Joinings.JoiningEnd.Joined => $"{joining.Candidate} has joined",
        Data.Joinings.JoiningEnd.NotNow => $"{joining.Candidate} does not join now",
        _ => $"{joining.Candidate} no longer asks to join",
    };

    /// <summary>Something planned is due. What it is stands behind the link alone: it would tell what somebody answered.</summary>
    public static Letter Action(DueReminder reminder, string action, string reminders)
    {
        var (plan, due) = (reminder.Plan, reminder.Due.InWords());
        var (subject, text) = reminder.Kind switch
        {
            ReminderKind.InAWeek => ($"Something planned is due on {due}: {plan}", $"An action in the plan for “{plan}” is due on {due}."),
            ReminderKind.Today => ($"Something planned is due today: {plan}", $"An action in the plan for “{plan}” is due today, {due}."),
            ReminderKind.Overdue => ($"Something planned is overdue: {plan}", $"An action in the plan for “{plan}” was due on {due}, and is not done. If it takes longer, give it a new date."),
        };
        return Compose(reminder.Email, Subject(subject), subject, [text, "What it is you see after signing in."], (action, "See the action"), [$"If you want no such reminders, switch them off in your account: {reminders}"]);
    }

    /// <summary>Names may be long; what is cut off stands in the letter.</summary>
    private static string Subject(string text) => text.Length <= Letter.SubjectMaxLength ? text : text[..(Letter.SubjectMaxLength - 1)] + "…";

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

    private static string Html(string text) => HtmlText.Encoder.Encode(text);
}

using System.Globalization;
using System.Text.Json;
using Rasp.Data;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Rasp.Tests.Storage;

namespace Rasp.Tests.Teams;

/// <summary>From the choice of named or anonymous to somebody who leaves: through the pages alone, as the people of a council go through it.</summary>
public sealed class TeamLifeTests
{
    private const string Finance = "finance@example.gov.uk";
    private const string Legal = "legal@example.gov.uk";

    [Theory, Engines]
    public async Task Somebody_is_asked_answers_is_asked_again_and_leaves(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        var lead = two[Asked.Alder];
        await two.AnswerAsync(Asked.Alder, (_, _) => ("4", null, "What the lead knew"), 2);
        var part = await two.PartAsync(Asked.Alder);
        var reference = part.Split('/')[^1];

        // What was answered so far becomes the lead's own; the choice is for good.
        Assert.Contains("2 questions answered so far become your own", (await lead.GetAsync(Links.TeamStart(reference))).Words, StringComparison.Ordinal);
        await two.StartTeamAsync(Asked.Alder, "named");
        Assert.StartsWith("Started, 2 of", await lead.StateAsync(part, "aldermere@"), StringComparison.Ordinal);
        Assert.Equal(Links.Team(reference), (await lead.GetAsync(Links.TeamStart(reference))).Path);
        Assert.Contains("You have answered 2 of", (await lead.GetAsync(part)).Words, StringComparison.Ordinal);

        // The role proposes what is asked.
        var link = await two.InviteToTeamAsync(Asked.Alder, Finance, "finance", ("Scope.What", "some"));
        var asked = host.Instrument.InScope("explore").Where(q => q.Roles.Count == 0 || q.Roles.Contains("finance")).Select(q => (q.Area, q.Theme)).ToHashSet();
        var questions = host.Instrument.InScope("explore").Where(q => asked.Contains((q.Area, q.Theme))).ToList();
        Assert.Equal($"Invited, 0 of {questions.Count} answered", await lead.StateAsync(part, Finance));
        await Asked.SentAsync(host);

        // Looking changes nothing, and tells all that somebody has to know.
        var finance = host.NewVisitor();
        var before = await host.DumpAsync();
        var invitation = await finance.GetAsync(link);
        Assert.Equal(before, await host.DumpAsync());
        foreach (var told in (string[])["aldermere@example.gov.uk", $"{questions.Count} questions", "Chief finance officer", "answers are named", "with address and role", Partnership.Name]) Assert.Contains(told, invitation.Words, StringComparison.Ordinal);

        // One button, no account before and nothing set up; before the first question, who sees what.
        var overview = await finance.SubmitAsync(invitation, "Accept");
        Assert.Equal(part, overview.Path);
        Assert.Contains("with address and role", overview.Words, StringComparison.Ordinal);
        Assert.Equal(part, (await finance.GetAsync(Links.Question(reference, questions[0]))).Path);
        Assert.Equal($"Not begun, 0 of {questions.Count} answered", await lead.StateAsync(part, Finance));
        await finance.BeginAsync(part);
        await finance.AnswerAsync(part, questions.Take(3), i => $"{1 + i}", "What finance knows");
        Assert.Equal($"Started, 3 of {questions.Count} answered", await lead.StateAsync(part, Finance));
        Assert.Equal(404, (await finance.GetAsync(Links.Question(reference, host.Instrument.InScope("explore").First(q => !asked.Contains((q.Area, q.Theme)))))).Status);
        Assert.Contains($"3 of {questions.Count} answered", (await finance.GetAsync(Links.Account)).Words, StringComparison.Ordinal);

        // The link has been used.
        Assert.Equal((404, "Accepted already"), ((await host.NewVisitor().GetAsync(link)).Status, (await host.NewVisitor().GetAsync(link)).Heading));

        // Done; what is done is changed only on purpose. Only then colleagues' answers can be looked at.
        Assert.Equal(404, (await finance.GetAsync(Links.Agreement(reference))).Status);
        await finance.SubmitAsync(await finance.GetAsync(part), "I am done");
        Assert.Equal($"Done, 3 of {questions.Count} answered", await lead.StateAsync(part, Finance));
        Assert.Equal(200, (await finance.GetAsync((await finance.GetAsync(part)).Link("see what your colleagues answered"))).Status);
        Assert.DoesNotContain("Save and continue", (await finance.GetAsync(Links.Question(reference, questions[0]))).Words, StringComparison.Ordinal);

        await lead.SubmitAsync(await lead.PersonAsync(part, Finance), "Ask to look again", ("Note", "The reserves have changed"));
        Assert.StartsWith("Asked to look again", await lead.StateAsync(part, Finance), StringComparison.Ordinal);
        var again = await mail.MailAsync(Finance, "asks you to look again");
        Assert.Contains("The reserves have changed", again.TextBody, StringComparison.Ordinal);
        Assert.Contains("The reserves have changed", (await finance.GetAsync(part)).Words, StringComparison.Ordinal);
        await finance.AnswerAsync(part, questions.Take(1), _ => "5");
        Assert.DoesNotContain("The reserves have changed", (await finance.SubmitAsync(await finance.GetAsync(part), "I am done")).Words, StringComparison.Ordinal);
        await finance.SubmitAsync(await finance.GetAsync(part), "Change something after all");
        Assert.StartsWith("Started", await lead.StateAsync(part, Finance), StringComparison.Ordinal);

        // Asked less, nothing is lost.
        await lead.SubmitAsync(await lead.PersonAsync(part, Finance), "Save", ("Role", "legal"), ("Scope.What", "all"));
        Assert.Equal($"Started, 3 of {host.Instrument.InScope("explore").Count()} answered", await lead.StateAsync(part, Finance));

        // Somebody who leaves decides what becomes of their answers: kept, they count under the address.
        var left = await finance.SubmitAsync(await finance.GetAsync(Links.Leave(reference)), "Stop answering");
        Assert.Equal(["Select what becomes of your answers"], left.Faults);
        Assert.Equal(Links.Account, (await finance.SubmitAsync(left, "Stop answering", ("Answers", "keep"))).Path);
        Assert.Equal(404, (await finance.GetAsync(part)).Status);
        Assert.StartsWith("Removed", await lead.StateAsync(part, Finance), StringComparison.Ordinal);
        Assert.Contains(Finance, (await lead.GetAsync(Links.AnswersCsv(reference))).Body, StringComparison.Ordinal);
        // And the name goes with the account.
        await finance.SubmitAsync(await finance.GetAsync(Links.DeleteAccount), "Delete my account", ("IsSure", "true"));
        Assert.DoesNotContain(Finance, (await lead.GetAsync(Links.AnswersCsv(reference))).Body, StringComparison.Ordinal);
        Assert.Contains("What finance knows", (await lead.GetAsync(Links.AnswersCsv(reference))).Body, StringComparison.Ordinal);
        // Erased at last by the lead.
        await lead.SubmitAsync(await lead.PersonAsync(part, "somebody"), "Erase the answers");
        Assert.DoesNotContain("What finance knows", await host.DumpAsync(), StringComparison.Ordinal);
        Assert.Null((await host.VerifyTrailAsync()).Fault);
        var trail = (await lead.GetAsync((await lead.GetAsync(Links.Account)).Link(Asked.Alder) + "/trail")).Words;
        foreach (var line in (string[])["the organisation’s team sees who answered what", "came in to answer", "stopped answering"]) Assert.Contains(line, trail, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task A_lead_removes_people_and_keeps_or_erases_what_they_answered(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        await two.StartTeamAsync(Asked.Alder, "named", "none");
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));
        var question = host.Instrument.InScope("explore").Take(1).ToList();
        foreach (var email in (string[])[Finance, Legal])
        {
            var person = await two.AskAsync(Asked.Alder, email);
            await person.BeginAsync(part);
            await person.AnswerAsync(part, question, _ => "3", $"From {email}");
        }
        var asked = await lead.SubmitAsync(await lead.PersonAsync(part, Finance), "Remove");
        Assert.Equal(["Select what becomes of the answers"], asked.Faults);
        await lead.SubmitAsync(asked, "Remove", ("Answers", "keep"));
        await lead.SubmitAsync(await lead.PersonAsync(part, Legal), "Remove", ("Answers", "erase"));
        Assert.Equal(("Removed", "nowhere"), ((await lead.StateAsync(part, Finance)).Split(',')[0], await lead.StateAsync(part, Legal)));
        var dump = await host.DumpAsync();
        Assert.Contains($"From {Finance}", dump, StringComparison.Ordinal);
        Assert.DoesNotContain($"From {Legal}", dump, StringComparison.Ordinal);

        // Whoever leaves the organisation stops answering for it; what they answered stays under the address.
        var leaving = await two.AskAsync(Asked.Alder, "hr@example.gov.uk");
        await leaving.BeginAsync(part);
        await leaving.AnswerAsync(part, question, _ => "2", "From HR");
        var organisation = (await lead.GetAsync(Links.Account)).Link(Asked.Alder);
        await lead.SubmitAsync(await lead.GetAsync((await lead.GetAsync(organisation)).Link("Change hr@example.gov.uk")), "Remove from the organisation");
        Assert.Equal(404, (await leaving.GetAsync(part)).Status);
        Assert.StartsWith("Removed", await lead.StateAsync(part, "hr@example.gov.uk"), StringComparison.Ordinal);
        Assert.Contains("From HR", (await lead.GetAsync(Links.AnswersCsv(part.Split('/')[^1]))).Body, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task What_comes_on_paper_is_entered_by_a_lead_and_marked_so(Engine engine)
    {
        await using var mail = new MailServer();
        var two = await Asked.RoundAsync(mail, engine);
        await using var host = two.Host;
        await two.StartTeamAsync(Asked.Alder, "named", "none");
        var (lead, part) = (two[Asked.Alder], await two.PartAsync(Asked.Alder));
        var reference = part.Split('/')[^1];
        var question = host.Instrument.InScope("explore").First();

        // A lead who answers nothing is led to where answers are settled.
        Assert.StartsWith(Links.Agreement(reference), await WhereAsync(lead, Links.Question(reference, question)), StringComparison.Ordinal);
        Assert.Contains("questions have an answer that counts", (await lead.GetAsync(part)).Words, StringComparison.Ordinal);

        var overview = await lead.SubmitAsync(
            await lead.GetAsync(Links.TeamPaperAs(reference, "trade-union")), "Add, and enter what they said", ("Name", "The branch secretary"), ("Scope.What", "all"));
        Assert.Contains("You are entering the answers of The branch secretary", overview.Words, StringComparison.Ordinal);
        var paper = overview.Path.Split('/')[^1];
        var page = await lead.GetAsync(Links.Question(paper, question));
        Assert.Contains("You are entering the answers of The branch secretary", page.Words, StringComparison.Ordinal);
        Assert.Equal(Links.Team(reference), page.Link("Back to those who answer"));
        await lead.SubmitAsync(page, "Save and continue", ("Answer", "2"), ("Note", "Said at the meeting"));
        Assert.StartsWith("On paper, 1 of", await lead.StateAsync(part, "The branch secretary"), StringComparison.Ordinal);
        Assert.Contains("The branch secretary", (await lead.GetAsync(Links.AnswersCsv(reference))).Body, StringComparison.Ordinal);

        // Nobody else comes to it: neither a colleague, nor another council's lead.
        var colleague = await two.AskAsync(Asked.Alder, Finance);
        foreach (var other in (Visitor[])[colleague, two[Asked.Brook], host.NewVisitor()])
        {
            Assert.Equal(404, (await other.GetAsync(overview.Path)).Status);
            Assert.Equal(404, (await other.GetAsync(page.Path)).Status);
        }
        using var json = JsonDocument.Parse((await lead.GetAsync((await lead.GetAsync(Links.Account)).Link(Asked.Alder) + "/everything.json")).Body);
        var answer = json.RootElement.GetProperty("assessments")[0].GetProperty("answers")[0];
        Assert.Equal((true, "The branch secretary"), (answer.GetProperty("onPaper").GetBoolean(), answer.GetProperty("respondent").GetString()));

        await lead.SubmitAsync(await lead.GetAsync(Links.TeamPerson(reference, Guid.ParseExact(paper, "N"))), "Erase the answers");
        Assert.DoesNotContain("Said at the meeting", await host.DumpAsync(), StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task In_confidence_it_is_claimed_first_and_then_led_by_its_owner_alone(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var owner = host.NewVisitor();
        var assessment = await owner.StartAssessmentAsync();
        await owner.SignInAsync(host, "owner@example.gov.uk");
        var first = await owner.GetAsync(Links.Team(assessment.Reference));
        Assert.Equal(Links.Claim(assessment.Reference), first.Link("Keep it in your account"));
        Assert.Equal(404, (await owner.GetAsync(Links.TeamStart(assessment.Reference))).Status);
        await owner.SubmitAsync(await owner.GetAsync(Links.Claim(assessment.Reference)), "Keep it in my account");
        var holder = host.NewVisitor();
        await holder.OpenAsync(assessment);

        await owner.SubmitAsync(await owner.GetAsync(Links.TeamStart(assessment.Reference)), "Choose this for good", ("Attribution", "named"), ("Role", "finance"), ("IsSure", "true"));
        // The private link ends, and can't be renewed; the assessment can't be let go.
        Assert.Equal(404, (await holder.GetAsync(assessment.Overview)).Status);
        Assert.Equal(404, (await owner.GetAsync(Links.PrivateLink(assessment.Reference))).Status);
        var person = await host.PersonAsync("owner@example.gov.uk");
        Assert.Null(await host.AtDeskAsync(d => d.RenewLinkAsync(assessment.Id, new Holder(null, person), default)));
        Assert.False(await host.AtDeskAsync(d => d.ReleaseAsync(assessment.Id, person, default)));

        // No mail can be sent here: the link is passed on by hand.
        var sent = await owner.SubmitAsync(await owner.GetAsync(Links.TeamInviteAs(assessment.Reference, "legal")), "Invite", ("Email", Legal), ("Scope.What", "all"));
        var link = new Uri(sent.Document.QuerySelector("#link")!.GetAttribute("value")!).PathAndQuery;
        Assert.Equal(Links.Team(assessment.Reference), sent.Link("Back to those who answer"));
        var legal = host.NewVisitor();
        Assert.Equal(assessment.Overview, (await legal.SubmitAsync(await legal.GetAsync(link), "Accept")).Path);
        await legal.BeginAsync(assessment.Overview);
        await legal.AnswerAsync(assessment.Overview, host.Instrument.InScope("deliver").Take(2), _ => "2", "A lawyer’s word");
        foreach (var page in (Func<string, string>[])[Links.Details, Links.PrivateLink, Links.Delete, Links.Claim, Links.Team, Links.TeamInvite])
        {
            Assert.Equal(404, (await legal.GetAsync(page(assessment.Reference))).Status);
        }
        Assert.Contains("A lawyer’s word", (await owner.GetAsync(Links.AnswersCsv(assessment.Reference))).Body, StringComparison.Ordinal);

        // What nobody could open any more goes with its owner's account, and the page says so.
        var leaving = await owner.GetAsync(Links.DeleteAccount);
        Assert.Contains("it is deleted either way", leaving.Words, StringComparison.Ordinal);
        await owner.SubmitAsync(leaving, "Delete my account", ("Assessments", "keep"), ("IsSure", "true"));
        Assert.DoesNotContain("A lawyer’s word", await host.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await legal.GetAsync(assessment.Overview)).Status);
    }

    private static async Task<string> WhereAsync(Visitor visitor, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await visitor.SendAsync(request);
        return response.Headers.Location?.OriginalString ?? ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
    }
}

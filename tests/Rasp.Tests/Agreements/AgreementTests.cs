using Rasp.Data.Agreements;
using Rasp.Data.Programmes;
using Rasp.Data.Teams;
using Rasp.Readiness.Anonymity;
using Rasp.Readiness.Answers;
using Rasp.Readiness.Scoring;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Accounts;
using Rasp.Tests.Programmes;
using Rasp.Tests.Teams;

namespace Rasp.Tests.Agreements;

/// <summary>From many answers to one: what divides an organisation comes first, what is agreed counts, and nothing is agreed behind somebody's back.</summary>
public sealed class AgreementTests
{
    [Theory, Engines]
    public async Task An_organisation_settles_question_by_question_and_the_rest_in_one_go(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        // Two questions: five people at levels 1 to 5, of the first also the lead at 4, so that the second divides most; and a third on which all agree.
        var team = await AskedTeam.StartAsync(host, Attribution.Named, people: 5);
        var third = host.Instrument.InScope("explore").ElementAt(2).Key;
        foreach (var person in team.People) await AskedTeam.AnswerAsync(host, team.Part, person, third, 4, "all");
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");
        var reference = $"{team.Part:N}";

        var page = await lead.GetAsync(Links.Agreement(reference));
        Assert.Contains("2 questions to talk about first", page.Words, StringComparison.Ordinal);
        Assert.Contains("Accept 1 answer", page.Words, StringComparison.Ordinal);
        // Who chose what, and what they wrote, with their names.
        var question = await lead.GetAsync(Links.Agreement(reference, host.Instrument.Find(team.Questions[1])!));
        Assert.Contains("p3@powys.gov.uk (Chief finance officer or head of finance)", question.Words, StringComparison.Ordinal);
        Assert.Contains($"{AskedTeam.Note} p3", question.Words, StringComparison.Ordinal);
        Assert.Contains("they count as level 3", question.Words, StringComparison.Ordinal);

        // Nothing chosen is told, and what was typed stays.
        var faulty = await lead.SubmitAsync(question, "Record as agreed, and go on", ("Form.Reason", "Because"));
        Assert.Equal(400, faulty.Status);
        Assert.Contains("Select what you have agreed on", faulty.Words, StringComparison.Ordinal);
        var next = await lead.SubmitAsync(
            faulty, "Record as agreed, and go on", ("Form.Answer", "2"), ("Form.Stance", "fixed"), ("Form.Note", "For partners"), ("Form.Reason", "Because"), ("Form.Minority", "Finance sees level 4"));
        // On to what is to be talked about next.
        Assert.Equal(Links.Agreement(reference, host.Instrument.Find(team.Questions[0])!), next.Path);
        // Another tab that still shows nothing agreed changes nothing.
        var stale = await lead.SubmitAsync(question, "Record as agreed, and go on", ("Form.Answer", "5"));
        Assert.Equal(409, stale.Status);
        Assert.Contains("On level 2", stale.Words, StringComparison.Ordinal);

        page = await lead.SubmitAsync(await lead.GetAsync(Links.Agreement(reference)), "Accept 1 answer");
        Assert.Contains("1 answer recorded as agreed", page.Words, StringComparison.Ordinal);
        Assert.Contains("Your answers come to level 3. With a minority view.", page.Words, StringComparison.Ordinal);

        // Signed off, until something in the area is agreed otherwise.
        var area = host.Instrument.Areas[0].Name;
        page = await lead.SubmitAsync(page, $"Sign off {area}");
        Assert.Contains("Signed off on 24 November 2026 by lead@powys.gov.uk", page.Words, StringComparison.Ordinal);
        question = await lead.GetAsync(Links.Agreement(reference, host.Instrument.Find(third)!));
        await lead.SubmitAsync(question, "Take the agreed answer back");
        Assert.DoesNotContain("Signed off on", (await lead.GetAsync(Links.Agreement(reference))).Words, StringComparison.Ordinal);

        var results = await lead.GetAsync(Links.Results(reference));
        Assert.Contains("Finance sees level 4", results.Words, StringComparison.Ordinal);
        Assert.Contains("Your respondents", results.Words, StringComparison.Ordinal);

        // What is sealed is what was agreed, with its note; what people wrote, why, and who sees it otherwise stay within.
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.SealAsync(team.Part, team.Lead, Depth.Everything, "test/1", true, default)));
        var document = (await host.QueryAsync<string>("SELECT \"EverythingDocument\" FROM \"Seals\"")).Single();
        Assert.Contains("For partners", document, StringComparison.Ordinal);
        foreach (var within in (string[])[AskedTeam.Note, "Because", "Finance sees", "p3@"]) Assert.DoesNotContain(within, document, StringComparison.Ordinal);
        Assert.Contains("nothing can be changed here now", (await lead.GetAsync(Links.Agreement(reference, host.Instrument.Find(team.Questions[1])!))).Words, StringComparison.Ordinal);
        Assert.Equal(AgreeOutcome.NotFound, await host.AskAsync((Agreeing a) => a.RecordAsync(team.Part, team.Lead, third, new(Choice.OfLevel(1), null, null, null, null, null), 0, default)));
    }

    [Theory, Engines]
    public async Task Named_answers_open_to_colleagues_once_they_are_done_with_their_own(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var team = await AskedTeam.StartAsync(host, Attribution.Named, people: 2);
        var colleague = host.NewVisitor();
        await colleague.SignInAsync(host, "p0@powys.gov.uk");
        var (all, one, sides) = (Links.Agreement($"{team.Part:N}"), Links.Agreement($"{team.Part:N}", host.Instrument.Find(team.Questions[0])!), Links.Sides($"{team.Part:N}"));
        foreach (var path in (string[])[all, one, sides]) Assert.Equal(404, (await colleague.GetAsync(path)).Status);
        await host.AskAsync((TeamDesk d) => d.DoneAsync(team.Part, team.People[0], default));
        Assert.Contains($"{AskedTeam.Note} p1", (await colleague.GetAsync(one)).Words, StringComparison.Ordinal);
        // To read, and not to decide.
        var page = await colleague.GetAsync(all);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("main button"), b => true);
        Assert.Equal(404, (await colleague.PostAsync(one, ("Form.Answer", "1"), ("__RequestVerificationToken", Token(await colleague.GetAsync(Links.Leave($"{team.Part:N}")))))).Status);
        await host.AskAsync((TeamDesk d) => d.NotDoneAsync(team.Part, team.People[0], default));
        Assert.Equal(404, (await colleague.GetAsync(all)).Status);
    }

    [Theory, Engines]
    public async Task Anonymous_answers_count_once_they_are_opened_and_never_of_fewer_than_five(Engine engine)
    {
        await using var host = await Asked.HostAsync(engine);
        var team = await AskedTeam.StartAsync(host, Attribution.Anonymous, people: 5);
        var (reference, few) = ($"{team.Part:N}", host.Instrument.InScope("explore").ElementAt(2).Key);
        foreach (var person in team.People.Take(4)) await AskedTeam.AnswerAsync(host, team.Part, person, few, 4, "few");
        var lead = host.NewVisitor();
        await lead.SignInAsync(host, "lead@powys.gov.uk");

        Assert.Contains("There is nothing to settle before the answers are opened", (await lead.GetAsync(Links.Agreement(reference))).Words, StringComparison.Ordinal);
        Assert.Equal(SealOutcome.IsEmpty, await host.AskAsync((Sealing s) => s.SealAsync(team.Part, team.Lead, Depth.Everything, "test/1", true, default)));
        var page = await lead.SubmitAsync(await lead.GetAsync(Links.Agreement(reference)), "Open the answers");
        Assert.Contains("Opened: you see the answers to 2 questions, 2 of them new", page.Words, StringComparison.Ordinal);
        page = await lead.SubmitAsync(page, "Open what has come in since");
        Assert.Contains("Nothing new could be opened", page.Words, StringComparison.Ordinal);

        var question = await lead.GetAsync(Links.Agreement(reference, host.Instrument.Find(team.Questions[0])!));
        Assert.Contains("5 answers", question.Words, StringComparison.Ordinal);
        Assert.Contains("1 person", question.Words, StringComparison.Ordinal);
        foreach (var hidden in (string[])[AskedTeam.Note, "p3@"]) Assert.DoesNotContain(hidden, question.Words, StringComparison.Ordinal);
        Assert.Contains($"Fewer than {Opening.Fewest} people", (await lead.GetAsync(Links.Agreement(reference, host.Instrument.Find(few)!))).Words, StringComparison.Ordinal);

        // Four counts for nothing, and so it is sealed: only what is agreed can change that.
        var seen = (await host.AskAsync((AgreementLens l) => l.FindAsync(team.Part, team.Lead, default)))!;
        Assert.Null(seen.Result.Find(few)!.Answer.Choice);
        Assert.Equal(3, seen.Result.Find(team.Questions[0])!.Level);
        Assert.Contains(seen.Result.Findings, f => f.Kind == FindingKind.Split && f.Result.Question.Key == team.Questions[0]);
        Assert.Equal(AgreeOutcome.Done, await host.AskAsync((Agreeing a) => a.RecordAsync(team.Part, team.Lead, few, new(Choice.OfLevel(2), null, null, null, null, null), 0, default)));
        Assert.Equal(SealOutcome.Done, await host.AskAsync((Sealing s) => s.SealAsync(team.Part, team.Lead, Depth.Questions, "test/1", true, default)));
        var document = (await host.QueryAsync<string>("SELECT \"QuestionsDocument\" FROM \"Seals\"")).Single();
        Assert.Contains($$"""{"question":"{{few}}","answer":"2"}""", document, StringComparison.Ordinal);
        Assert.Contains($$"""{"question":"{{team.Questions[0]}}","answer":"3"}""", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_somebody_changes_nothing_that_was_opened()
    {
        await using var host = await Asked.HostAsync(Engine.Sqlite);
        var team = await AskedTeam.StartAsync(host, Attribution.Anonymous, people: 6);
        await host.AskAsync((Openings o) => o.OpenAsync(team.Part, team.Lead, default));
        var before = await ShownAsync();
        await host.AskAsync((TeamDesk d) => d.RemoveAsync(team.Part, team.Lead, team.Respondents[0], erase: true, default));
        await host.AskAsync((Openings o) => o.OpenAsync(team.Part, team.Lead, default));
        Assert.Equal(before, await ShownAsync());
        // Their answers are gone all the same.
        Assert.Equal(5 * team.Questions.Count, (await host.QueryAsync<long>("SELECT count(*) FROM \"Answers\"")).Single());

        async Task<string> ShownAsync()
        {
            var seen = (await host.AskAsync((AgreementLens l) => l.FindAsync(team.Part, team.Lead, default)))!;
            return string.Join(' ', team.Questions.Select(q => string.Join(',', seen.SpreadOf(host.Instrument.Find(q)!).Levels)));
        }
    }

    [Fact]
    public async Task A_correction_tells_no_more_of_anonymous_answers_than_both_versions_together()
    {
        await using var host = await Asked.HostAsync(Engine.Sqlite);
        var team = await AskedTeam.StartAsync(host, Attribution.Anonymous, people: 6);
        await host.AskAsync((Openings o) => o.OpenAsync(team.Part, team.Lead, default));
        await host.QueryAsync<long>($"UPDATE \"Assessments\" SET \"IsOpen\" = 0, \"SealedAt\" = 1, \"RevealedAt\" = 1, \"Depth\" = 3 WHERE \"Id\" = '{team.Part.ToString().ToUpperInvariant()}' RETURNING 1");
        var correction = (await host.AskAsync((Sealing s) => s.CorrectAsync(team.Part, team.Lead, default)))!.Value;
        foreach (var person in team.People.Take(4)) await AskedTeam.AnswerAsync(host, correction, person, team.Questions[0], 5, "again");
        Assert.Equal(0, (await host.AskAsync((Openings o) => o.OpenAsync(correction, team.Lead, default)))!.Opened);
        await AskedTeam.AnswerAsync(host, correction, team.People[5], team.Questions[0], 5, "again");
        Assert.Equal(1, (await host.AskAsync((Openings o) => o.OpenAsync(correction, team.Lead, default)))!.Opened);
    }

    private static string Token(Visited page) => page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}

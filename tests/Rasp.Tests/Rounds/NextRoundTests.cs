using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rasp.Data;
using Rasp.Data.Agreements;
using Rasp.Data.Programmes;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Sharing;
using Rasp.Tests.Programmes;

namespace Rasp.Tests.Rounds;

/// <summary>The next round begins where the last ended: nobody starts from nothing, and nothing counts that nobody confirmed.</summary>
public sealed class NextRoundTests
{
    private const string Alder = "Aldermere Borough Council";
    private const string Brook = "Brookfield District Council";

    [Theory, Engines]
    public async Task What_was_answered_last_time_stands_beside_the_questions_and_counts_only_once_it_is_confirmed(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host, 5);
        await two.OpenRoundAsync();
        var alder = two[Alder];
        var part = await two.PartAsync(Alder);
        // To others nothing has begun.
        Assert.Contains("Not started", (await two[Brook].GetAsync(two.Path)).Words, StringComparison.Ordinal);
        Assert.Contains("5 answers from November 2026 are carried forward", (await alder.GetAsync(part)).Words, StringComparison.Ordinal);
        Assert.Equal([], await AnsweredAsync(alder, part));

        // Confirmed, changed and left out, question by question, each as it is filled in.
        var questions = host.Instrument.InScope("explore").ToList();
        var page = await alder.GetAsync(Question(part, questions[0]));
        Assert.Contains("It does not count yet", page.Words, StringComparison.Ordinal);
        Assert.Contains("Why of 0", page.Document.QuerySelector("#Note")!.TextContent, StringComparison.Ordinal);
        await alder.SubmitAsync(page, "Confirm and continue");
        await alder.SubmitAsync(await alder.GetAsync(Question(part, questions[1])), "Confirm and continue", ("Answer", "5"));
        var next = await alder.SubmitAsync(await alder.GetAsync(Question(part, questions[2])), "Leave it out, and continue");
        Assert.Contains(questions[3].Text, next.Words, StringComparison.Ordinal);
        Assert.Equal([(questions[0].Key, "1"), (questions[1].Key, "5")], await AnsweredAsync(alder, part));
        // What is left out is shown as such, and can be answered after all.
        Assert.Contains("You left it out of this round", (await alder.GetAsync(Question(part, questions[2]))).Words, StringComparison.Ordinal);

        // The rest in one list. Who seals with something unconfirmed is told.
        Assert.Contains("2 answers of last time were neither confirmed", (await alder.GetAsync(part + "/sharing")).Words, StringComparison.Ordinal);
        var list = await alder.GetAsync(part + "/carried");
        var nothing = await alder.SubmitAsync(list, "Confirm what is ticked");
        Assert.Contains(nothing.Faults, f => f.Contains("Tick what", StringComparison.Ordinal));
        var done = await alder.SubmitAsync(list, "Confirm what is ticked", ("Ticked", questions[3].Key));
        Assert.Contains("1 answer confirmed", done.Words, StringComparison.Ordinal);
        Assert.Contains("Left out: 1", done.Words, StringComparison.Ordinal);
        Assert.Equal(3, (await AnsweredAsync(alder, part)).Count);
        await alder.SubmitAsync(done, "Leave out what is ticked", ("Ticked", questions[4].Key));
        Assert.Contains("Nothing waits", (await alder.GetAsync(part + "/carried")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("carried forward", (await alder.GetAsync(part)).Words, StringComparison.Ordinal);

        // What the first round came to is what it was.
        Assert.Equal(1, (await two[Alder].GetAsync(Links.Trend(two.Path.Split('/')[^1]))).Document.QuerySelectorAll(".rasp-trend-table thead th.govuk-table__header--numeric").Length);
        await two.SealAsync(Alder, Depth.Everything);
        Assert.Equal(404, (await two[Brook].GetAsync(part + "/carried")).Status);
    }

    [Theory, Engines]
    public async Task Where_several_people_answer_what_was_carried_is_confirmed_as_agreed_and_contributors_do_not_see_it(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host, 3);
        await two.OpenRoundAsync();
        var part = await two.PartAsync(Alder);
        await two.StartTeamAsync(Alder, "named");
        var colleague = await two.AskAsync(Alder, "finance@example.gov.uk");
        var questions = host.Instrument.InScope("explore").ToList();
        await colleague.SubmitAsync(await colleague.GetAsync(part), "I have read this: begin");
        Assert.DoesNotContain("Why of 0", (await colleague.GetAsync(Question(part, questions[0]))).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await colleague.GetAsync(part + "/carried")).Status);

        var alder = two[Alder];
        Assert.Contains("Last time, in November 2026, you answered level 1", (await alder.GetAsync(Question(part, questions[0]).Replace("/questions/", "/agreement/", StringComparison.Ordinal))).Words, StringComparison.Ordinal);
        // Whoever signed an area off did so without what is confirmed now.
        var (assessment, lead) = (Guid.ParseExact(part.Split('/')[^1], "N"), await host.PersonAsync(Partnership.Email(Alder)));
        foreach (var area in new[] { questions[0].Area, questions[^1].Area }) Assert.Equal(AgreeOutcome.Done, await host.AskAsync((Agreeing a) => a.SignOffAsync(assessment, lead, area, true, default)));
        await alder.SubmitAsync(await alder.GetAsync(part + "/carried"), "Confirm what is ticked", ("Ticked", questions[0].Key));
        Assert.Equal([questions[^1].Area], (await host.AskAsync((AgreementLens l) => l.FindAsync(assessment, lead, default)))!.SignOffs.Keys);
        Assert.Equal([(questions[0].Key, "1")], await AnsweredAsync(alder, part));
        Assert.Contains("Carried forward, and confirmed", (await alder.GetAsync(Question(part, questions[0]).Replace("/questions/", "/agreement/", StringComparison.Ordinal))).Words, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Newer_questions_are_adopted_by_choice_after_a_diff_and_past_rounds_stay_as_they_were(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host, 5);
        var (first, old) = ((await two[Alder].GetAsync(two.Path)).Link("Compare round 1"), host.Instrument);
        var before = await JsonAsync(two[Alder], first);
        var asked = old.InScope("explore").ToList();
        await AdoptAsync(host, Newer(asked));
        Assert.Equal("99.0.0", host.Instrument.Version);

        // Told before: new, reworded, re-scored, gone.
        var diff = (await two[Alder].GetAsync(two.Path + "/round/questions")).Words;
        Assert.All(["Reworded, with a new meaning: 1", "Reworded, and meaning the same: 1", "Re-scored: 1", "Gone: 1", "New: 1"], w => Assert.Contains(w, diff, StringComparison.Ordinal));
        var open = await two[Alder].GetAsync(two.Path + "/round");
        Assert.Contains((await two[Alder].SubmitAsync(open, "Open the round")).Faults, f => f.Contains("Select which questions", StringComparison.Ordinal));
        await two[Alder].SubmitAsync(open, "Open the round", ("Questions", "newest"));
        var part = await two.PartAsync(Alder);

        // Question 0 means something else now, 1 is reworded, 2 weighs more, 3 is gone: 1, 2 and 4 are carried.
        var list = await two[Alder].GetAsync(part + "/carried");
        Assert.Equal([asked[1].Key, asked[2].Key, asked[4].Key], list.Document.QuerySelectorAll("input[name='Ticked']").Select(i => i.GetAttribute("value")));
        Assert.Contains("To be answered anew: 1", list.Words, StringComparison.Ordinal);
        var revised = await two[Alder].GetAsync(Question(part, asked[0]));
        Assert.Contains("means something else by now", revised.Words, StringComparison.Ordinal);
        Assert.Empty(revised.Document.QuerySelectorAll("input[name='Answer'][checked]"));
        Assert.Equal(404, (await two[Alder].GetAsync(Question(part, asked[3]))).Status);
        Assert.Equal(before, await JsonAsync(two[Alder], first));

        // Like for like leaves out what changed: the trend says so.
        await two[Alder].SubmitAsync(list, "Confirm what is ticked", ("Ticked", asked[1].Key));
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(Question(part, asked[2])), "Confirm and continue", ("Answer", "5"), ("Note", "Agreed by cabinet"));
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(Question(part, asked[0])), "Save and continue", ("Answer", "5"));
        await two.SealAsync(Alder, Depth.Everything);
        await two[Brook].SubmitAsync(await two[Brook].GetAsync(Question(await two.PartAsync(Brook), asked[2])), "Confirm and continue");
        await two.SealAsync(Brook, Depth.Everything);
        var trend = await two[Alder].GetAsync(Links.Trend(two.Path.Split('/')[^1]));
        Assert.Contains("Of 2 questions that were the same and answered both times, 1 rose, 0 fell and 1 did not move. Not compared: 1 with a new meaning", trend.Words, StringComparison.Ordinal);
        Assert.Contains("Agreed by cabinet", trend.Words, StringComparison.Ordinal);
        Assert.Contains("Why of 2", trend.Words, StringComparison.Ordinal);
        Assert.NotNull(trend.Document.QuerySelector(".rasp-trend-lines__broken"));
        Assert.Equal(before, await JsonAsync(two[Alder], first));

        // Of a partnership, its floor, and whose level it was.
        var floor = (await two[Brook].GetAsync(Links.Trend(two.Path.Split('/')[^1]) + "?who=*")).Words;
        Assert.Contains("The partnership, area by area", floor, StringComparison.Ordinal);
        Assert.Contains("Each partner for itself", floor, StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task Who_keeps_the_questions_is_asked_them_again_at_another_stage(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host, 5);
        var (old, asked) = (host.Instrument, host.Instrument.InScope("explore").ToList());
        await AdoptAsync(host, Newer(asked));
        await two[Alder].SubmitAsync(await two[Alder].GetAsync(two.Path + "/round"), "Open the round", ("Questions", "last"), ("Stage", "run"));
        await using var scope = host.AskScope();
        var round = await scope.Db.Rounds.SingleAsync(r => r.RevealedAt == null);
        Assert.Equal((old.Version, "run", 2), (round.InstrumentVersion, round.Stage, round.Number));
        var both = asked.Take(5).Count(q => q.IsAskedAt("run"));
        Assert.Equal(both, (await two[Alder].GetAsync(await two.PartAsync(Alder) + "/carried")).Document.QuerySelectorAll("input[name='Ticked']").Length);
    }

    /// <summary>Protects the list from growing past what a page may hold, every question having been answered with a long note: whoever looks measures it.</summary>
    [Fact]
    public async Task All_that_is_carried_fits_on_one_page()
    {
        await using var host = await RaspHost.StartAsync();
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        await two.AnswerAsync(Alder, (_, _) => ("2", null, string.Concat(Enumerable.Repeat("a note that is long ", 20))));
        await two.AnswerAsync(Brook, (_, _) => ("2", null, null), 3);
        foreach (var council in two.Councils) await two.SealAsync(council, Depth.Everything);
        await two.OpenRoundAsync();
        var list = await two[Alder].GetAsync($"{await two.PartAsync(Alder)}/carried");
        Assert.Equal(host.Instrument.InScope("explore").Count(), list.Document.QuerySelectorAll("input[name=Ticked]").Length);
    }

    /// <summary>Protects who has left from being taken for whoever has that name now, and the trend from failing over it.</summary>
    [Theory, Engines]
    public async Task A_name_that_somebody_had_who_has_left_is_told_apart_from_whose_it_is_now(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var three = await Consortium.RevealedAsync(host, ("Powys", Depth.Questions), ("Torfaen", Depth.Questions), ("Gwent", Depth.Questions));
        Assert.Equal(RemoveOutcome.Done, await host.AskAsync((ProgrammeDesk d) => d.RemovePartnerAsync(three.Programme, three[2].Lead, three[2].Id, default)));
        Assert.Equal(RenameOutcome.Done, await host.AskAsync((OrganisationDesk d) => d.RenameAsync(three[1].Id, three[1].Lead, "Gwent", default)));
        await three.OpenRoundAsync();
        for (var i = 0; i < 2; i++)
        {
            await three.AnswerAsync(three[i], 4);
            await three.SealAsync(three[i], Depth.Questions);
        }
        var rounds = (await host.AskAsync((RoundLens l) => l.InTimeAsync(three.Programme, three[0].Lead, default)))!.Rounds;
        Assert.Equal(["Gwent 2, Gwent (2) 3, Powys 1", "Gwent 4, Powys 4"], rounds.Select(r => string.Join(", ", r.Releases.Select(x => $"{x.Organisation} {x.Result!.Questions[0].Level}"))));
    }

    [Theory, Engines]
    public async Task Health_checks_open_by_themselves_and_pass_over_a_round_that_is_still_open(Engine engine)
    {
        await using var host = await RaspHost.StartAsync(engine);
        var two = await RevealedAsync(host, 3);
        var schedule = await two[Alder].GetAsync(two.Path + "/schedule");
        Assert.Contains((await two[Alder].SubmitAsync(schedule, "Save", ("On", "yesterday"))).Faults, f => f.Contains("Enter a date", StringComparison.Ordinal));
        Assert.Contains((await two[Alder].SubmitAsync(schedule, "Save", ("On", "1/1/2026"))).Faults, f => f.Contains("in the future", StringComparison.Ordinal));
        var board = await two[Alder].SubmitAsync(schedule, "Save", ("On", "31/3/2027"), ("Every", "6"));
        Assert.Contains("every 6 months, next on 31 March 2027", board.Words, StringComparison.Ordinal);
        Assert.Equal(404, (await two[Brook].GetAsync(two.Path + "/schedule")).Status);

        Assert.Equal((0, 1), await AtAsync(new(2027, 3, 30)));
        Assert.Equal((1, 2), await AtAsync(new(2027, 3, 31)));
        // Two servers look at once: one opens it.
        Assert.Equal((0, 2), await AtAsync(new(2027, 4, 2)));
        var programme = Guid.Parse(two.Path.Split('/')[^1]);
        await using (var scope = host.AskScope())
        {
            var open = await scope.Db.Rounds.SingleAsync(r => r.RevealedAt == null);
            Assert.Equal(new(2027, 4, 28), open.ClosesOn);
            Assert.Equal(new(2027, 9, 30), (await scope.Db.Programmes.SingleAsync(p => p.Id == programme)).NextCheckOn);
        }
        // Nobody sealed it: half a year later none is added.
        Assert.Equal((0, 2), await AtAsync(new(2027, 10, 1)));
        await using var later = host.AskScope();
        Assert.Equal(new(2028, 3, 30), (await later.Db.Programmes.SingleAsync(p => p.Id == programme)).NextCheckOn);

        async Task<(int Opened, int Rounds)> AtAsync(DateOnly day)
        {
            var time = new DateTimeOffset(day, new(8, 0), TimeSpan.Zero);
            // Past the background: what it does is asked for here.
            var before = await RoundsAsync();
            host.Clock.SetUtcNow(time);
            await Task.WhenAll(host.AskAsync((ProgrammeDesk d) => d.OpenScheduledAsync(default)), host.AskAsync((ProgrammeDesk d) => d.OpenScheduledAsync(default)));
            var after = await RoundsAsync();
            return (after - before, after);
        }

        Task<int> RoundsAsync() => host.AskAsync((RaspDb db) => db.Rounds.CountAsync());
    }

    /// <summary>A partnership whose first round is revealed: both answered the first questions, 1 to 5 and back, each with a note.</summary>
    private static async Task<Partnership> RevealedAsync(RaspHost host, int answered)
    {
        var two = await Partnership.StartAsync(host, Alder, Brook);
        await two.OpenRoundAsync();
        foreach (var council in two.Councils)
        {
            await two.AnswerAsync(council, (_, i) => ($"{1 + (i % 5)}", null, $"Why of {i}"), answered);
            await two.SealAsync(council, Depth.Everything);
        }
        return two;
    }

    /// <summary>What is in the results document of a part: the questions with an answer.</summary>
    private static async Task<List<(string, string)>> AnsweredAsync(Visitor visitor, string part)
    {
        using var json = JsonDocument.Parse((await visitor.GetAsync(part + "/results.json")).Body);
        return [.. json.RootElement.GetProperty("assessments")[0].GetProperty("questions").EnumerateArray()
            .Select(q => (q.GetProperty("question").GetString()!, q.GetProperty("answer").ToString())).Where(q => q.Item2.Length > 0)];
    }

    private static async Task<string> JsonAsync(Visitor visitor, string comparison) => (await visitor.GetAsync(comparison + "/results.json")).Body;

    private static string Question(string part, Question question) => $"{part}/questions/{question.Key.Replace('.', '/')}";

    private static Task AdoptAsync(RaspHost host, Dictionary<string, string> files) => host.Services.GetRequiredService<InstrumentLibrary>().AdoptAsync(files);

    /// <summary>The built-in questions as a later version: one means something else, one is reworded, one re-scored, one gone, and one new.</summary>
    private static Dictionary<string, string> Newer(List<Question> asked)
    {
        var files = Directory.GetFiles(Repository.BuiltInInstrument, "*.yaml").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
        files["instrument.yaml"] = System.Text.RegularExpressions.Regex.Replace(files["instrument.yaml"], "^version: .*$", "version: 99.0.0", System.Text.RegularExpressions.RegexOptions.Multiline);
        Change(asked[0], text => text.Replace("        about: ", $"        revision: {asked[0].Revision + 1}\n        about: ", StringComparison.Ordinal));
        Change(asked[1], text => text.Replace("        text: ", "        text: In other words, ", StringComparison.Ordinal));
        Change(asked[2], text => text.Replace("        about: ", "        weight: 7\n        about: ", StringComparison.Ordinal));
        Change(asked[3], text => text.Replace($"- key: {asked[3].Key.Split('.')[2]}", "- key: quite-another", StringComparison.Ordinal));
        return files;

        void Change(Question question, Func<string, string> change)
        {
            var file = files.Single(f => f.Value.Contains($"\nkey: {question.Area}\n", StringComparison.Ordinal) || f.Value.StartsWith($"key: {question.Area}\n", StringComparison.Ordinal)).Key;
            var (text, key) = (files[file], $"      - key: {question.Key.Split('.')[2]}\n");
            var theme = text.IndexOf($"  - key: {question.Theme}\n", StringComparison.Ordinal);
            var from = text.IndexOf(key, theme, StringComparison.Ordinal);
            var to = text.IndexOf("      - key: ", from + key.Length, StringComparison.Ordinal);
            if (to < 0) to = text.Length;
            files[file] = text[..from] + change(text[from..to]) + text[to..];
        }
    }
}
